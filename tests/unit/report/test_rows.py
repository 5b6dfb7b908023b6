# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row says about a phone."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading, is_behind
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import INFO, WHERE, failed, read


def own(**queries: str) -> list[Any]:
    return own_columns(
        [{"name": name, "title": None, "kind": "text", "query": query} for name, query in queries.items()]
    )


def test_a_phone_with_this_and_that() -> None:
    phone = Reading("berlin", "192.0.2.11", read(), {"VVX 411": "5.9.5.0614"})
    made = row(phone, (*COLUMNS, *own(ready="device.ready_to_use")))
    assert made["cells"] == {
        "host": "berlin",
        "address": "192.0.2.11",
        "status": "ok",
        "reason": None,
        "model": "VVX 411",
        "firmware": "5.9.3.1111",
        "target": "5.9.5.0614",
        "behind": True,
        "mac": "00:04:f2:aa:bb:cc",
        "lines": ["Desk", "1002"],
        "registered": [1, 2],
        "drift": 1,
        "problems": ["line 2 is not registered", "firmware is behind 5.9.5.0614", "parameters differ"],
        "ready": True,
    }
    assert made["detail"] == {
        "lines": [
            {"line": 1, "label": "Desk", "user": "1001", "registered": True},
            {"line": 2, "label": None, "user": "1002", "registered": False},
        ],
        "drift": [{"parameter": "reg.1.label", "wanted": "Reception", "has": "Desk", "source": "web", **WHERE}],
        "problems": made["cells"]["problems"],
        "remedy": None,
    }


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


def test_drift_is_empty_where_no_parameters_were_compared() -> None:
    assert row(Reading("a", "a", read(compared=0, drift=[])))["cells"]["drift"] is None
    assert row(Reading("a", "a", read(drift=[])))["cells"]["drift"] == 0


@pytest.mark.parametrize(
    ("firmware", "target", "behind"),
    [
        ("5.9.3.1111", "5.9.3.1111", False),
        ("5.9.9.1", "5.9.10.1", True),
        ("6.0.0.1", "5.9.9.9", False),
        ("5.9.3.1111", "5.9.3", False),
        ("5.8", "5.9.3", True),
    ],
)
def test_versions_are_compared_by_their_parts(firmware: str, target: str, behind: bool) -> None:
    assert is_behind(firmware, target) is behind


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
    assert [column.as_dict() for column in own(vlan="device")] == [{"name": "vlan", "title": "vlan", "kind": "text"}]
