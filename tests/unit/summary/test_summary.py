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
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.text import MOST, Hints, text

DOCS = Path(__file__).parents[3] / "docs" / "fleet.md"
CONFIG, RESTART = "polycom.vvx.vvx_config", "polycom.vvx.vvx_restart"


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
