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
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, Image, PhoneSpec, Switches
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
            self.write(name, re.sub(r"(retries|delay|wait_timeout): \d{1,2}\b", r"\1: 1", content))
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
    site.fleet["berlin-1001"].fault("unregistered", servers=["sip2.example.org"])
    site.follow("move-sip-server")
    assert [run.code for run in site.runs][-1] != 0
    assert site.value("berlin-1001", "reg.1.server.1.address") == old != "sip2.example.org"
    assert site.fleet["berlin-1002"].count("config/set") == 0
    assert "did not register line 1 within 1 s. The previous values were written back." in site.shown


def test_give_every_phone_its_own_password(site: Site) -> None:
    site.write("inventory/group_vars/phones/quick.yml", {"vvx_lines_delay": 0})
    site.follow("rotate-passwords")
    site.succeeded()
    own = ["x7-Kestrel-41", "q2-Harbour-93", "v5-Lantern-77"]
    assert [phone.password_of("Polycom") for phone in site.fleet] == own
    assert not any(password in site.shown for password in own) and "3 phones have the next one" in site.shown


def test_one_password_for_each_phone_without_a_list(site: Site) -> None:
    page = (PAGES / "rotate-passwords.md").read_text(encoding="utf-8")
    (variable,) = re.findall(r"^ansible_vvx_password_next: >-\n.*?(?=^```)", page, re.DOTALL | re.MULTILINE)
    seed = {"vault_seed_2027": "a long text that is in a vault file", "vvx_lines_delay": 0}
    site.write("inventory/group_vars/phones/passwords.yml", variable + yaml.safe_dump(seed))
    for _run in range(2):
        site.do("ansible-playbook", "polycom.vvx.rotate_passwords", "-i", "inventory")
    site.succeeded()
    own = {phone.password_of("Polycom") for phone in site.fleet}
    assert len(own) == 3 and all(re.fullmatch("[A-Za-z0-9]{20}", password) for password in own)
    assert {outcome.result["phones"]["as_desired"] for outcome in site.runs[-1].by("vvx_rotate_rollout")} == {3}
    kept = [path.read_bytes() for path in site.playground.folder.rglob("*") if path.is_file()]
    assert not any(password.encode() in content for password in own for content in kept), "no file has them"


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


def test_set_up_a_new_phone(start_fleet: Callable[..., Fleet], playground: Playground) -> None:
    polling = Switches(poll_seconds=0.3)
    phone = PhoneSpec(
        name="berlin-1001", mac="0004f2aabbcc", rest="off", admin_password="456", lines=0, switches=polling
    )
    (playground.folder / "provisioning").mkdir()
    site = Site(start_fleet(phone, tls=False, provisioning=playground.folder / "provisioning"), playground)
    site.follow("new-phone")
    site.succeeded()
    assert "1 phone: 1 enrolled." in site.shown and PASSWORD not in site.shown
    assert site.value("berlin-1001", "reg.1.server.1.address") == "sip.berlin.example.org"
    assert site.fleet["berlin-1001"].password_of("Polycom") == PASSWORD
    written = (playground.folder / "provisioning" / "0004f2aabbcc-vvx.cfg").read_text(encoding="utf-8")
    assert 'apps.restapi.enabled="1"' in written and PASSWORD not in written


def test_set_the_same_soft_keys_on_all_reception_phones(site: Site) -> None:
    site.follow("soft-keys")
    site.succeeded()
    assert [site.value(phone.name, "softkey.1.label") for phone in site.fleet] == ["Door", "", "Door"]
    assert site.value("lisbon-2001", "softkey.1.action") == "*81$Tinvite$"


def test_import_provisioning_files(site: Site) -> None:
    phone = site.fleet["berlin-1001"]
    own = (
        '<ALL reg.1.label="Gate 7" reg.1.auth.password="Zq7-secret" up.idleTimeout="75" device.set="1" '
        f'device.auth.localAdminPassword.set="1" device.auth.localAdminPassword="{PASSWORD}"/>'
    )
    site.write(f"old/{phone.mac}.cfg", f'<APPLICATION CONFIG_FILES="{phone.mac}-user.cfg"/>')
    site.write(f"old/{phone.mac}-user.cfg", own)
    site.follow("import-files")
    site.succeeded()
    assert "1 phone, 2 files read: 0 parameters for all, 0 for groups, 4 for single phones, 2 secrets." in (
        " ".join(site.shown.split())
    )
    vault = site.playground.folder / "imported" / "group_vars" / "phones" / "imported_vault.yml"
    assert vault.read_text(encoding="utf-8").startswith("$ANSIBLE_VAULT")
    assert "Zq7-secret" not in site.shown
    address = {"ansible_host": phone.host, "ansible_port": phone.port, "ansible_vvx_use_ssl": False}
    site.write("imported/zz-addresses.yml", {"all": {"hosts": {phone.mac: address}}})
    site.do("ansible-playbook", "polycom.vvx.configure", "-i", "imported")
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


