# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as metrics, read by the parser of Prometheus' own client."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import causes, prometheus, tallies
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.prometheus import to_prometheus
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from support import cockpit

PAGE = Path(__file__).parents[3] / "docs" / "reports.md"


def made(phones: int = 40, **options: Any) -> dict[str, Any]:
    """A report with what build counts."""
    report = cockpit.report(phones, **options)
    own = own_columns([{"name": name, "title": None, "kind": "text", "variable": "x"} for name in ("site", "Room")])
    rows = report["rows"]
    report["summary"] |= {"by": tallies.by(rows, own), "registrars": tallies.registrars(rows)}
    report["parameters"] = tallies.parameters(rows)
    return report


def read(text: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    """Samples by metric. A series that comes twice fails."""
    assert text.endswith("\n") and "\r" not in text
    families = list(text_string_to_metric_families(text))
    names = [family.name for family in families]
    assert len(set(names)) == len(names) and all(family.type == "gauge" and family.documentation for family in families)
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in families:
        assert family.samples and re.fullmatch(r"polycom_vvx_[a-z_]+", family.name)
        series = [frozenset(sample.labels.items()) for sample in family.samples]
        assert len(set(series)) == len(series) and all(sample.timestamp is None for sample in family.samples)
        found[family.name.removeprefix("polycom_vvx_")] = [(each.labels, each.value) for each in family.samples]
    return found


def total(samples: list[tuple[dict[str, str], float]], **labels: str) -> float:
    return sum(value for found, value in samples if labels.items() <= found.items())


def test_a_fleet_in_numbers() -> None:
    report = made(sick=0.9)
    found, summary = read(to_prometheus(report)), report["summary"]
    assert found["report_timestamp_seconds"] == [({}, cockpit.NOW.timestamp())]
    assert total(found["phones"]) == 40 and [labels["state"] for labels, _value in found["phones"]] == [*causes.STATES]
    assert total(found["phones"], state="ok") == summary["states"]["ok"]
    assert found["attention_phones"] == [({}, summary["attention"])]
    assert total(found["status_phones"]) == total(found["firmware_phones"]) == 40
    assert {labels["cause"]: value for labels, value in found["cause_phones"] if value} == {
        each["cause"]: each["phones"] for each in report["causes"]
    }
    assert total(found["group_phones"], column="site") == 40
    berlin = total(found["group_phones"], column="site", value="berlin")
    assert berlin == summary["by"]["site"]["berlin"]["phones"]
    assert total(found["group_attention_phones"], column="site") == summary["attention"]
    assert total(found["lines"]) >= total(found["registered_lines"]) > 0
    assert {labels["server"] for labels, _value in found["lines"]} == set(summary["registrars"])
    assert total(found["drift_phones"], parameter="reg.1.label") == report["parameters"][0]["phones"]
    assert not any(name.startswith("phone_") for name in found)


def test_a_series_for_each_phone_on_request() -> None:
    report = made(hostile=True)
    found = read(to_prometheus(report, phones=True))
    assert len(found["phone_info"]) == len(found["phone_up"]) == 40
    info = {labels["host"]: labels for labels, _value in found["phone_info"]}
    for row in report["rows"]:
        cells = row["cells"]
        labels = info[cells["host"]]
        assert (labels["mac"], labels["state"], labels["site"]) == (cells["mac"], cells["state"], cells["site"])
        assert labels["room"] == cells["Room"]
        seen = total(found["phone_last_seen_timestamp_seconds"], host=cells["host"])
        assert bool(seen) == bool(cells["last_seen"]) == (not total(found["phone_up"], host=cells["host"]))
    assert total(found["phone_boot_time_seconds"]) > 0


def test_a_fleet_without_phones_and_one_where_all_is_fine() -> None:
    assert total(read(to_prometheus(made(0), phones=True))["phones"]) == 0
    fine = read(to_prometheus(made(10, sick=0)))
    assert total(fine["cause_phones"]) == 0 and len(fine["cause_phones"]) == len(causes.CAUSES)
    assert "drift_phones" not in fine


def test_large_fleets_make_few_series() -> None:
    report = made(2400)
    for number, row in enumerate(report["rows"]):
        row["cells"] |= {"Room": f"room-{number}", "firmware": f"5.9.{number}"}
    report["summary"]["by"] = tallies.by(
        report["rows"],
        own_columns(
            [
                {"name": "site", "title": None, "kind": "text", "group": "site_*"},
                {"name": "Room", "title": None, "kind": "text", "variable": "room"},
            ]
        ),
    )
    found = read(to_prometheus(report))
    assert {labels["column"] for labels, _value in found["group_phones"]} == {"site"}
    assert len(found["firmware_phones"]) == prometheus.MOST_SERIES
    assert sum(map(len, found.values())) < 800


@pytest.mark.parametrize(
    ("columns", "labels"),
    [
        (["Room", "room 2"], ["room", "room_2"]),
        (["Größe", "部屋", "2. floor"], ["groe", "column", "column_2_floor"]),
        (["instance", "job", "__name__", "le"], ["column_instance", "column_job", "name", "column_le"]),
        (["a-b", "a b", "a_b"], ["a_b", "a_b_2", "a_b_3"]),
    ],
)
def test_columns_become_labels(columns: list[str], labels: list[str]) -> None:
    report = made(1)
    report["columns"] = [
        *(column for column in report["columns"] if column["name"] not in ("site", "Room")),
        *({"name": name, "title": name, "kind": "text", "by": True} for name in columns),
    ]
    report["rows"][0]["cells"] |= {name: f"in {name}" for name in columns}
    ((found, _value),) = read(to_prometheus(report, phones=True))["phone_info"]
    own = {name: value for name, value in found.items() if value.startswith("in ")}
    assert list(own.items()) == [(label, f"in {name}") for label, name in zip(labels, columns)]


@given(st.lists(st.text(max_size=250), min_size=1, max_size=5, unique=True))
def test_any_text_is_a_label_and_no_series_comes_twice(texts: list[str]) -> None:
    report = made(len(texts))
    for row, text in zip(report["rows"], texts):
        row["cells"]["Room"] = row["cells"]["site"] = row["cells"]["model"] = text
        row["detail"]["lines"] = [{"registered": True, "server": text}]
    own = own_columns([{"name": "Room", "title": None, "kind": "text", "variable": "room"}])
    report["summary"]["by"] = tallies.by(report["rows"], own)
    report["summary"]["registrars"] = tallies.registrars(report["rows"])
    found = read(to_prometheus(report, phones=True).encode("utf-8", "replace").decode())
    assert total(found["group_phones"]) == total(found["lines"]) == total(found["phone_info"]) == len(texts)
    rooms = {labels["room"] for labels, _value in found["phone_info"]}
    plain = {text for text in texts if text.isprintable() and len(text) <= 200}
    assert plain <= rooms


def test_the_examples_of_the_documentation_ask_for_metrics_that_are_there() -> None:
    text = PAGE.read_text(encoding="utf-8").split("## Grafana and alerts", 1)[1]
    blocks = re.findall(r"```yaml\n(.*?)```", text.split("\n## ", 1)[0], re.DOTALL)
    (rules,) = [document for document in map(yaml.safe_load, blocks) if "groups" in document]
    alerts = rules["groups"][0]["rules"]
    assert {rule["alert"] for rule in alerts} == {
        *("PhonesNotRegistered", "SiteUnreachable"),
        *("ReportIsOld", "ReportIsMissing"),
    }
    assert all(set(rule) >= {"expr", "annotations"} for rule in alerts)
    panels = re.findall(r"```promql\n(.*?)```", text, re.DOTALL)
    found = read(to_prometheus(made()))
    for query in [rule["expr"] for rule in alerts] + panels:
        metrics = re.findall(r"polycom_vvx_(\w+)(?:\{([^}]*)\})?", query)
        assert metrics and query.count("(") == query.count(")")
        for name, selector in metrics:
            wanted = dict(re.findall(r'(\w+)="([^"]*)"', selector))
            assert any(wanted.items() <= labels.items() for labels, _value in found[name]), (name, wanted)
