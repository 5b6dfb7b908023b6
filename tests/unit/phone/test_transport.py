# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The transport: one attempt with a password, retries with a busy phone, a clear error for every failure."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api, errors
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings, is_host
from ansible_collections.polycom.vvx.plugins.module_utils._phone.transport import Transport

from simulator import Phone, PhoneSpec, Switches
from support.reach import PASSWORD, reach, reach_tls

DEVICE = ENDPOINTS["device_info"]
DIAL = ENDPOINTS["dial"]


def ask(settings: Settings, endpoint: str = "device_info", data: Any = None) -> Any:
    """One call; waiting between tries takes no time."""
    with contextlib.closing(Transport(settings, sleep=lambda _seconds: None)) as transport:
        return transport.call(ENDPOINTS[endpoint], data).data


def test_basic_is_sent_with_the_first_request(phone: Phone) -> None:
    assert ask(reach(phone))["MACAddress"] == phone.mac
    assert [(request.method, request.http_status, request.auth) for request in phone.log] == [("GET", 200, "basic")]


def test_a_digest_only_phone_is_answered_with_digest_and_asked_for_basic_only_once(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge="digest")), tls=False).phones[0]
    with contextlib.closing(Transport(reach(phone))) as transport:
        transport.call(DEVICE)
        transport.call(DEVICE)
        assert transport.requests_sent == phone.count()
    assert [request.auth for request in phone.log if request.http_status == 200] == ["digest", "digest"]
    assert phone.log[0].auth == "basic"


@pytest.mark.parametrize("challenge", ["basic+digest", "basic", "digest"])
def test_a_wrong_password_is_tried_once(start_fleet: Any, challenge: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge=challenge)), tls=False).phones[0]
    with (
        pytest.raises(errors.AuthenticationFailed) as caught,
        api.Phone(reach(phone, password="wrong", retries=5)) as connected,
    ):
        connected.read("network_info")
    assert str(caught.value) == f"{phone.host}: user name or password refused for Polycom."
    if challenge == "digest":
        assert "tried 2 times, with Basic and then with Digest" in caught.value.remedy
        assert [request.auth for request in phone.log] == ["basic", "digest"]
    else:
        assert "tried once" in caught.value.remedy and phone.count() == 1


def test_a_password_may_have_any_letters(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(admin_password="Пароль☎:ü"), tls=False).phones[0]
    assert ask(reach(phone, password="Пароль☎:ü"))["MACAddress"] == phone.mac


@pytest.mark.parametrize("http_status", ["200", "401", "403"])
def test_the_factory_password_is_told_whatever_the_http_status(start_fleet: Any, http_status: Any) -> None:
    phone = start_fleet(
        PhoneSpec(admin_password="456", switches=Switches(default_password=http_status)), tls=False
    ).phones[0]
    with pytest.raises(errors.DefaultPassword, match="default password|factory admin password") as caught:
        ask(reach(phone, password="456", retries=3))
    assert caught.value.status == "4010"
    assert "Change Password" in caught.value.remedy
    assert phone.count() == 1


def test_a_call_that_the_firmware_lacks_is_not_supported(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.4.0.1"), tls=False).phones[0]
    with pytest.raises(errors.NotSupported, match="does not have GET /api/v2/mgmt/device/info") as caught:
        ask(reach(phone), "device_info_v2")
    assert "since 5.8" in caught.value.remedy


@pytest.mark.parametrize(("kind", "status"), [("http", "403"), ("status", "4001")])
def test_a_busy_phone_is_asked_again(phone: Phone, kind: str, status: str) -> None:
    phone.fault(kind, status=status, times=3)
    assert ask(reach(phone, retries=3))["MACAddress"] == phone.mac
    assert phone.count() == 4


@pytest.mark.parametrize(("kind", "status"), [("http", "403"), ("status", "4001")])
def test_patience_with_a_busy_phone_ends(phone: Phone, kind: str, status: str) -> None:
    phone.fault(kind, status=status, times=0)
    with pytest.raises(errors.Busy) as caught:
        ask(reach(phone, retries=2))
    assert phone.count() == 3
    assert "busy" in caught.value.message and "retries" in caught.value.remedy


@pytest.mark.parametrize(("retries", "more"), [(0, ""), (2, " and stayed busy for 3 tries")])
def test_a_busy_phone_was_tried_as_often_as_the_message_says(phone: Phone, retries: int, more: str) -> None:
    phone.fault("http", status="403", times=0)
    with pytest.raises(errors.Busy) as caught:
        ask(reach(phone, retries=retries))
    assert caught.value.message == f"the phone is busy (HTTP 403){more}." and phone.count() == retries + 1


def test_pauses_grow_and_are_bounded(phone: Phone) -> None:
    phone.fault("http", status="403", times=0)
    pauses: list[float] = []
    with (
        contextlib.closing(Transport(reach(phone, retries=7), sleep=pauses.append)) as transport,
        pytest.raises(errors.Busy),
    ):
        transport.call(DEVICE)
    assert len(pauses) == 7
    for pause, most in zip(pauses, [1, 2, 4, 8, 10, 10, 10], strict=True):
        assert most / 2 <= pause <= most


def test_the_user_account_on_an_admin_call_is_told_apart_from_busy(phone: Phone) -> None:
    with pytest.raises(errors.Busy) as caught:
        ask(reach(phone, username="User", password=PhoneSpec().user_password))
    assert "needs the admin account" in caught.value.remedy


@pytest.mark.parametrize("kind", ["drop", "drop_after"])
def test_a_read_survives_a_lost_connection(phone: Phone, kind: str) -> None:
    phone.fault(kind, times=2)
    assert ask(reach(phone, retries=2))["MACAddress"] == phone.mac


@pytest.mark.parametrize("kind", ["drop", "drop_after"])
def test_what_must_not_happen_twice_is_never_sent_twice(phone: Phone, kind: str) -> None:
    phone.fault(kind)
    with pytest.raises(errors.ConnectionLost):
        ask(reach(phone, retries=5), "dial", {"Dest": "2000"})
    assert phone.count("dial") == 1


def test_a_phone_that_keeps_connections_open_is_served_over_one(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(keep_alive="keep"))).phones[0]
    with contextlib.closing(Transport(reach_tls(phone, validate_certs=False))) as transport:
        for _each in range(3):
            transport.call(DEVICE)
    assert phone.count() == 3


