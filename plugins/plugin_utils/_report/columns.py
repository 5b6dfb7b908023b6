# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of the report. Everything else follows from this table: CSV, JSON, Markdown, the page, the summary.

After a change run ``nox -s generate``: it writes docs/report.schema.json and the table of columns in docs/reports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.query import compiled, searched
from . import values
from .reading import STATUSES, Reading

KINDS = ("text", "number", "boolean", "list", "duration", "pair")
"""Kinds of cells. A list holds texts, a duration a number of seconds. A pair holds two whole numbers, as in 1 of 2, and
is not for users."""


def _itself(cell: Any) -> Iterable[str]:
    return [] if cell is None else [cell]


@dataclass(frozen=True)
class Counts:
    """Phones counted by the values of a column.

    ``key``: their name in the summary. ``title``: of the chart on the page and of the table in Markdown. ``count``: the
    values that a cell counts for. ``chart``: the place among the page's charts, None for no chart. ``first``: values
    that come first in the chart; the others follow by number. ``labels``: what the chart calls the values. ``filter``:
    a filter of page/state.js; by default the column.
    """

    key: str
    title: str
    count: Callable[[Any], Iterable[str]] = _itself
    chart: int | None = None
    first: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    filter: str = ""


@dataclass(frozen=True)
class Number:
    """Phones whose cell is not empty, zero or false.

    ``key``, ``filter``: as in Counts. ``title``: of the figure on the page. ``words``: follow the number in Markdown.
    """

    key: str
    title: str
    words: str
    filter: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the report.

    ``kind``: one of KINDS. ``cell``: makes the cell of a phone. ``description``: for the schema and the documentation.
    ``choices``: the only values. ``always``: never null. ``summary``: how the summary counts the column.
    """

    name: str
    title: str
    kind: str
    cell: Callable[[Reading], Any]
    description: str = ""
    choices: Sequence[str] = ()
    always: bool = False
    summary: Counts | Number | None = None

    def as_dict(self) -> dict[str, str]:
        """The column in the report's data."""
        return {"name": self.name, "title": self.title, "kind": self.kind}


def _device(name: str) -> Callable[[Reading], Any]:
    return lambda phone: phone.device.get(name)


_TARGET = "Firmware that the phone should have (`target_firmware`; in the role `report_target_firmware`)."
_STATUSES = ("ok", *dict.fromkeys(STATUSES.values()), "error")
_REGISTRATION = {"all": "All lines", "some": "Some lines", "none": "No line", "unknown": "Unknown"}

COLUMNS: tuple[Column, ...] = (
    Column("host", "Host", "text", attrgetter("host"), "Inventory host.", always=True),
    Column("address", "Address", "text", attrgetter("address"), "Address or name of the phone.", always=True),
    Column(
        "status",
        "Status",
        "text",
        attrgetter("status"),
        "Whether the phone could be read, or why not. `settings` is an error in the inventory.",
        choices=_STATUSES,
        always=True,
        summary=Counts(
            "status",
            "Status",
            chart=1,
            first=("ok",),
            labels={status: status.replace("_", " ") for status in _STATUSES},
        ),
    ),
    Column(
        "reason",
        "Reason",
        "text",
        lambda phone: phone.survey.error and phone.survey.error.message,
        "The error message if the status is not `ok`.",
    ),
    Column("model", "Model", "text", _device("model"), "Model.", summary=Counts("models", "Models", chart=4)),
    Column(
        "firmware",
        "Firmware",
        "text",
        _device("firmware"),
        "UC Software version.",
        summary=Counts("firmwares", "Firmware", chart=3),
    ),
    Column("target", "Target", "text", attrgetter("target"), _TARGET),
    Column(
        "behind",
        "Behind",
        "boolean",
        attrgetter("behind"),
        "Whether the firmware is older than the target.",
        summary=Number("behind", "Behind target firmware", "behind on firmware"),
    ),
    Column("mac", "MAC", "text", _device("mac"), "MAC address in lower case, with colons."),
    Column("lines", "Lines", "list", attrgetter("labels"), "Labels of the lines."),
    Column(
        "registered",
        "Registered",
        "pair",
        attrgetter("registered"),
        "How many lines are registered, of how many: `1/2`, in JSON `[1, 2]`.",
        summary=Counts(
            "registration",
            "Registration",
            lambda pair: [values.registration(pair)],
            chart=2,
            first=tuple(_REGISTRATION),
            labels=_REGISTRATION,
            filter="registration",
        ),
    ),
    Column(
        "drift",
        "Drift",
        "number",
        lambda phone: len(phone.survey.drift) if phone.survey.compared else None,
        "How many parameters differ from the inventory. Empty if the inventory sets none.",
        summary=Number("drifting", "Drifting", "drifting", filter="drifting"),
    ),
    Column(
        "problems",
        "Problems",
        "list",
        attrgetter("problems"),
        "Everything that needs attention, in words.",
        always=True,
        summary=Counts("problems", "Problems", lambda problems: problems, filter="problem"),
    ),
)
"""Every report has these, in this order; the user's own columns follow."""


AS_OF = Column("as_of", "As of", "text", lambda phone: None)
"""Follows all others in a report with rows of an earlier report: when that was written, for these rows."""


def own_columns(options: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The user's own columns, from the option ``columns``. Raises SettingsError for a taken name or a bad query."""
    taken = {column.name for column in (*COLUMNS, AS_OF)}
    columns = []
    for option in options:
        name = option["name"]
        if name in taken:
            raise SettingsError(f"columns: the report already has a column {name}.", remedy="Choose another name.")
        taken.add(name)
        query = compiled("columns", option["query"])
        columns.append(Column(name, option["title"] or name, option["kind"], _queried(query)))
    return columns


def _queried(query: Any) -> Callable[[Reading], Any]:
    def cell(phone: Reading) -> Any:
        try:
            return values.cell(searched("columns", query, phone.survey.info))
        except SettingsError:  # the query does not fit this phone's data
            return None

    return cell
