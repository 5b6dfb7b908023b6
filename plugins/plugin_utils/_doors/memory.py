# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's memory of the secrets that it has written to phones: digests, never values.

One small file for each phone, whole or not at all, so that any number of workers write at once. The digests are keyed
(HMAC-SHA256), by an option or by a key file that lies apart from them. Each key has a folder of its own.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...module_utils._files import FileError, write
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.secrets import Memo, Memory, Trace
from . import state
from .state import Unusable

FORMAT = 1
SHORTEST_KEY = 16


@dataclass(frozen=True)
class _Place:
    """``folder``: of the phones' files. ``key``: None in check mode where there is no key file yet."""

    folder: str
    key: bytes | None


class KeptMemory(Memory):
    """What this controller remembers of one phone, for one task. Nothing is opened before it is needed.

    ``state_path``, ``secrets_key``: as the options. ``keep``: whether something may be stored (not in check mode).
    ``warnings``: gets what to tell the user.
    """

    def __init__(self, state_path: str | None, secrets_key: str | None, settings: Settings, keep: bool) -> None:
        super().__init__()
        if secrets_key is not None and len(secrets_key) < SHORTEST_KEY:
            raise SettingsError(
                f"secrets_key must have at least {SHORTEST_KEY} characters.",
                remedy="'openssl rand -hex 32' makes a good one. Keep it in a vault file.",
            )
        self.mac = settings.mac
        self.warnings: list[str] = []
        self._state_path = state_path
        self._given_key = secrets_key
        self._keep = keep
        self._wanted: dict[str, str] = {}

    def missing(self) -> str | None:
        try:
            return None if self._place else ""
        except Unusable as error:
            return str(error)

    def recall(self, mac: str, wanted: Mapping[str, str]) -> Mapping[str, Trace]:
        self._wanted.update(wanted)
        place = self._place
        if place.key is None:
            return {}
        return {
            name: Trace(_same(entry["digest"], digest(place.key, mac, name, wanted[name])), *_rest(entry))
            for name, entry in self._stored(place, mac).items()
            if name in wanted
        }

    def keep(self, memo: Memo | None) -> None:
        """Remember what became of the secrets that were recalled."""
        if memo is None or not self._keep:
            return
        if memo.reset:
            self._forget(memo.mac)
            return
        place = self._place
        if place.key is None:
            return
        entries = self._stored(place, memo.mac)
        for names, written in ((memo.written, True), (memo.found, False)):
            for name, source in names.items():
                if name in self._wanted:
                    value = digest(place.key, memo.mac, name, self._wanted[name])
                    entries[name] = {"digest": value, "source": source, "written": written}
        for name in memo.doubtful:
            entries[name] = {"digest": None, "source": None, "written": True}
        document = {"format": FORMAT, "secrets": dict(sorted(entries.items()))}
        path = _file(place, memo.mac)
        try:
            write({path: (json.dumps(document, indent=1) + "\n").encode()}, mode=0o600)
        except FileError as error:
            self.warnings.append(f"{error}. The secrets that were written are not remembered.")

    def _forget(self, mac: str) -> None:
        """Remove what is remembered of a phone, with whatever key."""
        with contextlib.suppress(Unusable):
            folder = glob.escape(os.path.join(state.state_folder(self._state_path).path, "secrets"))
            for path in glob.glob(os.path.join(folder, "*", f"{mac}.json")):
                try:
                    os.unlink(path)
                except OSError as error:
                    self.warnings.append(f"{path} can't be removed ({error.strerror}), although the phone was reset.")

    def told(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """What a task on another host has to know: the option ``remembered``. Neither the key nor a digest."""
        missing = self.missing() or (
            None if self.mac else "the controller does not know the phone's MAC address (ansible_vvx_mac)"
        )
        if missing or self.mac is None:
            return {"missing": missing}
        traces = {name: dict(vars(trace)) for name, trace in self.recall(self.mac, wanted).items()}
        return {"mac": self.mac, "traces": traces}

    @cached_property
    def _place(self) -> _Place:
        """Where to remember. Makes folder and key file if something may be stored. Raises Unusable."""
        spot = state.state_folder(self._state_path)
        state.check(spot)
        key = self._given_key.encode("utf-8", "surrogatepass") if self._given_key else state.key(self._keep)
        folder = os.path.join(spot.path, "secrets", _mark(key) if key else "")
        if self._keep:
            try:
                os.makedirs(folder, mode=0o700, exist_ok=True)
            except OSError as error:
                raise Unusable(f"{folder} can't be made ({error.strerror})") from None
        return _Place(folder, key)

    def _stored(self, place: _Place, mac: str) -> dict[str, dict[str, Any]]:
        """The entries of a phone, by name. A file that can't be used is ignored, with a warning."""
        path = _file(place, mac)
        try:
            content = state.read(path)
            return {} if content is None else _entries(content)
        except (FileError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            text = f"{path} is damaged or not readable: what it remembers of secrets is ignored."
            if text not in self.warnings:
                self.warnings.append(text)
            return {}


def digest(key: bytes, mac: str, name: str, value: str) -> str:
    """What is stored instead of a secret."""
    message = "\0".join((mac, name, value)).encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _same(stored: str | None, computed: str) -> bool:
    return stored is not None and hmac.compare_digest(stored, computed)


def _rest(entry: Mapping[str, Any]) -> tuple[str | None, bool]:
    return entry["source"], entry["written"]


def _mark(key: bytes) -> str:
    """The name of the key's folder."""
    return hmac.new(key, b"polycom.vvx", hashlib.sha256).hexdigest()[:16]


def _file(place: _Place, mac: str) -> str:
    return os.path.join(place.folder, f"{mac}.json")


def _entries(content: bytes) -> dict[str, dict[str, Any]]:
    """Raises one of ValueError, TypeError, KeyError and AttributeError for what ``keep`` does not write."""
    document = json.loads(content)
    if document["format"] != FORMAT:
        raise ValueError
    entries = {}
    for name, entry in document["secrets"].items():
        value, source, written = entry["digest"], entry["source"], entry["written"]
        texts = all(text is None or (isinstance(text, str) and text.isascii()) for text in (value, source))
        if not texts or not isinstance(written, bool):
            raise ValueError
        entries[name] = {"digest": value, "source": source, "written": written}
    return entries
