# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rest of the table of docs/rollouts.md: plans that no longer fit, rollouts that do not begin or are cut off."""

from __future__ import annotations

import threading

import yaml

from simulator.phone import ADMIN_PASSWORD
from support.rollout_faults import MANY, RESTARTS, finished, flat, refused, result, shared_rollouts, until
from support.rollouts import Rollout, Row

ROWS = {
    "stale": Row(phones=3),
    "inventory-changed": Row(phones=2),
    "not-in-inventory": Row(phones=3),
    "unreadable": Row(phones=3, hosts={2: {"ansible_port": 9}}),
    "unknown-parameter": Row(phones=3, hosts={2: {"vvx_parameters_host": {"up.noSuchThing": 1}}}),
    "unknown-skipped": Row(
        phones=2,
        hosts={2: {"vvx_parameters_host": {"up.noSuchThing": 1}}},
        variables={"vvx_unknown_parameters": "skip"},
    ),
    "plan-edited": Row(phones=2),
    "plan-damaged": Row(phones=2),
    "wrong-key": Row(phones=2),
    "wrong-password": Row(phones=3),
    "journal-not-writable": Row(phones=2),
    "journal-lost": Row(phones=2),
    "two-at-once": Row(phones=2),
    "killed": Row(phones=4, parameters=MANY),
    "killed-before-restart": Row(phones=2, parameters=RESTARTS),
}
rollouts = shared_rollouts(ROWS)


def test_stale(row: Rollout) -> None:
    row.phones[1].set_layer("web", {"up.idleTimeout": "77"})
    run = row.apply(vvx_max_failures=1)
    assert run.code == 2 and row.sets() == [1, 0, 1], run.output
    assert row.states() == ["done", "stale", "done"]
    found = result(run, row, 2)
    assert found["error"]["kind"] == "stale" and "77" in found["msg"] and found["changed"] is False
    again = row.apply(vvx_max_failures=1)
    assert again.code == 2 and row.sets() == [1, 0, 1], "only a new plan helps"


def test_inventory_changed(row: Rollout) -> None:
    row.write_inventory(parameters={"up.idleTimeout": 66})
    refused(row, said="inventory-changed-1, inventory-changed-2")
    row.write_inventory(parameters={"up.idleTimeout": 55})
    finished(row, untouched=[])


def test_not_in_inventory(row: Rollout) -> None:
    document = yaml.safe_load((row.folder / "hosts.yml").read_text(encoding="utf-8"))
    del document["all"]["children"]["phones"]["children"][row.group]["hosts"]["not-in-inventory-2"]
    row.playground.write(f"{row.name}/hosts.yml", document)
    run = row.apply()
    assert run.code == 0 and row.done() == [True, False, True], run.output
    assert "not-in-inventory-2" in run.output
    row.write_inventory()
    finished(row, untouched=[1, 3])


def test_unreadable(row: Rollout) -> None:
    row.write_inventory(hosts={})
    run = row.apply()
    assert run.code == 0 and row.done() == [True, False, True], run.output
    assert row.phones[1].count() == 0 and "unreadable-2" in run.output


def test_unknown_parameter(row: Rollout) -> None:
    run = row.apply()
    assert run.code == 0 and row.done() == [True, False, True], run.output
    assert row.phones[1].count() == 0 and "unknown-parameter-2" in run.output


def test_unknown_skipped(row: Rollout) -> None:
    wanted = {"up.idleTimeout": "55"}
    foreseen, real = row.check(), row.apply()
    for run in (foreseen, real):
        assert run.code == 0 and result(run, row, 1)["after"] == result(run, row, 2)["after"] == wanted, run.output
    assert row.done() == [True, True] and row.sets() == [1, 1] and row.states() == ["done"] * 2
    assert [entry.data for entry in row.phones[1].log if entry.path.endswith("config/set")] == [wanted]
    finished(row, untouched=[1, 2])


def test_plan_edited(row: Rollout) -> None:
    text = row.plan.read_text(encoding="utf-8")
    row.plan.write_text(text.replace('"55"', '"5500"'), encoding="utf-8")
    for arguments in ((), ("--check",)):
        refused(row, *arguments, said="plan.json was changed since it was made")
    row.plan.write_text(text, encoding="utf-8")
    finished(row, untouched=[])


