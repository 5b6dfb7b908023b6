# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers of parameters: merged in their order, with the variable, file and line of each value that counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.layers import (
    Shared,
    applied,
    merge,
    roots_of,
    shown,
)
from hypothesis import given
from hypothesis import strategies as st

ROOTS = ("/srv/project",)


def as_it_is(value: Any) -> Any:
    return value


def boom(value: Any) -> Any:
    raise ValueError(f"'extension' is undefined {value}")


NAMES = st.sampled_from(["a.1", "a.2", "b", "c.d", "e"])
LAYERS = st.lists(st.dictionaries(NAMES, st.integers() | st.text() | st.booleans()), max_size=5)


@given(LAYERS)
def test_later_layers_win_and_each_value_names_its_own(layers: list[dict[str, Any]]) -> None:
    variables = {f"layer_{number}": layer for number, layer in enumerate(layers)}
    merged = merge(list(variables), variables, as_it_is, ROOTS)
    expected: dict[str, Any] = {}
    for layer in layers:
        expected.update(layer)
    assert merged.parameters == expected and set(merged.origins) == set(expected)
    for name, value in expected.items():
        layer = merged.origins[name].layer
        last = [variable for variable, values in variables.items() if name in values][-1]
        assert layer == last and variables[layer][name] == value


@given(LAYERS, st.dictionaries(NAMES, st.text()))
def test_the_parameters_of_the_task_win_over_all_layers(layers: list[dict[str, Any]], own: dict[str, str]) -> None:
    variables = {f"layer_{number}": layer for number, layer in enumerate(layers)}
    params = applied({"layers": list(variables), "parameters": own}, own, variables, as_it_is)
    below = merge(list(variables), variables, as_it_is, ROOTS)
    assert params["parameters"] == {**below.parameters, **own}
    assert all(params["origins"][name].layer for name in params["parameters"] if name not in own)
    assert not any(name in params["origins"] for name in own), "nothing is known of them here"


@pytest.mark.parametrize("empty", [None, "", {}])
def test_undefined_and_empty_layers_are_skipped(empty: Any) -> None:
    merged = merge(["nowhere", "empty", "site"], {"empty": empty, "site": {"b": 1}}, as_it_is, ROOTS)
    assert merged.parameters == {"b": 1} and merged.origins == {"b": Origin("site")}
    assert merge(["site"], {"site": "{{ nothing }}"}, lambda value: "", ROOTS).parameters == {}


@pytest.mark.parametrize("wrong", ["{'a': 1}", ["a"], 5, True, 0, False])
def test_another_kind_of_value_is_refused_with_the_layers_name(wrong: Any) -> None:
    with pytest.raises(SettingsError, match="variable site must be a dictionary") as caught:
        merge(["all", "site"], {"all": {"b": 1}, "site": wrong}, as_it_is, ROOTS)
    assert '-e \'{"site": {"name": "value"}}\'' in caught.value.remedy


def test_what_goes_wrong_in_a_template_names_the_layer_and_not_what_it_held() -> None:
    with pytest.raises(SettingsError, match="the variable site can't be templated, because 'extension'") as caught:
        merge(["site"], {"site": "zq-{{ extension }}"}, boom, ROOTS)
    assert "zq-" not in str(caught.value)


def test_the_parameter_that_goes_wrong_in_a_template_is_named_if_it_is_one() -> None:
    def render(value: Any) -> Any:
        return boom(value) if "extension" in str(value) else value

    values = {"up.idleTimeout": 60, "reg.1.auth.password": "zq-{{ extension }}"}
    told = "reg.1.auth.password in the variable site can't be templated, because 'extension' is undefined"
    with pytest.raises(SettingsError, match=told) as caught:
        merge(["site"], {"site": values}, render, ROOTS)
    assert "zq-" not in str(caught.value)


def test_without_layers_and_parameters_the_options_stay(tmp_path: Any) -> None:
    params = {"layers": [], "parameters": None, "src": ["a.cfg"]}
    assert applied(params, None, {}, boom) == params


TEXT = """---
site:
  reg.1.label: Desk
  up.idleTimeout: 60

  call.callWaiting.enable: false
  nothing:
  reg.1.address: >-
    47
    11
whole: "{{ made }}"
"""


