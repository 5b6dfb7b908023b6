# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is published of the report's JSON stays as it is within a version."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import earlier
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.earlier import SCHEMA, Earlier
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.making import Run, make

from support import report_docs
from support.compatible import FOLDER, breaks, frozen_report, frozen_schema, made_now, published

LINE = {"type": "object", "required": ["line"], "properties": {"line": {"type": "integer"}}}
SHAPE: dict[str, Any] = {
    "type": "object",
    "required": ["schema", "rows"],
    "properties": {
        "schema": {"const": 2},
        "rows": {
            "description": "One for each phone.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["host", "state", "lines"],
                "properties": {
                    "host": {"type": "string"},
                    "state": {"type": "string", "enum": ["ok", "drifting"]},
                    "model": {"type": ["string", "null"]},
                    "pair": {"type": "array", "items": {"type": "integer"}, "minItems": 2},
                    "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}},
                },
                "additionalProperties": {"$ref": "#/$defs/cell"},
            },
        },
    },
    "$defs": {"line": LINE, "cell": {"type": ["string", "number", "null"]}},
}


def row(shape: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shape["properties"]["rows"]["items"]
    return found


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    shape = copy.deepcopy(SHAPE)
    change(shape)
    return shape


BREAKING: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "removed": (lambda shape: row(shape)["properties"].pop("model"), "report.rows[].model: is gone"),
    "removed with all others": (lambda shape: shape.pop("properties"), "report.rows: is gone"),
    "renamed": (
        lambda shape: row(shape)["properties"].update(name=row(shape)["properties"].pop("model")),
        "report.rows[].model: is gone",
    ),
    "retyped": (
        lambda shape: row(shape)["properties"].update(model={"type": "integer"}),
        "report.rows[].model: was null or string, is integer",
    ),
    "never null, so that older reports no longer fit": (
        lambda shape: row(shape)["properties"].update(model={"type": "string"}),
        "report.rows[].model: was null or string, is string",
    ),
    "may be null": (
        lambda shape: row(shape)["properties"].update(host={"type": ["string", "null"]}),
        "report.rows[].host: was string, is null or string",
    ),
    "any type": (
        lambda shape: row(shape)["properties"].update(host={}),
        "report.rows[].host: was string, is anything",
    ),
    "parts retyped": (
        lambda shape: row(shape)["properties"]["pair"].update(items={"type": "string"}),
        "report.rows[].pair[]: was integer, is string",
    ),
    "parts of any type": (
        lambda shape: row(shape)["properties"]["pair"].pop("items"),
        "report.rows[].pair[]: was integer, is anything",
    ),
    "behind a reference": (
        lambda shape: shape["$defs"]["line"]["properties"].update(line={"type": "string"}),
        "report.rows[].lines[].line: was integer, is string",
    ),
    "another reference": (
        lambda shape: row(shape)["properties"]["lines"].update(items={"$ref": "#/$defs/cell"}),
        "report.rows[].lines[]: was object, is null or number or string",
    ),
    "choice gone": (
        lambda shape: row(shape)["properties"]["state"].update(enum=["ok"]),
        'report.rows[].state: the value "drifting" is gone',
    ),
    "choices gone": (
        lambda shape: row(shape)["properties"]["state"].pop("enum"),
        "report.rows[].state: had certain values only",
    ),
    "choices now": (
        lambda shape: row(shape)["properties"]["host"].update(enum=["a"]),
        "report.rows[].host: only certain values are left",
    ),
    "demanded": (
        lambda shape: row(shape)["required"].append("model"),
        "report.rows[].model: older reports may lack it",
    ),
    "new and demanded": (
        lambda shape: (shape["required"].append("time"), shape["properties"].update(time={"type": "string"})),
        "report.time: older reports may lack it",
    ),
    "may be missing": (
        lambda shape: row(shape)["required"].remove("host"),
        "report.rows[].host: was always there, may be missing",
    ),
    "closed": (
        lambda shape: shape.update(additionalProperties=False),
        "report: further keys are no longer allowed",
    ),
    "further keys retyped": (
        lambda shape: shape["$defs"]["cell"]["type"].append("object"),
        "report.rows[].*: was null or number or string, is null or number or object or string",
    ),
    "a new key is not what further keys are": (
        lambda shape: row(shape)["properties"].update(tags={"type": "array"}),
        "report.rows[].tags: is new, but array",
    ),
    "shorter": (
        lambda shape: row(shape)["properties"]["pair"].update(minItems=1),
        "report.rows[].pair: minItems was 2, is 1",
    ),
    "another format": (
        lambda shape: row(shape)["properties"]["host"].update(format="date"),
        "report.rows[].host: format was None, is date",
    ),
    "version": (lambda shape: shape["properties"]["schema"].update(const=3), "report.schema: const was 2, is 3"),
}

