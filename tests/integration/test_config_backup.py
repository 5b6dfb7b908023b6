# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``backup: true``: what the phone had before it is changed is a file on the controller, by either door."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from simulator import Phone, PhoneSpec
from support.playbook import Playground, both_doors

CONFIG = "polycom.vvx.vvx_config"


def ordered(phone: Phone) -> list[str]:
    """What was asked of the phone, by the end of each path."""
    return [request.path.rsplit("/mgmt/", 1)[-1] for request in phone.log]


def task(value: str, **options: Any) -> dict[str, Any]:
    return {"parameters": {"up.idleTimeout": value}, "backup": True, **options}


def test_the_configuration_is_kept_before_it_changes(phone: Phone, playground: Playground) -> None:
    # The module comes second, and finds what the action has written.
    action = both_doors("old", CONFIG, task("50"))[0]
    module = both_doors("new", CONFIG, task("60"))[1]
    run = playground.play([phone], [action, module])
    assert run.code == 0, run.output
    for name, before in (("old (action)", "40"), ("new (module)", "50")):
        result = run.of(name)
        path = Path(result["backup_path"])
        assert path.parent == playground.folder / "backup"
        assert re.fullmatch(r"phone-1_config\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d\.cfg", path.name)
        assert result["changed"] is True and result["before"] == {"up.idleTimeout": before}
        assert "files" not in result and "_contents" not in result
    assert 'up.idleTimeout="50"' in path.read_text(), "that of the second task has what the first one wrote"
    assert path.stat().st_mode & 0o777 == 0o600
    assert ordered(phone) == ["config/get", "config/export", "config/set", "config/get"] * 2


def test_the_user_says_where(phone: Phone, playground: Playground) -> None:
    place = {"dir_path": "bäckup/{{ inventory_hostname }}", "filename": "before.cfg"}
    options = {"parameters": {"up.idleTimeout": "50", "device.sntp.serverName": "time.example.org"}, "backup": True}
    run = playground.play([phone], [{"name": "set", CONFIG: {**options, "backup_options": place}}])
    assert run.code == 0, run.output
    folder = playground.folder / "bäckup" / "phone-1"
    assert run.of("set")["backup_path"] == str(folder / "before.cfg")
    assert sorted(path.name for path in folder.iterdir()) == ["before.cfg", "before.device.cfg"]
    assert "<DEVICE_SETTINGS" in (folder / "before.device.cfg").read_text()


def test_without_a_change_there_is_no_file(phone: Phone, playground: Playground) -> None:
    foreseen = playground.play([phone], [{"name": "set", CONFIG: task("50")}], "--check").of("set")
    assert foreseen["changed"] is True and "backup_path" not in foreseen
    same = playground.play([phone], [{"name": "set", CONFIG: task("40")}]).of("set")
    assert same["changed"] is False and "backup_path" not in same
    assert not (playground.folder / "backup").exists()
    assert ordered(phone) == ["config/get"] * 2


def test_without_a_backup_nothing_is_written(start_fleet: Any, playground: Playground) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.7.3.1234"), tls=False).phones[0]
    run = playground.play([phone], both_doors("set", CONFIG, task("50"), ignore_errors=True))
    for door in ("action", "module"):
        result = run.of(f"set ({door})")
        assert result["changed"] is False and result["error"]["kind"] == "not_supported"
        assert "could not be backed up, so nothing was written" in result["msg"]
    assert phone.value("up.idleTimeout")[0] == "40" and "config/set" not in ordered(phone)


def test_a_place_that_can_not_be_used_is_said_before_anything_is_sent(phone: Phone, playground: Playground) -> None:
    (playground.folder / "file").write_text("")
    wrong = [
        {"name": "folder", CONFIG: task("50", backup_options={"filename": "a/b.cfg"}), "ignore_errors": True},
        {"name": "file", CONFIG: task("50", backup_options={"dir_path": "file"}), "ignore_errors": True},
        {"name": "typo", CONFIG: task("50", backup_options={"dirpath": "a"}), "ignore_errors": True},
    ]
    run = playground.play([phone], wrong)
    assert "filename must be a name without a folder. Set dir_path" in run.of("folder")["msg"]
    assert "can't be written: Not a directory. Set backup_options" in run.of("file")["msg"]
    assert "Did you mean backup_options.dir_path?" in run.of("typo")["msg"]
    assert phone.log == []
