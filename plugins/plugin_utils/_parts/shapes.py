# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether JSON from outside has the shape that it should have."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping
from typing import Any

_LARGEST = 10**300
"""The largest number: more than phones say, and not too large for any format."""
TEXT = (str, type(None))
FLAG = (bool, type(None))


def fits(value: Any, shape: Any) -> bool:
    """``shape``: a type or several, where True is no integer; a dictionary of the shapes of exactly these keys; a list
    of the one shape of all its parts; a function that says whether a value fits."""
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(fits(value[key], part) for key, part in shape.items())
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(part, shape[0]) for part in value)
    if isinstance(shape, (type, tuple)):
        return type(value) in (shape if isinstance(shape, tuple) else (shape,))
    return bool(shape(value))


def each(shape: Any) -> Callable[[Any], bool]:
    """A dictionary with any texts as keys, whose values have this shape."""
    return lambda value: isinstance(value, dict) and all(fits(part, shape) for part in value.values())


def maybe(shape: Any) -> Callable[[Any], bool]:
    """Nothing, or a value of this shape."""
    return lambda value: value is None or fits(value, shape)


def optional(shapes: Mapping[str, Any]) -> Callable[[Any], bool]:
    """A dictionary with some of these keys, each with a value of its shape."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() <= shapes.keys()
        and all(fits(part, shapes[key]) for key, part in value.items())
    )


def one_of(choices: Container[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in choices


def is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST


def is_scalar(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) <= _LARGEST
    return value is None or type(value) in (str, bool) or is_integer(value)


def is_cell(value: Any) -> bool:
    """A scalar, or a list of scalars."""
    return is_scalar(value) or (isinstance(value, list) and all(map(is_scalar, value)))


NUMBER = maybe(is_integer)


def check(value: Any, shape: Any) -> None:
    """Raises ValueError if the value has another shape."""
    if not fits(value, shape):
        raise ValueError("another shape")
