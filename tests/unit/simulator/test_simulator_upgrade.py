# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that get other software from an update server."""

from __future__ import annotations

from typing import Any

import pytest

from fleet_client import Client, StartPhone, until
from simulator import Image

SERVER = "http://updates.example.org/vvx"
OLD, NEW = "5.9.3.1111", "6.4.2.3456"
SET = "v1/mgmt/config/set"


def point(client: Client, server: str = SERVER, images: dict[str, Image] | None = None) -> None:
    """Give the update server its images, and the phone the update server."""
    client.phone.fleet.images[SERVER] = images or {}
    values = {"device.set": "1", "device.prov.upgradeServer": server, "device.prov.upgradeServer.set": "1"}
    assert client.status(SET, values) == "2000"


def boot(client: Client, path: str = "safeReboot") -> None:
    before = client.phone.restarts
    assert client.status(f"v1/mgmt/{path}") == "2000"
    until(lambda: client.phone.restarts > before and client.phone.lifecycle.state == "up")


def running(client: Client) -> Any:
    return client.data("v1/mgmt/device/info")["FirmwareRelease"]


@pytest.mark.parametrize("server", [SERVER, f"{SERVER}/"])
def test_a_phone_that_boots_gets_other_software(start_phone: StartPhone, server: str) -> None:
    client = start_phone()
    point(client, server, {"VVX 411": Image(NEW, seconds=0.2), "*": Image("5.9.9.9999")})
    assert running(client) == OLD
    boot(client)
    assert running(client) == NEW
    assert client.data("v2/mgmt/device/info")["Firmware"]["Application"].startswith(NEW)
    assert [(each.version, each.outcome) for each in client.phone.downloads] == [(NEW, "installed")]
    boot(client)
    assert len(client.phone.downloads) == 1
    assert client.phone.restarts == 2


def test_the_new_software_has_its_own_endpoints(start_phone: StartPhone) -> None:
    client = start_phone(firmware="5.7.0.1111")
    assert "Firmware" in client.data("v1/mgmt/device/info")
    point(client, images={"*": Image("5.6.0.1111", seconds=0)})
    boot(client)
    assert running(client) == "5.6.0.1111"
    assert client.get("v2/mgmt/device/info").status_code == 404


@pytest.mark.parametrize("kind", ["wrong_model", "damaged", "missing", "interrupted"])
def test_failures(start_phone: StartPhone, kind: Any) -> None:
    client = start_phone()
    point(client, images={"*": Image(NEW, seconds=0.02, kind=kind)})
    boot(client)
    assert running(client) == OLD
    assert [each.outcome for each in client.phone.downloads] == [kind]
    boot(client)
    assert len(client.phone.downloads) == 2


def test_a_server_that_has_nothing_for_the_model(start_phone: StartPhone) -> None:
    client = start_phone()
    point(client, images={"VVX 201": Image(NEW)})
    boot(client)
    assert (running(client), client.phone.downloads) == (OLD, [])


def test_hops(start_phone: StartPhone) -> None:
    client = start_phone(firmware="5.4.1.1111")
    point(client, images={"*": Image(NEW, seconds=0, needs="5.9.0")})
    boot(client)
    assert running(client) == "5.4.1.1111"
    point(client, images={"*": Image("5.9.0.8888", seconds=0, needs="5.4")})
    boot(client)
    assert running(client) == "5.9.0.8888"
    point(client, images={"*": Image(NEW, seconds=0, needs="5.9.0")})
    boot(client)
    assert running(client) == NEW
    assert [each.outcome for each in client.phone.downloads] == ["too_old", "installed", "installed"]


@pytest.mark.parametrize(
    ("switch", "restart", "update"), [("boot", True, False), ("reboot", False, False), ("update", True, True)]
)
def test_when_a_phone_looks(start_phone: StartPhone, switch: str, restart: bool, update: bool) -> None:
    client = start_phone(upgrade_on=switch)
    point(client, images={"*": Image(NEW, seconds=0)})
    assert client.status("v1/mgmt/updateConfiguration") == "2000"
    if update:
        until(lambda: client.phone.restarts == 1 and client.phone.lifecycle.state == "up")
    assert running(client) == (NEW if update else OLD)
    boot(client, "safeRestart")
    assert running(client) == (NEW if restart else OLD)
    boot(client)
    assert running(client) == NEW


def test_a_phone_that_never_looks(start_phone: StartPhone) -> None:
    client = start_phone(upgrade_on="never")
    point(client, images={"*": Image(NEW, seconds=0)})
    boot(client)
    assert running(client) == OLD


def test_download_in_use(start_phone: StartPhone) -> None:
    client = start_phone(download="up")
    point(client, images={"*": Image(NEW, seconds=0.3)})
    boot(client)
    assert running(client) == OLD
    handle = client.phone.ring("1002")
    until(lambda: client.phone.downloads)
    assert client.data("v2/mgmt/device/info")["IntendToShutdown"] == "True"
    assert running(client) == OLD
    client.phone.hang_up(handle)
    until(lambda: client.phone.restarts == 2 and client.phone.lifecycle.state == "up")
    assert running(client) == NEW


def test_a_power_cut_ends_a_download_in_use(start_phone: StartPhone) -> None:
    client = start_phone(download="up")
    point(client, images={"*": Image(NEW, seconds=60)})
    boot(client)
    client.phone.restart()
    until(lambda: client.phone.restarts == 2 and client.phone.lifecycle.state == "up")
    assert (running(client), client.phone.downloads) == (OLD, [])


def test_a_damaged_image_in_use_reboots_nothing(start_phone: StartPhone) -> None:
    client = start_phone(download="up", upgrade_on="update")
    point(client, images={"*": Image(NEW, seconds=0, kind="damaged")})
    assert client.status("v1/mgmt/updateConfiguration") == "2000"
    until(lambda: client.phone.downloads)
    assert client.phone.lifecycle.state == "up"
    assert client.phone.restarts == 0
