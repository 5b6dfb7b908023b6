# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from phones land where the playbook runs, by either door: whole, private, and only if they differ."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support.playbook import Playground, both_doors

EXPORT = "polycom.vvx.vvx_export"


def files(result: dict[str, Any]) -> list[Path]:
    return [Path(file["dest"]) for file in result["files"]]


def test_a_backup_lands_on_the_controller_in_both_doors(phone: Phone, playground: Playground) -> None:
    dest = "bäckup für ☎/{{ inventory_hostname }}.cfg"
    tasks = both_doors("export", EXPORT, {"dest": dest, "types": ["all", "device"]}) + both_doors(
        "again", EXPORT, {"dest": dest, "types": ["all", "device"]}
    )
    run = playground.play([phone], tasks)
    assert run.code == 0, run.output
    first, *others = (
        run.of(name) for name in ("export (action)", "export (module)", "again (action)", "again (module)")
    )
    assert first["changed"] is True and [file["changed"] for file in first["files"]] == [True, True]
    for other in others:
        assert other["changed"] is False and [file["changed"] for file in other["files"]] == [False, False]
    folder = playground.folder / "bäckup für ☎"
    assert files(first) == files(others[0]) == [folder / "phone-1.all.cfg", folder / "phone-1.device.cfg"]
    assert sorted(path.name for path in folder.iterdir()) == ["phone-1.all.cfg", "phone-1.device.cfg"], (
        "nothing is left behind"
    )
    for path, told in zip(files(first), first["files"], strict=True):
        content = path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert (told["size"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert "<CONFIG_FILES" in files(first)[0].read_text() and "<DEVICE_SETTINGS" in files(first)[1].read_text()
    assert "_contents" not in run.output


@pytest.mark.parametrize("door", ["action", "module"])
def test_check_mode_compares_and_stores_nothing(phone: Phone, playground: Playground, door: str) -> None:
    export = [task for task in both_doors("export", EXPORT, {"dest": "phone.cfg"}) if door in task["name"]]
    foreseen = playground.play([phone], export, "--check").of(f"export ({door})")
    assert foreseen["changed"] is True and not (playground.folder / "phone.cfg").exists()
    done = playground.play([phone], export).of(f"export ({door})")
    assert done["changed"] is True and {**done, "files": None} == {**foreseen, "files": None}
    assert playground.play([phone], export, "--check").of(f"export ({door})")["changed"] is False
    phone.set_layer("web", {"reg.1.label": "Desk"})
    before = (playground.folder / "phone.cfg").read_bytes()
    assert playground.play([phone], export, "--check").of(f"export ({door})")["changed"] is True
    assert (playground.folder / "phone.cfg").read_bytes() == before


def test_where_no_file_can_be_the_phone_is_not_asked(phone: Phone, playground: Playground) -> None:
    (playground.folder / "folder").mkdir()
    (playground.folder / "file").write_text("x")
    os.mkfifo(playground.folder / "pipe")
    (playground.folder / "link").symlink_to("gone/phone.cfg")
    tasks = [
        {"name": "pipe", EXPORT: {"dest": "pipe"}, "ignore_errors": True},
        {"name": "link", EXPORT: {"dest": "link"}, "ignore_errors": True},
        {"name": "folder", EXPORT: {"dest": "folder"}, "ignore_errors": True},
        {"name": "slash", EXPORT: {"dest": "new/"}, "ignore_errors": True},
        {"name": "below a file", EXPORT: {"dest": "file/phone.cfg"}, "ignore_errors": True},
        {
            "name": "background",
            EXPORT: {"dest": "phone.cfg"},
            "async": 30,
            "poll": 1,
            "delegate_to": "localhost",
            "ignore_errors": True,
        },
    ]
    run = playground.play([phone], tasks)
    told = {task["name"]: run.of(task["name"])["msg"] for task in tasks}
    assert "is a folder" in told["folder"] and "is a folder" in told["slash"]
    assert "can't be written" in told["below a file"]
    assert "no regular file, but a pipe" in told["pipe"] and "whose folder does not exist" in told["link"]
    assert "background" in told["background"] and "url" in told["background"]
    assert all(phone.host in text for text in told.values())
    assert phone.count() == 0
    assert (playground.folder / "pipe").is_fifo() and (playground.folder / "link").is_symlink()


def test_a_backup_goes_through_a_link_and_keeps_the_mode_of_its_file(phone: Phone, playground: Playground) -> None:
    (playground.folder / "latest.cfg").symlink_to("real.cfg")
    (playground.folder / "real.cfg").write_text("old")
    (playground.folder / "real.cfg").chmod(0o640)
    playground.play([phone], [{"name": "export", EXPORT: {"dest": "latest.cfg"}}])
    assert (playground.folder / "latest.cfg").is_symlink()
    assert b"PHONE_BACKUP" in (playground.folder / "real.cfg").read_bytes()
    assert stat.S_IMODE((playground.folder / "real.cfg").stat().st_mode) == 0o640


def test_a_file_that_can_not_be_stored_is_told_and_leaves_nothing_behind(phone: Phone, playground: Playground) -> None:
    run = playground.play([phone], both_doors("export", EXPORT, {"dest": f"there/{'x' * 300}.cfg"}, ignore_errors=True))
    for door in ("action", "module"):
        told = run.of(f"export ({door})")["msg"]
        assert phone.host in told and "can't be written: File name too long" in told and "Set dest to" in told
    assert not (playground.folder / "there").exists()


@pytest.mark.parametrize(
    ("upload", "kind", "remedy"),
    [
        ("never", "nothing_received", "firewall"),
        ("wrong_path", "nothing_received", "firewall"),
        ("after_reply", None, ""),
    ],
)
def test_uploads_that_go_wrong_in_both_doors(
    start_fleet: Any, playground: Playground, upload: Any, kind: str | None, remedy: str
) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(upload=upload)), tls=False).phones[0]
    run = playground.play(
        [phone], both_doors("export", EXPORT, {"dest": "phone.cfg", "wait_timeout": 1}, ignore_errors=True)
    )
    for door in ("action", "module"):
        result = run.of(f"export ({door})")
        assert result.get("error", {}).get("kind") == kind and remedy in result.get("msg", "")
        assert (playground.folder / "phone.cfg").exists() == (kind is None)
    assert phone.count("config/export") == 2, "each was ordered once"


