# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths, methods, content types, sizes and concurrency."""

from __future__ import annotations

import json
import threading

import pytest
import requests

from fleet_client import Client, StartFleet, StartPhone, raw, until

INFO = "v1/mgmt/device/info"
GET = "v1/mgmt/config/get"


def test_log_entry(client: Client) -> None:
    client.post(GET, ["reg.1.label"])
    client.get("v2/webCallControl/callStatus", params={"line": "1"})
    first, second = client.phone.log
    assert (first.method, first.path, first.data) == ("POST", "/api/v1/mgmt/config/get", ["reg.1.label"])
    assert (first.http_status, first.status, first.user, first.auth) == (200, "2000", "Polycom", "basic")
    assert first.size == len('{"data": ["reg.1.label"]}')
    assert first.started <= first.ended <= second.started
    assert second.query == {"line": "1"}
    assert client.phone.count() == 2
    assert client.phone.count("CONFIG/get") == 1
    client.phone.clear()
    assert (client.phone.log, client.phone.count()) == ([], 0)


def test_content_type(client: Client) -> None:
    for content_type in ("application/json", "application/JSON", "application/json; charset=utf-8"):
        response = client.post(GET, data='{"data": ["reg.1.label"]}', headers={"Content-Type": content_type})
        assert response.status_code == 200
    assert client.phone.violations == []
    assert client.post(GET, data='{"data": ["reg.1.label"]}').status_code == 400
    assert client.post(GET, data="x", headers={"Content-Type": "text/plain"}).status_code == 400
    assert client.phone.violations == [
        "content type none on POST /api/v1/mgmt/config/get",
        "content type text/plain on POST /api/v1/mgmt/config/get",
    ]


@pytest.mark.parametrize("body", ["", "{}", '{"data": {}}', '{"data": null}'])
def test_posts_without_input(client: Client, body: str) -> None:
    response = client.post("v1/callctrl/holdCall", data=body, headers={"Content-Type": "application/json"})
    assert response.json() == {"Status": "4007"}


@pytest.mark.parametrize("body", ["{", "\xff", '{"data": [1,]}'])
def test_no_json(client: Client, body: str) -> None:
    response = client.post(GET, data=body.encode("latin-1"), headers={"Content-Type": "application/json"})
    assert response.status_code == 400


@pytest.mark.parametrize("body", ["[]", '["reg.1.label"]', "7", '{"reg.1.label": "x"}', '{"data": "x"}'])
def test_json_that_is_no_request(client: Client, body: str) -> None:
    response = client.post(GET, data=body, headers={"Content-Type": "application/json"})
    assert response.json() == {"Status": "4000"}


def test_twenty_kilobytes(client: Client) -> None:
    def padded(size: int) -> requests.Response:
        body = json.dumps({"data": ["reg.1.label"]})
        body += " " * (size - len(body))
        return client.post(GET, data=body, headers={"Content-Type": "application/json"})

    assert padded(20480).status_code == 200
    assert client.phone.violations == []
    assert padded(20481).status_code == 413
    assert padded(2_000_000).status_code == 413
    assert client.phone.violations[0] == "20481 bytes in one request, over 20480"


@pytest.mark.parametrize("switch", ["folded", "strict"])
def test_letter_case_of_paths(start_phone: StartPhone, switch: str) -> None:
    client = start_phone(path_case=switch)
    assert client.get("v1/mgmt/lineInfo").status_code == 200
    assert client.phone.violations == []
    assert client.get("v1/mgmt/lineinfo").status_code == (200 if switch == "folded" else 404)
    assert len(client.phone.violations) == (switch == "strict")


@pytest.mark.parametrize(("switch", "http"), [("http_405", 405), ("http_404", 404)])
def test_wrong_method(start_phone: StartPhone, switch: str, http: int) -> None:
    client = start_phone(wrong_method=switch)
    assert client.get(GET).status_code == http
    assert client.post(INFO).status_code == http


