# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept of phones that want Digest until the playbook ends: in one folder, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible import constants as C
from ansible_collections.polycom.vvx.plugins.plugin_utils._logins import RunLogins

URL, OTHER = "https://192.0.2.11:443", "https://192.0.2.12:443"


def test_each_phone_has_its_own_note(tmp_path: Path) -> None:
    logins = RunLogins(str(tmp_path / "new"))
    assert logins.recall(URL) is None and list(tmp_path.iterdir()) == []
    logins.note(URL, {"count": 1})
    logins.note(URL, {"count": 2})
    assert RunLogins(str(tmp_path / "new")).recall(URL) == {"count": 2} and logins.recall(OTHER) is None
    assert len(list((tmp_path / "new").iterdir())) == 1


@pytest.mark.parametrize("torn", [b"", b'{"count": ', b"[1]", b"\xff\x00", b"[" * 60_000, b'{"a": "' + b"x" * 70_000])
def test_a_torn_note_is_none(tmp_path: Path, torn: bytes) -> None:
    logins = RunLogins(str(tmp_path))
    logins.note(URL, {"count": 1})
    next(tmp_path.iterdir()).write_bytes(torn)
    assert logins.recall(URL) is None
    logins.note(URL, {"count": 3})
    assert logins.recall(URL) == {"count": 3}


def test_a_folder_that_can_not_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    logins = RunLogins(str(tmp_path / "file" / "below"))
    logins.note(URL, {"count": 1})
    assert logins.recall(URL) is None


def test_it_is_in_the_folder_that_ansible_removes_at_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(C, "DEFAULT_LOCAL_TMP", str(tmp_path))
    RunLogins().note(URL, {"count": 1})
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
