# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/firmware.md: a test for each row, named after it. Phones with different faults share a run, because
each waits for seconds: every one is of another model, for which the servers have what makes its fault."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator import Fleet, Image, Phone, PhoneSpec, Switches
from simulator.phone import ADMIN_PASSWORD
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

OLD, MIDDLE, NEW, NEWEST = "5.8.0.1111", "5.9.5.0614", "6.4.2.3456", "6.9.1.4444"
FIRST, SERVER = "http://firmware.example.org/first", "http://firmware.example.org/new"
SERVER_PARAMETER = "device.prov.upgradeServer"
OPTIONS = {
    "vvx_firmware_server": {MIDDLE: FIRST, NEW: SERVER},
    "vvx_firmware_watch": 2,
    "vvx_canary": 0,
    "vvx_max_failures": "100%",
    "vvx_install_timeout": 14,
    "vvx_wait_timeout": 6,
}


@dataclass
class Site:
    """Phones, and the runs of the playbook on them."""

    fleet: Fleet
    playground: Playground
    options: dict[str, Any] = field(default_factory=dict)
    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, *more: str, **options: Any) -> list[str]:
        group = inventory(self.fleet)
        for host, variables in self.hosts.items():
            group["all"]["children"]["phones"]["hosts"][host] |= variables
        self.playground.write("hosts.yml", group)
        given = {**OPTIONS, "vvx_journal": "rollouts", **self.options, **options}
        return ["polycom.vvx.firmware", "-i", "hosts.yml", "-f", "20", "-e", json.dumps(given), *more]

    def run(self, *more: str, **options: Any) -> Run:
        return self.playground.run(*self.arguments(*more, **options), COLUMNS="100")

    def phone(self, row: str) -> Phone:
        return self.fleet[row]

    def firmware(self) -> dict[str, str]:
        return {phone.name: phone.firmware for phone in self.fleet}

    def journal(self) -> dict[str, dict[str, Any]]:
        """The last line of each phone."""
        paths = list((self.playground.folder / "rollouts").glob("firmware-*.journal"))
        lines = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
        return {line["host"]: line for line in lines if "host" in line}


def result(run: Run, host: str) -> dict[str, Any]:
    (found,) = [each for each in run.by("vvx_firmware") if each.host == host]
    return found.result


def flat(run: Run) -> str:
    """What was printed, without the breaks of lines."""
    return " ".join(run.output.split())


def sent(phone: Phone) -> list[str]:
    """Requests that change something."""
    changes = [request.path for request in phone.log if request.method == "POST"]
    return [path.rpartition("/")[2] for path in changes if not path.endswith("config/get")]


def until(condition: Callable[[], object]) -> None:
    for _each in range(1500):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


# --- one run with a phone for each fault, and one more when all is mended

ROWS: dict[str, tuple[str, Image | None, PhoneSpec]] = {
    "release-between": ("VVX 101", Image(NEW, needs="5.9"), PhoneSpec()),
    "wrong-image": ("VVX 150", Image(NEW, seconds=0.1, kind="wrong_model"), PhoneSpec()),
    "damaged-image": ("VVX 201", Image(NEW, seconds=0.1, kind="damaged"), PhoneSpec()),
    "missing-image": ("VVX 250", Image(NEW, kind="missing"), PhoneSpec()),
    "download-breaks": ("VVX 300", Image(NEW, seconds=0.1, kind="interrupted"), PhoneSpec()),
    "other-firmware": ("VVX 301", Image(NEWEST, seconds=0.1), PhoneSpec()),
    "stopped-between": ("VVX 310", Image(NEW, kind="damaged"), PhoneSpec()),
    "loads-while-up": ("VVX 311", Image(NEW, seconds=0.8), PhoneSpec(switches=Switches(download="up"))),
    "no-return": ("VVX 350", Image(NEW, seconds=0.1), PhoneSpec()),
    "factory-password": ("VVX 400", Image(NEW, seconds=0.1), PhoneSpec()),
    "lines-lost": ("VVX 401", Image(NEW, seconds=0.1), PhoneSpec(lines=2)),
    "call-goes-on": ("VVX 410", Image(NEW, seconds=0.1), PhoneSpec()),
    "no-answer": ("VVX 411", Image(NEW, seconds=0.1), PhoneSpec(offline=True)),
    "newer": ("VVX 450", Image(NEW, seconds=0.1), PhoneSpec(firmware=NEWEST)),
    "no-target": ("VVX 500", Image(NEW, seconds=0.1), PhoneSpec()),
}
FAULTS = {"no-return": "never_back", "factory-password": "back_default_password"}
TARGETS = {model: NEW for row, (model, _image, _spec) in ROWS.items() if row != "no-target"}
HOPS = [{"version": MIDDLE, "below": "5.9", "models": ["VVX 310"]}]


