# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uploads, simulated input and Skype for Business."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from fleet_client import Client, StartPhone

EXPORT = "v1/mgmt/config/export"
CAPTURE = "v1/mgmt/network/uploadBgCapture"
SIGN_IN = {"Address": "a@example.org", "User": "a", "Password": "p", "Domain": ""}


class Uploads(http.server.ThreadingHTTPServer):
    """A server that keeps what is PUT to it; /refused refuses."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Uploads

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received[self.path] = content
        self.send_response(403 if self.path == "/refused" else 201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def uploads() -> Iterator[Uploads]:
    with Uploads() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("kind", "elements"),
    [
        ("ConfigFiles", ["CONFIG_FILES"]),
        ("Local", ["PHONE_LOCAL"]),
        ("Web", ["WEB"]),
        ("Device", ["DEVICE_SETTINGS"]),
        ("All", ["CONFIG_FILES", "PHONE_LOCAL", "WEB"]),
    ],
)
def test_export(client: Client, uploads: Uploads, kind: str, elements: list[str]) -> None:
    client.phone.set_layer("web", {"reg.1.label": 'A "quoted" & <odd> label'})
    assert client.status(EXPORT, {"Url": f"{uploads.url}/x.cfg", "ConfigType": kind}) == "2000"
    root = ElementTree.fromstring(uploads.received["/x.cfg"])
    assert [element.tag for element in root] == elements
    if kind == "Web":
        assert root[0].attrib == {"reg.1.label": 'A "quoted" & <odd> label'}
    if kind == "Device":
        password = "device.auth.localAdminPassword"
        assert root[0].attrib["device.set"] == root[0].attrib[f"{password}.set"] == "1"
        assert password not in root[0].attrib
        assert password.encode() in uploads.received["/x.cfg"]
    assert b"correct-horse" not in uploads.received["/x.cfg"]


def test_export_that_fails(client: Client, uploads: Uploads) -> None:
    for url in (f"{uploads.url}/refused", "http://127.0.0.1:9/x", "ftp://127.0.0.1/x"):
        assert client.status(EXPORT, {"Url": url, "ConfigType": "Web"}) == "4008"
    for data in (
        {},
        {"Url": "x", "ConfigType": "Web"},
        {"Url": uploads.url},
        {"Url": uploads.url, "ConfigType": "web"},
    ):
        assert client.status(EXPORT, data) == "4000"


def capturing(start_phone: StartPhone, **options: object) -> Client:
    enabled = {"diags.pcap.enabled": "1", "diags.pcap.background.enabled": "1"}
    return start_phone(layers={"config": enabled}, **options)


def test_capture(start_phone: StartPhone, uploads: Uploads) -> None:
    client = capturing(start_phone)
    assert client.status(CAPTURE, {"url": f"{uploads.url}/a.pcap"}) == "2000"
    assert uploads.received["/a.pcap"].startswith(b"\xd4\xc3\xb2\xa1")
    assert client.status(CAPTURE, {"url": f"{uploads.url}/b.pcap"}) == "4001"


def test_capture_interval_and_target(start_phone: StartPhone, uploads: Uploads) -> None:
    client = capturing(start_phone, capture_interval=0.0)
    assert client.status(CAPTURE) == "4006"
    assert client.status(CAPTURE, {"url": "x"}) == "4000"
    assert client.status(CAPTURE, {"url": f"{uploads.url}/refused"}) == "5000"
    client.phone.set_layer("device", {"device.prov.serverName": f"{uploads.url}/prov"})
    assert client.status(CAPTURE) == "2000"
    assert "/prov" in uploads.received


def test_capture_that_is_not_there(client: Client, start_phone: StartPhone) -> None:
    assert client.post(CAPTURE).status_code == 404
    assert capturing(start_phone, model="VVX 201").post(CAPTURE).status_code == 404


TAP = {"Type": "Tap", "Positions": [{"X": "10", "Y": "20"}]}


@pytest.mark.parametrize(("switch", "status"), [("needs_ta", "4003"), ("always", "2000")])
def test_simulated_input_needs_the_test_interface(start_phone: StartPhone, switch: str, status: str) -> None:
    client = start_phone(simulate=switch)
    assert client.status("v1/mgmt/simulateTouch", TAP) == status
    client.phone.set_layer("config", {"httpd.ta.enabled": "1"})
    assert client.status("v1/mgmt/simulateTouch", TAP) == "2000"


def positions(count: int) -> list[dict[str, object]]:
    return [{"X": index, "Y": "1"} for index in range(count)]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({**TAP, "Duration": "100", "Easing": "40"}, "2000"), ({**TAP, "Easing": "41"}, "4000"),
        ({**TAP, "Duration": "x"}, "4000"), ({"Type": "Press", "Positions": positions(2)}, "4009"),
        ({"Type": "Tap", "Positions": []}, "4000"), ({"Type": "Tap"}, "4000"),
        ({"Type": "Kick", "Positions": []}, "4000"),
        ({"Type": "Swipe", "Positions": positions(1)}, "4000"), ({"Type": "Swipe", "Positions": positions(5)}, "2000"),
        ({"Type": "Swipe", "Positions": positions(6)}, "4009"), ({"Type": "Tap", "Positions": [{"X": "1"}]}, "4000"),
        ({"Type": "Tap", "Positions": ["1"]}, "4000"), ([], "4000"),
    ],
)  # fmt: skip
def test_touch(start_phone: StartPhone, data: object, status: str) -> None:
    assert start_phone(simulate="always").status("v1/mgmt/simulateTouch", data) == status


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("simulateKeyEvent", {"Type": "Tap", "KeyName": "SoftKey1"}, "2000"),
        ("simulateKeyEvent", {"Type": "Tap", "KeyName": "SoftKey9"}, "4000"),
        ("simulateKeyEvent", {"Type": "Hold", "KeyName": "Home"}, "4000"),
        ("simulateTextInput", {"Value": "abc", "ReplaceText": "true"}, "2000"),
        ("simulateTextInput", {"Value": "abc"}, "2000"),
        ("simulateTextInput", {"Value": "abc", "ReplaceText": "yes"}, "4000"),
        ("simulateTextInput", {}, "4000"),
    ],
)
def test_keys_and_text(start_phone: StartPhone, path: str, data: dict[str, str], status: str) -> None:
    client = start_phone(firmware="6.1.0.1", simulate="always")
    assert client.status(f"v1/mgmt/{path}", data) == status


def test_skype_needs_its_profile(client: Client) -> None:
    assert client.get("v1/mgmt/getPresence").json()["Status"] == "4004"
    assert client.status("v1/mgmt/skype/signIn", SIGN_IN) == "4004"
    assert client.status("v1/mgmt/skype/signOut") == "4004"


def test_sign_in_and_out(start_phone: StartPhone) -> None:
    client = start_phone(base_profile="Lync")
    assert client.get("v1/mgmt/getPresence").json() == {"Presence": "Offline", "Status": "2000"}
    assert client.status("v1/mgmt/skype/signOut") == "4003"
    for key in SIGN_IN:
        assert client.status("v1/mgmt/skype/signin", {k: v for k, v in SIGN_IN.items() if k != key}) == "4000"
    assert client.status("v1/mgmt/skype/signIn", SIGN_IN) == "2000"
    assert client.phone.log[-1].ended - client.phone.log[-1].started >= 0.04
    assert client.status("v1/mgmt/skype/signIn", SIGN_IN) == "4003"
    assert client.get("v1/mgmt/getPresence").json()["Presence"] == "Available"
    client.phone.ring("1002")
    client.phone.switches.presence = "data"
    assert client.data("v1/mgmt/getPresence") == {"Presence": "Busy"}
    assert client.status("v1/mgmt/skype/signOut") == "2000"


@pytest.mark.parametrize(("switch", "status"), [("fails", "4002"), ("times_out", "5000")])
def test_failed_sign_in(start_phone: StartPhone, switch: str, status: str) -> None:
    client = start_phone(base_profile="Lync", sign_in=switch)
    assert client.status("v1/mgmt/skype/signIn", SIGN_IN) == status
    assert not client.phone.signed_in


@pytest.mark.parametrize(
    ("switch", "touch", "other"),
    [("needs_ta", "4003", "4003"), ("touch_needs_ta", "4003", "2000"), ("always", "2000", "2000")],
)
def test_keys_and_text_without_the_test_interface(start_phone: StartPhone, switch: str, touch: str, other: str) -> None:
    client = start_phone(firmware="6.1.0.1", simulate=switch)
    assert client.status("v1/mgmt/simulateTouch", TAP) == touch
    assert client.status("v1/mgmt/simulateKeyEvent", {"Type": "Tap", "KeyName": "Home"}) == other
    assert client.status("v1/mgmt/simulateTextInput", {"Value": "abc"}) == other


def test_web_sign_in(start_phone: StartPhone) -> None:
    client = start_phone(base_profile="Lync")
    data = client.data("v1/mgmt/webSignIn")
    assert set(data) == {"Url", "Code"}
    assert client.phone.web_sign_in
    assert client.data("v1/mgmt/webSignInCancel") == {"result": "Canceled"}
    assert not client.phone.web_sign_in


@pytest.mark.parametrize("path", ["webSignIn", "webSignInCancel"])
def test_web_sign_in_is_for_skype_and_new_firmware(start_phone: StartPhone, path: str) -> None:
    assert start_phone().get(f"v1/mgmt/{path}").json() == {"Status": "5000"}
    assert start_phone(firmware="5.8.0.1", base_profile="Lync").get(f"v1/mgmt/{path}").status_code == 404


def test_update_configuration_tells_a_state(start_phone: StartPhone) -> None:
    client = start_phone(provisioning_state="7")
    reply = client.post("v1/mgmt/updateConfiguration").json()
    assert reply == {"data": {"ProvisioningState": "7"}, "Status": "2000"}
