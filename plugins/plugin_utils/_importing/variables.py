# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the imported inventory: variables of groups and hosts, the secrets in one file of their own, and the
hosts with their groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...module_utils._parameters.table import ADMIN_PASSWORD, is_secret
from ...module_utils._phone.mac import colons
from ...module_utils._text import hide_logins
from .chains import Taken
from .lifting import Kind, Layers
from .texts import comment, document, key, quoted, template, value

NAME = "imported.yml"
VAULT = "imported_vault.yml"
PHONES = "phones"
"""The group of all phones, as the playbooks expect it."""
SECRETS = "vault_parameters_"
"""Variables with secrets: of all phones, of a group, or of a phone by its MAC address. One each, because a template
that reads a variable costs as much as the variable is large."""

_OF_THE_LOGIN = quoted("{{ ansible_password }}")
"""As a parameter, the admin password follows the login: else configure would write it back after a rotation."""


@dataclass
class Inventory:
    """``plain``: texts by path below the inventory. ``secrets``: the text of the file VAULT, None without any. The
    files of hosts come first and the list of hosts last: until that is written, no run sees any of them.
    ``layers``: the variable with parameters that each file sets. ``owners``: folders of all hosts and groups, also of
    those that have no file. ``hidden``: how many secrets there are."""

    plain: dict[str, str] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)
    secrets: str | None = None
    hidden: int = 0

    @property
    def vault(self) -> str:
        return f"group_vars/{PHONES}/{VAULT}"


@dataclass(frozen=True)
class Known:
    """What is known of a host besides its files. ``variables``: of its own, such as its room."""

    address: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


def inventory(
    phones: Mapping[str, Taken], layers: Layers, kinds: Sequence[Kind], known: Mapping[str, Known]
) -> Inventory:
    """All files, of these phones by host."""
    made = Inventory(owners={f"group_vars/{PHONES}", *(f"host_vars/{host}" for host in phones)})
    made.owners.update(f"group_vars/{group}" for kind in kinds for group in kind.members())
    secrets: dict[str, list[str]] = {}
    # Where two kinds of groups set it, Ansible would choose by the names of the groups.
    kinds_with_login = [
        word for word, groups in layers.groups.items() if any(ADMIN_PASSWORD in each for each in groups.values())
    ]

    def put(path: str, layer: str, owner: str, values: Mapping[str, str], of: Sequence[Taken], login: bool) -> None:
        if not values:
            return
        variable = f"{SECRETS}{_ascii(owner)}"
        hidden = [f"{key(name)}: {value(text)}" for name, text in values.items() if _is_hidden(name, text)]
        if hidden:
            secrets[variable] = hidden
            made.hidden += len(hidden)
        shown = {
            name: template(variable, name) if _is_hidden(name, text) else value(text) for name, text in values.items()
        }
        content: dict[str, Sequence[str]] = {}
        if login and ADMIN_PASSWORD in values:
            content["ansible_password"] = shown[ADMIN_PASSWORD]
            shown[ADMIN_PASSWORD] = _OF_THE_LOGIN
        content = {f"vvx_parameters_{layer}": list(_lines(values, shown, of)), **content}
        made.plain[path] = document(content)
        made.layers[path] = f"vvx_parameters_{layer}"

    for host, values in layers.phones.items():
        taken = phones[host]
        put(f"host_vars/{host}/{NAME}", "host", taken.mac, values, [taken], True)
    for kind in kinds:
        members = kind.members()
        for group, values in layers.groups.get(kind.word, {}).items():
            of = [phones[host] for host in members[group]]
            put(f"group_vars/{group}/{NAME}", kind.word, group, values, of, len(kinds_with_login) == 1)
    put(f"group_vars/{PHONES}/{NAME}", "all", "all", layers.all, list(phones.values()), True)
    if secrets:
        made.secrets = document(dict(sorted(secrets.items())))
    made.plain[NAME] = _hosts(phones, kinds, known)
    return made


def _is_hidden(name: str, text: str) -> bool:
    """Whether a value belongs into the vault file: also a URL with a login in it."""
    return is_secret(name) or hide_logins(text) != text


def _ascii(group: str) -> str:
    """As a part of the name of a variable, which can't hold other letters."""
    return "".join(character if character.isascii() else f"u{ord(character):x}" for character in group)


def _lines(values: Mapping[str, str], shown: Mapping[str, str], phones: Sequence[Taken]) -> Iterator[str]:
    """The parameters, as ``shown``, below the names of the files that they are from."""
    by_source: dict[str, list[str]] = {}
    for name, text in values.items():
        by_source.setdefault(_source(name, text, phones), []).append(f"{key(name)}: {shown[name]}")
    for source, lines in by_source.items():
        yield comment(source)
        yield from lines


def _source(name: str, text: str, phones: Sequence[Taken]) -> str:
    """The file that sets the value, and how many others do."""
    entries = (taken.entries.get(name) for taken in phones)
    files = sorted({entry.file for entry in entries if entry is not None and entry.value == text})
    others = len(files) - 1
    return files[0] + (f" and {others} other file{'s' if others > 1 else ''}" if others else "")


def _hosts(phones: Mapping[str, Taken], kinds: Sequence[Kind], known: Mapping[str, Known]) -> str:
    """The hosts, and the groups that they are in."""
    lines = ["hosts:"]
    for host, taken in phones.items():
        more = known.get(host, Known())
        said = {"ansible_vvx_mac": colons(taken.mac) or "", "ansible_host": more.address, **more.variables}
        lines.append(f"  {quoted(host)}:")
        lines += [f"    {name}: {value(text)}" for name, text in said.items() if text]
    groups = {group: members for kind in kinds for group, members in kind.members().items()}
    if groups:
        lines.append("children:")
    for group, members in groups.items():  # below phones, so that what they set comes before what phones sets
        lines += [f"  {quoted(group)}:", "    hosts:", *(f"      {quoted(member)}:" for member in members)]
    return document({PHONES: lines})