def test_plan_damaged(row: Rollout) -> None:
    whole = row.plan.read_bytes()
    for damaged in (whole[: len(whole) // 2], b""):
        row.plan.write_bytes(damaged)
        refused(row, said="plan.json is no plan, or is damaged")
    row.plan.write_bytes(whole)
    finished(row, untouched=[])


def test_wrong_key(row: Rollout) -> None:
    row.write_inventory(variables={"vvx_plan_key": "another key of some length"})
    refused(row, said="plan.json was not signed with this vvx_plan_key")
    row.write_inventory(variables={})
    finished(row, untouched=[])


def test_wrong_password(row: Rollout) -> None:
    row.phones[1].set_layer("device", {ADMIN_PASSWORD: "another-one"})
    run = row.apply(vvx_max_failures=1)
    assert run.code == 2 and row.states() == ["done", "failed", "done"], run.output
    assert result(run, row, 2)["error"]["kind"] == "authentication_failed" and row.phones[1].auth_failures == 1
    row.write_inventory(hosts={2: {"ansible_password": "another-one"}})
    finished(row, untouched=[1, 3])


def test_journal_not_writable(row: Rollout) -> None:
    refused(row, said="plan.json/journal", vvx_journal=f"{row.name}/plan.json/journal")
    finished(row, untouched=[])


def test_journal_lost(row: Rollout) -> None:
    """It becomes a folder while the first phone is written to: not even root can write to that."""
    first, second = row.phones
    first.fault("latency", path="config/set", seconds=2.0)
    kept = row.folder / "kept"

    def lose() -> None:
        until(lambda: first.count("config/set"))
        (path,) = row.folder.glob("*.journal")
        path.rename(kept)
        path.mkdir()

    loser = threading.Thread(target=lose)
    loser.start()
    run = row.apply("--forks", "1")
    loser.join()
    assert run.code == 2 and row.done() == [True, False] and second.count() == 0, run.output
    assert result(run, row, 1)["changed"] is True and "error" not in result(run, row, 1)
    assert result(run, row, 2)["error"]["kind"] == "settings" and ".journal" in result(run, row, 2)["msg"]
    assert "[WARNING]: journal: " in flat(run), "the end of the first phone is not written down, and that is said"
    (path,) = row.folder.glob("*.journal")
    path.rmdir()
    kept.rename(path)
    assert row.states() == ["begun", ""]
    finished(row, untouched=[])
    assert row.sets() == [0, 1] and row.states() == ["unchanged", "done"]


def test_two_at_once(row: Rollout) -> None:
    first, second = row.phones
    first.fault("hang", path="config/set")
    end = threading.Event()
    earlier = threading.Thread(target=row.apply_until, args=(end.is_set,), kwargs={"vvx_wave": 1})
    earlier.start()
    try:
        until(lambda: first.count("config/set"))
        run = row.apply()
        assert run.code == 2 and "another run writes to" in flat(run) and not run.by("vvx_apply"), run.output
    finally:
        end.set()
        earlier.join()
    assert row.sets() == [1, 0] and second.count() == 0
    finished(row, untouched=[])


def test_killed(row: Rollout) -> None:
    third = row.phones[2]
    third.fault("hang", path="config/set", after=1)
    row.apply_until(lambda: third.count("config/set") == 2, vvx_wave=1)
    assert row.states() == ["done", "done", "begun", ""] and row.done() == [True, True, False, False]
    run = finished(row, untouched=[1, 2], vvx_wave=1)
    assert row.states() == ["done"] * 4
    (rest,) = [entry.data for entry in third.log if entry.path.endswith("config/set")]
    assert len(rest) == 10, "only what was missing"
    assert "killed-3" in run.output


def test_killed_before_restart(row: Rollout) -> None:
    first = row.phones[0]
    first.fault("hang", path="safeReboot")
    row.apply_until(lambda: first.count("safeReboot") == 1, vvx_wave=1)
    assert row.states() == ["begun", ""] and row.done() == [True, False]
    run = finished(row, untouched=[], vvx_wave=1)
    assert [phone.restarts for phone in row.phones] == [1, 1] and row.sets()[0] == 0, run.output
    assert result(run, row, 1)["restarted"] is True and row.states() == ["done"] * 2
