# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of made-up fleets, without asking any phone. Equal arguments give equal reports."""

from __future__ import annotations

from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report import causes
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import SCHEMA
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import MANAGED
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.report import summary

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "<!--<script>alert(3)</script>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(4)",
    "\u202egnitirw\u200b\u2066 mirrored",
    "&lt;b&gt; &amp; 'quoted' \u2028\u2029",
)
"""Labels that a person can give a line."""

_MODELS = ("VVX 411", "VVX 250", "VVX 601", "VVX 150", "VVX 411")
_FIRMWARES = ("5.9.3.1111", "5.9.3.1111", "5.9.10.0042", "6.4.6.2453", "5.9.3.1111", "6.3.1.8427", "5.8.0.12848")
_TARGET = "5.9.3.1111"
_FAILURES = {
    7: ("unreachable", "no answer within 10 s", "Check the cable, the PoE port and the VLAN of the phone."),
    19: ("unauthorized", "the phone refuses the password", "Set vvx_password to the phone's administrator password."),
    23: ("rest_off", "the REST API is off", "Set apps.restapi.enabled to 1 on the provisioning server."),
}


def _lines(number: int) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "label": f"Reception {number}" if line == 1 else str(20000 + number),
            "user": str(10000 * line + number),
            "registered": number % 11 != 5 or (line == 1 and number % 2 == 0),
            "server": "sip.example.com",
        }
        for line in range(1, 2 + number % 2)
    ]


def row(number: int) -> dict[str, Any]:
    """The row of the fleet's phone with a number; every seventh or so could not be read."""
    cells: dict[str, Any] = dict.fromkeys(column.name for column in COLUMNS)
    cells.update(
        host=f"phone-{number}",
        address=f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}",
        status=MANAGED,
        state=causes.OK,
        problems=[],
    )
    detail: dict[str, Any] = {"lines": [], "drift": [], "problems": [], "remedy": None, "certificate": None}
    detail.update(url=f"https://{cells['address']}/", restart=None, known=False)
    failing = next((every for every in _FAILURES if number % (every + 1) == every), None)
    if failing:
        cells["status"], cells["reason"], detail["remedy"] = _FAILURES[failing]
        cells["problems"] = detail["problems"] = [cells["status"].replace("_", " ")]
        return _judged(cells, detail, ["unmanaged"])

    lines = detail["lines"] = _lines(number)
    firmware = _FIRMWARES[number % len(_FIRMWARES)]
    cells.update(
        model=_MODELS[number % len(_MODELS)], firmware=firmware, target=_TARGET, behind=firmware.startswith("5.8")
    )
    cells.update(mac=f"0004f2{number:06x}", lines=[line["label"] for line in lines], drift=0)
    issuer, ending = "Polycom Equipment Issuing CA 1", number % 8 == 3
    end = "2026-01-20" if ending else "2044-03-09"
    cells.update(certificate=f"0004F2{number:06X}", certificate_issuer=issuer, certificate_end=end)
    cells["certificate_expiring"] = ending
    detail["certificate"] = {
        "subject": f"CN={cells['certificate']}, O=Polycom Inc.",
        "issuer": f"CN={issuer}, O=Polycom Inc.",
        "not_before": "2015-03-02",
        "not_after": end,
        "fingerprint": f"{number:064x}",
        "protocol": "TLSv1.2",
    }
    cells["registered"] = [sum(line["registered"] for line in lines), len(lines)]
    if number % 9 == 4:
        detail["drift"] = [
            {"parameter": "reg.1.label", "wanted": f"Desk {number}", "has": lines[0]["label"], "source": "config"}
            | {"layer": "vvx_parameters_host", "file": f"host_vars/phone-{number}.yml", "line": 3},
            {"parameter": "up.backlight.onIntensity", "wanted": "2", "has": "3", "source": "web"}
            | {"layer": "vvx_parameters_site", "file": None, "line": None},
        ]
        cells["drift"] = 2
    problems = [f"line {line['line']} is not registered" for line in lines if not line["registered"]]
    problems += [f"firmware is behind {_TARGET}"] if cells["behind"] else []
    problems += ["certificate expires within 30 days"] if ending else []
    problems += ["parameters differ"] if cells["drift"] else []
    cells["problems"] = detail["problems"] = problems
    found = {
        "unregistered": cells["registered"][0] < len(lines),
        "drifting": cells["drift"],
        "behind": cells["behind"],
        "certificate": ending,
    }
    return _judged(cells, detail, [name for name, applies in found.items() if applies])


def _judged(cells: dict[str, Any], detail: dict[str, Any], names: list[str]) -> dict[str, Any]:
    cells["state"] = causes.state(names)
    return {
        "cells": cells,
        "causes": [{"cause": name, "since": "2026-11-20T08:00:00Z"} for name in names],
        "detail": detail,
    }


def report(
    phones: int = 25,
    *,
    title: str = "Phones",
    rows: list[dict[str, Any]] | None = None,
    changes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """``rows``: to be used as they are."""
    rows = [row(number) for number in range(1, phones + 1)] if rows is None else rows
    return {
        "schema": SCHEMA,
        "title": title,
        "time": "2026-11-27T08:00:00Z",
        "previous": "2026-11-26T08:00:00Z" if changes else None,
        "columns": [column.as_dict() for column in COLUMNS],
        "rows": rows,
        "summary": summary(rows),
        "causes": causes.tally(rows),
        "changes": changes,
        "history": [],
    }


def changes(upgraded: int = 3) -> dict[str, Any]:
    """One phone is new, one gone, some were upgraded and one was moved."""
    changed = [
        {"host": f"phone-{number}", "column": "firmware", "before": "5.8.0.12848", "after": _TARGET}
        for number in range(1, upgraded + 1)
    ]
    moved = {"host": "phone-4", "column": "lines", "before": ["Desk 4"], "after": ["Reception 4"]}
    found = {"appeared": ["phone-2"], "disappeared": ["phone-old"], "changed": [*changed, moved]}
    return found | {"broken": [{"host": "phone-5", "cause": "unregistered"}], "repaired": []}
