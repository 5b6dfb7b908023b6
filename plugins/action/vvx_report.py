# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansible import context

from ..module_utils._phone.errors import SettingsError
from ..module_utils._steps.query import compiled
from ..module_utils._steps.subsets import SUBSETS, chosen
from ..plugin_utils._doors.fleet import FleetAction
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import formats, specs
from ..plugin_utils._report.page import render
from ..plugin_utils._report.report import SCHEMA, build
from ..plugin_utils._report.rows import COLUMNS, Wishes, row

MOST = 200
"""Entries of each kind that the result lists; it has to stay small, and all are in the files."""
FORMATS = {"csv": formats.to_csv, "json": formats.to_json, "markdown": formats.to_markdown, "html": render.render}


class ActionModule(FleetAction):
    spec = specs.REPORT

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        paths = self.paths({name: params[name] for name in FORMATS if params[name]})
        mode = file_mode(params["mode"])
        wishes = Wishes(_targets(params["target_firmware"]), _columns(params["columns"]))
        previous = self._previous(params["previous"] or params["json"])
        subset = _subset(params["gather_subset"], params["columns"])
        found = self.survey(hosts, task_vars, subset, params)
        own = [
            {"name": column["name"], "title": column["title"] or column["name"], "kind": column["kind"]}
            for column in params["columns"]
        ]
        report = build(
            params["title"], (row(job.host, job.address, outcome, wishes) for job, outcome in found), own, previous
        )
        seen = report["changes"]
        if previous is not None and not params["previous"] and not any(seen.values()):
            # The same data gives the same files: they go on to tell of the last changes.
            report["changes"] = previous["changes"]
        files = put_all(
            {path: FORMATS[name](report).encode() for name, path in paths.items()}, self._task.check_mode, mode
        )
        summary = {**report["summary"], "problems": dict(list(report["summary"]["problems"].items())[:MOST])}
        result: dict[str, Any] = {
            "changed": any(file["changed"] for file in files),
            "files": files,
            "summary": summary,
            "changes": None,
        }
        if seen is not None:
            result["changes"] = {
                **{kind: entries[:MOST] for kind, entries in seen.items()},
                "counts": {kind: len(entries) for kind, entries in seen.items()},
            }
        if seen and seen["disappeared"] and context.CLIARGS.get("subset"):
            result["warnings"] = [
                "The play was limited to some hosts (--limit): in the report, all others have disappeared."
            ]
        return result

    def _previous(self, path: str | None) -> dict[str, Any] | None:
        """The report that was there before, to compare with; None if there is none."""
        if not path:
            return None
        try:
            with open(self._loader.path_dwim(path), encoding="utf-8") as file:
                report = json.load(file)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"{path} can't be read as a report: {error}.",
                remedy="Give another file as previous, or move this one away.",
            ) from error
        if not _is_report(report):
            raise SettingsError(
                f"{path} is no report of this collection.",
                remedy="Give another file as previous, or move this one away.",
            )
        return report


def _is_report(document: Any) -> bool:
    try:
        names = [column["name"] for column in document["columns"]]
        rows = [(row["cells"]["host"], row["cells"]["status"]) for row in document["rows"]]
        return (
            document["schema"] == SCHEMA
            and "changes" in document
            and all(isinstance(name, str) for name in (*names, *(host for host, _status in rows)))
        )
    except (KeyError, TypeError, AttributeError):
        return False


def _targets(given: Mapping[Any, Any]) -> dict[str, str]:
    targets = {str(model): str(version) for model, version in given.items()}
    for model, version in targets.items():
        if not re.match(r"[0-9]+\.", version):
            raise SettingsError(
                f"target_firmware: {version!r} (for {model}) is no version.",
                remedy="It looks like '5.9.3.1111', in quotes.",
            )
    return targets


def _columns(columns: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    taken = {column["name"] for column in COLUMNS}
    for column in columns:
        if column["name"] in taken:
            raise SettingsError(f"columns: there is a column {column['name']} already.", remedy="Give it another name.")
        taken.add(column["name"])
    return [(column["name"], compiled("columns", column["query"])) for column in columns]


def _subset(asked: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is asked for, the device in any case, and what the user's own columns speak of."""
    queries = " ".join(column["query"] for column in columns)
    wanted = {
        "device",
        *chosen("gather_subset", asked, SUBSETS, ("device",)),
        *(name for name in SUBSETS if name in queries),
    }
    return [name for name in SUBSETS if name in wanted]
