# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run hands over is small and holds no template, whatever phones say and however many there are."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils import _handover
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import making
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.collect import Collector
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.digest import LARGEST_STATS, as_stats, digest
from ansible_collections.polycom.vvx.plugins.plugin_utils._summary.handover import statistics

from support.plans import LABEL, entry, plan

MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")
HOSTILE = ("{{ 7*7 }}", "{%% if x %}", "{{{{{", "{#}#}", "}}}", "ä\ud800\U0001f4de", "\0\x1b[0m", "{ {", "x" * 5000)


def run(phones: int, seed: int = 0) -> Collector:
    """A run with as many phones, some of which are hostile."""
    chosen = random.Random(seed)
    collector = Collector()
    for number in range(phones):
        host = f"site-{chosen.choice(HOSTILE)[:40]}-{number}"
        device = {"model": chosen.choice(HOSTILE), "firmware": f"5.9.{number}", "mac": "00:04:f2:00:00:01"}
        collector.add(host, "polycom.vvx.vvx_facts", "ok", {"ansible_facts": {"vvx": {"device": device}}})
        files = [{"dest": f"/backups/{chosen.choice(HOSTILE)}/{number}.cfg", "size": 100}]
        collector.add(host, "polycom.vvx.vvx_export", "ok", {"changed": True, "files": files})
        after = {f"reg.{number}.label": chosen.choice(HOSTILE)}
        change = {"changed": True, "before": {}, "after": after, "restart_required": "yes", "restart_reasons": after}
        collector.add(host, "polycom.vvx.vvx_config", "ok", change)
        if number % 3 == 0:
            error = {"kind": "unreachable", "host": host}
            told = {"unreachable": True, "msg": chosen.choice(HOSTILE) + "q" * (number % 50), "error": error}
            collector.add(host, "polycom.vvx.vvx_config", "unreachable", told)
    collector.finish([], [host for number, host in enumerate(collector.phones) if number % 3 == 0])
    return collector


@pytest.mark.parametrize("phones", [1, 7, 300, 5000])
def test_statistics_are_bounded_and_plain(phones: int) -> None:
    collector = run(phones, phones)
    found = statistics(collector, digest(collector))
    assert list(found) == ["polycom_vvx_facts", "polycom_vvx_backup", "polycom_vvx_configure"]
    for values in found.values():
        text = json.dumps(values)
        assert len(text.encode()) <= _handover.LARGEST
        assert not any(mark in part for part in texts(values) for mark in MARKS)
        assert values["phones"] == phones and sum(values["counts"].values()) == phones
    assert found["polycom_vvx_backup"]["files"] == phones == found["polycom_vvx_backup"]["bytes"] / 100
    assert found["polycom_vvx_configure"]["restart_needed"] == phones


@pytest.mark.parametrize("phones", [1, 300, 3000])
def test_the_summary_is_bounded_and_plain(phones: int) -> None:
    values = as_stats(digest(run(phones, phones)), "/backups/{{ 7*7 }}")
    assert len(json.dumps(values).encode()) <= LARGEST_STATS and values["phones"] == phones
    assert not any(mark in part for part in texts(values) for mark in MARKS)


def test_a_plan_is_bounded_and_plain() -> None:
    odd = [replace(LABEL, parameter=f"reg.{each}", before=each, after=each) for each in HOSTILE]
    entries = [entry(f"{'ä' * 245}{number}", *odd) for number in range(300)]
    entries += [entry(f"site {{{{ {number} }}}}", *odd) for number in range(9)]
    found = making.result(plan(*entries), [], "one {{ 7*7 }}\n" + "two\n" * 400, "H4s")["ansible_stats"]["data"]
    assert len(json.dumps(found["polycom_vvx_plan"]).encode()) <= _handover.LARGEST
    assert not any(mark in part for part in texts(found) for mark in MARKS)
    assert found["polycom_vvx_plan"]["phones"] == 309 and found["polycom_vvx_plan"]["summary"].count("two") == 400


def texts(value: Any) -> list[str]:
    """All texts in it, keys too."""
    if isinstance(value, dict):
        return [part for pair in value.items() for each in pair for part in texts(each)]
    if isinstance(value, list):
        return [part for each in value for part in texts(each)]
    return [value] if isinstance(value, str) else []


def test_any_text_becomes_harmless_and_stays_readable() -> None:
    chosen = random.Random(1)
    for _round in range(5000):
        text = "".join(chosen.choice("{}%#a \\") for _letter in range(chosen.randrange(12)))
        made = _handover.harmless({text: [text]})
        assert not any(mark in part for part in texts(made) for mark in MARKS), (text, made)
        assert next(iter(made)).replace(" ", "") == text.replace(" ", "")
    assert _handover.harmless({"a": "Desk { 1 }", "b": [1, None, 2.5, True]}) == {
        "a": "Desk { 1 }",
        "b": [1, None, 2.5, True],
    }


def test_lists_are_cut_until_all_fits() -> None:
    made = _handover.bounded(lambda most: {"phones": 10_000, "hosts": ["x" * 250] * min(most, 10_000)})
    assert made["phones"] == 10_000 and 100 < len(made["hosts"]) < 240
    whole = _handover.bounded(lambda most: {"hosts": ["x"] * min(most, 1000)})
    assert len(whole["hosts"]) == 1000


def test_only_what_the_run_had_is_handed_over() -> None:
    collector = Collector()
    collector.add("a", "polycom.vvx.vvx_restart", "ok", {"changed": True})
    collector.finish([], [])
    assert statistics(collector, digest(collector)) == {}
    collector.add(
        "b", "polycom.vvx.vvx_facts", "unreachable", {"msg": "b: no answer", "error": {"kind": "unreachable"}}
    )
    collector.finish([], ["b"])
    facts = statistics(collector, digest(collector))["polycom_vvx_facts"]
    assert facts["counts"]["unreachable"] == 1 and facts["hosts"] == {} and facts["failed_hosts"] == ["b"]


def test_what_is_too_much_for_a_run_is_the_largest_of_ours() -> None:
    found = {"polycom_vvx_report": "x" * 50_000, "polycom_vvx_plan_file": "x" * 200_000, "vvx_summary": "x" * 60_000}
    assert _handover.too_much(found) == []
    assert _handover.too_much({**found, "mine": "x" * 400_000}) == ["polycom_vvx_plan_file"]
    assert _handover.too_much({**found, "mine": "x" * 640_000}) == [
        "polycom_vvx_plan_file", "vvx_summary", "polycom_vvx_report",
    ]  # fmt: skip
    assert _handover.too_much({"mine": "x" * 900_000}) == []


def test_what_is_packed_is_unpacked_within_bounds() -> None:
    text = _handover.packed(b"x" * 1000)
    assert _handover.unpacked(text, 1000) == b"x" * 1000 and text == _handover.packed(b"x" * 1000)
    for wrong in (text[:-8], f"{text}{text}", "x", "{{ 7 * 7 }}"):
        with pytest.raises(ValueError, match="."):
            _handover.unpacked(wrong, 1000)
    with pytest.raises(ValueError, match="too large"):
        _handover.unpacked(text, 999)
