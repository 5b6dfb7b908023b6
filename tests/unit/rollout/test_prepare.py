# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones of a plan change in a run, and what is said of all the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import prepare, walking, walking_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import STATES, Step
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Entry, Options, Plan
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.prepare import Place
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.walking import OF_THE_TASKS, Terms, Walk
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.waves import Rules, rules
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.window import Window, window

KEY = "sixteen-letters-or-more"
CHANGE = Change("up.idleTimeout", False, "40", "default", "55")
PARAMS = {name: option.get("default") for name, option in prepare.SPEC.argument_spec.items()}


def plan(unknown_parameters: str = "fail") -> Plan:
    entries = [
        *(Entry(f"p-{number}", changes=(CHANGE,), desired="5f") for number in range(1, 9)),
        Entry("right", desired="5f"),
        Entry("dark", error={"kind": "unreachable", "message": "no answer.", "remedy": ""}),
        Entry("old", changes=(CHANGE,), unknown={"up.newThing": []}, desired="5f"),
        Entry("gone", changes=(CHANGE,), desired="5f"),
    ]
    options = Options(("vvx_parameters_all",), unknown_parameters=unknown_parameters)
    return Plan(options, {entry.host: entry for entry in entries})


HERE = [f"p-{number}" for number in range(1, 8)] + ["right", "dark", "old", "new"]


def prepared(
    the_plan: Plan | None = None,
    steps: Mapping[str, str] | None = None,
    play: Sequence[str] = HERE,
    given: tuple[Any, Any, Any] = (1, "3", "10%"),
    **more: Any,
) -> Walk:
    states = {host: Step(host, state) for host, state in (steps or {}).items()}
    place = Place(play, [*HERE, "p-8"], more.pop("sites", None), states)
    return prepare.prepare(the_plan or plan(), terms(rules(*given)), place, {**PARAMS, **more})


def terms(given: Rules, night: Window | None = None) -> Terms:
    return Terms(given, night, "", "/journals", {name: PARAMS[name] for name in OF_THE_TASKS})


def test_another_plan_than_the_approved_one_is_refused() -> None:
    mine = plan()
    prepare.refuse_another(mine, "", "plan.json")
    prepare.refuse_another(mine, mine.id, "plan.json")
    with pytest.raises(SettingsError, match=f"plan.json holds plan {mine.id}, not plan 4f1c, which was approved"):
        prepare.refuse_another(mine, "4f1c", "plan.json")


def hosts(of: Walk, name: str) -> list[str]:
    """Those of a note."""
    (found,) = [note.hosts for note in of.notes if note.name == name]
    return list(found)


def shown(of: Walk, width: int = 80, closed: str = "") -> str:
    return "\n".join(walking_text.text(of, width, closed, "plan.journal"))


def test_every_phone_is_somewhere() -> None:
    found = prepared(steps={"p-2": "done", "p-3": "begun", "p-4": "stale", "p-5": "failed", "p-6": "unchanged"})
    assert [wave.hosts for wave in found.rollout.waves] == [("p-1",), ("p-3", "p-5", "p-4"), ("p-7",)]
    assert (found.done, found.begun) == (["p-2", "p-6"], ["p-3", "p-5"])
    assert {note.name: note.hosts for note in found.notes} == {
        "as_desired": ["right"], "not_read": ["dark"], "unknown_parameters": ["old"], "outside": ["p-8"],
        "not_in_inventory": ["gone"], "not_in_plan": ["new"],
    }  # fmt: skip
    said = walking.result(found)
    assert said["phones"] == {
        "to_change": 5, "done": 2, "resumed": 2, "as_desired": 1, "not_read": 1, "unknown_parameters": 1, "outside": 1,
        "not_in_inventory": 1, "not_in_plan": 1,
    }  # fmt: skip
    assert said["waves"][0] == {
        "number": 1, "canary": True, "site": "", "phones": 1, "hosts": ["p-1"], "max_failures": 0,
    }  # fmt: skip
    assert shown(found).splitlines() == [
        f"Plan {plan().id}: 5 phones to change in 3 waves, canary phones first.",
        "  2 phones done by an earlier run (plan.journal)",
        "  2 phones begun or failed in an earlier run, first in their wave: p-3, p-5",
        "  1 phone as desired when the plan was made",
        "  1 phone not read for the plan, left out: dark",
        "  1 phone left out because of unknown parameters: old",
        "  1 phone of the plan left out by --limit or vvx_hosts",
        "  1 phone of the plan not in the inventory: gone",
        "  1 phone not in the plan: new",
        "Wave 1 of 3 (canary, 1 phone): p-1",
        "Wave 2 of 3 (3 phones): p-3, p-5, p-4",
        "Wave 3 of 3 (1 phone): p-7",
        "Stops if any phone fails.",
    ]


