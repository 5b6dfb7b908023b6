# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of parameters: patterns, indices, model suffixes, and the ``.set`` companions of device.*."""

from __future__ import annotations

import functools
import re

DEVICE_SET = "device.set"
LONGEST = 255
"""More characters than any name has."""
INDICES = "xyz"

_WITHOUT_COMPANION = ("device.prov.masterConfigFile",)
_SHARED_COMPANION = re.compile(r"(device\.sec\.TLS\.customDeviceCert[0-9]+)\.(?:publicCert|privateKey)")
_MODEL_SUFFIX = re.compile(r"\.(?:(?:VVX|Trio|CCX|Edge|SoundStructure|SSIP|SPIP)[A-Z]?[0-9]+[A-Za-z]*|TrioVisualPlus)$")
_ANY_MODEL = re.compile(r"\.[A-Za-z]+[0-9]+[A-Za-z]*$")
_INDEX = re.compile(r"[0-9]{1,6}")


def name_problem(name: object) -> str | None:
    """Why this can't be the name of a parameter, or None."""
    if not isinstance(name, str) or not name or not name.isascii() or not name.isprintable() or " " in name:
        return "is not a parameter name"
    return f"is not a parameter name: it has more than {LONGEST} characters" if len(name) > LONGEST else None


@functools.lru_cache(maxsize=8192)
def pattern(name: str) -> str:
    """The name without its indices and model suffix: ``reg.x.server.y.port`` for ``reg.2.server.1.port.VVX411``."""
    letters = iter(INDICES)
    parts = without_model(name).split(".")
    return ".".join(next(letters, "n") if _INDEX.fullmatch(part) else part for part in parts)


def without_model(name: str) -> str:
    """The name without a model suffix, which limits a value to one model."""
    return _MODEL_SUFFIX.sub("", name)


def without_any_model(name: str) -> str:
    """The name without a last part that may be a model: letters followed by digits."""
    return _ANY_MODEL.sub("", name)


def indices(name: str) -> list[str]:
    """The indices in the name, in order."""
    return [part for part in without_model(name).split(".") if _INDEX.fullmatch(part)]


def is_companion(name: str) -> bool:
    """Whether the name is device.set or ``device.*.set``: a switch for a value, not a parameter of its own."""
    return name == DEVICE_SET or (name.startswith("device.") and name.endswith(".set"))


def switch_is_off(value: str) -> bool:
    """Whether a companion with this value makes the phone ignore the value beside it."""
    return value.strip().lower() not in ("1", "true")


def companion(name: str) -> str | None:
    """The ``.set`` that must be sent with the parameter, or None. A TLS device certificate shares one with its key."""
    if not name.startswith("device.") or is_companion(name) or name in _WITHOUT_COMPANION:
        return None
    shared = _SHARED_COMPANION.fullmatch(name)
    return f"{shared.group(1) if shared else name}.set"
