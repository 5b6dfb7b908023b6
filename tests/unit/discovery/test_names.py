# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts: which are the user's, which carry a MAC address, and that no two are alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.hosts import Host, host_variables
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.names import (
    Known,
    Names,
    Wish,
    choose_names,
    keywords,
    usable,
    wishes,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding
from hypothesis import given
from hypothesis import strategies as st

A, B, C = "0004f2aaaaaa", "0004f2bbbbbb", "0004f2cccccc"
NOTHING = Known({})


def phone(address: str, mac: str, label: str | None = None, **fields: Any) -> Host:
    """A phone that says this label."""
    lines = [{"line": 1, "user": "1001", "registered": True}]
    if label is not None:
        lines[0]["label"] = label
    facts = {"device": {"mac": mac, "model": "VVX 411"}, "lines": lines}
    return Host(Finding(address, mac=mac, facts=facts), **fields)


def named(hosts: Sequence[Host], choices: list[str], known: Known = NOTHING, trust: bool = False) -> Names:
    """The names by these keywords and templates."""

    def wished(host: Host) -> Any:
        return wishes(choices, host, host_variables(host, None, 24), render)

    return choose_names(hosts, wished, known, trust)


def render(template: str, variables: Mapping[str, Any]) -> str | None:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals["lookup"] = lambda _plugin, name: variables[name]
    try:
        return environment.from_string(template).render(variables)
    except (jinja2.TemplateError, KeyError):
        return None


def test_keywords() -> None:
    assert keywords(phone("10.1.20.11", A, "Front")) == {
        "name": None,
        "mac": A,
        "address": "10.1.20.11",
        "label": "Front",
        "extension": "1001",
        "model": "VVX 411",
    }


SITE = {"variables": {"site": "berlin", "room": "2.17"}, "given_name": "front"}


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("name", "front"),
        ("mac", A),
        ("address", "10.0.0.1"),
        ("{{ site }}-{{ room }}", "berlin-2.17"),
        ("{{ site }}-{{ mac }}", f"berlin-{A}"),
        ("{{ ansible_host }}", "10.0.0.1"),
        ("{{ name | default('x') }}", "front"),
    ],
)
def test_names_that_the_user_has_written_are_bare(choice: str, name: str) -> None:
    assert named([phone("10.0.0.1", A, "db1", **SITE)], [choice]).names == [name]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("label", "db1"),
        ("extension", "1001"),
        ("model", "VVX_411"),
        ("{{ label }}", "db1"),
        ("{{ extension | default('x') }}", "1001"),
        ("{{ site }}-{{ extension }}", "berlin-1001"),
        ("{{ vvx.lines[0].label }}", "db1"),
        ("{% set copy = vvx %}{{ copy['lines'][0]['label'] }}", "db1"),
        ("{% if vvx.device.model == 'VVX 411' %}db1{% else %}{{ mac }}{% endif %}", "db1"),
        ("{{ 'db1' if label is defined else mac }}", "db1"),
        ("{{ lookup('vars', 'label') }}", "db1"),
        ("{% for line in vvx.lines %}{{ line.label }}{% endfor %}", "db1"),
        ("{% macro m() %}{{ label }}{% endmacro %}{{ m() }}", "db1"),
    ],
)
def test_names_with_anything_that_a_phone_says_carry_its_mac(choice: str, name: str) -> None:
    assert named([phone("10.0.0.1", A, "db1", **SITE)], [choice]).names == [f"{name}-{A}"]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("{{ label }}-{{ mac }}", f"db1-{A}"),
        ("{{ mac | upper }} {{ label }}", f"{A.upper()}_db1"),
        ("{{ label }}{{ mac }}", f"db1{A}-{A}"),
    ],
)
def test_a_mac_that_is_there_is_not_appended_again(choice: str, name: str) -> None:
    assert named([phone("10.0.0.1", A, "db1")], [choice]).names == [name]


def test_a_column_called_as_a_keyword_is_the_users() -> None:
    hosts = [phone("10.0.0.1", A, "db1", variables={"label": "front"}), phone("10.0.0.2", B, "db1")]
    assert named(hosts, ["{{ label }}"]).names == ["front", f"db1-{B}"]


