# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone's row in the report: its cells, and the detail behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import causes
from .columns import COLUMNS, Column
from .reading import Reading
from .values import day, moment, writable


def row(phone: Reading, columns: Sequence[Column] = COLUMNS) -> dict[str, Any]:
    """``cells`` (by column), ``causes`` and ``detail``; docs/report.schema.json describes them."""
    error, pending = phone.survey.error, phone.pending
    detail = {
        "lines": [
            {**{key: line.get(key) for key in ("line", "label", "user", "registered")}, "server": server(line)}
            for line in phone.lines
        ],
        "drift": [dict(vars(difference)) for difference in phone.survey.drift],
        "problems": phone.problems,
        "certificate": _certificate(phone),
        "remedy": error.remedy or None if error else None,
        "url": phone.url,
        "restart": pending and {"since": moment(pending.since), "parameters": list(pending.parameters)},
        "known": False,
    }
    made: dict[str, Any] = writable(
        {
            "cells": {column.name: column.cell(phone) for column in columns},
            "causes": [{"cause": name, "since": None} for name in causes.of(phone)],
            "detail": detail,
        }
    )
    return made


def server(line: Mapping[str, Any]) -> str | None:
    """The registrar of a line, as the phone reports it: the one that works, or the first."""
    servers = [each for each in line.get("servers") or () if each.get("address")]
    best = next((each for each in servers if each.get("working")), None) or next(iter(servers), None)
    found = best["address"] if best else line.get("proxy")
    return None if found is None else str(found)


def _certificate(phone: Reading) -> dict[str, Any] | None:
    """The certificate without what changes by itself, such as the days that are left."""
    found = phone.certificate
    if found is None:
        return None
    return {
        "subject": found.subject,
        "issuer": found.issuer,
        "not_before": day(found.not_before),
        "not_after": day(found.not_after),
        "fingerprint": found.fingerprint,
        "protocol": found.protocol,
    }
