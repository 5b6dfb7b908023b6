# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation is true: every example runs, and every documented value comes back.

Whether a result has anything that is not documented, ``Playground.run`` checks after each play.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Phone, PhoneSpec, Switches
from support import firmware
from support.playbook import Playground
from support.returns import MODULES, documentation

FILTERS = sorted((Path(__file__).parents[2] / "plugins" / "filter").glob("*.yml"))
VARIABLES: dict[str, Any] = {
    "vvx_parameters_all": {"up.idleTimeout": 40},
    "sip_password": "an-unlikely-secret",
    "new_phone_password": "N3w-and-better",
    "new_user_password": "Us3r-and-better",
}
SITE = '<PHONE_CONFIG>\n  <ALL tcpIpApp.sntp.address="ntp.example.org" reg.1.server.1.port="5060" />\n</PHONE_CONFIG>\n'
"""The provisioning file of the examples."""


NEWEST = "6.4.0.1"
# No shorter boot, so that the uptimes of one boot and of the next can be told apart. A phone that loses its REST API for good is waited for
# until that is sure, a minute; so it finds its provisioning server again.
USUAL = PhoneSpec(firmware=NEWEST, boot_seconds=3.5, switches=Switches(factory_reset="reprovisioned"))
SPECS = {
    "vvx_skype": replace(USUAL, base_profile="Lync"),
    "vvx_screenshot": replace(USUAL, layers={"config": {"up.screenCapture.enabled": "1"}}),
}
IN_ORDER = {"vvx_call", "vvx_password"}
"""Each example needs what the one before has done, which check mode does not do."""


@pytest.mark.parametrize("module", MODULES)
def test_every_example_runs_first_in_check_mode_and_then_for_real(
    module: str, start_fleet: Any, playground: Playground
) -> None:
    phone = start_fleet(SPECS.get(module, USUAL), tls=False).phones[0]
    _documentation, examples, _returns = documentation(module)
    playground.write("files/site.cfg", SITE)
    playground.write("files/polycomConfig.xsd", (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_text())
    for arguments in ([], []) if module in IN_ORDER else (["--check"], []):
        run = playground.play([phone], examples, *arguments, variables=VARIABLES)
        assert run.code == 0, run.output
        foretold = "A factory reset leaves the phone" if module == "vvx_reset" else ""
        assert (
            "DEPRECATION" not in run.output
            and run.output.count("[WARNING]") == bool(foretold)
            and foretold in run.output
        ), run.output
        assert any(outcome.action == f"polycom.vvx.{module}" and outcome.state == "ok" for outcome in run.outcomes)


@pytest.mark.parametrize("path", FILTERS, ids=lambda path: path.stem)
def test_every_example_of_a_filter_runs(path: Path, phone: Phone, playground: Playground) -> None:
    playground.write("files/site.cfg", SITE)
    examples = yaml.safe_load(yaml.safe_load(path.read_text())["EXAMPLES"])
    run = playground.play([phone], examples)
    assert run.code == 0 and "WARNING" not in run.output, run.output
    assert [outcome.result["changed"] for outcome in run.outcomes] in ([True], [path.stem == "to_cfg"])


def test_what_config_returns_is_documented(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="good"), PhoneSpec(name="half"), PhoneSpec(name="gone"), PhoneSpec(name="unknown"), tls=False
    )
    fleet["half"].fault("ignore_set", names=["reg.1.label"])
    fleet["gone"].fault("never_back")
    fleet["gone"].fault("restart", path="config/set", processed=False)
    parameters = {"reg.1.label": "Desk", "reg.2.auth.password": "x", "up.idleTimeout": 60}
    wrong = "{{ parameters if inventory_hostname != 'unknown' else {'reg.1.adress': 1} }}"
    task = {"name": "set", "polycom.vvx.vvx_config": {"parameters": wrong, "wait_timeout": 1}, "ignore_errors": True}
    run = playground.play(fleet, [task], variables={"parameters": parameters})
    seen: set[str] = set()
    for phone in fleet:
        result = run.of("set", phone.name)
        seen |= set(result)
    assert set(documentation("vvx_config")[2]) - {"rolled_back"} == seen & set(documentation("vvx_config")[2]), (
        "all of it comes back in one of these cases"
    )


def test_what_a_check_returns_is_documented(phone: Phone, playground: Playground) -> None:
    playground.write("files/site.cfg", SITE.replace("5060", "many"))
    options = {"parameters": {"reg.1.lable": 1}, "src": "site.cfg", "fail_on": "warning"}
    run = playground.play(
        [phone], [{"name": "check", "polycom.vvx.vvx_config_validate": options, "ignore_errors": True}]
    )
    assert set(documentation("vvx_config_validate")[2]) <= set(run.of("check"))


