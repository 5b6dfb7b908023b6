# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the report counts across phones."""

from __future__ import annotations

from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import report, tallies
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, Column, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import INFO, WHERE, failed, read

GROUPS = {"site_berlin": ["a"], "site_rome": ["b"], "site_europe": ["a", "b"]}
FINE = read(drift=[], info={**INFO, "lines": INFO["lines"][:1]})


def own(**said: Any) -> list[Column]:
    option = {"name": "Site", "title": None, "kind": "text", **said}
    return own_columns([option], GROUPS)


NOW = "2026-11-27T08:00:00Z"


def rows(columns: list[Column], cells: dict[str, Any], **surveys: Survey) -> list[dict[str, Any]]:
    every = (*COLUMNS, *columns)
    return [row(Reading(host, host, survey, own={"Site": cells.get(host)}), every) for host, survey in surveys.items()]


def test_phones_by_site() -> None:
    columns = own(variable="site")
    made = rows(columns, {"a": "berlin", "b": "rome", "c": "berlin", "d": "rome"}, a=FINE, b=read(), c=FINE, d=failed())
    found = report.build("T", made, (*COLUMNS, *columns), time=NOW)["summary"]["by"]["Site"]
    assert list(found) == ["rome", "berlin"], "where more phones need attention comes first"
    assert found["berlin"] == {"phones": 2, "attention": 0, "states": {"ok": 2}}
    assert found["rome"] == {"phones": 2, "attention": 2, "states": {"unmanaged": 1, "unregistered": 1}}


def test_phones_in_several_groups_and_in_none() -> None:
    columns = own(group="site_*")
    made = rows(columns, {"a": ["berlin", "europe"], "b": ["europe", "rome"]}, a=FINE, b=FINE, c=FINE)
    found = tallies.by(made, columns)["Site"]
    assert {site: count["phones"] for site, count in found.items()} == {"europe": 2, "berlin": 1, "rome": 1, "": 1}


def test_cells_that_are_no_texts() -> None:
    columns = own(variable="lab", kind="boolean")
    found = tallies.by(rows(columns, {"a": True, "b": False, "c": 5}, a=FINE, b=FINE, c=FINE), columns)["Site"]
    assert list(found) == ["5", "no", "yes"]


def test_standard_columns_are_counted_elsewhere() -> None:
    assert report.build("T", rows([], {}, a=FINE), time=NOW)["summary"]["by"] == {}


def test_at_most_so_many_values_in_the_file_and_in_the_result() -> None:
    columns = own(variable="room")
    hosts = [f"p{number}" for number in range(tallies.MOST_VALUES + 10)]
    made = rows(columns, {host: host for host in hosts}, **dict.fromkeys(hosts, FINE))
    built = report.build("T", made, (*COLUMNS, *columns), time=NOW)
    assert len(built["summary"]["by"]["Site"]) == tallies.MOST_VALUES
    assert len(report.result(built, [])["summary"]["by"]["Site"]) == report.MOST


def test_lines_by_registrar() -> None:
    def line(number: int, registered: bool | None, server: str | None) -> dict[str, Any]:
        return {"line": number, "label": "x", "user": "x", "registered": registered, "proxy": server}

    lines = [line(1, True, "sip.example.com"), line(2, False, "sip.example.com"), line(3, True, None)]
    made = rows(
        [],
        {},
        a=read(info={**INFO, "lines": lines}),
        b=read(info={**INFO, "lines": [line(1, None, "sip2.example.com"), line(2, True, "sip.example.com")]}),
        c=failed(),
    )
    assert report.build("T", made, time=NOW)["summary"]["registrars"] == {"sip.example.com": [2, 3], "": [1, 1]}


def test_drift_by_parameter() -> None:
    secret = Difference("reg.1.auth.password", "(secret)", "(secret)", "config", "vvx_parameters_all", None, None)
    label = Difference("reg.1.label", "Desk", "1001", "web", **WHERE)
    other = Difference("reg.1.label", "Desk", "1002", "web", **{**WHERE, "line": 13})
    made = rows([], {}, a=read(drift=[label, secret]), b=read(drift=[label]), c=read(drift=[other]), d=failed())
    built = report.build("T", made, time=NOW)
    assert built["summary"]["parameters"] == 2
    assert built["parameters"] == [
        {
            "parameter": "reg.1.label",
            "phones": 3,
            "wanted": [{"value": "Desk", "phones": 2, **WHERE}, {"value": "Desk", "phones": 1, **WHERE, "line": 13}],
            "has": [{"value": "1001", "phones": 2}, {"value": "1002", "phones": 1}],
            "more": {"wanted": 0, "has": 0},
        },
        {
            "parameter": "reg.1.auth.password",
            "phones": 1,
            "wanted": [{"value": "(secret)", "phones": 1, "layer": "vvx_parameters_all", "file": None, "line": None}],
            "has": [{"value": "(secret)", "phones": 1}],
            "more": {"wanted": 0, "has": 0},
        },
    ]


def test_drift_by_parameter_stays_small() -> None:
    many = [Difference(f"x.{number}", "1", "2", "web") for number in range(tallies.MOST_PARAMETERS + 5)]
    label = [Difference("reg.1.label", f"Desk {number}", "", "web") for number in range(30)]
    surveys = {f"p{number}": read(drift=[each]) for number, each in enumerate(label)}
    built = report.build("T", rows([], {}, a=read(drift=many), **surveys), time=NOW)
    assert len(built["parameters"]) == tallies.MOST_PARAMETERS
    assert built["summary"]["parameters"] == tallies.MOST_PARAMETERS + 6
    first = built["parameters"][0]
    assert (first["phones"], len(first["wanted"]), len(first["has"])) == (30, tallies.MOST_OF_PARAMETER, 1)
    assert first["more"] == {"wanted": 10, "has": 0}
