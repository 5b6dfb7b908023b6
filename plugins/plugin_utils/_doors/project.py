# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of the user's project, wherever Ansible was started: a plan names files relative to it."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence

from ...module_utils._phone.errors import SettingsError
from .. import _ansible

_MARKS = ("ansible.cfg", ".git")


def project_of(given: str | None, inventories: Sequence[str], absolute: Callable[[str], str]) -> str:
    """The folder that was given; else the nearest one above the inventory that has an ansible.cfg or is a Git
    repository; else that of the inventory. Raises SettingsError for a given one that does not exist.

    ``inventories``: as ansible-playbook got them; what is no path is left out. Without any it is the working folder
    that counts.
    """
    if given:
        folder = absolute(given)
        if not os.path.isdir(folder):
            raise SettingsError(
                f"project: {given} is no folder. Nothing was sent.", remedy="Set it to the folder of your project."
            )
        return folder
    sources = [os.path.abspath(each) for each in inventories if os.path.exists(each)]
    folders = [each if os.path.isdir(each) else os.path.dirname(each) for each in sources]
    start = os.path.commonpath(folders) if folders else os.getcwd()
    folder = start
    while not any(os.path.lexists(os.path.join(folder, mark)) for mark in _MARKS):
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above
    return folder


def in_project(path: str) -> str:
    """The whole path of something that all runs of a project share, whichever playbook they run."""
    return os.path.join(_project_of_this_run(os.getcwd()), os.path.expanduser(path))


@functools.cache
def _project_of_this_run(_working_folder: str) -> str:
    return project_of(None, _ansible.inventories(), os.path.abspath)
