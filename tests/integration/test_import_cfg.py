# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of provisioning files, and phones that were provisioned from it: imported, nothing is left to configure."""

from __future__ import annotations

import pytest

from corpus.folder import folder
from simulator import PhoneSpec, Switches
from support.fixtures import StartFleet
from support.playbook import Playground

PHONES = 300
KEY = ("--vault-password-file", "vault-password")


@pytest.mark.timeout(290)
def test_phones_that_were_provisioned_from_the_same_folder_do_not_differ(
    start_fleet: StartFleet, playground: Playground
) -> None:
    made = folder(15, PHONES, exact=True)
    old = made.write(playground.folder / "old")
    models = {phone.mac: phone.model.replace("VVX", "VVX ") for phone in made.phones.values()}
    shown = Switches(secrets="real")  # so that secrets are compared, too
    specs = [PhoneSpec(name=mac, mac=mac, model=model, lines=0, switches=shown) for mac, model in models.items()]
    fleet = start_fleet(*specs, tls=False, provisioning=old)
    playground.write("vault-password", "only for this test")
    imported = playground.run("polycom.vvx.import_cfg", "-e", "vvx_folder=old", *KEY)
    assert imported.code == 0, imported.output
    assert [phone.count() for phone in fleet] == [0] * PHONES
    addresses = {
        phone.name: {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_use_ssl": False}
        for phone in fleet
    }
    playground.write("inventory/zz-addresses.yml", {"all": {"hosts": addresses}})
    run = playground.run("polycom.vvx.configure", "-i", "inventory", "--check", *KEY)
    assert run.code == 0, run.output[-3000:]
    assert f"{PHONES} phones: 0 would change, {PHONES} unchanged" in run.output, run.output[-3000:]
    assert sum(phone.count("config/set") for phone in fleet) == 0 and fleet.violations == []
    assert not any(secret in text for text in (imported.output, run.output) for secret in made.secrets)
