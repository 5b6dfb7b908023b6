# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of made-up fleets with sites, causes and a history, without asking any phone. Equal arguments give equal
reports."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any

from .fleet_report import HOSTILE

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=timezone.utc)
TARGET = "5.9.3.1111"
_SITES = ("berlin", "hamburg", "köln", "münchen", "wien", "zürich")
_MODELS = ("VVX 411", "VVX 250", "VVX 601", "VVX 150", "VVX 411", "VVX 411")
_FIRMWARES = (TARGET, TARGET, TARGET, "5.9.10.42", TARGET, "6.4.6.2453")
_SERVERS = ("sip.example.com", "sip2.example.com", "10.20.0.5")
_CAUSES = {
    "unmanaged": ("critical", "Cannot be managed", "diagnose", "See what each phone says."),
    "unregistered": ("critical", "Not registered", "diagnose", "Check the line's user, password and server."),
    "drifting": ("warning", "Parameters differ", "configure", "Run configure to set what the inventory says."),
    "behind": ("warning", "Behind target firmware", "firmware", "Run firmware to update the phones."),
    "restart": ("warning", "Restart pending", "restart", "Restart the phones for their new parameters."),
    "certificate": ("warning", "Certificate ends", None, "Give the phones a new certificate."),
    "other": ("warning", "Other problems", None, "Open the phone to see what is wrong."),
    "rebooted": ("notice", "Rebooted since the last report", None, "Nothing, if somebody restarted them."),
}
_STATUSES = {
    "unreachable": ("it did not answer within 10 s.", "Check its cable, its PoE port and its VLAN."),
    "unauthorized": ("it refuses the login.", "Set ansible_password to the password of the phone's administrator."),
    "rest_off": ("the REST API is off (HTTP 404).", 'Set apps.restapi.enabled="1" on the provisioning server.'),
}
_COLUMNS = (
    ("host", "Host", "text"),
    ("state", "State", "text"),
    ("address", "Address", "text"),
    ("status", "Status", "text"),
    ("reason", "Reason", "text"),
    ("model", "Model", "text"),
    ("firmware", "Firmware", "text"),
    ("target", "Target", "text"),
    ("behind", "Behind", "boolean"),
    ("mac", "MAC", "text"),
    ("lines", "Lines", "list"),
    ("registered", "Registered", "pair"),
    ("drift", "Drift", "number"),
    ("booted", "Booted", "time"),
    ("last_seen", "Last seen", "time"),
    ("certificate", "Certificate", "text"),
    ("certificate_issuer", "Signed by", "text"),
    ("certificate_end", "Certificate ends", "text"),
    ("certificate_expiring", "Expiring", "boolean"),
    ("problems", "Problems", "list"),
    ("site", "Site", "text"),
    ("Room", "Room", "text"),
)
_BY = ("status", "model", "firmware", "site", "Room")


def ago(**span: float) -> str:
    """A time before NOW, as reports write it; ``span``: as of timedelta."""
    return f"{NOW - timedelta(**span):%Y-%m-%dT%H:%M:%SZ}"


