# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of a task's variables the user has set.

Ansible adds address, port and user of the connection where they are missing. If the task is delegated these are the
other host's, and some are meant for SSH: they must not be used for a phone.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleError

from .. import _ansible
from .connection_options import LOCAL_NAMES

OUR_CONNECTION = "polycom.vvx.rest"
LOCAL_CONNECTION = "ansible.builtin.local"
_SSH_NAMES = {"ansible_ssh_host", "ansible_ssh_port", "ansible_ssh_user"}
"""Ansible copies the values of these to ``ansible_host``, ``ansible_port`` and ``ansible_user``."""


def set_by_user(
    task: Any, task_vars: Mapping[str, Any], connection: str, loader: Any, templar: Any, exact: bool
) -> Container[str]:
    """The names of the variables that somebody has set for this host. ``connection``: the name of its plugin.
    ``exact``: leave out Ansible's additions even where they do no harm, to show the true source of each value."""
    if not exact and _additions_are_harmless(task, task_vars, connection):
        return task_vars
    names = set(task.get_vars()) | _ansible.role_variable_names(task)
    if task.play is not None:
        names.update(task.play.get_vars())
        for entry in _ansible.variables_files(task.play):
            names.update(_names_in(entry, loader, templar))
    if "hostvars" in task_vars:
        names.update(_ansible.variable_names(task_vars["hostvars"], task_vars["inventory_hostname"]))
    return names


def _additions_are_harmless(task: Any, task_vars: Mapping[str, Any], connection: str) -> bool:
    """Whether Ansible can only have added this host's name and the user's -u and -k. Saves a millisecond a phone."""
    return (
        task.delegate_to is None
        and connection in ("ansible.builtin.ssh", LOCAL_CONNECTION, OUR_CONNECTION)
        and C.DEFAULT_REMOTE_PORT is None
        and _SSH_NAMES.isdisjoint(task_vars)
        and task_vars.get("inventory_hostname") not in LOCAL_NAMES
    )


def _names_in(entry: Any, loader: Any, templar: Any) -> set[str]:
    """The names of the variables in an entry of vars_files: one file, or several of which the first that exists
    counts."""
    for name in [entry] if isinstance(entry, str) else entry or []:
        try:
            return set(loader.load_from_file(loader.path_dwim(templar.template(name))) or {})
        except AnsibleError:
            continue
    return set()
