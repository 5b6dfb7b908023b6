# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Set the default type of a transfer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NotApplied, PhoneError
from .._steps.result import Result
from .._steps.text import text_diff

TYPES = ("consultative", "blind", "safe")


SPEC = ArgumentSpec({"type": {"type": "str", "choices": list(TYPES), "required": True}})


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Read the type, set it if it differs, and read it back."""
    wanted: str = params["type"]
    before = phone.transfer_type().lower()
    result = Result(changed=before != wanted, values={"before": before, "after": wanted})
    if not result.changed:
        return result
    result.diff = text_diff({"transfer type": before}, {"transfer type": wanted}, phone.host)
    if check_mode:
        return result
    phone.set_transfer_type(wanted.capitalize())
    try:
        after = phone.transfer_type().lower()
    except PhoneError as error:
        result.error = error
        return result
    if after != wanted:
        result.changed, result.diff, result.values["after"] = after != before, None, after
        result.error = NotApplied(
            f"the phone accepted the transfer type {wanted}, but it is still {phone.show(after)}.",
            remedy="Another setting of the phone may override it; check call.defaultTransferType.",
        )
    return result
