# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans, for tests of what is made from them and of what follows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._parameters.table import restart_reasons
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import Unreachable
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import SECRET, Change, Entry, Options, Plan

KEY = "0123456789abcdef-of-tests"
LAYERS = ("vvx_parameters_all", "vvx_parameters_site")
WHERE: dict[str, Any] = {"layer": "vvx_parameters_site", "file": "group_vars/site_berlin/vars.yml", "line": 12}
LABEL = Change("reg.1.label", False, "Desk", "web", "Reception", **WHERE)
NEW_PASSWORD = Change("reg.1.auth.password", True, "", "default", SECRET, **WHERE, because="not set on the phone")
SAME = Entry("same", desired="0" * 32)
CHANGED = Entry("changed", "192.0.2.1", (LABEL,), desired="1" * 32)
LOST = Entry("lost", "192.0.2.2", error={"kind": "unreachable", "message": "connection refused.", "remedy": "Check."})


def entry(host: str, *changes: Change, **fields: Any) -> Entry:
    return Entry(host, **{"address": "192.0.2.1", "changes": changes, "desired": "2" * 32, **fields})


def plan(*entries: Entry, made: str | None = None, **options: Any) -> Plan:
    return Plan(Options(**{"layers": LAYERS, **options}), {each.host: each for each in entries}, made)


def example() -> Plan:
    """The one in docs/plans.md."""
    site = {"layer": "vvx_parameters_site", "file": "inventory/group_vars/site_berlin/vars.yml", "line": 4}
    host = {"layer": "vvx_parameters_host", "file": "inventory/host_vars/berlin-1001.yml"}
    server = Change("device.sntp.serverName", False, "ntp.old.example", "device", "ntp.example.org", **site)
    label = Change("reg.1.label", False, "Desk", "config", "Reception", **host, line=3)
    password = replace(NEW_PASSWORD, **host, line=4, because="it is not set (source default)")
    reboot: dict[str, Any] = {"restart": "reboot", "restart_reasons": restart_reasons([server.parameter])}
    refused = {"kind": "unreachable", "message": "connection refused.", "remedy": Unreachable.remedy_text}
    return plan(
        entry("berlin-1001", server, password, label, address="10.1.20.11", **reboot),
        *(
            entry(f"berlin-{number}", server, address=f"10.1.20.{number - 990}", **reboot)
            for number in range(1002, 1013)
        ),
        *(Entry(f"lisbon-{number}", desired=f"{number:032x}") for number in range(2001, 2012)),
        entry("lisbon-2012", unknown={"reg.1.lable": ["reg.1.label"]}),
        replace(LOST, host="lisbon-2013", error=refused),
    )