def loaded(path: Any) -> Mapping[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT, encoding="utf-8")
    variables: Mapping[str, Any] = DataLoader().load_from_file(str(path))
    return variables


def test_every_kind_of_value_of_a_file_has_its_line(tmp_path: Any) -> None:
    variables = loaded(tmp_path / "group_vars" / "berlin" / "vars.yml")
    origins = merge(["site"], variables, as_it_is, (str(tmp_path),)).origins
    assert {name: origin.line for name, origin in origins.items()} == {
        "reg.1.label": 3,
        "up.idleTimeout": 4,
        "call.callWaiting.enable": 6,
        "nothing": 7,
        "reg.1.address": 8,
    }
    assert {(origin.layer, origin.file) for origin in origins.values()} == {("site", "group_vars/berlin/vars.yml")}


def test_plain_values_come_out_whatever_marks_they_had(tmp_path: Any) -> None:
    merged = merge(["site"], loaded(tmp_path / "vars.yml"), as_it_is, ROOTS)
    assert {type(value) for value in merged.parameters.values()} == {str, int, bool, type(None)}
    assert {type(name) for name in merged.parameters} == {type(name) for name in merged.origins} == {str}


def test_names_that_a_template_makes_up_have_the_place_of_the_template(tmp_path: Any) -> None:
    variables = loaded(tmp_path / "vars.yml")
    merged = merge(["whole"], variables, lambda value: {"b": variables["site"]["reg.1.label"]}, (str(tmp_path),))
    assert merged.origins == {"b": Origin("whole", "vars.yml", 11)}, "not the place of what was filled in"


@pytest.mark.parametrize(
    ("path", "roots", "expected"),
    [
        ("/srv/project/group_vars/all.yml", ("/srv/project",), "group_vars/all.yml"),
        ("/srv/project/plays/group_vars/all.yml", ("/home", "/srv/project/plays/"), "group_vars/all.yml"),
        ("/srv/project/plays/vars.yml", ("/srv/project", "/srv/project/plays"), "plays/vars.yml"),
        ("/srv/projects/all.yml", ("/srv/project",), "/srv/projects/all.yml"),
        ("/etc/hosts.yml", ("/",), "etc/hosts.yml"),
        ("-e", ("/srv/project",), "-e"),
    ],
)
def test_files_are_shown_as_people_write_them(path: str, roots: tuple[str, ...], expected: str) -> None:
    assert shown(path, roots) == expected


def test_the_project_is_where_ansible_was_started_and_where_the_playbook_is(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert roots_of({"playbook_dir": "/srv/plays"}) == (str(tmp_path), "/srv/plays")
    assert roots_of({}) == (str(tmp_path),)


def test_a_layer_without_a_template_is_not_rendered_and_shared_by_hosts() -> None:
    rendered: list[Any] = []

    def fill(value: Any) -> Any:
        rendered.append(value)
        return {name: text.replace("{{ extension }}", "101") for name, text in value.items()}

    site, own, odd = {"b": "1", "e": 2}, {"a.1": "{{ extension }}"}, {"{{ x }}": "1"}
    shared = Shared()
    for number in range(3):
        variables = {"site": site, "own": own, "host": {"e": f"{number}"}}
        merged = merge(list(variables), variables, fill, ROOTS, shared)
        assert merged.parameters == {"b": "1", "a.1": "101", "e": f"{number}"}
        assert {name: origin.layer for name, origin in merged.origins.items()} == {
            "b": "site",
            "a.1": "own",
            "e": "host",
        }
        merged.parameters["b"] = "what one host does to it"
    assert rendered == [own] * 3
    assert merge(["odd"], {"odd": odd}, fill, ROOTS, shared).parameters == odd and rendered[-1] is odd
    assert merge(["other"], {"other": site}, fill, ROOTS, shared).origins["b"] == Origin("other")


def test_layers_that_come_and_go_are_never_taken_for_each_other() -> None:
    shared = Shared()
    for number in range(2000):
        merged = merge(["host"], {"host": {"b": number}}, boom, ROOTS, shared)
        assert merged.parameters == {"b": number}
