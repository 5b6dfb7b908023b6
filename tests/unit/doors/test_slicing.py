# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where parts go and come from, as the options of a task say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import NotDelivered, NotFetched
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.slicing import Slicing

from support.fileserver import file_server

SLICE = {"awx_workflow_job_name": "audit", "awx_job_template_name": "audit", "awx_workflow_job_id": 7}


def slicing(variables: dict[str, Any] | None = None, **options: str) -> Slicing:
    params = {"part": None, "parts": None, "part_run": None, "key": None} | options
    return Slicing.of("audit", params, [], variables or {}, str)


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_blanks_are_no_place(blank: str) -> None:
    made = slicing(part=blank, parts=blank, part_run=blank)
    assert (made.writes, made.merges, made.place) == (False, False, "")
    with pytest.raises(SettingsError, match="^this job is a slice: an audit is of all phones"):
        slicing(SLICE, part=blank)
    with pytest.raises(SettingsError, match="^parts: nothing says which run to merge"):
        slicing(parts="/mnt", part_run=blank)
    assert slicing(SLICE, part="/mnt", part_run=blank).run == "7"


def test_the_environment_counts_only_where_there_are_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VVX_DELIVER_TIMEOUT", "soon")
    assert not slicing().writes
    with pytest.raises(SettingsError, match="^VVX_DELIVER_TIMEOUT"):
        slicing(SLICE, part="/mnt")


def test_a_server_without_put_has_a_remedy_that_parts_can_follow() -> None:
    with file_server() as server:
        server.answers = {"PUT": 405, "GET": 500}
        with pytest.raises(NotDelivered, match="takes no PUT") as caught:
            slicing(SLICE, part=server.url).put({"a": {}}, "2026-11-27T08:00:00Z", check_mode=False)
        assert "POST" not in caught.value.remedy and "vvx_part" in caught.value.remedy
        with pytest.raises(NotFetched, match=r"^parts: .*HTTP 500, the server has failed\. Nothing was merged\.$"):
            slicing(parts=server.url, part_run="7").gathered(["a"])


def test_parts_are_read_from_a_folder(tmp_path: Path) -> None:
    slicing(SLICE, part=str(tmp_path)).put({"a": {"found": 1}}, "2026-11-27T08:00:00Z", check_mode=False)
    (part,) = slicing(parts=str(tmp_path), part_run="7").gathered(["a"])
    assert part.phones == {"a": {"found": 1}}
