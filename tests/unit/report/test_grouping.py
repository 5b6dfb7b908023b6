# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns of the user's own from variables and groups of the inventory."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.grouping import Groups, variable
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading

from support.surveys import failed


def option(name: str, **said: Any) -> dict[str, Any]:
    return {"name": name, "title": None, "kind": "text", "query": None, "variable": None, "group": None, **said}


@pytest.mark.parametrize(
    ("pattern", "name", "part"),
    [
        ("site_*", "site_berlin", "berlin"),
        ("site_*", "site_", None),
        ("site_*", "site", None),
        ("site_*", "my_site_berlin", None),
        ("*_phones", "berlin_phones", "berlin"),
        ("a*a", "a", None),
        ("a*a", "aa", None),
        ("a*a", "aba", "b"),
        ("site_*", "site_site_x", "site_x"),
        ("reception", "reception", "reception"),
        ("reception", "reception2", None),
        ("*", "anything", "anything"),
        ("s.te_*", "site_berlin", None),
        ("site_*", "site_köln.süd", "köln.süd"),
    ],
)
def test_what_a_pattern_makes_of_a_group(pattern: str, name: str, part: str | None) -> None:
    assert Groups.of(pattern).part(name) == part


@pytest.mark.parametrize("pattern", ["", " ", "a*b*", "**"])
def test_patterns_that_are_none(pattern: str) -> None:
    with pytest.raises(SettingsError, match="can't be used as a group"):
        Groups.of(pattern)


def test_a_host_in_several_groups_has_a_sorted_list() -> None:
    names = ["phones", "site_10", "site_9", "site_berlin"]
    assert Groups.of("site_*").cell(names, "text") == ["9", "10", "berlin"]
    assert Groups.of("site_*").cell(["site_9"], "list") == ["9"]
    assert Groups.of("site_*").cell(["site_9"], "text") == "9"
    assert Groups.of("site_*").cell(["phones"], "list") is Groups.of("site_*").cell([], "text") is None


def test_the_kind_of_a_column_of_groups_follows_from_the_inventory() -> None:
    options = [option("Site", group="site_*")]
    apart = {"site_berlin": ["a"], "site_rome": ["b"], "phones": ["a", "b"]}
    assert [column.kind for column in own_columns(options, apart)] == ["text"]
    nested = {**apart, "site_europe": ["a", "b"]}
    assert [column.kind for column in own_columns(options, nested)] == ["list"]


def test_a_column_without_any_group_is_left_out() -> None:
    options = [option("Site", group="site_*"), option("Room", variable="room")]
    assert [column.name for column in own_columns(options, {"all": ["a"], "phones": ["a"]})] == ["Room"]
    assert [column.name for column in own_columns(options)] == ["Site", "Room"]


@pytest.mark.parametrize(
    "path", ["room", "location.room", "a.b.c", "raum_größe", " room ", "passage", "location.2nd floor"]
)
def test_variables(path: str) -> None:
    assert variable(path) == tuple(path.strip().split("."))


@pytest.mark.parametrize(
    "path", ["", "2", "a b", "a..b", ".a", "a.", "{{ room }}", "hostvars.a.room", "vars.room", "a-b"]
)
def test_variables_that_are_none(path: str) -> None:
    with pytest.raises(SettingsError, match="can't be used as a variable"):
        variable(path)


@pytest.mark.parametrize(
    "path",
    [
        "ansible_password",
        "ansible_ssh_pass",
        "ansible_become_pass",
        "vault_room",
        "sip.password",
        "api_token",
        "web.pin",
    ],
)
def test_variables_that_are_secret_by_their_name(path: str) -> None:
    with pytest.raises(SettingsError, match="secret by its name"):
        variable(path)


def test_a_column_has_exactly_one_source() -> None:
    for said in ({}, {"query": "a", "variable": "b"}, {"variable": "a", "group": "b", "query": "c"}):
        with pytest.raises(SettingsError, match="columns: Room sets") as caught:
            own_columns([option("Room", **said)])
        assert "exactly one" in caught.value.remedy


@pytest.mark.parametrize("name", ["Host", "MAC", "mac ", "As_Of", "STATUS"])
def test_names_of_standard_columns_are_taken_in_any_case(name: str) -> None:
    with pytest.raises(SettingsError, match="already has a column"):
        own_columns([option(name, variable="room")])
    with pytest.raises(SettingsError, match="already has a column"):
        own_columns(
            [option("Room", variable="room"), option(f" {name.strip()}x", query="a"), option("ROOM", query="a")]
        )


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "\u202eoom", "a\0b"])
def test_names_that_no_person_would_write(name: str) -> None:
    with pytest.raises(SettingsError, match="can't be the name"):
        own_columns([option(name, variable="room")])


@pytest.mark.parametrize("name", ["Room", "Room 2: east", "Größe", "部屋", "</script>", "__proto__"])
def test_names_that_people_write(name: str) -> None:
    (column,) = own_columns([option(f" {name} ", variable="room")])
    assert column.as_dict() == {"name": name, "title": name, "kind": "text", "by": True}
    assert column.cell(Reading("a", "a", failed(), own={name: "2.17"})) == "2.17"
    assert column.cell(Reading("a", "a", failed())) is None
