# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks that run by name, on the example inventory."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, PhoneSpec
from support.playbook import Playground

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "inventory"
PHONES = ("berlin-1001", "berlin-1002", "lisbon-2002")
VAULT = yaml.safe_load((EXAMPLE / "group_vars" / "phones" / "vault.yml").read_text())


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    specs = [
        PhoneSpec(name=name, admin_password=VAULT["vault_phone_password"], model=model)
        for name, model in zip(PHONES, ("VVX 250", "VVX 411", "VVX 601"), strict=True)
    ]
    result: Fleet = start_fleet(*specs, tls=False)
    return result


@pytest.fixture
def hosts(fleet: Fleet, playground: Playground) -> list[str]:
    """The example inventory, with a second one beside it that says where the simulated phones are."""
    shutil.copytree(EXAMPLE, playground.folder / "inventory")
    addresses = {
        phone.name: {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_use_ssl": False}
        for phone in fleet
    }
    return [
        "-i",
        "inventory/hosts.yml",
        "-i",
        str(playground.write("addresses.yml", {"all": {"hosts": addresses}})),
        "--limit",
        ",".join(PHONES),
    ]


def test_configure_merges_what_groups_and_hosts_say(fleet: Fleet, hosts: list[str], playground: Playground) -> None:
    own = {"vvx_parameters_host": {"reg.1.label": "The boss", "up.backlight.timeout": 55}}
    playground.write("inventory/host_vars/berlin-1002.yml", own)
    check = playground.run("polycom.vvx.configure", *hosts, "--check", "--diff", "-e", "vvx_diff=each")
    assert check.code == 0, check.output
    assert sum(phone.count("config/set") for phone in fleet) == 0
    done = playground.run("polycom.vvx.configure", *hosts, "--diff", "-e", "vvx_diff=each")
    assert done.code == 0, done.output
    again = playground.run("polycom.vvx.configure", *hosts)
    assert again.by("vvx_config") == [] and "3 phones: 0 changed, 3 unchanged" in again.output
    predicted, real = (
        {outcome.host: outcome.result["diff"] for outcome in run.by("vvx_config")} for run in (check, done)
    )
    assert predicted == real

    assert fleet["berlin-1001"].value("reg.1.server.1.address")[0] == "sip.berlin.example.org"
    assert fleet["lisbon-2002"].value("reg.1.server.1.address")[0] == "sip.lisbon.example.org"
    assert fleet["berlin-1001"].value("up.backlight.timeout")[0] == "20"
    assert fleet["berlin-1002"].value("up.backlight.timeout")[0] == "55"
    assert fleet["berlin-1002"].value("reg.1.label")[0] == "The boss"
    assert all(outcome.result["secrets_skipped"] == ["reg.1.auth.password"] for outcome in done.by("vvx_config")), (
        "the phones have one already"
    )
    rotated = playground.run("polycom.vvx.configure", *hosts, "-e", "vvx_update_secrets=always")
    assert rotated.code == 0, rotated.output
    assert fleet["lisbon-2002"].value("reg.1.auth.password")[0] == f"{VAULT['vault_sip_secret']}-2002"
    for run in (check, done, again, rotated):
        assert VAULT["vault_sip_secret"] not in run.output and VAULT["vault_phone_password"] not in run.output


@pytest.mark.parametrize("limit", ["vvx_max_fail_percentage=0", '{"vvx_max_fail_percentage": 0}'])
def test_configure_goes_in_portions_and_stops_when_too_many_fail(
    fleet: Fleet, hosts: list[str], playground: Playground, limit: str
) -> None:
    fleet["berlin-1001"].fault("http", status="500", times=0)
    run = playground.run("polycom.vvx.configure", *hosts, "-e", "vvx_serial=1", "-e", limit)
    assert run.code != 0
    assert [outcome.host for outcome in run.by("vvx_config")] == ["berlin-1001"]
    assert fleet["berlin-1002"].count("config/set") == fleet["lisbon-2002"].count("config/set") == 0


def test_configure_with_empty_answers_of_a_survey(fleet: Fleet, hosts: list[str], playground: Playground) -> None:
    run = playground.run(
        "polycom.vvx.configure",
        *hosts,
        "--check",
        "-e",
        '{"vvx_serial": "", "vvx_max_fail_percentage": null, "vvx_hosts": ""}',
    )
    assert run.code == 0, run.output
    assert len(run.by("vvx_config")) == 3


def test_facts_are_shown_and_written(fleet: Fleet, hosts: list[str], playground: Playground) -> None:
    run = playground.run("polycom.vvx.facts", *hosts, "-e", "vvx_facts_file=facts.json")
    assert run.code == 0, run.output
    facts = json.loads((playground.folder / "facts.json").read_text())
    assert sorted(facts) == sorted(PHONES)
    assert facts["lisbon-2002"]["device"]["model"] == "VVX 601"
    assert facts["berlin-1001"]["lines"][0]["registered"] is True
    assert run.of("List the phones")["phones"] == 3


@pytest.mark.parametrize("columns", [80, 120])
def test_facts_are_a_table_on_the_screen(fleet: Fleet, hosts: list[str], playground: Playground, columns: int) -> None:
    fleet["berlin-1002"].fault("unregistered")
    quiet = {"COLUMNS": str(columns), "ANSIBLE_DISPLAY_OK_HOSTS": "false"}
    lines = playground.run("polycom.vvx.facts", *hosts, **quiet).output.splitlines()
    start = next(
        number for number, line in enumerate(lines) if re.fullmatch("host +model +firmware +MAC +first line", line)
    )
    table = lines[start : start + 4]
    assert max(map(len, table)) <= columns and [line.split()[0] for line in table[1:]] == list(PHONES)
    mac = table[0].index("MAC")
    assert all(re.match("00:04:f2:", line[mac:]) and line[: mac - 2].rstrip() for line in table[1:])
    assert [line.partition(": ")[2] for line in table[1:]] == ["registered", "not registered", "registered"]


def test_facts_leave_out_what_could_not_be_read(fleet: Fleet, hosts: list[str], playground: Playground) -> None:
    fleet["berlin-1001"].fault("http", status="500", times=0)
    run = playground.run("polycom.vvx.facts", *hosts, "-e", "vvx_facts_file=facts.json", "-e", "vvx_gather_subset=min")
    assert run.code != 0
    assert sorted(json.loads((playground.folder / "facts.json").read_text())) == sorted(PHONES[1:])
