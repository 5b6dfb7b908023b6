# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts, challenges, the default password and the lock-out."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests.auth import HTTPDigestAuth

from fleet_client import Client, StartPhone, raw, until

INFO = "/api/v1/mgmt/device/info"
DIAL = "v1/callctrl/holdCall"


@pytest.mark.parametrize("challenge", ["basic+digest", "digest", "basic"])
def test_challenge_and_schemes(start_phone: StartPhone, challenge: str) -> None:
    client = start_phone(challenge=challenge, realm="A realm")
    offered = raw("GET", client.phone, INFO)
    assert offered.status_code == 401
    header = offered.headers["WWW-Authenticate"]
    assert ('Basic realm="A realm"' in header) == ("basic" in challenge)
    assert ('Digest realm="A realm"' in header) == ("digest" in challenge)
    basic = client.get(INFO).status_code
    digest = raw("GET", client.phone, INFO, auth=HTTPDigestAuth("Polycom", "correct-horse")).status_code
    assert basic == (200 if "basic" in challenge else 401)
    assert digest == (200 if "digest" in challenge else 401)
    assert client.phone.auth_failures == 0


def test_wrong_password_with_both_schemes(client: Client) -> None:
    for auth in (("Polycom", "wrong"), ("polycom", "correct-horse"), HTTPDigestAuth("Polycom", "wrong")):
        response = raw("GET", client.phone, INFO, auth=auth)
        assert response.status_code == 401
        assert "text/html" in response.headers["Content-Type"]
    assert client.phone.auth_failures == 3
    assert client.phone.log[0].user == "Polycom"
    assert client.phone.log[0].auth == "basic"


@pytest.mark.parametrize("header", ["Basic !!!", "Bearer x", "Digest username=x", "Basic", 'Digest nonce="stale"'])
def test_unusable_credentials(client: Client, header: str) -> None:
    assert raw("GET", client.phone, INFO, headers={"Authorization": header}).status_code == 401


def test_digest_on_a_post(client: Client) -> None:
    auth = HTTPDigestAuth("Polycom", "correct-horse")
    path = "/api/v1/mgmt/config/get"
    response = raw("POST", client.phone, path, auth=auth, json={"data": ["reg.1.label"]})
    assert response.json()["Status"] == "2000"


@pytest.mark.parametrize(("switch", "http"), [("200", 200), ("401", 401), ("403", 403)])
def test_default_password(start_phone: StartPhone, switch: str, http: int) -> None:
    client = start_phone(admin_password="456", default_password=switch)
    response = client.get(INFO)
    assert (response.status_code, response.json()) == (http, {"Status": "4010"})


@pytest.mark.parametrize("challenge", ["basic+digest", "digest+basic"])
def test_order_of_the_challenges(start_phone: StartPhone, challenge: str) -> None:
    header = raw("GET", start_phone(challenge=challenge).phone, INFO).headers["WWW-Authenticate"]
    assert header.lower().startswith(challenge.partition("+")[0])
    assert 'realm="API Authentication"' in header


def test_a_nonce_is_used_up(start_phone: StartPhone) -> None:
    client = start_phone(challenge="digest", nonce_uses=2)
    auth = HTTPDigestAuth("Polycom", "correct-horse")
    with requests.Session() as session:
        for _each in range(3):
            url, trust = f"{client.phone.url}{INFO}", client.phone.fleet.ca_path
            assert session.get(url, auth=auth, verify=trust, timeout=5).status_code == 200
    assert [entry.http_status for entry in client.phone.log] == [401, 200, 200, 401, 200]
    assert (client.phone.auth_failures, client.phone.violations) == (0, [])


def test_a_stale_nonce_is_said_and_a_replayed_request_noticed(start_phone: StartPhone) -> None:
    client = start_phone(challenge="digest")
    auth = HTTPDigestAuth("Polycom", "correct-horse")
    raw("GET", client.phone, INFO, auth=auth)
    header = auth.build_digest_header("GET", f"{client.phone.url}{INFO}")
    for _each in range(2):
        assert raw("GET", client.phone, INFO, headers={"Authorization": header}).status_code == 200
    assert client.phone.violations == ["nonce count '00000002' after 2"]
    unknown = {"Authorization": header.replace('nonce="', 'nonce="x', 1)}
    stale = raw("GET", client.phone, INFO, headers=unknown)
    assert stale.status_code == 401
    assert "stale=true" in stale.headers["WWW-Authenticate"]
    assert "stale" not in raw("GET", client.phone, INFO).headers["WWW-Authenticate"]


def test_user_account_on_newer_calls(start_phone: StartPhone) -> None:
    phone = start_phone(user_on_admin_call="4403_on_newer").phone
    user = Client(phone, "User", "user-horse")
    assert user.get(INFO).status_code == 403
    assert user.post("v1/mgmt/updateConfiguration").json() == {"Status": "4403"}


@pytest.mark.parametrize("switch", ["http_403", "4003", "4403"])
def test_user_account(start_phone: StartPhone, switch: str) -> None:
    phone = start_phone(user_on_admin_call=switch).phone
    user = Client(phone, "User", "user-horse")
    assert user.post(DIAL).json()["Status"] == "4007"
    refused = user.get(INFO)
    if switch == "http_403":
        assert refused.status_code == 403
    else:
        assert (refused.status_code, refused.json()["Status"]) == (200, switch)


@pytest.mark.parametrize("lockout", ["off", "on"])
def test_lock_out(start_phone: StartPhone, lockout: str) -> None:
    client = start_phone(lockout=lockout)
    client.phone.set_layer("config", {"httpd.cfg.lockWebUI.lockOutDuration": "0.3"})
    for _each in range(5):
        raw("GET", client.phone, INFO, auth=("Polycom", "wrong"))
    assert client.phone.refused == {"wrong": 5}
    assert client.get(INFO).status_code == (401 if lockout == "on" else 200)
    assert client.phone.refused == ({"wrong": 5, "correct-horse": 1} if lockout == "on" else {"wrong": 5})
    assert client.phone.auth_failures == 5
    until(lambda: client.get(INFO).status_code == 200)


def change(password: str, name: str = "localAdminPassword") -> dict[str, Any]:
    return {f"device.auth.{name}": password, f"device.auth.{name}.set": "1", "device.set": "1"}


def test_password_change_counts_from_the_next_request(client: Client) -> None:
    assert client.status("v1/mgmt/config/set", change("new-horse")) == "2000"
    assert client.get(INFO).status_code == 401
    assert Client(client.phone, password="new-horse").get(INFO).status_code == 200
    assert client.phone.violations == []


def test_password_change_of_the_user(client: Client) -> None:
    client.status("v1/mgmt/config/set", change("new-user", "localUserPassword"))
    assert Client(client.phone, "User", "new-user").post(DIAL).status_code == 200
    # Two characters at least, by sec.pwd.length.user.
    client.status("v1/mgmt/config/set", change("x", "localUserPassword"))
    assert client.phone.value("device.auth.localUserPassword") == ("new-user", "device")


def test_rest_off(start_phone: StartPhone) -> None:
    client = start_phone(rest="off")
    assert client.get(INFO).status_code == 404
    assert raw("GET", client.phone, INFO).status_code == 404
