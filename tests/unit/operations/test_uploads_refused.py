# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_export and vvx_capture where the phone can't, won't, or wants some time in between."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import capture, export
from ansible_collections.polycom.vvx.plugins.module_utils._operations.capture import SPEC as CAPTURE
from ansible_collections.polycom.vvx.plugins.module_utils._operations.export import SPEC as EXPORT
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import CONTENTS

from simulator import Phone, PhoneSpec, Switches
from support.reach import params, run

CAPTURING = {"config": {"diags.pcap.enabled": "1", "diags.pcap.background.enabled": "1"}}


def exported(phone: Phone, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(export.run, phone, {**params(EXPORT, **options), "timeout": 5.0}, check_mode)


def captured(phone: Phone, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "username") if name in options}
    return run(capture.run, phone, {**params(CAPTURE, **options), "timeout": 5.0}, **connection)


def start(start_fleet: Any, on: bool = True, **spec: Any) -> Phone:
    phone: Phone = start_fleet(PhoneSpec(layers=CAPTURING if on else {}, **spec), tls=False).phones[0]
    return phone


# -- export


@pytest.mark.parametrize("firmware", ["5.4.0.10182", "5.7.0.11768"])
def test_firmware_that_exports_nothing(start_fleet: Any, firmware: str) -> None:
    phone = start(start_fleet, firmware=firmware)
    result = exported(phone, dest="/x.cfg")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_supported"
    assert (
        f"{phone.host}: the phone does not have POST /api/v1/mgmt/config/export." in result["msg"]
        and "since 5.8" in result["msg"]
    )


