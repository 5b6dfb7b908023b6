# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with phones: each cause on its own, several at once, and none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import PLAYBOOKS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import causes
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import STATUSES, Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row, server
from hypothesis import given
from hypothesis import strategies as st

from support.surveys import DRIFT, INFO, certificate, failed, read

NOW = datetime(2026, 11, 27, 8, 0, 0, 500_000, tzinfo=timezone.utc)
DEVICE = {**INFO["device"], "uptime_seconds": 3600}
LINE = INFO["lines"][0]
BOOTED = datetime(2026, 11, 27, 7, tzinfo=timezone.utc)


def well(**changes: Any) -> dict[str, Any]:
    """Fields of a reading of a phone with which nothing is wrong."""
    return {"survey": read(info={"device": DEVICE, "lines": [LINE]}, drift=[]), "now": NOW, **changes}


def reading(**fields: Any) -> Reading:
    return Reading("a", "192.0.2.1", **{**well(), **fields})


def survey(**changes: Any) -> Any:
    return replace(well()["survey"], **changes)


ENDING = certificate(not_after=NOW + timedelta(days=20))
EACH: dict[str, dict[str, Any]] = {
    "unmanaged": {"survey": failed()},
    "unregistered": {"survey": survey(info={"device": DEVICE, "lines": [LINE, {"line": 2, "registered": False}]})},
    "drifting": {"survey": survey(drift=[DRIFT])},
    "behind": {"targets": {"default": "5.9.5.0614"}},
    "restart": {"unrestarted": {"a.b": BOOTED + timedelta(seconds=1)}},
    "certificate": {"survey": survey(certificate=ENDING)},
    "other": {"survey": survey(unknown={"reg.1.lable": ["reg.1.label"]})},
}
ALL_BUT_UNMANAGED = {
    "survey": survey(
        info={"device": DEVICE, "lines": [{"line": 1, "registered": False}]},
        drift=[DRIFT],
        certificate=ENDING,
        unreadable=["network"],
    ),
    **EACH["behind"],
    **EACH["restart"],
}


def test_each_cause_has_a_case_here() -> None:
    assert (*EACH, causes.REBOOTED) == causes.NAMES, "carried.py finds the last one"


@pytest.mark.parametrize("cause", EACH)
def test_each_cause_on_its_own(cause: str) -> None:
    phone = reading(**EACH[cause])
    made = row(phone)
    assert causes.of(phone) == [cause] and made["cells"]["state"] == cause
    assert made["causes"] == [{"cause": cause, "since": None}]
    assert causes.attention([made]) == 1 and phone.problems, "the problems in words say the same"


def test_nothing_is_wrong() -> None:
    made = row(reading())
    assert made["causes"] == [] and made["cells"]["state"] == "ok" and made["detail"]["problems"] == []
    assert causes.attention([made]) == 0 and causes.tally([made]) == []


def test_several_at_once_the_worst_first() -> None:
    made = row(reading(**ALL_BUT_UNMANAGED))
    assert tuple(causes.names_of(made)) == causes.NAMES[1:-1] and made["cells"]["state"] == "unregistered"
    assert causes.attention([made]) == 1
    assert made["detail"]["problems"] == [
        "line 1 is not registered",
        "parameters differ",
        "firmware is behind 5.9.5.0614",
        "a restart is pending",
        "certificate expires within 30 days",
        "network could not be read",
    ]


@pytest.mark.parametrize("problem", ["ready", "unreadable", "unknown"])
def test_other_problems(problem: str) -> None:
    cases = {
        "ready": survey(info={"device": {**DEVICE, "ready_to_use": False}, "lines": [LINE]}),
        "unreadable": survey(unreadable=["network"]),
        "unknown": survey(unknown={"a.b": []}),
    }
    assert causes.of(reading(survey=cases[problem])) == ["other"]


@given(st.sets(st.sampled_from(causes.NAMES[1:-1])), st.booleans())
def test_ok_is_said_only_where_nothing_is_wrong(names: set[str], managed: bool) -> None:
    fields: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name in names:
        for key, value in EACH[name].items():
            if key == "survey":
                found |= {field: part for field, part in vars(value).items() if part != getattr(survey(), field)}
            else:
                fields[key] = value
    if not managed:
        found["error"] = failed().error
    made = row(reading(survey=survey(**found), **fields))
    assert (made["cells"]["state"] == "ok") == (made["causes"] == []) == (managed and not names)
    assert made["cells"]["state"] == causes.state(causes.names_of(made))
    told = build("T", [made], time="2026-11-27T08:00:00Z")
    assert told["summary"]["states"].get("ok", 0) == (managed and not names)
    assert [each["cause"] for each in told["causes"]] == causes.names_of(made)
    assert "ok" not in made["cells"]["status"]


