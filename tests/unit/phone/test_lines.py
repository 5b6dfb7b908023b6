# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LineNumber of v1 lineInfo counts line keys; what comes out are registrations, by the x of reg.x."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.shapes.lines import in_doubt, merged


def key(index: int, address: str, registered: bool = True, **more: str) -> dict[str, str]:
    """One entry of v1."""
    return {
        "LineNumber": str(index), "SIPAddress": address, "UserID": address, "Label": address, "LineType": "private",
        "RegistrationStatus": "registered" if registered else "unregistered", **more,
    }  # fmt: skip


def server(registered: bool = True) -> list[dict[str, str]]:
    return [{"ID": "1", "Address": "sip.example.org", "RegistrationStatus": "Registered" if registered else "No"}]


def second(index: int, user: str, servers: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """One entry of v2."""
    return {"ID": str(index), "Label": user, "Username": user, "CallServers": servers or [], **more}


def numbers(lines: list[dict[str, Any]]) -> dict[int, tuple[str | None, list[int] | None]]:
    """The lines in short: user and keys, by number."""
    assert [line["line"] for line in lines] == sorted({line["line"] for line in lines})
    return {line["line"]: (line.get("user"), line.get("line_keys")) for line in lines}


TWO_ON_TWO_KEYS = [key(1, "north"), key(2, "north"), key(3, "south", False), key(4, "south", False)]


def test_two_registrations_on_two_keys_each() -> None:
    lines = merged(TWO_ON_TWO_KEYS, [])
    assert numbers(lines) == {1: ("north", [1, 2]), 2: ("south", [3, 4])}
    assert [line["registered"] for line in lines] == [True, False]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([key(1, "a"), key(2, "b"), key(3, "b"), key(4, "b"), key(5, "c")],
         {1: ("a", [1]), 2: ("b", [2, 3, 4]), 3: ("c", [5])}),
        # keys that a user has moved
        ([key(1, "a"), key(2, "b"), key(3, "a")], {1: ("a", [1, 3]), 2: ("b", [2])}),
        # keys of one registration with labels of their own
        ([key(1, "a", Label="Front"), key(2, "a", Label="Back"), key(3, "b")], {1: ("a", [1, 2]), 2: ("b", [3])}),
        # one extension at two servers
        ([key(1, "a", ProxyAddress="one.example.org"), key(2, "a", ProxyAddress="two.example.org")],
         {1: ("a", [1]), 2: ("a", [2])}),
        # keys without a registration, as a new phone shows them
        ([key(1, ""), key(2, "")], {1: (None, [1, 2])}),
        # registrations by their own numbers
        ([key(2, "b"), key(2, "b"), key(5, "e")], {2: ("b", None), 5: ("e", None)}),
        ([key(1, "a"), key(3, "c")], {1: ("a", [1]), 3: ("c", [3])}),
    ],
)  # fmt: skip
def test_v1_alone(entries: list[dict[str, str]], expected: dict[int, Any]) -> None:
    assert numbers(merged(entries, [])) == expected


@pytest.mark.parametrize(
    "addresses",
    [
        {1: "north", 2: "south"},
        {1: "sip:north@sip.example.org", 2: "South"},
        {1: "north@sip.example.org", 2: "", 3: "", 4: ""},
    ],
)
def test_addresses_tell_the_numbers(addresses: dict[int, str]) -> None:
    assert numbers(merged(TWO_ON_TWO_KEYS, [], addresses)) == {1: ("north", [1, 2]), 2: ("south", [3, 4])}


def test_registrations_with_a_gap() -> None:
    entries = [key(1, "north"), key(2, "south")]
    assert numbers(merged(entries, [], {1: "", 2: "north", 3: "", 7: "south"})) == {
        2: ("north", [1]),
        7: ("south", [2]),
    }
    assert numbers(merged(entries, [], {1: "elsewhere", 2: "south"})) == {2: ("south", [2]), 3: ("north", [1])}


def test_two_registrations_of_one_address() -> None:
    entries = [key(1, "a", Port="5060"), key(2, "a", Port="5061"), key(3, "b")]
    assert numbers(merged(entries, [], {1: "a", 2: "b", 3: "a"})) == {
        1: ("a", [1]),
        2: ("b", [3]),
        3: ("a", [2]),
    }


@pytest.mark.parametrize(
    "entries",
    [
        [second(1, "north", server()), second(1, "north"), second(2, "south", server(False)), second(2, "south")],
        [second(1, "north", server()), second(2, "north"), second(3, "south", server(False)), second(4, "south")],
        [second(1, "north", server()), second(2, "south", server(False))],
        [second(1, "north", server(), Username="n1"), second(2, "south", server(False), Username="s1")],
    ],
    ids=["repeats", "counts keys", "once each", "another user name"],
)
def test_v2_joins_the_registration_that_it_describes(entries: list[dict[str, Any]]) -> None:
    lines = merged(TWO_ON_TWO_KEYS, entries)
    assert [(line["line"], line["label"], line["line_keys"]) for line in lines] == [
        (1, "north", [1, 2]),
        (2, "south", [3, 4]),
    ]
    assert [line["servers"][0]["registered"] for line in lines] == [True, False]


def test_v2_that_repeats_tells_the_numbers() -> None:
    first = [key(1, "north"), key(2, "north"), key(3, "south")]
    entries = [second(2, "north", server()), second(2, "north"), second(5, "south", server())]
    assert numbers(merged(first, entries)) == {2: ("north", [1, 2]), 5: ("south", [3])}
    assert in_doubt(first, entries) == []


def test_v2_alone() -> None:
    counted = [second(1, "a", server()), second(2, "a"), second(3, "b", server())]
    assert numbers(merged([], counted)) == {1: ("a", None), 2: ("b", None)}
    repeated = [second(1, "a", server()), second(1, "a"), second(4, "b", server())]
    assert numbers(merged([], repeated)) == {1: ("a", None), 4: ("b", None)}


def test_what_is_only_in_v2_is_a_line_of_its_own() -> None:
    lines = merged([key(1, "a")], [second(1, "a", server()), second(2, "b", server())])
    assert numbers(lines) == {1: ("a", [1]), 2: ("b", None)}


def test_the_phone_is_asked_only_in_doubt() -> None:
    assert in_doubt([key(1, "a")], []) == [], "most phones have one line"
    assert in_doubt([key(1, "a"), key(1, "a"), key(2, "b")], []) == [], "these are registrations"
    assert in_doubt(TWO_ON_TWO_KEYS, [second(1, "north"), second(2, "south")]) == [], "v2 counts registrations"
    asked = in_doubt([key(1, "a"), key(2, "b")], [second(1, "a"), second(2, "b")])
    assert asked[:2] == ["reg.1.address", "reg.2.address"] and len(asked) == 20
    assert in_doubt([], []) == []


def test_auto_discovery_is_told() -> None:
    assert merged([key(1, "a", AutoDiscovery="Enabled")], [])[0]["auto_discovery"] is True
