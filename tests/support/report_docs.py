# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of the report's columns: the JSON Schema and a table in Markdown, made from columns.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, KINDS, Column, Counts
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import SCHEMA

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
    """The JSON Schema of a report."""
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
    }
    column = {
        "name": {"description": "Key of the cells.", **_TEXT},
        "title": {"description": "Heading.", **_TEXT},
        "kind": {"enum": list(KINDS)},
    }
    change = {
        "host": _TEXT,
        "column": _TEXT,
        "before": {"$ref": "#/$defs/cell"},
        "after": {"$ref": "#/$defs/cell"},
    }
    counted = [column.summary for column in COLUMNS if column.summary]
    report = {
        "schema": {"description": "Version of this shape.", "const": SCHEMA},
        "title": _TEXT,
        "columns": {
            "description": "The columns in order; the user's own come last.",
            "type": "array",
            "items": _object(column),
        },
        "rows": {
            "description": "One row per phone, sorted by host.",
            "type": "array",
            "items": _object({"cells": cells, "detail": _object(detail)}),
        },
        "summary": _object(
            {
                "phones": {"type": "integer"},
                **{
                    each.key: {"$ref": "#/$defs/counts"} if isinstance(each, Counts) else {"type": "integer"}
                    for each in counted
                },
            }
        ),
        "changes": {
            "description": "The last changes; null if there was no report before.",
            **_or_null(
                _object(
                    {
                        "appeared": _TEXTS,
                        "disappeared": _TEXTS,
                        "changed": {"type": "array", "items": _object(change)},
                    }
                )
            ),
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


def schema_text() -> str:
    return f"{_lines(schema(), 0)}\n"


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
    """docs/reports.md with its table of columns."""
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(_BEGIN)
    _old_table, gap, tail = rest.partition("\n\n")
    return f"{head}{_BEGIN}{_table()}{gap}{tail}"


def _table() -> str:
    lines = ["| Column | |", "|---|---|"]
    for column in COLUMNS:
        choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
        lines.append(f"| `{column.name}` | {column.description}{choices} |")
    return "\n".join(lines)


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
