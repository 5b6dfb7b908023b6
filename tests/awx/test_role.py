# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role awx with the real modules of awx.awx: what it makes, that it does so once, and that it removes it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import awx_collection
from awx.controller import Controller
from awx.objects import JOB_TEMPLATES, WORKFLOWS, nodes
from support.playbook import PLUGINS, Playground, Run

Play = Callable[..., Run]
ALL: dict[str, Any] = {
    "awx_project_url": "https://git.example.org/phones.git",
    "awx_ee_image": "registry.example.org/vvx-ee:1",
    "awx_phones_inputs": {"password": "zq-phones", "ca": "-----BEGIN", "verify_hostname": "mac", "insecure": False},
    "awx_files_inputs": {"to": "https://files.example.org/", "token": "zq-files"},
    "awx_vault_password": "zq-vault",
    "awx_notification_type": "slack",
    "awx_notification_configuration": {"token": "zq-slack", "channels": ["#phones"]},
    "awx_slices": 2,
}
FEW: dict[str, Any] = {
    "awx_project_url": "https://git.example.org/phones.git",
    "awx_organization": "Default",
    "awx_phones_inputs": {"password": "zq-phones"},
    "awx_job_templates": ["apply", "audit", "plan", "report"],
    "awx_notification_type": "webhook",
    "awx_notification_configuration": {"url": "https://hook.example.org/"},
}
"""In an organization that is there already, and no more than a workflow needs."""
AS_USERS = awx_collection.collection()
IN_PROCESS = awx_collection.collection_in_process(Path(__file__).with_name("in_process.py"))
PRELOADED = {
    "ANSIBLE_CALLBACK_PLUGINS": f"{PLUGINS / 'callback'}{os.pathsep}{Path(__file__).with_name('callback')}",
    "ANSIBLE_CALLBACKS_ENABLED": "record,preload",
}
NODES = "workflow_job_template_nodes"


@pytest.fixture
def play(tmp_path: Path, controller: Controller) -> Play:
    """Runs the role with variables. ``paths``: where awx.awx is."""
    playground = Playground(tmp_path)
    playground.write("play.yml", [{"hosts": "localhost", "gather_facts": False, "roles": ["polycom.vvx.awx"]}])

    def run(*variables: dict[str, Any], paths: tuple[Path, ...] = (IN_PROCESS,), **more: Any) -> Run:
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


def everything(controller: Controller) -> dict[str, list[Any]]:
    """All objects, without their numbers."""
    return {
        kind: sorted(item.get("name") or item["identifier"] for item in items.values())
        for kind, items in controller.api.store.objects.items()
    }


def links(controller: Controller, workflow: str) -> dict[str, dict[str, list[str]]]:
    """The nodes of a workflow, and those that follow."""
    number = controller.named("workflow_job_templates", workflow)["id"]
    found = {n["id"]: n for n in controller.api.all(NODES) if n["workflow_job_template"] == number}
    return {
        node["identifier"]: {
            name: sorted(found[each]["identifier"] for each in node[name])
            for name in ("success_nodes", "failure_nodes", "always_nodes")
            if node[name]
        }
        for node in found.values()
    }


def test_all_is_made_once_and_removed_again(play: Play, controller: Controller) -> None:
    new = everything(controller)
    made = play(ALL)
    assert made.code == 0, made.output
    assert "zq-" not in made.output
    check_objects(controller)
    assert unchanged(play(ALL), controller)
    assert play(ALL, awx_state="absent").code == 0
    assert everything(controller) == new
    assert unchanged(play(ALL, awx_state="absent"), controller)


def check_objects(controller: Controller) -> None:
    store = controller.api.store
    assert controller.names("job_templates") == sorted(f"VVX {name.replace('_', ' ')}" for name in JOB_TEMPLATES)
    audit, apply = (controller.named("job_templates", f"VVX {name}") for name in ("audit", "apply"))
    assert (audit["job_slice_count"], apply["job_slice_count"]) == (1, 2)
    assert yaml.safe_load(apply["extra_vars"]) == {"ansible_vvx_state_path": "/var/lib/polycom.vvx"}
    assert audit["organization"] == controller.named("organizations", "Telephony")["id"]
    assert store.surveys[audit["id"]] == JOB_TEMPLATES["audit"]["survey_spec"]
    names = [
        store.objects["credentials"][number]["name"]
        for number in store.linked("job_templates", audit["id"], "credentials")
    ]
    assert sorted(names) == ["VVX files", "VVX phones", "VVX vault"]
    for name in WORKFLOWS:
        wanted = {
            identifier: {each: sorted(node[each]) for each in node if each.endswith("_nodes")}
            for identifier, node in nodes(name).items()
        }
        assert links(controller, f"VVX {name.replace('_', ' ')}") == wanted
    check_notifications(controller)
    for template in controller.api.all("job_templates"):
        controller.api.launch("job_templates", template["id"], {})
    source = controller.named("inventory_sources", "VVX inventory")
    assert "ANSIBLE_COLLECTIONS_PATH" in source["source_vars"] and source["credential"]
    assert controller.named("credential_types", "VVX phones")["injectors"]["env"]["VVX_PASSWORD"] == "{{ password }}"


