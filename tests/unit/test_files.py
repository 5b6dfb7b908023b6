# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing files: whole or not at all, regular files only, and nothing left behind."""

from __future__ import annotations

import errno
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils import _files
from ansible_collections.polycom.vvx.plugins.module_utils._files import FileError


@pytest.fixture
def irregular(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Private things that are no files, by what messages call them."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    server = socket.socket(socket.AF_UNIX)
    before = os.getcwd()
    os.chdir(tmp_path)  # paths of sockets are short
    server.bind("socket")
    os.chdir(before)
    (tmp_path / "link").symlink_to("fifo")
    yield {
        "is no regular file, but a pipe": tmp_path / "fifo",
        "is a folder": tmp_path / "folder",
        "is no regular file, but a socket": tmp_path / "socket",
        "is no regular file, but a pipe (through a link)": tmp_path / "link",
    }
    server.close()


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_no_regular_file_is_refused_and_stays(irregular: dict[str, Path], tmp_path: Path) -> None:
    before = listing(tmp_path)
    for reason, path in irregular.items():
        kind = path.lstat().st_mode
        for use in (
            lambda path=path: _files.write({str(path): b"x"}),
            lambda path=path: _files.write({str(path): b"x"}, check_mode=True),
            lambda path=path: _files.check(str(path)),
            lambda path=path: _files.read(str(path), 10),
        ):
            with pytest.raises(FileError) as refused:
                use()
            assert refused.value.path == str(path) and refused.value.reason == reason.partition(" (")[0]
        assert path.lstat().st_mode == kind
    assert listing(tmp_path) == before


def test_a_private_device_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "null"
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except OSError:
        pytest.skip("needs root")
    for use in (_files.check, lambda path: _files.write({path: b"x"}), lambda path: _files.read(path, 10)):
        with pytest.raises(FileError, match="is no regular file, but a device"):
            use(str(path))
    assert stat.S_ISCHR(path.stat().st_mode) and listing(tmp_path) == ["null"]


@pytest.mark.parametrize("kind", [stat.S_IFCHR, stat.S_IFBLK])
def test_a_device_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int) -> None:
    path = tmp_path / "device"
    path.write_bytes(b"old")
    real = os.stat

    def as_device(given: Any, *arguments: Any, **options: Any) -> os.stat_result:
        found = real(given, *arguments, **options)
        return os.stat_result((kind | 0o666, *found[1:])) if str(given) == str(path) else found

    monkeypatch.setattr(os, "stat", as_device)
    monkeypatch.setattr(os, "open", lambda *_arguments: pytest.fail("opened"))
    for use in (lambda: _files.write({str(path): b"new"}), lambda: _files.read(str(path), 10)):
        with pytest.raises(FileError, match="a device"):
            use()


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"old")
    (tmp_path / "real" / "file").chmod(0o640)
    (tmp_path / "two").symlink_to("real/file")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    assert _files.write({str(tmp_path / "one"): b"new"}) == {str(tmp_path / "one"): True}
    assert (tmp_path / "one").is_symlink() and os.readlink(tmp_path / "two") == "real/file"
    assert (tmp_path / "real" / "file").read_bytes() == b"new" and mode(tmp_path / "real" / "file") == 0o640
    assert listing(tmp_path) == ["one", "real", "real/file", "two"]


def test_a_link_to_nothing_makes_its_target_but_not_the_targets_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "far").symlink_to("gone/target")
    _files.check(str(tmp_path / "link"))
    _files.write({str(tmp_path / "link"): b"new"})
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_bytes() == b"new"
    for use in (_files.check, lambda path: _files.write({path: b"x"})):
        with pytest.raises(FileError, match="far is a link to .*/gone/target, whose folder does not exist"):
            use(str(tmp_path / "far"))
    assert listing(tmp_path) == ["far", "link", "target"]


