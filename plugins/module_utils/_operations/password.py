# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the password of an account, and report which password works, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import AuthenticationFailed
from .._phone.settings import ADMIN_ACCOUNT
from .._steps.password_change import ACCOUNTS, Account, Change, carry_out, check, refuse_short, works
from .._steps.result import Result

SPEC = ArgumentSpec(
    {
        "account": {"type": "str", "choices": ["admin", "user"], "default": "admin"},
        "new_password": {"type": "str", "required": True, "no_log": True},
        "old_password": {"type": "str", "no_log": True},
        "min_length": {"type": "int", "default": 8},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``account`` and ``working``: new, old, none (both were refused) or unknown.

    ``old_password``: the admin's, if it differs from the connection's. The new password is tried first, then the old
    one, each once. Raises a PhoneError only while nothing has been changed.
    """
    account, new = ACCOUNTS[params["account"]], params["new_password"]
    check("new_password", new, params["min_length"])
    olds = _olds(phone, params)
    result = Result(values={"account": params["account"], "working": "new"})
    phone.hopeless([*((ADMIN_ACCOUNT, old) for old in olds), (account.login, new)])
    if works(phone, account, new):
        return result
    if account.login == ADMIN_ACCOUNT:
        olds = [old for old in olds if old != new]
    if not olds:
        raise AuthenticationFailed(
            "the phone refuses the new admin password; nothing was changed.",
            remedy="Set old_password to the phone's current one. Only one attempt was made, because phones lock "
            "the account after several wrong ones.",
        )
    phone.use_one_of(olds, ADMIN_ACCOUNT)
    _refuse_short(phone, account, new, params)
    old = phone.password_taken or olds[0]
    if check_mode:
        result.changed, result.values["working"] = True, "old"
    else:
        carry_out(phone, Change(params["account"], new, old, params["wait_timeout"]), result)
    return result


def _olds(phone: Phone, params: Mapping[str, Any]) -> list[str]:
    """The passwords of which the admin account has one."""
    return [params["old_password"]] if params["old_password"] else list(phone.settings.passwords)


def _refuse_short(phone: Phone, account: Account, new: str, params: Mapping[str, Any]) -> None:
    """Log in with the old password, and read how long the new one must be."""
    try:
        settings = phone.config_get([account.minimum])
    except AuthenticationFailed as error:
        also = " and the new one" if params["account"] == "admin" else ""
        error.restate(
            f"the phone refuses the old admin password{also}; nothing was changed.",
            remedy="Set old_password or the connection's password to the phone's current one. After several wrong "
            "attempts, a phone locks the account for a minute or more.",
        )
        raise
    refuse_short("new_password", new, account, settings)
