# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a JSON Schema's promise a later schema of the same version breaks.

The report's JSON is read by scripts of other people, and reports of yesterday are read by the report of today. So both
directions count: a script that knows the old schema meets new reports, and the new collection meets old reports.

``python -m support.compatible`` freezes the schema and a report of a version that has none yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS, own_columns
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import SCHEMA, Earlier
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.making import Run, make
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row

FOLDER = Path(__file__).parents[1] / "unit" / "report" / "frozen"
_WORDS = {"$schema", "$id", "title", "description", "examples", "$comment", "$defs", "default"}
"""What readers of data need not know."""
_PARTS = {"type", "properties", "required", "items", "additionalProperties", "enum", "$ref"}
"""What is compared below; all other words of a schema must stay as they are."""

Schema = Mapping[str, Any]


def frozen_schema(version: int) -> Path:
    return FOLDER / f"schema-{version}.json"


def frozen_report(version: int) -> Path:
    return FOLDER / f"report-{version}.json"


def breaks(old: Schema, new: Schema) -> list[str]:
    """A line for each thing that is removed, retyped or newly demanded, with its path. Empty: the new schema keeps what
    the old one promises. Further keys that nobody must have, and further choices, are no break."""
    return list(dict.fromkeys(_compared(old, new, old, new, "report", ())))


def _resolved(schema: Any, root: Schema) -> tuple[Schema, str]:
    """What a reference stands for, and its name. True and {} allow everything, False allows nothing."""
    name = ""
    while isinstance(schema, Mapping) and "$ref" in schema:
        name = schema["$ref"]
        target: Any = root
        for step in name.removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    if isinstance(schema, bool):
        return ({} if schema else {"not": {}}), name
    return schema, name


def _compared(
    old: Any, new: Any, old_root: Schema, new_root: Schema, path: str, seen: tuple[Any, ...]
) -> Iterator[str]:
    (before, name), (after, other) = _resolved(old, old_root), _resolved(new, new_root)
    if (name, other) in seen or not (before or after):
        return  # a schema that contains itself, or one that says nothing
    seen = (*seen, (name, other)) if name and other else seen
    if _types(before) != _types(after):
        yield f"{path}: was {_shown(before)}, is {_shown(after)}"
        return
    yield from _choices(before, after, path)
    yield from _keys(before, after, old_root, new_root, path, seen)
    if "items" in before or "items" in after:
        yield from _compared(before.get("items", True), after.get("items", True), old_root, new_root, f"{path}[]", seen)
    for word in sorted((before.keys() | after.keys()) - _WORDS - _PARTS):
        if before.get(word) != after.get(word):
            yield f"{path}: {word} was {before.get(word)}, is {after.get(word)}"


def _types(schema: Schema) -> set[str]:
    """Empty for a schema that says nothing of types. A list of choices or a constant has the types of its values."""
    said = schema.get("type")
    if said is not None:
        return {said} if isinstance(said, str) else set(said)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return {_TYPES[type(value)] for value in values}


_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null", list: "array"}
_TYPES[dict] = "object"


def _whole(types: set[str]) -> set[str]:
    """A whole number is a number, too."""
    return {"integer"} if "number" in types else set()


def _shown(schema: Schema) -> str:
    return " or ".join(sorted(_types(schema))) or "anything"


def _choices(before: Schema, after: Schema, path: str) -> Iterator[str]:
    if "enum" not in before:
        if "enum" in after:
            yield f"{path}: only certain values are left"
        return
    if "enum" not in after:
        yield f"{path}: had certain values only"
        return
    for gone in (value for value in before["enum"] if value not in after["enum"]):
        yield f"{path}: the value {json.dumps(gone)} is gone"