@dataclass
class Story:
    site: Site
    trouble: Run
    firmware: Mapping[str, str]
    journal: Mapping[str, Mapping[str, Any]]
    sent: Mapping[str, list[str]]
    mended: Run


def specified(row: str, model: str, spec: PhoneSpec) -> PhoneSpec:
    firmware = spec.firmware if spec.firmware == NEWEST else OLD
    return PhoneSpec(row, model, firmware, switches=spec.switches, lines=spec.lines, offline=spec.offline)


@shared_run
def story(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Story:
    fleet = start_shared_fleet(*(specified(row, model, spec) for row, (model, _image, spec) in ROWS.items()), tls=False)
    fleet.images[SERVER] = {model: image for model, image, _spec in ROWS.values() if image is not None}
    fleet.images[FIRST] = {"*": Image(MIDDLE, seconds=0.1)}
    for row, kind in FAULTS.items():
        fleet[row].fault(kind)
    fleet["lines-lost"].fault("back_unregistered", lines=[2])
    call = fleet["call-goes-on"].ring("5551000", "Ann")
    site = Site(fleet, shared_playground(), {"vvx_target_firmware": TARGETS, "vvx_firmware_hops": HOPS})
    trouble = site.run(vvx_busy_timeout=1)
    firmware, journal = site.firmware(), site.journal()
    posts = {phone.name: sent(phone) for phone in fleet}
    fleet["call-goes-on"].hang_up(call)
    fleet.images[SERVER] = {"*": Image(NEW, seconds=0.1)}
    for phone in fleet:
        phone.clear()
        phone.offline = False
    fleet["no-return"].lifecycle.state = "up"
    fleet["factory-password"].parameters.layers["device"][ADMIN_PASSWORD] = fleet["no-answer"].spec.admin_password
    mended = site.run(vvx_allow_downgrade=True, vvx_target_firmware={"default": NEW})
    return Story(site, trouble, firmware, journal, posts, mended)


def failed(story: Story, row: str, kind: str, *texts: str, firmware: str = OLD) -> dict[str, Any]:
    """The phone has failed in this way, with this firmware; when all is mended, the next run does the rest."""
    found = result(story.trouble, row)
    assert found["error"]["kind"] == kind, found
    assert story.firmware[row] == firmware and story.journal[row]["state"] == "failed"
    for text in texts:
        assert text in found["msg"] and text in flat(story.trouble), story.trouble.output
    assert "begun or failed in an earlier run" in flat(story.mended)
    assert story.site.phone(row).firmware == NEW and "error" not in result(story.mended, row), story.mended.output
    assert story.site.journal()[row]["state"] in ("done", "unchanged")
    return found


def kept(story: Story, row: str) -> None:
    """The phone keeps its firmware."""
    found = failed(story, row, "not_updated", f"the phone has restarted, and still runs {OLD} instead of {NEW}")
    assert (found["firmware_after"], found["installed"]) == (OLD, [])
    assert story.sent[row] == ["set", "safeReboot"]


def test_release_between(story: Story) -> None:
    kept(story, "release-between")


def test_wrong_image(story: Story) -> None:
    kept(story, "wrong-image")


def test_damaged_image(story: Story) -> None:
    kept(story, "damaged-image")


def test_missing_image(story: Story) -> None:
    kept(story, "missing-image")


def test_download_breaks(story: Story) -> None:
    kept(story, "download-breaks")


def test_other_firmware(story: Story) -> None:
    failed(story, "other-firmware", "not_updated", f"came back with {NEWEST}, which is neither {OLD}", firmware=NEWEST)


def test_stopped_between(story: Story) -> None:
    found = failed(
        story, "stopped-between", "not_updated", f"still runs {MIDDLE} instead of {NEW}",
        f"It has installed {MIDDLE} on its way to {NEW}.", firmware=MIDDLE,
    )  # fmt: skip
    assert (found["path"], found["installed"]) == ([MIDDLE, NEW], [MIDDLE])
    assert result(story.mended, "stopped-between")["path"] == [NEW], "it goes on from there"


def test_loads_while_up(story: Story) -> None:
    assert result(story.trouble, "loads-while-up")["firmware_after"] == NEW
    assert story.site.phone("loads-while-up").restarts == 2 and story.journal["loads-while-up"]["state"] == "done"
    assert [each for each in story.mended.by("vvx_firmware") if each.host == "loads-while-up"] == []


def test_no_return(story: Story) -> None:
    failed(
        story,
        "no-return",
        result(story.trouble, "no-return")["error"]["kind"],
        "did not come back within 14 s",
        f"It was to install {NEW}.",
    )


def test_factory_password(story: Story) -> None:
    found = result(story.trouble, "factory-password")
    assert found["error"]["kind"] in ("default_password", "authentication_failed"), found
    assert "came back, but refuses the password" in found["msg"]
    failed(story, "factory-password", found["error"]["kind"], firmware=NEW)


def test_lines_lost(story: Story) -> None:
    found = failed(story, "lines-lost", "not_registered", "did not register line 2", firmware=NEW)
    assert found["lines_before"] == [1, 2] and story.journal["lines-lost"]["lines"] == [1, 2]
    again = result(story.mended, "lines-lost")
    assert (again["changed"], again["path"], again["lines_before"]) == (False, [], [1, 2])


def test_call_goes_on(story: Story) -> None:
    failed(story, "call-goes-on", "in_call", "was still in a call")
    assert story.sent["call-goes-on"] == []


def test_no_answer(story: Story) -> None:
    assert "1 phone not read, left out: no-answer" in flat(story.trouble)
    assert story.trouble.code != 0 and story.firmware["no-answer"] == OLD and "no-answer" not in story.journal
    (verdict,) = [each for each in story.trouble.by("vvx_verdict") if each.host == "no-answer"]
    assert verdict.state == "unreachable"
    assert story.site.phone("no-answer").firmware == NEW, story.mended.output


def test_newer(story: Story) -> None:
    assert "1 phone with newer firmware, left out (vvx_allow_downgrade): newer" in flat(story.trouble)
    assert story.firmware["newer"] == NEWEST and story.sent["newer"] == []


def test_downgrade(story: Story) -> None:
    found = result(story.mended, "newer")
    assert (found["firmware_before"], found["firmware_after"], found["path"]) == (NEWEST, NEW, [NEW])


def test_no_target(story: Story) -> None:
    assert "1 phone of models without a target in target_firmware, left out (VVX 500): no-target" in flat(story.trouble)
    assert story.firmware["no-target"] == OLD and story.sent["no-target"] == []
    assert story.site.phone("no-target").firmware == NEW
    assert "15 phones: 1 changed, 2 unchanged" in flat(story.trouble), story.trouble.output[-3000:]
    assert story.mended.code == 0, story.mended.output
    assert set(story.site.firmware().values()) == {NEW} and story.site.fleet.violations == []


# --- nothing goes wrong


GOOD = {FIRST: Image(MIDDLE, seconds=0.1), SERVER: Image(NEW, seconds=0.1, needs="5.9.0")}
ALL_HOPS = {"vvx_firmware_hops": [{"version": MIDDLE, "below": "5.9"}]}


@pytest.fixture(scope="module")
def happy(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Site, list[Run]]:
    """In check mode, for real, and once more."""
    fleet = start_shared_fleet(*(PhoneSpec(f"p-{number}", firmware=OLD) for number in (1, 2, 3)), tls=False)
    fleet.images.update({server: {"*": image} for server, image in GOOD.items()})
    fleet["p-3"].install(NEW)
    options = {"vvx_target_firmware": {"default": NEW}, **ALL_HOPS, "vvx_canary": 1, "vvx_wave": 1}
    site = Site(fleet, shared_playground(), options, {"p-2": {"vvx_parameters_host": {SERVER_PARAMETER: "other"}}})
    checked = site.run("--check")
    assert [sent(phone) for phone in fleet] == [[], [], []] and site.journal() == {}
    done = site.run()
    for phone in fleet:
        phone.log.clear()
    return site, [checked, done, site.run()]


def test_all_well(happy: tuple[Site, list[Run]]) -> None:
    site, (_checked, run, _again) = happy
    assert run.code == 0 and set(site.firmware().values()) == {NEW}, run.output
    for text in (
        f"Firmware {NEW}: 2 phones to update in 2 waves, canary phones first.",
        f"2 phones VVX 411: {OLD} -> {MIDDLE} -> {NEW}",
        "1 phone up to date",
        f"1 phone whose vvx_parameters_* have another {SERVER_PARAMETER}, which configure would write back: p-2",
        "Wave 2 of 2 (1 phone): p-2",
        "3 phones: 2 changed, 1 unchanged",
        "Firmware updated: 2 phones: p-1, p-2",
    ):
        assert text in flat(run), run.output
    found = result(run, "p-1")
    assert (found["installed"], found["wave"], found["lines_before"]) == ([MIDDLE, NEW], 1, [1])
    assert [each.outcome for each in site.phone("p-1").downloads] == ["installed", "installed"]
    assert {host: line["state"] for host, line in site.journal().items()} == {"p-1": "done", "p-2": "done"}


def test_check_mode(happy: tuple[Site, list[Run]]) -> None:
    _site, (run, done, _again) = happy
    assert run.code == 0, run.output
    foretold, happened = result(run, "p-2"), result(done, "p-2")
    for key in ("changed", "path", "firmware_before", "firmware_after", "wave", "target"):
        assert foretold[key] == happened[key]
    for line in (f"2 phones VVX 411: {OLD} -> {MIDDLE} -> {NEW}", "Wave 2 of 2 (1 phone): p-2"):
        assert line in flat(run), run.output


def test_run_again(happy: tuple[Site, list[Run]]) -> None:
    site, (_checked, _done, run) = happy
    assert run.code == 0 and run.by("vvx_firmware") == [], run.output
    assert "no phone has anything to update" in flat(run) and "3 phones: 0 changed, 3 unchanged" in flat(run), (
        run.output
    )
    assert [len(phone.log) for phone in site.fleet] == [1, 1, 1], "what was read"


# --- stopped


@pytest.fixture(scope="module")
def stopped(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Site, Run]:
    """Somebody speaks on the first phone, the second gets a damaged image, and the third waits for its wave."""
    fleet = start_shared_fleet(*(PhoneSpec(f"p-{number}", firmware=OLD) for number in (1, 2, 3)), tls=False)
    fleet.images[SERVER] = {"*": Image(NEW, seconds=0.1, kind="damaged")}
    fleet["p-1"].ring("5551000", "Ann")
    site = Site(fleet, shared_playground(), {"vvx_target_firmware": {"default": NEW}})
    return site, site.run(vvx_when_busy="skip", vvx_wave=2, vvx_max_failures=0)


def test_call_skipped(stopped: tuple[Site, Run]) -> None:
    site, run = stopped
    assert result(run, "p-1")["changed"] is False and sent(site.phone("p-1")) == [], run.output
    assert f"it keeps {OLD}" in flat(run) and site.journal()["p-1"]["state"] == "skipped"


def test_too_many_failures(stopped: tuple[Site, Run]) -> None:
    site, run = stopped
    assert run.code != 0 and "Stopped before wave 2 of 2: 1 of 2 phones failed in wave 1" in flat(run), run.output
    assert site.phone("p-3").restarts == 0 and "1 not begun" in flat(run), run.output


# --- refused


@pytest.fixture(scope="module")
def refusals(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Phone, Run]:
    fleet = start_shared_fleet(PhoneSpec("p-1", firmware=OLD), tls=False)
    playground = shared_playground()
    good = {"target_firmware": {"default": NEW}, "journal": "rollouts"}
    wrong = {
        "no-server": {"server": {MIDDLE: FIRST}},
        "same-server": {"server": SERVER, "hops": ALL_HOPS["vvx_firmware_hops"]},
        "misspelled-model": {"target_firmware": {"VVX411": OLD, "default": NEW}},
        "not-quoted": {"target_firmware": {"default": 5.10}},
        "server-with-login": {"server": "http://admin:hunter2-zq@firmware.example.org"},
    }
    tasks = [
        {"name": name, "polycom.vvx.vvx_firmware_rollout": {**good, **options}, "ignore_errors": True}
        for name, options in wrong.items()
    ]
    playground.write("hosts.yml", inventory(fleet))
    playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    return fleet.phones[0], playground.run("play.yml", "-i", "hosts.yml")


def refused(refusals: tuple[Phone, Run], row: str, said: str) -> None:
    phone, run = refusals
    found = next(each for each in run.outcomes if each.task == row)
    assert found.state == "failed" and found.result["error"]["kind"] == "settings", found
    assert said in found.result["msg"] and sent(phone) == [], found


def test_no_server(refusals: tuple[Phone, Run]) -> None:
    refused(refusals, "no-server", f"the table has none for {NEW}")
    refused(refusals, "same-server", f"{MIDDLE}, {NEW} are installed one after another")


def test_not_quoted(refusals: tuple[Phone, Run]) -> None:
    refused(refusals, "not-quoted", "5.1 for default is a number for YAML, which reads 5.10 as 5.1")


def test_misspelled_model(refusals: tuple[Phone, Run]) -> None:
    """Its phones are not given what is for all others."""
    refused(refusals, "misspelled-model", "target_firmware: 'VVX411' is no model; phones call it 'VVX 411'.")


def test_server_with_login(refusals: tuple[Phone, Run]) -> None:
    refused(refusals, "server-with-login", "has a login")
    phone, _run = refusals
    assert phone.count() == 3, "the three that could be found out from the phone alone"


# --- killed


@pytest.fixture(scope="module")
def killed(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Site, Any, Run]:
    """The controller dies when the first phone has the first of two releases, and the second one loads."""
    specs = [PhoneSpec("p-1", firmware=OLD), PhoneSpec("p-2", "VVX 601", firmware="5.9.1.1", lines=2)]
    fleet = start_shared_fleet(*specs, tls=False)
    fleet.images[FIRST] = {"*": Image(MIDDLE, seconds=0.1)}
    fleet.images[SERVER] = {"*": Image(NEW, seconds=0.1, needs="5.9"), "VVX 601": Image(NEW, seconds=4.0)}
    site = Site(fleet, shared_playground(), {"vvx_target_firmware": {"default": NEW}, **ALL_HOPS})
    one, two = fleet["p-1"], fleet["p-2"]
    site.playground.run_until(
        lambda: one.firmware == MIDDLE and two.lifecycle.state == "down", *site.arguments(), COLUMNS="100"
    )
    journal = site.journal()
    until(lambda: two.firmware == NEW and two.lifecycle.state == "up" and one.lifecycle.state == "up")
    left = one.firmware
    two.fault("unregistered", lines=[2], times=0)
    return site, (left, journal), site.run(vvx_wait_timeout=5)


def test_killed_while_loading(killed: tuple[Site, Any, Run]) -> None:
    site, (_left, journal), run = killed
    assert (journal["p-2"]["state"], journal["p-2"]["lines"]) == ("begun", [1, 2])
    assert "2 phones begun or failed in an earlier run, first in their wave: p-1, p-2" in flat(run), run.output
    found = result(run, "p-2")
    assert found["path"] == [] and found["error"]["kind"] == "not_registered", "its lines are not forgotten"
    assert "did not register line 2" in found["msg"] and site.phone("p-2").restarts == 1


def test_killed_between(killed: tuple[Site, Any, Run]) -> None:
    site, (left, journal), run = killed
    assert left == MIDDLE and journal["p-1"]["state"] == "begun"
    assert f"1 phone VVX 411: {MIDDLE} -> {NEW}" in flat(run), run.output
    assert result(run, "p-1")["path"] == [NEW] and site.phone("p-1").firmware == NEW
    assert [each.outcome for each in site.phone("p-1").downloads] == ["installed", "installed"]
    assert site.journal()["p-1"]["state"] == "done"
