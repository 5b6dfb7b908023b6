# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/rotate-passwords.md: a test for each row, named after it. Many faults share a run, each with phones
of its own. All phones lock their account after wrong logins, and no phone is tried more than once per run with each
password."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator import Fleet, Phone, PhoneSpec, Switches
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import MODULE_DOOR, PASSWORD, Playground, Run, inventory

NEXT = "N3xt-and-better"
NAME = "device.auth.localAdminPassword"
QUICK = {
    "vvx_lines_delay": 0,
    "vvx_wait_timeout": 3,
    "vvx_max_failures": "60%",
    "vvx_canary": 0,
    "vvx_when_busy": "skip",
    "vvx_summary_file": "run.json",
}


@dataclass(frozen=True)
class Seen:
    """A run, what it wrote of each phone, and what phones saw of it."""

    run: Run
    details: dict[str, Any]
    refused: dict[str, dict[str, int]]
    requests: dict[str, int]
    passwords: dict[str, str]

    def generation(self, host: str) -> str:
        return str(self.details["hosts"][host]["generation"])

    def kind(self, host: str) -> str:
        """Of the last failure of the phone."""
        return str(self.details["hosts"][host]["failures"][-1]["kind"])

    def state(self, host: str) -> str:
        return str(self.details["hosts"][host]["state"])

    @property
    def output(self) -> str:
        """Without the breaks of lines."""
        return " ".join(self.run.output.split())


@dataclass
class Night:
    """A fleet in the inventory, and the runs on it."""

    fleet: Fleet
    playground: Playground
    variables: dict[str, Any] = field(default_factory=lambda: {"ansible_vvx_password_next": NEXT})
    seen: dict[str, Seen] = field(default_factory=dict)

    def prepare(self) -> None:
        """Before a run: what phones have logged, and their faults, are forgotten."""
        for phone in self.fleet:
            phone.clear()
        self.playground.write("hosts.yml", inventory(self.fleet, variables=self.variables))

    @staticmethod
    def arguments(*arguments: str, **options: Any) -> list[str]:
        extra = json.dumps({**QUICK, **options})
        return ["polycom.vvx.rotate_passwords", "-i", "hosts.yml", "-e", extra, *arguments]

    def run(self, *arguments: str, **options: Any) -> Seen:
        return self.look(self.playground.run(*self.arguments(*arguments, **options), COLUMNS="80"))

    def look(self, run: Run) -> Seen:
        refused = {phone.name: phone.refused for phone in self.fleet}
        again = [host for host, each in refused.items() if any(count > 1 for count in each.values())]
        assert again == [], f"tried more than once in one run\n{run.output}"
        assert NEXT not in run.output and PASSWORD not in run.output
        path = self.playground.folder / "run.json"
        return Seen(
            run,
            json.loads(path.read_text(encoding="utf-8")) if path.exists() else {},
            refused,
            {phone.name: phone.count() for phone in self.fleet},
            {phone.name: has(phone) for phone in self.fleet},
        )

    def journal(self) -> dict[str, str]:
        (path,) = (self.playground.folder / "state").rglob("*.journal")
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {line["host"]: line["state"] for line in lines if "host" in line}

    def files(self) -> str:
        """All that is kept between runs."""
        paths = [path for path in (self.playground.folder / "state").rglob("*") if path.is_file()]
        return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def has(phone: Phone) -> str:
    return phone.value(NAME)[0]


def spec(name: str, password: str = PASSWORD, **options: Any) -> PhoneSpec:
    return PhoneSpec(name=name, admin_password=password, switches=Switches(lockout="on"), **options)


