# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of docs/howto: their files are written and their commands run as they stand, and do what the page says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, PhoneSpec
from support.playbook import Playground, Run

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "howto"
EXAMPLE = ROOT / "docs" / "example" / "inventory"
VAULT = yaml.safe_load((EXAMPLE / "group_vars" / "phones" / "vault.yml").read_text(encoding="utf-8"))
PASSWORD = VAULT["vault_phone_password"]
PHONES = {"berlin-1001": "VVX 250", "berlin-1002": "VVX 411", "lisbon-2001": "VVX 411"}
KEY = ("--vault-password-file", "vault-password")
ANSIBLE = {"ansible-playbook", "ansible-vault", "ansible-inventory"}


class Site:
    """The example inventory with three phones, and a folder in which the files of a page lie and its commands run."""

    def __init__(self, fleet: Fleet, playground: Playground) -> None:
        self.fleet = fleet
        self.playground = playground
        self.runs: list[Run] = []
        folder = playground.folder / "inventory"
        shutil.copytree(EXAMPLE, folder)
        groups = yaml.safe_load((folder / "hosts.yml").read_text(encoding="utf-8"))
        for group in groups["phones"]["children"].values():
            group["hosts"] = {name: said for name, said in group["hosts"].items() if name in PHONES}
        self.write("inventory/hosts.yml", groups)
        addresses = {
            phone.name: {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_use_ssl": False}
            for phone in fleet
        }
        self.write("inventory/zz-addresses.yml", {"all": {"hosts": addresses}})
        self.write("vault-password", "only for this test")

    def write(self, name: str, content: Any) -> None:
        self.playground.write(name, content)

    def follow(self, page: str) -> None:
        """Do what the page says, with waits of a second at most."""
        text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
        for name, content in re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL):
            self.write(name, re.sub(r"(retries|delay): \d+", r"\1: 1", content))
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            for command in block.replace("\\\n", " ").splitlines():
                self.do(*shlex.split(command, comments=True))

    def do(self, program: str, *arguments: str) -> None:
        if program == "ansible-playbook":
            self.runs.append(self.playground.run(*arguments, *KEY))
        elif program in ANSIBLE:
            self.playground.start([sys.executable, "-m", "ansible", program.removeprefix("ansible-"), *arguments, *KEY])
        else:
            self.playground.start([program, *arguments])

    def value(self, host: str, parameter: str) -> str:
        return self.fleet[host].value(parameter)[0]

    @property
    def shown(self) -> str:
        return "\n".join(run.output for run in self.runs)

    def succeeded(self) -> None:
        assert self.runs and all(run.code == 0 for run in self.runs), self.shown
        assert self.fleet.violations == []


@pytest.fixture
def site(start_fleet: Callable[..., Fleet], playground: Playground) -> Site:
    specs = [PhoneSpec(name=name, admin_password=PASSWORD, model=model) for name, model in PHONES.items()]
    return Site(start_fleet(*specs, tls=False), playground)


def test_every_page_is_listed_and_tested() -> None:
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    assert pages == set(re.findall(r"\]\((\S+)\.md\)", (PAGES / "README.md").read_text(encoding="utf-8")))
    source = Path(__file__).read_text(encoding="utf-8")
    assert pages == set(re.findall(r'site\.follow\("([a-z-]+)"\)', source))


def test_move_phones_to_another_sip_server(site: Site) -> None:
    site.follow("move-sip-server")
    site.succeeded()
    assert [site.value(host, "reg.1.server.1.address") for host in ("berlin-1001", "berlin-1002")] == (
        ["sip2.example.org"] * 2
    )
    assert site.fleet["lisbon-2001"].count() == 0


def test_a_phone_that_does_not_register_is_moved_back_and_ends_the_move(site: Site) -> None:
    old = site.value("berlin-1001", "reg.1.server.1.address")
    site.fleet["berlin-1001"].fault("unregistered")
    site.follow("move-sip-server")
    assert [run.code for run in site.runs][-1] != 0
    assert site.value("berlin-1001", "reg.1.server.1.address") == old != "sip2.example.org"
    assert site.fleet["berlin-1002"].count("config/set") == 0
    assert "berlin-1001 did not register" in site.runs[-1].output


def test_give_every_phone_its_own_password(site: Site) -> None:
    site.follow("rotate-passwords")
    site.succeeded()
    assert [phone.password_of("Polycom") for phone in site.fleet] == ["x7-Kestrel-41", "q2-Harbour-93", PASSWORD]
    assert "Kestrel" not in site.shown and "Harbour" not in site.shown


def test_list_phones_with_old_firmware(site: Site) -> None:
    site.fleet["berlin-1002"].firmware = "5.4.0.10182"
    site.fleet["lisbon-2001"].firmware = "5.8.0.12848"
    site.follow("old-firmware")
    site.succeeded()
    assert "berlin: berlin-1002" in site.shown and "lisbon: lisbon-2001" in site.shown


