# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who changes when: the waves of polycom.vvx.apply as Ansible walks through them, and where it stops."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import (
    Change,
    Entry,
    Options,
    Plan,
    desired_mark,
    dumps,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_source import pack

from simulator import Fleet, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

KEY = "zq-a-key-of-more-than-16-letters"
LAYERS = (
    "vvx_parameters_all",
    "vvx_parameters_model",
    "vvx_parameters_site",
    "vvx_parameters_group",
    "vvx_parameters_host",
)
WANTED = {"up.idleTimeout": 55}
NAMES = [f"desk-{number}" for number in (1, 2, 3, 4, 10, 11)]


class Site:
    """Phones that all get the same change, and a plan that says so; made without a run of Ansible."""

    def __init__(self, fleet: Fleet, playground: Playground, **variables: Any) -> None:
        self.fleet = fleet
        self.playground = playground
        self.names = [phone.name for phone in fleet]
        self.inventory = inventory(fleet, {"vvx_plan_key": KEY, "vvx_parameters_all": WANTED, **variables})
        self.phones = self.inventory["all"]["children"]["phones"]
        self.write()
        self.plan(self.names)

    def write(self) -> None:
        self.playground.write("inventory.yml", self.inventory)

    def plan(self, changing: Sequence[str], *others: Entry) -> str:
        """Write a plan; returns its ID."""
        change = Change("up.idleTimeout", False, "40", "default", "55", "vvx_parameters_all")
        entries = [Entry(host, "", (change,), desired=desired_mark(KEY, host, WANTED)) for host in changing]
        plan = Plan(Options(LAYERS), {entry.host: entry for entry in [*entries, *others]})
        (self.playground.folder / "plan.json").write_bytes(dumps(plan, KEY))
        return plan.id

    def apply(self, *arguments: str, **variables: Any) -> Run:
        for phone in self.fleet:
            phone.journal.clear()
        extra = {"vvx_lines_delay": 0, **variables}
        return self.playground.run(
            "polycom.vvx.apply", "-i", "inventory.yml", "-e", json.dumps(extra), *arguments, COLUMNS="80"
        )

    def changed(self) -> list[str]:
        return [phone.name for phone in self.fleet if phone.value("up.idleTimeout")[0] == "55"]

    def asked(self) -> list[str]:
        return [phone.name for phone in self.fleet if phone.count()]


@pytest.fixture
def site(start_fleet: StartFleet, playground: Playground) -> Site:
    return Site(start_fleet(*(PhoneSpec(name=name) for name in NAMES), tls=False), playground)


def waves(run: Run) -> list[list[str]]:
    """The phones that had a task, by wave, in each in the order of their names."""
    found: dict[int, list[str]] = {}
    for outcome in run.by("vvx_apply"):
        found.setdefault(outcome.result.get("wave", 0), []).append(outcome.host)
    return [sorted(found[number], key=NAMES.index) for number in sorted(found)]


def lines(run: Run, start: str) -> list[str]:
    return [line for line in run.output.splitlines() if line.startswith(start)]


def closed_window() -> str:
    """A window that has ended a minute ago, in UTC."""
    now = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc)
    first, last = (now - datetime.timedelta(minutes=minutes) for minutes in (120, 1))
    return f"{first:%Y-%m-%d %H:%M} - {last:%Y-%m-%d %H:%M}"


def test_canary_and_waves_by_site_in_order(site: Site) -> None:
    for number, host in enumerate(NAMES):
        site.phones["hosts"][host]["building"] = "west" if number < 2 else "east-{{ 1 }}"
    site.write()
    options: Mapping[str, Any] = {"vvx_canary": "desk-10", "vvx_wave": "1,2", "vvx_wave_by": "building"}
    checked = site.apply("--check", **options)
    assert checked.code == 0 and site.changed() == [], checked.output
    assert not list(site.playground.folder.glob("*.journal"))
    run = site.apply(**options)
    assert run.code == 0 and site.changed() == NAMES, run.output
    assert waves(run) == waves(checked) == [["desk-10"], ["desk-3"], ["desk-4", "desk-11"], ["desk-1", "desk-2"]]
    for each in (checked, run):
        assert lines(each, "Wave 3 of 4") == ["Wave 3 of 4 (2 phones, east-1): desk-4, desk-11"] * 2, each.output
        assert "Stops if any phone fails." in each.output
    order = [phone.log[0].started for phone in map(site.fleet.__getitem__, ("desk-10", "desk-3", "desk-11", "desk-1"))]
    assert order == sorted(order), "a wave begins when the one before has ended"
    assert "6 phones: 6 changed" in run.output and "Not begun" not in run.output

    again = site.apply(**options)
    assert again.code == 0 and site.asked() == [], again.output
    assert "no phone has anything to change.\n  6 phones done by an earlier run (" in again.output


