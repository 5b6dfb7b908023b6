# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the options ``src`` and ``schema`` name. They are on the controller, wherever the task runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ansible.errors import AnsibleError

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.desired import Carried

VARIABLES = ("schema",)
"""Options that a variable ``ansible_vvx_*`` may set."""


class Portable(Protocol):
    """Reads the files that the options name, for a host that does not have them. ``keep``: whether the schema cache
    may be written."""

    def __call__(self, params: Mapping[str, Any], keep: bool) -> Carried: ...


def found(params: Mapping[str, Any], find: Callable[[str, str], str]) -> dict[str, Any]:
    """The options with absolute paths. ``find``: an action's ``_find_needle``, which looks where ansible.builtin.copy
    does: in ``files`` of the role and beside the playbook, and beside that. Raises SettingsError for a file that does
    not exist."""
    paths = {name: [_path(name, path, find) for path in params[name]] for name in ("src", "schema") if params.get(name)}
    return {**params, **paths}


def _path(option: str, path: str, find: Callable[[str, str], str]) -> str:
    try:
        return str(find("files", path))
    except AnsibleError:
        raise SettingsError(
            f"{option}: {path} does not exist.", remedy="Paths are looked for in files and beside the playbook."
        ) from None
