# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of the collection, and what tests of the fleet share."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import requests

from simulator import Fleet, Phone


class Client:
    """A plain HTTP client for one phone: each method a request, no retries."""

    def __init__(self, phone: Phone, user: str = "Polycom", password: str = "correct-horse") -> None:
        self.phone = phone
        self.auth = (user, password)

    def get(self, path: str, **options: Any) -> requests.Response:
        return raw("GET", self.phone, self._full(path), auth=self.auth, **options)

    def post(self, path: str, data: Any = None, /, **options: Any) -> requests.Response:
        if not options:
            options = {"json": {} if data is None else {"data": data}}
        return raw("POST", self.phone, self._full(path), auth=self.auth, **options)

    def data(self, path: str, **options: Any) -> Any:
        """The data of a GET that has to succeed."""
        response = self.get(path, **options)
        assert response.status_code == 200, response.text
        document = response.json()
        assert document["Status"] in ("2000", 2000), document
        return document.get("data")

    def status(self, path: str, data: Any = None) -> str:
        """The Status of a POST that HTTP has to accept."""
        response = self.post(path, data)
        assert response.status_code == 200, (response.status_code, response.text)
        return str(response.json()["Status"])

    def config(self, *names: str) -> dict[str, Any]:
        return dict(self.post("v1/mgmt/config/get", list(names)).json())

    @staticmethod
    def _full(path: str) -> str:
        return path if path.startswith("/") else f"/api/{path}"


StartFleet = Callable[..., Fleet]
StartPhone = Callable[..., Client]


def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait for what the fleet does in its own time."""
    for _each in range(6000):  # a slow machine takes seconds to start a program
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError(f"never: {what or condition}")


def raw(method: str, phone: Phone, path: str, **options: Any) -> requests.Response:
    """A request without credentials of its own."""
    with requests.Session() as session:
        session.trust_env = False
        return session.request(
            method, f"{phone.url}{path}", **{"timeout": 10, "verify": phone.fleet.ca_path, **options}
        )


def cut_off(phone: Phone) -> bool:
    """Whether the phone drops a connection before a byte is said."""
    try:
        with socket.create_connection((phone.host, phone.listening_port), timeout=5) as connection:
            connection.settimeout(0.1)
            connection.recv(1)
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return False
