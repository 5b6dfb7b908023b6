# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be set at launch: nodes of workflows, schedules, and launches themselves."""

from __future__ import annotations

import re

from . import surveys
from .kinds import ASKS
from .store import Item, Refusal, Store, invalid

_RULE = re.compile(r"RULE:\S*")
_START = re.compile(r"DTSTART(;[^:]+)?:[0-9]+T[0-9]+Z?")
_NAIVE = re.compile(r"DTSTART:[0-9]+T[0-9]+ ")


def check(store: Store, attrs: Item, before: Item | None, required: bool) -> None:
    """Raises Refusal. ``required``: whether required questions of the survey must be answered."""
    whole = {**(before or {}), **attrs}
    found = store.unified(whole.get("unified_job_template"))
    if found is None:
        return
    kind, template = found
    given = {name: whole[name] for name in ASKS if whole.get(name) is not None}
    for name in given:
        if not template.get(ASKS[name]):
            raise invalid(name, "Field is not configured to prompt on launch.")
    check_variables(store, kind, template, whole.get("extra_data") or {}, "extra_data", required)


def check_variables(store: Store, kind: str, template: Item, given: Item, field: str, required: bool) -> None:
    """Raises Refusal."""
    survey = store.surveys.get(template["id"], {}) if template.get("survey_enabled") else {}
    if survey:
        wrong = surveys.errors(survey, given, required)
        if wrong:
            raise Refusal(400, {"variables_needed_to_start": wrong})
    asked = {item["variable"] for item in survey.get("spec", [])}
    if not template.get("ask_variables_on_launch") and set(given) - asked:
        raise invalid(field, f"Variables {sorted(set(given) - asked)} are not allowed on launch. ({kind})")


def check_rule(text: str) -> None:
    """Raises Refusal."""
    rules, starts = _RULE.findall(text), _START.findall(text)
    lower = text.lower()
    problems = [
        ("Valid DTSTART required in rrule.", not starts),
        ("DTSTART cannot be a naive datetime.", bool(_NAIVE.search(text))),
        ("Multiple DTSTART is not supported.", len(starts) > 1),
        ("One or more rule required in rrule.", "rrule:" not in lower),
        ("EXDATE and RDATE not allowed in rrule.", "exdate:" in lower or "rdate:" in lower),
        ("INTERVAL required in rrule", any("interval" not in rule.lower() for rule in rules)),
        ("SECONDLY is not supported", any("secondly" in rule.lower() for rule in rules)),
        ("COUNT and UNTIL", any("COUNT" in rule and "UNTIL" in rule for rule in rules)),
        ("rrule parsing failed validation", not re.search("FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY)", text)),
    ]
    found = [message for message, wrong in problems if wrong]
    if found:
        raise Refusal(400, {"rrule": found})


def check_link(store: Store, parent: int, name: str, child: int) -> None:
    """Raises Refusal where a link between nodes would close a circle, or is there under another name."""
    lists = ("success_nodes", "failure_nodes", "always_nodes")
    kind = "workflow_job_template_nodes"
    nodes = store.objects[kind]
    if nodes[parent]["workflow_job_template"] != nodes[child]["workflow_job_template"]:
        raise Refusal(400, {"Error": "Nodes of different workflows."})
    if any(child in store.linked(kind, parent, other) for other in lists if other != name):
        raise Refusal(400, {"Error": "Relationship not allowed."})
    seen, ahead = set(), [child]
    while ahead:
        node = ahead.pop()
        if node == parent:
            raise Refusal(400, {"Error": "Cycle detected."})
        if node not in seen:
            seen.add(node)
            ahead += [each for other in lists for each in store.linked(kind, node, other)]
