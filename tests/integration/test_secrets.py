# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets never leak, and never eat other data: through real ansible-playbook, as loud as it gets, in both doors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec, Switches
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, both_doors, inventory

SIP_SECRET = "zq-sip-secret-7731"
OLD_SECRET = "zq-old-secret-7732"
ADMIN_PASSWORD = "zq-admin-password-7733"
PARAMETERS = {
    "reg.1.label": "Desk",
    "reg.1.auth.password": "{{ sip_secret }}",
    "device.prov.password": "{{ sip_secret }}",
    "reg.2.auth.password": "{{ sip_secret }}",
}


LOUD_TASKS = [
    *both_doors(
        "check",
        "polycom.vvx.vvx_config",
        {"parameters": PARAMETERS, "update_secrets": "always"},
        check_mode=True,
        register="checked",
    ),
    {"name": "shown", "ansible.builtin.debug": {"var": "checked"}},
    *both_doors(
        "set",
        "polycom.vvx.vvx_config",
        {"parameters": PARAMETERS, "update_secrets": "always"},
        register="done",
        ignore_errors=True,
    ),
    {"name": "shown again", "ansible.builtin.debug": {"var": "done"}},
    *both_doors(
        "unknown",
        "polycom.vvx.vvx_config",
        {"parameters": {**PARAMETERS, "reg.1.auth.passwrd": "{{ sip_secret }}"}},
        ignore_errors=True,
    ),
    *both_doors(
        "bad", "polycom.vvx.vvx_config", {"parameters": {"reg.1.pin": ["{{ sip_secret }}"]}}, ignore_errors=True
    ),
    *both_doors("refused", "polycom.vvx.vvx_facts", {"username": "User"}, ignore_errors=True),
]


ON_PHONE = ("empty", "real", "masked")
"""What a phone says of its secrets."""


