# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules through real ansible-playbook, in both doors: the same work, the same result."""

from __future__ import annotations

import json
import re
from typing import Any

from simulator import Phone, PhoneSpec, Switches
from support.playbook import MODULE_DOOR, Playground, both_doors

VOLATILE = (
    "_ansible_no_log",
    "invocation",
    "_ansible_verbose_always",
    "_ansible_verbose_override",
    "_ansible_delegated_vars",
)


def bare(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key not in VOLATILE}


def test_config_is_the_same_in_both_doors(start_fleet: Any, playground: Playground) -> None:
    """Each door configures a phone of its own; then the doors swap phones and nothing is left to do."""
    fleet = start_fleet(PhoneSpec(name="one"), PhoneSpec(name="two"), tls=False)
    macs = {phone.name: phone.mac for phone in fleet}
    parameters = {
        "reg.1.label": "Zürich ☎ {{ 'templated' }}",
        "up.idleTimeout": 60,
        "call.callWaiting.enable": False,
        "reg.1.lineKeys": "{{ 1 + 1 }}",
        "device.sntp.serverName": "ntp.example.org",
        "reg.2.auth.password": "s3cret",
    }

    def task(name: str, host: str, **keywords: Any) -> dict[str, Any]:
        return {
            "name": name,
            "polycom.vvx.vvx_config": {"parameters": parameters},
            "when": f"inventory_hostname == '{host}'",
            **keywords,
        }

    run = playground.play(
        fleet,
        [
            task("checked (action)", "one", check_mode=True, diff=True),
            task("checked (module)", "two", check_mode=True, diff=True, **MODULE_DOOR),
            task("done (action)", "one", diff=True),
            task("done (module)", "two", diff=True, **MODULE_DOOR),
            task("again (action)", "two"),
            task("again (module)", "one", **MODULE_DOOR),
        ],
        variables={"ansible_vvx_mac": f"{{{{ {macs}[inventory_hostname] }}}}"},
    )
    assert run.code == 0, run.output
    for step in ("checked", "done", "again"):
        ran = {outcome.task: outcome.result for outcome in run.outcomes if outcome.state == "ok"}
        action, module = (
            re.sub(r'("line": |play\.yml:)[0-9]+', r"\1N", json.dumps(bare(ran[f"{step} ({door})"]), sort_keys=True))
            for door in ("action", "module")
        )
        own = {"again": (fleet["two"], fleet["one"])}.get(step, (fleet["one"], fleet["two"]))
        action = action.replace(f'_header": "{own[0].name}"', '_header": "NAME"').replace("1001", "N")
        module = module.replace(f'_header": "{own[1].name}"', '_header": "NAME"').replace("1002", "N")
        assert action.replace(own[0].host, "HOST") == module.replace(own[1].host, "HOST")
    done = run.of("done (action)", "one")
    assert done["changed"] is True
    assert done["after"]["reg.1.label"] == "Zürich ☎ templated"
    assert done["after"]["reg.1.lineKeys"] == "2"
    assert done["secrets_written"] == ["reg.2.auth.password"]
    assert "+reg.1.label: Zürich ☎ templated" in run.output
    assert run.of("again (module)", "one")["changed"] is False
    for phone in fleet.phones:
        assert phone.count("config/set") == 1
        assert phone.count() == 5, "check, read, write, read back, read again"


def test_facts_are_the_same_in_both_doors(phone: Phone, playground: Playground) -> None:
    run = playground.play([phone], both_doors("facts", "polycom.vvx.vvx_facts", {"gather_subset": ["all"]}))
    assert run.code == 0, run.output
    action, module = bare(run.of("facts (action)")), bare(run.of("facts (module)"))
    assert set(action) == {"ansible_facts", "changed"}
    for result in (action, module):
        assert result["ansible_facts"]["vvx"]["device"].pop("uptime_seconds") > 0
    assert action == module


