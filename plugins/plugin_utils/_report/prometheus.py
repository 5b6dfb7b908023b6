# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as metrics in the text format of Prometheus, such as the textfile collector of node_exporter reads.

Source: https://prometheus.io/docs/instrumenting/exposition_formats and /docs/practices/naming. No sample has a
timestamp: the collector refuses a file with one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from . import causes
from .columns import COLUMNS
from .reading import MANAGED
from .values import shown

PREFIX = "polycom_vvx_"
MOST_GROUPS = 200
"""Values of a column. One with more is no site, and has no series of its own."""
MOST_SERIES = 500
"""Of a metric that counts phones by something else."""
_LONGEST = 200
"""Characters of a label's value."""
_OF_PHONE = ("host", "address", "mac", "model", "firmware", "state")
_TAKEN = (*_OF_PHONE, "instance", "job", "le", "quantile")
_STANDARD = {column.name for column in COLUMNS}

_Samples = Iterable[tuple[Mapping[str, Any], int]]


def to_prometheus(report: Mapping[str, Any], phones: bool = False) -> str:
    """``phones``: with a few series for each phone."""
    summary, rows = report["summary"], report["rows"]
    own = {column["name"]: column for column in report["columns"] if column["by"] and column["name"] not in _STANDARD}
    families = [
        _family(
            "report_timestamp_seconds",
            "Time of the report, in seconds since 1970.",
            [({}, _seconds(report["time"]))],
        ),
        _family(
            "phones",
            "Phones by state, which is the worst of their causes, or ok.",
            _counts("state", Counter(row["cells"]["state"] for row in rows), causes.STATES),
        ),
        _family("attention_phones", "Phones that need attention.", [({}, summary["attention"])]),
        _family(
            "status_phones",
            "Phones by status: whether they can be managed, or why not.",
            _counts("status", summary["status"], next(each.choices for each in COLUMNS if each.name == "status")),
        ),
        _family("cause_phones", "Phones with a cause; a phone may have several.", _by_cause(report)),
        *_groups({name: counts for name, counts in summary["by"].items() if len(counts) <= MOST_GROUPS}),
        _family("firmware_phones", "Phones by model, firmware and target firmware.", _by_firmware(rows)),
        *_lines(summary["registrars"]),
        _family(
            "drift_phones",
            "Phones on which a parameter differs from the inventory.",
            [({"parameter": each["parameter"]}, each["phones"]) for each in report["parameters"][:MOST_SERIES]],
        ),
    ]
    return "".join(families + (_of_phones(rows, _labels(own), own) if phones else []))


def _by_cause(report: Mapping[str, Any]) -> _Samples:
    having = {each["cause"]: each["phones"] for each in report["causes"]}
    return [({"cause": cause.name, "severity": cause.severity}, having.get(cause.name, 0)) for cause in causes.CAUSES]


def _groups(by: Mapping[str, Mapping[str, Any]]) -> list[str]:
    every = [
        ({"column": column, "value": value}, count) for column, counts in by.items() for value, count in counts.items()
    ]
    return [
        _family(
            "group_phones",
            "Phones by state, for each value of a column of groups or variables.",
            [
                ({**labels, "state": state}, count["states"].get(state, 0))
                for labels, count in every
                for state in causes.STATES
            ],
        ),
        _family(
            "group_attention_phones",
            "Phones that need attention, for each value of a column of groups or variables.",
            [(labels, count["attention"]) for labels, count in every],
        ),
    ]


def _by_firmware(rows: Sequence[Mapping[str, Any]]) -> _Samples:
    names = ("model", "firmware", "target")
    counts = Counter(tuple(row["cells"].get(name) or "" for name in names) for row in rows)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(dict(zip(names, values)), number) for values, number in ordered[:MOST_SERIES]]


def _lines(registrars: Mapping[str, Sequence[int]]) -> list[str]:
    return [
        _family(name, what, [({"server": server}, pair[place]) for server, pair in registrars.items()])
        for name, what, place in (
            ("lines", "Lines of the phones that answer, by the server that they register with.", 1),
            ("registered_lines", "Lines that are registered, by the server that they register with.", 0),
        )
    ]


def _of_phones(rows: Iterable[Mapping[str, Any]], labels: Mapping[str, str], own: Mapping[str, Any]) -> list[str]:
    """``labels``: of the user's own columns, by column."""
    info, up, seen, booted = [], [], [], []
    for cells in (row["cells"] for row in rows):
        host = {"host": cells["host"]}
        named = {name: cells.get(name) for name in _OF_PHONE}
        more = {labels[name]: shown(cells.get(name), own[name]["kind"]) for name in own}
        info.append(({**named, **more}, 1))
        up.append((host, int(cells["status"] == MANAGED)))
        seen += [(host, _seconds(cells["last_seen"]))] if cells.get("last_seen") else []
        booted += [(host, _seconds(cells["booted"]))] if cells.get("booted") else []
    return [
        _family("phone_info", "What a phone is, in labels.", info),
        _family("phone_up", "Whether a phone can be managed.", up),
        _family("phone_last_seen_timestamp_seconds", "When a phone answered that does not answer now.", seen),
        _family("phone_boot_time_seconds", "When a phone started, in seconds since 1970.", booted),
    ]


def _labels(columns: Iterable[str]) -> dict[str, str]:
    """For each of these columns the name of a label, which has lower case letters, digits and underscores only."""
    found: dict[str, str] = {}
    for column in columns:
        folded = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")
        if not name or name[0].isdigit() or name in _TAKEN:
            name = f"column_{name}".rstrip("_")
        count, unique = 1, name
        while unique in found.values():
            count += 1
            unique = f"{name}_{count}"
        found[column] = unique
    return found


def _counts(label: str, counts: Mapping[str, int], known: Iterable[str]) -> _Samples:
    """All that can be counted, also where there is none: a series that vanishes ends no alert in time."""
    return [({label: name}, counts.get(name, 0)) for name in dict.fromkeys((*known, *counts))]


def _family(name: str, what: str, samples: _Samples) -> str:
    """A gauge with its help and type. Equal series are added up: one that comes twice makes the whole file invalid."""
    lines: Counter[str] = Counter()
    for labels, value in samples:
        pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines[f"{PREFIX}{name}{{{pairs}}}" if pairs else f"{PREFIX}{name}"] += value
    if not lines:
        return ""
    head = f"# HELP {PREFIX}{name} {what}\n# TYPE {PREFIX}{name} gauge\n"
    return head + "".join(f"{series} {value}\n" for series, value in lines.items())


def _escaped(value: Any) -> str:
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", "" if value is None else str(value))[:_LONGEST]
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _seconds(time: str) -> int:
    return int(datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
