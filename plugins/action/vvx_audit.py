# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils import _specs
from ansible_collections.polycom.vvx.plugins.plugin_utils._files import file_mode, put_all
from ansible_collections.polycom.vvx.plugins.plugin_utils._fleet_action import FleetAction
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import natural

MOST_NAMES = 200
"""Names of parameters and hosts that the result lists of each kind; a result has to stay small, and all are in the file of details."""


class ActionModule(FleetAction):
    spec = _specs.AUDIT

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, dict[str, Any]] = {}
        for job, outcome in self.survey(hosts, task_vars, [], params):
            error = outcome.get("error")
            found[job.host] = {
                "address": job.address,
                "compared": outcome.get("compared", 0),
                "drift": outcome.get("drift", []),
                "unknown": outcome.get("unknown", {}),
                "error": {key: error[key] for key in ("kind", "message", "remedy")} if error else None,
            }
        ordered = {host: found[host] for host in sorted(found, key=natural)}
        for host, phone in ordered.items():
            self._display.display(f"{host}: {line(phone)}")
        files = []
        if params["details"]:
            text = json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
            files = put_all({self._loader.path_dwim(params["details"]): text.encode()}, self._task.check_mode, file_mode(params["mode"]))
        hits = {kind: [host for host, phone in ordered.items() if phone[kind]] for kind in ("drift", "unknown", "error")}
        counts: dict[str, int] = {}
        for phone in ordered.values():
            for difference in phone["drift"]:
                counts[difference["parameter"]] = counts.get(difference["parameter"], 0) + 1
        result: dict[str, Any] = {
            "changed": any(file["changed"] for file in files),
            "phones": len(ordered),
            "as_desired": sum(not (phone["drift"] or phone["unknown"] or phone["error"]) for phone in ordered.values()),
            "drifting": len(hits["drift"]),
            "hosts": {kind: names[:MOST_NAMES] for kind, names in hits.items()},
            "parameters": dict(sorted(counts.items(), key=lambda item: (-item[1], natural(item[0])))[:MOST_NAMES]),
            "files": files,
        }
        reasons = {"drift": "differ from what they should be", "unknown": "do not know some parameters", "error": "could not be looked at"}
        told = [f"{len(hits[kind])} {reasons[kind]}" for kind in params["fail_on"] if hits[kind]]
        result["msg"] = f"{len(ordered)} phones: {'; '.join(told) or 'all as desired'}."
        if told:
            result["failed"] = True
        return result


def line(phone: Mapping[str, Any]) -> str:
    """What is said of a phone on the console."""
    if phone["error"]:
        return f"{phone['error']['kind']}: {phone['error']['message']}"
    told = []
    if phone["drift"]:
        names = ", ".join(difference["parameter"] for difference in phone["drift"][:5])
        told.append(f"{len(phone['drift'])} of {phone['compared']} differ: {names}{', ...' if len(phone['drift']) > 5 else ''}")
    if phone["unknown"]:
        told.append(f"unknown: {', '.join(phone['unknown'])}")
    return "; ".join(told) or f"as desired ({phone['compared']} parameters)"
