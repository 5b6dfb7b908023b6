# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_enroll without Ansible: its options, what a phone's file sets, what is wrong beforehand, and the results."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters.knowledge import Knowledge
from ...module_utils._parameters.table import ADMIN_PASSWORD, REST_ENABLED
from ...module_utils._phone.errors import PhoneError, SettingsError
from ...module_utils._phone.mac import colons
from ...module_utils._phone.settings import ADMIN_ACCOUNT, Settings
from ...module_utils._steps import password_change
from ...module_utils._steps.result import Result, as_dict
from ...module_utils._steps.survey import Survey
from .._console.order import grouped
from .._console.table import wrapped
from .._console.words import count, some

INCLUDE, REMOVE_AFTER, OMIT = "include", "remove_after", "omit"
ANSWERED, ENROLLED, PREPARED, MISSING = "answered", "enrolled", "prepared", "missing"
"""What became of a phone: it could be managed before; now it can; its file is written; it has not appeared."""
LONGEST_WAIT = 86_400
MOST = 200
"""The task's result stays small: it lists so many phones and files."""
_NOBODY = "0" * 12
_FEW = 10
"""Hosts that a command to copy names."""
_ON = ("1", "true")

SPEC = ArgumentSpec(
    {
        "folder": {"type": "path", "required": True},
        "secrets": {"type": "str", "choices": [OMIT, REMOVE_AFTER, INCLUDE], "default": REMOVE_AFTER},
        "overwrite": {"type": "bool", "default": False},
        "mode": {"type": "raw"},
        "wait_timeout": {"type": "float", "default": 900.0},
    }
)


def troubles(settings: Settings, parameters: Mapping[str, Any]) -> list[PhoneError]:
    """Why no file can be made for this phone. ``parameters``: the desired ones, as written."""
    found: list[PhoneError] = []
    if settings.mac in (None, _NOBODY):
        found.append(
            SettingsError(
                "the phone's MAC address is not set, and its file is named after it.", remedy="Set ansible_vvx_mac."
            )
        )
    if settings.username != ADMIN_ACCOUNT:
        found.append(
            SettingsError(
                f"ansible_user is not {ADMIN_ACCOUNT}, the account that the file sets the password of.",
                remedy="Leave it out.",
            )
        )
    try:
        password_change.check("ansible_password, which the phone gets,", settings.password, 1)
    except PhoneError as error:
        found.append(SettingsError(error.message, remedy="Choose another one."))
    if REST_ENABLED in parameters and str(parameters[REST_ENABLED]).lower() not in _ON:
        found.append(SettingsError(f"{REST_ENABLED} would switch the REST API off.", remedy="Remove it."))
    if parameters.get(ADMIN_PASSWORD, settings.password) != settings.password:
        found.append(
            SettingsError(
                f"{ADMIN_PASSWORD} is another password than ansible_password.",
                remedy="Remove it: the file sets ansible_password.",
            )
        )
    return found


def twins(macs: Iterable[tuple[str, str | None]]) -> dict[str, PhoneError]:
    """The hosts that share their MAC address with others. ``macs``: by host."""
    known = [(mac, host) for host, mac in macs if mac]
    return {
        host: SettingsError(
            f"{some(hosts)} have the same MAC address, {colons(mac)}.", remedy="Correct ansible_vvx_mac."
        )
        for mac, hosts in grouped(known).items()
        if len(hosts) > 1
        for host in hosts
    }


def own_parameters(settings: Settings, values: Mapping[str, str], known: Knowledge, secrets: str) -> dict[str, str]:
    """What the phone's file sets. ``values``: the desired parameters, as phones take them."""
    kept = {
        name: value
        for name, value in values.items()
        if name not in (REST_ENABLED, ADMIN_PASSWORD) and (secrets != OMIT or not known.is_secret(name))
    }
    return {REST_ENABLED: "1", ADMIN_PASSWORD: settings.password, **kept}


@dataclass
class Outcome:
    """Of one phone. ``state``: ANSWERED, ENROLLED, PREPARED or MISSING. ``differs``: whether it is not as desired; None
    if nobody knows. ``changed``: its file was written, or it has appeared. ``error``: why it is missing."""

    host: str
    address: str
    state: str
    file: str | None = None
    changed: bool = False
    differs: bool | None = None
    error: PhoneError | None = None

    def result(self) -> dict[str, Any]:
        """What vvx_enrolled returns of it."""
        values: dict[str, Any] = {"outcome": self.state, "file": self.file}
        if self.state in (ANSWERED, ENROLLED):
            values["as_desired"] = not self.differs
        if self.error is None:
            return as_dict(Result(self.changed, values))
        error = self.error
        error.host = error.host or self.address
        return as_dict(Result(False, values, error=error))


