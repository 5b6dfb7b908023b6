# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of the report that is made from code: its JSON Schema, and the tables of docs/reports.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report import causes, history, tallies
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, KINDS, Column, Counts
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import SCHEMA
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.page.syntax import SYNTAX
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import MANAGED

from . import compatible

_DOCS = Path(__file__).parents[2] / "docs"
SCHEMA_FILE = _DOCS / "report.schema.json"
PAGE = _DOCS / "reports.md"

_BEGIN = "<!-- `nox -s generate` writes this table. -->\n"

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_TYPES: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "number": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "list": _TEXTS,
    "duration": {"type": "integer"},
    "pair": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "time": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"},
}

_COUNTED = {
    "phones": "in the report",
    "reachable": "that could be read",
    "registered": "with all lines registered",
    "drifting": "that differ from the inventory",
    "on_target": "with their target firmware, or newer",
    "attention": "with a cause that is no notice",
}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has exactly these properties."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _cell(column: Column) -> dict[str, Any]:
    kind = {"type": "string", "enum": list(column.choices)} if column.choices else _TYPES[column.kind]
    return {"description": column.description, **(kind if column.always else _or_null(kind))}


def schema() -> dict[str, Any]:
    """The JSON Schema of what this collection writes, without anything else."""
    cells = {
        "description": "The cells by the names of their columns.",
        "type": "object",
        "required": [column.name for column in COLUMNS],
        "properties": {column.name: _cell(column) for column in COLUMNS},
        "additionalProperties": {"$ref": "#/$defs/cell"},
    }
    line = {
        "line": {"type": "integer"},
        "label": _or_null(_TEXT),
        "user": _or_null(_TEXT),
        "registered": _or_null(_TYPES["boolean"]),
        "server": {"description": "Registrar, as the phone reports it.", **_or_null(_TEXT)},
    }
    difference = {
        "parameter": _TEXT,
        "wanted": _TEXT,
        "has": _TEXT,
        "source": {"description": "Layer of the phone that its value comes from.", **_TEXT},
        "layer": {"description": "Variable that sets the wanted value.", **_or_null(_TEXT)},
        "file": {"description": "File with the wanted value, relative to the project.", **_or_null(_TEXT)},
        "line": {"description": "Line in that file.", **_or_null(_TYPES["number"])},
    }
    detail = {
        "lines": {"type": "array", "items": _object(line)},
        "drift": {
            "description": "Parameters that differ from the inventory.",
            "type": "array",
            "items": _object(difference),
        },
        "problems": _TEXTS,
        "remedy": {"description": "What to do about the status.", **_or_null(_TEXT)},
        "certificate": {
            "description": "What the phone presents over HTTPS; null if that is unknown.",
            **_or_null(
                _object(
                    {
                        "subject": _TEXT,
                        "issuer": _TEXT,
                        "not_before": _or_null(_TEXT),
                        "not_after": _or_null(_TEXT),
                        "fingerprint": {"description": "SHA-256 in hexadecimal digits.", **_TEXT},
                        "protocol": {"description": "Version of TLS.", **_TEXT},
                    }
                )
            ),
        },
    }
    detail |= {
        "url": {"description": "The phone's web interface.", **_or_null(_TEXT)},
        "restart": {
            "description": "A restart that this controller knows to be pending; null if it knows of none.",
            **_or_null(
                _object(
                    {
                        "since": _TYPES["time"],
                        "parameters": {"description": "Parameters that were written and need it.", **_TEXTS},
                    }
                )
            ),
        },
        "known": {
            "description": "Whether the cells hold the last that was known of a phone that did not answer.",
            "type": "boolean",
        },
    }
    cause_of_row = {"cause": {"enum": list(causes.NAMES)}, "since": _TYPES["time"]}
    column = {
        "name": {"description": "Key of the cells.", **_TEXT},
        "title": {"description": "Heading.", **_TEXT},
        "kind": {"enum": list(KINDS)},
        "by": {"description": "Whether phones can be grouped by it.", **_TYPES["boolean"]},
    }
    change = {
        "host": _TEXT,
        "column": _TEXT,
        "before": {"$ref": "#/$defs/cell"},
        "after": {"$ref": "#/$defs/cell"},
    }
    caused = {"host": _TEXT, "cause": {"enum": list(causes.NAMES)}}
    counted = [column.summary for column in COLUMNS if column.summary]
    report = {
        "schema": {"description": "Version of this shape.", "const": SCHEMA},
        "title": _TEXT,
        "time": {
            "description": "When the data has changed last; with `timestamp` when the report was made.",
            **_TYPES["time"],
        },
        "previous": {
            "description": "Time of the report that the changes compare with; null if there was none.",
            **_or_null(_TYPES["time"]),
        },
        "columns": {
            "description": "The columns in order; the user's own come last.",
            "type": "array",
            "items": _object(column),
        },
        "rows": {
            "description": "One row per phone, sorted by host.",
            "type": "array",
            "items": _object(
                {
                    "cells": cells,
                    "causes": {
                        "description": "What is wrong with the phone, worst first.",
                        "type": "array",
                        "items": _object(cause_of_row),
                    },
                    "detail": _object(detail),
                }
            ),
        },
        "summary": _object(
            {
                "phones": {"type": "integer"},
                "attention": {"description": "Phones with a cause that is no notice.", "type": "integer"},
                **{
                    each.key: {"$ref": "#/$defs/counts"} if isinstance(each, Counts) else {"type": "integer"}
                    for each in counted
                },
                **_tallies(),
            }
        ),
        "causes": {
            "description": "The causes that some phone has, worst first.",
            "type": "array",
            "items": _object(_cause()),
        },
        "parameters": _parameters(),
        "changes": {
            "description": "The last changes; null if there was no report before.",
            **_or_null(
                _object(
                    {
                        "appeared": _TEXTS,
                        "disappeared": _TEXTS,
                        "changed": {"type": "array", "items": _object(change)},
                        "broken": {"description": "New causes of phones.", "type": "array", "items": _object(caused)},
                        "repaired": {"description": "Lost causes.", "type": "array", "items": _object(caused)},
                    }
                )
            ),
        },
        "history": {
            "description": "The last runs with changes, oldest first.",
            "type": "array",
            "items": _object(_line()),
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of polycom.vvx.vvx_report",
        **_object(report),
        "$defs": {
            "cell": {
                "type": ["string", "number", "boolean", "null", "array"],
                "items": {"type": ["string", "integer"]},
            },
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    }


def _tallies() -> dict[str, Any]:
    """The properties of the summary that tallies.py makes."""
    number = {"type": "integer", "minimum": 0}
    group = _object({"phones": number, "attention": number, "states": {"$ref": "#/$defs/counts"}})
    groups = {"type": "object", "additionalProperties": group}
    return {
        "parameters": {"description": "How many parameters differ on some phone.", **number},
        "registrars": {
            "description": "By server of lines: how many are registered, and how many there are. At most "
            f"{tallies.MOST_VALUES} servers.",
            "type": "object",
            "additionalProperties": _TYPES["pair"],
        },
        "by": {
            "description": "Phones by the values of the user's own columns of groups and variables; an empty text is "
            f"for those without one. At most {tallies.MOST_VALUES} values of a column.",
            "type": "object",
            "additionalProperties": groups,
        },
    }


def _parameters() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0}
    wanted = {"value": _TEXT, "phones": number, "layer": _or_null(_TEXT), "file": _or_null(_TEXT)}
    return {
        "description": f"Parameters that differ, most phones first. At most {tallies.MOST_PARAMETERS}, and "
        f"{tallies.MOST_OF_PARAMETER} values of each; more counts the values left out.",
        "type": "array",
        "items": _object(
            {
                "parameter": _TEXT,
                "phones": number,
                "wanted": {"type": "array", "items": _object({**wanted, "line": _or_null(number)})},
                "has": {"type": "array", "items": _object({"value": _TEXT, "phones": number})},
                "more": _object({"wanted": number, "has": number}),
            }
        ),
    }


def _line() -> dict[str, Any]:
    """The properties of a run in the history."""
    number = {"type": "integer", "minimum": 0}
    cell = {"$ref": "#/$defs/cell"}
    event = [_TEXT, {"enum": list(history.KINDS)}, {"description": "Cause or column.", **_or_null(_TEXT)}, cell, cell]
    return {
        "time": _TYPES["time"],
        "limited": {"description": "Whether it was limited to some phones.", "type": "boolean"},
        **{name: {"description": f"Phones {words}.", **number} for name, words in _COUNTED.items()},
        "events": {
            "description": "Host, kind, cause or column, before, after.",
            "type": "array",
            "items": {"type": "array", "prefixItems": event, "items": False, "minItems": len(event)},
        },
        "left_out": {"description": "Events that had no room.", **number},
    }


def _cause() -> dict[str, Any]:
    """The properties of a cause that some phone has."""
    number = {"type": "integer", "minimum": 0}
    playbook = {"description": "Playbook of this collection that mends it.", **_or_null(_TEXT)}
    status = {"enum": [name for name in _column("status").choices if name != MANAGED]}
    statuses = _object({"status": status, "phones": number, "remedy": _TEXT, "playbook": playbook})
    return {
        "cause": {"enum": list(causes.NAMES)},
        "severity": {"enum": list(causes.SEVERITIES)},
        "title": _TEXT,
        "phones": number,
        "new": {"description": "Phones that have it since the report before.", **number},
        "since": {"description": "When the first of these phones had it.", **_TYPES["time"]},
        "remedy": {"description": "What to do.", **_TEXT},
        "playbook": playbook,
        "statuses": {
            "description": "Of unmanaged phones, by status, most phones first.",
            "type": "array",
            "items": statuses,
        },
    }


def _column(name: str) -> Column:
    return next(column for column in COLUMNS if column.name == name)


def schema_text() -> str:
    """What is published: within a version it keeps its promise, see compatible.py."""
    file = compatible.frozen_schema(SCHEMA)
    frozen = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return f"{_lines(compatible.published(schema(), frozen), 0)}\n"


def _lines(value: Any, indent: int) -> str:
    """JSON with everything that fits on one line."""
    line = json.dumps(value)
    if not isinstance(value, (dict, list)) or len(line) + indent < 100:
        return line
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    parts = (
        [f"{json.dumps(key)}: {_lines(part, indent + 2)}" for key, part in value.items()]
        if isinstance(value, dict)
        else [_lines(part, indent + 2) for part in value]
    )
    margin = "\n" + " " * indent
    return f"{opening}{margin}  {f',{margin}  '.join(parts)}{margin}{closing}"


def page() -> str:
    """docs/reports.md with its tables: of the columns, and of what can be written into the filter."""
    text = PAGE.read_text(encoding="utf-8")
    head, *rests = text.split(_BEGIN)
    for table, rest in zip((_columns(), _syntax()), rests, strict=True):
        _old_table, gap, tail = rest.partition("\n\n")
        head += f"{_BEGIN}{table}{gap}{tail}"
    return head


def _columns() -> str:
    lines = ["| Column | |", "|---|---|"]
    for column in COLUMNS:
        choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
        lines.append(f"| `{column.name}` | {column.description}{choices} |")
    return "\n".join(lines)


def _syntax() -> str:
    examples = ((" or ".join(f"`{each}`" for each in example.split(" or ")), meaning) for example, meaning in SYNTAX)
    rows = (f"| {example} | {meaning} |" for example, meaning in examples)
    return "\n".join(("| write | to find phones |", "|---|---|", *rows))


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
