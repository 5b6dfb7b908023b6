# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the role awx with the real modules of awx.awx on the small AWX."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import awx_collection
from awx.controller import Controller
from support.playbook import PLUGINS, Playground, Run

Play = Callable[..., Run]
FEW: dict[str, Any] = {
    "awx_project_url": "https://git.example.org/phones.git",
    "awx_organization": "Default",
    "awx_phones_inputs": {"password": "zq-phones"},
    "awx_job_templates": ["apply", "audit", "plan", "report"],
    "awx_notification_type": "webhook",
    "awx_notification_configuration": {"url": "https://hook.example.org/"},
}
"""In an organization that is there already, and no more than a workflow needs."""
NO_JOBS = {**FEW, "awx_job_templates": []}
PRELOADED = {
    "ANSIBLE_CALLBACK_PLUGINS": f"{PLUGINS / 'callback'}{os.pathsep}{Path(__file__).with_name('callback')}",
    "ANSIBLE_CALLBACKS_ENABLED": "record,preload",
}


@pytest.fixture
def play(tmp_path: Path, controller: Controller) -> Play:
    """Runs the role with variables. ``paths``: where awx.awx is; by default, its modules run in the process of their
    task."""
    playground = Playground(tmp_path)
    playground.write("play.yml", [{"hosts": "localhost", "gather_facts": False, "roles": ["polycom.vvx.awx"]}])

    in_process = awx_collection.collection_in_process(Path(__file__).with_name("in_process.py"))

    def run(*variables: dict[str, Any], paths: tuple[Path, ...] = (in_process,), **more: Any) -> Run:
        controller.writes.clear()
        given = {name: value for each in (*variables, more) for name, value in each.items()}
        folders = [os.environ["ANSIBLE_COLLECTIONS_PATH"], *map(str, paths)]
        environment = {"ANSIBLE_COLLECTIONS_PATH": os.pathsep.join(folders), **(PRELOADED if paths else {})}
        arguments = ("-e", f"@{playground.write('given.yml', given)}")
        return playground.run("play.yml", *arguments, **environment, **controller.environment)

    return run


def unchanged(run: Run, controller: Controller) -> bool:
    assert run.code == 0, run.output
    return " changed=0 " in run.output and controller.writes == []
