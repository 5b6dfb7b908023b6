# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parameters a phone knows: type, range, default, and which flags go with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Kind = Literal["bool", "int", "text", "enum"]

_LINE = re.compile(
    r"(?P<name>\S+)  (?P<kind>bool|int|text|enum)(?: (?P<constraint>[^\[=]*?))?"
    r"(?: \[(?P<flags>[a-z_ ]+)\])?(?: = (?P<default>.*))?"
)
_INDEX = re.compile(r"\.([1-9][0-9]*)(?=\.|$)")
_LIMIT = re.compile(r"\{(\d+)\}")
# Names that end in the model are overrides for that model, seen in public global.cfg files.
_MODEL = re.compile(r"\.VVX\d+$")
_SHARED_COMPANION = re.compile(r"(device\.sec\.TLS\.customDeviceCert\d)\.(?:publicCert|privateKey)")
_BOOLEAN = {"0": "0", "1": "1", "false": "0", "true": "1"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line of the catalogue; for an indexed parameter, of all its indices."""

    kind: Kind
    default: str = ""
    low: int | None = None
    high: int | None = None
    values: frozenset[str] = frozenset()
    limits: tuple[int, ...] = ()
    empty: bool = False
    secret: bool = False
    web_only: bool = False
    goes_down: Literal["", "restart", "reboot"] = ""

    def allows(self, value: str) -> bool:
        """Whether the value lies in the parameter's range."""
        if value == "" and (self.empty or self.kind == "text"):
            return True
        if self.kind == "bool":
            return value in _BOOLEAN
        if self.kind == "enum":
            return value.lower() in self.values
        if self.kind == "text":
            return self._within(len(value))
        return re.fullmatch(r"-?[0-9]+", value) is not None and self._within(int(value))

    def normalized(self, value: str) -> str:
        if self.kind == "bool":
            return _BOOLEAN.get(value, value)
        return str(int(value)) if self.kind == "int" and value else value

    def _within(self, number: int) -> bool:
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


_COMPANION = Parameter("bool", default="0")


def _parse(line: str) -> tuple[str, Parameter]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of the catalogue: {line!r}")
    kind: Kind = match["kind"]  # type: ignore[assignment]
    constraint = (match["constraint"] or "").strip()
    flags = (match["flags"] or "").split()
    low, _dots, high = constraint.partition("..") if kind in ("int", "text") else ("", "", "")
    parameter = Parameter(
        kind=kind,
        default=match["default"] or "",
        low=int(low) if low else None,
        high=int(high) if high else None,
        values=frozenset(constraint.lower().split()) if kind == "enum" else frozenset(),
        limits=tuple(map(int, _LIMIT.findall(match["name"]))),
        empty="empty" in flags,
        secret="secret" in flags,
        web_only="web_only" in flags,
        goes_down="reboot" if "reboot" in flags else "restart" if "restart" in flags else "",
    )
    return _LIMIT.sub("#", match["name"]), parameter


def _load() -> dict[str, Parameter]:
    text = Path(__file__).with_name("catalogue.txt").read_text(encoding="utf-8")
    return dict(_parse(line) for line in text.splitlines() if line and not line.startswith("#"))


def companion(name: str) -> str | None:
    """The `.set` name that has to go with a device parameter, None for all other names."""
    if not name.startswith("device.") or name.endswith(".set"):
        return None
    # A device certificate and its key share one companion.
    return _SHARED_COMPANION.sub(r"\1", name) + ".set"


_PARAMETERS = _load()
_COMPANIONS = {companion(name) for name in _PARAMETERS} - {None}
_FOLDED = {name.lower(): name for name in [*_PARAMETERS, *filter(None, _COMPANIONS)]}


@lru_cache(maxsize=20_000)
def find(name: str) -> Parameter | None:
    """What the phone knows under this name, or None."""
    name = _MODEL.sub("", name)
    indices = _INDEX.findall(name)
    pattern = _INDEX.sub(".#", name)
    if pattern in _COMPANIONS:
        return _COMPANION
    parameter = _PARAMETERS.get(pattern)
    if parameter is None or len(indices) != len(parameter.limits):
        return None
    within = all(int(index) <= limit for index, limit in zip(indices, parameter.limits, strict=True))
    return parameter if within else None


def spelled(name: str) -> str:
    """The catalogue's own letter case of a name, for a phone that folds case."""
    pattern = _FOLDED.get(_INDEX.sub(".#", name).lower())
    if pattern is None:
        return name
    indices = iter(_INDEX.findall(name))
    return re.sub("#", lambda _: next(indices), pattern)


def names() -> list[str]:
    """Every parameter, with the index 1 where there is one."""
    return [name.replace("#", "1") for name in _PARAMETERS]
