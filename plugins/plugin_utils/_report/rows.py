# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone's row in the report: its cells, and the detail behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .columns import COLUMNS, Column
from .reading import Reading
from .values import writable

DRIFT_HEADS = ("Host", "Parameter", "Should be", "Is", "Source")


def row(phone: Reading, columns: Sequence[Column] = COLUMNS) -> dict[str, Any]:
    """``cells`` (by column) and ``detail``; docs/report.schema.json describes both."""
    error = phone.survey.error
    detail = {
        "lines": [{key: line.get(key) for key in ("line", "label", "user", "registered")} for line in phone.lines],
        "drift": [dict(vars(difference)) for difference in phone.survey.drift],
        "problems": phone.problems,
        "remedy": error.remedy or None if error else None,
    }
    made: dict[str, Any] = writable(
        {"cells": {column.name: column.cell(phone) for column in columns}, "detail": detail}
    )
    return made


def drift_cells(row: Mapping[str, Any]) -> list[list[str]]:
    """A table of what differs on the phone of a row, below DRIFT_HEADS."""
    return [
        [row["cells"]["host"], *(str(difference[key]) for key in ("parameter", "wanted", "has", "source"))]
        for difference in row["detail"]["drift"]
    ]
