# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values on their way between Ansible and the collection's own code."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

try:
    from ansible.template import trust_as_template as _harmless
except ImportError:  # before ansible-core 2.19

    def _harmless(value: str) -> str:
        return value


def plain(value: Any) -> Any:
    """The value as ordinary Python types, also inside dictionaries and lists: vaulted texts decrypted (a module would get them so), and
    without the tags of ansible-core 2.19, which make each copy cost ten times as much."""
    if isinstance(value, Mapping):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    for kind in (str, int, float):
        if isinstance(value, kind) and not isinstance(value, bool):
            return kind(value)
    return str(value) if getattr(value, "__ENCRYPTED__", False) else value


def as_data(value: Any) -> Any:
    """The value of a host's variable from elsewhere than the user's own YAML, so that no text in it is ever run as a template: what a phone
    calls itself must not become code.

    Before ansible-core 2.19 texts in variables are templates unless they are marked; from 2.19 on they are none unless they are marked.
    ``ansible-inventory --list`` shows either mark as ``__ansible_unsafe``, so only texts that could be templates bear it.
    """
    if isinstance(value, Mapping):
        return {key: as_data(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_data(part) for part in value]
    return _marked(value) if isinstance(value, str) else value


@functools.lru_cache(maxsize=10_000)
def _marked(text: str) -> str:
    """Phones say much the same, and marked texts are large: one for all of them."""
    return wrap_var(text) if re.search(r"[{}]", text) else _harmless(text)
