# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report that was written before, as the next one finds it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...module_utils._files import FileError
from ...module_utils._files import read as read_file
from ...module_utils._phone.errors import SettingsError
from . import history
from .columns import AS_OF, Column
from .values import is_time

SCHEMA = 2
"""Version of the report's shape, which docs/report.schema.json describes."""
_LARGEST = 500_000_000
"""Bytes of a report: 100,000 phones with all columns."""
_KINDS_OF_CHANGES = ("appeared", "disappeared", "changed", "broken", "repaired")


@dataclass(frozen=True)
class Earlier:
    """A report that was written before. ``run``: when the last run has found it to be true, which may be long after
    the last change."""

    report: Mapping[str, Any]
    run: str

    @classmethod
    def found(cls, report: Mapping[str, Any], lines: Sequence[history.Line]) -> Earlier:
        """``lines``: of its history."""
        return cls(report, history.last_run(lines, report["time"]))

    @cached_property
    def rows(self) -> dict[str, Mapping[str, Any]]:
        """By host."""
        return {row["cells"]["host"]: row for row in self.report["rows"]}

    def read(self, row: Mapping[str, Any]) -> str:
        """When a row of the report was made, or confirmed."""
        time: str = row["cells"].get(AS_OF.name) or self.run
        return time


def kept(earlier: Earlier, hosts: Collection[str], columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The rows of these hosts, for a report that has not looked at them. ``columns``: of that one. A row that was kept
    before keeps its time."""
    return [
        {
            **row,
            "cells": {
                **{column.name: row["cells"].get(column.name) for column in columns},
                AS_OF.name: earlier.read(row),
            },
        }
        for row in earlier.report["rows"]
        if row["cells"]["host"] in hosts
    ]


def read(option: str, given: str, path: str) -> dict[str, Any] | None:
    """The report in the file that an option names, None if there is no file. ``path``: what the option was given, made
    absolute. Raises SettingsError."""
    try:
        content = read_file(path, _LARGEST)
        return None if content is None else _parsed(content)
    except FileError as error:
        reason = str(error)
    except ValueError as error:
        reason = f"{given} {error}"
    others = "give another file as previous" if option == "previous" else "name another file"
    raise SettingsError(f"{option}: {reason}.", remedy=f"Move it away, or {others}.") from None


def _parsed(content: bytes) -> dict[str, Any]:
    """The report in a file. Raises ValueError, in words that follow its path."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("can't be read as a report: it is no JSON") from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if isinstance(schema, int) and schema != SCHEMA and "rows" in document:
        raise ValueError(f"is a report of another version of this collection (schema {schema}, not {SCHEMA})")
    if not _is_report(document):
        raise ValueError("is not a report of this collection")
    return dict(document)


def _is_report(document: Any) -> bool:
    """Whether it has all that the next report is made from, in the right shapes."""
    try:
        changes = document["changes"]
        history.checked(document["history"])
        return bool(
            document["schema"] == SCHEMA
            and is_time(document["time"])
            and _is_time_or_none(document["previous"])
            and all(isinstance(column["name"], str) for column in document["columns"])
            and all(map(_is_row, document["rows"]))
            and (changes is None or all(isinstance(changes[kind], list) for kind in _KINDS_OF_CHANGES))
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        return False


def _is_row(row: Any) -> bool:
    cells, detail = row["cells"], row["detail"]
    return (
        all(isinstance(cells[name], str) for name in ("host", "status", "state"))
        and all(_is_time_or_none(cells.get(name)) for name in ("booted", "last_seen", AS_OF.name))
        and all(isinstance(each["cause"], str) and is_time(each["since"]) for each in row["causes"])
        and isinstance(detail["known"], bool)
        and all(isinstance(line, dict) for line in detail["lines"])
        and {"certificate", "url"} <= detail.keys()
    )


def _is_time_or_none(value: Any) -> bool:
    return value is None or is_time(value)
