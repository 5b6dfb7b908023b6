# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role does with an AWX where something is there already: of its own, of others, or on its way out."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from awx.controller import Controller
from awx.controller.outcome import LINKS
from awx.objects import nodes
from awx.role import FEW, NO_JOBS, Play, unchanged

CHAT = {
    "awx_notification_type": "slack",
    "awx_notification_configuration": {"token": "zq-slack", "channels": ["#phones"]},
}
IMAGE = {"awx_ee_image": "registry.example.org/vvx-ee:1"}
FLOW = "check_and_change"


def test_a_notification_of_another_type_and_an_inventory_on_its_way_out(play: Play, controller: Controller) -> None:
    assert play(NO_JOBS).code == 0
    changed = play(NO_JOBS, CHAT)
    assert changed.code == 0 and "zq-slack" not in changed.output
    (made,) = controller.api.store.objects["notification_templates"].values()
    assert made["notification_configuration"] == CHAT["awx_notification_configuration"]
    assert unchanged(play(NO_JOBS, CHAT), controller)
    controller.api.remove("inventories", controller.named("inventories", "VVX phones")["id"])
    assert play(NO_JOBS, CHAT, awx_state="absent").code == 0
    assert controller.names("inventories") == [], "it waits until AWX has removed it"
    assert play(NO_JOBS, CHAT).code == 0


def test_headers_of_a_webhook_are_not_shown(play: Play, controller: Controller) -> None:
    url, headers = "https://hook.example.org/", {"Authorization": "Bearer zq-header"}
    made = play(NO_JOBS, awx_notification_configuration={"url": url, "headers": headers})
    assert made.code == 0, made.output
    assert controller.named("notification_templates", "VVX notification")["notification_configuration"]["headers"]
    assert "zq-header" not in f"{made.output}{made.outcomes}"


def test_an_image_has_its_login_and_is_never_that_of_others(play: Play, controller: Controller) -> None:
    registry = controller.named("credential_types", "Container Registry")["id"]
    login = {"name": "Registry", "organization": controller.api.organization["id"], "credential_type": registry}
    controller.api.create("credentials", login)
    assert play(NO_JOBS, IMAGE, awx_ee_credential="Registry").code == 0
    theirs = controller.named("execution_environments", "Default VVX EE")
    assert theirs["credential"] == controller.named("credentials", "Registry")["id"]
    other = {**NO_JOBS, **IMAGE, "awx_organization": "Other", "awx_ee": "Default VVX EE"}
    refused = play(other)
    assert refused.code != 0 and "of another organization" in refused.output and "Set awx_ee" in refused.output
    assert play(other, awx_state="absent").code == 0
    assert controller.named("execution_environments", "Default VVX EE") == theirs


def test_slices_by_template(play: Play, controller: Controller) -> None:
    few = {**FEW, "awx_job_templates": [*FEW["awx_job_templates"], "merge"], "awx_instance_groups": ["default"]}
    assert play(few, awx_slices={"audit": 3, "apply": 2}).code == 0
    templates = {item["name"]: item for item in controller.api.all("job_templates")}
    assert {name: item["job_slice_count"] for name, item in templates.items()} == {
        "VVX apply": 2, "VVX audit": 3, "VVX merge": 1, "VVX plan": 1, "VVX report": 1
    }  # fmt: skip
    parts = {name for name, item in templates.items() if "vvx_part" in yaml.safe_load(item["extra_vars"])}
    assert parts == {"VVX audit", "VVX merge"}
    inventory = controller.named("inventories", "VVX phones")
    assert inventory["prevent_instance_group_fallback"]
    assert controller.api.store.linked("inventories", inventory["id"], "instance_groups") == [
        controller.named("instance_groups", "default")["id"]
    ]
    assert links(controller) == wanted("audit")
    assert unchanged(play(few, awx_slices={"audit": 3, "apply": 2}), controller)
    assert play(few).code == 0
    assert links(controller) == wanted()


def links(controller: Controller) -> dict[str, dict[str, list[str]]]:
    """The nodes of the workflow, and those that follow."""
    found = {node["id"]: node for node in controller.api.all("workflow_job_template_nodes")}
    return {
        node["identifier"]: {
            name: sorted(found[each]["identifier"] for each in node[name]) for name in LINKS if node[name]
        }
        for node in found.values()
    }


def wanted(*in_parts: str) -> dict[str, dict[str, list[str]]]:
    return {
        identifier: {name: sorted(node[name]) for name in LINKS if node.get(name)}
        for identifier, node in nodes(FLOW, in_parts).items()
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"awx_slices": {"reset": 2}}, "reset can't be sliced: it counts"),
        ({"awx_slices": {"audti": 2}}, "audti is unknown. Known: "),
        ({"awx_slices": {"audit": "many"}}, "Set it to a number from 1"),
        ({"awx_slices": {"audit": 2}}, "which the job template merge makes one of"),
        ({"awx_extra_vars": {"vvx_part": "/parts"}}, "Set awx_part"),
    ],
)
def test_slices_that_can_not_be(play: Play, controller: Controller, given: dict[str, Any], said: str) -> None:
    run = play(FEW, given)
    assert run.code != 0 and said in run.output, run.output
    assert controller.writes == []
