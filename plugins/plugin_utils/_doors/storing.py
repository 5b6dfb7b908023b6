# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores files on the controller: as a whole or not at all, only if they differ, readable for the owner alone by
default."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...module_utils._phone.errors import SettingsError


def check_dest(option: str, given: str, path: str) -> None:
    """Raises SettingsError if no file can be stored there. ``path``: what the option was given, made absolute."""
    if os.path.isdir(path) or given.endswith(os.sep):
        raise SettingsError(f"{option}: {path} is a folder.", remedy=f"Set {option} to the name of a file.")
    folder = os.path.dirname(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        raise SettingsError(
            f"{option}: {path} can't be written.",
            remedy=f"Check the permissions of {folder}, or choose another {option}.",
        )


def store(
    files: Sequence[dict[str, Any]], contents: Mapping[str, bytes], resolve: Callable[[str], str], check_mode: bool
) -> bool:
    """Store files from a phone and update their entries in the task's result. Returns whether any has changed.

    ``files``: entries with ``dest``; ``contents``: by ``dest``. ``resolve`` makes a path absolute. In check mode
    files are only compared. Raises SettingsError for a file that can't be written.
    """
    entries = {file["dest"]: file for file in files if file.get("dest")}
    for dest, content in contents.items():
        path = resolve(dest)
        try:
            entries[dest].update(dest=path, changed=put(path, content, check_mode))
        except OSError as error:
            raise SettingsError(
                f"dest: {path} can't be written: {error.strerror}.", remedy="Choose another dest."
            ) from error
    return any(file.get("changed") for file in files)


def put_all(contents: Mapping[str, bytes], check_mode: bool, mode: int) -> list[dict[str, Any]]:
    """Store these contents, by path. Returns ``path`` and ``changed`` of each; raises SettingsError for one that
    can't be written."""
    files = []
    for path, content in contents.items():
        try:
            files.append({"path": path, "changed": put(path, content, check_mode, mode)})
        except OSError as error:
            raise SettingsError(f"{path} can't be written: {error.strerror}.", remedy="Choose another path.") from error
    return files


def file_mode(given: str | int) -> int:
    """A file's mode, from octal digits or from the number that YAML makes of them. Raises SettingsError for anything
    else, and for modes that keep the owner out or let everybody write."""
    try:
        mode = given if isinstance(given, int) else int(given, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= 0o777 or mode & 0o600 != 0o600 or mode & 0o002:
        raise SettingsError(
            f"mode {given!r} can't be used for a report.",
            remedy="Write it like '0640', in quotes: readable and writable for the owner, not writable for everybody.",
        )
    return mode


def put(path: str, content: bytes, check_mode: bool, mode: int = 0o600) -> bool:
    """Store this content, as a whole or not at all, only if the file differs, and never in check mode. Returns
    whether it differs. Raises OSError if the file can't be written."""
    try:
        with open(path, "rb") as file:
            if file.read() == content:
                return _permit(path, mode, check_mode)
    except OSError:
        pass  # missing or unreadable: replaced, if it can be
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
