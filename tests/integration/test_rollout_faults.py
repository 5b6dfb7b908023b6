# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/rollouts.md, with test_rollout_refusals: a test for each row, named after it. Each makes the fault,
looks at what came of it at the phones and on the screen, and then goes on as the table says."""

from __future__ import annotations

import datetime
import time
from typing import Any

from simulator import PhoneSpec, Switches
from support.rollout_faults import MANY, RESTARTS, finished, flat, result, shared_rollouts, until
from support.rollouts import Rollout, Row

MOVE = {"reg.1.server.1.address": "sip.new.example.org"}
LINES = {"vvx_wait_for_lines": True, "vvx_lines_delay": 0.5, "vvx_wait_timeout": 3}
SETTLING = PhoneSpec(switches=Switches(registering_seconds=0.2))

BUSY = ["pollForStatus", "sipStatus", "pollForStatus", "callStatus", "info"]
"""Whether somebody is on the phone. On plain HTTP, the first call is not there."""
LOOK = ["info", "lineInfo", "lineInfo"]
"""Firmware, and which lines are registered."""
CALLS = ["get", *BUSY, *LOOK, "set", "get", *LOOK]
"""What changes a phone."""

ROWS = {
    "all-well": Row(),
    "run-again": Row(),
    "check-mode": Row(parameters={"up.idleTimeout": 55, **RESTARTS}),
    "too-many-failures": Row(),
    "few-failures": Row(),
    "whole-wave-fails": Row(),
    "canary-fails": Row(phones=3),
    "lines-lost": Row(phones=3, parameters=MOVE, spec=SETTLING),
    "rolled-back": Row(phones=3, parameters=MOVE, spec=SETTLING),
    "half-written": Row(phones=2, parameters=MANY),
    "no-answer": Row(phones=3),
    "offline-mid-change": Row(phones=2),
    "no-return": Row(phones=2, parameters=RESTARTS, spec=PhoneSpec(boot_seconds=6.0)),
    "call-goes-on": Row(phones=2),
    "call-skipped": Row(phones=2),
    "call-fails": Row(phones=2),
    "window-closes": Row(),
    "window-closes-on-a-call": Row(phones=2),
    "window-closed": Row(phones=2),
}
rollouts = shared_rollouts(ROWS)


def test_all_well(row: Rollout) -> None:
    run = row.apply(vvx_canary=1, vvx_wave=2)
    assert run.code == 0, run.output
    assert row.done() == [True] * 5 and row.sets() == [1] * 5
    assert [[entry.path.rpartition("/")[2] for entry in phone.log] for phone in row.phones] == [CALLS] * 5
    assert row.states() == ["done"] * 5
    assert [line["wave"] for line in row.journal() if line["state"] == "done"] == [1, 2, 2, 3, 3]
    for text in ("Wave 1 of 3", "Wave 2 of 3", "Wave 3 of 3", "5 phones: 5 changed"):
        assert text in run.output, run.output


def test_run_again(row: Rollout) -> None:
    assert row.apply(vvx_wave=2).code == 0
    run = finished(row, untouched=[1, 2, 3, 4, 5], vvx_wave=2)
    assert run.by("vvx_apply") == [], "no phone has a task"
    assert len(row.journal()) == 10, "begun and done, each once"


def test_check_mode(row: Rollout) -> None:
    options: dict[str, Any] = {"vvx_canary": 1, "vvx_wave": 2, "vvx_restart": "if_required"}
    options["vvx_diff"] = "each"
    predicted = row.check("--diff", **options)
    assert predicted.code == 0 and not list(row.folder.glob("*.journal")), predicted.output
    row.forget()
    real = row.apply("--diff", **options)
    assert real.code == 0, real.output
    for name in ("changed", "diff", "before", "after", "restarted", "restart_required"):
        first, second = ({each.host: each.result[name] for each in run.by("vvx_apply")} for run in (predicted, real))
        assert first == second and len(first) == 5, name
    waves = [[line for line in run.output.splitlines() if "Wave" in line] for run in (predicted, real)]
    assert waves[0] == waves[1] and waves[0]


def test_too_many_failures(row: Rollout) -> None:
    row.phones[2].fault("status", path="config/set", times=0)
    run = row.apply(vvx_wave=2, vvx_max_failures=0)
    assert run.code == 2 and row.done()[:3] == [True, True, False], run.output
    assert row.states()[:3] == ["done", "done", "failed"] and row.states()[4] == ""
    assert row.phones[4].count() == 0
    assert "too-many-failures-5" in flat(run).rsplit("SUMMARY", maxsplit=1)[-1], "it names who was not begun"
    finished(row, untouched=[1, 2], vvx_wave=2)


def test_few_failures(row: Rollout) -> None:
    row.phones[1].fault("status", path="config/set", times=0)
    run = row.apply(vvx_wave=2, vvx_max_failures=1)
    assert run.code == 2 and row.done() == [True, False, True, True, True], run.output
    assert row.states() == ["done", "failed", "done", "done", "done"]
    finished(row, untouched=[1, 3, 4, 5])


def test_whole_wave_fails(row: Rollout) -> None:
    for phone in row.phones[:2]:
        phone.fault("status", path="config/set", times=0)
    run = row.apply(vvx_wave=2, vvx_max_failures="100%")
    assert run.code == 2 and row.done() == [False] * 5, run.output
    assert row.states() == ["failed", "failed", "", "", ""]
    assert [phone.count() for phone in row.phones[2:]] == [0, 0, 0]
    assert "whole-wave-fails-3" in flat(run).rsplit("SUMMARY", maxsplit=1)[-1], run.output
    finished(row, untouched=[], vvx_wave=2)


def test_canary_fails(row: Rollout) -> None:
    row.phones[1].fault("status", path="config/set", times=0)
    run = row.apply(vvx_canary=["canary-fails-2"], vvx_max_failures="100%")
    assert run.code == 2 and row.states() == ["", "failed", ""], run.output
    assert [phone.count() for phone in (row.phones[0], row.phones[2])] == [0, 0]
    finished(row, untouched=[], vvx_canary=["canary-fails-2"])


def test_lines_lost(row: Rollout) -> None:
    row.phones[0].fault("unregistered", servers=list(MOVE.values()))
    run = row.apply(vvx_canary=1, **LINES)
    assert run.code == 2 and row.done() == [True, False, False], run.output
    assert result(run, row, 1)["error"]["kind"] == "not_registered"
    assert row.states() == ["failed", "", ""] and row.journal()[-1]["lines"] == [1]
    assert "The same command again looks at the lines of 1 phone once more" in flat(run)
    for again in (row.check, row.apply):
        for phone in row.phones:
            phone.journal.clear()
        run = again(vvx_canary=1, **LINES)
        assert run.code == 2 and row.sets() == [0, 0, 0], run.output
        assert result(run, row, 1)["error"]["kind"] == "not_registered", "it is looked at again, and not unchanged"
    assert row.states() == ["failed", "", ""]
    finished(row, untouched=[], vvx_canary=1, **LINES)  # the server is put right
    assert row.sets() == [0, 1, 1] and row.states() == ["unchanged", "done", "done"]


def test_rolled_back(row: Rollout) -> None:
    row.phones[0].fault("unregistered", servers=list(MOVE.values()))
    run = row.apply(vvx_canary=1, vvx_rollback=True, **LINES)
    assert run.code == 2 and row.done() == [False, False, False], run.output
    assert row.phones[0].value("reg.1.server.1.address")[0] == "sip.example.org"
    assert row.states() == ["rolled_back", "", ""]
    assert "\nRolled back: 1 phone: rolled-back-1\n" in run.output
    assert "The previous values were written back." in flat(run)
    finished(row, untouched=[], vvx_canary=1, vvx_rollback=True, **LINES)
    assert row.sets() == [1, 1, 1] and row.states() == ["done"] * 3


def test_half_written(row: Rollout) -> None:
    row.phones[0].fault("status", path="config/set", after=1)
    run = row.apply()
    assert run.code == 2 and row.done() == [False, True], run.output
    found = result(run, row, 1)
    assert len(found["applied"]) == 20 and len(found["not_applied"]) == 10
    assert row.states() == ["failed", "done"]
    finished(row, untouched=[2])
    (second,) = [entry.data for entry in row.phones[0].log if entry.path.endswith("config/set")]
    assert len(second) == 10, "only what was missing"


def test_no_answer(row: Rollout) -> None:
    row.phones[1].offline = True
    run = row.apply(vvx_max_failures=1)
    assert run.code == 4 and row.done() == [True, False, True], run.output
    assert [each.state for each in run.by("vvx_apply")].count("unreachable") == 1
    assert row.states() == ["done", "failed", "done"]
    row.phones[1].offline = False
    finished(row, untouched=[1, 3])


def test_offline_mid_change(row: Rollout) -> None:
    row.phones[0].fault("offline", path="config/set", processed=True)
    run = row.apply(vvx_wait_timeout=2)
    assert run.code == 2 and row.states() == ["failed", "done"], run.output
    found = result(run, row, 1)
    assert found["unconfirmed"] == ["up.idleTimeout"] and found["changed"] is True
    row.phones[0].offline = False
    finished(row, untouched=[2])
    assert row.sets() == [0, 0], "it had arrived"


def test_no_return(row: Rollout) -> None:
    row.phones[1].boot_seconds = 0.3
    run = row.apply(vvx_restart="if_required", vvx_wait_timeout=2)
    assert run.code == 2 and row.states() == ["failed", "done"], run.output
    assert "did not come back within 2 s" in flat(run)
    assert [phone.restarts for phone in row.phones] == [1, 1]
    until(lambda: row.phones[0].lifecycle.state == "up")
    finished(row, untouched=[2], vvx_restart="if_required", vvx_wait_timeout=20)
    assert [phone.restarts for phone in row.phones] == [2, 1], "nobody had seen that it restarted"


def test_call_goes_on(row: Rollout) -> None:
    handle = row.phones[0].ring("5551000")
    run = row.apply(vvx_busy_timeout=1)
    assert run.code == 2 and row.states() == ["failed", "done"], run.output
    assert result(run, row, 1)["error"]["kind"] == "in_call" and row.sets() == [0, 1]
    row.phones[0].hang_up(handle)
    finished(row, untouched=[2])


def test_call_skipped(row: Rollout) -> None:
    handle = row.phones[0].ring("5551000")
    run = row.apply(vvx_when_busy="skip")
    assert run.code == 0 and row.states() == ["skipped", "done"] and row.sets() == [0, 1], run.output
    assert "1 changed, 1 skipped" in run.output
    row.phones[0].hang_up(handle)
    finished(row, untouched=[2], vvx_when_busy="skip")


def test_call_fails(row: Rollout) -> None:
    handle = row.phones[0].ring("5551000")
    run = row.apply(vvx_when_busy="fail")
    assert run.code == 2 and row.states() == ["failed", "done"] and row.sets() == [0, 1], run.output
    row.phones[0].hang_up(handle)
    finished(row, untouched=[2], vvx_when_busy="fail")


def test_window_closed(row: Rollout) -> None:
    now = datetime.datetime.now(datetime.timezone.utc)
    opens, closes = (now + datetime.timedelta(hours=hours) for hours in (1, 2))
    window = {"vvx_window": f"{opens:%H:%M}-{closes:%H:%M}", "vvx_time_zone": "UTC"}
    run = row.apply(**window)
    assert run.code == 2 and f"{opens:%H:%M}" in flat(run), run.output
    assert [phone.count() for phone in row.phones] == [0, 0]
    row.check(**window)
    finished(row, untouched=[])


def test_window_closes_on_a_call(row: Rollout) -> None:
    """Nobody waits ten minutes for the end of a call in a window that closes earlier: after 25 s, because the start may
    be slow."""
    handle = row.phones[0].ring("5551000")
    closes = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=25)
    window = {"vvx_window": f"2020-01-01 00:00 - {closes:%Y-%m-%d %H:%M:%S}", "vvx_time_zone": "UTC"}
    began = time.monotonic()
    run = row.apply(vvx_busy_timeout=600, **window)
    assert time.monotonic() - began < 120
    assert run.code == 2 and row.states() == ["failed", "done"] and row.sets() == [0, 1], run.output
    assert result(run, row, 1)["error"]["kind"] == "in_call"
    row.phones[0].hang_up(handle)
    finished(row, untouched=[2])


def test_window_closes(row: Rollout) -> None:
    """Each phone takes 15 seconds, one after the other, and the window closes after 20: whenever in these the first is
    begun, the last is not."""
    for phone in row.phones:
        phone.fault("latency", path="config/set", seconds=15.0, times=1)
    closes = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=20)
    window = f"2020-01-01 00:00 - {closes:%Y-%m-%d %H:%M:%S}"
    run = row.apply("--forks", "1", vvx_window=window, vvx_time_zone="UTC", vvx_wave=3)
    done = row.done()
    assert any(done) and not all(done) and done == sorted(done, reverse=True), run.output
    assert {state for state, ok in zip(row.states(), done, strict=True) if not ok} <= {"", "skipped"}
    assert row.sets() == [int(ok) for ok in done], "what is begun is finished"
    finished(row, untouched=[number for number, ok in enumerate(done, 1) if ok])
