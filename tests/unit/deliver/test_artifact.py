# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of a run have delivered is handed over together: bounded as a whole, and never a template."""

from __future__ import annotations

import json
import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.artifact import LARGEST_ARTIFACT, Artifact
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import NotDelivered
from ansible_collections.polycom.vvx.plugins.plugin_utils._handover import unpacked

FILES = "polycom_vvx_delivered_files"
LISTED = "polycom_vvx_delivered"
NOISE = random.Random(1).randbytes(200_000)


def content(file: dict[str, str]) -> bytes:
    return file["content"].encode() if file["encoding"] == "text" else unpacked(file["content"], 10_000_000)


def entry(name: str, to: str = "/mnt") -> dict[str, Any]:
    return {"name": name, "to": to, "bytes": 1, "changed": True}


def test_text_stays_as_it_is_and_nothing_looks_like_a_template() -> None:
    files = {
        "a.md": "# Phones äé\n".encode(),
        "b.md": b"{{ lookup('env', 'HOME') }}",
        "c.md": b"{%",
        "d.xlsx": bytes(range(256)),
        "e.csv": b"1;" * 20_000,
        "f.txt": b"",
    }
    artifact = Artifact()
    for name, each in files.items():
        artifact.put(name, each)
    made = artifact.statistics()[FILES]
    assert {name: each["encoding"] for name, each in made.items()} == {
        "a.md": "text", "b.md": "gzip", "c.md": "gzip", "d.xlsx": "gzip", "e.csv": "gzip", "f.txt": "gzip",
    }  # fmt: skip
    assert {name: content(each) for name, each in made.items()} == files
    assert not any(mark in json.dumps(made) for mark in ("{{", "{%", "{#"))


def test_names_and_places_are_no_templates() -> None:
    artifact = Artifact()
    artifact.put("{{ 7*7 }}.json", b"1")
    artifact.note([entry("{{ 7*7 }}.json"), entry("a", "/mnt/{% x %}")])
    assert not any(mark in json.dumps(artifact.statistics(), indent=1) for mark in ("{{", "{%"))


def test_the_bounds_hold_for_all_tasks_of_a_run(tmp_path: Path) -> None:
    Artifact(str(tmp_path)).put("a.xlsx", NOISE[:80_000])
    Artifact(str(tmp_path)).put("b.md", b"b")
    with pytest.raises(NotDelivered, match="^c.xlsx: not delivered as an artifact: with it, .* 200000 is the most"):
        Artifact(str(tmp_path)).put("c.xlsx", NOISE[:80_000])
    for task in range(30):
        Artifact(str(tmp_path)).note(entry(f"{'ä' * 90}{task}-{n}", f"https://h/{'ä' * 290}") for n in range(50))
    found = Artifact(str(tmp_path)).statistics()
    assert list(found[FILES]) == ["a.xlsx", "b.md"] and len(json.dumps(found[FILES])) <= LARGEST_ARTIFACT
    assert len(json.dumps(found[LISTED])) <= 60_000 and len(found[LISTED]) > 10
    assert set(found[LISTED][0]) == {"name", "to", "bytes"}


def test_no_task_replaces_the_file_of_another(tmp_path: Path) -> None:
    Artifact(str(tmp_path)).put("a.md", b"Berlin")
    Artifact(str(tmp_path)).put("a.md", b"Berlin")
    with pytest.raises(NotDelivered, match=r"^a.md: not delivered as an artifact: an earlier task .* of this name\.$"):
        Artifact(str(tmp_path)).put("a.md", b"Lisbon")
    assert content(Artifact(str(tmp_path)).statistics()[FILES]["a.md"]) == b"Berlin"


def test_a_large_file_is_refused_before_it_is_packed() -> None:
    with pytest.raises(NotDelivered, match="larger than 20 MB"):
        Artifact().put("a.json", bytes(20_000_001))


def test_tasks_on_several_hosts_hand_over_at_once(tmp_path: Path) -> None:
    def hand_over(number: int) -> None:
        artifact = Artifact(str(tmp_path))
        artifact.put(f"{number}.md", b"x")
        artifact.note([entry(f"{number}.md")])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hand_over, range(80)))
    found = Artifact(str(tmp_path)).statistics()
    assert len(found[FILES]) == len(found[LISTED]) == 80


def test_nothing_is_kept_where_there_is_nothing_to_keep(tmp_path: Path) -> None:
    Artifact().put("a.md", b"in check mode")
    assert Artifact(str(tmp_path)).statistics() == {} and os.listdir(tmp_path) == []
    assert Artifact().statistics() == {}
