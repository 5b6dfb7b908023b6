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
from ..module_utils._phone.errors import SettingsError
from ..module_utils._steps.result import Result, as_dict
from ..module_utils._text import clean
from ..plugin_utils import _ansible
from ..plugin_utils._deliver import delivering
from ..plugin_utils._deliver.archive import archive
from ..plugin_utils._deliver.delivering import ARTIFACT, File
from ..plugin_utils._deliver.files import LARGEST
from ..plugin_utils._deliver.login import NotDelivered, from_environment
from ..plugin_utils._doors.base import Door
from ..plugin_utils._doors.state import of_files
from ..plugin_utils._guards.phones import is_slice


class ActionModule(Door):
    spec = delivering.SPEC

    _supports_async = False

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        params = validated(self.spec, self.arguments(), action=self._task.action)
        between("timeout", params["timeout"], 0.1, delivering.LONGEST, "s")
        given = os.environ.get("VVX_DELIVER_TO", "").split(",") if params["to"] is None else params["to"]
        to = delivering.places(given)
        paths = [str(self._loader.path_dwim(path)) for path in params["files"]]
        if not to or not paths:
            return as_dict(Result(skip="no place to deliver files to is set." if not to else "no files to deliver."))
        warnings = [text for place in to for text in of_files("to (vvx_deliver_to)", place)]
        if params["archive"] and ARTIFACT in to:
            why = f"{clean(params['archive'])}: an archive is not put into an artifact."
            what = "Name a folder or a URL: the configuration of phones may hold secrets, and is too large."
            to.remove(ARTIFACT)
            if not to and params["to"] is not None:
                raise SettingsError(why, remedy=what)
            if not to:  # the credential of a job that is for all playbooks
                return {**as_dict(Result(skip=why)), "warnings": [f"{why} {what}"]}
            warnings.append(why)
        part = delivering.part_of(self._hosts(task_vars), self._sees_all(task_vars)) if params["by_hosts"] else ""
        files = self._archive(params["archive"], paths) if params["archive"] else self._files(paths)
        files = [replace(file, name=delivering.in_part(file.name, part)) for file in files]
        login = delivering.login(params, from_environment(os.environ))
        result = self._outcome(delivering.deliver(files, to, login, params["method"], self._task.check_mode))
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
            mode = 0o600 if content is None else stat.S_IMODE(os.stat(path).st_mode)
            found.append(File(name, content or b"", mode))
        return found

    def _outcome(self, done: delivering.Delivery) -> dict[str, Any]:
        changed = any(each["changed"] for each in done.delivered)
        values = {"delivered": done.delivered, "msg": delivering.told(done, self._task.check_mode)}
        if done.errors:
            first, *others = done.errors
            if others:
                first.say_more(f"So it is with others: {len(others)} more.")
            return as_dict(Result(changed, values, error=first))
        if self._task.check_mode:
            return as_dict(Result(changed, values))
        return {**as_dict(Result(changed, values)), "ansible_stats": delivering.statistics(done)}
