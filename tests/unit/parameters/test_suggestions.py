# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suggestions: the known name that a wrong one may stand for."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import suggestions, table


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
    ],
)
def test_a_name_that_is_one_letter_away_is_a_near_miss(name: str, meant: str | None) -> None:
    assert suggestions.near_miss(name) == meant


def test_no_bundled_name_is_a_near_miss() -> None:
    assert {suggestions.near_miss(name) for name in table.TABLE} == {None}