def test_another_users_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    own = os.geteuid()
    monkeypatch.setattr(_files, "_ROOT", own + 2)
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    for use in (_files.check, lambda path: _files.write({path: b"x"})):
        with pytest.raises(FileError, match="link is another user's link, to .*/file"):
            use(str(tmp_path / "link"))
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FileError, match="can't be written: Too many levels of symbolic links"):
        _files.write({str(tmp_path / "loop"): b"x"})


def test_two_ways_to_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    with pytest.raises(FileError, match="is the same file"):
        _files.write({str(tmp_path / "file"): b"a", str(tmp_path / "link"): b"b"})
    assert listing(tmp_path) == ["link"]


def test_an_existing_file_keeps_its_mode_and_a_new_one_is_private(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")
    old.chmod(0o664)
    _files.write({str(old): b"x", str(new): b"x"})
    assert (mode(old), mode(new)) == (0o664, 0o600)
    _files.write({str(tmp_path / "shared"): b"x"}, new_mode=0o640)
    assert mode(tmp_path / "shared") == 0o640


def test_a_mode_that_is_asked_for_counts_as_a_change(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    path.chmod(0o600)
    wanted = {str(path): b"x"}
    assert _files.write(wanted, mode=0o640, check_mode=True) == {str(path): True} and mode(path) == 0o600
    assert _files.write(wanted, mode=0o640) == {str(path): True} and mode(path) == 0o640
    assert _files.write(wanted, mode=0o640) == {str(path): False}


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "file"
    content = os.urandom(3_000_001)
    path.write_bytes(content)
    before = path.stat()
    assert _files.write({str(path): content}) == {str(path): False}
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert _files.write({str(path): content[:-1] + b"\0"}, check_mode=True) == {str(path): content[-1:] != b"\0"}


def test_a_file_of_another_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    path.touch()
    os.truncate(path, 1 << 40)  # with nothing in it, it takes no room on the disk
    assert _files.write({str(path): b"small"}) == {str(path): True}
    assert path.read_bytes() == b"small"


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(FileError, match="is larger than 2 MB"):
        _files.read(str(path), 2_000_000)
    os.truncate(path, 5)
    assert _files.read(str(path), 5) == b"\0" * 5
    assert _files.read(str(tmp_path / "none"), 5) is None


def test_all_are_complete_before_the_first_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    seen: list[list[bytes]] = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        seen.append(sorted(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    _files.write({str(tmp_path / "a"): b"A", str(tmp_path / "new" / "b"): b"B"})
    assert seen[0] == [b"A", b"B", b"old"], "both temporary files are complete, and the old file is still there"
    assert listing(tmp_path) == ["a", "new", "new/b"]


@pytest.mark.parametrize("call", ["fsync", "fchmod", "replace"])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "a").write_bytes(b"old")
    calls = 0
    real = getattr(os, call)

    def full(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == (1 if call == "replace" else 2):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileError, match="can't be written: No space left on device"):
        _files.write({str(tmp_path / "a"): b"A", str(tmp_path / "new" / "folder" / "b"): b"B"})
    assert listing(tmp_path) == ["a"] and (tmp_path / "a").read_bytes() == b"old"


def test_nothing_is_left_where_the_task_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _files.write({str(tmp_path / "a"): b"A"})
    assert listing(tmp_path) == []


@pytest.mark.parametrize("name", ["nul\0", "half \ud800"])
def test_what_no_file_can_be_called_is_refused(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    for use in (_files.check, lambda path: _files.write({path: b"x"}), lambda path: _files.read(path, 5)):
        with pytest.raises(FileError, match="is no path"):
            use(path)


def test_a_folder_that_permits_nothing_or_is_none_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="can't be written: Not a directory"):
        _files.check(str(tmp_path / "file" / "x"))
    _files.check(str(tmp_path / "new" / "folder" / "x"))
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    with pytest.raises(FileError, match="does not permit it"):
        _files.check(str(tmp_path / "new" / "folder" / "x"))
    assert listing(tmp_path) == ["file"]
