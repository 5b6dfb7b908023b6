# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row says about a phone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._certificates import Certificate
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import INFO, WHERE, certificate, failed, read


def own(**queries: str) -> list[Any]:
    return own_columns(
        [{"name": name, "title": None, "kind": "text", "query": query} for name, query in queries.items()]
    )


def test_a_phone_with_this_and_that() -> None:
    phone = Reading("berlin", "192.0.2.11", read(certificate=certificate()), {"VVX 411": "5.9.5.0614"})
    made = row(phone, (*COLUMNS, *own(ready="device.ready_to_use")))
    assert made["cells"] == {
        "host": "berlin",
        "state": "unregistered",
        "address": "192.0.2.11",
        "status": "managed",
        "reason": None,
        "model": "VVX 411",
        "firmware": "5.9.3.1111",
        "target": "5.9.5.0614",
        "behind": True,
        "mac": "00:04:f2:aa:bb:cc",
        "lines": ["Desk", "1002"],
        "registered": [1, 2],
        "drift": 1,
        "certificate": "0004F2AABBCC",
        "certificate_issuer": "Polycom Equipment Issuing CA 1",
        "certificate_end": "2044-03-09",
        "certificate_expiring": False,
        "booted": None,
        "last_seen": None,
        "problems": ["line 2 is not registered", "parameters differ", "firmware is behind 5.9.5.0614"],
        "ready": True,
    }
    assert made["detail"] == {
        "lines": [
            {"line": 1, "label": "Desk", "user": "1001", "registered": True, "server": None},
            {"line": 2, "label": None, "user": "1002", "registered": False, "server": None},
        ],
        "drift": [{"parameter": "reg.1.label", "wanted": "Reception", "has": "Desk", "source": "web", **WHERE}],
        "problems": made["cells"]["problems"],
        "remedy": None,
        "certificate": {
            "subject": "CN=0004F2AABBCC, O=Polycom Inc.",
            "issuer": "CN=Polycom Equipment Issuing CA 1, O=Polycom Inc.",
            "not_before": "2015-03-02",
            "not_after": "2044-03-09",
            "fingerprint": "ab" * 32,
            "protocol": "TLSv1.2",
        },
        "url": None,
        "restart": None,
        "known": False,
    }
    assert made["causes"] == [{"cause": name, "since": None} for name in ("unregistered", "drifting", "behind")]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("unreachable", "unreachable"),
        ("timeout", "unreachable"),
        ("connection_lost", "unreachable"),
        ("authentication_failed", "unauthorized"),
        ("default_password", "default_password"),
        ("rest_disabled", "rest_off"),
        ("tls", "tls"),
        ("busy", "busy"),
        ("settings", "settings"),
        ("protocol", "error"),
        ("phone_failed", "error"),
    ],
)
def test_a_phone_that_could_not_be_read(kind: str, status: str) -> None:
    phone = Reading("berlin", "192.0.2.11", failed("so it is.", "Do this.", kind), {"default": "5.9"})
    made = row(phone)
    assert (made["cells"]["status"], made["cells"]["reason"], made["detail"]["remedy"]) == (
        status,
        "so it is.",
        "Do this.",
    )
    empty = ("model", "firmware", "target", "behind", "mac", "lines", "registered", "drift")
    assert all(made["cells"][name] is None for name in empty)
    assert made["cells"]["problems"] == [status.replace("_", " ")]


def test_what_was_read_before_an_error_stands_beside_it() -> None:
    survey = failed("no answer within 10 s.", kind="timeout")
    survey.info["device"] = INFO["device"]
    cells = row(Reading("berlin", "192.0.2.11", survey))["cells"]
    assert (cells["status"], cells["model"], cells["lines"]) == ("unreachable", "VVX 411", None)


