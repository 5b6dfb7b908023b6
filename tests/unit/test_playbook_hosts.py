# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a survey answers for vvx_hosts means the same hosts in each play of a playbook."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

PLAYBOOKS = sorted((Path(__file__).parents[2] / "playbooks").glob("*.yml"))


@pytest.mark.parametrize("path", PLAYBOOKS, ids=[path.stem for path in PLAYBOOKS])
def test_each_play_reads_vvx_hosts_as_the_first_does(path: Path) -> None:
    plays = yaml.safe_load(path.read_text(encoding="utf-8"))
    hosts = [play["hosts"] for play in plays if "vvx_hosts" in play["hosts"]]
    assert all("polycom.vvx.words('vvx_hosts')" in each or "unsettled_hosts" in each for each in hosts), hosts
