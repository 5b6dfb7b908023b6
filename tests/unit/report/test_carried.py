# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one after another: what a report takes over from the one before, what has changed, and when nothing has."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NotTried, SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import earlier, history
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import Earlier
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.formats import to_json
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.making import Made, Run, make
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row
from hypothesis import given
from hypothesis import strategies as st

from support.surveys import INFO, certificate, failed, read

DAY = datetime(2026, 11, 1, 8, tzinfo=timezone.utc)
FINE = {**INFO, "lines": INFO["lines"][:1]}
NOT_TRIED = NotTried.kind
OWN = (("vlan", "number", "network.vlan"), ("ready", "boolean", "network.on"), ("up", "duration", "device.up"))


def at(day: float) -> str:
    return f"{DAY + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}"


class Fleet:
    """A fleet that is looked at on one day after another. ``started``: days at which phones have started."""

    def __init__(self, own: bool = False) -> None:
        options = [{"name": name, "title": name, "kind": kind, "query": query} for name, kind, query in OWN]
        self.columns = (*COLUMNS, *(own_columns(options) if own else ()))
        self.started: dict[str, float] = {}
        self.last: Made | None = None
        self.text = ""

    def run(self, day: float, others: tuple[str, ...] = (), timestamp: bool = False, **surveys: Any) -> dict[str, Any]:
        rows = [row(self._reading(host, survey, day), self.columns) for host, survey in surveys.items()]
        before = self.last and json.loads(self.text)
        lines = self.last.lines if self.last else []
        known = Earlier.found(before, lines) if before else None
        untried = {host for host, survey in surveys.items() if survey.error and survey.error.kind == NOT_TRIED}
        run = Run(at(day), others, timestamp, untried=untried)
        self.last = make("T", rows, self.columns, run, known, None, lines)
        self.text = to_json(self.last.report)
        return self.last.report

    def _reading(self, host: str, survey: Any, day: float) -> Reading:
        if survey.error is None and host in self.started:
            uptime = round((day - self.started[host]) * 86_400)
            device = {**survey.info["device"], "uptime_seconds": uptime}
            survey = read(**{**vars(survey), "info": {**survey.info, "device": device}})
        return Reading(host, host, survey, now=DAY + timedelta(days=day))


def cells(report: dict[str, Any], host: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each["cells"] for each in report["rows"] if each["cells"]["host"] == host)
    return found


def since(report: dict[str, Any], host: str) -> dict[str, str]:
    row = next(each for each in report["rows"] if each["cells"]["host"] == host)
    return {each["cause"]: each["since"] for each in row["causes"]}


def fine() -> Any:
    return read(info=FINE, drift=[])


def test_the_same_data_gives_the_same_bytes_and_the_time_of_the_last_change() -> None:
    fleet = Fleet()
    first = fleet.run(0, a=read(), b=fine())
    assert (first["time"], first["previous"], first["changes"], first["history"]) == (at(0), None, None, [])
    text = fleet.text
    fleet.run(1, b=fine(), a=read())
    assert fleet.text == text
    second = fleet.run(2, a=fine(), b=fine())
    assert (second["time"], second["previous"]) == (at(2), at(0))
    assert second["changes"]["repaired"] == [
        {"host": "a", "cause": "unregistered"}, {"host": "a", "cause": "drifting"},
    ]  # fmt: skip
    assert [line["time"] for line in second["history"]] == [at(2)]
    text = fleet.text
    fleet.run(3, a=fine(), b=fine())
    assert fleet.text == text, "the last changes are still told"
    assert fleet.last and not any(fleet.last.told["changes"].values()), "but not of this run"
    assert fleet.run(4, timestamp=True, a=fine(), b=fine())["time"] == at(4)