def test_an_export_is_ordered_once(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("drop", path="config/export")
    result = run(export.run, phone, {**params(EXPORT, dest="/x.cfg"), "timeout": 5.0}, retries=3)
    assert result["error"]["kind"] == "connection_lost" and CONTENTS not in result
    assert phone.count() == 1


def test_an_export_that_fails_half_way_hands_nothing_over(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("status", status="4008", path="config/export", after=1)
    result = exported(phone, dest="/x.cfg", types=["device", "web", "local"])
    assert result["failed"] and result["error"]["kind"] == "upload_failed" and CONTENTS not in result
    assert phone.count() == 2


def test_a_phone_that_is_slow_to_send_is_given_the_time(start_fleet: Any) -> None:
    """It answers when it has sent the file; the connection's timeout is for other calls."""
    phone = start(start_fleet)
    phone.fault("latency", path="config/export", seconds=0.5)
    options = {**params(EXPORT, dest="/x.cfg", wait_timeout=5.0), "timeout": 0.2}
    assert "failed" not in run(export.run, phone, options, timeout=0.2)


# -- capture


def test_the_pause_between_two_captures_is_waited_out(start_fleet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "INTERVAL", 0.4)
    phone = start(start_fleet, switches=Switches(capture_interval=0.3))
    assert "failed" not in captured(phone, dest="/x.pcap")
    message: list[str] = []
    result = run(capture.run, phone, {**params(CAPTURE, dest="/x.pcap"), "timeout": 5.0}, retries=3, say=message.append)
    assert "failed" not in result, result
    assert [request.status for request in phone.log] == ["2000", "4001", "2000"]
    assert message[0] == f"{phone.host}: waiting 0.4 s, the pause that phones need between two captures"


def test_a_phone_that_stays_busy(start_fleet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "INTERVAL", 0.05)
    phone = start(start_fleet)
    phone.fault("status", status="4001", path="uploadBgCapture", times=0)
    result = captured(phone, dest="/x.pcap")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "busy" and phone.count() == 2
    assert result["error"]["host"] == phone.host


def test_the_server_that_the_phone_is_set_up_with(start_fleet: Any) -> None:
    phone = start(start_fleet, switches=Switches(upload="never"))
    phone.set_layer("device", {"device.prov.serverName": "http://192.0.2.1"})
    result = captured(phone)
    assert "failed" not in result and result["changed"] is True and result["files"] == [{"url": None}]
    assert phone.log[0].data is None


def test_a_phone_without_such_a_server(start_fleet: Any) -> None:
    phone = start(start_fleet)
    result = captured(phone)
    assert result["failed"] and (result["error"]["kind"], result["error"]["status"]) == ("no_destination", "4006")
    assert "Set url or dest." in result["msg"] and phone.host in result["msg"]


def test_capture_is_off(start_fleet: Any) -> None:
    phone = start(start_fleet, on=False)
    result = captured(phone, dest="/x.pcap")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "not_supported"
    assert (
        f"{phone.host}: background capture is off, or firmware 5.9.3.1111 lacks it (available since 5.7)."
        in result["msg"]
    )
    assert "diags.pcap.enabled and diags.pcap.background.enabled to 1" in result["msg"]


@pytest.mark.parametrize("model", ["VVX 101", "VVX 150", "VVX 201"])
def test_a_model_that_can_not_capture(start_fleet: Any, model: str) -> None:
    phone = start(start_fleet, model=model)
    result = captured(phone, dest="/x.pcap")
    assert result["error"]["kind"] == "not_supported"
    assert (
        f"{phone.host}: the {model} can't capture packets in the background." in result["msg"]
        and "VVX 150" in result["msg"]
    )


def test_firmware_that_can_not_capture(start_fleet: Any) -> None:
    phone = start(start_fleet, firmware="5.4.0.10182")
    result = captured(phone, url="http://192.0.2.1/x.pcap")
    assert (
        result["error"]["kind"] == "not_supported"
        and "firmware 5.4.0.10182 lacks it (available since 5.7" in result["msg"]
    )


def test_rest_is_switched_off(start_fleet: Any) -> None:
    phone = start(start_fleet, rest="off")
    assert (
        captured(phone, dest="/x.pcap")["error"]["kind"]
        == exported(phone, dest="/x")["error"]["kind"]
        == "rest_disabled"
    )


def test_the_user_may_capture(start_fleet: Any) -> None:
    phone = start(start_fleet)
    result = captured(phone, dest="/x.pcap", username="User", password=PhoneSpec().user_password)
    assert "failed" not in result and result[CONTENTS]


def test_garbage_instead_of_an_answer(start_fleet: Any) -> None:
    phone = start(start_fleet)
    phone.fault("html", path="uploadBgCapture")
    result = captured(phone, dest="/x.pcap", retries=3)
    assert (
        "failed" not in result
        and result[CONTENTS]
        and "the file arrived, although" in result["warnings"][0]
        and phone.count() == 1
    )


@pytest.mark.parametrize(
    "url", ["http://[bad/x", "http://[::1/x", "http://", "ssh://server/x", "x.cfg", "http://ä.example/x"]
)
def test_what_is_no_url(phone: Phone, url: str) -> None:
    assert exported(phone, url=url)["error"]["kind"] == "settings" and phone.count() == 0


@pytest.mark.parametrize("address", ["a..b", "192.0.2.1:80", "http://192.0.2.1", "two words"])
def test_what_is_no_address_for_a_receiver(phone: Phone, address: str) -> None:
    result = exported(phone, dest="/x.cfg", receiver_address=address)
    assert result["error"]["kind"] == "settings" and "receiver_address" in result["msg"] and phone.count() == 0


@pytest.mark.parametrize("dest", ["/x.c f", "/x.c#f", "/x.c?f", "/x.ä", "/x", "/.x"])
def test_any_name_of_a_file_will_do(phone: Phone, dest: str) -> None:
    assert list(exported(phone, dest=dest)[CONTENTS]) == [dest]


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://srv.example.org", "http://srv.example.org/device"),
        ("http://s.example.org/x.cfg?key=a.b", "http://s.example.org/x.device.cfg?key=a.b"),
        ("http://u:p@s.example.org:8080/a.b/x", "http://u:p@s.example.org:8080/a.b/x.device"),
    ],
)
def test_the_type_goes_into_the_path_of_a_url(url: str, named: str) -> None:
    assert export.named_url(url, "device", ["device", "web"]) == named
    assert export.named_url(url, "device", ["device"]) == url


def test_a_login_in_the_url_is_not_shown(phone: Phone) -> None:
    result = exported(phone, check_mode=True, url="http://zq-user:zq-password@s.example.org/x.cfg")
    assert result["files"] == [{"type": "all", "url": "http://s.example.org/x.cfg"}] and "zq-" not in str(result)


def test_a_file_that_came_is_kept_although_the_answer_was_lost(phone: Phone) -> None:
    phone.fault("drop_after", path="config/export")
    result = exported(phone, dest="/x.cfg")
    assert (
        list(result[CONTENTS]) == ["/x.cfg"] and "failed" not in result and "the file arrived" in result["warnings"][0]
    )
    assert phone.count("config/export") == 1


def test_files_on_the_server_are_told_of_when_the_next_one_fails(phone: Phone) -> None:
    phone.switches.upload = "never"
    phone.fault("status", status="4008", path="config/export", after=1)
    result = exported(phone, url="http://127.0.0.1:9/x.cfg", types=["device", "web"])
    assert result["failed"] and result["changed"] is True and [file["type"] for file in result["files"]] == ["device"]


def test_the_user_is_told_that_the_capture_is_off(start_fleet: Any) -> None:
    phone = start(start_fleet, on=False)
    result = captured(phone, dest="/x", username="User", password=PhoneSpec().user_password)
    assert result["error"]["kind"] == "not_supported" and "diags.pcap.enabled" in result["msg"]
