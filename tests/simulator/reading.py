# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON objects into the simulator's dataclasses, with every mistake named."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")


class ReadingError(ValueError):
    """A JSON object that doesn't fit; the message is for the person who wrote it."""


def read(cls: type[T], document: object, where: str) -> T:
    """A new instance of the dataclass from a JSON object."""
    return cls(**checked(cls, document, where))


def update(instance: object, document: object, where: str) -> None:
    """Set the fields that a JSON object names, or none of them if one doesn't fit."""
    for name, value in checked(type(instance), document, where).items():
        setattr(instance, name, value)


def checked(cls: type, document: object, where: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise ReadingError(f"{where}: expected an object, got {document!r}")
    hints = _hints(cls)
    unknown = sorted(set(document) - set(hints))
    if unknown:
        raise ReadingError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(hints))}")
    return {name: _value(hints[name], value, f"{where}, {name}") for name, value in document.items()}


@lru_cache
def _hints(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def _value(hint: Any, value: object, where: str) -> object:
    if hint is Any:
        return value
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        if value not in arguments:
            raise ReadingError(f"{where}: {value!r} is not one of {', '.join(map(repr, arguments))}")
        return value
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _value(arguments[0], value, where)
    if origin is dict:
        if not isinstance(value, dict):
            raise ReadingError(f"{where}: expected an object, got {value!r}")
        return {key: _value(arguments[1], item, f"{where}, {key}") for key, item in value.items()}
    if origin is list:
        if not isinstance(value, list):
            raise ReadingError(f"{where}: expected a list, got {value!r}")
        return [_value(arguments[0], item, where) for item in value]
    if is_dataclass(hint) and isinstance(hint, type):
        return read(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ReadingError(f"{where}: expected {hint.__name__}, got {value!r}")
    return value