KEEPING: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nothing": lambda shape: None,
    "a key": lambda shape: shape["properties"].update(time={"type": "string"}),
    "a key deep inside": lambda shape: LINE and shape["$defs"]["line"]["properties"].update(server={"type": "string"}),
    "a key that fits further keys": lambda shape: row(shape)["properties"].update(site={"type": ["integer", "null"]}),
    "a choice": lambda shape: row(shape)["properties"]["state"]["enum"].append("restart"),
    "words": lambda shape: shape["properties"]["rows"].update(description="Other words.", title="Rows"),
    "another order": lambda shape: row(shape)["properties"].update(model={"type": ["null", "string"]}),
    "a reference for the same": lambda shape: (
        shape["$defs"].update(host={"type": "string"}),
        row(shape)["properties"].update(host={"$ref": "#/$defs/host"}),
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_a_change_that_breaks_is_found(case: str) -> None:
    change, told = BREAKING[case]
    found = breaks(SHAPE, changed(change))
    assert told in found and breaks(SHAPE, SHAPE) == []


@pytest.mark.parametrize("case", KEEPING)
def test_a_change_that_keeps_the_promise(case: str) -> None:
    assert breaks(SHAPE, changed(KEEPING[case])) == []


def test_a_shape_inside_of_itself_comes_to_an_end() -> None:
    tree = {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "properties": {"left": {}}}}}
    tree["$defs"]["tree"]["properties"]["left"] = {"$ref": "#/$defs/tree"}  # type: ignore[index]
    assert breaks(tree, tree) == []


def test_what_is_published_allows_further_keys_and_older_reports() -> None:
    exact = {
        "type": "object",
        "required": ["old", "new", "rows"],
        "additionalProperties": False,
        "properties": {
            "old": {"type": "string"},
            "new": {"type": "string"},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["a", "b"],
                    "additionalProperties": False,
                    "properties": {"a": {}, "b": {}},
                },
            },
        },
    }
    frozen = copy.deepcopy(exact)
    frozen["required"] = ["old", "rows"]
    del frozen["properties"]["new"]  # type: ignore[attr-defined]
    frozen["properties"]["rows"]["items"].update(required=["a"], properties={"a": {}})  # type: ignore[index]
    made = published(exact, published(frozen, None))
    jsonschema.validate({"old": "x", "rows": [{"a": 1, "c": 2}], "later": 1}, made)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"new": "x", "rows": []}, made)
    assert breaks(published(frozen, None), made) == [] and "additionalProperties" not in json.dumps(made)


def now() -> dict[str, Any]:
    """The schema that is published now."""
    found: dict[str, Any] = json.loads(report_docs.SCHEMA_FILE.read_text(encoding="utf-8"))
    return found


def test_the_published_schema_keeps_what_this_version_has_promised() -> None:
    """If not: restore what was there, or write a new number into SCHEMA and run python -m support.compatible."""
    assert breaks(json.loads(frozen_schema(SCHEMA).read_text(encoding="utf-8")), now()) == []
    assert now()["properties"]["schema"] == {"description": "Version of this shape.", "const": SCHEMA}


@pytest.mark.parametrize("gone", ["causes", "parameters", "history", "changes", "summary"])
def test_a_key_that_goes_is_noticed(gone: str) -> None:
    schema = now()
    del schema["properties"][gone]
    assert f"report.{gone}: is gone" in breaks(json.loads(frozen_schema(SCHEMA).read_text(encoding="utf-8")), schema)


def test_a_report_of_then_is_of_the_shape_of_now_and_the_other_way_round() -> None:
    jsonschema.validate(json.loads(frozen_report(SCHEMA).read_text(encoding="utf-8")), now())
    jsonschema.validate(made_now(), json.loads(frozen_schema(SCHEMA).read_text(encoding="utf-8")))
    jsonschema.validate(made_now(), report_docs.schema())


def test_the_frozen_report_has_something_of_everything() -> None:
    report = json.loads(frozen_report(SCHEMA).read_text(encoding="utf-8"))
    assert report["causes"] and report["parameters"] and report["history"][-1]["events"] and report["previous"]
    assert all(report["changes"][kind] for kind in ("appeared", "disappeared", "changed", "broken"))
    assert any(row["detail"]["known"] for row in report["rows"]) and any(
        row["detail"]["drift"] for row in report["rows"]
    )
    assert any(row["detail"]["restart"] for row in report["rows"]) and report["summary"]["by"]
    assert any(row["detail"]["certificate"] for row in report["rows"])


def test_a_report_of_then_is_what_today_is_compared_with() -> None:
    then = earlier.read("previous", "report.json", str(frozen_report(SCHEMA)))
    assert then is not None
    rows = [row for row in then["rows"] if row["cells"]["host"] != "d"]
    made = make("Phones", rows, COLUMNS, Run("2026-11-28T08:00:00Z"), Earlier(then, then["time"])).report
    assert made["changes"]["disappeared"] == ["d"] and made["previous"] == then["time"]
    since = {row["cells"]["host"]: [each["since"] for each in row["causes"]] for row in then["rows"]}
    assert {row["cells"]["host"]: [each["since"] for each in row["causes"]] for row in made["rows"]}["b"] == since["b"]


def test_every_version_so_far_has_its_frozen_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{kind}-{version}.json" for kind in ("schema", "report") for version in range(2, SCHEMA + 1)
    }
