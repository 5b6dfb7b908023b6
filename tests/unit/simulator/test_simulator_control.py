# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from fleet_client import Client, StartFleet, until
from simulator import Fleet

INFO = "v1/mgmt/device/info"


@pytest.fixture
def fleet(start_fleet: StartFleet) -> Fleet:
    return start_fleet(2)


def ask(fleet: Fleet, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    response = requests.request(method, f"{fleet.control_url}{path}", json=body, timeout=5)
    assert response.status_code == status, response.text
    return response.json()


def test_phones(fleet: Fleet) -> None:
    first, second = ask(fleet, "GET", "/phones")
    assert first["name"] == "phone-1"
    assert (second["host"], second["port"], second["state"]) == (fleet.phones[1].host, fleet.phones[1].port, "up")


def test_one_phone(fleet: Fleet) -> None:
    Client(fleet.phones[0]).post("v1/mgmt/config/get", ["reg.1.label"])
    phone = ask(fleet, "GET", "/phones/phone-1")
    assert phone["log"][0]["data"] == ["reg.1.label"]
    assert phone["switches"]["parallel"] == "http_403"
    assert phone["layers"]["config"]["reg.1.address"] == "1001"
    assert phone["counters"]["paths"] == {"/api/v1/mgmt/config/get": 1}


def test_change(fleet: Fleet) -> None:
    phone = fleet.phones[0]
    phone.set_layer("web", {"up.idleTimeout": "50"})
    change = {
        "switches": {"secrets": "real", "latency": 0},
        "layers": {"local": {"reg.1.label": "Desk"}, "web": {"up.idleTimeout": None}},
        "offline": True,
    }
    assert ask(fleet, "PATCH", "/phones/phone-1", change)["offline"] is True
    assert (phone.switches.secrets, phone.offline) == ("real", True)
    assert phone.value("reg.1.label") == ("Desk", "local")
    assert phone.value("up.idleTimeout") == ("40", "default")


def test_servers(fleet: Fleet, tmp_path: Path) -> None:
    phone, updates = fleet.phones[0], {"http://u": {"*": {"version": "6.4.2.3456", "seconds": 0.0, "kind": "good"}}}
    assert ask(fleet, "GET", "/fleet") == {"images": {}, "provisioning": None}
    servers = ask(fleet, "PATCH", "/fleet", {"images": updates, "provisioning": str(tmp_path)})
    assert servers["images"]["http://u"]["*"]["needs"] == ""
    (tmp_path / "a.cfg").write_text('<a reg.1.label="Desk"/>')
    (tmp_path / "000000000000.cfg").write_text('<APPLICATION CONFIG_FILES="a.cfg"/>')
    ask(fleet, "POST", "/phones/phone-1/poll")
    assert phone.value("reg.1.label") == ("Desk", "config")
    assert ask(fleet, "PATCH", "/fleet", {"provisioning": ""})["provisioning"] is None
    assert "unknown key 'folder'" in ask(fleet, "PATCH", "/fleet", {"folder": "x"}, 400)["error"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"switch": {}}, "unknown key 'switch'"),
        ({"switches": {"secrets": "shown"}}, "'shown' is not one of 'empty', 'real', 'masked'"),
        ({"switches": {"latency": "1"}}, "switches, latency: expected float"),
        ({"switches": []}, "switches: expected an object"),
        ({"layers": {"user": {}}}, "unknown layer 'user'"),
        ({"layers": {"web": {"a": 1}}}, "layers, web: expected texts"),
        ({"layers": []}, "layers: expected an object"),
        ({"offline": "yes"}, "offline: expected true or false"),
        ([], "expected an object"),
    ],
)
def test_change_refused(fleet: Fleet, change: object, message: str) -> None:
    assert message in ask(fleet, "PATCH", "/phones/phone-1", change, 400)["error"]


def test_no_json_and_no_such_phone(fleet: Fleet) -> None:
    response = requests.post(f"{fleet.control_url}/phones/phone-1/faults", data="{", timeout=5)
    assert (response.status_code, response.json()) == (400, {"error": "the body is not JSON"})
    assert ask(fleet, "GET", "/phones/nobody", status=404) == {"error": "no phone 'nobody'"}
    assert ask(fleet, "GET", "/nothing", status=404)["error"].startswith("404")


def test_faults(fleet: Fleet) -> None:
    client = Client(fleet.phones[0])
    ask(fleet, "POST", "/phones/phone-1/faults", {"kind": "http", "status": "403", "times": 0}, 201)
    assert client.get(INFO).status_code == 403
    assert ask(fleet, "GET", "/phones/phone-1")["faults"][0]["kind"] == "http"
    ask(fleet, "DELETE", "/phones/phone-1/faults")
    assert client.get(INFO).status_code == 200
    assert "not one of" in ask(fleet, "POST", "/phones/phone-1/faults", {}, 400)["error"]


def test_calls(fleet: Fleet) -> None:
    call = ask(fleet, "POST", "/phones/phone-1/calls", {"number": "1002", "name": "Ann"}, 201)
    assert (call["state"], call["name"], call["outgoing"]) == ("Offering", "Ann", False)
    assert ask(fleet, "GET", "/phones/phone-1")["calls"] == [call]
    ask(fleet, "DELETE", f"/phones/phone-1/calls/{call['handle']}")
    ask(fleet, "DELETE", f"/phones/phone-1/calls/{call['handle']}", status=404)
    ask(fleet, "POST", "/phones/phone-1/calls", {"name": "Ann"}, 400)


def test_restart(fleet: Fleet) -> None:
    ask(fleet, "POST", "/phones/phone-1/restart")
    until(lambda: ask(fleet, "GET", "/phones")[0]["restarts"] == 1)


def test_counters_violations_and_reset(fleet: Fleet) -> None:
    Client(fleet.phones[0]).get("v1/mgmt/nope")
    Client(fleet.phones[1], password="wrong").get(INFO)
    assert ask(fleet, "GET", "/violations") == ["phone-1: unknown path /api/v1/mgmt/nope"]
    total = ask(fleet, "GET", "/counters")["total"]
    assert (total["requests"], total["auth_failures"], total["violations"], total["max_concurrent"]) == (2, 1, 1, 1)
    ask(fleet, "DELETE", "/phones/phone-1/log")
    assert ask(fleet, "GET", "/counters")["total"]["requests"] == 1
    ask(fleet, "POST", "/reset")
    assert ask(fleet, "GET", "/counters") == {
        "total": {"requests": 0, "paths": {}, "max_concurrent": 0, "auth_failures": 0, "violations": 0},
        "phones": {},
    }
