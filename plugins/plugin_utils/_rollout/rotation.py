# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Give a fleet its next passwords: what is wrong with them, which phones have them, and which are to get them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.validate import between
from ...module_utils._phone.api import NEXT, Phone
from ...module_utils._phone.errors import BadValues, PhoneError, SettingsError, unexpected
from ...module_utils._phone.settings import ADMIN_ACCOUNT, Settings
from ...module_utils._steps.interruption import in_use
from ...module_utils._steps.password_change import LONGEST, UNKNOWN, flaw, generation
from ...module_utils._text import clean
from .._console.order import natural
from .._console.words import count, some
from .run import ROTATE
from .walking import WALK, Errand, Note

SPEC = WALK.merge(ArgumentSpec({"min_length": {"type": "int", "default": 8}}))
_MOST_FLAWS = 5


@dataclass(frozen=True)
class Target:
    """One host. ``settings``: None if ``trouble`` says what is wrong with its variables."""

    host: str
    settings: Settings | None = None
    trouble: PhoneError | None = None


@dataclass(frozen=True)
class Found:
    """``generation``: next, before or unknown, then with the ``error``. ``activity``: what the phone is doing, in
    words; None if it is idle or was not asked."""

    generation: str
    activity: str | None = None
    error: PhoneError | None = None


@dataclass
class Sorting:
    """Hosts: those that ``have`` the next password, are to ``get`` it (``busy`` ones among them), or are ``lost``,
    because nobody knows which they have, or because they can't get it."""

    have: list[str] = field(default_factory=list)
    get: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    lost: dict[str, PhoneError] = field(default_factory=dict)


def refuse_wrong(targets: Sequence[Target], shortest: int) -> None:
    """Raises SettingsError or BadValues if any phone can't get its next password as its variables are. Each cause is
    said once."""
    between("min_length", shortest, 1, LONGEST)
    causes: dict[str, list[str]] = {}
    for target in targets:
        cause = _cause(target, shortest)
        if cause:
            causes.setdefault(cause, []).append(target.host)
    if not causes:
        return
    told = [
        f"{count(len(hosts), 'phone')} ({some(map(clean, hosts), 5)}): {cause}"
        for cause, hosts in list(causes.items())[:_MOST_FLAWS]
    ]
    left = len(causes) - _MOST_FLAWS
    more = f"; and {count(left, 'more cause')}" if left > 0 else ""
    kind = SettingsError if any(target.trouble or not _next(target) for target in targets) else BadValues
    raise kind(
        f"{'; '.join(told)}{more}. Nothing was sent.",
        remedy="Correct ansible_vvx_password_next of these phones, or leave them out with --limit or vvx_hosts.",
    )


def _cause(target: Target, shortest: int) -> str | None:
    """What is wrong with a host, without its name; None if nothing is."""
    if target.settings is None:
        return target.trouble.message.rstrip(".") if target.trouble else "its variables are wrong"
    if not _next(target):
        return "ansible_vvx_password_next is not set"
    if target.settings.username != ADMIN_ACCOUNT:
        return f"ansible_user must be {ADMIN_ACCOUNT}, because the admin's password is changed"
    problem = flaw(_next(target), shortest)
    return problem and f"ansible_vvx_password_next {problem}"


def _next(target: Target) -> str:
    return (target.settings and target.settings.password_next) or ""


def look(target: Target) -> Found:
    """Which password the phone has: in one request if it has the next one. Never raises."""
    settings = target.settings
    if settings is None or target.trouble:
        return Found(UNKNOWN, error=target.trouble)
    found = UNKNOWN
    try:
        with Phone(settings) as phone:
            found = generation(phone, settings.password_next or "")
            return Found(found, None if found == NEXT else in_use(phone))
    except PhoneError as error:
        return Found(found, error=error)
    except Exception as error:  # an unforeseen reply of one phone must not end the search for thousands
        return Found(found, error=unexpected(error))


def sort(found: Mapping[str, Found]) -> Sorting:
    """``found``: by host. Phones that are in a call stay: calls end."""
    sorting = Sorting()
    for host, each in found.items():
        if each.error is not None:
            sorting.lost[host] = each.error
        elif each.generation == NEXT:
            sorting.have.append(host)
        else:
            sorting.get.append(host)
            if each.activity is not None:
                sorting.busy.append(host)
    return sorting


def notes(sorting: Sorting) -> list[Note]:
    """What the task says of phones besides the waves."""
    lost = sorted(sorting.lost, key=natural)
    refused = [host for host in lost if sorting.lost[host].kind == "authentication_failed"]
    others = [host for host in lost if host not in set(refused)]
    return [
        Note("as_desired", sorting.have, "with the next password already", named=False),
        Note("refused_both", refused, "that refused both passwords, left out"),
        Note("not_read", others, "whose password is not known, left out"),
        Note("busy", sorted(sorting.busy, key=natural), "in a call now (when_busy)"),
    ]


def errand(mark: str) -> Errand:
    """``mark``: tells these passwords from others, and nothing of them."""
    return Errand(ROTATE, mark, "Next passwords", "to change", "changed by an earlier run")


def done_text(sorting: Sorting, targets: Iterable[Target]) -> str | None:
    """What to do when all phones have the next password; None as long as that is not so."""
    if sorting.get or sorting.lost or not sorting.have:
        return None
    if all(target.settings and target.settings.password == _next(target) for target in targets):
        return (
            "All phones have the next password, and ansible_password is set to it. ansible_vvx_password_next is not "
            "needed any more."
        )
    return (
        "All phones have the next password. Set ansible_password to it, and then remove ansible_vvx_password_next or "
        "give it another value."
    )


def passwords(targets: Iterable[Target]) -> list[str]:
    """All next passwords, each once, in an order of their own."""
    return sorted({_next(target) for target in targets})
