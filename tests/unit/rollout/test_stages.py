# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line a minute about phones that are waited for."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.stages import FINISHED, Stages


def test_one_worker_says_once_a_minute_what_all_phones_do(tmp_path: Path) -> None:
    folder = str(tmp_path / "wave")
    first, second = Stages(folder, 4, "Wave 2 of 3"), Stages(folder, 4, "Wave 2 of 3")
    assert first.note("berlin-1001", "restarting or loading", now=1000.0) is None
    assert second.note("berlin-1002", "restarting or loading", now=1030.0) is None
    assert second.note("berlin-1002", "looking for firmware", now=1059.0) is None
    said = first.note("berlin-1001", "restarting or loading", now=1060.0)
    assert said == (
        "Wave 2 of 3: 0 of 4 phones finished, 1 looking for firmware, 1 restarting or loading; "
        "longest: berlin-1001, 60 s"
    )
    assert second.note("berlin-1002", "looking for firmware", now=1061.0) is None
    assert first.note("berlin-1001", FINISHED, now=1240.0) == (
        "Wave 2 of 3: 1 of 4 phones finished, 1 looking for firmware; longest: berlin-1002, 3 min"
    )
    assert second.note("berlin-1002", FINISHED, now=1301.0) == "Wave 2 of 3: 2 of 4 phones finished"


def test_without_a_wave(tmp_path: Path) -> None:
    stages = Stages(str(tmp_path / "x"))
    stages.note("a", "starting", now=0.0)
    assert stages.note("a", "starting", now=75.0) == "0 of 1 phone finished, 1 starting; longest: a, 75 s"
