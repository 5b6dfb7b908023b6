# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A password that a fleet refuses: how many phones get it, and what the next run does."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import MODULE_DOOR, PASSWORD, Playground, Run

FACTS = {"name": "facts", "polycom.vvx.vvx_facts": {"gather_subset": "min"}}
REPORT = {"name": "report", "polycom.vvx.vvx_report": {"json": "phones.json"}}
WRONG = {"ansible_password": "no-longer-right"}
MOST = 5


def tried(fleet: Fleet) -> int:
    """How often the password was sent."""
    return sum(1 for phone in fleet for request in phone.log if request.auth)


def kinds(run: Run, task: str = "facts") -> Counter[str]:
    found = [outcome.result for outcome in run.outcomes if outcome.task == task]
    return Counter(result.get("error", {}).get("kind", "ok") for result in found)


@pytest.mark.parametrize("forks", [5, 10])
def test_sixty_phones_with_a_wrong_password(start_fleet: StartFleet, playground: Playground, forks: int) -> None:
    fleet = start_fleet(*[PhoneSpec()] * 60, tls=False)
    run = playground.play(fleet, [FACTS], f"--forks={forks}", variables=WRONG)
    sent = tried(fleet)
    assert MOST <= sent <= MOST + forks and max(len(phone.log) for phone in fleet) == 1
    assert kinds(run) == {"authentication_failed": sent, "not_tried": 60 - sent}
    assert "refused" in run.output and "accepted by no phone" in run.output

    again = playground.play(fleet, [FACTS], f"--forks={forks}", variables=WRONG)
    assert kinds(again) == {"not_tried": 60} and tried(fleet) == sent
    assert "in the run before this one" in again.output

    right = playground.play(fleet, [FACTS], f"--forks={forks}")
    assert kinds(right) == {"ok": 60} and right.code == 0


def test_few_phones_with_another_password_stop_nobody(start_fleet: StartFleet, playground: Playground) -> None:
    others = [PhoneSpec(admin_password="another-horse")] * 8
    fleet = start_fleet(PhoneSpec(), *others, PhoneSpec(), tls=False)
    run = playground.play(fleet, [FACTS], "--forks=1")
    assert kinds(run) == {"ok": 2, "authentication_failed": 8}


def test_all_doors_count_together(start_fleet: StartFleet, playground: Playground) -> None:
    """A task on a jump host, a task here and a report, one after the other."""
    fleet = start_fleet(*[PhoneSpec()] * 12, tls=False)
    first, second = [
        {"hosts": hosts, "gather_facts": False, "tasks": [task]}
        for hosts, task in (
            ("phones[0:2]", {**FACTS, "name": "jump", **MODULE_DOOR, "ignore_errors": True}),
            ("phones[3:5]", {**FACTS, "ignore_errors": True}),
        )
    ]
    report = {"hosts": "phones", "gather_facts": False, "tasks": [{**REPORT, "ignore_errors": True}]}
    run = playground.plays(fleet, [first, second, report], "--forks=1", variables=WRONG)
    assert kinds(run, "jump") == {"authentication_failed": 3}
    assert kinds(run) == {"authentication_failed": 2, "not_tried": 1}
    assert tried(fleet) == MOST


def test_a_new_password_is_tried_on_every_phone(start_fleet: StartFleet, playground: Playground) -> None:
    """All phones refuse the new password until it is set; that stops nobody."""
    fleet = start_fleet(*[PhoneSpec()] * 12, tls=False)
    task: dict[str, Any] = {"name": "rotate", "polycom.vvx.vvx_password": {"new_password": "a-brand-new-horse"}}
    preview = playground.play(fleet, [task], "--check")
    run = playground.play(fleet, [task])
    assert preview.code == run.code == 0 and all(outcome.result["changed"] for outcome in run.outcomes)
    assert playground.play(fleet, [FACTS], variables={"ansible_password": "a-brand-new-horse"}).code == 0


def test_a_rotation_with_two_wrong_passwords_ends_soon(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(*[PhoneSpec()] * 12, tls=False)
    task = {"name": "rotate", "polycom.vvx.vvx_password": {"new_password": "a-brand-new-horse"}}
    run = playground.play(fleet, [task], "--forks=1", variables=WRONG)
    assert kinds(run, "rotate") == {"authentication_failed": MOST, "not_tried": 12 - MOST}
    assert tried(fleet) == 2 * MOST and PASSWORD not in run.output


def test_diagnose_says_that_it_did_not_try(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(tls=False)
    tasks = [{**FACTS, "ignore_errors": True}, {"name": "why", "polycom.vvx.vvx_diagnose": {}}]
    run = playground.play(fleet, tasks, variables=WRONG)
    (why,) = [outcome.result for outcome in run.outcomes if outcome.task == "why"]
    (step,) = [step for step in why["steps"] if step["outcome"] == "failed"]
    assert step["name"] == "login" and "this phone refused Polycom with this password" in step["found"]
    assert tried(fleet) == 1
