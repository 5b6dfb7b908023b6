# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suggestions: the known name that a wrong one may stand for."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import names, suggestions, table
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("reg.1.adress", "reg.1.address"),
        ("reg.7.server.2.adress", "reg.7.server.2.address"),
        ("up.idletimeout", "up.idleTimeout"),
        ("Reg.1.label", "reg.1.label"),
        ("tcpIpApp.sntp.addres", "tcpIpApp.sntp.address"),
    ],
)
def test_the_closest_known_name_keeps_the_indices(wrong: str, right: str) -> None:
    assert suggestions.closest(wrong)[0] == right


def test_names_that_the_phone_confirmed_are_candidates_too() -> None:
    assert suggestions.closest("brand.new.featur", confirmed=["brand.new.feature"]) == ["brand.new.feature"]
    assert suggestions.closest("xyzzy") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("reg.3.adress", "reg.3.address"),
        ("up.idletimeout", "up.idleTimeout"),
        ("up.idelTimeout", "up.idleTimeout"),
        ("up.idleTimeoutt", "up.idleTimeout"),
        ("up.idleTimeout", None),
        ("log.level.change.rtp", None),
        ("device.sec.TLS.customCaCert2", None),
        ("foo.bar", None),
        ("reg.1.labels.size", None),
        ("up.pagination.enabled", None),
        ("up.Pagination.enabled", None),
        ("up.PAGINATION.enabled", "up.Pagination.enabled"),
        ("reg.3.adress.VVX411", "reg.3.address.VVX411"),
        ("up.idleTimeout.EdgeE450", None),
        ("reg.0.adress", None),
        ("reg.100.adress", None),
        ("reg.99.adress", "reg.99.address"),
        ("reg.x.adress", "reg.1.address"),
    ],
)
def test_a_name_that_is_one_letter_away_is_a_near_miss(name: str, meant: str | None) -> None:
    assert suggestions.near_miss(name) == meant


def test_no_bundled_name_is_a_near_miss() -> None:
    assert {suggestions.near_miss(name) for name in table.TABLE} == {None}


OTHER_NAMES = [
    "voice.rxPacketFilter",
    "log.level.change.httpa",
    "log.level.change.mrdis",
    "log.level.change.ssips",
    "voice.audioProfile.G7221C.24kbps.payloadType",
    "voice.audioProfile.G722C.payloadSize",
    "voice.volume.persist.hexdset",
    "up.mwiXisible",
    "qos.ethernet.rtcp.user_priority",
    "tcpIpApp.port.rtcp.forceSend",
    "up.aandsfreeMode",
    "sec.TLS.profile.1.caCert.platformA1",
]
"""None is bundled under this name or was ever mistyped: capitals, digits, first letters and short words tell them apart
from bundled ones. Some are the vendor's, some made up."""


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_that_differs_as_other_names_do_is_no_near_miss(name: str) -> None:
    assert suggestions.near_miss(name) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("reg.x.label", "reg.1.label"),
        ("reg.x.server.y.port", "reg.1.server.1.port"),
        ("reg.2.server.x.port", "reg.2.server.1.port"),
        ("reg.x.label.VVX411", "reg.1.label.VVX411"),
        ("reg.2.label", None),
        ("some.x.thing", None),
        ("x", None),
    ],
)
def test_a_name_copied_from_a_guide_gets_numbers(written: str, meant: str | None) -> None:
    assert suggestions.with_numbers(written) == meant
    assert suggestions.closest(written)[:1] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("wrong", "suggested"),
    [
        ("reg.lable", ["reg.1.label"]),
        ("reg.0.lable", []),
        ("reg.100.lable", []),
        ("reg.2.lable.EdgeE450", ["reg.2.label.EdgeE450"]),
        ("up.1.idleTimeout", ["up.idleTimeout"]),
        ("reg.1.label", []),
        ("up.idleTimeout.VVX411", []),
        ("", []),
        ("reg..server.0.address", []),
        ("reg.x.server.0.address", []),
        ("reg..label", ["reg.1.label"]),
    ],
)
def test_a_suggestion_is_a_name_that_can_exist(wrong: str, suggested: list[str]) -> None:
    assert suggestions.closest(wrong)[:1] == suggested


@given(st.sampled_from(sorted(table.TABLE)), st.integers(0, 200), st.integers(0, 5), st.data())
def test_whatever_is_wrong_no_suggestion_is_a_pattern_or_has_an_impossible_index(
    known: str, first: int, second: int, data: st.DataObject
) -> None:
    name = known.replace(".x", f".{first}").replace(".y", f".{second}")
    at = data.draw(st.integers(0, len(name) - 1))
    wrong = name[:at] + data.draw(st.sampled_from(["", "q", name[at] * 2])) + name[at + 1 :]
    for suggestion in [*suggestions.closest(wrong), suggestions.near_miss(wrong)]:
        if suggestion is not None:
            parts = suggestion.split(".")
            assert names.pattern(suggestion) in table.TABLE and suggestion != wrong
            assert not {"x", "y", "z"}.intersection(parts) and not {"0", "100"}.intersection(parts)
