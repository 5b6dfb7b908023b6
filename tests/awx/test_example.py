# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook of the example project, with the secrets that docs/awx.md tells to write, makes AWX ready in one run."""

from __future__ import annotations

import base64
import gzip
import os
import re
import shutil
from pathlib import Path

import jq
import yaml

import awx_collection
from awx.controller import Controller
from awx.jobs import Runner
from awx.objects import JOB_TEMPLATES, ROOT
from simulator import PhoneSpec
from support.fixtures import StartFleet
from support.playbook import PLUGINS, Playground, inventory

MODULES = awx_collection.collection_in_process(Path(__file__).with_name("in_process.py"))
PROJECT = ROOT / "examples" / "awx-project"


def test_one_run_makes_everything_and_a_second_one_nothing(playground: Playground, controller: Controller) -> None:
    shutil.copy(PROJECT / "awx.yml", playground.folder)
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
    # Job templates are the same for all projects, and test_role.py looks at them.
    second = playground.run("awx.yml", "-e", "@secrets.yml", "-e", '{"awx_job_templates": []}', **environment)
    assert second.code == 0 and " changed=0 " in second.output, second.output
    assert controller.writes == []


def test_the_report_comes_out_of_its_job(start_fleet: StartFleet, tmp_path: Path) -> None:
    (play,) = yaml.safe_load((PROJECT / "awx.yml").read_text(encoding="utf-8"))
    to = play["roles"][0]["vars"]["awx_files_inputs"]["to"]
    job = Runner(tmp_path, inventory([start_fleet(PhoneSpec(name="desk-1"), tls=False)["desk-1"]])).run(
        "report", VVX_DELIVER_TO=to
    )
    assert job.code == 0, job.stdout
    (query,) = re.findall("jq --raw-output '(.*)'", (PROJECT / "README.md").read_text(encoding="utf-8"))
    content = jq.compile(query).input({"artifacts": job.artifacts}).first()
    assert "desk-1" in gzip.decompress(base64.b64decode(content)).decode()
