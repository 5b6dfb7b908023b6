# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_firmware on a simulated phone: every way an installation can go, and what it reports."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import firmware
from ansible_collections.polycom.vvx.plugins.module_utils._operations.firmware import SPEC
from ansible_collections.polycom.vvx.plugins.module_utils._steps import firmware_update, waiting

from simulator import Image, Phone, PhoneSpec, Switches
from support.reach import params, run

OLD, MIDDLE, NEW = "5.4.7.1111", "5.9.5.0614", "6.4.2.3456"
SERVER, FIRST = "http://firmware.example.org/new", "http://firmware.example.org/first"
HOPS = [{"version": MIDDLE, "below": "5.9"}]
SERVERS = {MIDDLE: FIRST, NEW: SERVER}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(waiting, "LONGEST_PAUSE", 0.2)


@pytest.fixture
def start(start_fleet: Any) -> Any:
    """Start a phone, on HTTPS so that it can be polled, with these images: (version, keywords) by server."""

    def _start(switches: Any = None, images: Any = None, firmware: str = OLD, **spec: Any) -> Phone:
        fleet = start_fleet(PhoneSpec(firmware=firmware, switches=Switches(**(switches or {})), **spec))
        fleet.images[SERVER] = {"*": Image(NEW, seconds=0.1)}
        fleet.images[FIRST] = {"*": Image(MIDDLE, seconds=0.1)}
        fleet.images.update(images or {})
        phone: Phone = fleet.phones[0]
        return phone

    return _start


def update(phone: Phone, check_mode: bool = False, say: Any = None, **options: Any) -> dict[str, Any]:
    given = {
        "target_firmware": {"default": NEW},
        "server": SERVER,
        "install_timeout": 20.0,
        "watch": 1.0,
        "busy_timeout": 2.0,
        **options,
    }
    more = {"say": say} if say else {}
    return run(firmware.run, phone, params(SPEC, **given), check_mode, **more)


def writes(phone: Phone) -> list[str]:
    """Requests that change something."""
    calls = [request.path.rsplit("/", 1)[-1] for request in phone.log if request.method == "POST"]
    paths = [request.path for request in phone.log if request.method == "POST"]
    return [call for call, path in zip(calls, paths, strict=True) if not path.endswith("config/get")]


@pytest.mark.parametrize("download", ["down", "up"])
@pytest.mark.parametrize("first", [OLD, "5.8.0.12848"])
def test_the_phone_installs_what_the_server_has(start: Any, download: str, first: str) -> None:
    phone = start({"download": download}, firmware=first)
    result = update(phone)
    assert "failed" not in result and result["changed"] is True, result
    assert (result["firmware_before"], result["firmware_after"], result["target"]) == (first, NEW, NEW)
    assert (result["path"], result["installed"], result["lines_before"]) == ([NEW], [NEW], [1])
    assert result["diff"] == {"before": f"firmware: {first}\n", "after": f"firmware: {NEW}\n"}
    assert phone.value("device.prov.upgradeServer")[0] == SERVER
    assert writes(phone) == ["set", "safeReboot"]
    assert [each.outcome for each in phone.downloads] == ["installed"]
    phone.clear()
    again = update(phone)
    assert again["changed"] is False and (again["requests"], phone.count()) == (1, 1), again
    assert (again["path"], again["firmware_after"]) == ([], NEW)


def test_check_mode_foretells_it_and_changes_nothing(start: Any) -> None:
    phone = start()
    result = update(phone, check_mode=True, hops=HOPS, server=SERVERS)
    assert result["changed"] is True and result["path"] == [MIDDLE, NEW] and result["firmware_after"] == NEW
    assert writes(phone) == [] and phone.restarts == 0


def test_releases_that_come_between(start: Any) -> None:
    phone = start(images={SERVER: {"*": Image(NEW, seconds=0.1, needs="5.9.0")}})
    said: list[str] = []
    result = update(phone, hops=HOPS, server=SERVERS, say=said.append)
    assert result["changed"] is True and result["installed"] == [MIDDLE, NEW], result
    assert [(each.server, each.outcome) for each in phone.downloads] == [(FIRST, "installed"), (SERVER, "installed")]
    texts = [text.partition(": ")[2].partition(",")[0] for text in said]
    assert texts[0] == f"installs {MIDDLE} (1 of 2)" and f"installs {NEW} (2 of 2)" in texts
    assert "restarting or loading" in texts