def test_problems_name_everything_that_needs_attention() -> None:
    info = {"device": {**INFO["device"], "ready_to_use": False}, "lines": []}
    phone = Reading("berlin", "192.0.2.11", read(info=info, drift=[], unknown={"reg.1.lable": ["reg.1.label"]}))
    assert phone.problems == ["not ready", "unknown parameter reg.1.lable"]


@pytest.mark.parametrize(
    ("days", "warn_days", "problem"),
    [
        (31, 30, None),
        (29, 30, "certificate expires within 30 days"),
        (29, 0, None),
        (89, 90, "certificate expires within 90 days"),
        (-1, 30, "certificate has expired"),
        (-1, 0, "certificate has expired"),
    ],
)
def test_a_certificate_that_ends(days: int, warn_days: int, problem: str | None) -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
    survey = read(drift=[], info={}, certificate=certificate(not_after=now + timedelta(days=days)))
    phone = Reading("a", "a", survey, {}, warn_days, now)
    assert row(phone)["cells"]["certificate_expiring"] is (problem is not None)
    assert phone.problems == ([problem] if problem else [])


def test_a_certificate_that_has_not_begun() -> None:
    now = datetime(2015, 3, 1, tzinfo=timezone.utc)
    phone = Reading("a", "a", read(drift=[], info={}, certificate=certificate()), {}, 30, now)
    assert phone.problems == ["certificate is not valid yet"]


@pytest.mark.parametrize("found", [None, Certificate("ab" * 32), certificate(not_after=None, not_before=None)])
def test_phones_without_a_certificate_that_can_be_read(found: Certificate | None) -> None:
    made = row(Reading("a", "a", read(certificate=found)))
    assert made["cells"]["certificate_end"] is None and not made["cells"]["certificate_expiring"]
    assert made["detail"]["certificate"] is None or found is not None


def test_the_same_certificate_gives_the_same_row_on_another_day() -> None:
    days = [datetime(2026, 11, day, tzinfo=timezone.utc) for day in (1, 20)]
    assert len({json.dumps(row(Reading("a", "a", read(certificate=certificate()), {}, 30, day))) for day in days}) == 1


def test_the_name_of_a_certificate_without_a_common_name() -> None:
    found = certificate(name=None, subject="O=Example", issuer_name=None, issuer="O=Example CA")
    cells = row(Reading("a", "a", read(certificate=found)))["cells"]
    assert (cells["certificate"], cells["certificate_issuer"]) == ("O=Example", "O=Example CA")


def test_drift_is_empty_where_no_parameters_were_compared() -> None:
    assert row(Reading("a", "a", read(compared=0, drift=[])))["cells"]["drift"] is None
    assert row(Reading("a", "a", read(drift=[])))["cells"]["drift"] == 0


def test_queries_that_do_not_fit_and_texts_that_no_file_can_hold() -> None:
    columns = (*COLUMNS, *own(bad="length(device.nope)", huge="to_number(lines[0].label)"))
    survey = read(info={**INFO, "lines": [{"line": 1, "label": "1e999", "user": "x\ud83d"}]})
    made = row(Reading("a", "a", survey), columns)
    assert (made["cells"]["bad"], made["cells"]["huge"], made["detail"]["lines"][0]["user"]) == (None, "inf", "x?")
    assert made["cells"]["registered"] is None, "the phone reports no registrations"


@pytest.mark.parametrize(
    ("queries", "message"),
    [({"model": "x"}, "columns: the report already has a column model."), ({"x": "["}, "columns: ")],
)
def test_columns_that_cannot_be_are_refused(queries: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError) as refused:
        own(**queries)
    assert refused.value.message.startswith(message)


def test_a_name_can_be_given_once() -> None:
    with pytest.raises(SettingsError, match="already has a column x"):
        own_columns([{"name": "x", "title": None, "kind": "text", "query": "device"}] * 2)


def test_the_name_is_the_title_where_none_is_given() -> None:
    assert [column.as_dict() for column in own(vlan="device")] == [
        {"name": "vlan", "title": "vlan", "kind": "text", "by": False}
    ]