def test_a_canary_that_fails_ends_it_as_one_of_too_many_does(site: Site) -> None:
    site.fleet["desk-2"].offline = True
    left = [name for name in NAMES if name not in ("desk-1", "desk-2")]
    for canary, said, changed in (
        ("desk-2", "1 of 1 phone failed in wave 1, where none may", []),
        ("desk-1,desk-2", "1 of 2 phones failed in wave 1, where none may", ["desk-1"]),
    ):
        run = site.apply("--forks", "1", vvx_canary=canary)
        assert run.code in (2, 4) and site.asked() == site.changed() == changed, run.output
        summary = " ".join(run.output.partition("SUMMARY")[2].split())
        names = left if changed else ["desk-1", *left]
        assert f"{len(names)} not begun" in summary, summary
        assert f"Not begun: {len(names)} phones: {said} {', '.join(names)}" in summary, "whether all failed or too many"
        assert "the same command again. It goes on where this run has stopped." in summary
        assert summary.endswith("To go on without this phone, add --limit '!desk-2'.")
    site.fleet["desk-2"].offline = False
    run = site.apply(vvx_canary="desk-1,desk-2")
    assert run.code == 0 and site.changed() == NAMES and "desk-1" not in site.asked(), run.output
    assert "1 phone done by an earlier run" in run.output


def test_too_many_failures_stop_the_wave_that_has_begun(site: Site) -> None:
    for name in ("desk-1", "desk-2"):
        site.fleet[name].offline = True
    run = site.apply("--forks", "1", "--limit", "all", vvx_canary=0, vvx_wave="5", vvx_max_failures=1)
    assert run.code in (2, 4) and site.asked() == [], run.output
    states = {outcome.host: outcome.state for outcome in run.by("vvx_apply")}
    assert states == {**dict.fromkeys(NAMES[:2], "unreachable"), **dict.fromkeys(NAMES[2:5], "skipped")}
    reason = "2 of 5 phones failed in wave 1, where more than 1 may not"
    assert f"Stopped before wave 2 of 2: {reason}. 1 phone not begun." in " ".join(run.output.split())
    summary = " ".join(run.output.partition("SUMMARY")[2].split())
    assert "6 phones: 0 changed, 2 unreachable, 4 not begun" in summary
    assert f"Not begun: 4 phones: {reason} {', '.join(NAMES[2:])}" in summary, summary
    assert summary.count(reason) == 1
    assert summary.endswith("To go on without these phones, add '!desk-1,!desk-2' to --limit.")
    assert site.apply("--limit", "all,!desk-1,!desk-2").code == 0 and site.changed() == NAMES[2:]
    assert site.apply("--limit", "!desk-1,!desk-2").code == 0 and site.asked() == []


def test_only_phones_of_the_play_and_of_the_plan(site: Site) -> None:
    unread = Entry("desk-4", error={"kind": "unreachable", "message": "no answer.", "remedy": ""})
    gone = Entry("attic", "", (Change("a", False, "", "", "1"),), desired="5f")
    site.plan(["desk-1", "desk-2", "desk-3", "desk-10"], unread, gone)
    run = site.apply("--limit", "desk-2,desk-3,desk-4,desk-11")
    assert run.code == 0 and site.changed() == ["desk-2", "desk-3"] == site.asked(), run.output
    for said in (
        "  1 phone not read for the plan, left out: desk-4",
        "  2 phones of the plan left out by --limit or vvx_hosts",
        "  1 phone of the plan not in the inventory: attic",
        "  1 phone not in the plan: desk-11",
        "Wave 1 of 2 (canary, 1 phone): desk-2",
    ):
        assert said in run.output.splitlines(), said
    counts = run.of("Read the plan")["phones"]
    assert counts["outside"] == 2 and counts["not_in_inventory"] == 1 and counts["to_change"] == 2


def test_the_window(site: Site) -> None:
    refused = site.apply(vvx_window=closed_window(), vvx_time_zone="UTC")
    assert refused.code == 2 and site.asked() == [], refused.output
    assert "is over since" in refused.of("Read the plan")["msg"] and "Nothing was sent." in refused.output
    checked = site.apply("--check", vvx_window=closed_window(), vvx_time_zone="UTC")
    assert checked.code == 0 and len(checked.by("vvx_apply")) == 6, checked.output
    assert "Without --check this would be refused." in " ".join(checked.output.split())
    wrong = site.apply(vvx_window="22:00-05:00", vvx_time_zone="Europe/Berln")
    assert wrong.code == 2 and "did you mean Europe/Berlin" in wrong.output and "tzdata" in wrong.output, wrong.output
    assert site.asked() == []


