# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that fetch their files from a provisioning server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fleet_client import Client, StartFleet, until
from simulator import Image, Phone, PhoneSpec, Switches

OWN, DEFAULT = "0004f2aabbcc.cfg", "000000000000.cfg"
UPDATE = "v1/mgmt/updateConfiguration"


def master(folder: Path, files: str, name: str = DEFAULT, more: str = "") -> None:
    (folder / name).write_text(f'<?xml version="1.0"?>\n<APPLICATION CONFIG_FILES="{files}" {more}/>', encoding="utf-8")


def write(folder: Path, name: str, **values: str) -> None:
    text = " ".join(f'{key.replace("_", ".")}="{value}"' for key, value in values.items())
    (folder / name).write_text(f"<PHONE_CONFIG><ALL {text}/></PHONE_CONFIG>", encoding="utf-8")


@pytest.fixture
def start(start_fleet: StartFleet, tmp_path: Path) -> Any:
    def start(**options: Any) -> Client:
        switches = {name: options.pop(name) for name in list(options) if name in Switches.__slots__}
        spec = PhoneSpec(mac="0004f2aabbcc", switches=Switches(restart_delay=0.02, **switches), **options)
        return Client(start_fleet([spec], control=False, provisioning=tmp_path).phones[0])

    return start


def fetched(phone: Phone) -> list[tuple[str, str]]:
    return [(each.file, each.outcome) for each in phone.fetched]


def boot(phone: Phone) -> None:
    before = phone.restarts
    phone.restart()
    until(lambda: phone.restarts > before and phone.lifecycle.state == "up")


def test_a_new_phone_gets_rest_and_its_password(start: Any, tmp_path: Path) -> None:
    client = start(rest="off", lines=0, admin_password="456")
    assert client.get("v1/mgmt/device/info").status_code == 404
    master(tmp_path, "site.cfg", more='APP_FILE_PATH="sip.ld"')
    write(
        tmp_path, "site.cfg", apps_restapi_enabled="1", device_set="1", device_auth_localAdminPassword="correct-horse",
        device_auth_localAdminPassword_set="1", device_syslog_serverName="192.0.2.1", reg_1_address="2001",
    )  # fmt: skip
    boot(client.phone)
    assert client.data("v1/mgmt/lineInfo")[0]["SIPAddress"].startswith("2001")
    assert client.phone.value("apps.restapi.enabled") == ("1", "config")
    assert client.phone.value("device.syslog.serverName") == ("", "device")
    assert client.phone.violations == []


def test_what_the_files_do_not_say_any_more_is_gone(start: Any, tmp_path: Path) -> None:
    client = start()
    assert fetched(client.phone) == [(OWN, "missing"), (DEFAULT, "missing")]
    assert client.phone.value("reg.1.address") == ("1001", "config")
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", apps_restapi_enabled="1", up_idleTimeout="50", reg_1_label="Desk")
    client.phone.set_layer("web", {"up.idleTimeout": "60"})
    assert client.status(UPDATE) == "2000"
    assert client.phone.value("reg.1.address") == ("", "default")
    assert client.phone.value("reg.1.label") == ("Desk", "config")
    assert client.phone.value("up.idleTimeout") == ("60", "web")
    (tmp_path / DEFAULT).unlink()
    boot(client.phone)
    assert client.phone.value("reg.1.label") == ("Desk", "config")


def test_files_are_there_when_the_fleet_starts(start: Any, tmp_path: Path) -> None:
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", apps_restapi_enabled="1", reg_1_label="Desk")
    client = start()
    assert client.config("reg.1.label")["data"]["reg.1.label"] == {"Value": "Desk", "Source": "config"}
    assert client.phone.restarts == 0


def test_the_first_file_wins(start: Any, tmp_path: Path) -> None:
    master(tmp_path, "nowhere.cfg", name=DEFAULT)
    master(tmp_path, " sub/[PHONE_MAC_ADDRESS]-[PHONE_MODEL].cfg, gone.cfg,broken.cfg, ../out.cfg, all.cfg", name=OWN)
    (tmp_path / "sub").mkdir()
    write(tmp_path, "sub/0004F2AABBCC-VVX411.cfg", up_idleTimeout="70")
    write(tmp_path, "all.cfg", up_idleTimeout="40", reg_1_label="Desk", up_welcomeSoundEnabled="9")
    (tmp_path / "broken.cfg").write_text("<a up.idleTimeout=90/>")
    client = start()
    assert fetched(client.phone) == [
        (OWN, "read"), ("sub/0004f2aabbcc-VVX411.cfg", "read"), ("gone.cfg", "missing"),
        ("broken.cfg", "malformed"), ("../out.cfg", "missing"), ("all.cfg", "read"),
    ]  # fmt: skip
    assert client.phone.value("up.idleTimeout") == ("70", "config")
    assert client.phone.value("reg.1.label") == ("Desk", "config")
    assert client.phone.value("up.welcomeSoundEnabled")[1] == "default"


