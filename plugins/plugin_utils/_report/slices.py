# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a slice of a report or an audit has read of a phone, as JSON, and what the merge makes of it."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._parameters.origins import Origin
from ...module_utils._phone.errors import PhoneError
from ...module_utils._steps.survey import Difference, Survey
from .._parts.shapes import FLAG, NUMBER, TEXT, check, each, fits, is_cell, is_integer, is_scalar, maybe, one_of
from . import causes
from .columns import COLUMNS, Column
from .reading import Reading
from .values import is_time, writable

REPORT_OPTIONS = ("certificate_warn_days", "columns", "gather_subset", "layers", "sensitive", "target_firmware")
AUDIT_OPTIONS = ("layers", "sensitive")
"""Options that decide what is read."""
_DRIFT = {"parameter": str, "wanted": str, "has": str, "source": str, "layer": TEXT, "file": TEXT, "line": NUMBER}
_KIND = re.compile("[a-z_]{1,50}")
_ERROR = {"kind": lambda value: isinstance(value, str) and bool(_KIND.fullmatch(value)), "message": str, "remedy": str}
_URL = re.compile("https?://[^\\s\"'<>]+")
_AUDIT = {
    "address": str,
    "compared": is_integer,
    "drift": [_DRIFT],
    "unknown": each([str]),
    "origins": each({"layer": TEXT, "file": TEXT, "line": NUMBER}),
    "secrets": each(str),
    "error": maybe(_ERROR),
}
_DETAIL = {
    "lines": [dict.fromkeys(("line", "label", "user", "server"), is_scalar) | {"registered": FLAG}],
    "drift": [_DRIFT],
    "problems": [str],
    "certificate": maybe(
        dict.fromkeys(("subject", "issuer", "not_before", "not_after", "fingerprint", "protocol"), TEXT)
    ),
    "remedy": TEXT,
    "url": maybe(lambda value: isinstance(value, str) and bool(_URL.fullmatch(value))),
    "restart": maybe({"since": is_time, "parameters": [str]}),
    "known": lambda value: value is False,
}
_CELLS = {
    "text": TEXT,
    "number": NUMBER,
    "boolean": FLAG,
    "list": maybe([str]),
    "duration": maybe(lambda value: type(value) in (int, float) and is_scalar(value)),
    "pair": maybe(lambda value: fits(value, [is_integer]) and len(value) == 2),
    "time": maybe(is_time),
}
"""Of the columns that all reports have, by their kinds."""


def read_columns(columns: Sequence[Column]) -> list[Column]:
    """Those that a slice fills. It does not know all groups of the inventory; the merge does."""
    return [column for column in columns if not column.from_inventory]


def row_read(row: Mapping[str, Any], untried: bool) -> dict[str, Any]:
    """Of a row with the ``read_columns``. ``untried``: as in making.Run."""
    return {**row, "untried": untried}


def row_of(host: str, read: Mapping[str, Any], columns: Sequence[Column], noted: Mapping[str, Any]) -> dict[str, Any]:
    """The row, with the cells of all these columns. ``noted``: what the inventory says for those of the user's own.
    Raises ValueError and the like for what ``row_read`` has not made."""
    read = writable(dict(read))
    check(read, {"cells": dict, "causes": [{"cause": one_of(causes.NAMES), "since": _is_none}]} | _REST)
    cells = read["cells"]
    check(cells, {column.name: _cell(column) for column in read_columns(columns)})
    if cells["host"] != writable(host):
        raise ValueError("another host")
    if not _is_of(read["detail"]["url"], cells["address"]):
        raise ValueError("another address")
    phone = Reading(host, "", Survey(), own=noted)
    own = {column.name: writable(column.cell(phone)) for column in columns if column.from_inventory}
    return {
        "cells": {column.name: (own if column.from_inventory else cells)[column.name] for column in columns},
        "causes": read["causes"],
        "detail": read["detail"],
    }


def _is_of(url: str | None, address: str) -> bool:
    """Whether a link leads to this phone, and says nothing but where that is."""
    if url is None:
        return True
    parts = urllib.parse.urlsplit(url)
    host = address.lower().removeprefix("[").removesuffix("]")
    named = (parts.hostname or "").lower()  # the zone of an IPv6 address is as it was written
    return named == host and parts.username is None and f"{parts.path}{parts.query}{parts.fragment}" == "/"


def _is_none(value: Any) -> bool:
    return value is None


_REST = {"detail": _DETAIL, "untried": bool}
_OWN = frozenset(column.name for column in COLUMNS)


def _cell(column: Column) -> Any:
    if column.name not in _OWN:
        return is_cell
    if column.choices:
        return one_of(column.choices)
    shape = _CELLS[column.kind]
    return (lambda value: value is not None and fits(value, shape)) if column.always else shape


def audit_of(host: str, read: Any) -> Reading:
    """The phone as the audit needs it. Raises ValueError and the like for what audit.detail has not made."""
    check(read, _AUDIT)
    survey = Survey(
        compared=read["compared"],
        drift=[Difference(**difference) for difference in read["drift"]],
        unknown=read["unknown"],
        origins={name: Origin(**origin) for name, origin in read["origins"].items()},
        secrets=read["secrets"],
        error=read["error"] and _told(**read["error"]),
    )
    return Reading(host, read["address"], survey)


def _told(kind: str, message: str, remedy: str) -> PhoneError:
    """An error of this kind."""
    error: PhoneError = type("Told", (PhoneError,), {"kind": kind})(message, remedy=remedy)
    return error
