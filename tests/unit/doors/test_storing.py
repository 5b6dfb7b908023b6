# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are stored as a whole or not at all, and only if they differ."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors import storing


def test_files_of_a_result_are_stored_and_their_entries_updated(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"B")
    (tmp_path / "b").chmod(0o600)
    contents = {"a": b"A", "b": b"B"}

    def resolve(dest: str) -> str:
        return str(tmp_path / dest)

    assert storing.store([{"dest": "a"}, {"dest": "b"}], contents, resolve, check_mode=True) is True
    assert not (tmp_path / "a").exists()
    files: list[dict[str, Any]] = [{"dest": "a"}, {"dest": "b"}]
    assert storing.store(files, contents, resolve, check_mode=False) is True
    assert [(file["dest"], file["changed"]) for file in files] == [
        (str(tmp_path / "a"), True),
        (str(tmp_path / "b"), False),
    ]
    assert (tmp_path / "a").read_bytes() == b"A" and stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    name = "x" * 300
    with pytest.raises(SettingsError, match="dest: .* can't be written: File name too long"):
        storing.store([{"dest": name}], {name: b"A"}, lambda dest: str(tmp_path / dest), check_mode=False)


@pytest.mark.parametrize("given", ["{path}", "{path}/new/"])
def test_a_folder_is_refused(tmp_path: Path, given: str) -> None:
    text = given.format(path=tmp_path)
    with pytest.raises(SettingsError, match="html: .* is a folder") as caught:
        storing.check_dest("html", text, text)
    assert "html" in caught.value.remedy


def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="can't be written"):
        storing.check_dest("dest", "x", str(tmp_path / "file" / "x"))
    storing.check_dest("dest", "x", str(tmp_path / "new" / "folder" / "x"))


@pytest.mark.parametrize(
    ("given", "mode"),
    [("0640", 0o640), ("640", 0o640), ("0o644", 0o644), (0o640, 0o640), ("0600", 0o600), (None, None)],
)
def test_modes(given: str | int | None, mode: int | None) -> None:
    assert storing.file_mode(given) == mode


@pytest.mark.parametrize(
    "given", ["rw", "0440", "0662", "1640", 1640, "-1", "0999", [], True, 6.4, {}, "", "٠٦٤٠x", float("inf")]
)
def test_modes_that_cannot_be_used(given: Any) -> None:
    with pytest.raises(SettingsError, match="mode"):
        storing.file_mode(given)


def _count(path: str, times: int) -> None:
    """Add to the number in a file, slowly, so that somebody else could come in between."""
    for _time in range(times):
        with storing.alone([path]):
            number = int(Path(path).read_text() if Path(path).exists() else "0")
            time.sleep(0.002)
            storing.put_all({path: str(number + 1).encode()}, check_mode=False, mode=None)


def test_processes_that_read_and_write_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "number"
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=_count, args=(str(path), 50)) for _process in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert path.read_text() == "100"
    assert [each.name for each in tmp_path.iterdir()] == ["number"], "a lock leaves nothing behind"


def test_whoever_is_there_is_waited_for_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "PATIENCE", 0.1)
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    start = time.monotonic()
    with storing.alone([str(tmp_path / "new" / "a"), str(tmp_path / "b"), "/proc/no/such"]):
        assert time.monotonic() - start >= 0.1
    os.close(held)
    with storing.alone([str(tmp_path / "b")]):
        other = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