def test_a_phone_that_needs_another_release_first_says_so(start: Any) -> None:
    phone = start(images={SERVER: {"*": Image(NEW, needs="5.9.0")}})
    result = update(phone)
    assert result["error"]["kind"] == "not_updated" and result["changed"] is True
    assert f"the phone has restarted, and still runs {OLD} instead of {NEW}" in result["msg"]
    assert "demands no other one before it (hops)" in result["msg"]


@pytest.mark.parametrize("kind", ["wrong_model", "damaged", "missing", "interrupted"])
def test_images_that_the_phone_can_not_use(start: Any, kind: Any) -> None:
    phone = start(images={SERVER: {"*": Image(NEW, seconds=0.05, kind=kind)}})
    result = update(phone)
    assert result["error"]["kind"] == "not_updated" and result["failed"] is True, result
    assert (result["firmware_after"], result["installed"]) == (OLD, [])
    assert "diff" not in result and [each.outcome for each in phone.downloads] == [kind]


def test_a_second_release_that_fails_leaves_the_phone_named_between_two(start: Any) -> None:
    phone = start(images={SERVER: {"*": Image(NEW, seconds=0.05, kind="damaged")}})
    result = update(phone, hops=HOPS, server=SERVERS)
    assert result["error"]["kind"] == "not_updated" and result["firmware_after"] == MIDDLE, result
    assert f"It has installed {MIDDLE} on its way to {NEW}." in result["msg"]
    assert result["diff"]["after"] == f"firmware: {MIDDLE}\n"


def test_other_firmware_than_foreseen(start: Any) -> None:
    phone = start(images={SERVER: {"*": Image("5.9.9.9999", seconds=0.05)}})
    result = update(phone)
    assert f"came back with 5.9.9.9999, which is neither {OLD} nor {NEW}" in result["msg"]
    assert result["firmware_after"] == "5.9.9.9999"


def test_a_phone_that_is_never_told_to_look(start: Any) -> None:
    phone = start({"upgrade_on": "never"})
    phone.fault("never_down")
    result = update(phone)
    assert f"the phone has not restarted, and still runs {OLD}" in result["msg"], result


def test_a_phone_that_does_not_come_back(start: Any) -> None:
    phone = start()
    phone.fault("never_back")
    result = update(phone, install_timeout=2.0)
    assert result["failed"] is True and result["changed"] is True, "it was restarted, so it is not merely unreachable"
    assert f"It was to install {NEW}." in result["msg"]


def test_an_older_one_only_if_told(start: Any) -> None:
    phone = start(firmware="6.5.0.1", images={SERVER: {"*": Image(NEW, seconds=0.05)}})
    result = update(phone)
    assert result["error"]["kind"] == "settings" and "6.5.0.1, which is newer than" in result["msg"]
    assert "allow_downgrade" in result["msg"] and writes(phone) == []
    result = update(phone, allow_downgrade=True)
    assert result["firmware_after"] == NEW and "failed" not in result, result


def test_a_table_that_has_nothing_for_the_model(start: Any) -> None:
    phone = start()
    result = update(phone, target_firmware={"VVX 601": NEW})
    assert result["skipped"] is True and "target_firmware has nothing for VVX 411" in result["msg"]
    assert update(phone, target_firmware={"VVX 411": NEW})["firmware_after"] == NEW


def test_the_phone_finds_its_firmware_itself(start: Any) -> None:
    """Without a server, as where the provisioning server names it."""
    phone = start()
    phone.parameters.layers["device"]["device.prov.upgradeServer"] = SERVER
    result = update(phone, server=None)
    assert result["firmware_after"] == NEW and writes(phone) == ["safeReboot"], result


@pytest.mark.parametrize("download", ["down", "up"])
def test_a_phone_that_looks_when_it_fetches_its_configuration(start: Any, download: str) -> None:
    phone = start({"upgrade_on": "update", "download": download}, firmware="5.9.3.1111")
    result = update(phone, trigger="update")
    assert result["firmware_after"] == NEW and "failed" not in result, result
    assert writes(phone) == ["set", "updateConfiguration"]


