# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook merge makes an audit and a plan with the same options as their own playbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

PLAYBOOKS = Path(__file__).parents[3] / "playbooks"


def task(playbook: str, module: str) -> dict[str, Any]:
    plays = yaml.safe_load((PLAYBOOKS / f"{playbook}.yml").read_text(encoding="utf-8"))
    (found,) = (each[module] for play in plays for each in play["tasks"] if module in each)
    return dict(found)


@pytest.mark.parametrize("kind", ["audit", "plan"])
def test_a_merge_has_the_options_of_a_whole_run(kind: str) -> None:
    whole, merge = (task(playbook, f"polycom.vvx.vvx_{kind}") for playbook in (kind, "merge"))
    assert merge.pop("parts") == whole.pop("part")
    assert (merge.pop("part_run"), whole.pop("part_run")) != ("", "")
    assert merge == whole
