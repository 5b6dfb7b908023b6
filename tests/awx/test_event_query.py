# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Automation Controller counts phones that are no hosts of the inventory, and each of them once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jq
import yaml

from simulator import Fleet, PhoneSpec
from support.playbook import PASSWORD, Playground

ROOT = Path(__file__).parents[2]
QUERIES = yaml.safe_load((ROOT / "extensions" / "audit" / "event_query.yml").read_text(encoding="utf-8"))


def counted(action: str, result: dict[str, Any]) -> list[dict[str, Any]]:
    """What the controller counts of the result of a task, or of one round of its loop."""
    found: list[dict[str, Any]] = jq.compile(QUERIES[action]["query"]).input(result).all()
    return found


def test_the_queries_are_about_modules_of_this_collection() -> None:
    modules = {f"polycom.vvx.{path.stem}" for path in (ROOT / "plugins" / "modules").glob("vvx_*.py")}
    assert set(QUERIES) <= modules
    assert all(set(said) == {"query"} for said in QUERIES.values())


def test_phones_in_a_loop_count_and_hosts_do_not(start_fleet: Callable[..., Fleet], playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(name="host"), PhoneSpec(name="one", model="VVX 601"), tls=False)
    phone = fleet["one"]
    reach = {"password": PASSWORD, "port": phone.port, "use_ssl": False, "retries": 0}
    loop = {"loop": [phone.host, "127.0.0.1"], "delegate_to": "localhost", "ignore_errors": True, "run_once": True}
    tasks = [
        {"name": "host", "polycom.vvx.vvx_facts": None},
        {"name": "facts", "polycom.vvx.vvx_facts": {"host": "{{ item }}", **reach}, **loop},
        {"name": "info", "polycom.vvx.vvx_info": {"host": "{{ item }}", "gather_subset": ["device"], **reach}, **loop},
    ]
    run = playground.play([fleet["host"]], tasks)
    host, facts, info = run.outcomes
    assert host.state == "ok" and counted(host.action, host.result) == []
    for outcome in (facts, info):
        assert counted(outcome.action, outcome.result) == []
        rounds = outcome.result["results"]
        assert len(rounds) == 2
        (node,) = [node for each in rounds for node in counted(outcome.action, each)]
        assert node["canonical_facts"] == {"mac": node["name"]}
        assert node["name"].replace(":", "") == phone.mac and node["facts"]["model"] == "VVX 601"
