# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Have a phone fetch its configuration from the provisioning server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NotRestarted, PhoneError
from .._phone.shapes.converters import stripped, text
from .._steps.interruption import WHEN_BUSY, may_interrupt
from .._steps.reboot import WaitLimits, boot_mark, send_order, until_back
from .._steps.result import Result, timed

SPEC = ArgumentSpec(
    {
        "when_busy": WHEN_BUSY,
        "busy_timeout": {"type": "float", "default": 600.0},
        "watch": {"type": "float", "default": 30.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


@timed
def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``restarted`` and ``provisioning_state``, the phone's code if it gives one. Phones do not report whether
    anything was new, so the request counts as a change. ``watch``: seconds in which the phone may go down;
    ``wait_timeout``: seconds to come back.
    """
    result = Result(changed=True, values={"restarted": False, "provisioning_state": None})
    busy = may_interrupt(phone, params["when_busy"], params["busy_timeout"], check_mode)
    if busy is not None:
        result.changed, result.skip = (
            False,
            f"the phone is {busy}; it did not fetch its configuration.",
        )
    elif not check_mode:
        before = boot_mark(phone)

        def order() -> None:
            said = phone.act("update_configuration")
            result.values["provisioning_state"] = _state(said)

        answered = send_order(phone, order)
        try:
            until_back(
                phone, before, WaitLimits(params["wait_timeout"], absence_is_enough=answered, watch=params["watch"])
            )
            result.values["restarted"] = True
        except NotRestarted as error:
            if not answered:
                error.restate(
                    "the phone did not answer the request and did not restart; it may or may not have fetched its "
                    "configuration.",
                    remedy="Run the task again: fetching the configuration twice is harmless.",
                )
                result.error = error
        except PhoneError as error:
            # It went down, and came back with an error or not at all.
            result.values["restarted"], result.error = True, error
    return result


def _state(said: Any) -> str | None:
    """The ProvisioningState (manual for 5.9.1, which lists no codes)."""
    return text(stripped(said).get("ProvisioningState")) if isinstance(said, Mapping) else None
