# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of fault, and how faults are counted out."""

from __future__ import annotations

import json
import time

import pytest
import requests

from fleet_client import Client, cut_off, until
from simulator.reading import ReadingError

INFO = "v1/mgmt/device/info"
SET = "v1/mgmt/config/set"


def test_drop_before_and_after(client: Client) -> None:
    for kind, label in (("drop", "1001"), ("drop_after", "A")):
        client.phone.fault(kind)
        with pytest.raises(requests.ConnectionError):
            client.post(SET, {"reg.1.label": "A"})
        assert client.phone.value("reg.1.label")[0] == label
        assert client.phone.log[-1].http_status == 0
    assert client.get(INFO).status_code == 200


@pytest.mark.parametrize(("processed", "label"), [(False, "1001"), (True, "A")])
def test_the_network_goes_at_a_request(client: Client, processed: bool, label: str) -> None:
    client.phone.fault("offline", path="config/set", processed=processed, seconds=0.3)
    assert client.get(INFO).status_code == 200
    with pytest.raises(requests.ConnectionError):
        client.post(SET, {"reg.1.label": "A"})
    assert cut_off(client.phone) and client.phone.offline
    until(lambda: not client.phone.offline)
    assert client.get(INFO).status_code == 200
    assert (client.phone.value("reg.1.label")[0], client.phone.restarts) == (label, 0)
    client.phone.fault("offline")
    with pytest.raises(requests.ConnectionError):
        client.get(INFO)
    assert client.phone.offline, "and it stays away"


def test_times_after_and_path(client: Client) -> None:
    client.phone.fault("http", times=2, after=1, path="DEVICE/info")
    codes = [client.get(path).status_code for path in [INFO, "v1/mgmt/lineInfo", INFO, INFO, INFO]]
    assert codes == [200, 200, 403, 403, 200]


def test_faults_queue(client: Client) -> None:
    client.phone.fault("http", status="500")
    client.phone.fault("status", status="4001", times=2)
    seen = [client.get(INFO) for _each in range(4)]
    assert [reply.status_code for reply in seen] == [500, 200, 200, 200]
    assert [reply.json()["Status"] for reply in seen[1:]] == ["4001", "4001", "2000"]


def test_for_ever_until_cleared(client: Client) -> None:
    client.phone.fault("http", status="401", times=0)
    assert {client.get(INFO).status_code for _each in range(5)} == {401}
    client.phone.clear()
    assert client.get(INFO).status_code == 200


def test_nth_batch_fails(client: Client) -> None:
    client.phone.fault("status", status="4000", path="config/set", after=2)
    batches = [{f"reg.{index}.label": "x"} for index in range(1, 5)]
    assert [client.status(SET, batch) for batch in batches] == ["2000", "2000", "4000", "2000"]
    assert client.phone.value("reg.3.label") == ("", "default")


def test_default_statuses(client: Client) -> None:
    client.phone.fault("status")
    assert client.get(INFO).json() == {"Status": "5000"}


def test_hang(client: Client) -> None:
    client.phone.fault("hang")
    with pytest.raises(requests.ReadTimeout):
        client.get(INFO, timeout=0.1)
    client.phone.fault("hang", seconds=0.1)
    with pytest.raises(requests.ConnectionError):
        client.get(INFO)


def test_latency_goes_with_other_faults(client: Client) -> None:
    client.phone.fault("latency", seconds=0.1)
    client.phone.fault("http")
    assert client.get(INFO).status_code == 403
    assert client.phone.log[0].ended - client.phone.log[0].started >= 0.09


def test_garbage(client: Client) -> None:
    def damaged(kind: str) -> requests.Response:
        client.phone.fault(kind)
        response = client.get(INFO)
        assert response.status_code == 200
        return response

    assert "text/html" in damaged("html").headers["Content-Type"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(damaged("truncated").content)
    with pytest.raises(UnicodeDecodeError):
        damaged("bad_utf8").content.decode()
    assert len(damaged("oversized").content) > 10_000_000
    assert damaged("empty").content == b""
    assert damaged("list").json()[0]["Status"] == "2000"
    assert isinstance(damaged("wrong_types").json()["Status"], dict)


def test_drip(client: Client) -> None:
    client.phone.fault("drip", seconds=0.005)
    started = time.monotonic()
    assert client.get(INFO).json()["Status"] == "2000"
    assert time.monotonic() - started >= 0.04
    client.phone.fault("drip", seconds=5)
    with pytest.raises(requests.ConnectionError):
        client.get(INFO, timeout=0.1)


def test_mistakes_are_named(client: Client) -> None:
    with pytest.raises(ReadingError, match="'explode' is not one of 'latency', "):
        client.phone.fault("explode")
    with pytest.raises(ReadingError, match="unknown key 'second'"):
        client.phone.fault("latency", second=1)
    with pytest.raises(ReadingError, match="lines: expected int, got 'one'"):
        client.phone.fault("unregistered", lines=["one"])
