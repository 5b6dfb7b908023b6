# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written back to a phone, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import backups, reverting, reverting_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import Journal, Step
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import SECRET, Change, Entry
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.reverting import Reversal, Target

IDLE, LABEL, PASSWORD = "up.idleTimeout", "reg.1.label", "reg.1.auth.password"
TARGETS = {IDLE: Target("40", "default", "55"), LABEL: Target("Desk", "web", "Reception")}


def reversal(*changes: tuple[str, str, str], targets: dict[str, Target] | None = None, **more: Any) -> Reversal:
    """``changes``: name, present value and its source."""
    wanted = TARGETS if targets is None else targets
    found = Survey(
        changes=[
            Difference(name, wanted[name].value if name in wanted else SECRET, has, source)
            for name, has, source in changes
        ],
        written_because={name: "x" for name, _has, _source in changes if name not in wanted},
        unknown=more.pop("unknown", {}),
    )
    return reverting.reverse(wanted, found, BUNDLED, more.pop("left", {}), **more)


def test_what_the_plan_has_changed_is_changed_back() -> None:
    made = reversal((IDLE, "55", "web"), (LABEL, "Reception", "web"))
    assert made.values == {IDLE: "40", LABEL: "Desk"} and made.stale is None
    assert made.overrides == [IDLE], "it was inherited"
    wish = json.loads(json.dumps(made.as_wish()))
    assert wish["now"] == {IDLE: {"value": "55", "source": "web"}, LABEL: {"value": "Reception", "source": "web"}}


def test_a_phone_that_has_its_old_values_gets_nothing() -> None:
    assert reversal().values == {}
    assert reversal((LABEL, "Reception", "web")).values == {LABEL: "Desk"}, "a plan that was applied in part"


def test_a_phone_that_somebody_else_has_changed_is_left_alone() -> None:
    made = reversal((IDLE, "99", "web"), (LABEL, "Reception", "web"))
    assert made.stale is not None and f"{IDLE} (was '40', planned '55', is '99')" in str(made.stale)
    forced = reversal((IDLE, "99", "web"), force=True)
    assert forced.stale is None and forced.values == {IDLE: "40"}
    assert reversal((IDLE, "055", "web")).stale is None, "the same number"


def test_what_cannot_be_brought_back() -> None:
    made = reversal((IDLE, "55", "local"), unknown={LABEL: []}, left={"x.y": "why"})
    assert made.values == {} and set(made.left) == {IDLE, LABEL, "x.y"}
    assert "menu" in made.left[IDLE] and "does not know" in made.left[LABEL]
    assert reverting.unwritable({"apps.restapi.enabled": Target("0")}, "write") == {
        "apps.restapi.enabled": "it can't be set over REST",
    }  # fmt: skip
    assert list(reverting.unwritable(TARGETS, "leave")) == [IDLE]


def test_without_a_known_source_the_present_one_says_what_becomes_an_override() -> None:
    snapshot = {IDLE: Target("40"), LABEL: Target("Desk")}
    made = reversal((IDLE, "55", "config"), (LABEL, "Reception", "web"), targets=snapshot)
    assert made.overrides == [IDLE]
    left = reversal((IDLE, "55", "config"), targets=snapshot, inherited="leave")
    assert left.values == {} and list(left.left) == [IDLE]


def test_secrets_of_the_inventory() -> None:
    made = reversal((PASSWORD, SECRET, "web"), (LABEL, "Reception", "web"))
    assert made.secrets == [PASSWORD] and made.now[PASSWORD] == (SECRET, "web") and PASSWORD not in made.values


def test_what_an_earlier_run_has_begun_is_finished() -> None:
    """The values are there; whether the phone has restarted for them nobody knows."""
    assert reversal(resumed=True).values == {IDLE: "40", LABEL: "Desk"}
    assert reversal((IDLE, "99", "web"), resumed=True).values == {}


def test_targets_are_what_is_no_secret() -> None:
    changes = (Change(IDLE, False, "40", "default", "55"), Change(PASSWORD, True, SECRET, "web", SECRET))
    assert reverting.targets_of(Entry("a", changes=changes)) == {IDLE: Target("40", "default", "55")}


