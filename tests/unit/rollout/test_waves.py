# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waves: each phone once, canary phones first, never two sites in one, sizes as Ansible's serial."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.utils.helpers import pct_to_int
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import (
    Wave,
    allowed,
    check_canary,
    plan_waves,
    portion,
    rules,
)
from hypothesis import given
from hypothesis import strategies as st

HOSTS = [f"phone-{number}" for number in range(1, 11)]
PORTIONS = st.one_of(st.integers(1, 12).map(str), st.integers(1, 100).map("{}%".format))


def shape(waves: list[Wave]) -> list[tuple[Any, ...]]:
    return [
        (len(wave.hosts), wave.most, *(["canary"] if wave.canary else []), *filter(None, [wave.site])) for wave in waves
    ]


def made(canary: object = None, wave: object = None, failures: object = None, **more: Any) -> list[tuple[Any, ...]]:
    return shape(plan_waves(HOSTS, more.pop("done", ()), rules(canary, wave, failures), **more))


def test_canary_and_waves() -> None:
    assert made() == [(10, 1)], "one wave of all, of which a tenth may fail"
    assert made(2, "25%", "1") == [(2, 0, "canary"), (2, 1), (2, 1), (2, 1), (2, 1)]
    assert made("10%", 5, "50%") == [(1, 0, "canary"), (5, 2), (4, 2)]
    assert made("phone-9, phone-3", "1,3,100%", 0) == [(2, 0, "canary"), (1, 0), (3, 0), (4, 0)]
    assert made(["phone-9"], [4, "100%"], "100%") == [(1, 0, "canary"), (4, 4), (5, 5)]
    assert made(100, "1") == [(10, 0, "canary")]
    assert made(0, "3") == [(3, 0), (3, 0), (3, 0), (1, 0)]


def test_phones_that_are_done_take_part_no_more() -> None:
    waves = plan_waves(HOSTS, HOSTS[:3], rules(2, 4, None))
    assert [wave.hosts for wave in waves] == [tuple(HOSTS[3:7]), tuple(HOSTS[7:])], "the canary phones are done"
    waves = plan_waves(HOSTS, HOSTS[1:3], rules(2, 4, None), first=["phone-9"])
    assert waves[0] == Wave(1, ("phone-1",), 0, canary=True), "one of them is left"
    assert waves[1].hosts == ("phone-9", "phone-4", "phone-5", "phone-6"), "what was begun is finished first"
    assert plan_waves(HOSTS, HOSTS, rules(2, 4, None)) == []


def test_sites_are_not_mixed() -> None:
    sites = {host: "site_b" if number < 4 else "site_a" for number, host in enumerate(HOSTS[:9])}
    assert made(3, "50%", 0, sites=sites) == [
        (3, 0, "canary", "site_a"), (1, 0, "site_a"), (1, 0, "site_a"), (2, 0, "site_b"), (2, 0, "site_b"), (1, 0),
    ], "phones without a site come last, and percentages are of a site"  # fmt: skip
    assert made(["phone-1", "phone-5"], None, 0, sites=sites)[:2] == [
        (1, 0, "canary", "site_a"), (1, 0, "canary", "site_b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((None, "ten", None), "wave: 'ten' is neither a number of phones nor a percentage"),
        ((None, "0", None), "wave: '0'"),
        ((None, "5,0%", None), "wave: '0%'"),
        ((None, "101%", None), "wave: '101%'"),
        ((None, -1, None), "wave: '-1'"),
        ((None, None, "a few"), "max_failures: 'a few'"),
        ((None, None, "1,2"), "max_failures: '1,2'"),
        (("1,phone-1", None, None), "canary: '1,phone-1'"),
        ((None, "\x1b[2J\u202e9%%", None), "wave: '9%%'"),
    ],
)
def test_what_is_refused(values: tuple[object, object, object], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        rules(*values)
    assert refused.value.message.startswith(said) and "Nothing was sent." in refused.value.message
    assert "\x1b" not in refused.value.message


def test_a_canary_phone_is_one_of_the_plan() -> None:
    check_canary(rules("phone-3", None, None), HOSTS)
    check_canary(rules("3", None, None), HOSTS)
    with pytest.raises(SettingsError, match="canary: phone_33 is no phone of the plan .did you mean phone-3"):
        check_canary(rules("phone-3,phone_33", None, None), HOSTS)


@given(
    st.lists(st.integers(1, 500).map("phone-{}".format), max_size=60, unique=True), st.data(),
    st.one_of(st.integers(0, 70).map(str), st.integers(0, 100).map("{}%".format), st.none()),
    st.lists(PORTIONS, min_size=1, max_size=4), st.one_of(PORTIONS, st.just("0")), st.booleans(),
)  # fmt: skip
def test_every_phone_is_in_one_wave(
    hosts: list[str], data: st.DataObject, canary: str | None, portions: list[str], failures: str, by_site: bool
) -> None:
    done = data.draw(st.lists(st.sampled_from(hosts), unique=True)) if hosts else []
    if hosts and data.draw(st.booleans()):
        canary = ",".join(data.draw(st.lists(st.sampled_from(hosts), min_size=1, max_size=5, unique=True)))
    names = st.sampled_from(["site_1", "site_2", "site_10"])
    sites = {host: data.draw(names) for host in hosts if data.draw(st.booleans())} if by_site else None
    given_rules = rules(canary, portions, failures)
    waves = plan_waves(hosts, done, given_rules, sites)

    everyone = [host for wave in waves for host in wave.hosts]
    assert sorted(everyone) == sorted(set(hosts) - set(done)), "each once, and no other"
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1)) and all(wave.hosts for wave in waves)
    for wave in waves:
        assert {(sites or {}).get(host, "") for host in wave.hosts} <= {wave.site}
        assert wave.most == (0 if wave.canary else allowed(failures, len(wave.hosts)))
    canaries = [wave.canary for wave in waves]
    assert canaries == sorted(canaries, reverse=True), "canary phones come first"
    birds = {host for wave in waves if wave.canary for host in wave.hosts}
    if given_rules.named:
        assert birds == set(given_rules.canary) - set(done)
    elif not done:
        assert len(birds) == min(len(hosts), portion(given_rules.canary[0], len(hosts), 0))
    for position, wave in enumerate(wave for wave in waves if not wave.canary):
        item = portions[min(position, len(portions) - 1)]
        whole = sum(each.site == wave.site and not each.canary for each in waves for _host in each.hosts)
        size = pct_to_int(item, len(everyone) if sites is None else whole)
        last = all(each.canary or each.site != wave.site for each in waves[wave.number :])
        assert len(wave.hosts) <= size and (last or len(wave.hosts) == size), "as serial"


@given(PORTIONS, st.integers(1, 2_000))
def test_portions_are_those_of_serial(text: str, whole: int) -> None:
    assert portion(text, whole, 1) == pct_to_int(text, whole)


@given(st.integers(0, 100), st.integers(1, 2_000), st.integers(0, 2_000))
def test_more_than_n_percent(percent: int, size: int, failed: int) -> None:
    assert (failed > allowed(f"{percent}%", size)) == (failed * 100 > percent * size)
