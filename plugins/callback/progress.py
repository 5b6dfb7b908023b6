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
    done, how many changed, failed or were unreachable, and about how long the rest will take. Tasks that look at all
    phones at once (M(polycom.vvx.vvx_audit), M(polycom.vvx.vvx_report)) are counted by phone, too.
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
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible.plugins.callback.default import CallbackModule as Default

from ..plugin_utils import _ansible
from ..plugin_utils._console import progress
from ..plugin_utils._console.table import screen_width

_UNATTENDED = ("AWX_HOST", "AWX_ISOLATED_DATA_DIR", "RUNNER_OMIT_EVENTS", "CI")
"""Environment variables of unattended runs, which may have a terminal all the same: AWX runs Ansible in one."""
_INTERVAL = 0.2
"""Seconds between two updates of the line."""
_CLEAR = "\r\x1b[K"
_SHOWN = ("changed", "failed", "unreachable")


class CallbackModule(Default):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "polycom.vvx.progress"

    def __init__(self) -> None:
        super().__init__()
        old = _ansible.complaint()
        if old:
            self._display.warning(f"{self.CALLBACK_NAME} shows no progress: {old}")
        watched = (
            not old
            and sys.stderr.isatty()
            and os.environ.get("TERM", "dumb") != "dumb"
            and not any(os.environ.get(name) for name in _UNATTENDED)
        )
        self._line = Line() if watched else None
        if self._line is not None:
            progress.board = self._line.board
            _print_above(self._display, self._line)

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
            self._line.begin(task.get_name().strip(), alone=bool(task.run_once) or _ansible.is_for_all(task))

    def _count(self, outcome: str) -> None:
        if self._line is not None:
            self._line.count(outcome)


class Line:
    """The last line of the terminal. A thread redraws it; everything else on the screen is printed while it is hidden.

    It is written to the file descriptor: a worker that is forked meanwhile must not inherit a locked ``sys.stderr``.
    """

    def __init__(self) -> None:
        self.hosts = 0
        self.board = progress.Board()
        self._lock = threading.RLock()
        self._counts: dict[str, int] = {}
        self._task = ""
        self._of = 0
        self._began = 0.0
        self._shown = ""
        self._thread: threading.Thread | None = None

    def begin_play(self, hosts: int) -> None:
        self.end()
        self.hosts, self._counts = hosts, {}

    def begin(self, task: str, alone: bool = False) -> None:
        """Start a task, without hosts that failed before. ``alone``: it runs for one host only, or for all at once."""
        with self._lock:
            self.hosts -= self._counts.get("failed", 0) + self._counts.get("unreachable", 0)
            self._of = 1 if alone else self.hosts
            # Of a role's task, ``polycom.vvx.configure : Set the parameters``, the name is enough.
            self._task, self._counts, self._began = re.sub(r"^[\w.]+ : ", "", task), {}, time.monotonic()
            self.board.begin(0)
            self.draw()
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep_drawing, name="progress", daemon=True)
            self._thread.start()

    def count(self, outcome: str) -> None:
        with self._lock:
            self._counts[outcome] = self._counts.get(outcome, 0) + 1

    def end(self) -> None:
        with self._lock:
            self._clear()
            self._task = ""

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Something else is printed meanwhile."""
        with self._lock:
            self._clear()
            try:
                yield
            finally:
                self.draw()

    def draw(self) -> None:
        with self._lock:
            if not self._task:
                return
            text = self.text(time.monotonic() - self._began, _columns() - 1)
            if text != self._shown:
                _write(f"{_CLEAR}{text}")
                self._shown = text

    def text(self, elapsed: float, width: int) -> str:
        """The text of the line, at most ``width`` wide. ``elapsed``: seconds since the task began."""
        phones = self.board.phones
        counts: Mapping[str, int] = self.board.counts if phones else self._counts
        done, of = sum(counts.values()), phones or self._of
        parts = [f"{done}/{of}"] + [f"{counts[name]} {name}" for name in _SHOWN if name in counts]
        if 0 < done < of and elapsed > 2:
            parts.append(f"{duration(elapsed / done * (of - done))} left")
        return _cut("  ".join([*parts, self._task]), width)

    def _clear(self) -> None:
        if self._shown:
            _write(_CLEAR)
            self._shown = ""

    def _keep_drawing(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            self.draw()


def _print_above(display: Any, line: Line) -> None:
    """Let Ansible's display hide the line while it prints. Workers inherit the display, but their texts go to the main
    process first."""
    show, process = display.display, os.getpid()

    def show_above(*args: Any, **kwargs: Any) -> None:
        if os.getpid() != process:
            show(*args, **kwargs)
            return
        with line.hidden():
            show(*args, **kwargs)

    display.display = show_above


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80


def _write(text: str) -> None:
    os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding, "replace"))


def _cut(text: str, width: int) -> str:
    """The text, with an ellipsis if it is wider."""
    if screen_width(text) <= width:
        return text
    while text and screen_width(text) > width - 3:
        text = text[:-1]
    return f"{text.rstrip()}..."


def duration(seconds: float) -> str:
    """Rounded, for people to read."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
