# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change a phone's password so that nobody is locked out: check it, send it once, and prove which one works then."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._options.validate import between
from .._parameters import packing
from .._parameters.table import ADMIN_PASSWORD, FACTORY_PASSWORDS, USER_PASSWORD
from .._phone.api import BEFORE, NEXT, Phone, Setting
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
from .result import Result
from .waiting import until_answered

REFUSALS = (InvalidParameters, NotAllowed, NotSupported, TooLarge)
"""Errors with which a phone says that it did not change the password. It may have changed it all the same."""
NEXT_OPTION = "password_next"
"""What messages name."""
UNKNOWN = "unknown"
"""Beside NEXT and BEFORE: nobody knows which password the phone has."""
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


@dataclass(frozen=True)
class Change:
    """``account``: a key of ACCOUNTS. ``old``: the admin's password. ``timeout``: seconds to wait for a phone that
    restarts."""

    account: str
    new: str
    old: str
    timeout: float

    @property
    def parts(self) -> Account:
        return ACCOUNTS[self.account]

    @property
    def what(self) -> str:
        return f"{self.account} password"


def flaw(new: str, shortest: int) -> str | None:
    """Why a password might lock people out, as the end of a sentence; None if it is good. Without a phone."""
    if new in FACTORY_PASSWORDS:
        return "must not be a factory password"
    if not new.isascii() or not new.isprintable() or new != new.strip():
        # How phones treat other characters at a login is undocumented.
        return "must have only printable ASCII characters, and no blank at the beginning or end"
    if not shortest <= len(new) <= LONGEST:
        return f"must have {shortest} to {LONGEST} characters"
    return None


def check(option: str, new: str, shortest: int) -> None:
    """Raises BadValues for a password that might lock people out, before anything is sent, and SettingsError."""
    between("min_length", shortest, 1, LONGEST)
    problem = flaw(new, shortest)
    if problem:
        raise BadValues(f"{option} {problem}.", remedy="Choose another one. Nothing was sent.")


def refuse_short(option: str, new: str, account: Account, settings: Mapping[str, Setting]) -> None:
    """``settings``: of the phone. Raises BadValues if it wants a longer password."""
    shortest = settings[account.minimum].value if account.minimum in settings else ""
    if shortest.isdigit() and len(new) < int(shortest):
        raise BadValues(
            f"{option} must have at least {shortest} characters on this phone ({account.minimum}).",
            remedy="Choose a longer one. Nothing was changed.",
        )


def generation(phone: Phone, new: str) -> str:
    """Which password the phone takes, next or before, found out in one request if the likely one is tried first. Raises
    BadValues if it has the one before, and the new one is too short for it."""
    account = ACCOUNTS["admin"]
    try:
        settings = phone.config_get([account.minimum])
    except AuthenticationFailed as error:
        if len(phone.settings.passwords) == 1:
            error.restate(
                "the phone refuses the next password, and ansible_password is the same.",
                remedy="Set ansible_password to what the phone has: the password before. It was tried once.",
            )
        raise
    if phone.generation == NEXT:
        return NEXT
    refuse_short(NEXT_OPTION, new, account, settings)
    return BEFORE


def carry_out(phone: Phone, change: Change, result: Result) -> None:
    """Send the new password, once, and put into the result which one works then (``working``). Never raises
    PhoneError."""
    result.changed = True
    parameter = change.parts.parameter
    answer: PhoneError | None = None
    try:
        phone.config_set(packing.with_companions(parameter, {parameter: change.new}))
    except PhoneError as error:
        # Whatever the phone answers, it may have done it.
        answer = error
    _prove(phone, change, result, answer)


def works(phone: Phone, account: Account, password: str) -> bool:
    phone.use_login(password, account.login)
    try:
        account.ask(phone)
    except AuthenticationFailed:
        return False
    return True


def _prove(phone: Phone, change: Change, result: Result, answer: PhoneError | None) -> None:
    """Find out which password works now, waiting for a phone that restarts, and put it into the result. ``answer``: the
    phone's error to the change."""
    what = change.what
    try:
        working = _working(phone, change, isinstance(answer, REFUSALS))
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
            if change.parts.login == ADMIN_ACCOUNT
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


def _working(phone: Phone, change: Change, refused: bool) -> str:
    """Which password the phone takes: new, old or none. ``refused``: the phone refused the change, so the old one is
    tried first. Raises PhoneError if the phone does not answer.

    The user's old password is not known: old then says that the phone refuses the new one and takes the admin's login.
    """
    account = change.parts
    passwords = {"new": change.new, "old": change.old}
    admin = account.login == ADMIN_ACCOUNT
    for which in (("old", "new") if refused else ("new", "old")) if admin else ("new",):
        if until_answered(phone, functools.partial(works, phone, account, passwords[which]), change.timeout):
            return which
    if admin:
        return "none"
    phone.use_login(change.old, ADMIN_ACCOUNT)
    until_answered(phone, lambda: phone.config_get([account.minimum]), change.timeout)
    return "old"
