# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first steps in the README work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from simulator import PhoneSpec
from support.playbook import Playground

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_phone(start_fleet: Any, playground: Playground) -> None:
    inventory, play = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[:2]
    fleet = start_fleet(PhoneSpec(admin_password="a-better-one"))
    phone = fleet.phones[0]
    hosts = yaml.safe_load(inventory)
    assert hosts["phones"]["hosts"]["reception"] == {"ansible_host": "192.0.2.11"}
    hosts["phones"]["hosts"]["reception"] = {
        "ansible_host": phone.host,
        "ansible_port": phone.port,
        "ansible_vvx_validate_certs": False,
    }
    arguments = ("site.yml", "-i", "inventory.yml", "-e", "vault_phone_password=a-better-one", "--diff")
    playground.write("inventory.yml", hosts)
    playground.write("site.yml", play)
    foreseen = playground.run(*arguments, "--check")
    assert foreseen.code == 0, foreseen.output
    assert phone.value("reg.1.label")[0] != "Reception"
    done = playground.run(*arguments)
    assert done.code == 0, done.output
    assert phone.value("reg.1.label") == ("Reception", "web")
    assert (
        "+tcpIpApp.sntp.address: ntp.example.org" in foreseen.output
        and "+tcpIpApp.sntp.address: ntp.example.org" in done.output
    )
    assert fleet.violations == []
