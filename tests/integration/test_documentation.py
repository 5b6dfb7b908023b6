# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every documented value comes back.

Whether a result has anything that is not documented, ``Playground.run`` checks after each play.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator import Phone, PhoneSpec
from support.cases import Case, SharedRun, shared_run
from support.examples import NEWEST, SITE, SPECS, USUAL
from support.playbook import Playground
from support.returns import documentation


def _asked(module: str, *options: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": f"task {number}", f"polycom.vvx.{module}": option, "ignore_errors": True}
        for number, option in enumerate(options)
    ]


def _ignore_the_label(phone: Phone) -> None:
    phone.fault("ignore_set", names=["reg.1.label"])


def _touchable(spec: PhoneSpec) -> PhoneSpec:
    return replace(spec, layers={**spec.layers, "local": {"httpd.ta.enabled": "1"}})


CAPTURING = replace(USUAL, layers={"config": {"diags.pcap.enabled": "1", "diags.pcap.background.enabled": "1"}})
PLAN_KEY = "zq-signs-plans-012345"
A_PART = {"part": ".", "part_run": "7"}
ASKED: dict[str, tuple[PhoneSpec, list[dict[str, Any]]]] = {
    "vvx_config_info": (USUAL, [{"names": ["reg.1.label", "reg.1.lable"]}]),
    "vvx_call": (USUAL, [{"action": "answer"}, {"action": "dial", "destination": "2002"}, {"action": "end"}]),
    "vvx_skype": (SPECS["vvx_skype"], [{"state": "signed_in"}, {"state": "signed_out"}]),
    "vvx_export": (USUAL, [{"dest": "a.cfg", "types": ["web", "local"]}, {"url": "http://127.0.0.1:9/a.cfg"}]),
    "vvx_capture": (CAPTURING, [{"dest": "a.pcap"}, {"url": "x"}]),
    "vvx_screenshot": (SPECS["vvx_screenshot"], [{"dest": "a.png"}, {"dest": "/"}]),
    "vvx_password": (USUAL, [{"new_password": "N3w-and-better"}, {"new_password": "456"}]),
    "vvx_report": (USUAL, [{"json": "r.json"}, {"workers": 0}, A_PART]),
    "vvx_audit": (USUAL, [{"details": "a.json"}, {"mode": "x", "details": "a.json"}, A_PART]),
    "vvx_plan": (
        USUAL,
        [{"key": PLAN_KEY, "markdown": "plan.md"}, {"markdown": "plan.md"}, {"key": PLAN_KEY, **A_PART}],
    ),
    "vvx_summary": (USUAL, [{"results": "outcome"}, {"results": "outcome", "module": "x"}]),
    "vvx_guard": (USUAL, [{}, {"name_phones": True}]),
    "vvx_list": (USUAL, [{}, {"workers": 1}]),
    "vvx_validate": (USUAL, [{"details": "v.json"}, {"workers": 1}]),
    "vvx_import": (
        USUAL,
        [{"folder": "old", "into": "new", "skip_bad_files": True}, {"folder": "nowhere", "into": "new"}],
    ),
    "vvx_diagnose": (USUAL, [{}, {"port": 70000}]),
    "vvx_touch": (USUAL, [{"action": "tap"}, {"action": "key", "key": "Home"}]),
    "vvx_provision": (USUAL, [{"watch": 0.1}, {"watch": -1}]),
    "vvx_request": (USUAL, [{"path": "/api/v1/mgmt/network/info"}, {"path": "x"}]),
}
"""Each asks once so that it works, and once so that it can't."""
SUBSETS = ["all", "device_stats", "media_sessions", "ui_xml", "missed_calls", "received_calls", "placed_calls"]
INFO = [
    {"name": "dial", "polycom.vvx.vvx_call": {"action": "dial", "destination": "2002", "wait_for": "connected"}},
    {"name": "during", "polycom.vvx.vvx_info": {"gather_subset": SUBSETS, "raw": True, "query": "calls[].handle"}},
    {"name": "end", "polycom.vvx.vvx_call": {"action": "end"}},
    {"name": "after", "polycom.vvx.vvx_info": {"gather_subset": SUBSETS}},
]
IMPORTED = {
    "0004f2000001.cfg": '<APPLICATION CONFIG_FILES="a.cfg, gone.cfg"/>',
    "0004f2000002.cfg": '<P up.idelTimeout="5" device.dns.domain="example.org">a.b=1</P>',
    "0004f2000003.cfg": "no XML",
    "a.cfg": '<P up.idleTimeout="5"/>',
    "old.cfg": "",
    "a.log": "",
}
"""A folder of which an import has much to say."""
CHECKED = {"parameters": {"reg.1.lable": 1}, "src": "site.cfg", "fail_on": "warning"}
FACTS = _asked("vvx_facts", {"gather_subset": "all"})
PLACE = {"config": {"locInfo.1.A3": "Berlin", "locInfo.1.ROOM": "2.17"}}
ROLLBACK = {"parameters": {"reg.1.label": "Desk", "up.idleTimeout": 60}, "rollback_on_failure": True}