def test_change_a_label_where_it_equals_something(site: Site) -> None:
    site.fleet["berlin-1002"].set_layer("web", {"reg.1.label": "Front desk"})
    other = site.value("berlin-1001", "reg.1.label")
    site.follow("change-labels")
    site.succeeded()
    assert site.value("berlin-1002", "reg.1.label") == "Reception" and site.value("berlin-1001", "reg.1.label") == other


def test_get_a_mail_when_phones_drift(site: Site) -> None:
    site.fleet["berlin-1001"].set_layer("web", {"up.idleTimeout": "17"})
    site.follow("mail-drift")
    assert site.runs[0].code != 0
    assert re.search(r"up\.idleTimeout.*\b60\b.*\b17\b|up\.idleTimeout.*\b17\b.*\b60\b", site.shown), site.shown
    details = json.loads((site.playground.folder / "drift.json").read_text(encoding="utf-8"))
    assert "up.idleTimeout" in json.dumps(details["berlin-1001"])


def test_set_up_a_new_phone(site: Site) -> None:
    site.follow("new-phone")
    assert site.runs[0].code == 0, site.shown
    written = (site.playground.folder / "provisioning" / "0004f2aabbcc.cfg").read_text(encoding="utf-8")
    assert 'apps.restapi.enabled="1"' in written and 'reg.1.server.1.address="sip.berlin.example.org"' in written
    assert written.startswith("<?xml")
    assert f'device.auth.localAdminPassword="{PASSWORD}"' in written and 'device.set="1"' in written
    assert PASSWORD not in site.shown


def test_set_the_same_soft_keys_on_all_reception_phones(site: Site) -> None:
    site.follow("soft-keys")
    site.succeeded()
    assert [site.value(phone.name, "softkey.1.label") for phone in site.fleet] == ["Door", "", "Door"]
    assert site.value("lisbon-2001", "softkey.1.action") == "*81$Tinvite$"


def test_import_provisioning_files(site: Site) -> None:
    site.write(
        "old/berlin-1001.cfg",
        '<ALL reg.1.label="Gate 7" reg.1.auth.password="Zq7-secret" up.idleTimeout="75" apps.restapi.enabled="1"/>',
    )
    site.follow("import-files")
    site.succeeded()
    folder = site.playground.folder / "inventory" / "host_vars" / "berlin-1001"
    plain = yaml.safe_load((folder / "vars.yml").read_text(encoding="utf-8"))["vvx_parameters_host"]
    assert plain["reg.1.label"] == "Gate 7" and "reg.1.auth.password" not in plain
    assert (folder / "vault.yml").read_text(encoding="utf-8").startswith("$ANSIBLE_VAULT")
    assert "Zq7-secret" not in site.shown
    layers = ["vvx_parameters_all", "vvx_parameters_host", "vault_parameters"]
    site.do("ansible-playbook", "polycom.vvx.configure", "-i", "inventory", "--limit", "berlin-1001",
            "-e", json.dumps({"vvx_layers": layers}))  # fmt: skip
    site.succeeded()
    assert site.value("berlin-1001", "reg.1.label") == "Gate 7" and site.value("berlin-1001", "up.idleTimeout") == "75"


def test_check_the_desired_state_in_ci(site: Site) -> None:
    site.follow("check-in-ci")
    site.succeeded()
    site.write("inventory/host_vars/lisbon-2001.yml", {"vvx_parameters_host": {"up.idleTimeout": "soon"}})
    site.follow("check-in-ci")
    assert site.runs[-1].code != 0 and "up.idleTimeout" in site.runs[-1].output
    assert sum(phone.count() for phone in site.fleet) == 0


def test_give_a_phone_list_to_people_with_excel(site: Site) -> None:
    site.follow("excel")
    site.succeeded()
    folder = site.playground.folder / "reports"
    assert (folder / "phones.csv").read_bytes().startswith("\ufeff".encode() + b"host;")
    assert (folder / "phones.xlsx").read_bytes().startswith(b"PK")


def test_update_firmware_at_night(site: Site) -> None:
    old, new = site.fleet["berlin-1001"], site.fleet["berlin-1002"]
    new.firmware = "5.9.3.2489"
    old.firmware = "5.8.0.12848"
    done = threading.Event()

    def update() -> None:
        while not done.wait(0.1):
            if old.restarts:
                old.firmware = "5.9.3.2489"

    updating = threading.Thread(target=update)
    updating.start()
    try:
        site.follow("update-firmware")
    finally:
        done.set()
        updating.join()
    site.succeeded()
    assert (old.restarts, new.restarts) == (1, 0) and new.count("config/set") == 0
    assert site.value("berlin-1001", "device.prov.upgradeServer") == "firmware.example.org/vvx"


def test_a_phone_that_keeps_its_firmware_ends_the_update(site: Site) -> None:
    for phone in site.fleet:
        phone.firmware = "5.8.0.12848"
    site.follow("update-firmware")
    assert site.runs[-1].code != 0 and "berlin-1001 still has 5.8.0.12848." in site.shown
    assert [phone.restarts for phone in site.fleet] == [1, 0, 0]


def test_find_out_why_a_phone_does_not_work(site: Site) -> None:
    site.fleet["berlin-1001"].spec.offline = True
    site.follow("diagnose")
    assert "berlin-1001" in site.shown