def check_notifications(controller: Controller) -> None:
    """Whatever fails is told, apart from audits, which fail where phones differ."""

    def told(kind: str, event: str) -> set[str]:
        return {
            item["name"]
            for item in controller.api.all(kind)
            if controller.api.store.linked(kind, item["id"], f"notification_templates_{event}")
        }

    templates = set(controller.names("job_templates"))
    assert told("job_templates", "error") == templates - {"VVX audit"}
    assert told("job_templates", "success") == {"VVX apply", "VVX plan", "VVX report"}
    assert told("projects", "error") == {"VVX project"} and told("inventory_sources", "error") == {"VVX inventory"}
    for event in ("error", "approvals"):
        assert told("workflow_job_templates", event) == set(controller.names("workflow_job_templates"))


def test_a_changed_variable_changes_just_that(play: Play, controller: Controller) -> None:
    others = {"name": "Somebody's", "organization": controller.api.organization["id"]}
    controller.api.create("inventories", dict(others))
    controller.api.create("labels", dict(others))
    before = everything(controller)
    assert play(FEW).code == 0
    apply = controller.named("job_templates", "VVX apply")
    assert play(FEW, awx_slices=4).code == 0
    assert controller.writes == [f"PATCH {apply['url']}"]
    schedule = controller.named("schedules", "VVX check and change")
    assert play(FEW, awx_slices=4, awx_schedule="", awx_phones_inputs={"password": "zq-new"}).code == 0
    assert controller.writes == [f"DELETE {schedule['url']}"], "a new secret is sent on request only"
    assert play(FEW, awx_state="absent").code == 0
    assert everything(controller) == before, "the organization and all else in it stay"


@pytest.mark.parametrize("writes", [2, 30])
def test_what_was_left_half_made_is_completed(play: Play, controller: Controller, writes: int) -> None:
    controller.writes_left = writes
    assert play(FEW, awx_organization="New").code != 0
    controller.writes_left = None
    assert play(FEW, awx_organization="New").code == 0
    assert len(controller.names("job_templates")) == 4 and len(controller.api.all(NODES)) == 6
    assert unchanged(play(FEW, awx_organization="New"), controller)


def test_an_update_of_the_project_that_failed_is_made_again(play: Play, controller: Controller) -> None:
    few = {**FEW, "awx_job_templates": ["audit"]}
    controller.api.update_fails = True
    assert play(few).code != 0
    controller.api.update_fails = False
    assert play(few).code == 0
    assert controller.names("job_templates") == ["VVX audit"]


def test_another_organization_keeps_the_credential_types(play: Play, controller: Controller) -> None:
    few = {**FEW, "awx_job_templates": ["audit"], "awx_ee_image": "registry.example.org/vvx-ee:1"}
    assert play(few).code == 0 and play(few, awx_organization="Other").code == 0
    assert play(few, awx_state="absent").code == 0
    assert controller.names("execution_environments") == ["Other VVX EE"]
    assert {"VVX phones"} <= set(controller.names("credential_types"))
    assert "VVX files" not in controller.names("credential_types")


def test_fields_of_a_type_in_use_can_not_change(play: Play, controller: Controller) -> None:
    few = {**FEW, "awx_job_templates": []}
    assert play(few).code == 0
    kind = controller.named("credential_types", "VVX phones")["id"]
    controller.api.store.objects["credential_types"][kind]["inputs"]["fields"].pop()
    refused = play(few)
    assert refused.code != 0 and "other fields" in refused.output and "awx_phones_type" in refused.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"awx_job_templates": ["audti"]}, "awx_job_templates: audti is unknown. Known: "),
        ({"awx_phones_inputs": {"pasword": "zq-secret"}}, "awx_phones_inputs: pasword is unknown. Known: "),
        ({"awx_project_url": ""}, "awx_project_url is empty"),
        ({"awx_state": "gone"}, "must be one of: present, absent"),
    ],
)
def test_wrong_variables_are_told_before_anything_is_made(
    play: Play, controller: Controller, given: dict[str, Any], said: str
) -> None:
    run = play(FEW, given)
    assert run.code != 0 and said in run.output and "zq-secret" not in run.output
    assert controller.writes == []


def test_a_missing_collection_is_named(play: Play) -> None:
    run = play(FEW, paths=())
    assert run.code != 0 and "The collection awx.awx is missing" in run.output


def test_modules_that_run_as_files_of_their_own_do_the_same(play: Play, controller: Controller) -> None:
    """As they do for users; the other tests run them in the process of the task."""
    assert unchanged(play(FEW, awx_state="absent", awx_organization="New", paths=(AS_USERS,)), controller)
