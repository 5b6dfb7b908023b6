# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a slice of a plan has read of a phone, as JSON, and what the merge makes of it; and how parts are signed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils._phone.errors import SettingsError
from .._parts.shapes import NUMBER, TEXT, check, each, one_of, optional
from . import plan
from .making import Remarks
from .plan import Entry

OPTIONS = ("layers", "sensitive", "unknown_parameters", "update_secrets")
"""Options that decide what is planned."""
_TEXTS = each(str)
_SHAPE = {
    "entry": optional(
        {
            "desired": str,
            "address": str,
            "changes": [
                optional(
                    dict.fromkeys(("parameter", "before", "source", "after", "because"), str)
                    | {"secret": bool, "layer": TEXT, "file": TEXT, "line": NUMBER}
                )
            ],
            "restart": one_of(plan.RESTARTS),
            "restart_reasons": _TEXTS,
            "unknown": each([str]),
            "secrets_left": _TEXTS,
            "error": dict.fromkeys(("kind", "message", "remedy"), str),
        }
    ),
    "wished": bool,
    "warnings": [str],
}


@dataclass(frozen=True)
class Planned:
    """One phone. ``wished``: whether the inventory sets parameters for it. ``warnings``: of these."""

    entry: Entry
    wished: bool
    warnings: tuple[str, ...] = ()

    def read(self) -> dict[str, Any]:
        """As JSON."""
        return {"entry": plan.entry_as_dict(self.entry), "wished": self.wished, "warnings": list(self.warnings)}

    @classmethod
    def of(cls, host: str, read: Mapping[str, Any]) -> Planned:
        """What ``read`` made. Raises TypeError, ValueError and the like for anything else."""
        check(read, _SHAPE)
        return cls(plan.entry_of(host, read["entry"]), read["wished"], tuple(read["warnings"]))

    def remark(self, remarks: Remarks) -> None:
        """Add what to warn of."""
        remarks.add(self.entry.host, self.wished, self.warnings, self.entry.error is not None)


@dataclass(frozen=True)
class KeySeal:
    """Signs parts of all kinds with the key that signs plans."""

    key: str

    def mark(self, content: bytes) -> str:
        """The signature of these bytes."""
        return f"{plan.key_mark(self.key)}.{plan.mac(self.key, 'part', content)}"

    def check(self, content: bytes, mark: str, name: str) -> None:
        """Raises SettingsError for anything else than the signature. ``name``: of the file, for messages."""
        if mark.partition(".")[0] != plan.key_mark(self.key):
            raise SettingsError(
                f"{name} was not signed with this vvx_plan_key. Nothing was merged.",
                remedy="Set the same key in all slices and in the merge.",
            )
        if not hmac.compare_digest(mark.encode("utf-8", "replace"), self.mark(content).encode()):
            raise SettingsError(
                f"{name} was changed since a slice has written it. Nothing was merged.",
                remedy="Run all slices of the job again, then merge.",
            )
