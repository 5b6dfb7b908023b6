# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of hosts that look like this collection's and have no effect.

Each is one sentence, the same for all hosts, so that Ansible shows it once per run: the main process keeps a list of
the warnings that it has shown, also of those from workers. Takes some microseconds per task.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._text import clean, nearest
from .names import LAYERS

OPTIONS = "ansible_vvx_"
"""Variables with this prefix are options of the connection."""


def misspelled(names: Iterable[str], known: Collection[str]) -> list[str]:
    """What to say about variables that are named like an option and are none. ``known``: the names that are one."""
    wrong = sorted(name for name in names if name.startswith(OPTIONS) and name not in known)
    return [
        f"{clean(name)} is not a variable of polycom.vvx and has no effect{_meant(name, known, OPTIONS)}."
        for name in wrong
    ]


def unlisted(variables: Mapping[str, Any], layers: Sequence[str], mentioned: object = "") -> list[str]:
    """What to say about variables that are named like a layer and are in no list of them. ``layers``: those that the
    task merges; if empty, it takes none. ``mentioned``: where else a name may be used, not rendered."""
    wrong = [name for name in variables if name.startswith(LAYERS) and name not in layers] if layers else []
    return [
        f"{clean(name)} is in no list of layers and has no effect{_meant(name, layers, LAYERS)}."
        for name in sorted(wrong)
        if name not in str((mentioned, [value for other, value in _all(variables) if other != name]))
    ]


def _all(variables: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((name, value) for name, value in variables.items() if name.startswith(LAYERS))


def _meant(name: str, known: Iterable[str], prefix: str) -> str:
    """The prefix does not count, as it would make all names alike."""
    found = nearest(name.removeprefix(prefix), [each.removeprefix(prefix) for each in known if each.startswith(prefix)])
    return f" (did you mean {prefix}{found}?)" if found else ""
