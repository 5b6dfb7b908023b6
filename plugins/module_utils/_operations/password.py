# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the password of an account, and report which password works, whatever goes wrong."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._options.validate import between
from .._parameters import packing
from .._parameters.table import ADMIN_PASSWORD, FACTORY_PASSWORDS, USER_PASSWORD
from .._phone.api import Phone
from .._phone.errors import (
    AuthenticationFailed,
    BadValues,
    DefaultPassword,
    InvalidParameters,
    NotAllowed,
    NotApplied,
    NotSupported,
    PhoneError,
    TooLarge,
)
from .._phone.settings import ADMIN_ACCOUNT
from .._steps.result import Result
from .._steps.waiting import until_answered

REFUSALS = (InvalidParameters, NotAllowed, NotSupported, TooLarge)
"""Errors with which a phone says that it did not change the password. It may have changed it all the same."""
LONGEST = 32
"""Characters, according to UC Software's schema."""
LOCKED = (
    "The account may be locked for a minute or more, or the provisioning server may have set another password. Log in "
    "to the web interface with the new one, then with the old one."
)


@dataclass(frozen=True)
class Account:
    """``parameter``: holds the password. ``minimum``: the parameter with the least length. ``ask``: a request that
    needs a login of this account (or a more powerful one)."""

    login: str
    parameter: str
    minimum: str
    ask: Callable[[Phone], Any]


ACCOUNTS = {
    "admin": Account(
        ADMIN_ACCOUNT, ADMIN_PASSWORD, "sec.pwd.length.admin", lambda phone: phone.config_get(["sec.pwd.length.admin"])
    ),
    "user": Account("User", USER_PASSWORD, "sec.pwd.length.user", lambda phone: phone.read("sip_status")),
}


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
    check(params)
    old = params["old_password"] or params["password"]
    result = Result(values={"account": params["account"], "working": "new"})
    phone.hopeless([(ADMIN_ACCOUNT, old), (account.login, new)])
    if _works(phone, account, new):
        return result
    if account.login == ADMIN_ACCOUNT and old == new:
        raise AuthenticationFailed(
            "the phone refuses the new admin password; nothing was changed.",
            remedy="Set old_password to the phone's current one. Only one attempt was made, because phones lock "
            "the account after several wrong ones.",
        )
    phone.use_login(old, ADMIN_ACCOUNT, known=True)
    _refuse_short(phone, account, new, params)
    result.changed = True
    if check_mode:
        result.values["working"] = "old"
        return result
    answer: PhoneError | None = None
    try:
        phone.config_set(packing.with_companions(account.parameter, {account.parameter: new}))
    except PhoneError as error:
        # Whatever the phone answers, it may have done it.
        answer = error
    _prove(phone, account, params, result, answer)
    return result


def check(params: Mapping[str, Any]) -> None:
    """Raises BadValues for a password that might lock people out, before anything is sent, and SettingsError."""
    new, shortest = params["new_password"], params["min_length"]
    between("min_length", shortest, 1, LONGEST)
    problem = None
    if new in FACTORY_PASSWORDS:
        problem = "must not be a factory password"
    elif not new.isascii() or not new.isprintable() or new != new.strip():
        # How phones treat other characters at a login is undocumented.
        problem = "must have only printable ASCII characters, and no blank at the beginning or end"
    elif not shortest <= len(new) <= LONGEST:
        problem = f"must have {shortest} to {LONGEST} characters"
    if problem:
        raise BadValues(f"new_password {problem}.", remedy="Choose another one. Nothing was sent.")


def _works(phone: Phone, account: Account, password: str) -> bool:
    phone.use_login(password, account.login)
    try:
        account.ask(phone)
    except AuthenticationFailed:
        return False
    return True


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
    shortest = settings[account.minimum].value if account.minimum in settings else ""
    if shortest.isdigit() and len(new) < int(shortest):
        raise BadValues(
            f"new_password must have at least {shortest} characters on this phone ({account.minimum}).",
            remedy="Choose a longer one. Nothing was changed.",
        )


def _prove(
    phone: Phone, account: Account, params: Mapping[str, Any], result: Result, answer: PhoneError | None
) -> None:
    """Find out which password works now, waiting for a phone that restarts, and put it into the result. ``answer``: the
    phone's error to the change."""
    what = f"{params['account']} password"
    try:
        working = _working(phone, account, params, isinstance(answer, REFUSALS))
    except PhoneError as error:
        result.values["working"] = "unknown"
        result.error = error
        if isinstance(error, AuthenticationFailed):
            error.restate(
                f"the phone refuses the new {what}, and now the admin's login, too; each was tried once.", remedy=LOCKED
            )
            return
        where = "the factory password" if isinstance(error, DefaultPassword) else "the new or the old one"
        error.say_more(f"The {what} may or may not have changed: it is {where}.")
        error.restate(
            remedy="Run the task again when the phone answers: it tries the new password first, then the old one."
        )
        return
    result.values["working"] = working
    if working == "new":
        if answer is not None:
            result.warnings.append(f"the phone did not confirm the new {what}, but it works.")
    elif working == "old":
        result.changed = False
        result.error = answer or NotApplied(f"the phone accepted the new {what}, but refuses it at login.")
        result.error.say_more(
            f"The old {what} still works."
            if account.login == ADMIN_ACCOUNT
            else f"The phone refuses the new {what}; the admin's login works."
            if answer is not None
            else "The admin's login works."
        )
        if answer is not None and not isinstance(answer, REFUSALS):
            answer.restate(remedy="Run the task again.")
    else:
        result.error = AuthenticationFailed(
            "the phone now refuses the old admin password and the new one; each was tried once.", remedy=LOCKED
        )


def _working(phone: Phone, account: Account, params: Mapping[str, Any], refused: bool) -> str:
    """Which password the phone takes: new, old or none. ``refused``: the phone refused the change, so the old one is
    tried first. Raises PhoneError if the phone does not answer.

    The user's old password is not known: old then says that the phone refuses the new one and takes the admin's login.
    """
    passwords = {"new": params["new_password"], "old": params["old_password"] or params["password"]}
    timeout = params["wait_timeout"]
    admin = account.login == ADMIN_ACCOUNT
    for which in (("old", "new") if refused else ("new", "old")) if admin else ("new",):
        password = passwords[which]
        if until_answered(phone, functools.partial(_works, phone, account, password), timeout):
            return which
    if admin:
        return "none"
    phone.use_login(passwords["old"], ADMIN_ACCOUNT)
    until_answered(phone, lambda: phone.config_get([account.minimum]), timeout)
    return "old"