def phone(number: int, chance: random.Random, sick: float, hostile: bool = False) -> dict[str, Any]:
    """One phone's row. ``sick``: the share of phones with something wrong."""
    site = _SITES[number % len(_SITES)]
    room = HOSTILE[number % len(HOSTILE)] if hostile else f"{number % 5}.{number % 40:02}"
    cells: dict[str, Any] = dict.fromkeys(name for name, _title, _kind in _COLUMNS)
    address = f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
    causes = [name for name in _CAUSES if chance.random() < sick / 5] if chance.random() < sick else []
    if "unmanaged" in causes:
        causes = ["unmanaged"]
    cells |= {"host": f"{site}-{1000 + number}", "address": address, "status": "managed", "site": site, "Room": room}
    detail: dict[str, Any] = {"lines": [], "drift": [], "problems": [], "remedy": None, "certificate": None}
    detail |= {"url": f"https://{address}/", "restart": None, "known": False}
    mac = f"0004f2{number:06x}"
    label = HOSTILE[number % len(HOSTILE)] if hostile else f"Reception {number}"
    detail["lines"] = [
        {"line": 1, "label": label, "user": str(1000 + number), "registered": True, "server": _SERVERS[number % 3]},
        {"line": 2, "label": str(2000 + number), "user": str(2000 + number), "registered": True, "server": _SERVERS[0]},
    ][: 1 + number % 2]
    cells |= {
        "model": _MODELS[number % len(_MODELS)],
        "firmware": _FIRMWARES[number % len(_FIRMWARES)],
        "target": TARGET,
        "mac": ":".join(mac[place : place + 2] for place in range(0, 12, 2)),
        "lines": [line["label"] for line in detail["lines"]],
        "booted": ago(days=1 + number % 90, minutes=number % 600),
        "certificate": mac.upper(),
        "certificate_issuer": "Polycom Equipment Issuing CA 1",
        "certificate_end": "2026-12-20" if "certificate" in causes else "2044-03-09",
        "certificate_expiring": "certificate" in causes,
        "behind": "behind" in causes,
    }
    detail["certificate"] = {
        "subject": f"CN={mac.upper()}, O=Polycom Inc.",
        "issuer": "CN=Polycom Equipment Issuing CA 1, O=Polycom Inc.",
        "not_before": "2015-03-02",
        "not_after": cells["certificate_end"],
        "fingerprint": f"{number:064x}",
        "protocol": "TLSv1.2",
    }
    problems = detail["problems"]
    for cause in causes:
        _add(cause, number, cells, detail, chance)
    if "unmanaged" not in causes:
        cells["registered"] = [sum(line["registered"] for line in detail["lines"]), len(detail["lines"])]
        cells["drift"] = len(detail["drift"])
    cells["state"] = causes[0] if causes else "ok"
    cells["problems"] = problems
    found = [{"cause": name, "since": ago(hours=chance.choice((0, 0, 24, 90, 400)))} for name in causes]
    return {"cells": cells, "causes": found, "detail": detail}


def _add(cause: str, number: int, cells: dict[str, Any], detail: dict[str, Any], chance: random.Random) -> None:
    """What a cause changes in a row."""
    problems = detail["problems"]
    if cause == "unmanaged":
        status = chance.choice(("unreachable", "unreachable", "unreachable", *_STATUSES))
        reason, remedy = _STATUSES[status]
        cells |= {"status": status, "reason": reason, "last_seen": ago(hours=chance.choice((2, 24, 400)))}
        cells |= dict.fromkeys(("behind", "certificate_expiring"))
        detail |= {"remedy": remedy, "known": True}
        for line in detail["lines"]:
            line["registered"] = None
        problems.append(status.replace("_", " "))
    elif cause == "unregistered":
        detail["lines"][0]["registered"] = False
        problems.append("line 1 is not registered")
    elif cause == "drifting":
        detail["drift"] = [
            {"parameter": "reg.1.label", "wanted": f"Desk {number}", "has": cells["lines"][0], "source": "web"}
            | {"layer": "vvx_parameters_host", "file": f"host_vars/{cells['host']}.yml", "line": 3},
            {"parameter": "up.backlight.onIntensity", "wanted": "2", "has": str(number % 3), "source": "web"}
            | {"layer": "vvx_parameters_site", "file": f"group_vars/site_{cells['site']}.yml", "line": 12},
            {"parameter": "reg.1.auth.password", "wanted": "(secret)", "has": "(secret)", "source": "config"}
            | {"layer": "vvx_parameters_all", "file": None, "line": None},
        ][: 1 + number % 3]
        problems.append("parameters differ")
    elif cause == "behind":
        cells["firmware"] = "5.8.0.12848"
        problems.append(f"firmware is behind {TARGET}")
    elif cause == "restart":
        detail["restart"] = {"since": ago(hours=20), "parameters": ["device.sntp.serverName", "reg.1.server.1.address"]}
        problems.append("a restart is pending")
    elif cause == "certificate":
        problems.append("certificate expires on 2026-12-20")
    elif cause == "other":
        problems.append("network could not be read")
    elif cause == "rebooted":
        cells["booted"] = ago(hours=3, minutes=number % 60)