@pytest.mark.parametrize("trust", [False, True])
def test_no_phone_gets_a_name_that_the_inventory_has(trust: bool) -> None:
    known = Known({"db1": None, "web": A}, groups=["servers"])
    hosts = [phone("10.0.0.1", A, "db1"), phone("10.0.0.2", B, "servers"), phone("10.0.0.3", C, "desk")]
    chosen = named(hosts, ["label"], known, trust)
    assert chosen.names == [f"db1-{A}", f"servers-{B}", "desk" if trust else f"desk-{C}"]
    assert chosen.refused == ({"db1", "servers"} if trust else set())


@pytest.mark.parametrize("trust", [False, True])
def test_no_phone_takes_or_changes_a_name_that_the_user_gave_to_another(trust: bool) -> None:
    hosts = [phone("10.0.0.1", A, "front"), phone("10.0.0.2", B, given_name="front"), phone("10.0.0.3", C, "front")]
    chosen = named(hosts, ["name", "label"], trust=trust)
    assert chosen.names == [f"front-{A}", "front", f"front-{C}"] and chosen.refused == ({"front"} if trust else set())


def test_a_name_of_the_users_joins_the_host_that_has_it_unless_that_is_another_phone() -> None:
    hosts = [phone(f"10.0.0.{last}", mac, given_name=name) for last, (mac, name) in enumerate([(A, "a"), (B, "b")], 1)]
    assert named(hosts, ["name"], Known({"a": None, "b": "00:04:F2:BB:BB:BB"})).names == ["a", "b"]
    chosen = named(hosts, ["name"], Known({"a": "{{ mac }}", "b": "00:04:f2:aa:aa:aa"}))
    assert chosen.names == ["a", f"b-{B}"] and chosen.refused == {"b"}


def test_trusted_phones_with_one_label_all_get_their_mac() -> None:
    hosts = [phone("10.0.0.1", A, "front"), phone("10.0.0.2", B, "front"), phone("10.0.0.3", C)]
    chosen = named(hosts, ["label"], trust=True)
    assert chosen == Names([f"front-{A}", f"front-{B}", C], {"front"}, set())


def test_a_name_given_twice_gets_the_mac_in_both() -> None:
    hosts = [phone("10.0.0.1", A, given_name="front"), phone("10.0.0.2", B, given_name="front")]
    assert named(hosts, ["name"]) == Names([f"front-{A}", f"front-{B}"], {"front"}, set())


def test_a_phone_without_a_mac_is_told_apart_by_its_address() -> None:
    host = phone("10.0.0.1", A, "db1")
    host.finding.mac = None
    assert named([host], ["label"]).names == ["db1-10.0.0.1"]


TEXTS = st.one_of(
    st.none(), st.text(max_size=8), st.sampled_from(["front", f"front-{A}", A, B, "localhost", f"{A}-{A}"])
)


@given(st.lists(st.tuples(TEXTS, st.booleans()), max_size=8), st.booleans())
def test_names_are_unique_valid_and_do_not_depend_on_the_order(
    labels: list[tuple[str | None, bool]], trust: bool
) -> None:
    hosts = [phone(f"10.0.0.{index}", f"0004f2{index:06x}") for index in range(len(labels))]
    wished = {id(host): [Wish(*label)] for host, label in zip(hosts, labels, strict=True)}
    names, backwards = (choose_names(hosts[::step], lambda host: wished[id(host)], NOTHING, trust) for step in (1, -1))
    assert len(set(names.names)) == len(hosts) and all(re.fullmatch(r"[\w.:-]+", name) for name in names.names)
    assert (names.shared, names.refused) == (backwards.shared, backwards.refused)
    alike = {name for name in names.names if not name.endswith("_")}
    assert alike == {name for name in backwards.names if not name.endswith("_")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reception", "Reception"),
        ("Front / desk, 2", "Front_desk_2"),
        ("Büro 1", "Büro_1"),
        ("10.1.20.11", "10.1.20.11"),
        ("2001:DB8::1", "2001:db8::1"),
        ("{{ x }}", "x"),
        ("a:b&!c", "a_b_c"),
        ("-x", "x"),
        ("", None),
        (None, None),
        ("///", None),
        ("localhost", None),
        ("ALL", None),
        ("a\nb", "a_b"),
    ],
)
def test_usable_names(text: str | None, name: str | None) -> None:
    assert usable(text) == name
