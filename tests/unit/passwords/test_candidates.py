# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which candidate comes next: never one that was refused, never two within the time in which phones count."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.known_passwords import KnownPasswords
from ansible_collections.polycom.vvx.plugins.plugin_utils._passwords import candidates
from ansible_collections.polycom.vvx.plugins.plugin_utils._passwords.candidates import Choice, choose

PHONE, KEY = "0004f2aabbcc", "a key that a vault file holds"
LIST = ["first-1", "second-2", "third-3"]
LOCKOUT = 60.0


def known(folder: Path, now: float) -> KnownPasswords:
    return KnownPasswords(str(folder), KEY, clock=lambda: now)


def choice(folder: Path, now: float, retry_after: float | None = None, listed: list[str] | None = None) -> Choice:
    return choose(LIST if listed is None else listed, known(folder, now), PHONE, now, LOCKOUT, retry_after)


def test_the_list_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert choice(tmp_path, 1000) == Choice(1, 3, 0)
    known(tmp_path, 1000).refused(PHONE, LIST[0])
    assert choice(tmp_path, 1010) == Choice(2, 2, 50)
    assert choice(tmp_path, 1060) == Choice(2, 2, 0)
    known(tmp_path, 1060).refused(PHONE, LIST[1])
    known(tmp_path, 1120).refused(PHONE, LIST[2])
    assert choice(tmp_path, 99_000) == Choice(0, 0, 0)
    assert choice(tmp_path, 1130, listed=[*LIST, "new-4"]) == Choice(4, 1, 50)


def test_what_the_phone_took_before_comes_first(tmp_path: Path) -> None:
    known(tmp_path, 1000).accepted(PHONE, LIST[2])
    assert choice(tmp_path, 1001) == Choice(3, 3, 0)
    known(tmp_path, 1002).refused(PHONE, LIST[2])
    assert choice(tmp_path, 1100) == Choice(1, 2, 0)


def test_an_attempt_without_an_answer_waits_and_comes_once_more(tmp_path: Path) -> None:
    known(tmp_path, 1000).tried(PHONE, LIST[0])
    assert choice(tmp_path, 1030) == Choice(1, 3, 30)
    assert choice(tmp_path, 1060) == Choice(1, 3, 0)


def test_refused_ones_come_back_when_the_user_says_so(tmp_path: Path) -> None:
    for number, password in enumerate(LIST):
        known(tmp_path, 1000 + 60 * number).refused(PHONE, password)
    assert choice(tmp_path, 4600, retry_after=3600) == Choice(1, 1, 0)
    assert choice(tmp_path, 5000, retry_after=3600) == Choice(1, 3, 0)
    assert choice(tmp_path, 1130, retry_after=0) == Choice(1, 3, 50), "also then not two within the lock-out time"


def test_a_clock_that_was_set_back_counts_as_just_now(tmp_path: Path) -> None:
    known(tmp_path, 9000).refused(PHONE, LIST[0])
    assert choice(tmp_path, 10) == Choice(2, 2, 60)


@pytest.mark.parametrize("seed", range(20))
def test_no_phone_counts_three_wrong_logins_within_the_lock_out_time(seed: int, tmp_path: Path) -> None:
    """Runs at random moments, some of them killed: with its own password, that is at most two of a candidate and two
    of the own password in any window, below the default of five; and nothing is refused twice."""
    draw = random.Random(seed)
    listed = [f"candidate-{number}" for number in range(draw.randint(1, 20))]
    right = draw.choice([*listed, "nobody"])
    now, wrong, refused = 1000.0, [], []
    for _run in range(60):
        now += draw.choice([0.5, 10, 59, 60, 61, 300])
        store = known(tmp_path, now)
        next_one = choose(listed, store, PHONE, now, LOCKOUT, None)
        if not next_one.number or next_one.wait:
            continue
        password = listed[next_one.number - 1]
        store.tried(PHONE, password)
        if password != right:
            wrong.append(now)
        if draw.random() < 0.2:
            continue  # killed before the answer
        if password == right:
            store.accepted(PHONE, password)
        else:
            store.refused(PHONE, password)
            refused.append(password)
    assert all(later - earlier >= LOCKOUT for earlier, later in zip(wrong, wrong[1:]))
    assert len(refused) == len(set(refused))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, []),
        ("", []),
        ([], []),
        (["a", "b", "a"], ["a", "b"]),
        ("a b\n456\n", ["a b", "456"]),
        (["a,b", " c "], ["a,b", " c "]),
    ],
)
def test_lists_and_lines(given: object, read: list[str]) -> None:
    assert candidates.read(given) == read


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"horse": 1}, "is no list"),
        (12, "is no list"),
        (["horse", 83], "entry 2 must be a text"),
        (["horse", None], "entry 2 must be a text"),
        (["horse", True], "entry 2 must be a text"),
        (["horse", ""], "entry 2 is empty"),
        ("horse\n\nx", "entry 2 is empty"),
        (["horse", "a\tb"], "entry 2 contains a character"),
        ([f"horse-{number}" for number in range(21)], "21 entries, and at most 20"),
    ],
)
def test_what_can_be_no_candidate_is_refused_without_being_shown(given: object, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        candidates.read(given)
    assert "horse" not in f"{refused.value} {refused.value.remedy}" and refused.value.remedy
