# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of the report. Everything else follows from this table: CSV, JSON, Markdown, the page, the summary.

After a change run ``nox -s generate``: it writes docs/report.schema.json and the table of columns in docs/reports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.query import compiled, searched
from ...module_utils._text import clean
from . import causes, values
from .grouping import Groups, variable
from .reading import MANAGED, STATUSES, Reading

KINDS = ("text", "number", "boolean", "list", "duration", "pair", "time")
"""Kinds of cells. A list holds texts, a duration a number of seconds, a pair two whole numbers, as in 1 of 2, and a
time a text such as 2026-11-27T08:00:00Z."""

OWN_KINDS = tuple(kind for kind in KINDS if kind not in ("pair", "time"))
"""Kinds of the users' own columns."""


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
    ``choices``: the only values. ``always``: never null. ``summary``: how the summary counts the column. ``by``: phones
    can be grouped by it. ``variable``, ``groups``: what of the inventory makes the cell, in a column of the user's own.
    """

    name: str
    title: str
    kind: str
    cell: Callable[[Reading], Any]
    description: str = ""
    choices: Sequence[str] = ()
    always: bool = False
    summary: Counts | Number | None = None
    by: bool = False
    variable: tuple[str, ...] = ()
    groups: Groups | None = None

    @property
    def from_inventory(self) -> bool:
        """Whether the cell does not come from the phone, so that it is always known."""
        return bool(self.variable or self.groups)

    def as_dict(self) -> dict[str, Any]:
        """The column in the report's data."""
        return {"name": self.name, "title": self.title, "kind": self.kind, "by": self.by}


def _device(name: str) -> Callable[[Reading], Any]:
    return lambda phone: phone.device.get(name)


_TARGET = "Firmware that the phone should have (`target_firmware`; in the role `report_target_firmware`)."
_STATUSES = (MANAGED, *dict.fromkeys(STATUSES.values()), "error")
_REGISTRATION = {"all": "All lines", "some": "Some lines", "none": "No line", "unknown": "Unknown"}

COLUMNS: tuple[Column, ...] = (
    Column("host", "Host", "text", attrgetter("host"), "Inventory host.", always=True),
    Column(
        "state",
        "State",
        "text",
        lambda phone: causes.state(causes.of(phone)),
        "The worst that is wrong with the phone; `ok` if nothing is.",
        choices=causes.STATES,
        always=True,
        summary=Counts("states", "State", first=causes.STATES, labels=causes.TITLES),
    ),
    Column("address", "Address", "text", attrgetter("address"), "Address or name of the phone.", always=True),
    Column(
        "status",
        "Status",
        "text",
        attrgetter("status"),
        "Whether the phone could be read (`managed`), or why not. `settings` is an error in the inventory.",
        choices=_STATUSES,
        always=True,
        summary=Counts(
            "status",
            "Status",
            chart=1,
            first=(MANAGED,),
            labels={status: status.replace("_", " ") for status in _STATUSES},
        ),
        by=True,
    ),
    Column(
        "reason",
        "Reason",
        "text",
        lambda phone: phone.survey.error and phone.survey.error.message,
        "The error message if the status is not `managed`.",
    ),
    Column("model", "Model", "text", _device("model"), "Model.", summary=Counts("models", "Models", chart=4), by=True),
    Column(
        "firmware",
        "Firmware",
        "text",
        _device("firmware"),
        "UC Software version.",
        summary=Counts("firmwares", "Firmware", chart=3),
        by=True,
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
        "certificate",
        "Certificate",
        "text",
        lambda phone: phone.certificate and (phone.certificate.name or phone.certificate.subject),
        "Name in the certificate that the phone presents, whether it was checked or not. Empty over plain HTTP.",
    ),
    Column(
        "certificate_issuer",
        "Signed by",
        "text",
        lambda phone: phone.certificate and (phone.certificate.issuer_name or phone.certificate.issuer),
        "Who has signed the certificate.",
    ),
    Column(
        "certificate_end",
        "Certificate ends",
        "text",
        lambda phone: phone.certificate and values.day(phone.certificate.not_after),
        "Last day of the certificate, in UTC.",
    ),
    Column(
        "certificate_expiring",
        "Expiring",
        "boolean",
        lambda phone: phone.certificate and phone.certificate_trouble is not None,
        "Whether the certificate has expired, is not valid yet, or expires within `certificate_warn_days` (30).",
        summary=Number("expiring", "Certificate expiring", "expiring certificates"),
    ),
    Column(
        "booted",
        "Started",
        "time",
        lambda phone: values.moment(phone.booted),
        "When the phone has started.",
    ),
    Column(
        "last_seen",
        "Last seen",
        "time",
        lambda phone: None,
        "When the phone was last read; empty if it was read this time.",
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


_SOURCES = ("query", "variable", "group")


def own_columns(
    options: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[str]] | None = None
) -> list[Column]:
    """The user's own columns, from the option ``columns``. Raises SettingsError for a taken name, a bad query and the
    like. ``groups``: those of the inventory with their hosts; a column whose pattern matches none of them is left
    out."""
    taken = {column.name.casefold() for column in (*COLUMNS, AS_OF)}
    columns = []
    for option in options:
        name = _name(option["name"], taken)
        column = _own(name, option)
        if column.groups is not None and groups is not None:
            if not column.groups.match(groups):
                continue
            column = replace(column, kind="list" if column.groups.overlap(groups) else "text")
        columns.append(column)
    return columns


def _name(given: str, taken: set[str]) -> str:
    """The name of one more column. Raises SettingsError. ``taken``: gets it, too; the names are compared without
    regard to case, since spreadsheets, filters and people do not tell such names apart."""
    name = given.strip()
    if not 0 < len(name) <= 100 or not name.isprintable():
        raise SettingsError(
            f"columns: {clean(given, 40)!r} can't be the name of a column.",
            remedy="A name is one line of 1 to 100 characters.",
        )
    if name.casefold() in taken:
        raise SettingsError(f"columns: the report already has a column {name}.", remedy="Choose another name.")
    taken.add(name.casefold())
    return name


def _own(name: str, option: Mapping[str, Any]) -> Column:
    sources = [source for source in _SOURCES if option.get(source) is not None]
    if len(sources) != 1:
        raise SettingsError(
            f"columns: {clean(name)} sets {' and '.join(sources) or 'none of query, variable and group'}.",
            remedy="Set exactly one: query (what the phone says), variable (of the host) or group (a pattern).",
        )
    title, kind, (source,) = option.get("title") or name, option["kind"], sources
    if source == "query":
        return Column(name, title, kind, _queried(compiled("columns", option["query"])))
    if source == "variable":
        return Column(name, title, kind, _of_inventory(name, kind), by=True, variable=variable(option["variable"]))
    return Column(name, title, "text", _of_inventory(name, "text"), by=True, groups=Groups.of(option["group"]))


def _of_inventory(name: str, kind: str) -> Callable[[Reading], Any]:
    return lambda phone: values.of_kind(values.cell(phone.own.get(name)), kind)


def _queried(query: Any) -> Callable[[Reading], Any]:
    def cell(phone: Reading) -> Any:
        try:
            return values.cell(searched("columns", query, phone.survey.info))
        except SettingsError:  # the query does not fit this phone's data
            return None

    return cell
