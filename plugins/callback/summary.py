# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: summary
type: aggregate
version_added: 0.1.0
short_description: What a run did to the phones, in one screen
description:
  - After the recap, prints how many phones changed, failed or were unreachable, the parameters that differ most, which
    phones need a restart, secrets that were left alone, failures grouped by cause, and the next step. At most 40 lines,
    whatever the number of phones. Where no play had a host, it says so, and what to check.
  - The playbooks of this collection have it, also where C(import_playbook) brings them in. For plays of your own, with
    or without a role of this collection, enable it.
  - With C(--diff), shows equal differences of M(polycom.vvx.vvx_config) once, with the phones they are about.
  - Hands a digest of the run over as the custom statistic C(vvx_summary), as M(ansible.builtin.set_stats) does. In AWX
    it is an artifact of the job. It is there even if every phone failed. So are C(polycom_vvx_facts),
    C(polycom_vvx_backup) and C(polycom_vvx_configure), after such tasks, and what M(polycom.vvx.vvx_deliver) has
    delivered, also if it failed in the end. If a run hands over more than 650,000 bytes, the digest is cut first, and
    then the largest of these is left out, with a warning.
  - These variables are read from the extra variables, the play, or the inventory, where the play's first host counts.
  - C(vvx_summary=false) turns it off.
  - C(vvx_summary_file=run.json) writes everything about each phone to this file, and names of hosts for C(--limit) to
    C(run.failed) and C(run.restart).
  - C(vvx_diff=each) leaves the differences with each phone, as Ansible shows them.
author:
  - the polycom.vvx contributors (!UNKNOWN)
requirements:
  - where it is not there by itself, C(callbacks_enabled=polycom.vvx.summary) in C(ansible.cfg) or
    C(ANSIBLE_CALLBACKS_ENABLED=polycom.vvx.summary) in the environment