def test_since_when_a_phone_has_a_cause() -> None:
    fleet = Fleet()
    fleet.run(0, a=read(), b=fine())
    report = fleet.run(1, a=read(), b=read())
    assert since(report, "a") == {"unregistered": at(0), "drifting": at(0)}
    assert since(report, "b") == {"unregistered": at(1), "drifting": at(1)}
    drifting = next(each for each in report["causes"] if each["cause"] == "drifting")
    assert (drifting["phones"], drifting["new"], drifting["since"]) == (2, 1, at(0))
    assert since(fleet.run(2, a=read(), b=failed()), "b") == {"unmanaged": at(2)}
    assert since(fleet.run(3, a=read(), b=failed(kind="busy")), "b") == {"unmanaged": at(2)}
    report = fleet.run(4, a=fine(), b=read())
    assert since(report, "b") == {"unregistered": at(4), "drifting": at(4)}, "nobody knows of the time between"
    assert since(fleet.run(5, a=read(), b=read()), "a")["drifting"] == at(5)


def test_a_phone_whose_password_was_not_tried_again_is_as_it_was() -> None:
    fleet = Fleet()
    ending = certificate(not_after=DAY + timedelta(days=10))
    first = fleet.run(0, a=failed(kind="authentication_failed", certificate=ending), b=fine())
    assert since(first, "a") == {"unmanaged": at(0), "certificate": at(0)}
    text = fleet.text
    fleet.run(0.0001, a=failed(kind=NOT_TRIED), b=fine())
    assert fleet.text == text, "it was not asked, so nothing has changed"
    fleet.run(0.0002, a=failed(kind="authentication_failed", certificate=ending), b=fine())
    assert fleet.text == text
    fleet.run(1, a=fine(), b=fine())
    report = fleet.run(2, a=failed(kind=NOT_TRIED), b=fine())
    assert since(report, "a") == {"unmanaged": at(2)}, "after a run that could read it, that is news"
    assert (cells(report, "a")["last_seen"], cells(report, "a")["status"]) == (at(1), "unauthorized")


def test_a_certificate_that_is_not_seen_is_not_repaired() -> None:
    fleet = Fleet()
    refused = failed(kind="authentication_failed", certificate=certificate(not_after=DAY + timedelta(days=10)))
    fleet.run(0, a=refused)
    for day, survey in ((1, failed()), (2, refused)):
        changes = fleet.run(day, a=survey)["changes"]
        assert {each["column"] for each in changes["changed"]} == {"status", "problems"}
        assert changes["broken"] == changes["repaired"] == []


def test_what_is_known_of_a_phone_that_does_not_answer() -> None:
    fleet = Fleet(own=True)
    info = {**INFO, "network": {"vlan": 7, "on": True}, "device": {**INFO["device"], "up": 60}}
    there = read(info=info, certificate=certificate())
    never = fleet.run(0, a=there, b=failed())["rows"][1]
    assert never["cells"]["last_seen"] is None and never["detail"]["known"] is False
    fleet.run(1, a=there, b=failed())
    report = fleet.run(2, a=failed(), b=failed())
    gone = report["rows"][0]
    kept = ("model", "mac", "firmware", "lines", "certificate", "certificate_end", "vlan")
    assert [gone["cells"][name] for name in kept] == [
        "VVX 411", "00:04:f2:aa:bb:cc", "5.9.3.1111", ["Desk", "1002"], "0004F2AABBCC", "2044-03-09", 7,
    ]  # fmt: skip
    state = ("registered", "drift", "behind", "certificate_expiring", "ready", "up")
    assert [gone["cells"][name] for name in state] == [None] * len(state)
    assert gone["cells"]["last_seen"] == at(1), "the run without changes has seen it, too"
    assert gone["detail"]["known"] is True and gone["detail"]["drift"] == []
    assert [(line["user"], line["registered"]) for line in gone["detail"]["lines"]] == [("1001", None), ("1002", None)]
    assert {each["column"] for each in report["changes"]["changed"]} == {"status", "reason"}
    assert report["changes"]["broken"] == [{"host": "a", "cause": "unmanaged"}] and not report["changes"]["repaired"]
    text = fleet.text
    fleet.run(3, a=failed(), b=failed())
    assert fleet.text == text
    newer = {**info, "device": {**info["device"], "firmware": "5.9.5.0614"}}
    back = fleet.run(4, a=read(info=newer, certificate=certificate()), b=failed())
    assert {each["column"] for each in back["changes"]["changed"]} == {"status", "reason", "firmware"}
    assert back["changes"]["repaired"] == [{"host": "a", "cause": "unmanaged"}] and not back["changes"]["broken"]
    assert back["rows"][0]["cells"]["last_seen"] is None and back["rows"][0]["detail"]["known"] is False


