# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as files: CSV, JSON and Markdown. The same report gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""How a text begins that spreadsheets take for a formula."""


def to_json(report: Mapping[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_csv(report: Mapping[str, Any]) -> str:
    """One line a phone, columns by their names. No cell can be a formula: such texts get an apostrophe in front, as spreadsheets do it."""
    names = [column["name"] for column in report["columns"]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_safe(name) for name in names])
    for row in report["rows"]:
        writer.writerow([_safe(row["cells"].get(name)) for name in names])
    return buffer.getvalue()


def _safe(value: Any) -> str:
    text = shown(value).replace("\r\n", "\n").replace("\r", "\n")  # which Python before 3.13 does not put in quotes
    if not isinstance(value, (str, list)):
        return text
    # Where the list separator is a semicolon, a cell may begin in the middle of a text.
    text = re.sub(r"([;\n]\s*)(?=[=+\-@＝＋－＠])", r"\1'", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def shown(value: Any) -> str:
    """A cell as a reader wants it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(shown, value)) if isinstance(value, list) else str(value)


def to_markdown(report: Mapping[str, Any]) -> str:
    summary = report["summary"]
    parts = [f"# {_inline(report['title'])}", _overview(summary)]
    parts += [
        _counts(title, summary[key])
        for title, key in (("Models", "models"), ("Firmware", "firmwares"), ("Problems", "problems"))
        if summary[key]
    ]
    if report["changes"] is not None:
        parts.append(_changes(report["changes"]))
    columns = report["columns"]
    rows = [[shown(row["cells"].get(column["name"])) for column in columns] for row in report["rows"]]
    parts.append(
        "## Phones\n\n" + (_table([column["title"] for column in columns], rows) if rows else "There are none.")
    )
    drifting = [row for row in report["rows"] if row["detail"]["drift"]]
    if drifting:
        parts.append(
            "## Drift\n\n"
            + _table(
                ["Host", "Parameter", "Should be", "Is", "Source"], [line for row in drifting for line in _drift(row)]
            )
        )
    return "\n\n".join(parts) + "\n"


def _overview(summary: Mapping[str, Any]) -> str:
    told = [f"{count} {status.replace('_', ' ')}" for status, count in summary["status"].items()]
    told += (
        [f"lines registered: {', '.join(f'{count} {word}' for word, count in summary['registration'].items())}"]
        if summary["registration"]
        else []
    )
    told += [f"{summary['behind']} behind on firmware", f"{summary['drifting']} drifting"]
    return f"{summary['phones']} phones: {'; '.join(told)}."


def _counts(title: str, counts: Mapping[str, int]) -> str:
    return f"## {title}\n\n" + _table([title, "Phones"], [[name, str(count)] for name, count in counts.items()])


def _changes(changes: Mapping[str, Any]) -> str:
    lines = [f"* {_inline(host)} has appeared" for host in changes["appeared"]]
    lines += [f"* {_inline(host)} has disappeared" for host in changes["disappeared"]]
    lines += [
        f"* {_inline(change['host'])}: {change['column']} was {_quoted(change['before'])}, is {_quoted(change['after'])}"
        for change in changes["changed"]
    ]
    return "## Changes\n\n" + ("\n".join(lines) or "None.")


def _drift(row: Mapping[str, Any]) -> list[list[str]]:
    return [
        [row["cells"]["host"], *(str(difference[key]) for key in ("parameter", "wanted", "has", "source"))]
        for difference in row["detail"]["drift"]
    ]


def _quoted(value: Any) -> str:
    return _inline(shown(value)) or "empty"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_inline, line))} |" for line in lines)


def _inline(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", " ".join(text.split())) if text != "---" else text