def test_files_of_a_model(start: Any, tmp_path: Path) -> None:
    master(tmp_path, "all.cfg", more='CONFIG_FILES_VVX411="mine.cfg"')
    write(tmp_path, "all.cfg", reg_1_label="All")
    write(tmp_path, "mine.cfg", reg_1_label="Mine")
    assert start().phone.value("reg.1.label") == ("Mine", "config")


@pytest.mark.parametrize(("switch", "label"), [("no_master", "Site"), ("empty_master", ""), ("parameters", "Own")])
def test_a_file_of_its_own_that_lists_nothing(start: Any, tmp_path: Path, switch: str, label: str) -> None:
    write(tmp_path, OWN, reg_1_label="Own")
    write(tmp_path, "site.cfg", reg_1_label="Site")
    master(tmp_path, "site.cfg")
    client = start(own_file=switch)
    assert client.phone.value("reg.1.label")[0] == label
    assert fetched(client.phone)[0] == (OWN, "not_a_master")


def test_polling(start: Any, tmp_path: Path) -> None:
    client = start(rest="off", poll_seconds=0.05)
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", apps_restapi_enabled="1")
    until(lambda: client.phone.value("apps.restapi.enabled")[0] == "1")
    assert client.phone.restarts == 0
    client.phone.switches.poll_seconds = 0
    write(tmp_path, "a.cfg", apps_restapi_enabled="1", diags_pcap_enabled="1")
    client.phone.poll()
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    assert client.phone.value("diags.pcap.enabled") == ("1", "config")


def test_a_change_that_restarts_the_phone_waits_for_its_calls(start: Any, tmp_path: Path) -> None:
    client = start()
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", apps_restapi_enabled="1", diags_pcap_enabled="1", reg_1_address="1001")
    handle = client.phone.ring("1002")
    client.phone.poll()
    assert client.phone.restarts == 0
    client.phone.hang_up(handle)
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    client.phone.poll()
    assert client.phone.restarts == 1


@pytest.mark.parametrize(("switch", "more"), [("listed", 0), ("all", 1)])
def test_a_phone_boots_again_for_its_flash(start: Any, tmp_path: Path, switch: str, more: int) -> None:
    client = start(device_restarts=switch)
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", device_set="1", device_syslog_serverName="192.0.2.1", device_syslog_serverName_set="1")
    boot(client.phone)
    assert client.phone.restarts == 1 + more
    assert client.phone.value("device.syslog.serverName") == ("192.0.2.1", "device")
    boot(client.phone)
    assert client.phone.restarts == 2 + more


@pytest.mark.parametrize(("switch", "source"), [("bare", "default"), ("reprovisioned", "config")])
def test_after_a_factory_reset(start: Any, tmp_path: Path, switch: str, source: str) -> None:
    master(tmp_path, "a.cfg")
    write(tmp_path, "a.cfg", apps_restapi_enabled="1", reg_1_label="Desk")
    client = start(factory_reset=switch)
    assert client.status("v1/mgmt/factoryReset") == "2000"
    until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    assert client.phone.value("reg.1.label")[1] == source


@pytest.mark.parametrize(
    ("path", "server"), [("sip.ld", ""), ("http://updates.example.org/5/sip.ld", "http://updates.example.org/5/")]
)
def test_software_that_the_master_file_names(start: Any, tmp_path: Path, path: str, server: str) -> None:
    master(tmp_path, "a.cfg", more=f'APP_FILE_PATH="{path}"')
    write(tmp_path, "a.cfg", apps_restapi_enabled="1")
    client = start()
    client.phone.fleet.images[server] = {"VVX 411": Image("6.4.2.3456", seconds=0)}
    boot(client.phone)
    assert client.data("v1/mgmt/device/info")["FirmwareRelease"] == "6.4.2.3456"
