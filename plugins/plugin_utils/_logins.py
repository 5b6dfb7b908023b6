# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What phones that want Digest said about it, kept until the playbook ends: each task runs in a process of its own.

One small file for each such phone, in the folder that Ansible makes for a run and deletes at its end. It holds the
phone's challenge, which is no secret. Other phones cost one look for a file that is not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

from ansible import constants as C

_LARGEST = 65536


class RunLogins:
    """A ``Logins`` (see _phone/login.py) for all processes of one run. Whatever can't be read or written is not kept.

    ``folder``: set in tests.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(str(C.DEFAULT_LOCAL_TMP), "polycom.vvx.logins")

    def recall(self, url: str) -> Mapping[str, Any] | None:
        try:
            with open(self._path(url), "rb") as file:
                learnt = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return None
        return learnt if isinstance(learnt, dict) else None

    def note(self, url: str, learnt: Mapping[str, Any]) -> None:
        path = self._path(url)
        partial = f"{path}.{os.getpid()}"
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with open(partial, "w", encoding="ascii") as file:
                json.dump(learnt, file)
            os.replace(partial, path)

    def _path(self, url: str) -> str:
        return os.path.join(self._folder, hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32])
