# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way from one firmware to another."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.firmware_path import (
    Hop,
    Leg,
    has,
    is_behind,
    is_newer,
    legs,
    numbers,
    read_hops,
    read_servers,
    refuse_misspelled,
    target_of,
    targets,
    versions,
)
from hypothesis import given
from hypothesis import strategies as st

RELEASES = st.tuples(st.integers(4, 6), st.integers(0, 12), st.integers(0, 9), st.integers(1, 9999)).map(
    lambda parts: ".".join(map(str, parts))
)


@pytest.mark.parametrize(
    ("firmware", "target", "behind", "there"),
    [
        ("5.9.3.1111", "5.9.3.1111", False, True),
        ("5.9.9.1", "5.9.10.1", True, False),
        ("6.0.0.1", "5.9.9.9", False, False),
        ("5.9.3.1111", "5.9.3", False, True),
        ("5.9.31.1", "5.9.3", False, False),
        ("5.8", "5.9.3", True, False),
    ],
)
def test_versions_are_compared_by_their_parts(firmware: str, target: str, behind: bool, there: bool) -> None:
    assert (is_behind(firmware, target), has(firmware, target)) == (behind, there)
    assert is_newer(firmware, target) is (not behind and not there)


def test_a_target_for_each_model_and_for_all_others() -> None:
    table = targets({"VVX 411": "5.9.3.1111", "default": 5.9})
    assert table == {"VVX 411": "5.9.3.1111", "default": "5.9"}
    assert (target_of("VVX 411", table), target_of("VVX 601", table)) == ("5.9.3.1111", "5.9")
    assert target_of("VVX 601", {"VVX 411": "5.9"}) is None
    with pytest.raises(SettingsError, match="target_firmware: 'latest' for default is not a version"):
        targets({"default": "latest"})


def test_what_yaml_may_have_changed_is_refused_where_firmware_is_installed() -> None:
    with pytest.raises(SettingsError, match=r"5.1 for default is a number for YAML"):
        targets({"default": 5.10}, exact=True)


HOPS = [{"version": "5.9.5.0614", "below": "5.9.5"}, {"version": "5.5.4.2255", "below": "5.5", "models": ["VVX 400"]}]


@pytest.mark.parametrize(
    ("model", "firmware", "path"),
    [
        ("VVX 400", "5.4.1.1", ["5.5.4.2255", "5.9.5.0614", "6.4.3.1004"]),
        ("VVX 601", "5.4.1.1", ["5.9.5.0614", "6.4.3.1004"]),
        ("VVX 400", "5.5.1.1", ["5.9.5.0614", "6.4.3.1004"]),
        ("VVX 400", "5.9.5.0614", ["6.4.3.1004"]),
        ("VVX 400", "5.9.6.1", ["6.4.3.1004"]),
        ("VVX 400", "6.4.3.1004", []),
        ("VVX 400", "6.5.0.1", ["6.4.3.1004"]),
    ],
)
def test_hops_in_their_order(model: str, firmware: str, path: list[str]) -> None:
    assert versions(model, firmware, "6.4.3.1004", read_hops(HOPS)) == path


def test_hops_that_lead_beyond_the_target_are_left_out() -> None:
    assert versions("VVX 400", "5.4.1.1", "5.9.5", read_hops(HOPS)) == ["5.5.4.2255", "5.9.5"]


@given(RELEASES, RELEASES, st.lists(st.tuples(RELEASES, RELEASES), max_size=5))
def test_every_path_climbs_to_the_target_and_skips_no_hop(firmware: str, target: str, given_hops: Any) -> None:
    hops = read_hops({"version": max(pair, key=numbers), "below": min(pair, key=numbers)} for pair in given_hops)
    path = versions("VVX 411", firmware, target, hops)
    assert (path == []) == has(firmware, target)
    if not path:
        return
    assert path[-1] == target
    if is_newer(firmware, target):
        assert path == [target]
        return
    climbed = [firmware, *path]
    assert all(is_behind(one, other) for one, other in zip(climbed, climbed[1:], strict=False))
    for one, other in zip(climbed, climbed[1:], strict=False):
        for hop in hops:
            jumped = is_behind(one, hop.below) and is_behind(hop.version, other)
            assert not jumped or is_behind(hop.version, one), "a release was skipped that had to be installed before"


def test_a_hop_that_does_not_help_those_below_it() -> None:
    with pytest.raises(SettingsError, match=r"phones older than 5.9 can't be helped by the older 5.5.4"):
        read_hops([{"version": "5.5.4", "below": "5.9"}])


def test_a_server_for_each_version() -> None:
    assert read_servers(None) is None and read_servers("") is None
    assert legs(["5.9.3.1"], None) == [Leg("5.9.3.1")]
    assert legs(["5.9.3.1"], read_servers("http://fw/x")) == [Leg("5.9.3.1", "http://fw/x")]
    table = read_servers({"5.5.4": "http://fw/5.5.4", "5.5": "http://fw/no", "default": "http://fw/new"})
    assert legs(["5.5.4.2255", "6.4.3.1004"], table) == [
        Leg("5.5.4.2255", "http://fw/5.5.4"),
        Leg("6.4.3.1004", "http://fw/new"),
    ]


@pytest.mark.parametrize(
    ("path", "server", "said"),
    [
        (["5.5.4.1", "5.9.3.1"], "http://fw", "each needs a server of its own"),
        (["5.5.4.1", "5.9.3.1"], None, "each needs a server of its own"),
        (["5.5.4.1", "5.9.3.1"], {"default": "http://fw"}, "can't come from the same server"),
        (["5.9.3.1"], {"5.9.4": "http://fw"}, "the table has none for 5.9.3.1"),
    ],
)
def test_versions_without_a_server_of_their_own(path: list[str], server: Any, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        legs(path, read_servers(server))


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("http://admin:hunter2@fw/x", "has a login"),
        ({"5.9": "ftp://admin:hunter2@fw"}, "the address for 5.9 has a login"),
        ("http://fw/a b", "has blanks"),
        ("http://fw/ü", "letters beyond ASCII"),
        ("http://fw/" + "x" * 250, "more than 255 characters"),
        (["http://fw"], "is not a text"),
        ({"5.9": ""}, "is not a text"),
    ],
)
def test_what_is_no_address_of_a_server(server: Any, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        read_servers(server)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("written", ["VVX411", "vvx 411", "VVX_411", "Polycom VVX 411", "411", "VVX  411 "])
def test_a_model_that_is_written_otherwise_is_not_taken_for_one_of_the_others(written: str) -> None:
    with pytest.raises(SettingsError, match="target_firmware: .* is no model; phones call it 'VVX 411'"):
        refuse_misspelled("VVX 411", {written: "5.9", "default": "6.4"}, [])
    with pytest.raises(SettingsError, match="hops: .* is no model; phones call it 'VVX 411'"):
        refuse_misspelled("VVX 411", {"VVX 411": "5.9"}, [Hop("5.5", "5.5", frozenset({written}))])


def test_other_models_are_not_misspelled() -> None:
    table = {"VVX 401": "5.9", "VVX 411": "5.9", "VVX411": "5.9", "default": "6.4"}
    for model in ("VVX 411", "VVX 601", ""):
        refuse_misspelled(model, table, [Hop("5.5", "5.5", frozenset({"VVX 300"})), Hop("5.4", "5.4")])
