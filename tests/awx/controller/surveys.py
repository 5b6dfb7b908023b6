# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys, and answers to them."""

from __future__ import annotations

from typing import Any

from .store import Item, Refusal

_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": (str, list),
    "integer": int,
    "float": (float, int),
}


def check(survey: Item) -> None:
    """Raises Refusal."""
    for name, kind in (("name", str), ("description", str), ("spec", list)):
        if not isinstance(survey.get(name), kind):
            raise _wrong(f"Field '{name}' is missing from survey spec.")
    if not survey["spec"]:
        raise _wrong("'spec' doesn't contain any items.")
    variables = [item.get("variable") for item in survey["spec"]]
    if len(variables) != len(set(variables)):
        raise _wrong("'variable' duplicated in survey.")
    for item in survey["spec"]:
        _check_item(item)


def _check_item(item: Item) -> None:
    for name, kind in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
        if not isinstance(item.get(name), kind):
            raise _wrong(f"'{name}' missing from survey question, or of another type.")
    if item["type"] not in _TYPES:
        raise _wrong(f"'{item['type']}' is not one of the allowed question types.")
    default = item.get("default", "")
    if default != "" and not isinstance(default, _TYPES[item["type"]]):
        raise _wrong(f"Default value {default} expected to be {item['type']}.")
    for limit in ("min", "max"):
        if item.get(limit) is not None and not isinstance(item[limit], int):
            raise _wrong(f"The {limit} limit expected to be integer.")
    if item["type"] in ("multiselect", "multiplechoice"):
        if not item.get("choices"):
            raise _wrong(f"Survey question of type {item['type']} must specify choices.")
        defaults = default.splitlines() if isinstance(default, str) else default
        if any(each not in item["choices"] for each in defaults):
            raise _wrong("Default choice must be answered from the choices listed.")


def _wrong(message: str) -> Refusal:
    return Refusal(400, {"error": message})


def errors(survey: Item, answers: Item, required: bool = True) -> list[str]:
    """What is wrong with the answers. ``required``: whether some must be there."""
    found = [_error(item, answers) for item in survey["spec"] if item["variable"] in answers]
    if required:
        found += [
            f"'{item['variable']}' value missing"
            for item in survey["spec"]
            if item["required"] and item["variable"] not in answers
        ]
    return [each for each in found if each]


def _error(item: Item, answers: Item) -> str:
    variable, kind, value = item["variable"], item["type"], answers[item["variable"]]
    if kind in ("text", "textarea", "password"):
        if not isinstance(value, str):
            return f"Value {value} for '{variable}' expected to be a string."
        return _beyond(item, len(value))
    if kind in ("integer", "float"):
        if isinstance(value, bool) or not isinstance(value, (int,) if kind == "integer" else (int, float)):
            return f"Value {value} for '{variable}' expected to be an {kind}."
        return _beyond(item, value)
    values = value if kind == "multiselect" else [value]
    if not isinstance(values, list):
        return f"'{variable}' value is expected to be a list."
    wrong = [each for each in values if each not in item["choices"]]
    return f"Value {wrong} for '{variable}' expected to be one of {item['choices']}." if wrong else ""


def _beyond(item: Item, size: float) -> str:
    low, high = item.get("min"), item.get("max")
    if (low is not None and size < low) or (high is not None and size > high):
        return f"'{item['variable']}' value is too small or too large."
    return ""


def defaults(survey: Item) -> Item:
    """The variables that a job gets without answers. Defaults that are no valid answers are dropped without a word, as
    is any default of a multiselect that is a text."""
    found: Item = {}
    for item in survey["spec"]:
        value: Any = item.get("default")
        if value is not None and not _error(item, {item["variable"]: value}):
            found[item["variable"]] = value
    return found
