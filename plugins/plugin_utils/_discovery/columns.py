# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of a CSV file: which hold address, name and MAC address, which become variables, which hold secrets."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean, visible

USUAL = {
    "address": ("address", "ip", "ip address", "ip addr", "ipv4", "ipv4 address", "ip adresse", "adresse ip", "host"),
    "name": ("name", "phone name", "device name", "host name"),
    "mac": ("mac", "mac address", "mac addr", "mac id", "mac adresse", "adresse mac", "ethernet address"),
}
"""Headers of the columns with a role, where the user names none, best first. Case, blanks and punctuation don't
matter."""
_RESERVED = {
    "vvx",
    "vvx_reason",
    "vvx_message",
    "inventory_hostname",
    "group_names",
    "groups",
    "hostvars",
    "ansible_host",
    "ansible_port",
    "ansible_vvx_mac",
}


@dataclass(frozen=True)
class Columns:
    """``roles``: the index of the column for each role. ``variables``: the variable for each index. ``count``: of all
    columns."""

    roles: Mapping[str, int]
    variables: Mapping[int, str]
    count: int


def read_header(path: str, header: Sequence[str], wanted: Mapping[str, str | None]) -> Columns:
    """Find out what the columns hold. ``wanted``: the headers for roles that the user has named. Raises SettingsError
    that tells of all mistakes."""
    titles = [trimmed(title) for title in header]
    shown = ", ".join(clean(title, 40) for title in titles if title) or "none"
    problems: list[tuple[str, str]] = []
    roles: dict[str, int] = {}
    for role in USUAL:
        given = wanted.get(role)
        found = find_role(titles, role, given)
        if len(found) > 1:
            problems.append((
                f"the columns {_listed(titles, found)} could both hold the {role}.",
                f"Set csv.{role} to the right one, or rename the other.",
            ))  # fmt: skip
        elif found:
            roles[role] = found[0]
        elif given:
            problems.append((f"it has no column {given}; its columns are: {shown}.", f"Correct csv.{role}."))
    if not problems and not {"address", "mac"} & roles.keys():
        problems.append((
            f"it has neither a column for addresses nor one for MAC addresses; its columns are: {shown}.",
            "Set csv.address, csv.mac and csv.name to the columns' names, csv.delimiter to what separates them.",
        ))  # fmt: skip
    rest = [index for index, title in enumerate(titles) if title and index not in roles.values()]
    variables = {index: _variable(titles[index]) for index in rest}
    times = Counter(variables.values())
    twice = [index for index in rest if times[variables[index]] > 1]
    if twice:
        problems.append((
            f"the columns {_listed(titles, twice)} would become the same variable.",
            "Give each column a name of its own.",
        ))  # fmt: skip
    problems += _unfit(titles, {index: variables[index] for index in rest if index not in twice})
    if problems:
        told, remedies = zip(*problems)
        raise SettingsError(f"{path}: {' '.join(told)}", remedy=" ".join(dict.fromkeys(remedies)))
    return Columns(roles, variables, len(titles))


def find_role(titles: Sequence[str], role: str, given: str | None = None) -> list[int]:
    """The columns that could have the role: those with the given header, or else with the best of the usual ones."""
    plain = [_plain(title) for title in titles]
    if given:
        exact = [index for index, title in enumerate(titles) if title == trimmed(given)]
        return exact if len(exact) == 1 else [index for index, title in enumerate(plain) if title == _plain(given)]
    first, *others = (_plain(title) for title in USUAL[role])
    return [index for index, title in enumerate(plain) if title == first] or [
        index for index, title in enumerate(plain) if title in others
    ]


def trimmed(text: str) -> str:
    """Without blanks of any kind and invisible characters around it."""
    before = None
    while text != before:
        before, text = text, text.strip()
        if text and not (visible(text[0]) and visible(text[-1])):
            text = text[not visible(text[0]) : len(text) - (not visible(text[-1]))]
    return text


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", "", visible(title).casefold())


def _listed(titles: Sequence[str], indices: Sequence[int]) -> str:
    return ", ".join(dict.fromkeys(clean(titles[index], 40) for index in indices))


def _variable(title: str) -> str:
    return re.sub(r"\W+", "_", visible(title)).strip("_")


def _unfit(titles: Sequence[str], variables: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with columns that would become variables, and what to do."""
    secret = [index for index in variables if is_secret(titles[index])]
    if secret:
        plural = len(secret) > 1
        yield (
            f"the column{'s' if plural else ''} {_listed(titles, secret)} look{'' if plural else 's'} like "
            f"{'they hold' if plural else 'it holds'} passwords.",
            f"Remove {'them' if plural else 'it'}, and keep passwords in a vault file, by MAC address: see "
            "docs/inventory.md.",
        )
    for index, name in variables.items():
        if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED:
            yield f"the column {clean(titles[index], 40)!r} can't become a variable.", "Rename the column."


# -- secrets

_SECRET_WORDS = re.compile(
    r"(.*(password|passwd|passwort|passphrase|passcode|motdepasse|kennwort|pwd|secret|token)s?"
    r"|pass|pw|pws|pins?|psk|pincode|creds?|credentials?|passes"
    r"|(vm|voicemail|mail|user|admin|sip|login|web|auth|phone|default|prov)(pin|pw|pass|key)"
    r"|(api|private|secret|access|auth|encryption|master|preshared|wpa|wep)keys?"
    r"|contraseña|contrasena|senha|wachtwoord|lösenord|geheim|parola|hasło|haslo)\d*"
)
_KEYS_OF_A_PHONE = {"line", "soft", "hard", "hot", "function", "feature", "speed", "memory", "expansion", "blf", "side"}
_KEYS_OF_A_PHONE |= {"dial", "menu", "efk", "enhanced", "programmable", "module", "number", "primary", "sort"}


def is_secret(title: str) -> bool:
    """Whether a header's words say that the column holds secrets: "Admin PW" does, "Bypass" and "Line key" do not."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", visible(title))
    words = [word.lower() for word in re.split(r"[\W_]+", spaced) if word]
    if any(_SECRET_WORDS.fullmatch(word) for word in (*words, "".join(words))):
        return True
    return bool(words) and words[-1] in ("key", "keys") and not _KEYS_OF_A_PHONE & set(words)
