# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that belong together are bounded as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import Login, Missing, NotFetched
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.several import Several


def test_all_together_have_one_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 600_000)
    several = Several(Login(), most=1_000_000)
    assert len(several.fetch(str(tmp_path / "a"))) == 600_000
    with pytest.raises(Missing):
        several.fetch(str(tmp_path / "b"))
    with pytest.raises(NotFetched, match="larger than 1 MB altogether"):
        several.fetch(str(tmp_path / "a"))


def test_all_together_have_one_deadline(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert Several(Login(timeout=60), seconds=-1).fetch(str(tmp_path / "a")) == b"x", "one file may have more"
    with pytest.raises(NotFetched, match="not complete after"):
        Several(Login(timeout=-1), seconds=-1).fetch(str(tmp_path / "a"))
