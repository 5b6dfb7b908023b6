# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scan finds, keeps and says: rotated passwords, phones that do not answer, nothing at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from simulator import PhoneSpec
from support.discovery import FILE, ask, write
from support.playbook import PASSWORD, Playground


def test_rotated_phones_are_found_with_the_passwords_of_a_vault_file(start_fleet: Any, playground: Playground) -> None:
    """The YAML of the documentation: one file for the scan and for playbooks."""
    fleet = start_fleet(
        PhoneSpec(certificate="factory", admin_password="rotated-one"),
        PhoneSpec(certificate="factory", admin_password="rotated-two"),
        PhoneSpec(certificate="factory"),
    )
    page = (Path(__file__).parents[2] / "docs" / "inventory.md").read_text()
    page = page[page.index("## Passwords of single phones") :]
    vault, scan, variables = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[:3]
    for text, own in (("...1", "rotated-one"), ("...2", "rotated-two"), ("...", PASSWORD)):
        vault = vault.replace(text, own)
    playground.write("group_vars/phones/vault.yml", vault.replace("0004f2aabbcc", fleet.phones[0].mac))
    playground.write("group_vars/phones/vars.yml", variables)
    playground.write("key", "vault-key\n")
    playground.start(
        [sys.executable, "-m", "ansible", "vault", "encrypt", "--vault-password-file", "key"]
        + ["group_vars/phones/vault.yml"]
    )
    playground.write("phones.csv", f"mac,name,site\n{fleet.phones[1].mac},berlin-1002,Berlin\n")
    write(playground, fleet, csv={"path": "phones.csv"})
    file = playground.folder / FILE
    documented = yaml.safe_load(scan)
    del documented["addresses"]
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), **documented}))
    tasks = [{"name": "facts", "polycom.vvx.vvx_facts": {}}]
    reach = {"VVX_CA_PATH": fleet.factory_ca_path, "VVX_VERIFY_HOSTNAME": "mac"}
    play = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    run = playground.run(str(play), "-i", FILE, "--vault-password-file", "key", VVX_PASSWORD="", **reach)
    said = re.search(r"site\.vvx\.yml: 6 addresses: 3 phones, (.*)", run.output)
    assert said and sum(map(int, re.findall(r"\d+", said[1]))) == 3, run.output
    assert run.code == 0 and {outcome.host for outcome in run.outcomes} == {
        fleet.phones[0].mac,
        "berlin-1002",
        fleet.phones[2].mac,
    }
    assert [(phone.count(), phone.auth_failures) for phone in fleet] == [(3, 0)] * 3


def test_phones_that_somebody_named_stay_in_the_inventory(start_fleet: Any, playground: Playground) -> None:
    """A column site makes the group site_berlin, for phones that are off, too; what is only in a range is left out."""
    fleet = start_fleet(PhoneSpec(certificate="factory", admin_password="another"), PhoneSpec(certificate="factory"))
    fleet.phones[1].offline = True
    playground.write("phones.csv", "ip,name,Site\n127.77.0.2,front,New Berlin\n")
    write(playground, fleet, addresses=["127.77.0.0-1", "127.77.0.3-6"], csv={"path": "phones.csv"})
    output = " ".join(ask(playground, "--graph").split())
    assert "@vvx_unreachable: | |--front" in output and "@Site_New" not in output, output
    assert "@site_new_berlin: | |--front" in output, output
    assert "1 left out, authentication_failed: 127.77.0.1." in output and fleet.phones[0].auth_failures == 1
    assert "7 addresses: 0 phones, 1 refused the password, " in output and "; 1 phone in vvx_unreachable" in output
    write(playground, fleet, addresses=["127.77.0.3-6"], group_by=["sitee", "modle"], csv={"path": "phones.csv"})
    output = " ".join(ask(playground, "--graph").split())
    assert "group_by: no host has sitee. Did you mean Site?" in output, output
    assert "group_by: no host has modle. Did you mean model?" in output, output


def test_a_scan_that_found_nothing_says_what_it_saw(start_fleet: Any, playground: Playground) -> None:
    """And ``--list`` stays JSON on standard output."""
    fleet = start_fleet()
    write(playground, fleet, addresses=["127.77.0.1-3"], ca_path=fleet.ca_path)
    write(playground, fleet, "port.vvx.yml", addresses=["127.77.0.1-3"], port=1)
    command = [sys.executable, "-m", "ansible", "inventory", "-i", FILE, "-i", "port.vvx.yml", "--list", "-v"]
    run = subprocess.run(
        command,
        cwd=playground.folder,
        env=playground.environment(VVX_PASSWORD=PASSWORD),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout[run.stdout.index("{\n") :])["_meta"]["hostvars"] == {}
    assert (
        "site.vvx.yml: 3 addresses: 0 phones, 1 with another certificate (nothing was sent: see ca_path" in run.stderr
    )
    assert "port.vvx.yml: 3 addresses: 0 phones, 3 refused the connection (see port)\n" in run.stderr, run.stderr
