# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan on a screen: at most 40 lines that fit, whatever the number of phones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._console.table import screen_width
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Plan
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_markdown import markdown
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_text import Place, brief, text

from support.plans import CHANGED, LABEL, LOST, NEW_PASSWORD, SAME, entry, example, plan

PLACE = Place("plan.json", inventories=["inventory"])
NEXT = "Next: ansible-playbook polycom.vvx.apply -i inventory -e vvx_plan=plan.json"


def told(whole: Plan, width: int = 80, place: Place = PLACE) -> str:
    return "\n".join(text(whole, width, place))


def large() -> Plan:
    phones = [
        entry(
            f"berlin-{number}",
            replace(LABEL, before=f"Old {number}", after=f"New {number}"),
            *(replace(LABEL, parameter=f"reg.{line}.address", before=f"{number}{line}") for line in range(2, 30)),
            NEW_PASSWORD,
            restart=("no", "unknown", "restart", "reboot")[number % 4],
            restart_reasons={"reg.1.label": "reboot (guide)"} if number % 4 > 1 else {},
            secrets_left={f"user.{number % 30}.pin": f"reason {chr(97 + number % 20)}"},
        )
        for number in range(1_000)
    ]
    errors = [
        replace(
            LOST,
            host=f"lost-{number}",
            error={"kind": "x", "message": f"cause {'x' * (number % 40)}.", "remedy": "Do."},
        )
        for number in range(200)
    ]
    lacking = [entry(f"old-{number}", LABEL, unknown={f"new.{'y' * number}": ["near"]}) for number in range(1, 40)]
    return plan(*phones, *errors, *lacking, SAME)


def test_what_is_to_be_read_before_an_approval_stands_at_the_top() -> None:
    lines = brief(large(), ["Nobody has set vvx_journal."]).splitlines()
    assert lines[0].startswith("Plan ") and "Nobody has set vvx_journal." in lines[1:4] and len(lines) <= 20


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "place", [PLACE, Place("a" * 60 + "/plan.json", "plan.md", ["one", "two"]), replace(PLACE, written=False)]
)
def test_it_fits_the_screen(width: int, place: Place) -> None:
    lines = text(large(), width, place)
    assert len(lines) <= 40
    assert [line for line in lines if screen_width(line) > width and "vvx_plan=" not in line] == []
    joined = " ".join(" ".join(lines).replace("\\", "").split())
    assert "1240 phones: 1000 change, 1 is as desired, 39 do not know some parameters, 200 could not be read." in joined
    assert ("ansible-playbook polycom.vvx.apply" in joined) == place.written
    assert "Restart would be needed: 500 phones" in joined and "Restart unknown: 250 phones" in joined


def test_what_it_says_of_a_few() -> None:
    whole = plan(CHANGED, entry("two", LABEL, NEW_PASSWORD), SAME, LOST)
    assert (
        told(whole)
        == f"""\
Plan {whole.id}: 4 phones: 2 change, 1 is as desired, 1 could not be read.
Parameters that would change:
  reg.1.label: 'Desk' -> 'Reception'  2 phones
      vvx_parameters_site, group_vars/site_berlin/vars.yml:12
  reg.1.auth.password: (secret)        1 phone
      vvx_parameters_site, group_vars/site_berlin/vars.yml:12
Failures:
  1 phone unreachable: connection refused. Check.
    lost
Each phone's changes: plan.json
{NEXT}"""
    )


def test_a_phone_that_lacks_a_parameter_is_told_how_to_go_on() -> None:
    lacking = entry("old", LABEL, unknown={"reg.1.lable": ["reg.1.label"]})
    found = " ".join(told(plan(lacking)).split())
    assert (
        "the phone does not know reg.1.lable (did you mean reg.1.label?). Correct the names, or skip what phones"
        in found
    )
    assert "-e vvx_unknown_parameters=skip." in found and found.endswith("Nothing to apply.")
    skipping = told(plan(lacking, unknown_parameters="skip"))
    assert "reg.1.label: 'Desk' -> 'Reception'" in skipping and "reg.1.lable" in skipping and NEXT in skipping


def test_check_mode_says_that_nothing_was_written() -> None:
    found = told(plan(CHANGED), 120, replace(PLACE, written=False, markdown="plan.md"))
    assert "Check mode: plan.json and plan.md not written. Next: the same command without --check." in found


def test_a_long_command_is_broken_where_a_shell_goes_on() -> None:
    place = Place("plans/of/the/night.json", "", ["a/long/path/of/an/inventory.yml"])
    assert told(plan(CHANGED), 80, place).endswith(
        "Next: ansible-playbook polycom.vvx.apply \\\n  -i a/long/path/of/an/inventory.yml \\\n"
        "  -e vvx_plan=plans/of/the/night.json"
    )


def test_the_docs_show_it_as_it_is() -> None:
    page = (Path(__file__).parents[3] / "docs" / "plans.md").read_text(encoding="utf-8")
    screen = text(example(), 79, Place("plan.json", "plan.md", ["inventory"]))
    assert "```text\n" + "\n".join(screen) + "\n```" in page
    changes = markdown(example(), "plan.json", 1_000_000).partition("\n\n## Could not")[0]
    assert f"```markdown\n{changes}\n```" in page


def test_a_notification_is_short_and_has_no_template() -> None:
    assert brief(plan(CHANGED, SAME)).splitlines()[:3] == [
        f"Plan {plan(CHANGED, SAME).id}: 2 phones: 1 changes, 1 is as desired.",
        "Parameters that would change:",
        f"  reg.1.label: {LABEL.before!r} -> {LABEL.after!r}  1 phone",
    ]
    whole = brief(large())
    assert len(whole.splitlines()) <= 20 and len(whole) <= 2_000
    for needed in ("1240 phones", "reg.1.label", "Restart would be needed", "Failures:"):
        assert needed in whole, whole
    odd = replace(LABEL, before="{{ 1 }}", after="{% x %}{#{{{")
    assert not any(start in brief(plan(entry("a", odd))) for start in ("{{", "{%", "{#"))
    assert brief(plan()) == f"Plan {plan().id}: 0 phones: nothing to plan."
