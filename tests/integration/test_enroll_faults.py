# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""New phones: what is written for them, who appears, and what is said of the others. One test for each row of the table
in docs/enroll.md."""

from __future__ import annotations

import json
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from simulator import Fleet, Phone, PhoneSpec, Switches
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

PASSWORD = "kestrel-Harbour-7"
SIP = "zq-sip-secret-23"
REST, ADMIN = "apps.restapi.enabled", "device.auth.localAdminPassword"
PARAMETERS = {
    "reg.1.address": "{{ inventory_hostname }}",
    "reg.1.auth.password": SIP,
    "up.idleTimeout": 55,
    "device.sntp.serverName": "ntp.example.org",
    "device.sec.TLS.customCaCert1": "{{ lookup('ansible.builtin.file', ca_file) | polycom.vvx.ca_certificate }}",
}
WAIT = 6
"""Seconds: at least three looks at each phone."""


def new(name: str, **options: Any) -> PhoneSpec:
    """A phone from the factory: REST off, the factory password, nothing set. It looks at its server all the time."""
    switches = Switches(poll_seconds=options.pop("poll_seconds", 0.2))
    usual = {"rest": "off", "admin_password": "456", "lines": 0, "switches": switches}
    return PhoneSpec(name=name, **{**usual, **options})


@dataclass
class Site:
    fleet: Fleet
    playground: Playground
    runs: dict[str, Run] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.playground.folder / "provisioning"

    def write_inventory(self, **hosts: dict[str, Any]) -> None:
        document = inventory(
            self.fleet, {"ansible_password": PASSWORD, "ca_file": self.fleet.ca_path, "vvx_parameters_all": PARAMETERS}
        )
        phones = document["all"]["children"]["phones"]["hosts"]
        for phone in self.fleet:
            phones[phone.name]["ansible_vvx_mac"] = phone.mac
        for name, variables in hosts.items():
            phones[name] = {**phones[name], **variables}
        self.playground.write("hosts.yml", document)

    def arguments(self, *arguments: str, **variables: Any) -> list[str]:
        extra = {"vvx_folder": "provisioning", "vvx_wait_timeout": WAIT, **variables}
        return ["polycom.vvx.enroll", "-i", "hosts.yml", "-e", json.dumps(extra), *arguments]

    def run(self, *arguments: str, **variables: Any) -> Run:
        run = self.playground.run(*self.arguments(*arguments, **variables), COLUMNS="80")
        said = run.output + json.dumps([outcome.result for outcome in run.outcomes])
        assert PASSWORD not in said and SIP not in said, "a secret was shown"
        assert "Traceback" not in run.output and "PLAY RECAP" in run.output, run.output
        return run

    def file(self, name: str) -> dict[str, str]:
        """What the file of a phone sets, as another reader has it."""
        root = ElementTree.parse(self.folder / f"{self.fleet[name].mac}-vvx.cfg").getroot()
        return {key: value for element in root.iter() for key, value in element.attrib.items()}

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("*")} if self.folder.exists() else {}


def words(run: Run) -> str:
    return " ".join(run.output.split())


def of(run: Run, name: str) -> dict[str, Any]:
    """The result of a phone."""
    found = [outcome for outcome in run.by("vvx_enrolled") if outcome.host == name]
    assert len(found) == 1, run.output
    return {"state": found[0].state, **found[0].result}


@shared_run
def site(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Iterator[Site]:
    """Check mode, a run, and a second run, on phones with all kinds of faults."""
    playground = shared_playground()
    fleet = start_shared_fleet(
        new("happy"),
        PhoneSpec(name="managed", admin_password=PASSWORD, lines=0, layers={"config": {"up.idleTimeout": "55"}}),
        new("unplugged", offline=True),
        new("elsewhere", poll_seconds=0),
        new("otherpassword", rest="config", admin_password="set-by-somebody-1", poll_seconds=0),
        new("impostor", claimed_mac="0004f2ffffff"),
        new("local", layers={"local": {"up.idleTimeout": "10"}}),
        tls=False,
        provisioning=playground.folder / "provisioning",
    )
    found = Site(fleet, playground)
    found.folder.mkdir()
    found.write_inventory()
    found.runs["check"] = found.run("--check")
    assert not found.files()
    found.runs["first"] = found.run()
    found.asked = {phone.name: phone.auth_failures for phone in fleet}
    found.runs["files"] = Run(0, json.dumps(sorted(found.files())))
    found.runs["second"] = found.run("--limit", "happy,managed,local")
    yield found


def test_happy(site: Site) -> None:
    check, first = site.runs["check"], site.runs["first"]
    assert of(check, "happy")["outcome"] == "prepared" and of(check, "happy")["changed"]
    assert "Files would be written for 6 phones" in words(check) and check.code == 0, check.output
    result = of(first, "happy")
    assert result["changed"] and result["outcome"] == "enrolled" and result["as_desired"]
    assert result["file"] == str(site.folder / f"{site.fleet['happy'].mac}-vvx.cfg")
    assert site.fleet["happy"].password_of("Polycom") == PASSWORD
    assert site.fleet["happy"].value("reg.1.address") == ("happy", "config")
    assert site.fleet["happy"].count("config/set") == 0, "all of it comes from the file"
    assert "MII" in site.fleet["happy"].value("device.sec.TLS.customCaCert1")[0], "the authority is in its memory"
    assert site.asked["happy"] == 0, "no login before the phone has its password"
    assert site.file("happy") == {
        REST: "1", "reg.1.address": "happy", "reg.1.auth.password": SIP, "up.idleTimeout": "55",
    }, "what is in the phone's memory is in the file no more"  # fmt: skip
    assert stat.S_IMODE((site.folder / f"{site.fleet['happy'].mac}-vvx.cfg").stat().st_mode) == 0o640
    assert "000000000000.cfg" in json.loads(site.runs["files"].output)
    assert "These files hold passwords in clear text" in words(first)
    assert "7 phones: 2 enrolled, 1 could be managed before, 4 not seen." in words(first), first.output
    assert "7 phones: 2 changed, 1 unchanged, 3 failed, 1 unreachable" in words(first), first.output
    assert "Enrolled: 2 phones: happy, local" in words(first), first.output
    assert "Provisioning file would be written: 6 phones" in words(check), check.output
    assert "7 phones: 1 could be managed before, 6 to be enrolled." in words(check), check.output
    assert "as_desired" not in of(check, "happy")


def test_second_run(site: Site) -> None:
    second = site.runs["second"]
    assert second.code == 0 and "3 phones: 3 could be managed before." in second.output, second.output
    assert not any(outcome.result.get("changed") for outcome in second.outcomes), second.output
    assert sorted(site.files()) == json.loads(site.runs["files"].output)


def test_managed_already(site: Site) -> None:
    assert of(site.runs["first"], "managed")["outcome"] == "answered"
    assert site.fleet["managed"].mac not in str(sorted(site.files()))
    assert site.fleet["managed"].count("config/set") == 0


def test_unplugged(site: Site) -> None:
    result = of(site.runs["first"], "unplugged")
    assert (
        result["state"] == "unreachable" and result["outcome"] == "missing" and result["error"]["kind"] == "unreachable"
    )
    assert site.file("unplugged")[ADMIN] == PASSWORD, "it waits for the phone"
    assert site.runs["first"].code != 0


def test_other_server(site: Site) -> None:
    result = of(site.runs["first"], "elsewhere")
    assert (
        result["state"] == "failed" and result["error"]["kind"] == "rest_disabled" and "DHCP option 66" in result["msg"]
    )
    assert site.asked["elsewhere"] == 0, "no login while REST is off"


def test_other_password(site: Site) -> None:
    result = of(site.runs["first"], "otherpassword")
    assert result["error"]["kind"] == "not_tried" and "another password than its file" in result["msg"]
    assert site.asked["otherpassword"] == 1, "in two runs with several looks, both within the lock-out time"
    assert of(site.runs["check"], "otherpassword")["outcome"] == "prepared"


def test_other_phone(site: Site) -> None:
    result = of(site.runs["first"], "impostor")
    assert result["error"]["kind"] == "other_phone" and ADMIN in site.file("impostor")


def test_differs(site: Site) -> None:
    result = of(site.runs["first"], "local")
    assert result["outcome"] == "enrolled" and not result["as_desired"]
    assert "polycom.vvx.configure" in words(site.runs["first"]) and ADMIN not in site.file("local")


# -- runs of their own


def restarted_when(phone: Phone, condition: Callable[[], bool]) -> None:
    """What somebody in front of the phone does."""
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.5)
    phone.restart()


@pytest.fixture
def small(start_fleet: StartFleet, playground: Playground) -> Site:
    fleet = start_fleet(
        *(new(name, boot_seconds=3.0) for name in ("one", "two", "three")),
        tls=False, provisioning=playground.folder / "provisioning",
    )  # fmt: skip
    made = Site(fleet, playground)
    made.folder.mkdir()
    made.write_inventory()
    return made


def test_killed(small: Site) -> None:
    one, two = small.fleet["one"], small.fleet["two"]
    two.offline = small.fleet["three"].offline = True
    small.playground.run_until(
        lambda: one.password_of("Polycom") == PASSWORD, *small.arguments(vvx_wait_timeout=120), COLUMNS="80"
    )
    two.offline = False
    again = small.run(vvx_wait_timeout=12)
    assert {of(again, name)["outcome"] for name in ("one", "two")} <= {"answered", "enrolled"}
    assert of(again, "three")["outcome"] == "missing"
    assert [ADMIN in small.file(name) for name in ("one", "two", "three")] == [False, False, True]
    assert one.auth_failures == two.auth_failures == 0, "each password that was tried was the right one"


def test_reset_later(small: Site) -> None:
    one = small.fleet["one"]
    only = ("--limit", "one")
    assert of(small.run(*only, vvx_wait_timeout=12), "one")["outcome"] == "enrolled"
    assert ADMIN not in small.file("one")
    one.switches.factory_reset = "reprovisioned"
    one.reset("factory")
    somebody = threading.Thread(target=lambda: restarted_when(one, lambda: ADMIN in small.file("one")))
    somebody.start()
    again = small.run(*only, vvx_wait_timeout=20)
    somebody.join()
    assert of(again, "one")["outcome"] == "enrolled", again.output
    assert one.auth_failures == 1 and one.password_of("Polycom") == PASSWORD and ADMIN not in small.file("one")


def test_not_waited_for(small: Site) -> None:
    run = small.run("--limit", "one", vvx_wait_timeout=0, vvx_secrets="omit", vvx_file_mode="0600")
    result = of(run, "one")
    assert run.code == 0 and result["outcome"] == "prepared" and result["changed"]
    assert small.file("one")[ADMIN] == PASSWORD and "reg.1.auth.password" not in small.file("one")
    assert stat.S_IMODE((small.folder / f"{small.fleet['one'].mac}-vvx.cfg").stat().st_mode) == 0o600
    assert "1 with a file, not waited for" in run.output and "enrolled" not in run.output.partition("SUMMARY")[2]


def test_looked_at_later(small: Site) -> None:
    """Check mode foretells that the password leaves the file of a phone that has it by now."""
    one = small.fleet["one"]
    assert of(small.run("--limit", "one", vvx_wait_timeout=0), "one")["outcome"] == "prepared"
    deadline = time.monotonic() + 60
    while one.password_of("Polycom") != PASSWORD and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(4)
    foretold = small.run("--check", "--limit", "one")
    assert of(foretold, "one")["outcome"] == "answered" and ADMIN in small.file("one"), foretold.output
    assert foretold.by("vvx_enroll")[0].result["changed"] is True
    real = small.run("--limit", "one")
    assert real.by("vvx_enroll")[0].result["changed"] is True and ADMIN not in small.file("one")
    assert small.run("--check", "--limit", "one").by("vvx_enroll")[0].result["changed"] is False


def test_files_of_others(small: Site) -> None:
    own = small.folder / f"{small.fleet['one'].mac}-vvx.cfg"
    own.write_text('<PHONE_CONFIG><ALL reg.1.label="x"/></PHONE_CONFIG>', encoding="utf-8")
    master = small.folder / f"{small.fleet['two'].mac}.cfg"
    master.write_text('<APPLICATION CONFIG_FILES="site.cfg"/>', encoding="utf-8")
    before = small.files()
    refused = small.run()
    assert refused.code == 2 and small.files() == before, refused.output
    said = words(refused)
    assert f"{own.name} was not written by this playbook" in said and "vvx_overwrite" in said
    assert f"{master.name} lists no file for this phone" in said and "2 files can't be written" in said
    run = small.run("--limit", "one,two", vvx_overwrite=True, vvx_wait_timeout=15)
    assert {of(run, name)["outcome"] for name in ("one", "two")} == {"enrolled"}, run.output
    assert {stat.S_IMODE(path.stat().st_mode) for path in small.folder.glob("*.bak")} == {0o600}
    copies = [content for name, content in small.files().items() if name.endswith(".bak")]
    assert sorted(copies) == sorted(before.values())


def test_wrong_input(small: Site) -> None:
    small.write_inventory(
        one={"ansible_vvx_mac": "", "ansible_password": "456"},
        two={"ansible_user": "User", "vvx_parameters_host": {REST: False, ADMIN: "another", "up.idleTimeout": None}},
        three={"ansible_vvx_mac": small.fleet["two"].mac, "ansible_password": "{{ nowhere }}"},
    )
    run = small.run()
    assert run.code == 2 and not small.files() and sum(phone.count() for phone in small.fleet) == 0
    said = words(run)
    for part in (
        "MAC address is not set, and its file is named after it. Set ansible_vvx_mac",
        "ansible_password, which the phone gets, must not be a factory password",
        "ansible_user is not Polycom",
        f"{REST} would switch the REST API off",
        f"{ADMIN} is another password than ansible_password",
        "up.idleTimeout",
        "the variable ansible_password can't be templated",
        "Nothing was written or sent",
    ):
        assert part in said, f"{part}\n{run.output}"
    small.write_inventory(three={"ansible_vvx_mac": small.fleet["two"].mac})
    twins = small.run()
    assert twins.code == 2 and "two, three have the same MAC address, 00:04:f2:00:00:02" in words(twins), twins.output


def test_changing(small: Site) -> None:
    """An admin password that is another one each time it is read: nobody would know what the phone has."""
    changing = "{{ lookup('ansible.builtin.password', '/dev/null', length=14) }}"
    small.write_inventory(two={"ansible_password": changing})
    for arguments in (["--check"], []):
        run = small.run(*arguments)
        assert run.code == 2 and not small.files() and sum(phone.count() for phone in small.fleet) == 0, run.output
        said = words(run)
        assert "ansible_password is another password each time it is read" in said and "needs a seed" in said


def test_unreadable(start_fleet: StartFleet, playground: Playground) -> None:
    """One file must not keep the others from being cleaned up. These phones do not read theirs any more."""
    fleet = start_fleet(*(PhoneSpec(name, admin_password=PASSWORD) for name in ("one", "two")), tls=False)
    site = Site(fleet, playground)
    site.write_inventory()
    torn = f'<!-- Written by polycom.vvx.enroll -->\n<PHONE_CONFIG><ALL {ADMIN}="{PASSWORD}'
    files = [playground.write(f"provisioning/{phone.mac}-vvx.cfg", torn) for phone in fleet]
    files[1].write_text(f'{torn}" /></PHONE_CONFIG>', encoding="utf-8")
    run = site.run()
    assert run.code == 0 and "2 could be managed before" in words(run), run.output
    assert files[0].read_text(encoding="utf-8") == torn and ADMIN not in files[1].read_text(encoding="utf-8")
    assert f"{files[0].name} can't be read" in words(run) and "may still hold the admin password" in words(run)


def test_folder_not_writable(small: Site) -> None:
    small.folder.rmdir()
    mistyped = small.run()
    assert mistyped.code == 2 and "provisioning does not exist" in words(mistyped) and not small.folder.exists()
    small.playground.write("provisioning", "a file")
    run = small.run()
    assert run.code == 2 and "folder" in run.output and sum(phone.count() for phone in small.fleet) == 0, run.output
    missing = small.run(vvx_folder="")
    assert missing.code == 2 and "vvx_folder is not set" in words(missing), missing.output