MAIL = """\
import json, pathlib
from ansible.module_utils.basic import AnsibleModule
options = {name: {"type": "list"} for name in ("to", "attach")} | {"from": {}, "host": {}, "subject": {}, "body": {}}
module = AnsibleModule(argument_spec=options)
pathlib.Path("mail.json").write_text(json.dumps(module.params))
module.exit_json(changed=True)
"""
"""In place of community.general.mail, whose options these are."""


@pytest.fixture
def chat() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a webhook, and the messages that it has got."""
    messages = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_arguments: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/x", messages
    server.shutdown()
    server.server_close()
    thread.join()


def test_send_the_report_to_a_chat_or_by_mail(site: Site, chat: tuple[str, list[dict[str, Any]]]) -> None:
    address, messages = chat
    label = "{{ 7*7 }} @all <!channel>"
    site.fleet["berlin-1002"].set_layer("web", {"reg.1.label": label})
    site.fleet["lisbon-2001"].fault("html", times=0)
    site.write("inventory/group_vars/all/chat.yml", {"chat_webhook": address})
    site.write("collections/ansible_collections/community/general/plugins/modules/mail.py", MAIL)
    site.follow("morning-report")
    assert site.runs[0].code == 0, site.shown
    (message,) = messages
    assert list(message) == ["text"] and " 3 phones need attention.** Data of " in message["text"]
    assert "* error (1 phone): `lisbon-2001`. " in message["text"]
    assert "has `{{ 7*7 }} @all < !channel>` (1 phone): `berlin-1002`" in message["text"], message["text"]
    mail = json.loads((site.playground.folder / "mail.json").read_text(encoding="utf-8"))
    assert mail["body"] == message["text"] and mail["subject"].endswith(" of 3 phones need attention")
    assert [Path(path).read_bytes()[:15] for path in mail["attach"]] == [b"<!DOCTYPE html>"]


def at_any_time(site: Site) -> None:
    """The page says at night."""
    site.write("inventory/group_vars/phones/zz-test.yml", {"vvx_window": "", "vvx_firmware_watch": 1})


def test_update_firmware_at_night(site: Site) -> None:
    at_any_time(site)
    old, new = site.fleet["berlin-1001"], site.fleet["berlin-1002"]
    new.install("5.9.3.2489")
    old.install("5.8.0.12848")
    site.fleet.images["http://firmware.example.org/vvx/5.9.3"] = {"*": Image("5.9.3.2489")}
    site.follow("update-firmware")
    site.succeeded()
    assert (old.firmware, old.restarts, new.restarts) == ("5.9.3.2489", 1, 0) and new.count("config/set") == 0
    assert site.value("berlin-1001", "device.prov.upgradeServer") == "http://firmware.example.org/vvx/5.9.3"


def test_a_phone_that_keeps_its_firmware_ends_the_update(site: Site) -> None:
    at_any_time(site)
    for phone in site.fleet:
        phone.install("5.8.0.12848")
    site.follow("update-firmware")
    assert site.runs[-1].code != 0 and "still runs 5.8.0.12848 instead of 5.9.3.2489" in site.shown
    assert [phone.restarts for phone in site.fleet] == [1, 0, 0]


def test_find_out_why_a_phone_does_not_work(site: Site) -> None:
    site.fleet["berlin-1001"].spec.offline = True
    site.follow("diagnose")
    assert "berlin-1001" in site.shown


def test_review_changes_before_they_reach_the_phones(site: Site) -> None:
    site.write("inventory/group_vars/phones/zz-test.yml", {"vvx_lines_delay": 0})
    site.follow("review-and-apply")
    site.succeeded()
    planned, foreseen, done = site.runs
    assert "3 phones" in planned.output and "Wave 1 of 2 (canary, 1 phone): berlin-1001" in foreseen.output
    plan = json.loads((site.playground.folder / "plan.json").read_text(encoding="utf-8"))
    assert set(plan["phones"]) == set(PHONES) and VAULT["vault_sip_secret"] not in json.dumps(plan)
    assert "ntp2.berlin.example.org" in (site.playground.folder / "plan.md").read_text(encoding="utf-8")
    assert [site.value(host, "tcpIpApp.sntp.address") for host in PHONES] == (
        ["ntp2.berlin.example.org"] * 2 + ["ntp.lisbon.example.org"]
    )
    assert all(phone.count("config/set") == 1 for phone in site.fleet), done.output
    assert len(list(site.playground.folder.glob(f"{plan['id']}.journal"))) == 1