def test_facts_become_variables(phone: Phone, playground: Playground) -> None:
    tasks = [
        {"polycom.vvx.vvx_facts": {}},
        {
            "name": "told",
            "ansible.builtin.debug": {
                "msg": "{{ ansible_facts.vvx.device.model }} {{ ansible_facts.vvx.running_config.network.lldp }}"
            },
        },
    ]
    assert playground.play([phone], tasks).of("told")["msg"] == "VVX 411 True"


def test_transfer_type_is_the_same_in_both_doors(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(), PhoneSpec(), tls=False)
    tasks = [
        {**task, "when": f"inventory_hostname == '{host}'"}
        for task, host in zip(
            both_doors("set", "polycom.vvx.vvx_transfer_type", {"type": "blind"}), ("phone-1", "phone-2"), strict=True
        )
    ] + both_doors("again", "polycom.vvx.vvx_transfer_type", {"type": "blind"})
    run = playground.play(fleet, tasks, "--diff")
    assert run.code == 0, run.output
    results = {(outcome.task, outcome.host): bare(outcome.result) for outcome in run.outcomes if outcome.state == "ok"}
    first, second = results["set (action)", "phone-1"], results["set (module)", "phone-2"]
    assert first["changed"] is second["changed"] is True
    assert (first["before"], first["after"]) == (second["before"], second["after"]) == ("consultative", "blind")
    assert first["diff"]["after"] == second["diff"]["after"]
    assert [result["changed"] for (task, _host), result in results.items() if task.startswith("again")] == [False] * 4


def test_a_wrong_option_is_refused_before_the_phone_is_asked(phone: Phone, playground: Playground) -> None:
    tasks = [
        {"name": "type", "polycom.vvx.vvx_transfer_type": {"type": "loud"}, "ignore_errors": True},
        {"name": "unknown", "polycom.vvx.vvx_config": {"parameters": {}, "paramters": {}}, "ignore_errors": True},
        {"name": "missing", "polycom.vvx.vvx_config": {}, "ignore_errors": True},
        {"name": "shape", "polycom.vvx.vvx_config": {"parameters": ["a", "b"]}, "ignore_errors": True},
        {"name": "subset", "polycom.vvx.vvx_facts": {"gather_subset": "hardware"}, "ignore_errors": True},
        {"name": "port", "polycom.vvx.vvx_facts": {"port": 70000}, "ignore_errors": True},
    ]
    run = playground.play([phone], tasks)
    told = {outcome.task: outcome.result["msg"] for outcome in run.outcomes if outcome.state == "failed"}
    assert "consultative, blind, safe" in told["type"]
    assert "paramters" in told["unknown"]
    assert "parameters" in told["missing"]
    assert "parameters" in told["shape"]
    assert "hardware" in told["subset"] and "running_config" in told["subset"]
    assert "70000" in told["port"]
    assert phone.count() == 0


FAULTY = {
    "wrong-password": (PhoneSpec(admin_password="another"), "authentication_failed", "tried once"),
    "factory-password": (PhoneSpec(admin_password="456"), "default_password", "Change Password"),
    "offline": (PhoneSpec(offline=True), "unreachable", "nothing listens on this port"),
    "rest-off": (PhoneSpec(rest="off"), "rest_disabled", "apps.restapi.enabled"),
    "busy": (PhoneSpec(), "busy", "retries"),
    "garbage": (PhoneSpec(), "protocol", "Check that host and port"),
    "truncated": (PhoneSpec(), "protocol", "Check that host and port"),
    "slow": (PhoneSpec(), "timeout", "timeout"),
    "healthy": (PhoneSpec(), None, None),
}