def test_what_facts_return_is_documented(start_fleet: Any, playground: Playground) -> None:
    place = {"config": {"locInfo.1.A3": "Berlin", "locInfo.1.ROOM": "2.17"}}
    fleet = start_fleet(
        *(PhoneSpec(firmware=firmware, expansion_modules=1, layers=place) for firmware in ("5.4.0.1", "5.9.3.1111")),
        tls=False,
    )
    run = playground.play(fleet, [{"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "all"}}])
    assert all(run.of("facts", phone.name) for phone in fleet)


def test_all_that_info_returns_is_documented(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="new", firmware=NEWEST),
        PhoneSpec(name="old", firmware="5.4.0.1"),
        PhoneSpec(name="lync", base_profile="Lync"),
        tls=False,
    )
    subsets = ["all", "device_stats", "media_sessions", "ui_xml", "missed_calls", "received_calls", "placed_calls"]
    tasks = [
        {"name": "dial", "polycom.vvx.vvx_call": {"action": "dial", "destination": "2002", "wait_for": "connected"}},
        {"name": "during", "polycom.vvx.vvx_info": {"subset": subsets, "raw": True, "query": "calls[].handle"}},
        {"name": "end", "polycom.vvx.vvx_call": {"action": "end"}},
        {"name": "after", "polycom.vvx.vvx_info": {"subset": subsets}},
    ]
    run = playground.play(fleet, tasks)
    described = documentation("vvx_info")[2]
    assert set(run.of("during", "lync")["info"]) == set(described["info"]["contains"]), "all of it comes back"
    assert run.of("during", "new")["result"] == [run.of("during", "new")["info"]["calls"][0]["handle"]]


ASKED: dict[str, tuple[PhoneSpec, list[dict[str, Any]]]] = {
    "vvx_config_info": (USUAL, [{"names": ["reg.1.label", "reg.1.lable"]}]),
    "vvx_call": (USUAL, [{"action": "answer"}, {"action": "dial", "destination": "2002"}, {"action": "end"}]),
    "vvx_skype": (SPECS["vvx_skype"], [{"state": "signed_in"}, {"state": "signed_out"}]),
    "vvx_export": (USUAL, [{"dest": "a.cfg", "types": ["web", "local"]}, {"url": "http://127.0.0.1:9/a.cfg"}]),
    "vvx_capture": (
        replace(USUAL, layers={"config": {"diags.pcap.enabled": "1", "diags.pcap.background.enabled": "1"}}),
        [{"dest": "a.pcap"}, {"url": "x"}],
    ),
    "vvx_screenshot": (SPECS["vvx_screenshot"], [{"dest": "a.png"}, {"dest": "/"}]),
    "vvx_password": (USUAL, [{"new_password": "N3w-and-better"}, {"new_password": "456"}]),
    "vvx_report": (USUAL, [{"json": "r.json"}, {"workers": 0}]),
    "vvx_audit": (USUAL, [{"details": "a.json"}, {"mode": "x", "details": "a.json"}]),
    "vvx_diagnose": (USUAL, [{}, {"port": 70000}]),
    "vvx_touch": (USUAL, [{"action": "tap"}, {"action": "key", "key": "Home"}]),
    "vvx_provision": (USUAL, [{"watch": 0.1}, {"watch": -1}]),
    "vvx_request": (USUAL, [{"path": "/api/v1/mgmt/network/info"}, {"path": "x"}]),
}


@pytest.mark.parametrize("module", ASKED)
def test_what_a_module_returns_is_documented(module: str, start_fleet: Any, playground: Playground) -> None:
    """Each of these asks once so that it works, and once so that it can't."""
    spec, options = ASKED[module]
    spec = replace(spec, layers={**spec.layers, "local": {"httpd.ta.enabled": "1"}})
    tasks = [
        {"name": f"task {number}", f"polycom.vvx.{module}": option, "ignore_errors": True}
        for number, option in enumerate(options)
    ]
    run = playground.play([start_fleet(spec, tls=False).phones[0]], tasks)
    results = [run.of(task["name"]) for task in tasks]
    seen: set[str] = set()
    for result in results:
        seen |= set(result)
    assert set(documentation(module)[2]) - {"error"} <= seen
    assert module == "vvx_config_info" or "error" in seen


def test_what_a_rollback_returns_is_documented(phone: Phone, playground: Playground) -> None:
    phone.fault("ignore_set", names=["reg.1.label"])
    options = {"parameters": {"reg.1.label": "Desk", "up.idleTimeout": 60}, "rollback_on_failure": True}
    result = playground.play([phone], [{"name": "set", "polycom.vvx.vvx_config": options, "ignore_errors": True}]).of(
        "set"
    )
    assert "rolled_back" in result


@pytest.mark.parametrize(("module", "options"), [("vvx_restart", {}), ("vvx_reset", {"scope": "web"})])
def test_what_restarts_and_resets_return_is_documented(
    start_fleet: Any, playground: Playground, module: str, options: dict[str, Any]
) -> None:
    fleet = start_fleet(PhoneSpec(name="good"), PhoneSpec(name="gone"), tls=False)
    fleet["gone"].fault("never_back")
    run = playground.play(
        fleet, [{"name": "go", f"polycom.vvx.{module}": {"wait_timeout": 10, **options}, "ignore_errors": True}]
    )
    seen: set[str] = set()
    for phone in fleet:
        seen |= set(run.of("go", phone.name))
    assert set(documentation(module)[2]) <= seen


def test_what_transfer_type_returns_is_documented(phone: Phone, playground: Playground) -> None:
    run = playground.play([phone], [{"name": "set", "polycom.vvx.vvx_transfer_type": {"type": "safe"}}])
    assert {"before", "after"} <= set(run.of("set"))
