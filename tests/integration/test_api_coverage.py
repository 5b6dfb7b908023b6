# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each REST API call has a module that sends it, documentation, a counterpart in the simulator, tests in both doors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS

from simulator import Phone
from simulator.api import TABLE
from support.api_coverage import PAGE, ROWS, Row, markdown
from support.playbook import MODULE_DOOR, Playground
from support.returns import documented_options

BESIDE_THE_API = {"screen_capture", "web_login"}
"""Calls that are not below /api, which the simulator's table is about."""
PARTS = 8
BY_MODULE = sorted(ROWS, key=lambda row: row.module)
"""Because Ansible packs a module once in a run, however many tasks send it to another host."""


def test_every_call_has_a_row() -> None:
    assert sorted({row.endpoint for row in ROWS}) == sorted(ENDPOINTS)


def test_the_page_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "write it anew: nox -s generate"


@pytest.mark.parametrize("name", sorted(set(ENDPOINTS) - BESIDE_THE_API))
def test_the_simulator_was_written_from_the_same_api(name: str) -> None:
    ours, theirs = ENDPOINTS[name], TABLE.find(ENDPOINTS[name].path)
    assert theirs is not None
    since = f"{theirs.since[0]}.{theirs.since[1]}"
    assert (ours.method, ours.path, ours.access, ours.since) == (
        theirs.method,
        theirs.path,
        "admin" if theirs.admin else "user",
        since,
    )


def test_the_simulator_has_no_call_that_nobody_makes() -> None:
    assert {endpoint.path for endpoint in TABLE.all()} <= {endpoint.path for endpoint in ENDPOINTS.values()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_makes_a_call_is_documented(row: Row) -> None:
    options = documented_options(row.module)
    name, value = row.option
    assert options[name]["description"]
    assert not value or value in options[name].get("choices", ()) or f"V({value})" in str(options[name]["description"])


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("door", ["action", "module"])
def test_every_call_is_made_and_answered(start_fleet: Any, playground: Playground, door: str, part: int) -> None:
    """Each row has a phone, and a play, of its own. On HTTPS, because pollForStatus is not answered otherwise."""
    rows = BY_MODULE[part * len(ROWS) // PARTS : (part + 1) * len(ROWS) // PARTS]
    fleet = start_fleet(*(replace(row.spec, name=row.name) for row in rows))
    keywords = MODULE_DOOR if door == "module" else {}
    plays = []
    for row in rows:
        row.prepare(fleet[row.name])
        tasks = [*row.before, {"name": "the row", f"polycom.vvx.{row.module}": row.task, **keywords}]
        plays.append({"name": row.name, "hosts": row.name, "gather_facts": False, "tasks": tasks})
    run = playground.plays(fleet, plays, ca_path=fleet.ca_path)
    for row in rows:
        assert run.state("the row", row.name) == "ok", run.of("the row", row.name)
        assert row.judge(run.of("the row", row.name)), run.of("the row", row.name)
        check_sent(fleet[row.name], row)
    assert "WARNING" not in run.output.replace("[WARNING]: The admin password", "").replace(
        "[WARNING]: A factory reset", ""
    ), run.output


def check_sent(phone: Phone, row: Row) -> None:
    requests = [request for request in phone.log if (request.method, request.path) == (row.call.method, row.call.path)]
    assert requests and requests[-1].http_status == 200, [request.path for request in phone.log]
    data = requests[-1].data
    if isinstance(row.sent, dict):
        assert data == {**data, **row.sent}
    elif row.sent is not None:
        assert data == row.sent
