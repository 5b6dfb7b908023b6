# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that would hold a phone's client for ever: tasks, reports and scans end, and tell the rest."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator import PhoneSpec
from support.discovery import FILE, hostvars
from support.misbehaving import BEHAVIORS, Server, again_and_again, misbehaving, whole
from support.playbook import PASSWORD, Playground

STUBBORN = {
    "interim": "interim replies, slowly",
    "header": "header, slowly",
    "length": "length, slowly",
    "trailers": "trailers, slowly",
    "nothing": "gzip that yields nothing",
    "bomb": "gzip of gzip",
    "redirect": "redirect to itself with a bomb",
}


@pytest.fixture
def servers() -> Iterator[dict[str, Server]]:
    with contextlib.ExitStack() as stack:
        yield {
            name: stack.enter_context(misbehaving(BEHAVIORS[behavior][0], host=f"127.79.0.{number}"))
            for number, (name, behavior) in enumerate(STUBBORN.items(), 1)
        }


def test_tasks_and_reports_end_and_tell_the_rest(
    servers: dict[str, Server], start_fleet: Any, playground: Playground
) -> None:
    phone = start_fleet(PhoneSpec(name="good"), tls=False).phones[0]
    hosts = {name: {"ansible_host": server.host, "ansible_port": server.port} for name, server in servers.items()}
    hosts["good"] = {"ansible_host": phone.host, "ansible_port": phone.port}
    common = {
        "ansible_password": PASSWORD,
        "ansible_vvx_use_ssl": False,
        "ansible_vvx_retries": 0,
        "ansible_vvx_timeout": 1,
    }
    playground.write("inventory.yml", {"phones": {"hosts": hosts, "vars": common}})
    tasks = [
        {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": ["all"]}, "ignore_unreachable": True},
        {"name": "report", "polycom.vvx.vvx_report": {"json": "report.json"}, "run_once": True},
    ]
    tasks[0]["ignore_errors"] = True
    playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    run = playground.run("play.yml", "-i", "inventory.yml", "--forks", "8")
    assert run.state("facts", "good") == "ok"
    rows = {row["cells"]["host"]: row for row in json.loads((playground.folder / "report.json").read_text())["rows"]}
    assert set(rows) == {"good", *servers}
    for name, behavior in STUBBORN.items():
        result = run.of("facts", name)
        error = result["error"]
        assert (error["kind"], error["host"]) == (BEHAVIORS[behavior][1], servers[name].host), name
        assert result["msg"].startswith(f"{error['host']}: {rows[name]['cells']['reason']}"), name
    assert rows["good"]["cells"]["reason"] is None


def test_a_scan_ends_and_lists_the_rest(playground: Playground) -> None:
    scripts = [again_and_again(whole()), *(BEHAVIORS[behavior][0] for behavior in STUBBORN.values())]
    with contextlib.ExitStack() as stack:
        port = 0
        for number, script in enumerate(scripts, 1):
            port = stack.enter_context(misbehaving(script, host=f"127.79.1.{number}", port=port)).port
        options = {"addresses": ["127.79.1.1-8"], "port": port, "use_ssl": False, "probe": "trusting"}
        playground.write(FILE, {"plugin": "polycom.vvx.vvx", **options, "timeout": 1.0, "retries": 0})
        found = hostvars(playground)
    assert [variables["ansible_host"] for variables in found.values()] == ["127.79.1.1"]
