# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored schema: used while the file is the same, and never if somebody else may have written it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema import cache, xsd
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema.xsd import SchemaFile

from support import firmware

SOURCE = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_bytes()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return firmware.schema(tmp_path)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The schemas that were really read."""
    found: list[str] = []
    real = xsd.read

    def counted(data: bytes, path: str) -> SchemaFile:
        found.append(path)
        return real(data, path)

    monkeypatch.setattr(xsd, "read", counted)
    return found


def read(file: Path, keep: bool = True) -> SchemaFile:
    return cache.read(str(file), keep=keep)


def stored(file: Path) -> Path:
    return Path(cache.stored_at(str(file)))


def test_a_schema_is_read_once(file: Path, readings: list[str]) -> None:
    first = read(file)
    assert read(file) == first and len(readings) == 1


@pytest.mark.parametrize("umask", [0o000, 0o027, 0o077])
def test_what_is_stored_is_its_owners_alone(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        read(file)
    finally:
        os.umask(before)
    assert stored(file).stat().st_mode & 0o777 == 0o600


def test_a_changed_schema_is_read_again(file: Path) -> None:
    read(file)
    state = file.stat()
    file.write_bytes(SOURCE.replace(b'"pres.reg"', b'"pres.new"'))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert len(SOURCE) == file.stat().st_size and file.stat().st_mtime_ns == state.st_mtime_ns
    assert "pres.new" in read(file).facts


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"null", b'{"version": 1}', b"\xff", b"half", b"[" * 200_000])
def test_what_is_damaged_counts_for_nothing(file: Path, readings: list[str], damage: bytes) -> None:
    first = read(file)
    whole = stored(file).read_bytes()
    stored(file).write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert read(file) == first and len(readings) == 2


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_counts_for_nothing(file: Path, readings: list[str], make: Callable[[Path], None]) -> None:
    first = read(file)
    stored(file).unlink()
    make(stored(file))
    assert read(file) == first and len(readings) == 2


ROW = ["str", [], None, None, False, False, False, None, "unknown", "", False, ""]


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("facts", {"pres.reg": [999, None]}),
        ("facts", {"pres.reg": [0, 5]}),
        ("facts", []),
        ("highest", {"pres.reg": ["2"]}),
        ("highest", {"pres.reg": 2}),
        ("by_name", {"pres.reg": None}),
        *(
            ("types", [[*ROW[:at], value, *ROW[at + 1 :]]] * 99)
            for at, value in enumerate([{}, [[5]], "1", 1.5, 0, None, "no", "x", "yes", "x", 1, "x"])
        ),
        ("types", [[*ROW, 1]] * 99),
        ("types", [5] * 99),
    ],
)
def test_what_is_of_the_wrong_type_counts_for_nothing(file: Path, readings: list[str], where: str, wrong: Any) -> None:
    first = read(file)
    document = json.loads(stored(file).read_text(encoding="utf-8"))
    stored(file).write_text(json.dumps({**document, where: wrong}), encoding="utf-8")
    assert read(file) == first and len(readings) == 2


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
def test_what_others_could_write_counts_for_nothing(file: Path, readings: list[str], mode: int) -> None:
    read(file)
    stored(file).chmod(mode)
    read(file)
    assert len(readings) == 2 and stored(file).stat().st_mode & 0o777 == 0o600


def test_what_is_another_users_counts_for_nothing_and_stays(
    file: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(file)
    inode = stored(file).stat().st_ino
    own = os.geteuid()
    monkeypatch.setattr(cache, "_TRUSTED", ())
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    read(file)
    assert len(readings) == 2 and stored(file).stat().st_ino == inode


def test_a_link_is_not_followed(file: Path, readings: list[str]) -> None:
    read(file)
    elsewhere = stored(file).rename(file.parent / "elsewhere.json")
    stored(file).symlink_to(elsewhere)
    read(file)
    assert len(readings) == 2 and not stored(file).is_symlink()


def test_it_is_stored_in_the_users_cache_folder_and_never_beside_the_schema(file: Path, tmp_path: Path) -> None:
    beside = sorted(file.parent.iterdir())
    read(file)
    folder = tmp_path / "cache" / "polycom.vvx"
    assert sorted({*file.parent.iterdir()} - {tmp_path / "cache"}) == beside
    assert folder.stat().st_mode & 0o777 == 0o700 and list(folder.iterdir()) == [stored(file)]


@pytest.mark.parametrize("unset", [None, "", "not/absolute"])
def test_the_users_cache_folder_is_in_their_home(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unset: str | None
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    if unset is None:
        monkeypatch.delenv("XDG_CACHE_HOME")
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", unset)
    assert stored(file).parent == tmp_path / "home" / ".cache" / "polycom.vvx"


def test_what_is_not_to_be_kept_is_not_stored(file: Path, readings: list[str], tmp_path: Path) -> None:
    assert read(file, keep=False) == read(file, keep=False) and len(readings) == 2
    assert not (tmp_path / "cache").exists()
    read(file)
    read(file, keep=False)
    assert len(readings) == 3, "what is stored is used all the same"


@pytest.mark.parametrize("obstacle", ["file", "folder"])
def test_where_nothing_can_be_written_nothing_is_stored(
    file: Path, readings: list[str], tmp_path: Path, obstacle: str
) -> None:
    if obstacle == "file":
        (tmp_path / "cache").write_bytes(b"")
    else:
        stored(file).mkdir(parents=True)
    assert read(file) == read(file) and len(readings) == 2
    assert obstacle == "file" or list(stored(file).parent.iterdir()) == [stored(file)], "no half file is left"
