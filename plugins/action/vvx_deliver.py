# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..module_utils import _files
from ..module_utils._options.validate import between, validated
from ..module_utils._steps.result import Result, as_dict
from ..module_utils._text import clean
from ..plugin_utils import _ansible
from ..plugin_utils._deliver import delivering
from ..plugin_utils._deliver.archive import archive
from ..plugin_utils._deliver.artifact import Artifact
from ..plugin_utils._deliver.delivering import File
from ..plugin_utils._deliver.files import LARGEST
from ..plugin_utils._deliver.login import LONGEST, SHORTEST, NotDelivered, from_environment
from ..plugin_utils._doors.base import Door
from ..plugin_utils._doors.state import of_files
from ..plugin_utils._guards.phones import is_slice
from ..plugin_utils._handover import stats


class ActionModule(Door):
    spec = delivering.SPEC

    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        params = validated(self.spec, self.arguments(), action=self._task.action)
        if params["timeout"] is not None:
            between("timeout", params["timeout"], SHORTEST, LONGEST, "s")
        paths = [str(self._loader.path_dwim(path)) for path in params["files"]]
        where = delivering.chosen(params, os.environ)
        if not where.to or not paths:
            skipped = as_dict(Result(skip=where.why_none or "no files to deliver."))
            return {**skipped, "warnings": where.warnings} if where.warnings else skipped
        warnings = [*(text for place in where.to for text in of_files("to (vvx_deliver_to)", place)), *where.warnings]
        part = delivering.part_of(self._hosts(task_vars), self._sees_all(task_vars)) if params["by_hosts"] else ""
        files = self._archive(params["archive"], paths) if params["archive"] else self._files(paths)
        files = [replace(file, name=delivering.in_part(file.name, part)) for file in files]
        login = delivering.login(params, from_environment(os.environ))
        artifact = Artifact(None if self._task.check_mode else _ansible.run_folder())
        done = delivering.deliver(files, where.to, login, artifact, params["method"], self._task.check_mode)
        result = self._outcome(done, artifact)
        return {**result, "warnings": warnings} if warnings else result

    def _hosts(self, task_vars: Mapping[str, Any]) -> list[str]:
        return [str(host) for host in task_vars["ansible_play_hosts_all"]]

    def _sees_all(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the play is of all phones, as far as a play can tell."""
        extra = _ansible.extra_variables(task_vars["hostvars"])
        chosen = extra.get("vvx_hosts") not in (None, "", "phones")
        return not (chosen or _ansible.is_limited() or is_slice(extra))

    def warn_of_names(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> None:
        """Not here: the tasks that ask phones do it."""

    def _archive(self, name: str, paths: Sequence[str]) -> list[File]:
        delivering.check_names("archive", [name])
        there = [path for path in paths if os.path.exists(path) or not self._task.check_mode]
        return [File(name, archive(name, there))]

    def _files(self, paths: Sequence[str]) -> list[File]:
        """What is not there is an error; in check mode the tasks before have not written it."""
        names = [os.path.basename(path) for path in paths]
        delivering.check_names("files", names)
        found = []
        for name, path in zip(names, paths, strict=True):
            try:
                content = _files.read(path, LARGEST)
            except _files.FileError as error:
                raise NotDelivered(f"{name}: not delivered: {error}.", remedy="Check the file.") from None
            if content is None and not self._task.check_mode:
                raise NotDelivered(
                    f"{name}: not delivered: there is no {clean(path)}.",
                    remedy="Check files, and that the task before has written it.",
                )
            state = _files.state(path)
            found.append(File(name, content or b"", stat.S_IMODE(state.st_mode) if state else 0o600))
        return found

    def _outcome(self, done: delivering.Delivery, artifact: Artifact) -> dict[str, Any]:
        """Ansible takes no statistics of a task that fails: then the callback summary hands them over."""
        changed = any(each["changed"] for each in done.delivered)
        values = {"delivered": done.delivered, "msg": delivering.told(done, self._task.check_mode)}
        result = as_dict(Result(changed, values, error=done.failure()))
        if self._task.check_mode or done.errors:
            return result
        return {**result, "ansible_stats": stats(**artifact.statistics())}