@pytest.mark.parametrize("path", ["v1/mgmt/nope", "v1/mgmt/callLogs/", "v1", "/", "v3/mgmt/device/info"])
def test_unknown_path(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "text/html" in response.headers["Content-Type"]
    assert response.headers["Connection"] == "close"
    assert client.phone.violations[0].startswith("unknown path /")


@pytest.mark.parametrize(("switch", "closed"), [("close", True), ("keep", False)])
def test_keep_alive(start_phone: StartPhone, switch: str, closed: bool) -> None:
    response = start_phone(keep_alive=switch).get(INFO)
    assert (response.headers.get("Connection") == "close") == closed


@pytest.mark.parametrize(("switch", "second"), [("http_403", 403), ("queued", 200)])
def test_parallel_requests(start_phone: StartPhone, switch: str, second: int) -> None:
    client = start_phone(parallel=switch)
    client.phone.fault("latency", seconds=0.2)
    first: list[int] = []
    thread = threading.Thread(target=lambda: first.append(client.get(INFO).status_code))
    thread.start()
    until(lambda: client.phone.log)
    assert raw("GET", client.phone, f"/api/{INFO}", auth=("Polycom", "correct-horse")).status_code == second
    thread.join()
    assert first == [200]
    assert client.phone.violations == [f"concurrent request GET /api/{INFO}"]
    assert client.phone.max_concurrent == 2


def test_phones_do_not_wait_for_each_other(start_fleet: StartFleet) -> None:
    fleet = start_fleet(2)
    slow, fast = (Client(phone) for phone in fleet.phones)
    slow.phone.fault("latency", seconds=0.3)
    thread = threading.Thread(target=lambda: slow.get(INFO))
    thread.start()
    until(lambda: slow.phone.log)
    assert fast.data(INFO)["MACAddress"] == fast.phone.mac
    assert slow.phone.log[0].http_status == 0
    thread.join()
    assert fleet.violations == []


def test_latency(start_phone: StartPhone) -> None:
    client = start_phone(latency=0.1)
    client.get(INFO)
    entry = client.phone.log[0]
    assert entry.ended - entry.started >= 0.09


OLD_SERVER = "Polycom SoundPoint IP Telephone HTTPd"


@pytest.mark.parametrize(
    ("model", "firmware", "server"),
    [
        ("VVX 411", "5.9.3.1111", OLD_SERVER),
        ("VVX 501", "6.1.0.1111", "Polycom VVX Telephone HTTPd"),
        ("Trio 8800", "7.2.2.1111", OLD_SERVER),
    ],
)
def test_headers(start_phone: StartPhone, model: str, firmware: str, server: str) -> None:
    client = start_phone(model=model, firmware=firmware)
    for path, content_type in ((INFO, "application/json"), ("v1/mgmt/nothing", "text/html; charset=utf-8")):
        headers = client.get(path).headers
        assert headers["Content-Type"] == content_type
        assert (headers["Server"], headers["Cache-Control"], headers["X-Frame-Options"]) == (
            server,
            "no-store",
            "SAMEORIGIN",
        )
        assert headers["Date"].endswith(" GMT")


@pytest.mark.parametrize(("switch", "http"), [("ignored", 200), ("http_400", 400)])
def test_accept_on_a_post(start_phone: StartPhone, switch: str, http: int) -> None:
    client = start_phone(accept_on_post=switch)
    assert client.post(GET, ["reg.1.label"]).status_code == http  # requests sends Accept: */*
    without = client.post(GET, json={"data": ["reg.1.label"]}, headers={"Accept": None})
    assert without.status_code == client.get(INFO).status_code == 200


@pytest.mark.parametrize(("flavour", "http"), [("phone", 404), ("manual", 200)])
def test_hold_call_as_printed(start_phone: StartPhone, flavour: str, http: int) -> None:
    client = start_phone(flavour=flavour)
    assert client.post("v1/callctrl/holdCal").status_code == http
    assert client.post("v1/callctrl/holdCall").status_code == 200
    assert client.phone.violations == ([] if http == 200 else ["unknown path /api/v1/callctrl/holdCal"])
