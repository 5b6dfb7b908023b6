# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's argument specification as a value that can be joined with others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ArgumentSpec:
    """A part of a module's argument specification; parts are joined with ``merge``."""

    argument_spec: dict[str, dict[str, Any]] = field(default_factory=dict)

    def merge(self, other: ArgumentSpec) -> ArgumentSpec:
        return ArgumentSpec({**self.argument_spec, **other.argument_spec})
