# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door that prepares a walk through phones in waves, together with the door for the hosts of a play or for a fleet.
The task on each phone is in ``walked``; what both share is in ``_rollout.run``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from ...module_utils._phone.errors import NO_ANSWER, PhoneError, SettingsError
from .. import _ansible
from .._console.order import natural
from .._console.sections import Section
from .._console.tell import columns, tell
from .._console.words import count
from .._deliver.places import is_url
from .._guards.phones import is_slice, refuse_slice
from .._rollout import journal, running, walking, walking_text
from .._rollout.plan_source import Source, refuse_no_journal
from .._rollout.run import APPLY, Looked, Rollout, Run, journal_name
from .._rollout.walking import OF_THE_TASKS, Errand, Note, Terms, is_pattern, site_of
from .._rollout.waves import canary_elsewhere, check_canary, rules
from .._rollout.window import window
from .._values import plain
from .._verdicts import FAILED, UNREACHABLE, Verdicts
from .hosts import HostsDoor
from .journals import journals
from .state import STATE_PATH, Spot, Unusable, check, fleeting, in_awx
from .templating import templating


class Walking(HostsDoor):
    """Base of the task that prepares a walk: ``class ActionModule(Walking, FleetDoor)``. It calls ``terms`` before it
    sends anything, and ``begin_walk`` when it knows what each phone gets. ``kind``: of the job. ``whole``: why it needs
    all phones in one job, as the end of a sentence; empty where each slice of an AWX job may walk through its own. The
    options of the task have those of WALK."""

    kind: ClassVar[str]
    whole: ClassVar[str] = ""

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        self.forget_walk()
        return super().work(task_vars)

    def forget_walk(self) -> None:
        """What a task before this one has prepared must not run if this one fails."""
        self._remarks: list[str] = []
        Run().begin(Rollout("", (), kind=type(self).kind), {})

    def terms(
        self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any], folder: str | None = None
    ) -> Terms:
        """Under which phones are changed. ``folder``: of the journal, where the task does not say it; otherwise in
        the state folder. Raises SettingsError for wrong options, a closed window, and a slice of a job that needs
        all phones."""
        variables = _ansible.extra_variables(task_vars["hostvars"])
        self._part = journal.slice_key(hosts) if is_slice(variables) else ""
        if type(self).whole:
            refuse_slice(variables, type(self).whole)
        given = rules(params["canary"], params["wave"], params["max_failures"])
        if self._part and type(self).kind != APPLY:  # which knows all phones of its plan
            self._remarks += canary_elsewhere(given, hosts)
        elif folder is None and type(self).kind != APPLY:
            check_canary(given, hosts, "host of the play")
        now = time.time()
        night = window(params["window"] or "", params["time_zone"] or "", now)
        if night and not params["time_zone"] and in_awx():
            self._display.warning(
                f"The window is in {time.strftime('%Z')}, the time of the execution environment. Set vvx_time_zone."
            )
        closed = night.refusal(now) if night else ""
        if closed and not self._task.check_mode:
            raise SettingsError(
                f"{closed[:1].lower()}{closed[1:]} Nothing was sent.",
                remedy="Start it while the window is open, or change window (vvx_window).",
            )
        self._folder = self._journal_folder(params, task_vars, folder)
        kept = None if self._task.check_mode else self._folder
        options = {name: params[name] for name in OF_THE_TASKS}
        share = count(len(hosts), "phone") if self._part else ""
        return Terms(given, None if closed else night, closed, kept, options, self._part, share)

    def plan_source(self, params: Mapping[str, Any], task_vars: Mapping[str, Any]) -> Source:
        """Where the plan is. Raises SettingsError where its journal would have no place that lasts."""
        place = params["plan"] or ""
        if place and not is_url(place):
            place = str(self._loader.path_dwim(place))
        source = Source(place, params["packed_plan"] or "")
        with self.refusal():
            refuse_no_journal(source, params["journal"], params.get("state_path") or task_vars.get(STATE_PATH))
        return source

    @contextlib.contextmanager
    def refusal(self) -> Iterator[None]:
        """What refuses a run in this block, check mode only tells."""
        try:
            yield
        except SettingsError as error:
            if not self._task.check_mode:
                raise
            self._remarks.append(walking_text.would_be_refused(error))

    def journal(self, errand: Errand) -> journal.Journal:
        """Of this errand. ``terms`` has found its folder."""
        return journal.Journal(self._folder, journal_name(errand.kind, errand.id), self._part)

    def begin_walk(
        self,
        errand: Errand,
        wishes: Mapping[str, Mapping[str, Any]],
        terms: Terms,
        params: Mapping[str, Any],
        task_vars: Mapping[str, Any],
        notes: Sequence[Note] = (),
        said: Sequence[Section] = (),
        settled: Sequence[str] = (),
        lost: Mapping[str, PhoneError] = types.MappingProxyType({}),
    ) -> dict[str, Any]:
        """Cut the waves, print them and begin the walk; the result of the task. ``wishes``: what each phone gets that
        has something to get, as JSON and never a secret; what earlier runs have finished counts for the canary alone,
        because the phones were just looked at. ``said``: what to print before the waves. ``settled``: phones that have
        all already, and ``lost``: that could not be read; the summary counts both, and vvx_verdict marks the latter.
        Raises SettingsError."""
        kept = self.journal(errand)
        steps = kept.steps()
        here = set(map(str, task_vars["ansible_play_hosts_all"]))
        finished = {host for host, step in steps.items() if step.state in journal.FINISHED and host in here}
        hosts = sorted({*wishes, *finished}, key=natural)
        sites = self.sites(sorted(wishes, key=natural), task_vars, params["wave_by"] or "")
        made = walking.walk(errand, hosts, terms, steps, sites, notes, open_hosts=wishes)
        looked = Looked(list(settled), {host: _told(error) for host, error in lost.items()})
        Verdicts().put(here, {host: _verdict(host, error) for host, error in lost.items()})
        return self.started(made, wishes, terms.closed, said, looked)

    def started(
        self,
        made: walking.Walk,
        wishes: Mapping[str, Mapping[str, Any]],
        closed: str,
        said: Sequence[Section] = (),
        looked: Looked | None = None,
    ) -> dict[str, Any]:
        """Begin a walk, and print it. Raises SettingsError where the journal can't be written, or another run is
        changing one of its phones."""
        kept, rollout = self.journal(made.errand), made.rollout
        phones = [host for wave in rollout.waves for host in wave.hosts]
        writes = bool(phones) and not self._task.check_mode
        if phones and not writes:
            with self.refusal():
                kept.refuse_unwritable()
                running.refuse_running(self._folder, phones, kept)
        if writes:
            running.refuse_running(self._folder, phones, kept)
            rollout = dataclasses.replace(rollout, run=kept.open(phones))
            self._warn_of_what_is_not_locked(running.trouble(kept))
        Run().begin(rollout, wishes, made.begun, made.lines, looked)
        shown = min(os.path.relpath(kept.path), kept.path, key=len)
        tell(self._display, "\n".join(walking_text.text(made, columns(self._display), closed, shown, said)))
        warnings = [*([closed] if closed else []), *self._remarks]
        return {
            **walking.result(made),
            "msg": " ".join(filter(None, (walking_text.headline(made), walking_text.of_the_slice(made)))),
            "journal": kept.path if writes else None,
            **({"warnings": warnings} if warnings else {}),
        }

    def sites(self, hosts: Sequence[str], task_vars: Mapping[str, Any], wave_by: str) -> dict[str, str] | None:
        """Of each host; None if waves are cut by nothing. Raises SettingsError if no host has one."""
        if not wave_by:
            return None
        found = {host: self.site(wave_by, variables) for host, variables in self.each(hosts, task_vars)}
        refuse_siteless(wave_by, found)
        return found

    def site(self, wave_by: str, variables: Mapping[str, Any]) -> str:
        """Of the host with these variables."""
        if is_pattern(wave_by):
            return site_of(wave_by, map(str, variables.get("group_names", ())))
        with templating(f"the variable {wave_by}"):
            found = plain(self._templar.template(variables.get(wave_by)))
        return "" if found is None else str(found)

    def _journal_folder(self, params: Mapping[str, Any], task_vars: Mapping[str, Any], usual: str | None) -> str:
        if params["journal"]:
            return str(self._loader.path_dwim(params["journal"]))
        if usual is not None:
            self._warn_of_the_project(usual)
            return usual
        with templating(f"the variable {STATE_PATH}"):
            given = params.get("state_path") or plain(self._templar.template(task_vars.get(STATE_PATH)))
        try:
            spot = journals(given)
        except Unusable as error:
            raise SettingsError(
                f"journal: {error}. Nothing was sent.", remedy="Set journal (vvx_journal) to a folder that lasts."
            ) from error
        if not self._task.check_mode:
            self._warn_of_what_does_not_last(spot)
        return spot.path

    def _warn_of_what_is_not_locked(self, trouble: str) -> None:
        if trouble:
            self._display.warning(
                f"journal: {trouble}. So nobody notices a second run that changes the same phones at the same time. "
                "See that there is none."
            )

    def _warn_of_the_project(self, folder: str) -> None:
        """Beside a plan, which may be in the project of a job."""
        if why := fleeting(folder):
            self._display.warning(
                f"journal: {folder} {why}. Without it, the next run does not know which phones this one has changed. "
                "Set journal (vvx_journal) to a folder that lasts."
            )

    def _warn_of_what_does_not_last(self, spot: Spot) -> None:
        try:
            check(spot)
        except Unusable as error:
            self._display.warning(
                f"journal: {error}. If this run is interrupted, the next one does not know which phones it had begun. "
                "Set journal (vvx_journal) to a folder that lasts."
            )


def refuse_siteless(wave_by: str, sites: Mapping[str, str]) -> None:
    """Raises SettingsError if waves are to be cut by something that no phone has."""
    if sites and not any(sites.values()):
        what = "is in a group" if is_pattern(wave_by) else "has a variable"
        raise SettingsError(
            f"wave_by: no phone {what} {wave_by}. Nothing was sent.",
            remedy="Name a variable of the phones, or their groups with a pattern such as site_*.",
        )


def _told(error: PhoneError) -> dict[str, str]:
    return {"kind": error.kind, "text": " ".join(filter(None, (error.message, error.remedy)))}


def _verdict(host: str, error: PhoneError) -> tuple[str, str]:
    told = _told(error)
    return UNREACHABLE if error.kind in NO_ANSWER else FAILED, f"{host}: {told['kind']}: {told['text']}"
