# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the options ``src`` and ``schema`` name. They are on the controller, wherever the task runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ansible.errors import AnsibleError

from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.desired import MODEL, RENDER, Carried, Render
from .. import _ansible
from .._values import plain
from .templating import templating

VARIABLES = ("schema",)
"""Options that a variable ``ansible_vvx_*`` may set."""


class Portable(Protocol):
    """Reads the files that the options name, for a host that does not have them. ``keep``: whether the schema cache
    may be written."""

    def __call__(self, params: Mapping[str, Any], keep: bool) -> Carried: ...


def found(
    params: Mapping[str, Any],
    find: Callable[[str, str], str],
    template: Callable[..., Any],
    variables: Mapping[str, Any],
) -> dict[str, Any]:
    """The options with absolute paths, and with what reading ``src`` needs of the host. Raises SettingsError for a
    file that does not exist.

    ``find``: an action's ``_find_needle``, which looks where ansible.builtin.copy does: in ``files`` of the role and
    beside the playbook, and beside that. ``template``: renders with the variables of the task's host.
    """
    result = dict(params)
    for name in ("src", "schema"):
        if params.get(name):
            result[name] = [_path(name, path, find) for path in params[name]]
    if params.get("src"):
        facts = variables.get("vvx")
        model = facts.get("model") if isinstance(facts, Mapping) else None
        result |= {RENDER: _rendering(template), MODEL: model if isinstance(model, str) else None}
    return result


def _rendering(template: Callable[..., Any]) -> Render:
    def render(text: str, path: str) -> str:
        with templating(path, "Correct the file, or the variables of this host."):
            return str(plain(template(_ansible.as_trusted(text), escape_backslashes=False)))

    return render


def _path(option: str, path: str, find: Callable[[str, str], str]) -> str:
    try:
        return str(find("files", path))
    except AnsibleError:
        raise SettingsError(
            f"{option}: {path} does not exist.", remedy="Paths are looked for in files and beside the playbook."
        ) from None
