# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of phones from what they have registered."""

from __future__ import annotations

from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.collect import Collector
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.registered import fill

FAILED = {"failed": True, "msg": "desk: is busy.", "error": {"kind": "busy", "host": "desk"}}


def states(results: dict[str, Any], going_on: set[str]) -> dict[str, str]:
    collector = Collector()
    fill(collector, results, "polycom.vvx.vvx_restart", going_on=going_on, check_mode=False)
    return {host: phone.state for host, phone in collector.phones.items()}


def test_each_phone_gets_its_state() -> None:
    results = {
        "done": {"changed": True},
        "same": {"changed": False},
        "busy": {"changed": False, "skipped": True, "msg": "busy: the phone is in a call."},
        "wrong": FAILED,
        "gone": {"unreachable": True, "msg": "gone: no answer."},
        "ignored": FAILED,
        "round": {"results": [{"changed": True}, FAILED], "changed": True},
    }
    assert states(results, {"done", "same", "busy", "ignored"}) == {
        "done": "changed",
        "same": "unchanged",
        "busy": "skipped",
        "wrong": "failed",
        "gone": "unreachable",
        "ignored": "unchanged",
        "round": "failed",
    }


def test_results_are_read_with_and_without_the_variable_manager() -> None:
    class Manager:
        _nonpersistent_fact_cache = {"a": {"outcome": {"changed": True}}, "b": {"outcome": "odd"}}

    class HostVars(dict[str, Any]):
        _variable_manager: Any = Manager()

    without: dict[str, Any] = {"a": {"outcome": {"changed": True}}, "b": {}, "c": {}}
    for hostvars in (HostVars(), without):
        assert _ansible.registered(hostvars, "abc", "outcome") == {"a": {"changed": True}}
