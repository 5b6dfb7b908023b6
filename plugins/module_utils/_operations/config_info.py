# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What parameters are set to, and by which layer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._parameters.names import name_problem
from .._phone.api import Phone, Setting
from .._phone.errors import SettingsError
from .._steps import desired
from .._steps.config_plan import read_settings
from .._steps.desired import SCHEMA, Carried
from .._steps.result import Result
from .._steps.text import value_shown

MOST_NAMES = 10_000
MOST_SUGGESTIONS = 20
"""Each takes some milliseconds."""
_RANGES = re.compile(r"\[([0-9,\s-]*)\]")


LAYERS = ("default", "sip", "config", "cloud", "web", "local", "device")

SPEC = SCHEMA.merge(
    ArgumentSpec(
        {
            "names": {"type": "list", "elements": "str", "required": True},
            "sources": {"type": "list", "elements": "str", "choices": list(LAYERS), "default": []},
            "sensitive": {"type": "list", "elements": "str", "no_log": False},
        }
    )
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """``params``: ``names`` (names and patterns), ``sources`` (only values from these layers; all if empty),
    ``sensitive`` (patterns of further secrets), ``schema`` (which knows further secrets).

    Returns ``parameters`` (name to ``value``, ``source`` and ``secret``) and ``unknown`` (name to the closest known
    names). The value of a secret is None. Raises SettingsError for a wrong pattern, BadValues for an unusable schema.
    """
    known = desired.knowledge(params["schema"], params["sensitive"], keep=not check_mode)
    names = expanded(params["names"])
    settings = read_settings(phone, names)
    wanted = set(params["sources"])
    parameters = {
        name: _described(settings[name], known.is_secret(name))
        for name in names
        if name in settings and (not wanted or settings[name].source in wanted)
    }
    missing = [name for name in names if name not in settings]
    unknown = {name: known.closest(name) if place < MOST_SUGGESTIONS else [] for place, name in enumerate(missing)}
    return Result(values={"parameters": parameters, "unknown": unknown})


def portable(params: Mapping[str, Any], keep: bool) -> Carried:
    """The same without ``schema``: the secrets that only it knows are in ``sensitive`` then. Raises as ``run`` does."""
    known = desired.knowledge(params["schema"], params["sensitive"], keep)
    secrets = [name for name in expanded(params["names"]) if known.is_secret(name)] if params["schema"] else []
    return Carried({**params, "schema": [], "sensitive": [*(params["sensitive"] or ()), *secrets]})


def _described(setting: Setting, secret: bool) -> dict[str, Any]:
    return {"value": None if secret else value_shown(setting.value), "source": setting.source, "secret": secret}


def expanded(patterns: Sequence[str]) -> list[str]:
    """Names from patterns, each once, in order: ``reg.[1-2,5].label`` is reg.1.label, reg.2.label and reg.5.label.

    Raises SettingsError with each wrong pattern.
    """
    names: dict[str, None] = {}
    wrong: list[str] = []
    for pattern in patterns:
        try:
            names.update(dict.fromkeys(_expand(pattern)))
        except ValueError as error:
            wrong.append(f"{pattern[:80]!r} {error}")
    wrong += [f"{name[:80]!r} {problem}" for name in names if (problem := name_problem(name))]
    if len(names) > MOST_NAMES:
        wrong.append(f"{len(names)} names are too many (at most {MOST_NAMES})")
    if wrong:
        raise SettingsError(
            f"names: {'; '.join(wrong)}.",
            remedy="Write names, with ranges of indices in brackets: reg.[1-6].address.",
        )
    return list(names)


def _expand(pattern: str) -> list[str]:
    if problem := name_problem(_RANGES.sub("1", pattern)):
        raise ValueError(problem)
    parts = _RANGES.split(pattern)
    if any(set("[]") & set(part) for part in parts[::2]):
        raise ValueError("has a bracket without a range of indices")
    choices = [[part] if place % 2 == 0 else _indices(part) for place, part in enumerate(parts)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_NAMES:
        raise ValueError(f"expands to more than {MOST_NAMES} names")
    return ["".join(chosen) for chosen in itertools.product(*choices)]


def _indices(text: str) -> list[str]:
    indices: list[str] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,5})(?:-([0-9]{1,5}))?\s*", part)
        if match is None:
            raise ValueError(f"has [{text}], which is not a range of indices")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValueError(f"has [{text}], which runs backwards")
        if last - first + len(indices) >= MOST_NAMES:
            raise ValueError(f"expands to more than {MOST_NAMES} names")
        indices += [str(index) for index in range(first, last + 1)]
    return indices
