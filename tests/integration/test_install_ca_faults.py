# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/install-ca.md: a test for each row, named after it. One run of ansible-playbook serves many rows,
each with a phone of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator import Fleet, Phone, PhoneSpec
from support.cases import shared_run
from support.certificates import SERVES, made
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

ROOT = made()
LINE = " ".join(ROOT.pem.strip().split("\n"))
OTHER = made("Other Root")
NAME = "device.sec.TLS.customCaCert1"
HOSTS: dict[str, dict[str, Any]] = {
    "all-well": {},
    "another-form": {"layers": {"device": {NAME: ROOT.pem}}},
    "taken": {"layers": {"device": {NAME: OTHER.pem}}},
    "no-answer": {},
    "refused": {},
    "offline-mid-change": {},
    "in-a-call": {},
}
QUICK = {
    "vvx_ca_file": "ca.pem",
    "vvx_ca_slot": "platform1",
    "vvx_canary": 0,
    "vvx_journal": "journals",
    "vvx_lines_delay": 0,
    "vvx_max_failures": "100%",
    "vvx_wait_timeout": 4,
    "vvx_when_busy": "skip",
}


def command(*arguments: str, **variables: Any) -> list[str]:
    return ["polycom.vvx.install_ca", "-i", "hosts.yml", "-e", json.dumps({**QUICK, **variables}), *arguments]


def flat(run: Run) -> str:
    return " ".join(run.output.split())


def states(playground: Playground) -> dict[str, str]:
    (path,) = (playground.folder / "journals").glob("install_ca-*.journal")
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {line["host"]: line["state"] for line in lines if "host" in line}


@dataclass
class Story:
    """``checked``, ``run``, ``again``: in check mode, for real, and once more without faults. ``kept``: values after
    the first run; ``sets``: writes in the third."""

    playground: Playground
    fleet: Fleet
    checked: Run
    run: Run
    again: Run
    kept: dict[str, str]
    journal: dict[str, str]
    sets: dict[str, int]

    def result(self, name: str, run: Run | None = None) -> dict[str, Any]:
        (found,) = [each for each in (run or self.run).by("vvx_certificate") if each.host == name]
        return found.result

    def was_begun(self, name: str, run: Run | None = None) -> bool:
        return any(each.host == name for each in (run or self.run).by("vvx_certificate"))


