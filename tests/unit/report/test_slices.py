# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What slices of a report or an audit have read gives the same after it was a file; anything else is refused."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._certificates import Certificate
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError, TlsFailed, Unreachable
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import audit, audit_text, slices
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row
from hypothesis import given
from hypothesis import strategies as st

OWN = [
    {"name": "Room", "query": None, "variable": "room", "group": None, "title": None, "kind": "text"},
    {"name": "Lines", "query": None, "variable": None, "group": "site_*", "title": None, "kind": "text"},
    {"name": "up", "query": "device.uptime_seconds", "variable": None, "group": None, "title": None, "kind": "number"},
]
NOW = datetime(2026, 11, 27, 8, tzinfo=timezone.utc)
DRIFT = Difference("reg.1.label", "Empfang \ud83d", "Desk", "web", "vvx_parameters_all", "vars.yml", 3)
INFO = {
    "device": {"model": "VVX 411", "firmware": "5.9.3.1", "mac": "00:04:f2:00:00:01", "uptime_seconds": 60},
    "lines": [{"line": 1, "label": "köln \ud83d", "user": "1001", "registered": True, "proxy": "sip.example.org"}],
}
PHONES = {
    "drifting": Survey(INFO, compared=2, drift=[DRIFT], certificate=Certificate("0" * 64, "CN=a", "CN=b")),
    "typo": Survey(
        INFO, {"x": "lacks"}, ["network"], 1, unknown={"a.b": ["a.c"]}, origins={"a.b": Origin("x", "y", 1)}
    ),
    "secret": Survey({"device": {}, "lines": []}, secrets={"reg.1.auth.password": "it is hidden"}),
    "lost": Survey(error=Unreachable("connection refused \u202e.")),
    "tls": Survey(error=TlsFailed("a certificate.", remedy="Set ca_path.")),
}


def reading(host: str, **own: Any) -> Reading:
    waits = {"a.b": NOW} if host == "drifting" else {}
    return Reading(host, "10.0.0.1", PHONES[host], {"default": "5.9.4"}, 30, NOW, "https://10.0.0.1/", waits, own)


def columns() -> tuple[Any, ...]:
    return (*COLUMNS, *(column for column in own_columns([OWN[0] | {"name": "Place"}, OWN[0], OWN[2]])))


def through_a_file(value: Any) -> Any:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("host", PHONES)
def test_a_row_is_the_same_after_it_was_a_part(host: str) -> None:
    own = {"Place": "2.17", "Room": None}
    whole = row(reading(host, **own), columns())
    read = through_a_file(slices.row_read(row(reading(host), slices.read_columns(columns())), False))
    made = slices.row_of(host, read, columns(), own)
    assert made == whole and list(made["cells"]) == list(whole["cells"])


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "::1", "FE80::1%eth0", "fe80::1%Eth0", "Desk.example.org", "köln.example"]
)
@pytest.mark.parametrize("port", ["", ":8443"])
def test_a_phone_keeps_its_link(address: str, port: str) -> None:
    url = f"https://{f'[{address}]' if ':' in address else address}{port}/"
    whole = row(replace(reading("drifting"), address=address, url=url), slices.read_columns(columns()))
    read = through_a_file(slices.row_read(whole, False))
    assert slices.row_of("drifting", read, columns(), {})["detail"]["url"] == url


def test_a_row_of_a_part_has_no_half_characters() -> None:
    read = slices.row_read(row(reading("drifting"), slices.read_columns(columns())), False)
    read["cells"]["up"] = read["cells"]["model"] = "\ud83d"
    read["detail"]["problems"] = ["\ud83d"]
    made = slices.row_of("drifting", through_a_file(read), columns(), {})
    assert (made["cells"]["up"], made["detail"]["problems"]) == ("?", ["?"])
    json.dumps(made, ensure_ascii=False).encode()


@given(st.dictionaries(st.sampled_from(sorted(PHONES)), st.integers(0, 3), min_size=1))
def test_an_audit_of_any_partition_is_the_same(partition: dict[str, int]) -> None:
    params = {"fail_on": ["drift", "unknown", "error"]}
    whole = audit.ordered(map(reading, partition))
    merged = audit.ordered(
        slices.audit_of(host, through_a_file(audit.detail(reading(host))))
        for number in range(4)
        for host in partition
        if partition[host] == number
    )
    assert audit.details(merged) == audit.details(whole)
    assert audit.result(merged, params, []) == audit.result(whole, params, [])
    assert audit.verdicts(merged, params["fail_on"]) == audit.verdicts(whole, params["fail_on"])
    assert audit_text.text(merged, 80, None) == audit_text.text(whole, 80, None)


@given(st.text(st.characters()), st.text(st.characters()))
def test_an_error_says_the_same(message: str, remedy: str) -> None:
    error = PhoneError(message, remedy=remedy)
    found = slices.audit_of("a", through_a_file(audit.detail(Reading("a", "b", Survey(error=error))))).survey.error
    assert found and (found.kind, found.message, found.remedy) == (error.kind, error.message, error.remedy)


def wrong_rows() -> list[tuple[tuple[str, ...], Any]]:
    return [
        (("cells", "host"), "another"),
        (("cells", "state"), "fine"),
        (("cells", "address"), None),
        (("cells", "registered"), [1]),
        (("cells", "booted"), "today"),
        (("cells", "up"), {"a": 1}),
        (("cells", "up"), float("inf")),
        (("cells", "problems"), [1]),
        (("causes",), [{"cause": "unheard of", "since": None}]),
        (("causes",), [{"cause": "drifting", "since": "2026-11-27T08:00:00Z"}]),
        (("detail", "url"), "javascript:alert(1)"),
        (("detail", "url"), 'https://a/"onclick='),
        (("detail", "url"), "https://evil.example/"),
        (("detail", "url"), "https://10.0.0.1@evil.example/"),
        (("detail", "url"), "https://10.0.0.1/logout"),
        (("cells", "address"), "10.0.0.2"),
        (("cells", "registered"), [10**400, 1]),
        (("detail", "known"), True),
        (("detail", "lines"), [{"line": 1}]),
        (("detail", "drift"), [{"parameter": "a"}]),
        (("detail", "certificate"), {}),
        (("untried",), 1),
        (("more",), 1),
    ]


@pytest.mark.parametrize(("path", "value"), wrong_rows())
def test_a_row_of_another_shape_is_refused(path: tuple[str, ...], value: Any) -> None:
    good = slices.row_read(row(reading("drifting"), slices.read_columns(columns())), False)
    read = copy.deepcopy(good)
    inner = read
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    slices.row_of("drifting", good, columns(), {})
    with pytest.raises(ValueError, match="another"):
        slices.row_of("drifting", read, columns(), {})


@pytest.mark.parametrize(
    "value", [{}, [], None, {"address": "a"}, audit.detail(reading("tls")) | {"error": {"kind": 1}}]
)
def test_an_audit_of_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="another shape"):
        slices.audit_of("a", value)