@shared_run
def loud(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Run:
    old = {"web": {"reg.1.auth.password": OLD_SECRET}}
    specs = [
        PhoneSpec(name=name, admin_password=ADMIN_PASSWORD, switches=Switches(secrets=name), layers=old)
        for name in ON_PHONE
    ]
    fleet = start_shared_fleet(*specs, tls=False)
    for phone in fleet:
        phone.fault("ignore_set", names=["reg.2.auth.password", "reg.1.label"])
    variables = {"ansible_password": ADMIN_PASSWORD, "sip_secret": SIP_SECRET}
    return shared_playground().play(fleet, LOUD_TASKS, "-vvvv", "--diff", variables=variables)


@pytest.mark.parametrize("on_phone", ON_PHONE)
def test_no_secret_appears_however_loud(loud: Run, on_phone: str) -> None:
    assert loud.of("set (action)", on_phone)["secrets_written"], loud.output
    assert loud.state("set (action)", on_phone) == "failed"
    everything = loud.output + json.dumps([outcome.result for outcome in loud.outcomes])
    for secret in (SIP_SECRET, OLD_SECRET, ADMIN_PASSWORD):
        assert secret not in everything, everything[max(0, everything.find(secret) - 300) :][:600]
    assert "(secret, written anew)" in loud.output


def test_nor_does_what_other_modules_are_told(start_fleet: Any, playground: Playground) -> None:
    told = {
        name: f"zq-{name.replace('_', '-')}-77"
        for name in ("new_password", "skype_password", "lock_code", "text", "data")
    }
    phone = start_fleet(
        PhoneSpec(firmware="6.4.0.1", base_profile="Lync", layers={"config": {"httpd.ta.enabled": "1"}}), tls=False
    ).phones[0]
    skype = {
        "state": "signed_in",
        "address": "a@example.org",
        "user": "a",
        "skype_password": told["skype_password"],
        "lock_code": told["lock_code"],
    }
    request = {
        "method": "POST",
        "path": "/api/v1/mgmt/simulateTextInput",
        "data": {"Value": told["data"], "ReplaceText": "false"},
    }
    tasks = [
        *both_doors("skype", "polycom.vvx.vvx_skype", skype),
        *both_doors("touch", "polycom.vvx.vvx_touch", {"action": "text", "text": told["text"]}),
        *both_doors("request", "polycom.vvx.vvx_request", request),
        *both_doors(
            "refused", "polycom.vvx.vvx_request", {**request, "path": "/api/v1/mgmt/skype/signIn"}, ignore_errors=True
        ),
        *both_doors(
            "short",
            "polycom.vvx.vvx_password",
            {"new_password": told["new_password"], "min_length": 30},
            ignore_errors=True,
        ),
        *both_doors("password", "polycom.vvx.vvx_password", {"new_password": told["new_password"], "account": "user"}),
    ]
    run = playground.play([phone], tasks, "-vvvv")
    assert run.code == 0, run.output
    sent = json.dumps([request.data for request in phone.log])
    everything = run.output + json.dumps([outcome.result for outcome in run.outcomes])
    for name, secret in told.items():
        assert secret in sent, f"{name} has gone to the phone"
        assert secret not in everything, everything[max(0, everything.find(secret) - 300) :][:600]


def test_a_password_of_456_damages_nothing(start_fleet: Any, playground: Playground) -> None:
    """Ansible itself masks by value: the MAC 0004f2456abc would become 0004f2********abc."""
    fleet = start_fleet(
        PhoneSpec(
            mac="0004f2456abc",
            firmware="5.9.4560.456",
            admin_password="4560",
            layers={"web": {"reg.3.label": "Desk 456"}},
        ),
        tls=False,
    )
    tasks = [
        *both_doors("facts", "polycom.vvx.vvx_facts", {"gather_subset": "all"}),
        *both_doors(
            "set",
            "polycom.vvx.vvx_config",
            {
                "parameters": {
                    "reg.1.auth.password": "456",
                    "reg.1.address": "4560456",
                    "reg.3.label": "Desk 4560",
                    "up.idleTimeout": 456,
                }
            },
            check_mode=True,
            diff=True,
        ),
        *both_doors(
            "unknown",
            "polycom.vvx.vvx_config",
            {"parameters": {"reg.456.adress": "456", "reg.1.pin": "456"}},
            ignore_errors=True,
        ),
    ]
    run = playground.play(fleet, tasks, "-vvv", variables={"ansible_password": "4560"})
    for door in ("action", "module"):
        device = run.of(f"facts ({door})")["ansible_facts"]["vvx"]["device"]
        assert device["mac"] == "00:04:f2:45:6a:bc"
        assert device["firmware"] == "5.9.4560.456"
        result = run.of(f"set ({door})")
        assert result["after"] == {"reg.1.address": "4560456", "reg.3.label": "Desk 4560", "up.idleTimeout": "456"}
        assert result["before"]["reg.3.label"] == "Desk 456"
        assert "reg.456.adress" in run.of(f"unknown ({door})")["msg"]
    assert "********" not in json.dumps([outcome.result for outcome in run.outcomes])


def test_vaulted_texts_reach_the_phone_in_clear(start_fleet: Any, playground: Playground) -> None:
    """A text encrypted inline, in the inventory as the password and in the task as a parameter."""
    fleet = start_fleet(PhoneSpec(admin_password=ADMIN_PASSWORD), tls=False)
    key = playground.write("key", "the-vault-key")
    sealed = {}
    for text in (ADMIN_PASSWORD, SIP_SECRET):
        command = [sys.executable, "-m", "ansible", "vault", "encrypt_string", "--vault-password-file", str(key), text]
        sealed[text] = playground.start(command).stdout
    phone = fleet.phones[0]
    hosts = f"all:\n  hosts:\n    phone-1:\n      ansible_host: {phone.host}\n      ansible_port: {phone.port}\n"
    hosts += "      ansible_vvx_use_ssl: false\n"
    hosts += "      ansible_password: " + sealed[ADMIN_PASSWORD].replace("\n", "\n    ").rstrip() + "\n"
    play = "- hosts: all\n  gather_facts: false\n  tasks:\n    - name: set\n"
    play += "      polycom.vvx.vvx_config:\n        update_secrets: always\n        parameters:\n"
    play += "          reg.1.auth.password: " + sealed[SIP_SECRET].replace("\n", "\n          ").rstrip() + "\n"
    play += "          reg.1.label: " + sealed[SIP_SECRET].replace("\n", "\n          ").rstrip() + "\n"
    run = playground.run(
        str(playground.write("play.yml", play)),
        "-i",
        str(playground.write("hosts.yml", hosts)),
        "--vault-password-file",
        str(key),
        "--check",
    )
    assert run.code == 0, run.output
    assert run.of("set")["after"]["reg.1.label"] == SIP_SECRET, "what is no secret by its name is shown"
    assert run.of("set")["secrets_written"] == ["reg.1.auth.password"]


MISREAD = (
    "0123456701",
    "1.23456780",
    "1234_5678",
    "0x12345678",
    "[a, bcdefgh]",
    "{a: bcdefghij}",
    "2026-01-31",
    "true",
)
"""Passwords without quotes that YAML reads as something else."""
MISREAD_PLAY = """
- hosts: HOST
  gather_facts: false
  ignore_errors: true
  tasks:
    - name: password (action)
      polycom.vvx.vvx_password: {new_password: WRITTEN, min_length: 1}
    - name: password (module)
      polycom.vvx.vvx_password: {new_password: WRITTEN, min_length: 1}
      delegate_to: jumphost
    - name: line
      polycom.vvx.vvx_config: {parameters: {reg.1.auth.password: WRITTEN}, update_secrets: always}
"""


@shared_run
def misread(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Run, Fleet]:
    playground = shared_playground()
    fleet = start_shared_fleet(*(PhoneSpec(name=f"phone-{number}") for number in range(len(MISREAD))), tls=False)
    plays = [
        MISREAD_PLAY.replace("HOST", phone.name).replace("WRITTEN", written)
        for phone, written in zip(fleet, MISREAD, strict=True)
    ]
    playground.write("play.yml", "".join(plays))
    playground.write("inventory.yml", inventory(fleet))
    return playground.run("play.yml", "-i", "inventory.yml"), fleet


@pytest.mark.parametrize("written", MISREAD)
def test_a_password_that_yaml_reads_as_something_else_is_refused(misread: tuple[Run, Fleet], written: str) -> None:
    run, fleet = misread
    case = f"phone-{MISREAD.index(written)}"
    for task in ("password (action)", "password (module)", "line"):
        assert (
            run.of(task, case)["error"]["kind"] == "bad_values"
            and "in quotes" in run.of(task, case)["msg"]
            or "is a list" in run.of(task, case)["msg"]
            or "a dictionary" in run.of(task, case)["msg"]
        )
    assert fleet[case].count() == 0
