# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ..plugin_utils._doors.fleet import FleetAction
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import specs
from ..plugin_utils._report.rows import natural

MOST_NAMES = 200
"""Names of parameters and hosts that the result lists of each kind; a result has to stay small, and all are in the file of details."""

REASONS = {
    "drift": "differ from what they should be",
    "unknown": "do not know some parameters",
    "error": "could not be looked at",
    "not_compared": "were not compared, as the inventory says nothing of their parameters",
}


class ActionModule(FleetAction):
    spec = specs.AUDIT

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        paths = self.paths({"details": params["details"]} if params["details"] else {})
        mode = file_mode(params["mode"])
        found: dict[str, dict[str, Any]] = {}
        for job, found_here in self.survey(hosts, task_vars, [], params):
            error = found_here.error
            found[job.host] = {
                "address": job.address,
                "compared": found_here.compared,
                "drift": [asdict(difference) for difference in found_here.drift],
                "unknown": found_here.unknown,
                "error": {"kind": error.kind, "message": str(error), "remedy": error.remedy} if error else None,
            }
        ordered = {host: found[host] for host in sorted(found, key=natural)}
        for host, phone in ordered.items():
            self._display.display(f"{host}: {line(phone)}")
        text = json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
        files = put_all({path: text.encode("utf-8", "replace") for path in paths.values()}, self._task.check_mode, mode)
        hits = {
            kind: [host for host, phone in ordered.items() if phone[kind]] for kind in ("drift", "unknown", "error")
        }
        hits["not_compared"] = [host for host, phone in ordered.items() if not phone["compared"] and not phone["error"]]
        counts: dict[str, int] = {}
        for phone in ordered.values():
            for difference in phone["drift"]:
                counts[difference["parameter"]] = counts.get(difference["parameter"], 0) + 1
        result: dict[str, Any] = {
            "changed": any(file["changed"] for file in files),
            "phones": len(ordered),
            "as_desired": sum(
                bool(phone["compared"]) and not (phone["drift"] or phone["unknown"] or phone["error"])
                for phone in ordered.values()
            ),
            "drifting": len(hits["drift"]),
            "hosts": {kind: names[:MOST_NAMES] for kind, names in hits.items()},
            "parameters": dict(sorted(counts.items(), key=lambda item: (-item[1], natural(item[0])))[:MOST_NAMES]),
            "files": files,
        }
        told = [f"{len(hits[kind])} {REASONS[kind]}" for kind in REASONS if hits[kind]]
        result["msg"] = f"{len(ordered)} phones: {'; '.join(told) or 'all as desired'}."
        if ordered and len(hits["not_compared"]) == len(ordered):
            layers = ", ".join(params["layers"])
            result["warnings"] = [
                f"Nothing was compared: no phone has one of the variables {layers} with a parameter in it that is no secret."
            ]
        if any(hits[kind] for kind in params["fail_on"]):
            result["failed"] = True
        return result


def line(phone: Mapping[str, Any]) -> str:
    """What is said of a phone on the console."""
    if phone["error"]:
        return f"{phone['error']['kind']}: {phone['error']['message']}"
    told = []
    if phone["drift"]:
        names = ", ".join(difference["parameter"] for difference in phone["drift"][:5])
        told.append(
            f"{len(phone['drift'])} of {phone['compared']} differ: {names}{', ...' if len(phone['drift']) > 5 else ''}"
        )
    if phone["unknown"]:
        told.append(f"unknown: {', '.join(phone['unknown'])}")
    return "; ".join(told) or (f"as desired ({phone['compared']} parameters)" if phone["compared"] else "not compared")
