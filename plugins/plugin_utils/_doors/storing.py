# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that come from phones, stored where the playbook runs: whole or not at all, for their owner alone, only if they differ."""

from __future__ import annotations

import base64
import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.result import CONTENTS


def check_dest(host: str, dest: str, path: str) -> None:
    """Raises SettingsError if no file can be stored there, before a phone is asked for one. ``path``: ``dest`` made absolute."""
    if os.path.isdir(path) or dest.endswith(os.sep):
        raise SettingsError(f"{host}: dest {path} is a folder.", remedy="Give dest the name of a file.")
    folder = os.path.dirname(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        raise SettingsError(
            f"{host}: dest {path} can't be written.",
            remedy=f"Look at the permissions of {folder}, or choose another dest.",
        )


def store(outcome: dict[str, Any], host: str, resolve: Callable[[str], str], check_mode: bool) -> dict[str, Any]:
    """A task's result with the files that it carries stored, and told of as they are then. Raises SettingsError if one can't be.

    ``resolve``: makes a path absolute. In check mode files are compared only.
    """
    contents = outcome.pop(CONTENTS, {})
    files = {file.get("dest"): file for file in outcome.get("files", [])}
    for dest, encoded in contents.items():
        path = resolve(dest)
        try:
            files[dest].update(dest=path, changed=put(path, base64.b64decode(encoded), check_mode))
        except OSError as error:
            raise SettingsError(
                f"{host}: {path} can't be written: {error.strerror}.", remedy="Choose another dest."
            ) from error
    if contents:
        outcome["changed"] = any(file["changed"] for file in files.values())
    return outcome


def put_all(contents: Mapping[str, bytes], check_mode: bool, mode: int) -> list[dict[str, Any]]:
    """Have files hold these contents, by their paths. Returns ``path`` and ``changed`` of each; raises SettingsError if one can't be
    written."""
    files = []
    for path, content in contents.items():
        try:
            files.append({"path": path, "changed": put(path, content, check_mode, mode)})
        except OSError as error:
            raise SettingsError(f"{path} can't be written: {error.strerror}.", remedy="Choose another path.") from error
    return files


def file_mode(given: str | int) -> int:
    """A file's mode, from octal digits or from the number that YAML has made of them. Raises SettingsError if it is none, or one that
    keeps the owner out or lets others write."""
    try:
        mode = given if isinstance(given, int) else int(given, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= 0o777 or mode & 0o600 != 0o600 or mode & 0o002:
        raise SettingsError(
            f"mode {given!r} is no mode for a report.",
            remedy="It looks like '0640', in quotes: readable and writable for its owner.",
        )
    return mode


def put(path: str, content: bytes, check_mode: bool, mode: int = 0o600) -> bool:
    """Have a file hold this content; whole or not at all, and written only if it differs (in check mode not even then). Returns whether
    it does. Raises OSError if it can't be written."""
    try:
        with open(path, "rb") as file:
            if file.read() == content:
                return _permit(path, mode, check_mode)
    except OSError:
        pass  # not there, or not readable: replaced, if it can be
    if not check_mode:
        _write(path, content, mode)
    return True


def _permit(path: str, mode: int, check_mode: bool) -> bool:
    if stat.S_IMODE(os.stat(path).st_mode) == mode:
        return False
    if not check_mode:
        os.chmod(path, mode)
    return True


def _write(path: str, content: bytes, mode: int) -> None:
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".vvx-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