@pytest.mark.parametrize("width", [60, 80, 200])
def test_what_is_said_fits(width: int) -> None:
    made = {
        f"phone-{number}": Reversal(
            {f"p.{index}.{number}": "x" * 100 for index in range(40)},
            overrides=[f"p.{index}.{number}" for index in range(40)],
            left={f"q.{index}": f"reason {index} " * 20 for index in range(9)},
        )
        for number in range(50)
    }
    lines = [line for section in reverting_text.sections(made, width) for line in section.lines(6)]
    assert len(lines) <= 18 and all(len(line) <= width for line in lines)


def test_backups_by_host(tmp_path: Path) -> None:
    for name in (
        "a.all.cfg", "a.device.cfg", "b.cfg", "c_config.2026-01-02@03:04:05.cfg", "c_config.2026-01-03@03:04:05.cfg",
        "c_config.2026-01-03@03:04:05.device.cfg", "other.all.cfg", "notes.txt",
    ):  # fmt: skip
        (tmp_path / name).write_text('<PHONE_BACKUP><WEB up.idleTimeout="50"/></PHONE_BACKUP>', encoding="utf-8")
    found = backups.files_of(str(tmp_path), ["a", "b", "c", "d"])
    assert {host: [Path(each).name for each in files] for host, files in found.items()} == {
        "a": ["a.all.cfg", "a.device.cfg"],
        "b": ["b.cfg"],
        "c": ["c_config.2026-01-03@03:04:05.cfg", "c_config.2026-01-03@03:04:05.device.cfg"],
    }
    assert backups.parameters_of(found["a"]) == {"up.idleTimeout": "50"}
    assert backups.without(["a", "d"], found) == ["d"]


def test_a_folder_of_days_is_none_of_backups(tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-02-01"):
        (tmp_path / day).mkdir()
    with pytest.raises(SettingsError, match="Did you mean .*2026-02-01"):
        backups.files_of(str(tmp_path), ["a"])
    with pytest.raises(SettingsError, match="can't be read"):
        backups.files_of(str(tmp_path / "none"), ["a"])


@pytest.mark.parametrize(
    ("content", "values"),
    [
        ({"a": {IDLE: 50}}, {IDLE: 50}),
        ({"a": {"before": {IDLE: "50"}, "after": {IDLE: "60"}, "changed": True}}, {IDLE: "50"}),
        ({"hosts": {"a": {"parameters": {IDLE: {"before": "50", "after": "60"}}}}, "version": 1}, {IDLE: "50"}),
        ({"a": {"parameters": {IDLE: None, LABEL: "x", "device.x.set": 1}}}, {LABEL: "x"}),
        ({"a": {}}, {}),
    ],
)
def test_snapshots(content: Any, values: dict[str, Any]) -> None:
    assert backups.snapshot(content, "x.json") == {"a": values}


@pytest.mark.parametrize("content", [None, [], {}, "text", {"a": 1}, {"hosts": [1]}])
def test_what_is_no_snapshot(content: Any) -> None:
    with pytest.raises(SettingsError, match="is no snapshot of phones"):
        backups.snapshot(content, "x.json")


def test_values_that_no_phone_takes_are_left_out_alone() -> None:
    good, wrong = backups.texts({IDLE: 50, LABEL: ["x"], "prov.url": "http://***@host/", "reg.1.address": True})
    assert good[IDLE] == "50" and LABEL not in good and set(wrong) == {LABEL, "prov.url"}
    assert wrong["prov.url"] == backups.NO_LOGIN
    assert backups.texts({}) == ({}, {})


def test_the_same_backup_has_the_same_journal(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text("a: {up.idleTimeout: 1}", encoding="utf-8")
    assert backups.identity(str(file)) == backups.identity(str(file)) != backups.identity(str(tmp_path))
    assert len(backups.identity(str(tmp_path))) == 16


def test_a_plan_that_was_undone_can_be_applied_again(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), "5f")
    journal.roll_back(["a"])
    assert not (tmp_path / "5f.journal").exists()
    journal.open()
    for host, state in {"a": "done", "b": "begun", "c": "skipped", "d": "done"}.items():
        journal.add(Step(host, state, 2))
    journal.roll_back(["a", "b", "c", "nobody"])
    assert {host: step.state for host, step in journal.steps().items()} == {
        "a": "rolled_back", "b": "rolled_back", "c": "skipped", "d": "done",
    }  # fmt: skip