def test_firmware_that_can_not_be_told_to_look(start: Any) -> None:
    phone = start()
    result = update(phone, trigger="update", server=None)
    assert result["error"]["kind"] == "not_supported" and result["changed"] is False, result
    assert result["msg"].endswith("Use trigger: reboot.") and phone.restarts == 0


def test_a_server_is_taken_away_afterwards(start: Any) -> None:
    phone = start()
    result = update(phone, server_after="clear")
    assert result["firmware_after"] == NEW and phone.value("device.prov.upgradeServer")[0] == "", result
    phone.clear()
    again = update(phone, server_after="clear")
    assert again["changed"] is False and writes(phone) == []


def test_a_server_is_not_taken_away_in_a_call(start: Any) -> None:
    """The phone may restart for it, as after any device.*."""
    phone = start(firmware=NEW, layers={"device": {"device.prov.upgradeServer": SERVER}})
    foretold = update(phone, check_mode=True, server_after="clear")
    assert foretold["changed"] is True and writes(phone) == []
    handle = phone.ring("5551000", "Ann")
    for wish in ("skip", "fail", "wait"):
        result = update(phone, server_after="clear", when_busy=wish, busy_timeout=0.2)
        assert result["error"]["kind"] == "in_call" and result["changed"] is False, result
        assert "its update server was not cleared" in result["msg"]
    assert writes(phone) == [] and phone.value("device.prov.upgradeServer")[0] == SERVER
    phone.hang_up(handle)
    assert update(phone, server_after="clear")["changed"] is True
    assert phone.value("device.prov.upgradeServer")[0] == "" and phone.restarts == 0
    assert update(phone, check_mode=True, server_after="clear")["changed"] is False


def test_never_in_a_call(start: Any) -> None:
    phone = start()
    handle = phone.ring("5551000", "Ann")
    assert update(phone, when_busy="skip")["skipped"] is True
    assert update(phone, when_busy="fail")["error"]["kind"] == "in_call"
    assert update(phone, when_busy="wait", busy_timeout=0.3)["error"]["kind"] == "in_call"
    assert writes(phone) == [] and phone.restarts == 0
    threading.Timer(0.5, phone.hang_up, [handle]).start()
    assert update(phone, busy_timeout=20.0)["firmware_after"] == NEW


def test_not_in_a_call_between_two_releases_either(start: Any) -> None:
    phone = start()

    def call_then(text: str) -> None:
        if "2 of 2" in text:
            phone.ring("5551000", "Ann")

    result = update(phone, hops=HOPS, server=SERVERS, when_busy="skip", say=call_then)
    assert result["error"]["kind"] == "in_call" and result["changed"] is True, result
    assert f"It has installed {MIDDLE} on its way to {NEW}." in result["msg"]
    assert phone.restarts == 1


def test_lines_have_to_register_again(start: Any) -> None:
    phone = start(lines=2)
    phone.fault("back_unregistered", lines=[2])
    result = update(phone, wait_timeout=3.0)
    assert result["error"]["kind"] == "not_registered" and "did not register line 2" in result["msg"], result
    assert (result["firmware_after"], result["lines_before"]) == (NEW, [1, 2])
    phone.log.clear()
    again = update(phone, lines=[1, 2], wait_timeout=0.5)
    assert again["error"]["kind"] == "not_registered" and writes(phone) == [], "the next run looks at them again"
    assert update(phone, lines=[1, 2], wait_for_lines=False)["changed"] is False


def test_a_phone_that_comes_back_with_its_factory_password(start: Any) -> None:
    phone = start()
    phone.fault("back_default_password")
    result = update(phone)
    assert result["error"]["kind"] in ("default_password", "authentication_failed"), result
    assert "came back, but refuses the password" in result["msg"]


def test_a_phone_that_knows_no_update_server(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = start()
    monkeypatch.setattr(firmware_update, "read_settings", lambda *_args: {})
    result = update(phone)
    assert result["error"]["kind"] == "unknown_parameters" and result["changed"] is False, result
    assert "APP_FILE_PATH" in result["msg"] and writes(phone) == []
