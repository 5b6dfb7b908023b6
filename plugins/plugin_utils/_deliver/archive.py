# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many files as one: a backup of a fleet is a file for each phone, and a server that gets them one by one can have half
of a day's backup."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Iterable, Iterator, Sequence

from ...module_utils import _files
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .files import LARGEST
from .login import NotDelivered

END = ".tar.gz"


def archive(name: str, paths: Sequence[str]) -> bytes:
    """Files, and folders with all files below them, as a compressed archive, each in the folder that it is in: the same
    files give the same bytes. What is no regular file is left out. Raises NotDelivered for what can't be read, or is
    too large, and SettingsError for two files that would be one in it."""
    found: dict[str, str] = {}
    for path, inside in _found(paths):
        if not _files.same(found.setdefault(inside, path), path):
            raise SettingsError(
                f"files: {clean(found[inside])} and {clean(path)} would both be {clean(inside)} in {clean(name)}.",
                remedy="Deliver them in tasks of their own.",
            )
    target = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, target, mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for inside, path in sorted(found.items()):
            try:
                content = _files.read(path, LARGEST)
            except _files.FileError as error:
                raise NotDelivered(f"{name}: not delivered: {error}.", remedy="Check the file.") from None
            if content is None and path in map(os.path.abspath, paths):
                raise NotDelivered(
                    f"{name}: not delivered: there is no {clean(path)}.",
                    remedy="Check files, and that the task before has written it.",
                )
            if content is None:  # it went away meanwhile
                continue
            member, state = tarfile.TarInfo(inside), _files.state(path)
            member.size, member.mode, member.mtime = len(content), 0o600, int(state.st_mtime) if state else 0
            tar.addfile(member, io.BytesIO(content))
            if target.tell() > LARGEST:
                raise NotDelivered(
                    f"{name}: not delivered: it is larger than {LARGEST // 1_000_000} MB.",
                    remedy="Back up one site at a time (--limit or vvx_hosts): each gets a file of its own.",
                )
    return target.getvalue()


def _found(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths of files, and their names in the archive."""
    for path in paths:
        path = os.path.abspath(path)
        if not os.path.isdir(path):
            yield path, os.path.join(os.path.basename(os.path.dirname(path)), os.path.basename(path))
            continue
        top = os.path.dirname(path)
        for folder, _folders, names in os.walk(path):
            for name in names:
                whole = os.path.join(folder, name)
                if os.path.isfile(whole) and not os.path.islink(whole):
                    yield whole, os.path.relpath(whole, top)
