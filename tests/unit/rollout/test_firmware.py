# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones get which firmware."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError, Unreachable
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import firmware
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.firmware import Found, Order, Update
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.journal import Journal, Step, latest


def asked(**changes: Any) -> Order:
    params = {
        "target_firmware": {"VVX 411": "5.9.3.2489", "VVX 250": "6.4.3.1004"},
        "hops": [{"version": "5.5.4.2255", "below": "5.5"}],
        "server": {"5.5.4": "http://fw/5.5.4", "default": "http://fw/{}"} | {"6.4.3.1004": "http://fw/6.4.3"},
        "allow_downgrade": False,
        **changes,
    }
    return firmware.order(params)


def test_each_phone_is_sorted_once() -> None:
    lost = Unreachable("no answer", host="f")
    found = {
        "a": Found("VVX 411", "5.4.1.1"),
        "b": Found("VVX 411", "5.9.3.2489"),
        "c": Found("VVX 250", "6.5.0.1"),
        "d": Found("VVX 601", "5.9.3.2489"),
        "e": Found("VVX 250", ""),
        "f": lost,
        "g": Found("VVX 250", "6.4.3.1004"),
    }
    sorting = firmware.sort(found, asked(), begun={"g"})
    assert sorting.updates == {
        "a": Update("VVX 411", "5.4.1.1", "5.9.3.2489", ("5.5.4.2255", "5.9.3.2489")),
        "g": Update("VVX 250", "6.4.3.1004", "6.4.3.1004", ()),
    }
    assert (sorting.right, sorting.newer, sorting.aimless) == (["b"], {"c": "6.4.3.1004"}, {"VVX 601": ["d"]})
    assert sorting.lost["f"] is lost and sorting.lost["e"].kind == "protocol"
    assert {note.name: len(note.hosts) for note in sorting.notes(["a"], ["g"])} == {
        "resumed_elsewhere": 1, "as_desired": 1, "newer": 1, "no_target": 1, "not_read": 2, "overruled": 1,
    }  # fmt: skip
    lines = [line for item in firmware.section(sorting, 79).items for line in item]
    assert lines == [
        "  1 phone VVX 250: 6.4.3.1004, to be looked at again",
        "  1 phone VVX 411: 5.4.1.1 -> 5.5.4.2255 -> 5.9.3.2489",
    ]
    older = firmware.sort(found, asked(allow_downgrade=True))
    assert older.updates["c"].path == ("6.4.3.1004",) and older.newer == {}


def test_a_version_without_a_server_is_refused_before_anything_is_written() -> None:
    with pytest.raises(SettingsError, match=r"the table has none for 5.9.3.2489"):
        firmware.sort({"a": Found("VVX 411", "5.8.0.1")}, asked(server={"6.4": "http://fw"}))


def test_the_same_table_has_the_same_journal() -> None:
    assert asked().errand.id == asked(allow_downgrade=True, server="http://other").errand.id
    assert asked().errand.id != asked(hops=[]).errand.id
    assert asked().errand.title == "Firmware 5.9.3.2489, 6.4.3.1004"
    assert asked(target_firmware={}, hops=[]).errand.title == "Firmware"


def test_journals_of_other_tables_are_not_forgotten(tmp_path: Path) -> None:
    for name, step in (
        ("firmware-1", Step("a", "failed", when="2027-01-01T00:00:00Z", lines=(1, 2))),
        ("firmware-1", Step("b", "begun", when="2027-01-01T00:00:00Z")),
        ("firmware-2", Step("b", "done", when="2027-01-02T00:00:00Z")),
        ("rollback-3", Step("c", "failed", when="2027-01-02T00:00:00Z")),
    ):
        Journal(str(tmp_path), name).open()
        Journal(str(tmp_path), name).add(step)
    found = latest(str(tmp_path), firmware.KIND)
    assert {host: (step.state, step.lines) for host, step in found.items()} == {
        "a": ("failed", (1, 2)),
        "b": ("done", ()),
    }
    assert latest(str(tmp_path / "none"), firmware.KIND) == {}
