# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation of a module says, and whether a result agrees with its RETURN."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

COLLECTION = "polycom.vvx."
MODULES = sorted(path.stem for path in (Path(__file__).parents[2] / "plugins" / "modules").glob("vvx_*.py"))
NO_PHONE = {"vvx_deliver"}
"""Modules that take no connection options: their logins are none of a phone."""
ANSIBLES_OWN = {
    *("changed", "failed", "unreachable", "skipped", "msg", "diff", "warnings", "deprecations", "exception"),
    *(
        "skip_reason",
        "skipped_reason",
        "false_condition",
        "invocation",
        "attempts",
        "retries",
        "failed_when_result",
        "item",
        "ansible_loop_var",
    ),
    *("false_condition", "skip_reason"),
}
"""Keys that any result may have, whatever its module documents."""
STATES = ("failed", "unreachable", "skipped")
TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "bool": bool,
    "list": list,
    "dict": dict,
    "float": (float, int),
    "raw": object,
}


@functools.cache
def documentation(module: str) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """A module's DOCUMENTATION, EXAMPLES and RETURN; ``module`` without the collection's name."""
    source = importlib.import_module(f"ansible_collections.polycom.vvx.plugins.modules.{module}")
    described, examples, returns = map(load, (source.DOCUMENTATION, source.EXAMPLES, source.RETURN))
    return described, examples, returns


def load(text: str) -> Any:
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def fragment(reference: str) -> tuple[str, dict[str, Any]]:
    """A fragment of ours by its name in extends_documentation_fragment: what its file is about, and its documentation.

    ``reference``: polycom.vvx.NAME, or polycom.vvx.NAME.section.
    """
    name, _dot, section = reference.removeprefix(COLLECTION).partition(".")
    source = importlib.import_module(f"ansible_collections.polycom.vvx.plugins.doc_fragments.{name}")
    text = getattr(source.ModuleDocFragment, (section or "documentation").upper())
    return str(source.__doc__).splitlines()[0], load(text)


@functools.cache
def documented_options(module: str) -> dict[str, dict[str, Any]]:
    """All documented options of a module by name, those of its fragments included."""
    described = documentation(module)[0]
    options: dict[str, dict[str, Any]] = {}
    for reference in described["extends_documentation_fragment"]:
        for option, more in fragment(reference)[1]["options"].items():
            assert option not in options, f"{module}: two fragments document {option}"
            options[option] = more
    for option, more in described["options"].items():
        assert option not in options, f"{module} documents {option}, as a fragment of it does"
        options[option] = more
    return options


def disagreements(action: str, state: str, result: Mapping[str, Any]) -> list[str]:
    """Where a result differs from the RETURN of its module: keys that are undocumented, of another type or missing.

    ``action``: the name of the module; one that is not of this collection has no disagreements. ``state``: ok, failed,
    unreachable or skipped.
    """
    module = action.removeprefix(COLLECTION)
    if module not in MODULES or module == action or {"ansible_job_id", "censored"} & set(result):
        return []
    if isinstance(result.get("results"), list):  # of a loop
        return [problem for item in result["results"] for problem in disagreements(action, _state(item), item)]
    returns = documentation(module)[2]
    own = {key: value for key, value in result.items() if key not in ANSIBLES_OWN and not key.startswith("_ansible")}
    due = {"ok": {"always", "success"}, "failed": {"always", "failure"}}.get(state, {"always"})
    if not own or ("attempts" in result and not result.get("error")):  # failed in Ansible, not in the module
        due = set()
    return [f"{module}: {problem}" for problem in _inside(own, {"contains": returns}, "", due)]


def _state(item: Mapping[str, Any]) -> str:
    """The state of one round of a loop. From ansible-core 2.21 on, callbacks do not see ``failed`` there."""
    return next((key for key in STATES if item.get(key)), "failed" if item.get("error") else "ok")


def _inside(value: Mapping[str, Any], described: Mapping[str, Any], path: str, due: set[str]) -> Iterator[str]:
    contains = described["contains"]
    for key, part in value.items():
        if key in contains:
            yield from _differences(part, contains[key], f"{path}{key}")
        else:
            yield f"{path}{key} is not documented"
    for key, more in contains.items():
        if more.get("returned") in due and key not in value and key not in ANSIBLES_OWN:
            yield f"{path}{key} is missing ({more['returned']})"


def _differences(value: Any, described: Mapping[str, Any], path: str) -> Iterator[str]:
    kind = described["type"]
    if value is None:
        return
    if not isinstance(value, TYPES[kind]):
        yield f"{path} is {type(value).__name__}, not {kind}"
    elif kind == "dict" and described.get("contains"):
        yield from _inside(value, described, f"{path}.", {"always"})
    elif kind == "list" and described.get("elements") in TYPES:
        for part in value:
            yield from _differences(part, {**described, "type": described["elements"]}, f"{path}[]")
    elif described.get("sample") is None:
        yield f"{path} has no sample"