def test_what_goes_wrong_is_told_with_host_cause_and_remedy_in_both_doors(
    start_fleet: Any, playground: Playground
) -> None:
    specs = [
        PhoneSpec(name=name, admin_password=spec.admin_password, offline=spec.offline, rest=spec.rest)
        for name, (spec, _kind, _remedy) in FAULTY.items()
    ]
    fleet = start_fleet(*specs, tls=False)
    fleet["busy"].fault("http", status="403", times=0)
    fleet["garbage"].fault("html", times=0)
    fleet["truncated"].fault("truncated", times=0)
    fleet["slow"].fault("hang", times=0)
    options = {
        "parameters": {"reg.1.label": "x"},
        "timeout": "{{ 1 if inventory_hostname == 'slow' else 20 }}",
        "lockout_time": 0,
        "password": "{{ '456' if inventory_hostname == 'factory-password' else ansible_password }}",
    }
    tasks = both_doors("set", "polycom.vvx.vvx_config", options, ignore_errors=True, ignore_unreachable=True)
    run = playground.play(fleet, tasks)
    for name, (_spec, kind, remedy) in FAULTY.items():
        for door in ("action", "module"):
            task = f"set ({door})"
            result = run.of(task, name)
            if kind is None:
                assert run.state(task, name) == "ok"
                continue
            assert run.state(task, name) == ("unreachable" if kind == "unreachable" else "failed"), (name, door, result)
            assert result["error"]["kind"] == kind, (name, door, result)
            assert fleet[name].host in result["msg"] and remedy in result["msg"]
            assert "Traceback" not in result["msg"]
    assert fleet["wrong-password"].count() == 2, "one attempt for each door"
    assert "Traceback" not in run.output


def test_the_jump_hosts_own_password_never_goes_to_a_phone(phone: Phone, playground: Playground) -> None:
    task = {"name": "facts", "polycom.vvx.vvx_facts": {}, "ignore_errors": True, **MODULE_DOOR}
    run = playground.play([phone], [task], variables={"ansible_password": None})
    assert "password is not set" in run.of("facts")["msg"]
    assert phone.count() == 0


def test_tls_failures_name_the_option_that_helps(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="fleet-ca"),
        PhoneSpec(name="factory", certificate="factory"),
        PhoneSpec(name="expired", certificate="expired"),
    )
    name = "{{ 'none' if inventory_hostname == 'expired' else 'name' }}"
    run = playground.play(
        fleet,
        [
            *both_doors("system CAs", "polycom.vvx.vvx_facts", ignore_errors=True),
            *both_doors(
                "own CA",
                "polycom.vvx.vvx_facts",
                {"ca_path": fleet.factory_ca_path, "verify_hostname": name},
                ignore_errors=True,
            ),
            *both_doors("no check", "polycom.vvx.vvx_facts", {"validate_certs": False}),
        ],
        variables={"ansible_vvx_use_ssl": True},
    )
    for door in ("action", "module"):
        for host in ("fleet-ca", "factory", "expired"):
            assert run.of(f"system CAs ({door})", host)["error"]["kind"] == "tls"
            assert run.state(f"no check ({door})", host) == "ok"
        assert "ca_path" in run.of(f"system CAs ({door})", "fleet-ca")["msg"]
        assert "ansible_vvx_verify_hostname" in run.of(f"own CA ({door})", "factory")["msg"]
        assert "expired or not yet valid" in run.of(f"own CA ({door})", "expired")["msg"]
    assert "InsecureRequestWarning" not in run.output and "WARNING" not in run.output


def test_switches_of_a_phone_do_not_matter_to_the_user(start_fleet: Any, playground: Playground) -> None:
    """Digest only, kept connections, strict paths, masked secrets, other shapes: the same play, the same outcome."""
    unusual = Switches(
        challenge="digest", keep_alive="keep", path_case="strict", secrets="masked", invalid_params="list"
    )
    fleet = start_fleet(PhoneSpec(name="usual"), PhoneSpec(name="unusual", switches=unusual))
    task = {
        "name": "set",
        "polycom.vvx.vvx_config": {"parameters": {"reg.1.displayName": "Desk", "reg.3.auth.password": "x"}},
    }
    run = playground.play(fleet, [task], ca_path=fleet.ca_path)
    assert run.code == 0, run.output
    results = [bare(run.of("set", name)) for name in ("usual", "unusual")]
    for result in results:
        result.pop("requests")
        result.pop("diff")
    assert results[0] == results[1]