def test_pictures_and_packets_take_the_same_way(start_fleet: Any, playground: Playground) -> None:
    allowed = {
        "config": dict.fromkeys(
            ("up.screenCapture.enabled", "diags.pcap.enabled", "diags.pcap.background.enabled"), "1"
        )
    }
    phone = start_fleet(PhoneSpec(layers=allowed, switches=Switches(capture_interval=0)), tls=False).phones[0]
    tasks = both_doors("screen", "polycom.vvx.vvx_screenshot", {"dest": "screen.png"}) + both_doors(
        "capture", "polycom.vvx.vvx_capture", {"dest": "a.pcap"}
    )
    run = playground.play([phone], tasks)
    assert run.code == 0, run.output
    assert (playground.folder / "screen.png").read_bytes().startswith(b"\x89PNG")
    assert (playground.folder / "a.pcap").read_bytes().startswith(b"\xd4\xc3\xb2\xa1")
    assert [outcome.result["changed"] for outcome in run.outcomes] == [True, False, True, False]


def test_many_phones_send_their_files_at_once(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec() for _number in range(25)), tls=False)
    run = playground.play(
        fleet, [{"name": "export", EXPORT: {"dest": "{{ inventory_hostname }}.cfg"}}], "--forks", "25"
    )
    assert run.code == 0, run.output
    for phone in fleet:
        number = phone.value("reg.1.address")[0]
        assert f'reg.1.address="{number}"' in (playground.folder / f"{phone.name}.cfg").read_text()
