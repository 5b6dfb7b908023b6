# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the controller knows of the passwords of phones: marks that tell nothing, in an order that spares attempts."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors import known_passwords, state
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.known_passwords import KnownPasswords

MAC, OTHER = "0004f2aabbcc", "https://192.0.2.7:443"
KEY = "a key that a vault file holds"
OLD, NEW, THIRD = "Kestrel-old-41", "Harbour-new-93", "Lantern-third-5"


def known(folder: Path, start: float = 1000.0, key: str = KEY, account: str = "Polycom") -> KnownPasswords:
    """As in a run of its own, whose clock ticks with each look at it."""
    ticks = itertools.count(start)
    return KnownPasswords(str(folder), key, account, clock=lambda: next(ticks))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_nothing_known_leaves_the_order_as_it_comes_and_makes_no_file(tmp_path: Path) -> None:
    assert known(tmp_path).order(MAC, [OLD, NEW, OLD]) == [OLD, NEW]
    assert known(tmp_path).attempts(MAC, [OLD])[0].refused is None
    assert files(tmp_path) == []


def test_what_was_taken_or_begun_last_comes_first_and_what_was_refused_last(tmp_path: Path) -> None:
    known(tmp_path).accepted(MAC, OLD)
    assert known(tmp_path).order(MAC, [NEW, OLD]) == [OLD, NEW]
    known(tmp_path, 2000).begun(MAC, NEW)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [NEW, OLD], "it was cut short: it may have happened"
    known(tmp_path, 3000).refused(MAC, NEW)
    assert known(tmp_path).order(MAC, [NEW, THIRD, OLD]) == [OLD, THIRD, NEW]
    assert known(tmp_path).attempts(MAC, [NEW])[0].refused == 3000
    known(tmp_path, 4000).refused(MAC, THIRD)
    assert known(tmp_path).order(MAC, [THIRD, NEW, OLD]) == [OLD, NEW, THIRD], "refused longest ago before"
    known(tmp_path, 5000).accepted(MAC, NEW)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [NEW, OLD]
    assert known(tmp_path).attempts(MAC, [NEW])[0].refused is None


def test_an_attempt_without_an_answer_is_neither_a_refusal_nor_likely(tmp_path: Path) -> None:
    known(tmp_path).tried(MAC, OLD)
    known(tmp_path, 2000).tried(MAC, NEW)
    known(tmp_path, 3000).refused(MAC, NEW)
    assert known(tmp_path).attempts(MAC, [OLD, NEW, THIRD]) == [(None, 1000), (3000, None), (None, None)]
    assert known(tmp_path).attempts(MAC, [OLD])[0].refused is None
    assert known(tmp_path).order(MAC, [NEW, OLD, THIRD]) == [OLD, THIRD, NEW]
    known(tmp_path, 4000).accepted(MAC, OLD)
    known(tmp_path, 5000).tried(MAC, NEW)
    assert known(tmp_path).attempts(MAC, [OLD, NEW]) == [(None, None), (3000, 5000)]
    assert known(tmp_path).order(MAC, [NEW, OLD]) == [OLD, NEW]


def test_each_phone_account_and_key_is_on_its_own(tmp_path: Path) -> None:
    known(tmp_path).accepted(MAC, NEW)
    assert known(tmp_path).order(OTHER, [OLD, NEW]) == [OLD, NEW]
    assert known(tmp_path, account="User").order(MAC, [OLD, NEW]) == [OLD, NEW]
    assert known(tmp_path, key="another key of twenty").order(MAC, [OLD, NEW]) == [OLD, NEW]
    known(tmp_path).accepted(OTHER, NEW)
    assert known(tmp_path).order(OTHER, [OLD, NEW]) == [NEW, OLD]
    assert len(files(tmp_path)) == 2


def test_the_files_hold_no_password_and_are_for_this_user_only(tmp_path: Path) -> None:
    store = known(tmp_path)
    for password in (OLD, NEW, "456"):
        store.accepted(MAC, password)
        store.begun(MAC, password)
        store.refused(OTHER, password)
    found = files(tmp_path)
    assert len(found) == 2 and found[0].name == f"{MAC}.json"
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        text = path.read_text()
        assert not any(secret in text for secret in (OLD, NEW, KEY)) and OTHER not in text + path.name


def test_what_is_known_already_is_not_written_again(tmp_path: Path) -> None:
    known(tmp_path).accepted(MAC, OLD)
    before = files(tmp_path)[0].read_bytes()
    known(tmp_path, 9000).accepted(MAC, OLD)
    assert files(tmp_path)[0].read_bytes() == before
    known(tmp_path, 9000).begun(MAC, NEW)
    known(tmp_path, 9500).accepted(MAC, OLD)
    assert known(tmp_path).order(MAC, [NEW, OLD]) == [OLD, NEW]


def test_a_clock_that_was_set_back_does_not_turn_the_order_around(tmp_path: Path) -> None:
    known(tmp_path, 9000).accepted(MAC, OLD)
    known(tmp_path, 10).begun(MAC, NEW)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [NEW, OLD]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 2, "passwords": {}}', b'{"format": 1, "passwords": {"a": {"accepted": "x"}}}'],
)
def test_a_damaged_file_tells_nothing_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    known(tmp_path).accepted(MAC, NEW)
    files(tmp_path)[0].write_bytes(content)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [OLD, NEW]
    known(tmp_path).accepted(MAC, NEW)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [NEW, OLD]


def test_a_file_that_others_could_have_written_tells_nothing(tmp_path: Path) -> None:
    known(tmp_path).accepted(MAC, NEW)
    files(tmp_path)[0].chmod(0o666)
    assert known(tmp_path).order(MAC, [OLD, NEW]) == [OLD, NEW]


def test_marks_are_bounded_and_the_latest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_passwords, "MOST_MARKS", 4)
    store = known(tmp_path)
    for number in range(6):
        store.refused(MAC, f"candidate-{number}")
    assert len(json.loads(files(tmp_path)[0].read_bytes())["passwords"]) == 4
    assert store.attempts(MAC, ["candidate-0"])[0].refused is None
    assert store.attempts(MAC, ["candidate-5"])[0].refused is not None


def test_where_nothing_lasts_nothing_is_kept_and_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(state, "file_system", lambda path: "overlay")
    store = KnownPasswords(None, KEY)
    store.begun(MAC, NEW)
    assert "does not last" in (store.missing() or "")
    assert store.order(MAC, [OLD, NEW]) == [OLD, NEW]
    assert files(tmp_path) == []
    assert known(tmp_path).missing() is None, "a folder that the user has named lasts"


def test_a_change_is_not_begun_if_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = known(tmp_path)
    store.accepted(MAC, OLD)
    path = files(tmp_path)[0]
    path.unlink()
    path.mkdir()
    with pytest.raises(SettingsError, match="is a folder, so a change that is cut short could not be taken up"):
        store.begun(MAC, NEW)
    with pytest.raises(SettingsError, match="is a folder"):
        store.tried(MAC, NEW)
    store.accepted(MAC, NEW)  # this is only a help for the next run
    assert os.path.isdir(path)


def _accept(folder: Path, number: int) -> None:
    KnownPasswords(str(folder), KEY).accepted(f"0004f2{number % 4:06x}", f"password-{number}")


def test_many_workers_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_accept, args=(tmp_path, number)) for number in range(16)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0] * 16
    assert len(files(tmp_path)) == 4
