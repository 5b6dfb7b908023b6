# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..module_utils._files import FileError
from ..module_utils._operations import config_validate
from ..module_utils._options.validate import between
from ..module_utils._phone.errors import BadValues, PhoneError, SettingsError
from ..module_utils._phone.settings import Settings
from ..module_utils._steps import desired
from ..module_utils._steps.desired import KNOWLEDGE, ORIGINS
from ..module_utils._steps.survey import Survey, survey
from ..module_utils._text import clean
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._console.words import count
from ..plugin_utils._doors.changing import refuse_changing
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.fleet import FleetDoor, Job
from ..plugin_utils._doors.storing import check_dest, file_mode, put_all
from ..plugin_utils._enroll import enrolling
from ..plugin_utils._enroll.enrolling import ANSWERED, ENROLLED, INCLUDE, MISSING, PREPARED, Outcome, Tally
from ..plugin_utils._enroll.folder import Folder, Wanted
from ..plugin_utils._enroll.waiting import Look, until_seen
from ..plugin_utils._report import validate
from ..plugin_utils._verdicts import Notes

_REPORT_INTERVAL = 30.0
"""Seconds between two lines about phones that are awaited."""
_MASTER_MODE = 0o644
_MODE = 0o640
_COPY_MODE = 0o600
"""Of copies, which may hold passwords, and which no server has to read."""


