# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door for actions that run once for all hosts of a play, each with the variables of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...module_utils._files import same
from ...module_utils._phone.errors import SettingsError
from .. import _ansible
from .base import Door
from .storing import check_dest

_LISTS = ("ansible_play_hosts", "ansible_play_hosts_all", "ansible_play_batch", "play_hosts")


class HostsDoor(Door):
    """Base of actions on all hosts. A subclass defines ``work``."""

    BYPASS_HOST_LOOP = True
    _supports_async = False

    def refuse_batches(self, remedy: str) -> None:
        """Raises SettingsError if the play goes through its hosts in batches."""
        if any(str(portion) != "100%" for portion in self._task.play.serial):
            raise SettingsError("serial: this task looks at all phones of the play at once.", remedy=remedy)

    def each(self, hosts: Sequence[str], task_vars: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """One host after the other with its variables, not templated; ``_templar`` renders with these meanwhile. They
        are read once and not kept."""
        before = self._templar.available_variables
        try:
            for host in hosts:
                variables = _ansible.task_variables(task_vars["hostvars"], host, self._task.play, self._task)
                # The lists of all hosts, which Ansible would make anew for each.
                variables.update({name: task_vars[name] for name in _LISTS if name in task_vars})
                variables["hostvars"] = task_vars["hostvars"]
                self._templar.available_variables = variables
                yield host, variables
        finally:
            self._templar.available_variables = before

    def paths(self, given: Mapping[str, str]) -> dict[str, str]:
        """Absolute paths of files to write, by option. Raises SettingsError for one that can't be written."""
        paths = {option: str(self._loader.path_dwim(path)) for option, path in given.items()}
        for option, path in paths.items():
            check_dest(option, given[option], path)
        if any(same(one, other) for one, other in itertools.combinations(paths.values(), 2)):
            raise SettingsError(
                f"{', '.join(paths)}: two of them are the same file.", remedy="Give each a file of its own."
            )
        return paths
