# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines for people: printed at once from the main process, and past ansible-runner's wrapper from a worker."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from ansible.utils.display import Display
from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible
from ansible_collections.polycom.vvx.plugins.plugin_utils._console.tell import columns, tell


class Runner:
    """Wraps Display.display as ansible-runner does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.printed: list[str] = []
        ansibles = Display.display

        @functools.wraps(ansibles)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            self.printed.append("event")
            return ansibles(*args, **kwargs)

        monkeypatch.setattr(Display, "display", wrapper)


class Queue:
    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def send_display(self, *args: Any, **kwargs: Any) -> None:
        self.sent.append(args)


def test_a_worker_sends_the_text_past_the_wrapper(monkeypatch: pytest.MonkeyPatch) -> None:
    runner, queue, display = Runner(monkeypatch), Queue(), Display()
    monkeypatch.setattr(display, "_final_q", queue)
    monkeypatch.setattr(_ansible.multiprocessing, "parent_process", object)
    tell(display, "one\ntwo")
    assert queue.sent == [("display", "one\ntwo")] and runner.printed == []


def test_the_main_process_uses_the_wrapper(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    runner = Runner(monkeypatch)
    tell(Display(), "one")
    assert runner.printed == ["event"] and capsys.readouterr().out == "one\n"


def test_another_display_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ansible.multiprocessing, "parent_process", object)
    said: list[str] = []

    class Other:
        def display(self, text: str) -> None:
            said.append(text)

    tell(Other(), "one\x1b[31m")
    tell(Other(), "")
    assert said == ["one"]


@pytest.mark.parametrize(
    ("stated", "own", "found"), [("100", 140, 100), ("", 140, 140), ("x", None, 79), ("0", 60, 60)]
)
def test_how_wide_the_screen_is(monkeypatch: pytest.MonkeyPatch, stated: str, own: Any, found: int) -> None:
    monkeypatch.setenv("COLUMNS", stated)
    display = Display()
    monkeypatch.setattr(display, "columns", own)
    assert columns(display) == found
