# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folders go away with a job: in containers, and in AWX."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors import state
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.state import fleeting, of_files

NOT_MOUNTED = "does not last: nothing is mounted there, so it belongs to the container"
DELETED = "does not last, because AWX deletes it after the job"


@pytest.fixture(autouse=True)
def _mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LAUNCHED_BY_RUNNER", "AWX_HOST", "AWX_ISOLATED_DATA_DIR"):
        monkeypatch.delenv(variable, raising=False)
    mounts = (("/", "overlay"), ("/runner", "xfs"), ("/var/lib/polycom.vvx", "nfs4"), ("/home/me/phones", "ext4"))
    monkeypatch.setattr(state, "_mounts", lambda: mounts)


def test_outside_of_jobs_all_folders_last() -> None:
    assert [fleeting(folder) for folder in ("/runner/vvx", "/srv", ".")] == [""] * 3


@pytest.mark.parametrize("job", ["LAUNCHED_BY_RUNNER", "AWX_HOST"])
def test_in_a_job(monkeypatch: pytest.MonkeyPatch, job: str) -> None:
    """``AWX_HOST`` alone: container groups, where no container is launched by ansible-runner."""
    monkeypatch.setenv(job, "https://awx.example.org")
    monkeypatch.setenv("AWX_ISOLATED_DATA_DIR", "/runner/artifacts/17")
    assert fleeting("/var/lib/polycom.vvx/parts") == fleeting("/home/me/phones") == ""
    assert fleeting("/srv/parts") == fleeting("/var/lib/polycom") == NOT_MOUNTED
    assert fleeting("/runner/vvx") == fleeting("/runner") == DELETED
    assert fleeting("/runner2") == NOT_MOUNTED
    (told,) = of_files("part (vvx_part)", "/srv/parts")
    assert told.startswith(f"part (vvx_part): /srv/parts {NOT_MOUNTED}. Name a folder that is mounted")
    assert of_files("part", "https://files.example.com/vvx/") == of_files("part", "") == []


def test_the_project_of_a_job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(state, "_mounts", lambda: (("/", "ext4"),))
    monkeypatch.setenv("LAUNCHED_BY_RUNNER", "1")
    assert fleeting(str(tmp_path / "out")) == "", "ansible-navigator starts in a folder of the user's"
    monkeypatch.setenv("AWX_HOST", "https://awx.example.org")
    assert fleeting(str(tmp_path / "out")) == DELETED and fleeting(str(tmp_path)) == DELETED
    assert fleeting(str(tmp_path.parent)) == ""