RETURNS = {module: Case(_asked(module, *options), _touchable(spec)) for module, (spec, options) in ASKED.items()} | {
    "check": Case(_asked("vvx_config_validate", CHECKED)),
    "facts-old": Case(FACTS, PhoneSpec(firmware="5.4.0.1", expansion_modules=1, layers=PLACE)),
    "facts-new": Case(FACTS, PhoneSpec(expansion_modules=1, layers=PLACE)),
    "info-new": Case(INFO, PhoneSpec(firmware=NEWEST)),
    "info-old": Case(INFO, PhoneSpec(firmware="5.4.0.1")),
    "info-lync": Case(INFO, PhoneSpec(base_profile="Lync")),
    "rollback": Case(_asked("vvx_config", ROLLBACK), prepare=_ignore_the_label),
    "transfer": Case(_asked("vvx_transfer_type", {"type": "safe"})),
}
RETURNS["vvx_summary"] = Case(
    [{"name": "set", "polycom.vvx.vvx_config": {"parameters": {"up.idleTimeout": 60}}, "register": "outcome"}]
    + [{**task, "run_once": True} for task in _asked("vvx_summary", *ASKED["vvx_summary"][1])]
)


def _never_back(phone: Phone) -> None:
    phone.fault("never_back")


def _gone_after_config_set(phone: Phone) -> None:
    phone.fault("never_back")
    phone.fault("restart", path="config/set", processed=False)


RESTART, RESET = _asked("vvx_restart", {"wait_timeout": 10}), _asked("vvx_reset", {"wait_timeout": 10, "scope": "web"})
PARAMETERS = {"reg.1.label": "Desk", "reg.2.auth.password": "x", "up.idleTimeout": 60}
SET = _asked("vvx_config", {"parameters": PARAMETERS, "wait_timeout": 1})
# These wait for phones, and so have a run of their own beside the other one.
RESTARTED = {
    "config-good": Case(SET),
    "config-half": Case(SET, prepare=_ignore_the_label),
    "config-gone": Case(SET, prepare=_gone_after_config_set),
    "config-unknown": Case(_asked("vvx_config", {"parameters": {"reg.1.adress": 1}, "wait_timeout": 1})),
    "config-lines": Case(_asked("vvx_config", {"parameters": PARAMETERS, "wait_for_lines": True, "lines_delay": 0})),
    "config-stale": Case(_asked("vvx_config", {"parameters": PARAMETERS, "expected": {}})),
    "restart-good": Case(RESTART),
    "restart-gone": Case(RESTART, prepare=_never_back),
    "reset-good": Case(RESET),
    "reset-gone": Case(RESET, prepare=_never_back),
}


@shared_run
def run(run_cases: Any) -> SharedRun:
    unreadable = SITE.replace("5060", "many")

    def before(playground: Playground) -> None:
        playground.write("files/site.cfg", unreadable)
        for path, text in IMPORTED.items():
            playground.write(f"old/{path}", text)

    return run_cases(RETURNS, tls=True, before=before)


@shared_run
def restarted(run_cases: Any) -> SharedRun:
    return run_cases(RESTARTED)


def seen(run: SharedRun, module: str, kind: str) -> set[str]:
    """The keys of all results of a module in the cases of a kind."""
    action = f"polycom.vvx.{module}"
    results = [outcome.result for outcome in run.outcomes if outcome.host.startswith(kind) and outcome.action == action]
    assert results, run.output
    return {key for result in results for key in result}


def described(module: str) -> set[str]:
    return set(documentation(module)[2])


def test_what_config_returns_is_documented(restarted: SharedRun) -> None:
    assert described("vvx_config") - {"rolled_back", "backup_path"} <= seen(restarted, "vvx_config", "config-")
    assert "rolled_back" not in seen(restarted, "vvx_config", "config-")


def test_what_a_rollback_returns_is_documented(run: SharedRun) -> None:
    assert "rolled_back" in seen(run, "vvx_config", "rollback")


def test_what_a_check_returns_is_documented(run: SharedRun) -> None:
    assert described("vvx_config_validate") <= seen(run, "vvx_config_validate", "check")


def test_what_facts_return_is_documented(run: SharedRun) -> None:
    assert "ansible_facts" in seen(run, "vvx_facts", "facts-old") & seen(run, "vvx_facts", "facts-new")


def test_all_that_info_returns_is_documented(run: SharedRun) -> None:
    assert all(run.of(task, case) for case in ("info-new", "info-old", "info-lync") for task in ("during", "after"))
    contains = documentation("vvx_info")[2]["info"]["contains"]
    assert set(run.of("during", "info-lync")["info"]) == set(contains), "all of it comes back"
    assert run.of("during", "info-new")["result"] == [run.of("during", "info-new")["info"]["calls"][0]["handle"]]


@pytest.mark.parametrize("module", ASKED)
def test_what_a_module_returns_is_documented(run: SharedRun, module: str) -> None:
    keys = seen(run, module, module)
    assert described(module) - {"error", "merged", "part"} <= keys, "parts are those of slices"
    assert module == "vvx_config_info" or "error" in keys


@pytest.mark.parametrize("kind", ["restart", "reset"])
def test_what_restarts_and_resets_return_is_documented(restarted: SharedRun, kind: str) -> None:
    assert described(f"vvx_{kind}") <= seen(restarted, f"vvx_{kind}", kind)


def test_what_transfer_type_returns_is_documented(run: SharedRun) -> None:
    assert {"before", "after"} <= seen(run, "vvx_transfer_type", "transfer")
