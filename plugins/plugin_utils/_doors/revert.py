# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The doors that give phones values back: ``Reverting`` reads all phones and prepares it, ``RevertDoor`` does it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._phone.errors import PhoneError
from ...module_utils._text import hide_logins
from .._console.tell import columns
from .._rollout import journal, reverting, reverting_text
from .._rollout.reverting import HAS_LOGIN, IS_SECRET, LEAVE, REVERT, Reversal, Target
from .._rollout.run import Job
from .._rollout.running import refuse_running
from .._rollout.walking import WALK, Errand, Note, Terms
from .config_walk import ConfigWalkedDoor
from .connection_options import ConnectionOptions
from .fleet import FleetDoor
from .layers import Merged, merge, roots_of
from .walk import Walking

ROLLBACK, RESTORE = "rollback", "restore"
SPEC = WALK.merge(REVERT)
_MOVED = "the phone has changed since it was read. Nothing was written. Run the same command again."


class Reverting(Walking, FleetDoor):
    """Base of the tasks that prepare it. A subclass finds the targets and calls ``revert``."""

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def revert(
        self,
        errand: Errand,
        targets: Mapping[str, Mapping[str, Target]],
        secret: Mapping[str, Sequence[str]] | None,
        params: Mapping[str, Any],
        terms: Terms,
        task_vars: Mapping[str, Any],
        notes: Sequence[Note] = (),
    ) -> dict[str, Any]:
        """Read the phones and begin the walk. ``targets``: by host. ``secret``: the names of each host's secrets that
        were changed; None for all that its layers have."""
        self._targets, self._secret, self._asked = targets, secret, params
        self._left: dict[str, dict[str, str]] = {}
        steps = self.journal(errand).steps()
        made: dict[str, Reversal] = {}
        lost: dict[str, PhoneError] = {}
        for job, found in self.survey(list(targets), task_vars, [], {**params, "unknown_parameters": "skip"}):
            if found.error is not None:
                lost[job.host] = found.error
                continue
            reversal = reverting.reverse(
                targets[job.host],
                found,
                job.knowledge,
                self._left.get(job.host, {}),
                bool(params.get("force")),
                job.host in steps and steps[job.host].state in journal.HALF_WRITTEN,
                params["inherited"],
            )
            made[job.host] = reversal
            if reversal.stale is not None:
                lost[job.host] = reversal.stale
        going = {host: each for host, each in made.items() if host not in lost}
        wishes = {host: each.as_wish() for host, each in going.items() if each.values or each.secrets}
        settled = [host for host in targets if host in going and host not in wishes]
        with self.refusal():
            refuse_running(self._folder, targets)
        self.found_as_before(settled)
        stale = [host for host in targets if host in made and made[host].stale is not None]
        unread = [host for host in targets if host in lost and host not in made]
        finished = {host for host, step in steps.items() if step.state in journal.FINISHED}
        fresh = [host for host in settled if host not in finished]
        everything = (
            Note("as_before", fresh, "with nothing to get back", named=False),
            Note("changed_since", stale, "changed by somebody else since, left alone"),
            Note("not_read", unread, "could not be read, left out"),
            *notes,
        )
        options = {**terms.options, **{name: params[name] for name in (*reverting.OF_THE_TASKS, "layers", "sensitive")}}
        terms = dataclasses.replace(terms, options=options)
        said = list(reverting_text.sections(made, columns(self._display)))
        result = self.begin_walk(errand, wishes, terms, params, task_vars, everything, said, settled, lost)
        left = {name: hosts for names in reverting.reasons(going).values() for name, hosts in names.items()}
        return {
            **result,
            "overrides": reverting.counted(reverting.overrides(going)),
            "not_restored": reverting.counted(left),
        }

    def found_as_before(self, hosts: Sequence[str]) -> None:
        """These phones have all that they are to have again."""

    def unfit(self, host: str) -> Mapping[str, str]:
        """Values that no phone can be sent, and why."""
        return {}

    def wanted(self, host: str, said: ConnectionOptions, layers: Sequence[str], roots: tuple[str, ...]) -> Merged:
        """The values of the targets, and with them the secrets that the inventory has, if it was asked for these."""
        targets = self._targets[host]
        left = self._left[host] = reverting.unwritable(targets, self._asked["inherited"])
        secret = None if self._secret is None else self._secret.get(host, ())
        wanted = Merged({name: target.value for name, target in targets.items() if name not in left})
        known = self._knowledge(said, self._own(said, self._asked)["sensitive"])
        for name, value in list(wanted.parameters.items()):
            if known.is_secret(name) or hide_logins(value) != value:  # what phones get is in files of the run
                left[name] = IS_SECRET if known.is_secret(name) else HAS_LOGIN
                del wanted.parameters[name]
        left |= self.unfit(host)
        if self._asked["secrets"] == LEAVE:
            left |= dict.fromkeys(secret or (), IS_SECRET)
            return wanted
        merged = super().wanted(host, said, layers, roots)
        for name, value in merged.parameters.items():
            if known.is_secret(name) and (secret is None or name in secret):
                wanted.parameters[name] = value
                left.pop(name, None)
        left |= {name: IS_SECRET for name in secret or () if name not in wanted.parameters}
        return wanted


class RevertDoor(ConfigWalkedDoor):
    """Base of vvx_revert: what vvx_config does, with the values that were prepared."""

    kinds = (ROLLBACK, RESTORE)
    unprepared = (
        "nothing was prepared that could be given back.",
        "Run polycom.vvx.rollback or polycom.vvx.restore, or vvx_rollback or vvx_restore earlier in the same run.",
    )
    left_out = "the phone has nothing to get back"

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        outcome = super().work(task_vars)
        if self._job is None or "wave" not in outcome:
            return outcome
        wish = self._job.wish
        if (outcome.get("error") or {}).get("kind") == "stale":
            outcome["msg"] = f"{self._job.host}: {_MOVED}"
        return {**outcome, "overrides": list(wish["overrides"]), "not_restored": dict(wish["left"])}

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        wish = job.wish
        secret: dict[str, Any] = {}
        if wish["secrets"]:
            merged = merge(job.options["layers"], task_vars, self._templar.template, roots_of(task_vars)).parameters
            secret = {name: merged[name] for name in wish["secrets"] if name in merged}
        return {
            **self.of_the_walk(job, params),
            "parameters": {**wish["values"], **secret},
            "layers": [],
            "expected": {name: now for name, now in wish["now"].items() if name in wish["values"] or name in secret},
            "update_secrets": "always" if secret else "never",
        }