def test_a_phone_that_starts_again_has_rebooted_once() -> None:
    fleet = Fleet()
    fleet.started = {"a": -100, "b": -100}
    fleet.run(0, a=fine(), b=fine())
    text = fleet.text
    fleet.started["a"] += 250 / 86_400  # as the clocks of phones drift
    fleet.run(1, a=fine(), b=fine())
    assert fleet.text == text
    fleet.started["a"] = 1.5
    report = fleet.run(2, a=fine(), b=fine())
    assert since(report, "a") == {"rebooted": at(2)} and since(report, "b") == {}
    assert cells(report, "a")["state"] == "rebooted" and report["summary"]["attention"] == 0
    assert report["changes"]["changed"] == [
        {"host": "a", "column": "booted", "before": at(-100), "after": at(1.5)}
    ]  # fmt: skip
    assert report["changes"]["broken"] == [] and report["history"][-1]["events"][0][2] == "booted"
    text = fleet.text
    fleet.run(3, a=fine(), b=fine())
    assert fleet.text == text, "as long as nothing else happens"
    report = fleet.run(4, a=fine(), b=read())
    assert since(report, "a") == {} and cells(report, "a")["state"] == "ok"
    assert report["changes"]["repaired"] == [] and cells(report, "a")["booted"] == at(1.5)
    fleet.started["a"] = 4.5
    assert since(fleet.run(5, a=fine(), b=read()), "a") == {"rebooted": at(5)}


def test_a_clock_that_was_wrong_is_no_reboot() -> None:
    fleet = Fleet()
    fleet.started = {"a": -1}
    fleet.run(0, a=fine())
    fleet.started = {"a": -50}
    report = fleet.run(1, a=fine())
    assert since(report, "a") == {} and cells(report, "a")["booted"] == at(-50)


def test_rows_of_phones_that_were_not_looked_at_are_kept() -> None:
    fleet = Fleet()
    fleet.run(0, a=read(), b=read(), c=failed())
    fleet.run(1, a=read(), b=read(), c=failed())
    limited = fleet.run(2, ("b", "c"), a=fine())
    assert [cells(limited, host).get("as_of") for host in "abc"] == [None, at(1), at(1)]
    assert limited["columns"][-1]["name"] == "as_of" and limited["summary"]["phones"] == 3
    assert limited["changes"]["disappeared"] == limited["changes"]["appeared"] == []
    assert since(limited, "b")["drifting"] == at(0) and limited["history"][-1]["limited"] is True
    other = fleet.run(3, ("a", "c"), b=failed())
    assert [cells(other, host).get("as_of") for host in "abc"] == [at(2), None, at(1)]
    assert cells(other, "b")["last_seen"] == at(1), "when it was read, not when its row was kept"
    whole = fleet.run(4, a=fine(), b=failed(), c=failed())
    assert whole["columns"][-1]["name"] != "as_of" and whole["time"] == at(3), "no data has changed"
    assert fleet.run(5, ("b",), a=fine())["changes"]["disappeared"] == ["c"]


def test_another_report_to_compare_with() -> None:
    fleet = Fleet()
    march = json.loads(json.dumps(fleet.run(0, a=read(), b=read())))
    before = fleet.run(1, a=fine(), b=read())
    rows = [row(Reading(host, host, survey)) for host, survey in (("a", fine()), ("b", read()))]
    made = make("T", rows, COLUMNS, Run(at(2)), Earlier(before, at(1)), march)
    assert made.report["previous"] == at(0) and made.report["time"] == at(1)
    assert [each["cause"] for each in made.report["changes"]["repaired"]] == ["unregistered", "drifting"]
    assert made.lines[-1]["events"] == [], "the history tells what has happened since the last run"


def test_an_uptime_is_no_event() -> None:
    fleet = Fleet(own=True)
    for day in range(2):
        device = {**FINE["device"], "up": day}
        report = fleet.run(day, a=read(info={**FINE, "device": device}, drift=[]))
    assert report["time"] == at(1) and report["changes"] is None and report["history"] == []