@shared_run
def night(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Night:
    fleet = start_shared_fleet(
        *(spec(f"well-{number}") for number in (1, 2, 3)),
        spec("has-it", NEXT),
        spec("offline", offline=True),
        spec("lost"),
        spec("refusing"),
        spec("stranger", "somebody-elses-1"),
        spec("factory", "456"),
        spec("rest-off", rest="off"),
        spec("strict", layers={"config": {"sec.pwd.length.admin": "20"}}),
        spec("busy"),
        tls=False,
    )
    night = Night(fleet, shared_playground())
    handle = fleet["busy"].ring("5551000")
    night.prepare()
    night.seen["check"] = night.run("--check")
    night.prepare()
    fleet["lost"].fault("offline", path="config/set", processed=True)
    fleet["refusing"].fault("status", path="config/set", status="4000")
    night.seen["first"] = night.run()
    fleet["lost"].offline = False
    night.prepare()
    fleet["busy"].hang_up(handle)
    night.seen["second"] = night.run()
    night.prepare()
    left = "well-*,has-it,lost,refusing,busy"
    night.seen["third"] = night.run("--limit", left)
    night.variables = {"ansible_password": NEXT, "ansible_vvx_password_next": NEXT}
    night.prepare()
    night.seen["moved"] = night.run("--limit", left)
    return night


@dataclass
class Killed:
    """What a run that was killed has left behind, and the run after it."""

    before: dict[str, str]
    journal: dict[str, str]
    after: Seen


@shared_run
def killed(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Killed:
    """All phones of one wave at once, each stopped at another point."""
    names = ["early", "unsent", "unanswered", "answered"]
    fleet = start_shared_fleet(*map(spec, names), tls=False)
    night = Night(fleet, shared_playground())
    night.prepare()
    fleet["early"].fault("hang", path="lineInfo")
    fleet["unsent"].fault("hang", path="config/set")
    fleet["unanswered"].fault("drop_after", path="config/set")
    for name in ("unanswered", "answered"):
        fleet[name].fault("hang", path="config/get", after=2)

    def stopped() -> bool:
        counts = [fleet["early"].count("lineInfo"), fleet["unsent"].count("config/set")]
        return all(counts) and all(fleet[name].count("config/get") == 3 for name in names[2:])

    night.playground.run_until(stopped, *night.arguments(vvx_wait_timeout=60, vvx_canary=0), COLUMNS="80")
    before, journal = {phone.name: has(phone) for phone in fleet}, night.journal()
    assert NEXT not in night.files() and PASSWORD not in night.files()
    night.prepare()
    return Killed(before, journal, night.run())


def test_check_mode(night: Night) -> None:
    check, first = night.seen["check"], night.seen["first"]
    assert (
        set(check.passwords.values()) == {PASSWORD, NEXT, "somebody-elses-1", ""} and check.passwords["has-it"] == NEXT
    )
    would = {host for host in check.details["hosts"] if check.state(host) == "changed"}
    assert would == {"well-1", "well-2", "well-3", "lost", "refusing"}, check.run.output
    assert would - {"lost", "refusing"} == {host for host in would if first.state(host) == "changed"}
    assert sum(phone.count("config/set") for phone in night.fleet) == 0
    assert "5 would change" in check.output


def test_all_well(night: Night) -> None:
    first = night.seen["first"]
    for host in ("well-1", "well-2", "well-3"):
        assert first.passwords[host] == NEXT and first.generation(host) == "next" and first.refused[host] == {}
    assert "4 phones have the next one" in first.output, first.run.output
    assert "2 phones have the one before" in first.output, first.run.output
    assert NEXT not in night.files() and PASSWORD not in night.files()


def test_run_again(night: Night) -> None:
    """What is done costs one request."""
    second, third = night.seen["second"], night.seen["third"]
    assert [second.requests[host] for host in ("well-1", "well-2", "well-3", "has-it")] == [1] * 4
    assert {third.state(host) for host in ("well-1", "has-it", "lost", "refusing", "busy")} == {"unchanged"}
    assert third.run.code == 0 and third.run.by("vvx_rotate") == []
    assert third.output.count("All phones have the next password. Set ansible_password to it") == 1
    assert "Next: set ansible_password" not in third.output


def test_moved(night: Night) -> None:
    moved = night.seen["moved"]
    assert moved.run.code == 0 and sum(moved.requests.values()) == 7, moved.run.output
    assert {each["state"] for each in moved.details["hosts"].values()} == {"unchanged"}
    assert all(refused == {} for refused in moved.refused.values())
    assert "ansible_password is set to it. ansible_vvx_password_next is not needed any more" in moved.output


def test_has_it_already(night: Night) -> None:
    """With no memory of it: the password before is tried once, and never again."""
    assert night.seen["check"].refused["has-it"] == {PASSWORD: 1}
    assert all(night.seen[run].refused["has-it"] == {} for run in ("first", "second", "third"))
    assert night.seen["first"].state("has-it") == "unchanged"


def test_offline(night: Night) -> None:
    first = night.seen["first"]
    assert first.state("offline") == "unreachable" and first.generation("offline") == "unknown"
    assert first.run.code != 0 and "1 phone whose password is not known" not in first.output


def test_offline_half_way(night: Night) -> None:
    first, second = night.seen["first"], night.seen["second"]
    assert first.passwords["lost"] == NEXT and first.generation("lost") == "unknown"
    assert "may or may not have changed" in first.output
    assert second.generation("lost") == "next", second.run.output
    assert second.refused["lost"] == {} and second.requests["lost"] == 1


def test_change_refused(night: Night) -> None:
    first, second = night.seen["first"], night.seen["second"]
    assert first.passwords["refusing"] == PASSWORD and first.generation("refusing") == "before"
    assert first.kind("refusing") == "invalid_parameters" and "The old admin password still works" in first.output
    assert second.passwords["refusing"] == NEXT and second.refused["refusing"] == {}


def test_refuses_both(night: Night) -> None:
    for name in ("check", "first", "second"):
        seen = night.seen[name]
        assert set(seen.refused["stranger"]) <= {PASSWORD, NEXT} and seen.kind("stranger") in (
            "authentication_failed",
            "not_tried",
        )
    assert night.seen["check"].refused["stranger"] == {PASSWORD: 1, NEXT: 1}
    assert night.seen["check"].kind("stranger") == "authentication_failed"
    assert night.seen["first"].generation("stranger") == "unknown"


def test_factory_password(night: Night) -> None:
    assert night.seen["first"].generation("factory") == "unknown" and night.seen["first"].passwords["factory"] == ""
    assert night.seen["first"].state("factory") == "failed"


def test_rest_off(night: Night) -> None:
    assert night.seen["first"].kind("rest-off") == "rest_disabled"


def test_too_short_for_the_phone(night: Night) -> None:
    first = night.seen["first"]
    assert first.kind("strict") == "bad_values" and first.passwords["strict"] == PASSWORD
    assert "at least 20 characters on this phone" in first.output


def test_in_a_call(night: Night) -> None:
    first, second = night.seen["first"], night.seen["second"]
    assert first.passwords["busy"] == PASSWORD and first.generation("busy") == "before"
    assert first.state("busy") == "skipped" and "in a call" in first.output
    assert second.passwords["busy"] == NEXT


def test_killed_before_the_change(killed: Killed) -> None:
    assert killed.before["early"] == PASSWORD and killed.journal["early"] == "begun"
    assert killed.after.passwords["early"] == NEXT and killed.after.refused["early"] == {}
    assert "begun or failed in an earlier run" in killed.after.output


def test_killed_while_sending(killed: Killed) -> None:
    """It was written down that it gets the next one: that is tried first, once, then the one before."""
    assert killed.before["unsent"] == PASSWORD and killed.journal["unsent"] == "begun"
    assert killed.after.passwords["unsent"] == NEXT and killed.after.refused["unsent"] == {NEXT: 1}


def test_killed_before_the_answer(killed: Killed) -> None:
    assert killed.before["unanswered"] == NEXT and killed.journal["unanswered"] == "begun"
    assert killed.after.state("unanswered") == "unchanged" and killed.after.refused["unanswered"] == {}
    assert killed.after.requests["unanswered"] == 1


def test_killed_after_the_answer(killed: Killed) -> None:
    assert killed.before["answered"] == NEXT and killed.journal["answered"] == "begun"
    assert killed.after.state("answered") == "unchanged" and killed.after.refused["answered"] == {}
    assert killed.after.run.code == 0


def test_wrong_passwords(start_fleet: StartFleet, playground: Playground) -> None:
    """One phone has a wrong one: nothing is sent to any."""
    fleet = start_fleet(*map(spec, ("good", "missing", "short", "foreign", "factory")), tls=False)
    own = {"good": NEXT, "short": "2short", "foreign": "schöne-Grüße", "factory": "456"}
    night = Night(
        fleet, playground, {"ansible_vvx_password_next": "{{ own[inventory_hostname] | default('') }}", "own": own}
    )
    night.prepare()
    seen = night.run()
    assert seen.run.code != 0 and sum(seen.requests.values()) == 0
    for text in (
        "1 phone (missing): ansible_vvx_password_next is not set",
        "1 phone (short): ansible_vvx_password_next must have 8 to 32 characters",
        "1 phone (foreign): ansible_vvx_password_next must have only printable ASCII characters",
        "1 phone (factory): ansible_vvx_password_next must not be a factory password",
        "Nothing was sent",
    ):
        assert text in seen.output, seen.run.output


def test_changing(start_fleet: StartFleet, playground: Playground) -> None:
    """A next password that is another one each time it is read: the phone's would be known to nobody."""
    fleet = start_fleet(spec("a"), spec("b"), tls=False)
    random = "{{ lookup('ansible.builtin.password', '/dev/null', length=12) }}"
    night = Night(fleet, playground, {"ansible_vvx_password_next": random})
    night.prepare()
    for arguments in (["--check"], []):
        seen = night.run(*arguments)
        assert seen.run.code != 0 and sum(seen.requests.values()) == 0, seen.run.output
        told = "2 phones (a, b): ansible_vvx_password_next is another password each time it is read"
        assert told in seen.output and "(a password lookup with /dev/null needs a seed). Nothing was" in seen.output
    task = {"name": "rotate", "polycom.vvx.vvx_rotate": {"lines_delay": 0}}
    run = playground.play(fleet, [task, {**task, "name": "elsewhere", **MODULE_DOOR}], variables=night.variables)
    assert "is another password each time it is read" in run.of("rotate", "a")["msg"], run.output
    assert sum(phone.count() for phone in fleet) == 0


def test_memory_lost(start_fleet: StartFleet, playground: Playground) -> None:
    """Half of the phones have theirs, and nobody remembers which. Then the same in a playbook of one's own, on a jump
    host."""
    passwords = {"a": NEXT, "b": PASSWORD, "c": NEXT, "d": PASSWORD}
    fleet = start_fleet(*(spec(name, password) for name, password in passwords.items()), tls=False)
    night = Night(fleet, playground)
    night.prepare()
    seen = night.run("--limit", "a,b")
    assert seen.run.code == 0 and (seen.passwords["a"], seen.passwords["b"]) == (NEXT, NEXT)
    assert (seen.refused["a"], seen.refused["b"]) == ({PASSWORD: 1}, {})
    shutil.rmtree(playground.folder / "state")
    night.prepare()
    task = {"name": "rotate", "polycom.vvx.vvx_rotate": {"lines_delay": 0}, **MODULE_DOOR}
    run = playground.play(fleet, [task, {**task, "name": "again"}], variables=night.variables)
    assert run.code == 0, run.output
    assert [run.of("rotate", host)["generation"] for host in "abcd"] == ["next"] * 4
    assert [run.of("rotate", host)["changed"] for host in "abcd"] == [False, False, False, True]
    assert [run.of("again", host)["requests"] for host in "abcd"] == [1] * 4, "the controller knows from the first task"
    assert [phone.refused for phone in fleet] == [{PASSWORD: 1}, {PASSWORD: 1}, {PASSWORD: 1}, {}]
    shutil.rmtree(playground.folder / "state")
    fleet["d"].set_layer("device", {NAME: PASSWORD})
    night.variables["ansible_vvx_max_refusals"] = 2
    night.prepare()
    seen = night.run(vvx_workers=1)
    assert set(seen.passwords.values()) == {NEXT} and seen.state("d") == "changed", seen.run.output
    assert [sum(seen.refused[host].values()) for host in "abcd"] == [1, 1, 0, 1], "all others refuse what d has"