def test_a_restart_is_pending_until_the_phone_has_started_again() -> None:
    before, after = BOOTED - timedelta(minutes=5), BOOTED + timedelta(minutes=5)
    phone = reading(unrestarted={"old.1": before, "new.2": after, "new.1": after + timedelta(minutes=1)})
    assert row(phone)["detail"]["restart"] == {"since": "2026-11-27T07:05:00Z", "parameters": ["new.1", "new.2"]}
    assert reading(unrestarted={"old.1": before}).pending is None
    unknown = survey(info={"device": INFO["device"], "lines": [LINE]})
    assert causes.of(reading(unrestarted={"old.1": before}, survey=unknown)) == ["restart"], "nobody knows of a start"
    assert causes.of(reading(unrestarted={"new.1": after}, survey=failed())) == ["unmanaged"]


def test_when_a_phone_has_started() -> None:
    assert row(reading())["cells"]["booted"] == "2026-11-27T07:00:00Z"
    assert row(reading(survey=read()))["cells"]["booted"] is None
    assert row(reading(survey=failed()))["cells"]["last_seen"] is None


def test_a_report_counts_its_causes() -> None:
    rebooted = {"cause": causes.REBOOTED, "since": None}
    rows = [{**row(reading()), "causes": [rebooted]}]
    rows += [row(reading(**EACH[name])) for name in ("drifting", "unmanaged", "drifting")]
    rows += [row(reading(**ALL_BUT_UNMANAGED)), row(reading(survey=failed(kind="authentication_failed")))]
    rows += [row(reading(survey=failed(kind="authentication_failed"))), row(reading())]
    rows[4]["causes"].append(rebooted)
    for number, made in enumerate(rows):
        made["causes"] = [{**entry, "since": f"2026-11-0{number + 1}T08:00:00Z"} for entry in made["causes"]]
    told = causes.tally(rows, ["drifting", "drifting", "unmanaged"])
    numbers = {each["cause"]: (each["phones"], each["new"], each["since"][:10]) for each in told}
    assert numbers == {
        "unmanaged": (3, 1, "2026-11-03"),
        "unregistered": (1, 0, "2026-11-05"),
        "drifting": (3, 2, "2026-11-02"),
        "behind": (1, 0, "2026-11-05"),
        "restart": (1, 0, "2026-11-05"),
        "certificate": (1, 0, "2026-11-05"),
        "other": (1, 0, "2026-11-05"),
        "rebooted": (2, 0, "2026-11-01"),
    }
    assert list(numbers) == [name for name in causes.NAMES if name in numbers]
    assert causes.attention(rows) == 6
    unauthorized, unreachable = told[0]["statuses"]
    assert (unauthorized["status"], unauthorized["phones"], unauthorized["playbook"]) == (
        "unauthorized",
        2,
        "find_passwords",
    )
    assert (unreachable["status"], unreachable["phones"]) == ("unreachable", 1)
    assert all(each["statuses"] == [] for each in told[1:])


def test_every_cause_and_status_has_a_remedy_and_a_playbook_that_exists() -> None:
    kinds = dict.fromkeys((*STATUSES, "protocol"))
    (unmanaged,) = causes.tally([row(reading(survey=failed(kind=kind))) for kind in kinds])
    statuses = unmanaged["statuses"]
    assert {each["status"] for each in statuses} == {*STATUSES.values(), "error"}
    for remedy, playbook in [
        *((cause.remedy, cause.playbook) for cause in causes.CAUSES),
        *((each["remedy"], each["playbook"]) for each in statuses),
    ]:
        assert remedy.endswith(".") and (playbook is None or playbook in PLAYBOOKS)
        assert playbook is None or (Path(__file__).parents[3] / "playbooks" / f"{playbook}.yml").is_file()
    severities = [causes.SEVERITIES.index(cause.severity) for cause in causes.CAUSES]
    assert severities == sorted(severities)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, None),
        ({"proxy": "sip.example.com"}, "sip.example.com"),
        ({"proxy": "old", "servers": [{"address": "a"}, {"address": "b"}]}, "a"),
        ({"servers": [{"address": "a", "working": False}, {"address": "b", "working": True}]}, "b"),
        ({"proxy": "old", "servers": [{"server": 1}]}, "old"),
        ({"proxy": "old", "servers": []}, "old"),
    ],
)
def test_the_registrar_of_a_line(line: dict[str, Any], expected: str | None) -> None:
    assert server(line) == expected