def test_a_new_column_is_no_change() -> None:
    fleet = Fleet()
    fleet.run(0, a=fine())
    fleet.columns = Fleet(own=True).columns
    report = fleet.run(1, a=read(info={**FINE, "network": {"vlan": 7}}, drift=[]))
    assert report["changes"] is None and report["time"] == at(1)


SURVEYS = {"fine": fine, "sick": read, "gone": failed}
RUNS = st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(sorted(SURVEYS)), min_size=1), max_size=6)


@given(RUNS, st.randoms(use_true_random=False))
def test_any_runs(runs: list[dict[str, str]], chance: random.Random) -> None:
    one, other = Fleet(), Fleet()
    times: dict[tuple[str, str], str] = {}
    seen: dict[str, str] = {}
    for day, states in enumerate(runs):
        shuffled = chance.sample(sorted(states.items()), len(states))
        report = one.run(day, **{host: SURVEYS[state]() for host, state in states.items()})
        other.run(day, **{host: SURVEYS[state]() for host, state in shuffled})
        assert one.text == other.text, "whatever the order"
        found = {
            (row["cells"]["host"], each["cause"]): each["since"] for row in report["rows"] for each in row["causes"]
        }
        assert all(found[key] == times.get(key, at(day)) for key in found), "since is carried without a break"
        times = found
        for host in [host for host in seen if host not in states]:
            del seen[host]
        for host, state in states.items():
            if state == "gone":
                assert cells(report, host)["last_seen"] == seen.get(host)
            else:
                seen[host] = at(day)
        assert report["history"] == history.in_report(one.last.lines if one.last else [])
        text = one.text
        one.run(day + 0.5, **{host: SURVEYS[state]() for host, state in states.items()})
        assert one.text == text, "a run without changes"
        other.run(day + 0.5, **{host: SURVEYS[state]() for host, state in states.items()})
        seen.update({host: at(day + 0.5) for host, state in states.items() if state != "gone"})


def test_thousands_of_phones_that_change_make_a_bounded_history() -> None:
    fleet = Fleet()
    hosts = [f"phone-{number}" for number in range(2_000)]
    fleet.run(0, **{host: fine() for host in hosts})
    report = fleet.run(1, **{host: read() for host in hosts})
    (line,) = report["history"]
    assert len(line["events"]) == history.MOST and line["left_out"] > 0 and line["attention"] == 2_000


def test_only_a_report_of_this_version_is_read(tmp_path: Any) -> None:
    good = Fleet().run(0, a=read(), b=failed())
    (tmp_path / "r.json").write_text(json.dumps(good), encoding="utf-8")
    assert earlier.read("json", "r.json", str(tmp_path / "r.json")) == good
    assert earlier.read("json", "r.json", str(tmp_path / "none.json")) is None

    def broken(**changes: Any) -> dict[str, Any]:
        return {**good, **changes}

    first = good["rows"][0]
    for document in (
        *(None, [], {}, 1, broken(rows=[{}]), broken(rows=3), broken(columns=[1]), broken(time="today")),
        *(broken(changes={}), broken(history=[{}]), broken(previous=1), broken(schema="2")),
        broken(rows=[{**first, "cells": {**first["cells"], "booted": "2026-99-01T00:00:00Z"}}]),
        broken(rows=[{**first, "causes": [{"cause": "drifting", "since": None}]}]),
        broken(rows=[{**first, "detail": []}]),
    ):
        (tmp_path / "r.json").write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(SettingsError, match="json: r.json is not a report of this collection"):
            earlier.read("json", "r.json", str(tmp_path / "r.json"))
    (tmp_path / "r.json").write_text(json.dumps(broken(schema=1)), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"another version of this collection \(schema 1, not 2\)") as error:
        earlier.read("json", "r.json", str(tmp_path / "r.json"))
    assert error.value.remedy.startswith("Move it away")
    (tmp_path / "r.json").write_bytes(b"{")
    with pytest.raises(SettingsError, match="it is no JSON"):
        earlier.read("previous", "r.json", str(tmp_path / "r.json"))
