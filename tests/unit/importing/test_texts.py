# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as the import writes it is read by Ansible as the same text, and never as a template."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.polycom.vvx.plugins.plugin_utils._ansible import load_variables
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.texts import (
    comment,
    document,
    key,
    template,
    value,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._values import plain
from hypothesis import example, given
from hypothesis import strategies as st

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=30)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Ansible makes of a file's text, rendered."""
    folder = tmp_path_factory.mktemp("read")

    def load(text: str) -> Any:
        path = folder / "vars.yml"
        path.write_text(text, encoding="utf-8")
        loader = DataLoader()
        variables = load_variables(loader, str(path)) or {}
        return plain(Templar(loader=loader, variables=dict(variables)).template(variables))

    return load


@given(TEXTS)
@example("yes")
@example("0123")
@example("12:30")
@example("{{ nobody }}")
@example("{% if")
@example("{# x #}")
@example("#jinja2: x")
@example("it's")
@example("a\u2028b\x85c")
@example("\ufeff \u200b")
@example("\\x41\"'\n\t")
@example("\U0001f600 \U000e0001")
@example("!unsafe 'x'")
def test_a_value_is_read_as_the_same_text(read: Any, text: str) -> None:
    assert read(document({"x": [f"{key('a.b')}: {value(text)}"]})) == {"x": {"a.b": text}}


@pytest.mark.parametrize("name", ["reg.1.label", "yes", "1.2", "a.b", "n", "x.ü", "1e3.5", "a-b.c-d", "up.1:2"])
def test_a_name_is_read_as_the_same_text(read: Any, name: str) -> None:
    assert read(document({"x": [f"{key(name)}: ''"]})) == {"x": {name: ""}}


@pytest.mark.parametrize("secret", ["plain", "{{ 7 * 7 }}", 'it\'s "{%"'])
def test_a_secret_is_read_through_its_variable(read: Any, secret: str) -> None:
    text = document(
        {"vault_parameters_all": [f"a.pin: {value(secret)}"], "x": template("vault_parameters_all", "a.pin")}
    )
    assert read(text)["x"] == secret


def test_a_comment_stays_one() -> None:
    assert comment("a\nb: c\u2028d") == "# a?b: c?d"


def test_an_empty_dictionary_is_one(read: Any) -> None:
    assert read(document({"x": []})) == {"x": {}} and read(document({})) == {}