def reason(error: PhoneError) -> str:
    """Why a phone has not appeared, in a few words."""
    words = {
        "unreachable": "no answer",
        "connection_lost": "no answer",
        "timeout": "no answer in time",
        "rest_disabled": "REST API still off",
        "authentication_failed": "other password",
        "not_tried": "other password",
        "default_password": "factory password",
        "other_phone": "another phone at its address",
        "tls": "certificate not trusted",
    }
    return words.get(error.kind, error.kind)


def explained(error: PhoneError) -> PhoneError:
    """The error with what helps a phone that is new."""
    if error.kind == "rest_disabled":
        error.restate(
            remedy="It has not read its file, or not this one: check that its provisioning server is the one that "
            "serves this folder (on the phone, in DHCP option 66 or 160, or device.prov.serverName), and restart it."
        )
    elif error.kind in ("authentication_failed", "not_tried"):
        error.say_more(
            "It has another password than its file says.",
            remedy="If it has not restarted since, restart it; else look for another file that sets its password.",
        )
    return error


@dataclass
class Tally:
    """All phones of a run."""

    outcomes: list[Outcome] = field(default_factory=list)
    check_mode: bool = False

    def hosts(self, state: str) -> list[str]:
        return [each.host for each in self.outcomes if each.state == state]

    @property
    def counts(self) -> dict[str, int]:
        return {state: len(self.hosts(state)) for state in (ANSWERED, ENROLLED, PREPARED, MISSING)}

    @property
    def message(self) -> str:
        said = {
            ENROLLED: "enrolled",
            ANSWERED: "could be managed before",
            PREPARED: "to be enrolled" if self.check_mode else "with a file, not waited for",
            MISSING: "not seen",
        }
        parts = [f"{self.counts[state]} {words}" for state, words in said.items() if self.counts[state]]
        return f"{count(len(self.outcomes), 'phone')}: {', '.join(parts) or 'none'}."

    def text(self, width: int, inventories: Sequence[str]) -> list[str]:
        """What is printed in the end. ``inventories``: as given with ``-i``."""
        given = "".join(f" -i {shlex.quote(each)}" for each in inventories)
        lines = wrapped(self.message, width)
        differing = [each.host for each in self.outcomes if each.differs]
        if differing:
            lines += wrapped(f"Not as desired: {some(differing)}. What the files can't change, this can:", width)
            limit = f" --limit {','.join(map(shlex.quote, differing))}" if len(differing) <= _FEW else ""
            lines.append(f"  ansible-playbook polycom.vvx.configure{given}{limit}")
        if self.counts[MISSING]:
            lines += wrapped(
                "To go on waiting, run this again; polycom.vvx.diagnose looks at a phone in detail.", width
            )
        return lines

    def values(self, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The return values of the task."""
        missing = [each for each in self.outcomes if each.error is not None]
        return {
            "msg": self.message,
            "phones": len(self.outcomes),
            "counts": self.counts,
            "missing": [
                {"host": each.host, "kind": each.error.kind, "why": reason(each.error)}
                for each in missing[:MOST]
                if each.error is not None
            ],
            "differing": [each.host for each in self.outcomes if each.differs][:MOST],
            "files": list(files[:MOST]),
        }


def progress(missing: Mapping[str, Survey], phones: int, left: float, width: int) -> str:
    """What is said while phones are awaited."""
    causes = Counter(reason(found.error) for found in missing.values() if found.error is not None)
    why = ", ".join(f"{number} {words}" for words, number in causes.most_common())
    time_left = f"{left:.0f} s" if left < 100 else f"{left / 60:.0f} min"
    said = f"{phones - len(missing)} of {phones} have appeared, {time_left} left. Missing: {some(missing, 3)} ({why})"
    return "\n".join(wrapped(said, width))


def written_text(
    tally: Sequence[str], files: Sequence[str], masters: Sequence[str], backups: Sequence[str], secrets: str,
    check_mode: bool, width: int,
) -> list[str]:  # fmt: skip
    """What was written, and what that means. ``tally``: the hosts; ``files``: their files, by path."""
    if not tally:
        return []
    verb = "would be written" if check_mode else "written"
    lines = wrapped(f"Files {verb} for {count(len(tally), 'phone')}: {some(files, 5)}", width)
    for what, paths in (("Master files", masters), ("Copies of files that were replaced", backups)):
        if paths:
            lines += wrapped(f"{what} {verb}: {some(paths, 5)}", width)
    after = {
        INCLUDE: "They stay there.",
        REMOVE_AFTER: "The admin password is removed from a file as soon as its phone has it.",
        OMIT: "They hold no other secret. The admin password is removed from a file as soon as its phone has it.",
    }
    return [
        *lines,
        *wrapped(
            "These files hold passwords in clear text, because that is how phones read them: nobody else should be "
            f"able to read the folder, or to fetch the files. {after[secrets]}",
            width,
        ),
    ]
