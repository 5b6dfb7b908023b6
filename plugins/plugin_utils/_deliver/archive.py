# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many files as one: a backup of a fleet is a file for each phone, and a server that gets them one by one can have half
of a day's backup."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Iterable, Iterator

from ...module_utils import _files
from .files import LARGEST
from .login import NotDelivered

END = ".tar.gz"


def archive(name: str, paths: Iterable[str]) -> bytes:
    """Files, and folders with all files below them, as a compressed archive: the same files give the same bytes. What
    is no regular file is left out. Raises NotDelivered for what can't be read, or is too large."""
    target = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, target, mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for path, inside in sorted(_found(paths), key=lambda each: each[1]):
            try:
                content = _files.read(path, LARGEST)
            except _files.FileError as error:
                raise NotDelivered(f"{name}: not delivered: {error}.", remedy="Check the file.") from None
            if content is None:  # it went away meanwhile
                continue
            member = tarfile.TarInfo(inside)
            member.size, member.mode, member.mtime = len(content), 0o600, int(os.stat(path).st_mtime)
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
        top = os.path.dirname(path.rstrip(os.sep))
        if not os.path.isdir(path):
            yield path, os.path.relpath(path, top)
            continue
        for folder, _folders, names in os.walk(path):
            for name in names:
                whole = os.path.join(folder, name)
                if os.path.isfile(whole) and not os.path.islink(whole):
                    yield whole, os.path.relpath(whole, top)