def test_what_is_wrong_is_said_before_anything_is_sent(site: Site) -> None:
    for options, said in (
        ({"vvx_wave": "ten"}, "wave: 'ten' is neither a number of phones nor a percentage"),
        ({"vvx_canary": "desk_10"}, "canary: desk_10 is no phone of the plan (did you mean desk-10?)"),
        ({"vvx_wave_by": "floor"}, "wave_by: no phone has a variable floor"),
        ({"vvx_wave_by": "floor_*"}, "wave_by: no phone is in a group floor_*"),
        ({"vvx_journal": "/proc/nowhere"}, "journal: /proc/nowhere"),
    ):
        run = site.apply(**options)  # type: ignore[arg-type]
        assert run.code == 2 and site.asked() == [], run.output
        assert run.of("Read the plan")["msg"].startswith(said), run.of("Read the plan")["msg"]
        assert not run.by("vvx_apply")


def test_awx_deletes_a_journal_in_its_project(site: Site) -> None:
    arguments = ("polycom.vvx.apply", "-i", "inventory.yml", "--check")
    for more, warned in (((), True), (("-e", "vvx_journal=/shared/journals"), False)):
        run = site.playground.run(*arguments, *more, AWX_HOST="https://awx.example.org")
        assert run.code == 0, run.output
        assert ("does not last, because AWX deletes it after the job" in " ".join(run.output.split())) is warned


def test_check_mode_says_what_would_refuse_the_run(site: Site) -> None:
    handed_over = pack((site.playground.folder / "plan.json").read_bytes())
    extra = {"vvx_plan": "", "polycom_vvx_plan_file": handed_over}
    arguments = ("polycom.vvx.apply", "-i", "inventory.yml", "-e", json.dumps(extra))
    run = site.playground.run(*arguments, "--check", XDG_STATE_HOME=str(site.playground.folder / "state"))
    refused = site.playground.run(*arguments)
    assert (run.code, refused.code) == (0, 2), run.output
    error = refused.of("Read the plan")["msg"]
    assert error.startswith("journal: the plan comes from polycom_vvx_plan_file")
    (warning,) = run.of("Read the plan")["warnings"]
    assert warning == f"Without --check this would be refused: {error.replace(' Nothing was sent.', '')}"
    assert not (site.playground.folder / "state").exists()

    (site.playground.folder / "file").write_text("", encoding="utf-8")
    run = site.apply("--check", vvx_journal="file/below")
    (warning,) = run.of("Read the plan")["warnings"]
    assert run.code == 0 and "would be refused: journal: " in warning and "file is no folder" in warning, run.output


def test_names_that_look_like_patterns_keep_their_waves(start_fleet: StartFleet, playground: Playground) -> None:
    names = ["b&a", "d~1", "a{1}", "c*", "window"]
    fleet = start_fleet(*(PhoneSpec(name=name) for name in names), tls=False)
    site = Site(fleet, playground)
    run = site.apply(vvx_canary="c*", vvx_wave="2")
    assert run.code == 0 and sorted(site.changed()) == sorted(names), run.output
    found = {outcome.host: outcome.result["wave"] for outcome in run.by("vvx_apply")}
    assert found == {"c*": 1, "a{1}": 2, "b&a": 2, "d~1": 3, "window": 3}


def test_a_rollout_behind_one_that_was_refused_changes_nothing(site: Site) -> None:
    """In a playbook of one's own: two rollouts in one run, and a refusal that the user ignores."""
    tasks = {
        "first": {"plan": "plan.json"}, "second": {"plan": "nowhere.json"}, "third": {"plan": "plan.json", "wave": 2},
    }  # fmt: skip
    plays: list[dict[str, Any]] = []
    for name, options in tasks.items():
        plays.append({
            "name": name, "hosts": "phones", "gather_facts": False,
            "tasks": [{"name": name, "polycom.vvx.vvx_rollout": {"key": KEY, "canary": 0, "lines_delay": 0, **options},
                       "run_once": True, "ignore_errors": True}],
        })  # fmt: skip
        plays.append({
            "name": f"apply the {name}", "hosts": "{{ '' | polycom.vvx.rollout_hosts }}", "gather_facts": False,
            "serial": "{{ '' | polycom.vvx.rollout_batches }}",
            "tasks": [{"name": f"{name} wave", "polycom.vvx.vvx_wave": None, "run_once": True},
                      {"name": f"{name} phones", "polycom.vvx.vvx_apply": None}],
        })  # fmt: skip
    site.playground.write("site.yml", plays)
    for phone in site.fleet:
        phone.journal.clear()
    run = site.playground.run("site.yml", "-i", "inventory.yml")
    assert run.code == 0, run.output
    had = {outcome.task for outcome in run.outcomes}
    assert "first phones" in had and not {"second wave", "second phones", "third wave", "third phones"} & had
    assert len(run.by("vvx_apply")) == 6 and site.changed() == NAMES
    assert "no phone has anything to change" in run.output, "the journal says so"
