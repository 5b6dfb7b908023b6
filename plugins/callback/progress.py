# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: progress
type: stdout
version_added: 0.1.0
short_description: The default output, with a progress line
description:
  - Prints what C(ansible.builtin.default) prints, and keeps one line below it that shows for how many hosts the task is
    done, how many changed, failed or were unreachable, and about how long the rest will take.
  - Shows the line on a terminal only. In a file, a pipe or AWX, the output is that of C(ansible.builtin.default).
  - For hundreds of phones, hide hosts without a change with C(ANSIBLE_DISPLAY_OK_HOSTS=false).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - ansible.builtin.default_callback
  - ansible.builtin.result_format_callback
requirements:
  - set as the stdout callback, for instance with C(ANSIBLE_STDOUT_CALLBACK=polycom.vvx.progress)
"""

import os
import sys
import time
from typing import Any

from ansible.plugins.callback.default import CallbackModule as Default

from ..plugin_utils import _ansible

_UNATTENDED = ("AWX_HOST", "AWX_ISOLATED_DATA_DIR", "RUNNER_OMIT_EVENTS", "CI")
"""Environment variables of unattended runs, which may have a terminal all the same: AWX runs Ansible in one."""
_FOR_ALL = ("polycom.vvx.vvx_report", "polycom.vvx.vvx_audit")
"""Tasks that run once for all hosts."""
_INTERVAL = 0.2
"""Least seconds between two updates of the line."""
_CLEAR = "\r\x1b[K"


class CallbackModule(Default):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "polycom.vvx.progress"
    _display: Any

    def __init__(self) -> None:
        super().__init__()
        watched = (
            sys.stderr.isatty()
            and os.environ.get("TERM", "dumb") != "dumb"
            and not any(os.environ.get(name) for name in _UNATTENDED)
        )
        self._line = Line() if watched else None
        if self._line is not None:
            self._display = _Above(self._display, self._line)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        super().v2_playbook_on_play_start(play)
        if self._line is not None:
            self._line.begin_play(_ansible.hosts_in_batch(play))

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        super().v2_playbook_on_task_start(task, is_conditional)
        self._begin(task)

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        super().v2_playbook_on_handler_task_start(task)
        self._begin(task)

    def v2_runner_on_ok(self, result: Any) -> None:
        self._count("changed" if result.is_changed() else "ok")
        super().v2_runner_on_ok(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._count("failed")
        super().v2_runner_on_failed(result, ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._count("unreachable")
        super().v2_runner_on_unreachable(result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._count("skipped")
        super().v2_runner_on_skipped(result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        if self._line is not None:
            self._line.end()
        super().v2_playbook_on_stats(stats)

    def _begin(self, task: Any) -> None:
        if self._line is not None:
            self._line.begin(task.get_name().strip(), alone=bool(task.run_once) or task.action in _FOR_ALL)

    def _count(self, outcome: str) -> None:
        if self._line is not None:
            self._line.clear()  # Ansible's own messages bypass our display
            self._line.count(outcome)


class Line:
    """The last line of the terminal."""

    def __init__(self) -> None:
        self.hosts = 0
        self._counts: dict[str, int] = {}
        self._task = ""
        self._of = 0
        self._began = 0.0
        self._drawn = 0.0
        self._shown = False

    def begin(self, task: str, alone: bool = False) -> None:
        """Start a task, without hosts that failed before. ``alone``: it runs for one host only."""
        self.hosts -= self._counts.get("failed", 0) + self._counts.get("unreachable", 0)
        self._of = 1 if alone else self.hosts
        self._task, self._counts, self._began = task, {}, time.monotonic()
        self.draw()

    def count(self, outcome: str) -> None:
        self._counts[outcome] = self._counts.get(outcome, 0) + 1
        if time.monotonic() - self._drawn >= _INTERVAL:
            self.draw()

    def begin_play(self, hosts: int) -> None:
        self.end()
        self.hosts, self._counts = hosts, {}

    def end(self) -> None:
        self.clear()
        self._task = ""

    def draw(self) -> None:
        if self._task:
            columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            sys.stderr.write(f"{_CLEAR}{self.text(time.monotonic() - self._began)[: columns - 1]}")
            sys.stderr.flush()
            self._shown, self._drawn = True, time.monotonic()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._shown = False

    def text(self, elapsed: float) -> str:
        """The text of the line. ``elapsed``: seconds since the task began."""
        done = sum(self._counts.values())
        parts = [f"{done} of {self._of} done"] + [
            f"{self._counts[name]} {name}" for name in ("changed", "failed", "unreachable") if name in self._counts
        ]
        if 0 < done < self._of and elapsed > 2:
            parts.append(f"about {duration(elapsed / done * (self._of - done))} left")
        return f"{self._task}: {', '.join(parts)}"


class _Above:
    """Ansible's display, printing above the line."""

    def __init__(self, display: Any, line: Line) -> None:
        self._real = display
        self._line = line

    def display(self, *args: Any, **kwargs: Any) -> None:
        self._line.clear()
        self._real.display(*args, **kwargs)
        self._line.draw()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def duration(seconds: float) -> str:
    """Rounded, for people to read."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
