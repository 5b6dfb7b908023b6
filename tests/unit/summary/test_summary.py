# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary of a run, without Ansible: from results to lines."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.collect import Collector
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.details import NOBODY, contents
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.diffs import diffs
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.digest import (
    LARGEST_STATS,
    as_details,
    as_stats,
    digest,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.text import MOST, Hints, nobody, text

DOCS = Path(__file__).parents[3] / "docs" / "fleet.md"
CONFIG, RESTART, APPLY = "polycom.vvx.vvx_config", "polycom.vvx.vvx_restart", "polycom.vvx.vvx_apply"


def config(after: dict[str, str], before: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    result = {
        "changed": bool(after),
        "before": before or dict.fromkeys(after, "1"),
        "after": after,
        "secrets_written": [],
        "secrets_skipped": [],
        "restart_required": "no",
        "restart_reasons": {},
        "restarted": False,
    }
    return {**result, **more}


def failure(host: str, kind: str, said: str, **more: Any) -> dict[str, Any]:
    return {"changed": False, "msg": f"{host}: {said}", "error": {"kind": kind, "host": host}, **more}


def told(collector: Collector, width: int = 80, hints: Hints | None = None) -> list[str]:
    phones = collector.phones
    failed = {host for host, phone in phones.items() if phone.verdict() == "failed"}
    collector.finish(failed, {host for host, phone in phones.items() if phone.verdict() == "unreachable"})
    return text(digest(collector), width, hints or Hints())


def test_one_phone_is_one_phone() -> None:
    collector = Collector()
    collector.add("desk", CONFIG, "ok", config({"up.idleTimeout": "60"}))
    lines = told(collector)
    assert lines[0] == "1 phone: 1 changed"
    assert "  up.idleTimeout: '1' -> '60'  1 phone" in lines


def test_check_mode_says_would_and_the_next_step() -> None:
    collector = Collector()
    result = config({"device.theme": "b"}, restart_required="yes", restart_reasons={"device.theme": "reboot"})
    collector.add("desk", CONFIG, "ok", result, check_mode=True)
    collector.add("hall", CONFIG, "ok", config({}), check_mode=True)
    lines = told(collector)
    assert lines[0] == "2 phones: 1 would change, 1 unchanged"
    assert "Restart would be needed: 1 phone, because of device.theme" in lines
    assert lines[-1] == "Next: the same command without --check."
    assert not any("polycom.vvx.restart" in line for line in lines)


@pytest.mark.parametrize(("installed", "said"), [([], False), (["5.9.5.0614"], True)])
def test_a_phone_that_kept_its_firmware_was_not_updated(installed: list[str], said: bool) -> None:
    collector = Collector()
    result = {**failure("10.0.0.9", "not_updated", "still runs 5.4.1.1111"), "changed": True, "installed": installed}
    collector.add("desk", "polycom.vvx.vvx_firmware", "failed", result)
    collector.add("hall", "polycom.vvx.vvx_firmware", "ok", {"changed": True, "installed": ["6.4.2.3456"]})
    updated = next(line for line in told(collector) if line.startswith("Firmware updated"))
    assert ("desk" in updated) == said


@pytest.mark.parametrize(
    ("module", "done", "would"),
    [
        ("vvx_restart", "Restarted", "Would be restarted"),
        ("vvx_password", "Password changed", "Password would be changed"),
        ("vvx_export", "Backed up", "Would be backed up"),
    ],
)
def test_what_was_done_and_would_be(module: str, done: str, would: str) -> None:
    for check_mode, said in ((False, done), (True, would)):
        collector = Collector()
        collector.add("desk", f"polycom.vvx.{module}", "ok", {"changed": True}, check_mode=check_mode)
        assert f"{said}: 1 phone: desk" in told(collector)


def test_the_command_that_restarts_names_the_phones_or_a_file() -> None:
    result = config({"device.theme": "b"}, restart_required="yes", restart_reasons={"device.theme": "reboot"})
    few, many = Collector(), Collector()
    for number in range(1, 200):
        for collector in (few, many)[number > 2 :]:
            collector.add(f"desk-{number}", CONFIG, "ok", result)
    lines = told(few, hints=Hints("ansible-playbook polycom.vvx.restart -i hosts.yml"))
    assert "  ansible-playbook polycom.vvx.restart -i hosts.yml --limit desk-1,desk-2" in lines
    assert any(line.endswith("--limit @run.restart") for line in told(many, hints=Hints(restart_list="run.restart")))
    assert any("vvx_summary_file=run.json" in line for line in told(many))


def test_a_restart_that_came_later_settles_the_need() -> None:
    collector = Collector()
    result = config({"device.theme": "b"}, restart_required="yes", restart_reasons={"device.theme": "reboot"})
    collector.add("desk", CONFIG, "ok", result)
    collector.add("desk", RESTART, "ok", {"changed": True})
    lines = told(collector)
    assert "Restarted: 1 phone: desk" in lines and not any("Restart needed" in line for line in lines)


def test_unknown_is_explained_and_names_the_parameter() -> None:
    collector = Collector()
    collector.add("desk", CONFIG, "ok", config({"some.thing": "2"}, restart_required="unknown"))
    assert any(
        "Restart unknown: 1 phone: it is not documented whether some.thing needs" in x for x in told(collector, 120)
    )


def test_values_that_differ_are_counted_and_their_place_is_named() -> None:
    collector = Collector()
    place = {"layer": "vvx_parameters_all", "file": "group_vars/all.yml", "line": 3}
    for number in range(5):
        wanted = {"up.idleTimeout": "60", "reg.1.label": f"desk {number}"}
        result = config(wanted, {"up.idleTimeout": "1", "reg.1.label": ""}, origins={"up.idleTimeout": place})
        collector.add(f"desk-{number}", CONFIG, "ok", result)
    lines = told(collector, 120)
    assert any("reg.1.label: '' -> 5 values" in line for line in lines)
    assert any(line.endswith("5 phones  vvx_parameters_all, group_vars/all.yml:3") for line in lines)


def test_failures_are_grouped_whatever_number_or_address_is_in_them() -> None:
    collector = Collector()
    for number in range(1, 24):
        said = f"the password was refused on port 84{number:02} (00:04:f2:00:00:{number:02}). Check it."
        collector.add(f"desk-{number}", CONFIG, "failed", failure(f"192.0.2.{number}", "authentication_failed", said))
    collector.add("off", CONFIG, "unreachable", failure("192.0.2.99", "unreachable", "no answer. Check the power."))
    lines = told(collector, 80)
    shown = " ".join(" ".join(lines).split())
    assert lines[0] == "24 phones: 0 changed, 23 failed, 1 unreachable"
    assert shown.count("Check it.") == shown.count("refused") == 1
    assert "desk-9, desk-10 and 13 more" in shown and "1 phone unreachable: no answer. Check the power." in shown
    assert "192.0.2" not in shown


def test_secrets_left_alone_are_one_line_for_each_reason() -> None:
    collector = Collector()
    result = config(
        {}, secrets_skipped=["reg.1.auth.password"], secrets_reasons={"reg.1.auth.password": "it is hidden"}
    )
    for number in range(300):
        collector.add(f"desk-{number}", CONFIG, "ok", result)
    lines = told(collector)
    assert "  reg.1.auth.password: 300 phones: it is hidden" in lines
    assert sum("vvx_update_secrets=always" in line for line in lines) == 1


def test_secrets_that_must_never_be_written_get_no_advice() -> None:
    kinds = {"forbidden": "update_secrets is never", "set": "something else has set it (source web)"}
    collectors = {kind: Collector() for kind in (*kinds, "both")}
    for kind, reason in kinds.items():
        left = {"secrets_skipped": ["device.auth.localUserPassword"]}
        result = config({}, **left, secrets_reasons={"device.auth.localUserPassword": reason})
        for name in (kind, "both"):
            collectors[name].add(f"desk-{kind}", CONFIG, "ok", result)
    advised = {kind: "set vvx_update_secrets=always" in " ".join(told(each)) for kind, each in collectors.items()}
    assert advised == {"forbidden": False, "set": True, "both": True}


def test_what_was_done_names_the_phones_and_what_kept_others_from_it() -> None:
    collector = Collector()
    for number in range(1, 14):
        collector.add(f"desk-{number}", RESTART, "ok", {"changed": True})
    for name in ("hall", "lift"):
        busy = {"skipped": True, "changed": False, "msg": f"{name}: the phone is in a call; it was not restarted."}
        collector.add(name, RESTART, "skipped", busy)
    lines = told(collector, 120)
    assert lines[0] == "15 phones: 13 changed, 2 skipped"
    assert lines[1].startswith("Restarted: 13 phones: desk-1, desk-2,") and lines[1].endswith("and 3 more")
    at = lines.index("Left alone:")
    assert lines[at + 1 : at + 3] == ["  2 phones: the phone is in a call; it was not restarted.", "    hall, lift"]


def test_rescued_and_ignored_failures_do_not_count_as_failed() -> None:
    collector = Collector()
    collector.add("desk", CONFIG, "failed", failure("desk", "busy", "is busy."), ignored=True)
    collector.add("hall", CONFIG, "failed", failure("hall", "busy", "is busy."))
    collector.finish([], [])
    lines = text(digest(collector), 80, Hints())
    assert lines[0] == "2 phones: 0 changed, 2 unchanged"
    assert "Failures that the playbook ignored: 2 phones: desk, hall" in lines


def test_a_loop_counts_each_round() -> None:
    collector = Collector()
    rounds = [config({"a.b": "2"}), failure("desk", "busy", "is busy.")]
    collector.add("desk", CONFIG, "failed", {"results": rounds})
    collector.finish(["desk"], [])
    assert collector.phones["desk"].changes["a.b"].after == "2"
    assert [each.kind for each in collector.phones["desk"].failures] == ["busy"]


@pytest.mark.parametrize("action", ["ansible.builtin.debug", "polycom.vvx.vvx_audit", "vvx_config"])
def test_other_tasks_are_left_out(action: str) -> None:
    collector = Collector()
    collector.add("desk", action, "ok", {"changed": True})
    assert collector.phones == {}


def test_phones_that_a_rollout_has_not_begun() -> None:
    collector = Collector()
    reason = "2 of 3 phones failed in wave 1, where more than 1 may not"
    collector.add("p-1", APPLY, "ok", config({"up.idleTimeout": "60"}))
    undone = {**config({}), **failure("p-2", "not_effective", "no line."), "rolled_back": ["up.idleTimeout"]}
    collector.add("p-2", APPLY, "failed", undone)
    collector.add("p-3", APPLY, "skipped", {"skipped": True, "msg": f"p-3: {reason}.", "not_begun": reason})
    collector.add("p-9", APPLY, "skipped", {"skipped": True, "msg": "p-9: in a call. Left alone."})
    collector.leave_out([f"p-{number}" for number in range(1, 10)], reason)
    lines = told(collector)
    assert lines[0] == "9 phones: 1 changed, 1 skipped, 1 failed, 6 not begun"
    start = lines.index("Not begun:")
    assert " ".join(" ".join(lines[start + 1 : start + 3]).split()) == (
        "6 phones: 2 of 3 phones failed in wave 1, where more than 1 may not p-3, p-4, p-5, p-6, p-7, p-8"
    )
    assert "Rolled back: 1 phone: p-2" in lines
    assert any("in a call" in line for line in lines) and sum("may not" in line for line in lines) == 1
    ending = " ".join(" ".join(lines[-3:]).split())
    assert ending == (
        "Next, when that is mended: the same command again. It goes on where this run has stopped. "
        "To go on without this phone, add --limit '!p-2'."
    )
    limited = told(collector, hints=Hints(limited=True))
    assert limited[-1] == "To go on without this phone, add '!p-2' to --limit.", "a second one would replace the first"
    stats = as_stats(digest(collector))
    assert stats["counts"]["not_begun"] == 6 and stats["not_begun"][0]["phones"] == 6
    details = as_details(collector, digest(collector))["hosts"]
    assert details["p-4"]["state"] == "not_begun" and details["p-4"]["not_begun"] == reason
    assert details["p-1"]["not_begun"] == ""


def test_a_rollout_that_the_window_has_ended_goes_on_with_the_same_command() -> None:
    collector = Collector()
    collector.leave_out(["p-1", "p-2"], "the maintenance window (22:00-05:00) has closed")
    lines = told(collector)
    assert lines[0] == "2 phones: 0 changed, 2 not begun"
    assert "Next: the same command again." in lines[-1] or "Next: the same command again." in lines[-2]


def test_a_rollout_says_how_to_go_on_where_it_can() -> None:
    """Not without phones that are many, nor without those that failed where all others were begun."""
    many, last, busy = Collector(), Collector(), Collector()
    for number in range(20):
        many.add(f"desk-{number}", APPLY, "failed", failure(f"desk-{number}", "in_call", "in a call."))
    many.leave_out(["p-1"], "20 of 20 phones failed in wave 1, where more than 2 may not")
    last.add("p-2", APPLY, "failed", failure("p-2", "in_call", "in a call."))
    last.leave_out([], "")
    for collector in (many, last):
        assert "where this run has" in " ".join(told(collector)) and "--limit" not in " ".join(told(collector))
    busy.add("p-9", APPLY, "skipped", {"skipped": True, "msg": "p-9: in a call. Left alone."})
    busy.leave_out([], "")
    assert told(busy)[-1] == "Next: the same command again tries the phones that were left alone."


def test_a_rollout_after_which_lines_do_not_register_asks_whether_the_change_is_wrong() -> None:
    for undone in ([], ["up.idleTimeout"]):
        collector = Collector()
        lost = {**config({"up.idleTimeout": "60"}), **failure("p-1", "not_registered", "line 1 did not register.")}
        collector.add("p-1", APPLY, "failed", {**lost, "rolled_back": undone} if undone else lost)
        collector.leave_out(["p-1", "p-2"], "1 of 1 phone failed in wave 1, where none may")
        ending = " ".join(told(collector)).partition("run.json ")[2]
        if undone:
            assert ending.startswith("Next, when that is mended: the same command again."), "it begins with this phone"
        else:
            assert " ".join(ending.split()) == (
                "Next: if the change is wrong, correct the inventory and make a new plan. The same command again looks "
                "at the lines of 1 phone once more, and goes on where this run has stopped."
            )


def test_equal_differences_are_shown_once_and_own_ones_with_their_phone() -> None:
    collector = Collector()
    for number in range(1, 201):
        collector.add(f"desk-{number}", CONFIG, "ok", config({"a.b": "2", "reg.1.label": "x" * (1 + number // 200)}))
    lines = list(diffs(collector))
    assert lines[0].startswith("--- before: 200 phones: desk-1, desk-2,") and lines[0].endswith("and 190 more")
    assert lines[1:5] == ["+++ after", "-a.b: 1", "+a.b: 2", ""]
    assert "--- before: 1 phone: desk-200" in lines and lines.count("-a.b: 1") == 1


def anything(chance: random.Random, phones: int) -> Collector:
    """A run in which all kinds of things happen, with names and texts of any length."""
    collector = Collector()
    for number in range(phones):
        host = f"{'h' * chance.choice([1, 5, 60])}-{number}"
        names = [f"{'n' * chance.choice([1, 20, 90])}.{chance.randrange(50)}" for _each in range(chance.randrange(6))]
        values = {name: "v" * chance.choice([0, 1, 300]) + str(chance.randrange(9)) for name in names}
        kind = chance.choice(["ok", "ok", "failed", "unreachable", "skipped"])
        if kind == "ok":
            origin = {"layer": "l" * chance.choice([3, 90]), "file": "f" * chance.choice([3, 200]), "line": 3}
            result = config(
                values,
                origins=dict.fromkeys(values, origin),
                secrets_written=names[:1],
                secrets_skipped=names[1:2],
                secrets_reasons=dict.fromkeys(names, "r" * chance.choice([5, 300])),
                restart_required=chance.choice(["yes", "no", "unknown"]),
                restart_reasons=values,
            )
        else:
            result = failure(
                host, chance.choice("abcdefghijklmnop"), " ".join(chance.choices(["word", "x" * 99], k=40))
            )
        collector.add(host, CONFIG, kind, result, check_mode=chance.random() < 0.01)
        if chance.random() < 0.3:
            collector.add(host, chance.choice([RESTART, "polycom.vvx.vvx_reset"]), "ok", {"changed": True})
    for number in range(chance.randrange(9)):
        collector.add_note(f"note {number} " + "word " * 50)
    return collector


@pytest.mark.parametrize("seed", range(30))
def test_no_run_needs_more_than_a_screen_or_is_wider(seed: int) -> None:
    chance = random.Random(seed)
    collector = anything(chance, chance.choice([1, 2, 40, 2000]))
    width = chance.choice([60, 80, 120])
    lines = told(collector, width)
    assert 0 < len(lines) <= MOST
    assert [line for line in lines if len(line) > width and "ansible-playbook" not in line] == []


def test_what_is_handed_over_stays_small_and_keeps_its_counts() -> None:
    collector = anything(random.Random(1), 10_000)
    collector.finish([], [])
    made = digest(collector)
    stats = as_stats(made)
    assert len(json.dumps(stats)) <= LARGEST_STATS
    assert stats["phones"] == 10_000 and stats["restart_needed"]["phones"] == len(made.restart.hosts)


def test_lists_of_hosts_are_never_empty_files() -> None:
    collector = Collector()
    collector.add("desk", CONFIG, "ok", config({"a.b": "2"}))
    collector.finish([], [])
    files = contents("out/run.json", collector, digest(collector))
    assert list(files) == ["out/run.json", "out/run.restart", "out/run.failed"]
    assert files["out/run.failed"].text == f"{NOBODY}\n" and not files["out/run.failed"].needed
    details = json.loads(files["out/run.json"].text)
    assert details["hosts"]["desk"]["parameters"]["a.b"]["after"] == "2"


def test_the_docs_describe_each_key() -> None:
    collector = Collector()
    collector.add("desk", CONFIG, "ok", config({"a.b": "2"}))
    collector.finish([], [])
    made = digest(collector)
    section = DOCS.read_text(encoding="utf-8").split("## The end of a run", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE))
    everything = as_details(collector, made)
    assert set(rows) == set(everything) == {*as_stats(made), "hosts"}
    for key, value in (
        ("hosts", everything["hosts"]["desk"]),
        ("counts", everything["counts"]),
        ("parameters", everything["parameters"][0]),
        ("parameters", everything["parameters"][0]["changes"][0]),
        ("restart_needed", everything["restart_needed"]),
    ):
        assert set(value) <= set(re.findall(r"`(\w+)`", rows[key])), key


def test_unknown_parameters_that_were_skipped_are_told_with_their_phones() -> None:
    collector = Collector()
    older = {"reg.1.adress": ["reg.1.address"], "voice.handset.txag": [], "up.idleTimeout": []}
    for number in range(1, 41):
        collector.add(f"desk-{number}", CONFIG, "ok", config({}, unknown=older))
    collector.add("hall", CONFIG, "ok", config({"a.b": "2"}, unknown={"up.idleTimeout": []}))
    failed = failure("lift", "unknown_parameters", "the phone does not know x.y.", **config({}, unknown={"x.y": []}))
    collector.add("lift", CONFIG, "failed", {**failed, "changed": False})
    shown = " ".join(" ".join(told(collector, 120)).split())
    assert "Parameters that phones do not know, skipped:" in shown
    assert "40 phones: reg.1.adress (reg.1.address?), voice.handset.txag, up.idleTimeout desk-1, desk-2" in shown
    assert "1 phone: up.idleTimeout hall" in shown and "x.y" not in shown.split("skipped:")[1].split("Failures:")[0]
    made = digest(collector)
    assert [(each["phones"], each["names"]) for each in as_stats(made)["unknown_skipped"]] == [
        (40, ["reg.1.adress (reg.1.address?)", "voice.handset.txag", "up.idleTimeout"]), (1, ["up.idleTimeout"]),
    ]  # fmt: skip
    hosts = as_details(collector, made)["hosts"]
    assert hosts["desk-1"]["unknown"] == older and hosts["lift"]["unknown"] == {}


def test_thousands_of_unknown_parameters_leave_room_for_the_rest() -> None:
    collector = Collector()
    for number in range(500):
        unknown = {f"odd.{number}.{index}": [] for index in range(100)}
        collector.add(f"desk-{number}", CONFIG, "ok", config({"a.b": "2"}, unknown=unknown))
    lines = told(collector)
    assert len(lines) <= MOST and any("Parameters that changed" in line for line in lines)
    assert any(line.startswith("  ... and") and "more groups" in line for line in lines), lines


@pytest.mark.parametrize("pattern", ["phones", ", ".join(f"desk-{number}" for number in range(500)), "a\x1b[2J\nb", ""])
@pytest.mark.parametrize("limited", [True, False])
def test_a_run_without_phones_fits_any_screen(pattern: str, limited: bool) -> None:
    lines = nobody(pattern, limited, 80)
    assert lines[0].startswith("0 phones: no host") and len(lines) <= 6 and max(map(len, lines)) <= 80
    assert all(map(str.isprintable, lines))
    assert ("limit" in " ".join(lines)) is limited