@shared_run
def story(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Story:
    playground = shared_playground()
    fleet = start_shared_fleet(*(PhoneSpec(name=name, **spec) for name, spec in HOSTS.items()), tls=False)
    phones = {phone.name: phone for phone in fleet}
    playground.write("hosts.yml", inventory(list(fleet)))
    playground.write("ca.pem", ROOT.pem)
    handle = phones["in-a-call"].ring("5551000")
    phones["no-answer"].offline = True
    phones["refused"].fault("status", path="config/set", times=0)
    checked = playground.run(*command("--check"))
    assert [phone.count("config/set") for phone in fleet] == [0] * len(HOSTS), checked.output
    assert not (playground.folder / "journals").exists()
    phones["offline-mid-change"].fault("offline", path="config/set", processed=True)
    run = playground.run(*command())
    kept = {phone.name: phone.value(NAME)[0] for phone in fleet}
    journal = states(playground)
    phones["in-a-call"].hang_up(handle)
    for phone in fleet:
        phone.offline = False
        phone.clear()
    again = playground.run(*command())
    sets = {phone.name: phone.count("config/set") for phone in fleet}
    return Story(playground, fleet, checked, run, again, kept, journal, sets)


def test_all_well(story: Story) -> None:
    assert story.kept["all-well"] == LINE and story.journal["all-well"] == "done"
    found = story.result("all-well")
    assert found["restarted"] is True and found["parameter"] == NAME and found["replaced"] is None
    assert found["certificate"]["subject"] == "CN=Example Root CA, O=Example, Inc."
    assert "SUMMARY" in story.run.output and "Example Root CA as platform1" in flat(story.run)


def test_run_again(story: Story) -> None:
    """Phones that have it get no task."""
    assert not story.was_begun("all-well", story.again) and story.sets["all-well"] == 0
    assert "as desired already" in flat(story.again)


def test_check_mode(story: Story) -> None:
    foretold, found = story.result("all-well", story.checked), story.result("all-well")
    for key in ("before", "after", "changed", "restarted", "certificate", "parameter"):
        assert foretold[key] == found[key], key
    waves = [[line for line in run.output.splitlines() if "Wave" in line] for run in (story.checked, story.run)]
    assert waves[0] == waves[1] and waves[0]


def test_another_form(story: Story) -> None:
    assert story.kept["another-form"] == ROOT.pem and not story.was_begun("another-form")


def test_taken(story: Story) -> None:
    """It is left alone, and named; on request it gets the new one."""
    assert story.kept["taken"] == OTHER.pem and not story.was_begun("taken") and story.sets["taken"] == 0
    assert "platform1 holds another certificate (CN=Other Root, O=Example, Inc.)" in flat(story.run)
    assert "vvx_ca_replace" in flat(story.run)
    forced = story.playground.run(*command("--limit", "taken", vvx_ca_replace=True))
    (phone,) = [phone for phone in story.fleet if phone.name == "taken"]
    assert forced.code == 0 and phone.value(NAME)[0] == LINE, forced.output
    assert story.result("taken", forced)["replaced"]["subject"] == "CN=Other Root, O=Example, Inc."


def test_no_answer(story: Story) -> None:
    assert not story.was_begun("no-answer")
    assert story.run.of("Give each phone its verdict", "no-answer")["unreachable"] is True
    assert story.sets["no-answer"] == 1


def test_refused(story: Story) -> None:
    assert story.kept["refused"] == "" and story.journal["refused"] == "failed" and story.sets["refused"] == 1


def test_offline_mid_change(story: Story) -> None:
    """The certificate had arrived; what is missing is the restart."""
    assert story.journal["offline-mid-change"] == "failed" and story.sets["offline-mid-change"] == 0
    assert story.result("offline-mid-change", story.again)["restarted"] is True


def test_in_a_call(story: Story) -> None:
    assert story.kept["in-a-call"] == "" and story.journal["in-a-call"] == "skipped"
    assert story.sets["in-a-call"] == 1


@shared_run
def small(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Playground:
    playground = shared_playground()
    fleet = start_shared_fleet(*(PhoneSpec(name=f"desk-{number}") for number in (1, 2)), tls=False)
    playground.phones = list(fleet)  # type: ignore[attr-defined]
    playground.write("hosts.yml", inventory(list(fleet), variables={"ansible_vvx_timeout": 2}))
    playground.write("ca.pem", ROOT.pem)
    return playground


def phones_of(playground: Playground) -> list[Phone]:
    phones: list[Phone] = playground.phones  # type: ignore[attr-defined]
    for phone in phones:
        phone.clear()
    return phones


def test_wrong_file(small: Playground) -> None:
    phones = phones_of(small)
    small.write("key.pem", ROOT.pem + ROOT.key_pem)
    small.write("leaf.pem", made("phone", signer=ROOT, authority=False, usage=SERVES).pem)
    run = small.run(*command("-vvvv", vvx_ca_file="key.pem"))
    assert run.code == 2 and "ca_file (vvx_ca_file) contains a private key" in flat(run), run.output
    assert ROOT.key_pem.split("\n")[1] not in run.output
    run = small.run(*command(vvx_ca_file="leaf.pem"))
    assert run.code == 2 and "may not sign other certificates" in flat(run), run.output
    run = small.run(*command(vvx_ca_file=""))
    assert run.code == 2 and "ca_file is not set. Nothing was sent. Give a PEM file" in flat(run), run.output
    assert [phone.count() for phone in phones] == [0, 0]


def test_killed(small: Playground) -> None:
    """Before the write, and before the restart that the place needs: the next run finds both out."""
    first, second = phones_of(small)
    for phone in (first, second):
        phone.set_layer("device", {NAME: None})
    began = first.restarts
    first.fault("hang", path="safeReboot")
    slow = command(vvx_wave=1, vvx_wait_timeout=60)
    small.run_until(lambda: first.count("safeReboot") == 1, *slow)
    assert states(small) == {"desk-1": "begun"} and first.value(NAME)[0] == LINE
    second.fault("hang", path="config/set")
    small.run_until(lambda: second.count("config/set") == 1, *slow)
    assert first.restarts == began + 1 and states(small) == {"desk-1": "done", "desk-2": "begun"}
    phones_of(small)
    run = small.run(*command())
    assert run.code == 0, run.output
    assert [phone.value(NAME)[0] for phone in (first, second)] == [LINE, LINE]
    assert [phone.count("config/set") for phone in (first, second)] == [0, 1]


def test_removed(small: Playground) -> None:
    phones = phones_of(small)
    for phone in phones:
        phone.set_layer("device", {NAME: LINE})
    run = small.run(*command(vvx_ca_file="", vvx_ca_state="absent", vvx_journal="others"))
    sent = [request.data for phone in phones for request in phone.log if request.path.endswith("/config/set")]
    assert run.code == 0 and [each[NAME] for each in sent] == ["", ""], run.output


def test_removed_another(small: Playground) -> None:
    """A file says which certificate is to go: another one may be in use."""
    first, second = phones_of(small)
    first.set_layer("device", {NAME: LINE})
    second.set_layer("device", {NAME: OTHER.pem})
    run = small.run(*command(vvx_ca_state="absent", vvx_journal="others"))
    assert run.code == 2 and first.value(NAME)[0] == "" and second.value(NAME)[0] == OTHER.pem, run.output
    assert second.count("config/set") == 0
    assert "desk-2: settings: platform1 holds another certificate (CN=Other Root, O=Example, Inc.)" in flat(run)
