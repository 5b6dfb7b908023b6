# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values on their way between Ansible and the collection's own code."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from . import _ansible


def plain(value: Any) -> Any:
    """The value as ordinary Python types, also inside dictionaries and lists. Vaulted texts are decrypted, as a
    module gets them, and the tags of ansible-core 2.19 are dropped, which make each copy cost ten times as much."""
    if isinstance(value, Mapping):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    for kind in (str, int, float):
        if isinstance(value, kind) and not isinstance(value, bool):
            return kind(value)
    return _ansible.decrypted(value)


def is_constant(value: Any) -> bool:
    """Whether templating would leave a value as it is, as far as a look tells: it takes Ansible a tenth of a
    millisecond to see that. False for lists and dictionaries."""
    return (
        value is None
        or isinstance(value, (bool, int, float))
        or (isinstance(value, str) and "{" not in value and not value.startswith("#jinja2"))
    )


def as_data(value: Any) -> Any:
    """A value from outside the user's own YAML for a host's variable: no text in it ever runs as a template, so that
    what a phone calls itself can't become code.

    ``ansible-inventory --list`` shows such texts as ``__ansible_unsafe``, so only those that could be templates are
    marked.
    """
    if isinstance(value, Mapping):
        return {key: as_data(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_data(part) for part in value]
    return _marked(value) if isinstance(value, str) else value


@functools.lru_cache(maxsize=10_000)
def _marked(text: str) -> str:
    """Phones have many texts in common, and marked texts are large: one object serves all."""
    return _ansible.never_template(text) if re.search(r"[{}]", text) else _ansible.as_trusted(text)