def report(
    phones: int = 40,
    seed: int = 1,
    sick: float = 0.4,
    *,
    title: str = "Phones of Example",
    hostile: bool = False,
    runs: int = 30,
    rows: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A report. ``hostile``: texts that try to break the page. ``runs``: in its history; 0 makes a first report."""
    chance = random.Random(seed)
    rows = [phone(number, chance, sick, hostile) for number in range(1, phones + 1)] if rows is None else rows
    ill = [row for row in rows if any(_CAUSES[each["cause"]][0] != "notice" for each in row["causes"])]
    return {
        "schema": 2,
        "title": title,
        "time": ago(),
        "previous": ago(hours=24) if runs else None,
        "columns": [{"name": name, "title": title, "kind": kind, "by": name in _BY} for name, title, kind in _COLUMNS],
        "rows": rows,
        "summary": _summary(rows, len(ill)),
        "causes": _causes(rows),
        "parameters": _parameters(rows),
        "changes": _changes(rows) if runs else None,
        "history": _history(rows, len(ill), runs, chance),
    }


def _summary(rows: list[dict[str, Any]], attention: int) -> dict[str, Any]:
    def counts(name: str) -> dict[str, int]:
        return dict(Counter(str(row["cells"][name]) for row in rows).most_common())

    pairs = [row["cells"]["registered"] for row in rows]
    shares = [
        "unknown" if pair is None else "all" if pair[0] == pair[1] else "some" if pair[0] else "none" for pair in pairs
    ]
    return {
        "phones": len(rows),
        "attention": attention,
        "status": counts("status"),
        "states": counts("state"),
        "models": counts("model"),
        "firmwares": counts("firmware"),
        "behind": sum(row["cells"]["behind"] is True for row in rows),
        "registration": dict(Counter(shares).most_common()),
        "drifting": sum(bool(row["cells"]["drift"]) for row in rows),
        "expiring": sum(row["cells"]["certificate_expiring"] is True for row in rows),
        "problems": dict(Counter(problem for row in rows for problem in row["detail"]["problems"]).most_common()),
    }


def _causes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    for name, (severity, title, playbook, remedy) in _CAUSES.items():
        having = [row for row in rows if any(each["cause"] == name for each in row["causes"])]
        if not having:
            continue
        since = [each["since"] for row in having for each in row["causes"] if each["cause"] == name]
        made.append(
            {
                "cause": name,
                "severity": severity,
                "title": title,
                "phones": len(having),
                "new": since.count(ago()),
                "since": min(since),
                "remedy": remedy,
                "playbook": playbook,
                "statuses": [
                    {"status": status, "phones": number, "remedy": _STATUSES[status][1], "playbook": None}
                    for status, number in Counter(row["cells"]["status"] for row in having).most_common()
                ]
                if name == "unmanaged"
                else [],
            }
        )
    return made


def _parameters(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for difference in row["detail"]["drift"]:
            found.setdefault(difference["parameter"], []).append(difference)
    made = []
    for name, differences in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        wanted = Counter((each["wanted"], each["layer"], each["file"], each["line"]) for each in differences)
        has = Counter(each["has"] for each in differences)
        made.append(
            {
                "parameter": name,
                "phones": len(differences),
                "wanted": [
                    {"value": value, "phones": number, "layer": layer, "file": file, "line": line}
                    for (value, layer, file, line), number in wanted.most_common(20)
                ],
                "has": [{"value": value, "phones": number} for value, number in has.most_common(20)],
                "more": {"wanted": max(len(wanted) - 20, 0), "has": max(len(has) - 20, 0)},
            }
        )
    return made


def _changes(rows: list[dict[str, Any]]) -> dict[str, Any]:
    hosts = [row["cells"]["host"] for row in rows]
    return {
        "appeared": hosts[:1],
        "disappeared": ["berlin-old"],
        "changed": [
            {"host": host, "column": "firmware", "before": "5.8.0.12848", "after": TARGET} for host in hosts[1:4]
        ],
        "broken": [
            {"host": row["cells"]["host"], "cause": each["cause"]}
            for row in rows
            for each in row["causes"]
            if each["since"] == ago()
        ],
        "repaired": [{"host": host, "cause": "drifting"} for host in hosts[5:9]],
    }


def _history(rows: list[dict[str, Any]], ill: int, runs: int, chance: random.Random) -> list[dict[str, Any]]:
    made = []
    for run in range(runs, -1, -1) if runs else ():
        some = [chance.choice(rows)["cells"]["host"] for _time in range(3)] if rows else []
        made.append(
            {
                "time": ago(days=run),
                "phones": len(rows),
                "reachable": max(len(rows) - ill // 3 - chance.randrange(3), 0),
                "registered": max(len(rows) - ill // 2 - chance.randrange(3), 0),
                "drifting": ill // 3 + run // 3,
                "on_target": max(len(rows) - ill // 4 - run // 2, 0),
                "attention": ill + run // 4,
                "events": [
                    [host, kind, what, None, None]
                    for host, (kind, what) in zip(
                        some, (("broken", "unregistered"), ("repaired", "unregistered"), ("broken", "drifting"))
                    )
                ],
            }
        )
    return made