@pytest.mark.parametrize("state", STATES)
def test_what_the_journal_says_of_a_phone(state: str) -> None:
    found = prepared(steps={"p-1": state, "nobody": state, "dark": state})
    change = [host for wave in found.rollout.waves for host in wave.hosts]
    assert ("p-1" in change) == (state not in ("done", "unchanged"))
    assert found.begun == (["p-1"] if state in ("begun", "failed", "rolled_back") else [])


def test_phones_that_lack_parameters_change_if_the_plan_skips_these() -> None:
    found = prepared(plan("skip"))
    assert found.rollout.waves[0].hosts == ("old",) and hosts(found, "unknown_parameters") == []
    assert found.rollout.options["unknown_parameters"] == "skip"
    assert found.rollout.options["check_busy"] == "before_write", "never a phone in a call"
    assert found.rollout.options["layers"] == ["vvx_parameters_all"] and found.rollout.options["wait_for_lines"] is True


def test_nothing_to_change() -> None:
    done = prepared(steps={f"p-{number}": "done" for number in range(1, 9)})
    assert done.rollout.waves == () and shown(done).splitlines()[:2] == [
        f"Plan {plan().id}: no phone has anything to change.", "  7 phones done by an earlier run (plan.journal)",
    ]  # fmt: skip
    assert shown(prepared(play=["right"])).startswith(f"Plan {plan().id}: no phone has anything to change.")


def test_when_it_stops() -> None:
    for given, said in {
        (0, "100%", "10%"): "Stops if any phone fails.",
        (0, "100%", "50%"): "Stops if more than 3 phones of a wave fail, or all of them.",
        (
            2,
            "4,100%",
            "50%",
        ): "Stops if one canary phone fails or too many phones of a wave fail (50%), or all of them.",
        (2, "100%", 3): "Stops if one canary phone fails or more than 3 phones of a wave fail, or all of them.",
        ("p-1,p-2,p-3,p-4,p-5,p-6,p-7", "100%", 3): "Stops if one canary phone fails.",
    }.items():
        assert shown(prepared(given=given), 120).splitlines()[-1] == said, given


def test_the_window_is_named_and_check_mode_says_that_it_is_closed() -> None:
    now = 1_800_000_000.0
    night = window("22:00-05:00", "UTC", now)
    found = prepare.prepare(plan(), terms(rules(1, 3, 1), night), Place(HERE, HERE, None, {}), PARAMS)
    assert found.rollout.closes == night.end  # type: ignore[union-attr]
    assert "Begins no phone after the maintenance window (22:00-05:00, UTC)." in shown(found)
    text = shown(prepared(), closed="The maintenance window (22:00-05:00) is closed until Fri 2027-01-15 22:00.")
    assert " ".join(text.split()).endswith("22:00. Without --check this would be refused.")


@pytest.mark.parametrize("width", [80, 120])
def test_a_screen_is_enough_for_ten_thousand_phones(width: int) -> None:
    names = [f"a-very-long-name-of-a-phone-{number}.example.org" for number in range(10_000)]
    phones = {host: Entry(host, changes=(CHANGE,), desired="5f") for host in names}
    big = Plan(Options(("vvx_parameters_all",)), phones)
    place = Place(names[:-50], names[:-10], {host: f"site-{host[-15:-12]}" for host in names}, {})
    found = prepare.prepare(big, terms(rules("5%", "10", "10%")), place, PARAMS)
    lines = walking_text.text(found, width, "", None)
    assert len(lines) <= walking_text.MOST and all(len(line) <= width for line in lines)
    assert any("more waves" in line for line in lines) and "Stops if one canary" in " ".join(lines[-2:])
    assert len(str(walking.result(found))) < 1_000_000


def test_phones_whose_variables_have_changed_are_named() -> None:
    prepare.refuse_changed([])
    with pytest.raises(
        SettingsError, match="desired parameters of 12 phones have changed .* p-0, .* and 2 more. Nothing"
    ):
        prepare.refuse_changed([f"p-{number}" for number in range(12)])


def test_sites_by_groups() -> None:
    assert (
        walking.site_of("site_*", ["phones", "site_b", "site_10", "model_vvx601", "site_9"])
        == "site_9, site_10, site_b"
    )
    assert walking.site_of("site_*", ["phones"]) == ""
    assert walking.is_pattern("site_[ab]") and not walking.is_pattern("site")
