# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vault file of the passwords that were found: one mapping, by inventory host. Others may have written to it; what
it holds of other phones stays."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError

from ...module_utils._files import FileError, read, write
from ...module_utils._phone.errors import SettingsError
from .._values import plain
from .._vault import Vault

VARIABLE = "vvx_found_passwords"
USUAL = "found-passwords.yml"
MODE = 0o600
_LARGEST = 50_000_000
_HEAD = "---\n# Passwords that polycom.vvx.find_passwords has found, by inventory host.\n"


class FoundFile:
    """Making one raises SettingsError where the file can't be used, or the run can't encrypt: before anything is sent.
    ``loader``: the ``_loader`` of an action."""

    def __init__(self, path: str, loader: Any) -> None:
        self._path, self._loader = path, loader
        self._vault = Vault(loader)
        self._held()

    def merge(self, found: Mapping[str, str]) -> tuple[bool, int]:
        """Add passwords, by host; those that the file has of these hosts are replaced. Returns whether it changed, and
        how many phones it holds. Raises SettingsError."""
        content, held = self._held()  # once more: another run may have written meanwhile
        merged = {**held, **found}
        if merged == held:
            return False, len(held)
        sealed = self._vault.seal(as_yaml(merged), content)
        try:
            return write({self._path: sealed}, mode=MODE)[self._path], len(merged)
        except FileError as error:
            raise SettingsError(f"into: {error}.", remedy=_REMEDY_LOST) from error

    def _held(self) -> tuple[bytes | None, dict[str, str]]:
        """The file as it is, and the passwords in it."""
        name = os.path.basename(self._path)
        try:
            content = read(self._path, _LARGEST)
        except FileError as error:
            raise SettingsError(f"into: {error}.", remedy="Set vvx_into to another file.") from error
        if not content:
            return None, {}
        text = self._vault.open(content, self._path)
        try:
            document = plain(self._loader.load(text, os.path.abspath(self._path), show_content=False))
        except AnsibleError:
            raise SettingsError(f"into: {name} holds no YAML.", remedy="Correct it, or set another file.") from None
        held = document.get(VARIABLE) if isinstance(document, dict) else None
        if not isinstance(held, dict) or set(document) != {VARIABLE}:
            raise SettingsError(
                f"into: {name} holds something else than {VARIABLE}.",
                remedy="Set vvx_into to a file of its own: this one would lose what else it holds.",
            )
        if not all(isinstance(host, str) and isinstance(password, str) for host, password in held.items()):
            raise SettingsError(
                f"into: {name} has a host or a password that is no text.", remedy="Put them in quotes there."
            )
        return content, held


_REMEDY_LOST = (
    "Make room for the file and run the same command again: what was found is tried first, and found once more."
)


def as_yaml(passwords: Mapping[str, str]) -> str:
    """The file in clear, in memory. Ansible reads each text as it is here: none becomes a number or a template."""
    lines = [f"  {_quoted(host)}: {_quoted(passwords[host])}\n" for host in sorted(passwords)]
    return "".join([_HEAD, f"{VARIABLE}:\n", *lines])


def _quoted(text: str) -> str:
    """YAML reads what JSON escapes."""
    return f"{'!unsafe ' if '{' in text else ''}{json.dumps(text, ensure_ascii=False)}"