class ActionModule(FleetDoor):
    spec = enrolling.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        between("wait_timeout", params["wait_timeout"], 0, enrolling.LONGEST_WAIT, "seconds")
        self._params, self._mode = params, file_mode(params["mode"]) or _MODE
        self._place = str(self._loader.path_dwim(params["folder"]))
        if not os.path.exists(self._place):
            raise SettingsError(
                f"folder: {clean(self._place)} does not exist. Nothing was written or sent.",
                remedy="Name the folder of the provisioning server (vvx_folder), or make it.",
            )
        check_dest("folder", os.path.join(params["folder"], "x"), os.path.join(self._place, "x"))
        jobs = list(self._jobs(hosts, task_vars, params))
        values = self._checked(jobs)
        look = Look(_survey)
        tell(self._display, f"Looking at {count(len(jobs), 'phone')} to see which can be managed already")
        answered: dict[str, Survey] = {}
        unseen = until_seen(
            jobs, look, 0, params["workers"], lambda job, found: answered.update({job.host: found}), _pass
        )
        new = [job for job in jobs if job.host in unseen]
        wanted = self._wanted(new, values)
        files = self._written(new, wanted)
        outcomes = {job.host: self._outcome(job, ANSWERED, wanted, answered.get(job.host)) for job in jobs}
        changed = {file["path"] for file in files if file["changed"]}
        for job in new:
            outcomes[job.host] = self._outcome(job, PREPARED, wanted, None)
            outcomes[job.host].changed = outcomes[job.host].file in changed
        files += self._settle([job for job in jobs if job.host in answered], wanted)
        if new and params["wait_timeout"] and not self._task.check_mode:
            files += self._await(new, look, wanted, outcomes)
        return self._handed_over(hosts, Tally(list(outcomes.values()), self._task.check_mode), files)

    # -- before anything is sent or written

    def _job(self, host: str, said: ConnectionOptions, params: Mapping[str, Any]) -> Job:
        job = super()._job(host, said, params)
        if job.trouble is None and "password" not in self._connection_args:
            try:
                refuse_changing(said, "password", _settings(job).password)
            except PhoneError as error:
                return replace(job, trouble=error)
        return job

    def _checked(self, jobs: Sequence[Job]) -> dict[str, desired.Desired]:
        """The parameters of each phone, by host. Raises BadValues when everything that is wrong has been printed."""
        twins = enrolling.twins((job.host, job.settings.mac) for job in jobs if job.settings is not None)
        found = [self._problems(job) for job in jobs]
        for one in found:
            if one.host in twins:
                one.troubles.append(twins[one.host])
        groups = validate.groups(found)
        _values, error = validate.result(found, groups, "error", [])
        if error is not None:
            tell(self._display, validate.text(found, groups, columns(self._display), "polycom.vvx.validate"))
            raise BadValues(error.message, remedy="See above. Nothing was written or sent.")
        return {job.host: desired.read(_wish(job), keep=False) for job in jobs}

    def _problems(self, job: Job) -> validate.Found:
        found = validate.Found(job.host)
        if job.trouble is not None or job.settings is None:
            found.troubles.append(job.trouble or SettingsError("the variables of this host can't be used."))
            return found
        found.troubles += enrolling.troubles(job.settings, job.desired.parameters)
        found.problems, found.parameters = config_validate.found(_wish(job), job.knowledge)
        return found

    # -- files

    def _wanted(self, jobs: Sequence[Job], values: Mapping[str, desired.Desired]) -> Wanted:
        """Raises SettingsError if a file can't be written without harm to one that is there."""
        self._folder = Folder(self._place, self._params["overwrite"])
        phones = {
            _mac(job): enrolling.own_parameters(
                _settings(job), values[job.host].values, values[job.host].knowledge, self._params["secrets"]
            )
            for job in jobs
        }
        try:
            wanted = self._folder.wanted(phones)
        except FileError as error:
            raise SettingsError(f"folder: {error}.", remedy="Correct it. Nothing was written.") from error
        if wanted.refused:
            found = [validate.Found(job.host, 1) for job in jobs]
            for job, one in zip(jobs, found):
                if _mac(job) in wanted.refused:
                    one.troubles.append(SettingsError(wanted.refused[_mac(job)]))
            groups = validate.groups(found)
            tell(self._display, validate.text(found, groups, columns(self._display), None))
            raise SettingsError(
                f"folder: {count(len(wanted.refused), 'file')} can't be written as the folder is.",
                remedy="See above. Nothing was written.",
            )
        return wanted

    def _written(self, jobs: Sequence[Job], wanted: Wanted) -> list[dict[str, Any]]:
        files = self._put(wanted.backups, _COPY_MODE) + self._put(dict(wanted.phones.values()), self._mode)
        files += self._put(wanted.masters, _MASTER_MODE)  # last: they name files that are there by now
        changed = {file["path"] for file in files if file["changed"]}

        def shown(names: Sequence[str]) -> list[str]:
            paths = [os.path.join(self._place, name) for name in names]
            return [min(path, os.path.relpath(path), key=len) for path in paths if path in changed]

        own = shown([name for name, _content in wanted.phones.values()])
        lines = enrolling.written_text(
            own, own, shown(list(wanted.masters)), shown(list(wanted.backups)), self._params["secrets"],
            self._task.check_mode, columns(self._display),
        )  # fmt: skip
        tell(self._display, "\n".join(lines))
        return files

    def _put(self, contents: Mapping[str, bytes], mode: int) -> list[dict[str, Any]]:
        paths = {os.path.join(self._place, name): content for name, content in contents.items()}
        return put_all(paths, self._task.check_mode, mode)

    def _settle(self, jobs: Sequence[Job], wanted: Wanted) -> list[dict[str, Any]]:
        """Take out of the files of these phones what they have in their memory now."""
        if self._params["secrets"] == INCLUDE:
            return []
        names = {_mac(job): wanted.phones[_mac(job)][0] if _mac(job) in wanted.phones else None for job in jobs}
        folder = Folder(self._place)
        files = self._put(folder.settled(names), self._mode)
        for name, why in folder.unreadable.items():
            self._display.warning(
                f"{os.path.join(self._place, name)} can't be read ({why}), so it was left as it is. It may still hold "
                "the admin password. Correct it before its phone restarts, which could not read it either, and would "
                "have its REST API off."
            )
        return files

    # -- waiting

    def _await(
        self, jobs: Sequence[Job], look: Look, wanted: Wanted, outcomes: dict[str, Outcome]
    ) -> list[dict[str, Any]]:
        files: list[dict[str, Any]] = []
        told = float("-inf")

        def seen(job: Job, found: Survey) -> None:
            outcomes[job.host] = self._outcome(job, ENROLLED, wanted, found)
            outcomes[job.host].changed = True
            files.extend(self._settle([job], wanted))

        def watch(missing: Mapping[str, Survey], left: float) -> None:
            nonlocal told
            if time.monotonic() - told > _REPORT_INTERVAL:
                told = time.monotonic()
                tell(self._display, enrolling.progress(missing, len(jobs), left, columns(self._display)))

        missing = until_seen(jobs, look, self._params["wait_timeout"], self._params["workers"], seen, watch)
        by_host = {job.host: job for job in jobs}
        for host, found in missing.items():
            outcomes[host] = self._outcome(by_host[host], MISSING, wanted, None)
            if found.error is not None:
                outcomes[host].error = enrolling.explained(found.error)
        return files

    def _outcome(self, job: Job, state: str, wanted: Wanted, found: Survey | None) -> Outcome:
        own = wanted.phones.get(_mac(job))
        differs = None if found is None else bool(found.changes or found.unknown)
        return Outcome(job.host, job.address, state, own and os.path.join(self._place, own[0]), differs=differs)

    def _handed_over(self, hosts: Sequence[str], tally: Tally, files: list[dict[str, Any]]) -> dict[str, Any]:
        Notes("enrolled").put(hosts, {each.host: each.result() for each in tally.outcomes})
        tell(self._display, "\n".join(tally.text(columns(self._display), _ansible.inventories())))
        states = {file["path"]: False for file in files}
        for file in files:
            states[file["path"]] |= file["changed"]
        listed = [{"path": path, "changed": changed} for path, changed in states.items()]
        changed = any(states.values()) or any(each.changed for each in tally.outcomes)
        return {"changed": changed, **tally.values(listed)}


def _wish(job: Job) -> dict[str, Any]:
    return {"parameters": job.desired.parameters, ORIGINS: job.desired.origins, KNOWLEDGE: job.knowledge}


def _survey(job: Job, settings: Settings) -> Survey:
    found = survey(
        settings, ["device"], job.desired.parameters, None, job.memory, job.desired.origins, knowledge=job.knowledge
    )
    return found


def _settings(job: Job) -> Settings:
    if job.settings is None:
        raise SettingsError("the variables of this host can't be used.")
    return job.settings


def _mac(job: Job) -> str:
    return _settings(job).mac or ""


def _pass(_missing: Mapping[str, Survey], _left: float) -> None:
    """Nothing to say."""