def _keys(
    before: Schema, after: Schema, old_root: Schema, new_root: Schema, path: str, seen: tuple[Any, ...]
) -> Iterator[str]:
    had, has = before.get("properties", {}), after.get("properties", {})
    demanded, demands = set(before.get("required", ())), set(after.get("required", ()))
    for key in had:
        if key not in has:
            yield f"{path}.{key}: is gone"
        else:
            yield from _compared(had[key], has[key], old_root, new_root, f"{path}.{key}", seen)
    for key in sorted(demanded - demands):
        if key in has:
            yield f"{path}.{key}: was always there, may be missing"
    for key in sorted(demands - demanded):
        yield f"{path}.{key}: older reports may lack it"
    rest, rest_now = before.get("additionalProperties", True), after.get("additionalProperties", True)
    if rest_now is False and rest is not False:
        yield f"{path}: further keys are no longer allowed"
    elif rest is not False:
        yield from _compared(rest, rest_now, old_root, new_root, f"{path}.*", seen)
        # Who knows the old schema reads a new key as one of those that it allows.
        allowed = _types(_resolved(rest, old_root)[0])
        for key in sorted(has.keys() - had.keys()):
            if allowed and not _types(_resolved(has[key], new_root)[0]) <= allowed | _whole(allowed):
                yield f"{path}.{key}: is new, but {_shown(has[key])}"


def published(schema: Schema, frozen: Schema | None) -> dict[str, Any]:
    """The schema for other people, from the exact one: further keys are allowed, and what the frozen one does not
    demand, older reports may lack. ``frozen``: None while the version is new."""
    opened: dict[str, Any] = _opened(schema, frozen)
    return opened


def _opened(schema: Any, frozen: Any) -> Any:
    if isinstance(schema, list):
        return [_opened(part, None) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for key, part in schema.items():
        known = frozen.get(key) if isinstance(frozen, dict) else None
        if key == "additionalProperties" and part is False:
            continue
        if key == "required" and isinstance(known, list):
            part = [name for name in part if name in known]
        made[key] = _opened(part, known)
    return made


def made_now() -> dict[str, Any]:
    """A report that this collection makes: the second of two days, with something of everything."""
    from .surveys import certificate, failed, read

    options = [{"name": "site", "title": "Site", "query": None, "variable": None, "group": "site_*", "kind": "text"}]
    columns = (*COLUMNS, *own_columns(options, {"site_berlin": ["a", "b"], "site_lisbon": ["c", "d"]}))

    def rows(day: int, **surveys: Any) -> list[dict[str, Any]]:
        now = datetime(2026, 11, day, 8, tzinfo=timezone.utc)
        sites = {"a": "berlin", "b": "berlin", "c": "lisbon", "d": "lisbon"}
        written = {"device.sntp.serverName": datetime(2026, 11, 20, tzinfo=timezone.utc)}
        return [
            row(
                Reading(
                    *(host, "192.0.2.1", survey, {"default": "5.9.4"}, 30, now),
                    url="https://192.0.2.1/",
                    unrestarted=written if host == "a" else {},
                    own={"site": sites[host]},
                ),
                columns,
            )
            for host, survey in surveys.items()
        ]

    known = read(certificate=certificate(), unknown={"reg.1.lable": ["reg.1.label"]})
    fine = read(drift=[])
    times = ("2026-11-26T08:00:00Z", "2026-11-27T08:00:00Z")
    first = make("Phones", rows(26, a=fine, b=known, c=known), columns, Run(times[0]))
    second = rows(27, a=known, b=failed(remedy="Check its cable."), d=fine)
    earlier = Earlier.found(first.report, first.lines)
    return make("Phones", second, columns, Run(times[1]), earlier, lines=first.lines).report


def freeze() -> None:
    """Write the schema and a report of the present version, unless it has them already."""
    from . import report_docs

    FOLDER.mkdir(exist_ok=True)
    contents = {
        frozen_schema(SCHEMA): published(report_docs.schema(), None),
        frozen_report(SCHEMA): made_now(),
    }
    for path, content in contents.items():
        if not path.exists():
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
