# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folder is the user's project, wherever Ansible was started."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.project import project_of


def found(*inventories: object, given: str | None = None) -> str:
    return project_of(given, list(map(str, inventories)), lambda path: str(Path.cwd() / path))


@pytest.mark.parametrize("mark", ["ansible.cfg", ".git"])
def test_the_nearest_folder_with_a_mark(tmp_path: Path, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inventory = tmp_path / "project" / "inventories" / "berlin"
    inventory.mkdir(parents=True)
    (inventory / "hosts.yml").touch()
    (tmp_path / "project" / mark).touch()
    (tmp_path / "ansible.cfg").touch()
    assert found(inventory / "hosts.yml") == found(inventory) == str(tmp_path / "project")
    monkeypatch.chdir(inventory)
    assert found("hosts.yml") == found("nowhere.yml,", "a,b") == found() == str(tmp_path / "project")


def test_several_inventories_share_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "project" / name).mkdir(parents=True)
    (tmp_path / "project" / "a" / "ansible.cfg").touch()
    (tmp_path / "ansible.cfg").touch()
    assert found(tmp_path / "project" / "a", tmp_path / "project" / "b") == str(tmp_path)


def test_the_one_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    assert found(tmp_path, given="x") == str(tmp_path / "x")
    with pytest.raises(SettingsError, match="project: y is no folder"):
        found(tmp_path, given="y")
