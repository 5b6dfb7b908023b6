# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook of the example project, with the secrets that docs/awx.md tells to write, makes AWX ready in one run."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import awx_collection
from awx.controller import Controller
from awx.objects import JOB_TEMPLATES, ROOT
from support.playbook import PLUGINS, Playground

MODULES = awx_collection.collection_in_process(Path(__file__).with_name("in_process.py"))


def test_one_run_makes_everything_and_a_second_one_nothing(playground: Playground, controller: Controller) -> None:
    shutil.copy(ROOT / "examples" / "awx-project" / "awx.yml", playground.folder)
    page = (ROOT / "docs" / "awx.md").read_text(encoding="utf-8")
    (secrets,) = re.findall(r"```yaml\n(# secrets\.yml\n.*?)```", page, re.DOTALL)
    playground.write("secrets.yml", secrets)
    playground.write("polycom-root.pem", "-----BEGIN CERTIFICATE-----")
    environment = {
        "ANSIBLE_COLLECTIONS_PATH": os.pathsep.join([os.environ["ANSIBLE_COLLECTIONS_PATH"], str(MODULES)]),
        "ANSIBLE_CALLBACK_PLUGINS": f"{PLUGINS / 'callback'}{os.pathsep}{Path(__file__).with_name('callback')}",
        "ANSIBLE_CALLBACKS_ENABLED": "record,preload",
        **controller.environment,
    }
    first = playground.run("awx.yml", "-e", "@secrets.yml", **environment)
    assert first.code == 0, first.output
    assert "a-better-one" not in first.output
    templates = controller.api.store.objects["job_templates"].values()
    assert len(templates) == len(JOB_TEMPLATES)
    (source,) = controller.api.store.objects["inventory_sources"].values()
    assert source["source_path"] == "inventory/phones.vvx.yml"
    controller.writes.clear()
    second = playground.run("awx.yml", "-e", "@secrets.yml", **environment)
    assert second.code == 0 and " changed=0 " in second.output, second.output
    assert controller.writes == []
