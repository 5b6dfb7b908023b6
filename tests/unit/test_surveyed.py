# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a survey leaves for the play behind it: its hosts, its batches, and why phones can't be asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible.executor.playbook_executor import PlaybookExecutor
from ansible_collections.polycom.vvx.plugins.filter import playbooks, surveyed
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils import _surveyed
from ansible_collections.polycom.vvx.plugins.plugin_utils._surveyed import Found, Surveyed, sizes, unsettled
from hypothesis import given
from hypothesis import strategies as st

ODD = ["berlin-1001", "..", "a/b", "empfang ü", "*", "x" * 300, "half \ud800", "Berlin-1001"]
FINE: dict[str, str] = {}


@pytest.fixture
def kept(tmp_path: Path) -> Surveyed:
    return Surveyed(str(tmp_path / "survey"))


@pytest.mark.parametrize(
    ("found", "hosts"),
    [
        (None, ["phones"]),
        (Found(["phones"], ["b", "a"], settled={"c": FINE}), ["b", "a"]),
        (Found(["phones"], settled={"c": FINE}), ["all:!all"]),
        (Found(["phones"]), ["all:!all"]),
        (Found(["phones"], ["b"], ["a"], {"c": FINE, "d": FINE}, doomed=True), ["b", "a", "c"]),
        (Found(["phones"], ["typo"], [], {"c": FINE}, doomed=True), ["typo", "c"]),
        (Found(["phones"], ["b", "d"], ["a"], {}, doomed=True), ["b", "a", "d"]),
        (Found(["phones"], [], ["a"], {}, doomed=True), ["a"]),
        (Found(["phones"], ["b:[1]"], settled={}), [r"~^b\U0000003a\U0000005b1\U0000005d$"]),
        (
            Found(["all"], ["b"], settled={"c": FINE, "fe80::1": FINE}),
            ["phones", "!c", r"!~^fe80\U0000003a\U0000003a1$"],
        ),
    ],
)
def test_the_hosts_of_the_play_behind_it(found: Found | None, hosts: list[str]) -> None:
    assert unsettled(found, ["phones"]) == hosts


@given(
    others=st.integers(0, 30),
    lost=st.integers(0, 5),
    settled=st.booleans(),
    portions=st.lists(st.one_of(st.integers(1, 40).map(str), st.integers(1, 100).map("{}%".format)), min_size=1),
)
def test_the_batches_are_those_of_ansible_and_one_of_lost_phones(
    others: int, lost: int, settled: bool, portions: list[str]
) -> None:
    names = [f"h{number}" for number in range(others)], [f"lost{number}" for number in range(lost)]
    found = Found(["phones"], *names, {"fine": FINE} if settled else {}, doomed=bool(lost))
    first, last = found.order()
    asked = batches(first + last, sizes(found, portions))
    if not lost:
        assert asked == batches(first + last, portions) and sizes(found, portions) == portions
    elif portions == ["100%"]:
        assert asked == [first + last]
    else:
        assert asked == [*batches(first, portions), last]
        assert not set(names[1]).intersection(host for batch in asked[:-1] for host in batch)
    assert lost == 0 or not (others or settled) or any(not host.startswith("lost") for host in asked[-1])
    assert [host for batch in asked for host in batch] == first + last


def batches(hosts: list[str], serial: list[str]) -> list[list[str]]:
    """As Ansible makes them."""
    executor: Any = SimpleNamespace(_inventory=SimpleNamespace(get_hosts=lambda pattern, order: list(hosts)))
    play = SimpleNamespace(hosts=hosts, order=None, serial=serial)
    return list(PlaybookExecutor._get_serialized_batches(executor, play))


def test_what_is_kept_until_it_is_forgotten(kept: Surveyed) -> None:
    assert kept.found() is None
    found = Found(["phones"], ODD, ["lost"], {"fine": {"reg.1.auth.password": "set"}}, {"fine": {"x.y": []}}, True)
    kept.put(found, {})
    assert kept.found() == found
    kept.forget()
    kept.forget()
    assert kept.found() is None


@pytest.mark.parametrize("error", sorted(_surveyed._ASKED, key=lambda each: each.kind))
def test_why_a_phone_can_not_be_asked(
    kept: Surveyed, error: type[errors.PhoneError], monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = error("no.", host="192.0.2.7", endpoint="GET /x", http_status=401, status="4000", remedy="Do it.")
    desk = Settings("", "192.0.2.7", username="u")
    kept.put(Found(["phones"], [], list(ODD)), dict.fromkeys(ODD, (desk, reason)))
    for host in ODD:
        again = kept.error_of(host, desk)
        assert isinstance(again, error) and vars(again) == vars(reason)
    assert kept.error_of("another", desk) is None
    assert kept.error_of(ODD[0], Settings("", "192.0.2.8", username="u")) is None, "another address"
    assert kept.error_of(ODD[0], Settings("", "192.0.2.7", username="v")) is None, "another user"
    later = _surveyed.time.time() + _surveyed.FRESH + 1
    monkeypatch.setattr(_surveyed.time, "time", lambda: later)
    assert kept.error_of(ODD[0], desk) is None, "it is asked again"


def test_each_name_has_a_file_of_its_own(kept: Surveyed, tmp_path: Path) -> None:
    hosts = [*ODD, "北京分公司三楼电话" * 5 + "1", "北京分公司三楼电话" * 5 + "2"]
    lost = {host: (Settings("", host), errors.Unreachable(f"no, {number}.")) for number, host in enumerate(hosts)}
    kept.put(Found(["phones"], [], hosts), lost)
    found = [kept.error_of(host, lost[host][0]) for host in hosts]
    assert [error and error.message for error in found] == [lost[host][1].message for host in hosts]
    names = [path.name for path in (tmp_path / "survey").iterdir()]
    assert len({name.lower() for name in names}) == len(hosts) + 1, "also where case does not count"


def test_the_filters(kept: Surveyed, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (playbooks, surveyed):
        monkeypatch.setattr(module, "Surveyed", lambda: kept)
    hosts, serial = surveyed.FilterModule().filters()["unsettled_hosts"], playbooks.FilterModule().filters()["batches"]
    assert hosts("a:b") == ["a:b"] and hosts(["a", "b"]) == ["a", "b"] and serial("2", surveyed=True) == ["2"]
    kept.put(Found(["a", "b"], ["one", "two", "three"], ["lost"]), {})
    assert hosts(["a", "b"]) == ["one", "two", "lost", "three"]
    assert serial("1", surveyed=True) == ["1", "1", "2"] and serial("1") == ["1"] and serial("", True) == ["100%"]
    for wrong in ("", [], None, [1], {"a": 1}):
        with pytest.raises(surveyed.AnsibleFilterError, match="takes a pattern"):
            hosts(wrong)
