# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as data, and the result of vvx_report."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import report
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import build
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

from support.surveys import INFO, failed, read, readings


def rows(**surveys: Survey) -> list[dict[str, Any]]:
    return [row(phone) for phone in readings(**surveys)]


def test_the_same_data_makes_the_same_report_in_any_order() -> None:
    made = rows(a=read(), b=read(), c=failed(kind="busy"))
    assert build("T", made) == build("T", list(reversed(made)))
    summary = build("T", made)["summary"]
    assert summary["phones"] == 3 and summary["status"] == {"ok": 2, "busy": 1} and summary["drifting"] == 2
    assert summary["registration"] == {"some": 2, "unknown": 1} and summary["behind"] == 0
    assert summary["models"] == {"VVX 411": 2} and summary["firmwares"] == {"5.9.3.1111": 2}
    assert list(summary["problems"]) == ["line 2 is not registered", "parameters differ", "busy"]


def test_what_has_changed_since_another_report() -> None:
    newer = read(info={**INFO, "device": {**INFO["device"], "firmware": "5.9.5.0614"}})
    before = build("T", rows(a=read(), b=read()))
    after = build("T", rows(b=newer, c=read()), previous=before)["changes"]
    assert after == {
        "appeared": ["c"],
        "disappeared": ["a"],
        "changed": [{"host": "b", "column": "firmware", "before": "5.9.3.1111", "after": "5.9.5.0614"}],
    }
    assert before["changes"] is None
    assert build("T", rows(a=read(), b=read()), previous=before)["changes"] == {
        "appeared": [],
        "disappeared": [],
        "changed": [],
    }


def test_of_a_phone_that_is_gone_or_back_only_the_status_changes() -> None:
    there, gone = rows(a=read()), rows(a=failed())
    for before, after in ((there, gone), (gone, there)):
        changed = build("T", after, previous=build("T", before))["changes"]["changed"]
        assert [change["column"] for change in changed] == ["status", "reason"]


def test_a_new_column_is_no_change() -> None:
    before = build("T", rows(a=read()))
    own = own_columns([{"name": "own", "title": "Own", "kind": "text", "query": "device.model"}])
    made = [row(phone, (*COLUMNS, *own)) for phone in readings(a=read())]
    after = build("T", made, (*COLUMNS, *own), before)
    assert after["changes"]["changed"] == [] and after["columns"][-1]["title"] == "Own"


def test_no_phones_at_all() -> None:
    made = build("T", [])
    assert made["rows"] == [] and made["summary"]["phones"] == 0 and made["summary"]["status"] == {}


def test_a_run_without_changes_repeats_the_last_ones() -> None:
    first = build("T", rows(a=read()))
    assert report.repeat_last_changes(first, None) == first
    second = build("T", rows(a=read(), b=read()), previous=first)
    assert report.repeat_last_changes(second, first)["changes"]["appeared"] == ["b"]
    third = build("T", rows(a=read(), b=read()), previous=second)
    assert third["changes"]["appeared"] == []
    assert report.repeat_last_changes(third, second) == second


def test_the_result_stays_small() -> None:
    surveys = {f"phone-{number}": read(unknown={f"x.{number}": []}) for number in range(300)}
    made = build("T", rows(**surveys), previous=build("T", []))
    result = report.result(made, [{"path": "/r.json", "changed": True}])
    assert len(made["summary"]["problems"]) == 302 and len(result["summary"]["problems"]) == report.MOST
    assert len(result["changes"]["appeared"]) == report.MOST
    assert result["changes"]["counts"] == {"appeared": 300, "disappeared": 0, "changed": 0}
    assert result["files"] == [{"path": "/r.json", "changed": True}]
    assert report.result(build("T", []), [])["changes"] is None


def test_targets() -> None:
    assert report.targets({"VVX 411": "5.9.3.1111", "default": 5.9}) == {"VVX 411": "5.9.3.1111", "default": "5.9"}
    with pytest.raises(SettingsError, match="target_firmware: 'latest' for default is not a version"):
        report.targets({"default": "latest"})


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


def test_only_a_report_is_compared_with() -> None:
    made = json.loads(json.dumps(build("T", rows(a=read()))))
    assert report.is_report(made)
    for broken in (None, [], {}, {**made, "schema": 0}, {**made, "rows": [{}]}, {**made, "columns": [1]}):
        assert not report.is_report(broken)


def test_rows_of_phones_that_were_not_looked_at_are_kept() -> None:
    full = build("T", rows(a=read(), b=read(), c=failed()))
    kept = report.kept(full, {"b", "c"}, COLUMNS, "2026-01-31T08:00:00Z")
    limited = build("T", [*rows(a=failed()), *kept], previous=full, others={"b", "c"})
    assert [row["cells"]["host"] for row in limited["rows"]] == ["a", "b", "c"]
    assert [row["cells"].get("as_of") for row in limited["rows"]] == [None, *["2026-01-31T08:00:00Z"] * 2]
    assert limited["columns"][-1]["name"] == "as_of" and limited["summary"]["phones"] == 3
    assert {change["host"] for change in limited["changes"]["changed"]} == {"a"}
    assert limited["changes"]["disappeared"] == limited["changes"]["appeared"] == []
    again = report.kept(limited, {"b", "c"}, COLUMNS, "2026-02-01T08:00:00Z")
    assert again == kept, "still of the first report"
    whole = build("T", rows(a=failed(), b=read(), c=failed()), previous=limited)
    assert not any(whole["changes"].values()) and whole["columns"] == full["columns"]


def test_only_hosts_that_were_looked_at_can_disappear() -> None:
    full = build("T", rows(a=read(), b=read(), c=read()))
    assert build("T", rows(a=read()), previous=full, others={"b"})["changes"]["disappeared"] == ["c"]


def test_the_column_of_kept_rows_is_not_for_users() -> None:
    with pytest.raises(SettingsError, match="already has a column as_of"):
        own_columns([{"name": "as_of", "title": "", "kind": "text", "query": "device.model"}])
