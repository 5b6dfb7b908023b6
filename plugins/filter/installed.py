# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which collections are not there. The .yml file here documents it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils import _ansible
from ..plugin_utils._values import plain


def missing_collections(names: Any) -> list[str]:
    """Those of the collections that Ansible does not find."""
    given = plain(names)
    if not isinstance(given, list) or not all(isinstance(name, str) and _is_name(name) for name in given):
        raise AnsibleFilterError("polycom.vvx.missing_collections takes a list of names such as awx.awx.")
    return [name for name in given if not _is_there(name)]


def _is_name(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 2 and all(part.isidentifier() for part in parts)


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(f"ansible_collections.{name}") is not None
    except ImportError:
        return False


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"missing_collections": missing_collections})
