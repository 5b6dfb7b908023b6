# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as data, and the result of vvx_report."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import report
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import certificate, failed, read, readings

NOW = "2026-11-27T08:00:00Z"


def build(title: str, made: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return report.build(title, made, time=NOW, **more)


def rows(**surveys: Survey) -> list[dict[str, Any]]:
    return [row(phone) for phone in readings(**surveys)]


def test_the_same_data_makes_the_same_report_in_any_order() -> None:
    made = rows(a=read(), b=read(), c=failed(kind="busy"))
    assert build("T", made) == build("T", list(reversed(made)))
    summary = build("T", made)["summary"]
    assert summary["phones"] == 3 and summary["status"] == {"managed": 2, "busy": 1} and summary["drifting"] == 2
    assert summary["registration"] == {"some": 2, "unknown": 1} and summary["behind"] == 0
    assert summary["models"] == {"VVX 411": 2} and summary["firmwares"] == {"5.9.3.1111": 2}
    assert list(summary["problems"]) == ["line 2 is not registered", "parameters differ", "busy"]


def test_no_phones_at_all() -> None:
    made = build("T", [])
    assert made["rows"] == [] and made["summary"]["phones"] == 0 and made["summary"]["status"] == {}


def test_the_result_stays_small() -> None:
    surveys = {f"phone-{number}": read(unknown={f"x.{number}": []}) for number in range(300)}
    changes: dict[str, list[Any]] = {"appeared": list(surveys), "disappeared": [], "changed": []}
    changes |= {"broken": [{"host": host, "cause": "drifting"} for host in surveys], "repaired": []}
    made = build("T", rows(**surveys), changes=changes)
    result = report.result(made, [{"path": "/r.json", "changed": True}])
    assert len(made["summary"]["problems"]) == 302 and len(result["summary"]["problems"]) == report.MOST
    assert len(result["changes"]["appeared"]) == len(result["changes"]["broken"]) == report.MOST
    assert result["changes"]["counts"] == {
        "appeared": 300, "disappeared": 0, "changed": 0, "broken": 300, "repaired": 0,
    }  # fmt: skip
    assert result["files"] == [{"path": "/r.json", "changed": True}]
    assert report.result(build("T", []), [])["changes"] is None


@pytest.mark.parametrize(
    ("asked", "queries", "subsets"),
    [
        (["device", "lines"], [], ["device", "lines"]),
        (["lines"], [], ["device", "lines"]),
        ([], ["network.vlan", "running_config.x"], ["device", "running_config", "network"]),
        (["min"], ["lines[0].label"], ["device", "lines"]),
    ],
)
def test_what_is_read_follows_from_options_and_queries(
    asked: list[str], queries: list[str], subsets: list[str]
) -> None:
    assert report.subsets(asked, [{"query": query} for query in queries]) == subsets


def test_certificates_that_expire_are_counted_and_named() -> None:
    now = datetime.now(timezone.utc)
    ending = {
        f"p{days}": read(certificate=certificate(not_after=now + timedelta(days=days))) for days in (27, 28, 29, 31, 32)
    }
    made = rows(a=read(certificate=certificate()), http=read(), **ending)
    assert build("T", made)["summary"]["expiring"] == 3
    (warning,) = report.warnings(made)
    first = f"p27 ({now + timedelta(days=27):%Y-%m-%d}), p28"
    assert warning.startswith(f"The certificates of 3 phones have expired or soon will: {first}")
    assert report.warnings(rows(a=read(certificate=certificate()), http=read(), gone=failed())) == []


def test_the_column_of_kept_rows_is_not_for_users() -> None:
    with pytest.raises(SettingsError, match="already has a column as_of"):
        own_columns([{"name": "as_of", "title": "", "kind": "text", "query": "device.model"}])
