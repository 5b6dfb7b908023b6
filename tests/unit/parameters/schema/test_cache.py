# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read from a schema is kept: used while the schema is the same, and never if somebody else may have written it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema import cache, xsd
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema.xsd import SchemaFile

from support import firmware

SOURCE = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_bytes()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANSIBLE_HOME", str(tmp_path / "home"))
    return firmware.schema(tmp_path)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The schemas that were really read."""
    found: list[str] = []
    read = xsd.read

    def counted(data: bytes, path: str) -> SchemaFile:
        found.append(path)
        return read(data, path)

    monkeypatch.setattr(xsd, "read", counted)
    return found


def beside(file: Path) -> Path:
    return file.with_name(".polycomConfig.xsd.vvx.json")


def test_a_schema_is_read_once(file: Path, readings: list[str]) -> None:
    first = cache.read(str(file))
    assert cache.read(str(file)) == first and len(readings) == 1


@pytest.mark.parametrize(("umask", "mode"), [(0o000, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_only_its_owner_can_write_what_is_kept(file: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        cache.read(str(file))
    finally:
        os.umask(before)
    assert beside(file).stat().st_mode & 0o777 == mode


def test_a_changed_schema_is_read_again(file: Path) -> None:
    cache.read(str(file))
    state = file.stat()
    file.write_bytes(SOURCE.replace(b'"pres.reg"', b'"pres.new"'))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert len(SOURCE) == file.stat().st_size and file.stat().st_mtime_ns == state.st_mtime_ns
    assert "pres.new" in cache.read(str(file)).facts


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"null", b'{"version": 1}', b"\xff", b"half", b"[" * 200_000])
def test_what_is_damaged_counts_for_nothing(file: Path, readings: list[str], damage: bytes) -> None:
    first = cache.read(str(file))
    whole = beside(file).read_bytes()
    beside(file).write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert cache.read(str(file)) == first and len(readings) == 2


ROW = ["str", [], None, None, False, False, False, None, "unknown", "", False]


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("facts", {"pres.reg": [999, None]}),
        ("facts", {"pres.reg": [0, 5]}),
        ("facts", []),
        ("highest", {"pres.reg": ["2"]}),
        ("highest", {"pres.reg": 2}),
        ("others", {"pres.reg": None}),
        *(
            ("types", [[*ROW[:at], value, *ROW[at + 1 :]]] * 99)
            for at, value in enumerate([{}, [[5]], "1", 1.5, 0, None, "no", "x", "yes", "x", 1])
        ),
        ("types", [[*ROW, 1]] * 99),
        ("types", [5] * 99),
    ],
)
def test_what_is_of_the_wrong_type_counts_for_nothing(file: Path, readings: list[str], where: str, wrong: Any) -> None:
    first = cache.read(str(file))
    document = json.loads(beside(file).read_text(encoding="utf-8"))
    beside(file).write_text(json.dumps({**document, where: wrong}), encoding="utf-8")
    assert cache.read(str(file)) == first and len(readings) == 2


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
def test_what_others_could_write_counts_for_nothing(file: Path, readings: list[str], mode: int) -> None:
    cache.read(str(file))
    beside(file).chmod(mode)
    cache.read(str(file))
    assert len(readings) == 2 and beside(file).stat().st_mode & 0o777 == 0o644


def test_what_is_another_users_counts_for_nothing_and_stays(
    file: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.read(str(file))
    inode = beside(file).stat().st_ino
    own = os.geteuid()
    monkeypatch.setattr(cache, "_TRUSTED", ())
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    cache.read(str(file))
    assert len(readings) == 2 and beside(file).stat().st_ino == inode


def test_a_link_is_not_followed(file: Path, readings: list[str]) -> None:
    cache.read(str(file))
    elsewhere = beside(file).rename(file.parent / "elsewhere.json")
    beside(file).symlink_to(elsewhere)
    cache.read(str(file))
    assert len(readings) == 2 and not beside(file).is_symlink()


def test_where_nothing_can_be_written_it_is_kept_at_home(file: Path, readings: list[str], tmp_path: Path) -> None:
    beside(file).mkdir()
    first = cache.read(str(file))
    assert cache.read(str(file)) == first and len(readings) == 1
    folder = tmp_path / "home" / "polycom.vvx"
    assert folder.stat().st_mode & 0o777 == 0o700 and len(list(folder.iterdir())) == 1
    assert not list(file.parent.glob(".vvx-*"))


def test_where_nothing_can_be_written_at_all_nothing_is_kept(file: Path, readings: list[str], tmp_path: Path) -> None:
    beside(file).mkdir()
    (tmp_path / "home").write_bytes(b"")
    assert cache.read(str(file)) == cache.read(str(file)) and len(readings) == 2
