# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the controller remembers of restarts that phones still need."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors import pending_restarts
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.pending_restarts import FOLDER, MOST, PendingRestarts

PHONE = ["0004f2aabbcc", "https://192.0.2.11:443"]
URL = PHONE[1:]
NEEDED: dict[str, Any] = {
    "changed": True,
    "restart_required": "yes",
    "restart_reasons": {"reg.1.address": "restart (manual)"},
    "restarted": False,
}


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


def heed(place: Path, outcome: dict[str, Any], began: float = 1000.0, phone: list[str] | None = None) -> str | None:
    assert pending_restarts.matters(outcome)
    return PendingRestarts(str(place)).heed(phone or PHONE, outcome, began)


def kept(place: Path, phone: list[str] | None = None) -> dict[str, datetime]:
    return PendingRestarts(str(place)).of(phone or PHONE)


def test_what_a_task_leaves_to_be_done_is_remembered(tmp_path: Path) -> None:
    assert heed(tmp_path, NEEDED) is None
    assert kept(tmp_path) == {"reg.1.address": at(1000)} and kept(tmp_path, ["0004f2000001"]) == {}
    assert heed(tmp_path, {**NEEDED, "restart_reasons": {"a.b": "x"}}, 2000.0) is None
    assert kept(tmp_path) == {"a.b": at(2000), "reg.1.address": at(1000)}
    (file,) = (tmp_path / FOLDER).iterdir()
    assert file.name == "0004f2aabbcc.json" and file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert json.loads(file.read_bytes()) == {"format": 1, "parameters": {"a.b": 2000.0, "reg.1.address": 1000.0}}


@pytest.mark.parametrize(
    "outcome",
    [
        {"changed": True, "restarted": True, "restart_required": "no", "restart_reasons": {}},
        {"changed": True, "uptime_before": 5000, "uptime_after": 41},
        {"changed": True, "cleared": ["web"], "answers": True},
    ],
    ids=["config", "restart", "reset"],
)
@pytest.mark.parametrize("phone", [PHONE, URL], ids=["by-mac", "by-url"])
def test_a_restart_clears_it_under_all_names_of_the_phone(
    tmp_path: Path, outcome: dict[str, Any], phone: list[str]
) -> None:
    heed(tmp_path, NEEDED, phone=phone)
    assert kept(tmp_path)
    assert heed(tmp_path, outcome) is None
    assert kept(tmp_path) == {} and heed(tmp_path, outcome) is None


@pytest.mark.parametrize(
    "outcome",
    [
        {"changed": True, "restarted": False, "restart_required": "no", "restart_reasons": {}},
        {"changed": True, "restarted": False, "restart_required": "unknown", "restart_reasons": {}},
        {"changed": True, "uptime_before": 5000, "error": {"kind": "not_restarted"}, "failed": True},
        {"changed": False, "cleared": [], "answers": True},
        {"changed": True, "cleared": ["web"], "answers": False, "failed": True},
        {"changed": False, "skipped": True},
        {"ansible_facts": {}},
        {"ansible_job_id": "1"},
    ],
)
def test_other_results_say_nothing(outcome: dict[str, Any]) -> None:
    assert not pending_restarts.matters(outcome)


def test_the_names_of_a_phone() -> None:
    known = Settings(host="192.0.2.11", password="x", mac="0004f2aabbcc")
    assert pending_restarts.names(known) == PHONE
    unknown = Settings(host="192.0.2.11", password="x")
    assert pending_restarts.names(unknown) == URL
    assert pending_restarts.names(unknown, "00:04:F2:AA:BB:CC") == PHONE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 2, "parameters": {}}',
        b'{"format": 1, "parameters": {"a.b": "x"}}',
        b'{"format": 1, "parameters": {"a.b": 1e300}}',
        b'{"format": 1, "parameters": {"a.b": -1}}',
        b'{"format": 1, "parameters": {"a.b": 1%s}}' % (b"0" * 400),
        b'{"format": 1, "parameters": ["a.b"]}',
        b'{"format": 1, "parameters": {"a.b": NaN}}',
    ],
)
def test_a_damaged_file_is_nothing_known(tmp_path: Path, content: bytes) -> None:
    heed(tmp_path, NEEDED)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(content)
    assert kept(tmp_path) == {}
    assert heed(tmp_path, NEEDED, 3000.0) is None and kept(tmp_path) == {"reg.1.address": at(3000)}


def test_a_file_that_others_can_read_is_nothing_known(tmp_path: Path) -> None:
    heed(tmp_path, NEEDED)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.chmod(0o644)
    assert kept(tmp_path) == {}


def test_so_many_parameters_are_kept(tmp_path: Path) -> None:
    heed(tmp_path, {**NEEDED, "restart_reasons": {f"a.{number}": "x" for number in range(MOST + 10)}})
    assert len(kept(tmp_path)) == MOST


def test_a_place_that_does_not_last_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAUNCHED_BY_RUNNER", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert PendingRestarts(None).heed(PHONE, NEEDED, 1000.0) is None
    assert PendingRestarts(None).of(PHONE) == {} and list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    heed(tmp_path, NEEDED, phone=URL)
    folder = tmp_path / FOLDER
    folder.chmod(0o500)
    try:
        assert "can't tell which phones still need a restart" in str(heed(tmp_path, NEEDED))
    finally:
        folder.chmod(0o700)


def test_a_file_that_cannot_be_replaced_is_told(tmp_path: Path) -> None:
    """As above, for root too."""
    heed(tmp_path, NEEDED)
    for file in (tmp_path / FOLDER).iterdir():
        file.unlink()
        file.mkdir()
    assert "can't tell which phones still need a restart" in str(heed(tmp_path, NEEDED))


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("")
    assert "can't tell which phones still need a restart" in str(heed(tmp_path, NEEDED))
