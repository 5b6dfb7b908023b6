# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan for a merge request: everything is there, alike things once, nothing foreign is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Plan
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_markdown import code, markdown
from hypothesis import given
from hypothesis import strategies as st

from support.plans import LABEL, LOST, NEW_PASSWORD, SAME, entry, plan

SIZE = 1_000_000
HOSTILE = "a|b`c`` <img src=x onerror=alert(1)> @all [x](http://x) #1 \\| **b** \n/close\n\n# x\u202e"


def made(whole: Plan, size: int = SIZE) -> str:
    return markdown(whole, "/srv/phones/plan.json", size)


def rows(text: str, title: str) -> list[str]:
    """The rows of a table, without its head."""
    found = re.search(rf"^## {re.escape(title)}\n\n(.*?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1].splitlines()[2:] if found else []


def test_equal_changes_of_many_phones_are_one_line() -> None:
    whole = plan(
        *(entry(f"p{number}", LABEL) for number in range(1, 121)), entry("other", replace(LABEL, before="Old"))
    )
    text = made(whole)
    assert rows(text, "Changes") == [
        "| `reg.1.label` | `Desk` (web) | `Reception` | "
        "`vvx_parameters_site, group_vars/site_berlin/vars.yml:12` | 120 phones: group 1 |",
        "| `reg.1.label` | `Old` (web) | `Reception` | "
        "`vvx_parameters_site, group_vars/site_berlin/vars.yml:12` | `other` |",
    ]
    assert "<details><summary>Group 1: 120 phones</summary>\n\n`p1`, `p2`, " in text
    assert "`p119`, `p120`\n\n</details>" in text


def test_values_that_are_written_in_many_places() -> None:
    alone = [replace(LABEL, file=f"host_vars/p{number}.yml") for number in (1, 2)]
    once = [replace(LABEL, parameter="reg.2.label", line=number) for number in (3, 4)]
    text = made(plan(*(entry(f"p{number}", *changes) for number, changes in enumerate(zip(alone, once), 1))))
    assert [row.split(" | ")[3:] for row in rows(text, "Changes")] == [
        ["`vvx_parameters_site`", "`p1`, `p2` |"],
        ["`vvx_parameters_site, group_vars/site_berlin/vars.yml`", "`p1`, `p2` |"],
    ]


def test_all_else_that_a_reviewer_wants_to_know() -> None:
    whole = plan(
        entry("a", LABEL, NEW_PASSWORD, restart="reboot", restart_reasons={"reg.1.label": "reboot (guide)"}),
        entry("b", LABEL, restart="unknown", secrets_left={"user.pin": "something else has set it"}),
        entry("c", LABEL, unknown={"reg.1.lable": ["reg.1.label"]}),
        SAME,
        LOST,
    )
    text = made(whole)
    assert text.startswith(
        f"# Plan {whole.id}\n\n5 phones: 2 change, 1 is as desired, 1 does not know some parameters, "
        "1 could not be read.\n\n## Changes\n"
    )
    assert len(rows(text, "Changes")) == 2, "the phone that is left out has none"
    assert "| `reg.1.auth.password` | empty (default) | (secret) | " in text
    assert rows(text, "Restarts") == [
        "| reboot | `reg.1.label: reboot (guide)` | `a` |",
        "| unknown | not documented | `b` |",
    ]
    assert rows(text, "Secrets") == [
        "| `reg.1.auth.password` | written | `not set on the phone` | `a` |",
        "| `user.pin` | left alone | `something else has set it` | `b` |",
    ]
    assert rows(text, "Could not be read") == ["| `unreachable: connection refused.` | `lost` |"]
    assert rows(text, "Phones left out because of unknown parameters") == ["| `reg.1.lable` | `reg.1.label` | `c` |"]
    assert text.endswith("```console\nansible-playbook polycom.vvx.apply -e vvx_plan=plan.json\n```\n")
    skipping = made(plan(*whole.phones.values(), unknown_parameters="skip"))
    assert rows(skipping, "Unknown parameters, skipped") and "| `a`, `b`, `c` |" in skipping


def test_where_nothing_changes() -> None:
    text = made(plan(SAME))
    assert text == f"# Plan {plan(SAME).id}\n\n1 phone: 1 is as desired.\n\nThere is nothing to apply.\n"


def test_it_is_the_same_text_wherever_the_plan_lies() -> None:
    whole = plan(entry("a", LABEL))
    assert markdown(whole, "/a/plan.json", SIZE) == markdown(whole, "/elsewhere/deep/plan.json", SIZE)


@pytest.mark.parametrize("size", [2_000, 20_000, 65_536])
def test_it_fits_and_says_what_is_left_out(size: int) -> None:
    entries = [entry(f"phone-{number}", replace(LABEL, before=str(number)), NEW_PASSWORD) for number in range(2_000)]
    errors = [
        replace(LOST, host=f"lost-{number}", error={"kind": "x", "message": f"{number} no.", "remedy": ""})
        for number in range(500)
    ]
    text = made(plan(*entries, *errors), size)
    assert len(text) <= size
    assert re.search(r"^\.\.\. and \d+ more lines: see `plan.json`\.$", text, re.MULTILINE)
    shown = len(rows(text, "Changes"))
    left_out = re.search(r"## Changes\n.*?\.\.\. and (\d+) more lines", text, re.DOTALL)
    assert left_out and shown + int(left_out[1]) == 2_001
    assert text.endswith("```\n") and "more group: see" in text or "Group 1: 2000 phones" in text


def test_a_login_that_changes_is_said() -> None:
    url = Change("voIpProt.x", False, "http://***@x", "web", "http://***@x")
    assert "| `http://***@x` (another login) |" in made(plan(entry("a", url)))


@given(st.text(max_size=40))
def test_a_value_is_never_markup(value: str) -> None:
    found = code(value)
    if found.startswith("<code>"):
        assert re.fullmatch(r"<code>(?:&#\d+;|\w)*</code>", found)
    else:
        assert found == "empty" or re.fullmatch(r"`[^`|\\\x00-\x1f]+`", found)


def test_hostile_values_and_hosts() -> None:
    hostile = Change(HOSTILE, False, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1)
    odd = entry(HOSTILE, hostile, unknown={HOSTILE: [HOSTILE]}, restart="reboot", restart_reasons={HOSTILE: HOSTILE})
    lost = replace(LOST, host=f"{HOSTILE}2", error={"kind": HOSTILE, "message": HOSTILE, "remedy": HOSTILE})
    text = made(plan(odd, lost, unknown_parameters="skip"))
    outside = re.sub(r"<code>[^<]*</code>", "", text)
    assert not re.search(r"[<@\\\[]|#1|\*\*", outside.replace("<br>", "")), outside
    for line in outside.splitlines():
        assert not line.startswith("/")
    assert all(line.count("|") == 6 for line in rows(text, "Changes"))
