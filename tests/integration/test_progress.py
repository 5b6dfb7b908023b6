# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says how far a task is: on a terminal, and nowhere else."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.callback.progress import Line, duration

from simulator import PhoneSpec, Switches
from support.playbook import Playground, inventory

CALLBACK = {"ANSIBLE_STDOUT_CALLBACK": "polycom.vvx.progress"}
WIDTH = 80


def on_a_terminal(playground: Playground, command: list[str], **environment: str) -> str:
    """All that a command prints on a terminal of its own."""
    variables = {**playground.environment(**environment), "TERM": "xterm"}
    for name in ("CI", "COLUMNS"):
        variables.pop(name, None)
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
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


def progress(printed: str) -> list[str]:
    """Each text that the line has had."""
    parts = (part.partition("\r")[0].partition("\n")[0] for part in printed.split("\r\x1b[K"))
    return [part for part in parts if re.match("[0-9]+/[0-9]+  ", part)]


def screen(printed: str) -> list[str]:
    """What a terminal shows in the end, line by line."""
    return [line.rpartition("\r\x1b[K")[2] for line in printed.split("\r\n")]


def play(playground: Playground, fleet: Any, task: dict[str, Any]) -> list[str]:
    """The command that runs a task on the phones of a fleet."""
    hosts = playground.write("inventory.yml", inventory(fleet))
    path = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": [task]}])
    return [sys.executable, "-m", "ansible", "playbook", str(path), "-i", str(hosts), "--forks", "1"]


@pytest.fixture
def fleet(start_fleet: Any) -> Any:
    return start_fleet(
        *(
            PhoneSpec(name=f"phone-{number}", switches=Switches(latency=0.4), offline=number == 3)
            for number in range(1, 7)
        ),
        tls=False,
    )


@pytest.fixture
def command(fleet: Any, playground: Playground) -> list[str]:
    return play(
        playground,
        fleet,
        {"name": "Change labels", "polycom.vvx.vvx_config": {"parameters": {"reg.1.label": "Desk"}}},
    )


def test_the_line_on_a_terminal(command: list[str], playground: Playground) -> None:
    printed = on_a_terminal(playground, command, **CALLBACK)
    lines = progress(printed)
    assert lines[0] == "0/6  Change labels"
    assert any(line.startswith("5/6  4 changed  1 unreachable  ") for line in lines), lines
    assert any(line.endswith(" s left  Change labels") for line in lines), lines
    assert max(map(len, lines)) < WIDTH
    assert "changed: [phone-1]" in printed and "UNREACHABLE" in printed
    recap = printed[printed.index("PLAY RECAP") :]
    assert "\x1b[K" not in recap and "phone-4" in recap
    assert not [line for line in screen(printed) if "Change labels" in line and not line.startswith("TASK")]


def test_the_line_within_a_task_on_all_phones(fleet: Any, playground: Playground) -> None:
    task = {
        "name": "Compare",
        "polycom.vvx.vvx_audit": {"workers": 1, "fail_on": []},
        "vars": {"vvx_parameters_all": {"reg.1.label": "Desk"}},
    }
    printed = on_a_terminal(playground, play(playground, fleet, task), **CALLBACK)
    lines = progress(printed)
    assert any(line.startswith("4/6  1 unreachable  ") and line.endswith("  Compare") for line in lines), lines
    shown = screen(printed)
    assert any(line.startswith("reg.1.label  'Desk'  '1001'") for line in shown), shown
    assert not [line for line in shown if "Compare" in line and not line.startswith("TASK")], "never two lines mixed"


@pytest.mark.parametrize("variable", ["AWX_HOST", "CI"])
def test_no_line_where_nobody_watches(command: list[str], playground: Playground, variable: str) -> None:
    printed = on_a_terminal(playground, command, **CALLBACK, **{variable: "1"})
    assert "\x1b[K" not in printed and "0/6" not in printed and "changed: [phone-1]" in printed


def test_no_line_in_a_file(command: list[str], playground: Playground) -> None:
    with_it = playground.start(command, check=False, **CALLBACK).stdout
    assert "\x1b" not in with_it and "0/6" not in with_it and "changed: [phone-1]" in with_it


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (45, "45 s"), (100, "2 min"), (3000, "50 min"), (7200, "2.0 h")]
)
def test_time_as_people_say_it(seconds: float, told: str) -> None:
    assert duration(seconds) == told


@pytest.fixture
def line() -> Line:
    line = Line()
    line.draw = lambda: None  # type: ignore[method-assign]
    return line


def test_the_text_of_the_line(line: Line) -> None:
    line.begin_play(10)
    line.begin("One")
    assert line.text(0.0, 79) == "0/10  One"
    for outcome in ("ok", "ok", "ok", "failed", "changed"):
        line.count(outcome)
    assert line.text(10.0, 79) == "5/10  1 changed  1 failed  10 s left  One"
    line.begin("Two")
    assert line.text(0.0, 79) == "0/9  Two", "one has failed"
    line.begin("Three", alone=True)
    assert line.text(0.0, 79) == "0/1  Three"


def test_the_line_fits_the_screen(line: Line) -> None:
    line.begin_play(400)
    line.begin("polycom.vvx.configure : Set the parameters of the phone as group and host variables say")
    for outcome, times in {"changed": 62, "failed": 1, "unreachable": 3, "ok": 1}.items():
        for _time in range(times):
            line.count(outcome)
    text = line.text(4.0, 79)
    assert text.startswith("67/400  62 changed  1 failed  3 unreachable  20 s left  Set the param")
    assert len(text) <= 79 and text.endswith("...")
    line.begin("\u7535" * 60)
    assert line.text(0.0, 79) == "0/396  " + "\u7535" * 34 + "..."


def test_a_task_on_all_phones_is_counted_by_its_worker(line: Line) -> None:
    line.begin_play(8)
    line.begin("Report", alone=True)
    line.board.begin(8)
    if (worker := os.fork()) == 0:
        for outcome in ("ok", "unreachable", "failed", "ok"):
            line.board.count(outcome)
        os._exit(0)
    os.waitpid(worker, 0)
    assert line.text(4.0, 79) == "4/8  1 failed  1 unreachable  4 s left  Report"
    line.begin("Next")
    assert line.text(0.0, 79) == "0/8  Next"
