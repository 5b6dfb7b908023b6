# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's memory of secrets: digests in one file a phone, a key apart from them, and nowhere that does not
last."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import Memo, Trace
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors import state
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.memory import KeptMemory, digest

MAC, OTHER_MAC = "0004f2aabbcc", "0004f2aabbdd"
NAME, SECRET = "reg.1.auth.password", "hunter2-hunter2"
KEY = "a key that a vault file holds"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home, on a file system that lasts."""
    for variable in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "LAUNCHED_BY_RUNNER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(state, "file_system", lambda path: "ext4")
    return tmp_path


def memory(path: Path | None = None, key: str | None = None, keep: bool = True, mac: str | None = MAC) -> KeptMemory:
    return KeptMemory(None if path is None else str(path), key, Settings("x", mac=mac), keep)


def remember(kept: KeptMemory, value: str = SECRET, source: str | None = "device", mac: str = MAC) -> None:
    assert kept.missing() is None
    kept.recall(mac, {NAME: value})
    kept.keep(Memo(mac, {NAME: source}))
    assert kept.warnings == []


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_written_is_recognized_and_a_new_value_noticed(home: Path) -> None:
    remember(memory())
    assert memory().recall(MAC, {NAME: SECRET, "reg.2.auth.password": "x"}) == {NAME: Trace(True, "device")}
    assert memory().recall(MAC, {NAME: "another"}) == {NAME: Trace(False, "device")}
    assert memory().recall(OTHER_MAC, {NAME: SECRET}) == {}, "another phone's"


def test_where_it_is_and_who_may_read_it(home: Path) -> None:
    remember(memory())
    key, stored = home / ".config/polycom.vvx/secrets.key", files(home / ".local/state/polycom.vvx/secrets")
    assert [path.name for path in stored] == [f"{MAC}.json"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (key, *stored)] == [0o600, 0o600]
    assert stat.S_IMODE(stored[0].parent.stat().st_mode) == 0o700
    assert files(home) == sorted([key, *stored]), "no temporary file stays"


def test_no_secret_is_in_any_file_and_no_digest_can_be_made_without_the_key(home: Path) -> None:
    remember(memory())
    remember(memory(home / "chosen", KEY))
    for path in files(home):
        content = path.read_text()
        assert SECRET not in content and KEY not in content
    values = {json.loads(path.read_text())["secrets"][NAME]["digest"] for path in files(home) if path.suffix == ".json"}
    assert len(values) == 2, "the keys differ"
    assert digest(b"k", MAC, NAME, "a") != digest(b"k", MAC, "x", "a") != digest(b"k", OTHER_MAC, "x", "a")


def test_the_place_can_be_chosen(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(memory(home / "mounted", KEY))
    assert not (home / ".config").exists() and not (home / ".local").exists()
    assert memory(home / "mounted", KEY).recall(MAC, {NAME: SECRET}) == {NAME: Trace(True, "device")}
    assert memory(home / "mounted", KEY[::-1]).recall(MAC, {NAME: SECRET}) == {}, "another key knows nothing"
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "xdg"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "cfg"))
    remember(memory())
    assert (home / "cfg/polycom.vvx/secrets.key").is_file() and files(home / "xdg/polycom.vvx/secrets")


def test_a_key_that_is_too_short_is_refused(home: Path) -> None:
    with pytest.raises(SettingsError, match="at least 16 characters"):
        memory(key="x" * 15)


def test_a_write_that_the_phone_did_not_confirm_is_forgotten(home: Path) -> None:
    remember(memory())
    kept = memory()
    kept.recall(MAC, {NAME: SECRET})
    kept.keep(Memo(MAC, doubtful=[NAME]))
    assert memory().recall(MAC, {NAME: SECRET}) == {NAME: Trace(False, None)}


def test_what_is_not_in_the_memo_stays(home: Path) -> None:
    remember(memory())
    kept = memory()
    kept.recall(MAC, {"reg.2.auth.password": "x"})
    kept.keep(Memo(MAC, {"reg.2.auth.password": "web"}, {"unknown.name": "web"}))
    assert set(memory().recall(MAC, dict.fromkeys([NAME, "reg.2.auth.password", "unknown.name"], SECRET))) == {
        NAME,
        "reg.2.auth.password",
    }


def test_a_phone_that_was_reset_is_forgotten_whatever_the_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in (None, KEY):
        remember(memory(key=key))
        remember(memory(key=key, mac=OTHER_MAC), mac=OTHER_MAC)
    memory(keep=False).keep(Memo(MAC, reset=True))
    assert len(files(home / ".local")) == 4, "check mode"
    kept = memory()
    kept.keep(Memo(MAC, reset=True))
    assert {path.name for path in files(home / ".local")} == {f"{OTHER_MAC}.json"} and kept.warnings == []
    memory(home / "nothing" / "here").keep(Memo(MAC, reset=True))

    def refuse(path: str) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "unlink", refuse)
    kept.keep(Memo(OTHER_MAC, reset=True))
    assert len(kept.warnings) == 2 and "Read-only" in kept.warnings[0]


def test_check_mode_stores_nothing_and_makes_no_key(home: Path) -> None:
    kept = memory(keep=False)
    assert kept.missing() is None and kept.recall(MAC, {NAME: SECRET}) == {}
    kept.keep(Memo(MAC, {NAME: "device"}))
    assert files(home) == [] and list(home.iterdir()) == []
    remember(memory())
    assert memory(keep=False).recall(MAC, {NAME: SECRET}) == {NAME: Trace(True, "device")}


def test_nothing_to_remember_makes_no_file(home: Path) -> None:
    memory().keep(None)
    assert list(home.iterdir()) == []


DAMAGED: list[Any] = [
    "", "{", "[]", "null", "5", '{"format": 1}', '{"format": 2, "secrets": {}}', '{"format": 1, "secrets": 5}',
    '{"format": 1, "secrets": {"a": {}}}', "[" * 100_000, "\x00" * 50, b"\xff\xfe",
    '{"format": 1, "secrets": {"a": {"digest": 5, "source": null, "written": true}}}',
    '{"format": 1, "secrets": {"a": {"digest": "\\u00e9", "source": null, "written": true}}}',
]  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_memory_is_ignored_with_a_warning_and_written_anew(home: Path, content: Any) -> None:
    remember(memory())
    (path,) = files(home / ".local")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    kept = memory()
    assert kept.recall(MAC, {NAME: SECRET}) == {}
    kept.keep(Memo(MAC, {NAME: "device"}))
    assert len(kept.warnings) == 1 and str(path) in kept.warnings[0] and "ignored" in kept.warnings[0]
    assert memory().recall(MAC, {NAME: SECRET}) == {NAME: Trace(True, "device")}


@pytest.mark.parametrize("what", ["folder", "fifo", "writable", "large"])
def test_what_is_no_memory_of_ours_is_not_read(home: Path, what: str) -> None:
    remember(memory())
    (path,) = files(home / ".local")
    if what == "writable":
        path.chmod(0o666)
    elif what == "large":
        path.write_text(" " * 1_000_001)
    else:
        path.unlink()
        path.mkdir() if what == "folder" else os.mkfifo(path)
    kept = memory()
    assert kept.recall(MAC, {NAME: SECRET}) == {} and len(kept.warnings) == 1


def test_a_full_disk_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = memory()
    kept.recall(MAC, {NAME: SECRET})

    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    kept.keep(Memo(MAC, {NAME: "device"}))
    assert "No space left" in kept.warnings[0] and "not remembered" in kept.warnings[0]


@pytest.mark.parametrize("content", ["", "short", "x" * 1_000_001])
def test_a_key_file_that_holds_no_key(home: Path, content: str) -> None:
    path = home / ".config/polycom.vvx/secrets.key"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    path.chmod(0o600)
    assert str(path) in str(memory().missing())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_may_read_is_not_used(home: Path, mode: int) -> None:
    remember(memory())
    (home / ".config/polycom.vvx/secrets.key").chmod(mode)
    assert "readable for others" in str(memory().missing())


def test_a_home_that_can_not_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("HOME", str(home / "file"))
    assert "can't be written" in str(memory().missing())
    assert "can't be written" in str(memory(home / "file" / "below", KEY).missing())
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "can't be written" in str(memory(home, KEY).missing()), "a read-only file system"


@pytest.mark.parametrize("kind", ["overlay", "tmpfs", "fuse.fuse-overlayfs", "fuse-overlayfs", "aufs", "ramfs"])
def test_a_container_without_such_a_place(home: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(state, "file_system", lambda path: kind)
    assert "does not last" in str(memory().missing()) and list(home.iterdir()) == []
    assert "does not last" in str(memory(home / "mounted").missing()), "the key would go away"
    assert memory(home / "mounted", KEY).missing() is None, "the user says that it lasts"


def test_an_execution_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHED_BY_RUNNER", "1")
    assert "does not last" in str(memory().missing())
    remember(memory(home / "mounted", KEY))


def test_an_execution_environment_without_the_folder_that_was_chosen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAUNCHED_BY_RUNNER", "1")
    monkeypatch.setattr(state, "file_system", lambda path: "overlay")
    assert "nothing is mounted there" in str(memory(home / "mounted", KEY).missing())


def test_no_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert memory().missing() == "this user has no home folder"


def test_the_file_system_of_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = (("/", "overlay"), ("/home", "ext4"), ("/home/a b", "nfs4"), ("/home", "xfs"))
    monkeypatch.setattr(state, "_mounts", lambda: mounts)
    found = [state.file_system(path) for path in ("/", "/homes", "/home", "/home/x", "/home/a b/c")]
    assert found == ["overlay", "overlay", "xfs", "xfs", "nfs4"]


def test_mounts_are_read_from_the_kernel() -> None:
    state._mounts.cache_clear()
    assert state.file_system("/") != "" or not os.path.exists("/proc/self/mountinfo")


def _one_of_many(number: int) -> bool:
    mac = f"0004f2{number:06x}"
    kept = memory(mac=mac)
    kept.recall(mac, {NAME: SECRET})
    kept.keep(Memo(mac, {NAME: "device"}))
    return kept.warnings == []


def test_fifty_workers_at_once_share_one_key(home: Path) -> None:
    with multiprocessing.get_context("fork").Pool(50) as pool:
        assert all(pool.map(_one_of_many, range(200), chunksize=1))
        pool.close()
        pool.join()  # to terminate workers while the pool is still replacing some of them may hang
    assert len(files(home / ".local")) == 200 and len(files(home / ".config")) == 1
    for number in range(200):
        mac = f"0004f2{number:06x}"
        assert memory().recall(mac, {NAME: SECRET}) == {NAME: Trace(True, "device")}


def test_a_key_that_another_worker_makes_meanwhile_is_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usable, looks = state._usable, []

    def late(path: str) -> bytes | None:
        looks.append(path)
        if len(looks) == 1:
            state._make(path)
            return None
        return usable(path)

    monkeypatch.setattr(state, "_usable", late)
    assert state.key(True) == usable(looks[0])


def test_what_another_host_is_told(home: Path) -> None:
    remember(memory())
    told = memory().told({NAME: SECRET, "reg.2.auth.password": "x"})
    assert told == {"mac": MAC, "traces": {NAME: {"same": True, "source": "device", "written": True}}}
    assert "ansible_vvx_mac" in str(memory(mac=None).told({NAME: SECRET})["missing"])
