# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role awx with the real modules of awx.awx: what it makes, that it does so once, and that it removes it."""

from __future__ import annotations

from typing import Any

import pytest

import awx_collection
from awx.controller import Controller
from awx.controller.kinds import KINDS
from awx.made import NODES, VARIABLES, named, objects, wanted
from awx.role import FEW, NO_JOBS, Play, unchanged


def test_all_is_made_as_the_files_say_once_and_removed_again(play: Play, controller: Controller) -> None:
    new = objects(controller)
    made = play(VARIABLES)
    assert made.code == 0, made.output
    assert "zq-" not in made.output
    found, expected = objects(controller), wanted()
    for kind in KINDS:
        assert found[kind] == {**new[kind], **expected.get(kind, {})}
    for template in controller.api.all("job_templates"):
        controller.api.launch("job_templates", template["id"], {})
    assert unchanged(play(VARIABLES), controller)
    assert play(VARIABLES, awx_state="absent").code == 0
    assert objects(controller) == new


def test_what_was_left_half_made_is_completed_and_then_changes_as_variables_do(
    play: Play, controller: Controller
) -> None:
    others = {"name": "Somebody's", "organization": controller.api.organization["id"]}
    controller.api.create("inventories", dict(others))
    controller.api.create("labels", dict(others))
    before = objects(controller)
    controller.writes_left = 30
    assert play(FEW).code != 0
    controller.writes_left = None
    assert play(FEW).code == 0
    assert controller.names("job_templates") == sorted(named(name) for name in FEW["awx_job_templates"])
    assert len(controller.api.all(NODES)) == 6
    apply = controller.named("job_templates", "VVX apply")
    assert play(FEW, awx_slices=4).code == 0
    assert controller.writes == [f"PATCH {apply['url']}"], "nothing else was left to do"
    schedule = controller.named("schedules", "VVX check and change")
    assert play(FEW, awx_slices=4, awx_schedule="", awx_phones_inputs={"password": "zq-new"}).code == 0
    assert controller.writes == [f"DELETE {schedule['url']}"], "a new secret is sent on request only"
    assert play(FEW, awx_state="absent").code == 0
    assert objects(controller) == before, "the organization and all else in it stay"


def test_an_organization_that_was_left_half_made_is_completed_and_goes_again(
    play: Play, controller: Controller
) -> None:
    before = objects(controller)
    controller.writes_left = 2
    assert play(NO_JOBS, awx_organization="New").code != 0
    controller.writes_left = None
    assert play(NO_JOBS, awx_organization="New").code == 0
    assert {"Default", "New"} == {*controller.names("organizations")}
    assert play(NO_JOBS, awx_organization="New", awx_state="absent").code == 0
    assert objects(controller) == before
    assert unchanged(play(NO_JOBS, awx_organization="New", awx_state="absent"), controller)


def test_an_update_of_the_project_that_failed_is_made_again(play: Play, controller: Controller) -> None:
    few = {**FEW, "awx_job_templates": ["audit"]}
    controller.api.update_fails = True
    assert play(few).code != 0
    controller.api.update_fails = False
    assert play(few).code == 0
    assert controller.names("job_templates") == ["VVX audit"]


def test_another_organization_keeps_the_credential_types(play: Play, controller: Controller) -> None:
    few = {**NO_JOBS, "awx_ee_image": "registry.example.org/vvx-ee:1"}
    assert play(few).code == 0 and play(few, awx_organization="Other").code == 0
    assert play(few, awx_state="absent").code == 0
    assert controller.names("execution_environments") == ["Other VVX EE"]
    assert {"VVX phones"} <= set(controller.names("credential_types"))
    assert "VVX files" not in controller.names("credential_types")


def test_modules_do_the_same_as_files_of_their_own_and_refuse_other_fields_of_a_type_in_use(
    play: Play, controller: Controller
) -> None:
    """As users run them; the other tests run them in the process of the task."""
    made = play(NO_JOBS, paths=(awx_collection.collection(),))
    assert made.code == 0 and controller.writes, made.output
    assert unchanged(play(NO_JOBS), controller)
    kind = controller.named("credential_types", "VVX phones")["id"]
    controller.api.store.objects["credential_types"][kind]["inputs"]["fields"].pop()
    refused = play(NO_JOBS)
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
