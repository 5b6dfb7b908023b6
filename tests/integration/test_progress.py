# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says how far a task is: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import sys
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.callback.progress import Line, duration

from simulator import PhoneSpec, Switches
from support.playbook import Playground, inventory

CALLBACK = {"ANSIBLE_STDOUT_CALLBACK": "polycom.vvx.progress"}


def on_a_terminal(playground: Playground, command: list[str], **environment: str) -> str:
    """All that a command prints on a terminal of its own."""
    variables = {**playground.environment(**environment), "TERM": "xterm"}
    variables.pop("CI", None)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(playground.folder)
        os.execvpe(command[0], command, {**variables, **environment})
    printed = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # that is how a terminal says that nobody writes any more
            break
        if not chunk:
            break
        printed += chunk
    os.waitpid(process, 0)
    os.close(terminal)
    return printed.decode()


@pytest.fixture
def command(start_fleet: Any, playground: Playground) -> list[str]:
    specs = [
        PhoneSpec(name=f"phone-{number}", switches=Switches(latency=0.3), offline=number == 3) for number in range(1, 5)
    ]
    fleet = start_fleet(*specs, tls=False)
    hosts = playground.write("inventory.yml", inventory(fleet))
    tasks = [{"name": "Change labels", "polycom.vvx.vvx_config": {"parameters": {"reg.1.label": "Desk"}}}]
    play = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    return [sys.executable, "-m", "ansible", "playbook", str(play), "-i", str(hosts), "--forks", "1"]


def test_the_line_on_a_terminal(command: list[str], playground: Playground) -> None:
    printed = on_a_terminal(playground, command, **CALLBACK)
    lines = [part for part in printed.split("\r\x1b[K") if part.startswith("Change labels: ")]
    assert lines[0].startswith("Change labels: 0 of 4 done")
    assert any("3 of 4 done, 2 changed, 1 unreachable" in line for line in lines), printed
    assert "changed: [phone-1]" in printed and "UNREACHABLE" in printed
    recap = printed[printed.index("PLAY RECAP") :]
    assert "\x1b[K" not in recap and "phone-4" in recap


@pytest.mark.parametrize("variable", ["AWX_HOST", "CI"])
def test_no_line_where_nobody_watches(command: list[str], playground: Playground, variable: str) -> None:
    printed = on_a_terminal(playground, command, **CALLBACK, **{variable: "1"})
    assert "\x1b[K" not in printed and "of 4 done" not in printed and "changed: [phone-1]" in printed


def test_no_line_in_a_file(command: list[str], playground: Playground) -> None:
    with_it = playground.start(command, check=False, **CALLBACK).stdout
    assert "\x1b" not in with_it and "of 4 done" not in with_it and "changed: [phone-1]" in with_it


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (45, "45 s"), (100, "2 min"), (3000, "50 min"), (7200, "2.0 h")]
)
def test_time_as_people_say_it(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_the_text_of_the_line() -> None:
    line = Line()
    line.draw = lambda: None  # type: ignore[method-assign]
    line.begin_play(10)
    line.begin("One")
    assert line.text(0.0) == "One: 0 of 10 done"
    for outcome in ("ok", "ok", "ok", "failed", "changed"):
        line.count(outcome)
    assert line.text(10.0) == "One: 5 of 10 done, 1 changed, 1 failed, about 10 s left"
    line.begin("Two")
    assert line.text(0.0) == "Two: 0 of 9 done", "one has failed"
    line.begin("Three", alone=True)
    assert line.text(0.0) == "Three: 0 of 1 done"