def test_an_offline_phone_is_unreachable(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(offline=True), tls=False).phones[0]
    with pytest.raises(errors.Unreachable, match="connection refused"):
        ask(reach(phone, retries=5))


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(errors.Unreachable, match="can't be resolved"):
        ask(Settings(host="no-such-phone.invalid", password="x"))


@pytest.mark.parametrize(
    "host", ["a..b", "192.0.2.1/path", "x" * 300, "http://x", "phone one", "user@phone", "phone:443", ""]
)
def test_a_host_that_can_not_be_one_is_no_traceback(host: str) -> None:
    with pytest.raises(errors.SettingsError, match="not a host name or an address"):
        ask(Settings(host=host, password="x", timeout=2))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2001:db8::11", "fe80::1%eth0", "phone-1.example.org", "PHONE_1", "zürich.example.org"]
)
def test_what_can_be_a_host_is_one(host: str) -> None:
    assert is_host(host)


def test_no_reply_is_a_time_out_and_not_tried_again(phone: Phone) -> None:
    phone.fault("hang")
    with pytest.raises(errors.PhoneTimeout, match=r"no reply within 0\.2 s"):
        ask(reach(phone, timeout=0.2, retries=3))
    assert phone.count() == 1


def test_a_reply_that_drips_is_a_time_out(phone: Phone) -> None:
    phone.fault("drip", seconds=0.05)
    with pytest.raises(errors.PhoneTimeout, match="not complete"):
        ask(reach(phone, timeout=0.3))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("html", "not a JSON object"),
        ("truncated", "not a JSON object"),
        ("bad_utf8", "not a JSON object"),
        ("empty", "is empty"),
        ("list", "not a JSON object"),
        ("wrong_types", "has no Status"),
        ("oversized", "larger than"),
    ],
)
def test_garbage_is_told_as_such_and_never_shown(phone: Phone, kind: str, expected: str) -> None:
    phone.fault(kind)
    with pytest.raises(errors.ProtocolError, match=expected) as caught:
        ask(reach(phone))
    assert "<" not in caught.value.message


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("4000", "invalid_parameters"), ("4002", "line_not_registered"), ("4003", "not_allowed"),
        ("4004", "not_supported"), ("4005", "no_such_line"), ("4006", "no_destination"), ("4007", "no_such_call"),
        ("4008", "upload_failed"), ("4009", "too_large"), ("4403", "not_allowed"), ("5000", "phone_failed"),
        ("4711", "refused"), ("<b>", "refused"),
    ],
)  # fmt: skip
def test_every_status_has_its_kind(phone: Phone, status: str, kind: str) -> None:
    phone.fault("status", status=status)
    with pytest.raises(errors.PhoneError) as caught:
        ask(reach(phone))
    assert caught.value.kind == kind
    assert caught.value.as_dict()["status"] == status
    assert caught.value.endpoint == "GET /api/v1/mgmt/device/info"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("400", "invalid_parameters"),
        ("404", "not_supported"),
        ("405", "not_supported"),
        ("413", "too_large"),
        ("302", "protocol"),
        ("500", "phone_failed"),
        ("418", "protocol"),
    ],
)
def test_every_http_status_has_its_kind(phone: Phone, status: str, kind: str) -> None:
    phone.fault("http", status=status)
    with pytest.raises(errors.PhoneError) as caught:
        ask(reach(phone))
    assert (caught.value.kind, caught.value.http_status) == (kind, int(status))


def test_the_manuals_numeric_status_is_success_too(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.8.0.1", flavour="manual"), tls=False).phones[0]
    assert ask(reach(phone))["MACAddress"].lower() == phone.mac


def test_the_environment_changes_nothing(start_fleet: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    fleet = start_fleet()
    (tmp_path / ".netrc").write_text(f"machine {fleet.phones[0].host} login other password other\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "missing.pem"))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(reach_tls(fleet.phones[0], ca_path=fleet.ca_path))["MACAddress"] == fleet.phones[0].mac


def test_errors_never_bear_the_password(phone: Phone) -> None:
    faults: list[Callable[[], object]] = [
        lambda: phone.fault("http", status="401"),
        lambda: phone.fault("html"),
        lambda: phone.fault("drop"),
        lambda: phone.fault("status", status="4000"),
    ]
    for inject in faults:
        phone.clear()
        inject()
        with pytest.raises(errors.PhoneError) as caught:
            ask(reach(phone))
        assert PASSWORD not in f"{caught.value.as_dict()} {caught.value!r}"
    assert PASSWORD not in repr(reach(phone))
