# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that come from phones, stored where the playbook runs: whole or not at all, for their owner alone, only if they differ."""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Callable
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._operations.result import CONTENTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError


def check_dest(host: str, dest: str, path: str) -> None:
    """Raises SettingsError if no file can be stored there, before a phone is asked for one. ``path``: ``dest`` made absolute."""
    if os.path.isdir(path) or dest.endswith(os.sep):
        raise SettingsError(f"{host}: dest {path} is a folder.", remedy="Give dest the name of a file.")
    folder = os.path.dirname(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        raise SettingsError(f"{host}: dest {path} can't be written.", remedy=f"Look at the permissions of {folder}, or choose another dest.")


def store(outcome: dict[str, Any], host: str, resolve: Callable[[str], str], check_mode: bool) -> dict[str, Any]:
    """A task's result with the files that it carries stored, and told of as they are then. Raises SettingsError if one can't be.

    ``resolve``: makes a path absolute. In check mode files are compared only.
    """
    contents = outcome.pop(CONTENTS, {})
    files = {file.get("dest"): file for file in outcome.get("files", [])}
    for dest, encoded in contents.items():
        path, content = resolve(dest), base64.b64decode(encoded)
        differs = _differs(path, content)
        if differs and not check_mode:
            try:
                _write(path, content)
            except OSError as error:
                raise SettingsError(f"{host}: {path} can't be written: {error.strerror}.", remedy="Choose another dest.") from error
        files[dest].update(dest=path, changed=differs)
    if contents:
        outcome["changed"] = any(file["changed"] for file in files.values())
    return outcome


def _differs(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() != content
    except OSError:
        return True


def _write(path: str, content: bytes) -> None:
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".vvx-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
