# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be known about one parameter, and the rules of names that hold for all of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEVICE_SET = "device.set"
INDICES = "xyz"

_WITHOUT_COMPANION = ("device.prov.masterConfigFile",)
_SHARED_COMPANION = re.compile(r"(device\.sec\.TLS\.customDeviceCert[0-9]+)\.(?:publicCert|privateKey)")
_MODEL_SUFFIX = re.compile(r"\.(?:VVX|Trio|CCX|SoundStructure|SSIP|SPIP)[A-Z]?[0-9]+[A-Za-z]*$")
_ANY_MODEL = re.compile(r"\.[A-Za-z]+[0-9]+[A-Za-z]*$")
_INDEX = re.compile(r"[0-9]{1,6}")
_LIMITS = re.compile(r"(-?[0-9]*)\.\.(-?[0-9]*)")
_EFFECT = re.compile(r"(no|yes|restart|reboot)@(\S+)")


@dataclass(frozen=True)
class Fact:
    """What is known about one parameter.

    ``type``: bool, int, str, enum, or None if unknown. ``choices``: for an enum, the spellings of each value (the first
    is the one to send). ``lowest`` and ``highest``: of a number, or of the length of a text. ``default``: what the phone uses where
    nobody has set anything. ``restart``: no, yes, restart, reboot or unknown; ``basis``: how that is known. ``firm``: it is from the schema
    of the user's own firmware, so that a value which does not fit is wrong; otherwise it is only doubtful.
    """

    type: str | None = None
    choices: tuple[tuple[str, ...], ...] = ()
    lowest: int | None = None
    highest: int | None = None
    may_be_empty: bool = False
    secret: bool = False
    file_only: bool = False
    default: str | None = None
    restart: str = "unknown"
    basis: str = ""
    firm: bool = False


def parse(line: str) -> tuple[str, Fact]:
    """A line of the table (known.py has its format): pattern and fact. Raises ValueError for a word that has no meaning."""
    name, kind, *words = line.split()
    kind, _colon, listed = kind.partition(":")
    if kind not in ("bool", "int", "str", "enum", "?") or (kind == "enum") is not bool(listed):
        raise ValueError(f"{name}: {kind} is no type")
    choices = tuple(tuple(choice.split("=")) for choice in listed.split("|")) if listed else ()
    properties: dict[str, Any] = dict(_properties(name, kind, words))
    return name, Fact(None if kind == "?" else kind, choices, **properties)


def _properties(name: str, kind: str, words: list[str]) -> Iterator[tuple[str, str | int | bool]]:
    for word in words:
        limits, effect = _LIMITS.fullmatch(word), _EFFECT.fullmatch(word)
        if word.startswith("="):
            yield "default", word[1:]
        elif word in ("empty", "secret", "file-only"):
            yield {"empty": "may_be_empty"}.get(word, word.replace("-", "_")), True
        elif effect:
            yield "restart", effect[1]
            yield "basis", effect[2]
        elif limits and kind in ("int", "str"):
            yield from ((bound, int(text)) for bound, text in zip(("lowest", "highest"), limits.groups()) if text)
        else:
            raise ValueError(f"{name}: {word} says nothing about {kind}")


@functools.lru_cache(maxsize=8192)
def pattern(name: str) -> str:
    """The name with its indices replaced, and without a model suffix: ``reg.2.server.1.port.VVX411`` is ``reg.x.server.y.port``."""
    letters = iter(INDICES)
    parts = without_model(name).split(".")
    return ".".join(next(letters, "n") if _INDEX.fullmatch(part) else part for part in parts)


def without_model(name: str) -> str:
    """The name without a model suffix, which makes a value count for one model only."""
    return _MODEL_SUFFIX.sub("", name)


def without_any_model(name: str) -> str:
    """The name without a last part that may be a model, known or not: letters and digits."""
    return _ANY_MODEL.sub("", name)


def indices(name: str) -> list[str]:
    """The indices in the name, in order."""
    return [part for part in without_model(name).split(".") if _INDEX.fullmatch(part)]


def is_companion(name: str) -> bool:
    """Whether the name is device.set or a ``device.*.set``: a switch that goes with a value, not a setting of its own."""
    return name == DEVICE_SET or (name.startswith("device.") and name.endswith(".set"))


def companion(name: str) -> str | None:
    """The ``.set`` that must be sent with the parameter, or None. TLS device certificates share one for key and certificate."""
    if not name.startswith("device.") or is_companion(name) or name in _WITHOUT_COMPANION:
        return None
    shared = _SHARED_COMPANION.fullmatch(name)
    return f"{shared.group(1) if shared else name}.set"