"""

from dataclasses import replace
from typing import Any

from ansible import constants
from ansible.plugins.callback import CallbackBase

from ..module_utils._files import FileError
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns
from ..plugin_utils._deliver.artifact import Artifact
from ..plugin_utils._handover import LARGEST, LARGEST_ALTOGETHER, size, too_much
from ..plugin_utils._rollout.run import ROTATE, Run
from ..plugin_utils._summary import current
from ..plugin_utils._summary.collect import COLLECTION, STATISTIC, Collector
from ..plugin_utils._summary.details import store
from ..plugin_utils._summary.diffs import diffs
from ..plugin_utils._summary.digest import LARGEST_STATS, Digest, as_stats, digest
from ..plugin_utils._summary.handover import statistics
from ..plugin_utils._summary.text import Hints, nobody, restart_command, text
from ..plugin_utils._surveyed import Found, Surveyed

_SURVEY = "polycom.vvx.vvx_survey"
_COLORS = {"+": constants.COLOR_DIFF_ADD, "-": constants.COLOR_DIFF_REMOVE}


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "polycom.vvx.summary"

    _working: CallbackModule | None = None
    """The one that works where several were loaded: enabled, beside a playbook and in a role."""

    def __init__(self) -> None:
        super().__init__()
        old = _ansible.complaint()
        if old:
            self._display.warning(f"{self.CALLBACK_NAME} is off: {old}")
        if old or CallbackModule._working is not None:
            self.disabled = True
            return
        CallbackModule._working = self
        self._collector = Collector()
        self._rollouts: list[Run] = []
        self._file = ""
        self._handed_over = False
        self._made: Digest | None = None
        self._plays: list[str] = []
        """Their patterns of hosts."""
        self._empty = 0
        self._ours = False

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._plays, self._empty, self._ours = [], 0, False
        if not self._handed_over:
            self._handed_over = _ansible.before_recap(self._hand_over)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        said = _ansible.play_variables(play, ("vvx_summary", "vvx_summary_file", "vvx_diff"))
        wanted = _is_true(said.get("vvx_summary"))
        current.collector = self._collector if wanted else None
        current.diffs_once = wanted and _ansible.is_diff_run() and said.get("vvx_diff") != "each"
        self._file = str(said.get("vvx_summary_file") or self._file)
        self._plays.append(_ansible.pattern(play))
        self._ours = self._ours or _ansible.is_of(play, COLLECTION)

    def v2_playbook_on_no_hosts_matched(self) -> None:
        self._empty += 1

    def v2_runner_on_ok(self, result: Any) -> None:
        self._add("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._add("failed", result, ignored=ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._add("unreachable", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._add("skipped", result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._leave_out()
        collector, self._collector = self._collector, Collector()
        empty = self._is_empty()
        current.collector, shows_diffs, current.diffs_once = None, current.diffs_once, False
        if not collector.phones and not empty:
            return
        made, self._made = self._made or _finished(collector, stats), None
        if shows_diffs:
            self._show_diffs(collector)
        hints = replace(self._write(collector, made), limited=_ansible.is_limited())
        width = columns(self._display)
        lines = nobody(self._plays[0], hints.limited, width) if empty else text(made, width, hints)
        self._display.banner("SUMMARY")
        for line in lines:
            self._display.display(line)

    def _is_empty(self) -> bool:
        """Whether the run is about phones and no play had a host, which Ansible takes for a success; and it is to be
        summarized."""
        return current.collector is not None and self._ours and len(self._plays) == self._empty

    def _add(self, state: str, result: Any, ignored: bool = False) -> None:
        if current.collector is not None:
            seen = _ansible.seen(result)
            if seen.action == _SURVEY and seen.result.get("surveyed"):
                found = Surveyed().found() or Found()
                self._collector.modules.add("vvx_config")  # phones as desired have no task of it
                self._collector.settle(found.settled, found.skipped, check_mode=seen.check_mode)
            if seen.action.startswith(COLLECTION) and "wave_count" in seen.result:
                self._rollouts += (last := Run.all()[-1:])
                for looked in (run.looked() for run in last):
                    self._collector.look(looked.settled, looked.lost, check_mode=seen.check_mode)
                if last and last[0].kind() == ROTATE:
                    self._collector.rotate(looked.settled, looked.lost, last[0].hosts())
            self._collector.add(seen.host, seen.action, state, seen.result, ignored=ignored, check_mode=seen.check_mode)

    def _leave_out(self) -> None:
        """Add the phones that the rollouts of the run have not begun."""
        rollouts, self._rollouts = self._rollouts, []
        for run in rollouts:
            self._collector.leave_out(run.hosts(), run.stopped() or "the run has ended before", run.kind())
            if (rollout := run.rollout()) is not None and rollout.part:
                self._collector.add_note("This was a slice of the job. Other slices have other phones.")

    def _hand_over(self, stats: Any) -> None:
        """Before the recap. What tasks have handed over comes first, so that the summary is cut instead of it."""
        self._leave_out()
        found = Artifact(_ansible.run_folder()).statistics()
        if self._collector.phones or self._is_empty():
            self._made = _finished(self._collector, stats)
            found |= statistics(self._collector, self._made)
        for name, values in found.items():
            stats.set_custom_stats(name, values)
        if self._made:
            left = LARGEST_ALTOGETHER - size(_ansible.run_statistics(stats))
            most = min(LARGEST_STATS, max(LARGEST, left))
            stats.set_custom_stats(STATISTIC, as_stats(self._made, self._file, most))
        for name in too_much(_ansible.run_statistics(stats)):
            del _ansible.run_statistics(stats)[name]
            self._display.warning(
                f"{name} is not handed over: what this run hands over is larger than {LARGEST_ALTOGETHER} bytes "
                "altogether. Use jobs of their own, or deliver files to a folder or a URL."
            )

    def _show_diffs(self, collector: Collector) -> None:
        first = True
        for line in diffs(collector):
            if first:
                self._display.banner("DIFFERENCES")
                first = False
            self._display.display(line, color=_COLORS.get(line[:1]))

    def _write(self, collector: Collector, made: Digest) -> Hints:
        """Write the files that the user wants. What can't be written is said, and does not break the run."""
        restart = restart_command(_ansible.inventories())
        try:
            return store(self._file, collector, made, restart)
        except FileError as error:
            self._display.warning(f"vvx_summary_file: {error}.")
            return Hints(restart)


def _finished(collector: Collector, stats: Any) -> Digest:
    collector.finish(stats.failures, stats.dark)
    return digest(collector)


def _is_true(value: object) -> bool:
    """Empty answers of surveys count as not set."""
    return str(value).lower() not in ("false", "no", "off", "0", "n", "f")
