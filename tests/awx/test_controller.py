# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small AWX refuses what AWX refuses, so that the tests of the role mean something."""

from __future__ import annotations

from typing import Any

import pytest

from awx.controller import credentials, launching, notifications, outcome, surveys
from awx.controller.api import Api
from awx.controller.store import Refusal, Store

INPUTS = {"fields": [{"id": "username", "label": "x", "type": "string"}, {"id": "on", "label": "x", "type": "boolean"}]}
QUESTION = {"type": "integer", "question_name": "How many", "variable": "vvx_n", "required": False}


@pytest.fixture
def api() -> Api:
    return Api(["audit.yml"])


def refused(code: int, call: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    assert caught.value.status == code
    return str(caught.value.body)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "ssh"}, "cloud"),
        ({"inputs": {"fields": [{"id": "on", "label": "x", "type": "boolean", "choices": ["a"]}]}}, "choices"),
        ({"inputs": {"fields": [{"id": "on", "label": "x", "type": "boolean", "secret": True}]}}, "secret"),
        ({"inputs": {"fields": [{"id": "tower", "label": "x"}]}}, "tower"),
        ({"injectors": {"env": {"ANSIBLE_USER": "x"}}}, "ANSIBLE_USER"),
        ({"injectors": {"env": {"PYTHONPATH": "x"}}}, "PYTHONPATH"),
        ({"injectors": {"env": {"VVX_X": "{{ other }}"}}}, "undefined"),
        ({"injectors": {"env": {"VVX_X": "{{ username | bool }}"}}}, "bool"),
        ({"injectors": {"env": {"VVX_X": "{{ tower.filename.ca }}"}}}, "undefined"),
    ],
)
def test_a_credential_type(change: dict[str, Any], words: str) -> None:
    good = {"name": "x", "kind": "net", "inputs": INPUTS, "injectors": {"env": {"VVX_X": "{{ username }}"}}}
    credentials.check_type(Store(), good, None)
    assert words in refused(400, credentials.check_type, Store(), {**good, **change}, None)


def test_a_type_in_use(api: Api) -> None:
    kind = api.create("credential_types", {"name": "x", "kind": "net", "inputs": INPUTS})["id"]
    mine = {"name": "c", "organization": api.organization["id"], "credential_type": kind, "inputs": {"username": "u"}}
    api.create("credentials", mine)
    api.change("credential_types", kind, {"injectors": {"env": {"VVX_X": "{{ on }}"}}, "inputs": INPUTS})
    refused(403, api.change, "credential_types", kind, {"inputs": {"fields": INPUTS["fields"][:1]}})
    refused(403, api.remove, "credential_types", kind)


@pytest.mark.parametrize(
    "wrong",
    [
        {"required": None},
        {"min": 0.5},
        {"default": "5"},
        {"type": "choice"},
        {"type": "multiplechoice"},
        {"type": "multiplechoice", "choices": ["a"], "default": "b"},
    ],
)
def test_a_survey(wrong: dict[str, Any]) -> None:
    survey = {"name": "x", "description": "", "spec": [QUESTION]}
    surveys.check(survey)
    refused(400, surveys.check, {**survey, "spec": [{**QUESTION, **wrong}]})
    refused(400, surveys.check, {**survey, "spec": [QUESTION, QUESTION]})


def test_answers_and_defaults() -> None:
    text = {**QUESTION, "type": "text"}
    several = {**QUESTION, "type": "multiselect", "choices": ["a", "b"], "default": "a"}
    assert surveys.errors({"spec": [QUESTION]}, {"vvx_n": ""}) and not surveys.errors({"spec": [text]}, {"vvx_n": ""})
    assert surveys.errors({"spec": [{**QUESTION, "required": True}]}, {})
    assert surveys.defaults({"spec": [several]}) == {}, "dropped without a word"
    assert surveys.defaults({"spec": [{**text, "default": ""}]}) == {"vvx_n": ""}


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=DAILY;INTERVAL=1",
        "DTSTART:20260101T020000Z RRULE:FREQ=DAILY",
        "DTSTART:20260101T020000 RRULE:FREQ=DAILY;INTERVAL=1",
        "DTSTART:20260101T020000Z RRULE:FREQ=SECONDLY;INTERVAL=1",
        "DTSTART:20260101T020000Z",
    ],
)
def test_a_schedule(rule: str) -> None:
    launching.check_rule("DTSTART;TZID=Europe/Berlin:20260101T020000 RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO")
    refused(400, launching.check_rule, rule)


def test_links_between_nodes(api: Api) -> None:
    flow = api.create("workflow_job_templates", {"name": "w", "organization": api.organization["id"]})["id"]
    kind = "workflow_job_template_nodes"
    one, two = (api.create(kind, {"identifier": name, "workflow_job_template": flow})["id"] for name in ("1", "2"))
    api.link(kind, one, "success_nodes", {"id": two})
    refused(400, api.link, kind, one, "failure_nodes", {"id": two})
    refused(400, api.link, kind, two, "always_nodes", {"id": one})
    approval = api.approval(two, {"name": "ask"})
    assert "success_nodes" not in approval["related"], "links of an approval are those of its node"


@pytest.mark.parametrize(
    "messages",
    [
        {"success": {"message": "two\nlines"}},
        {"success": {"body": "{{ job.nothing }}"}},
        {"success": {"text": "x"}},
        {"finished": {"body": "x"}},
        {"workflow_approval": {"asked": {"body": "x"}}},
    ],
)
def test_a_notification(messages: dict[str, Any]) -> None:
    kind = {"notification_type": "slack", "notification_configuration": {"token": "t", "channels": ["#x"]}}
    notifications.check(Store(), {**kind, "messages": {"success": {"body": "{{ job.id }}"}}}, None)
    refused(400, notifications.check, Store(), {**kind, "messages": messages}, None)


def test_texts_that_are_not_sent_stay() -> None:
    old = {"success": {"message": "m", "body": "b"}, "workflow_approval": {"denied": {"message": "no"}}}
    new = {"success": {"body": "c"}, "error": {"body": "e"}, "workflow_approval": {"running": {"body": "r"}}}
    assert notifications.merged(old, new) == {
        "started": None,
        "success": {"message": "m", "body": "c"},
        "error": {"body": "e"},
        "workflow_approval": {"running": {"body": "r"}, "denied": {"message": "no"}},
    }
    assert notifications.merged(old, {"success": {"message": "", "body": "c"}})["success"]["message"] == ""


def test_another_type_needs_its_own_configuration(api: Api) -> None:
    mine = {"name": "n", "organization": api.organization["id"]}
    hook = {"notification_type": "webhook", "notification_configuration": {"url": "x", "headers": {}}}
    chat = {"notification_type": "slack", "notification_configuration": {"token": "t", "channels": ["#x"]}}
    number = api.create("notification_templates", {**mine, **hook})["id"]
    refused(500, api.change, "notification_templates", number, {"notification_type": "slack"})
    api.change("notification_templates", number, chat)


def test_inventories_are_removed_in_the_background(api: Api) -> None:
    mine = {"name": "i", "organization": api.organization["id"]}
    number = api.create("inventories", dict(mine))["id"]
    assert api.remove("inventories", number) == 202
    assert "pending deletion" in refused(400, api.remove, "inventories", number)
    refused(400, api.create, "inventories", dict(mine))
    for _look in range(2):
        assert [each["pending_deletion"] for each in api.list("inventories", {}, "")["results"]] == [True]
    assert api.list("inventories", {}, "")["results"] == []
    api.create("inventories", dict(mine))


def test_an_execution_environment(api: Api) -> None:
    kinds = {kind["kind"]: kind["id"] for kind in api.all("credential_types")}
    mine = {"organization": api.organization["id"]}
    logins = {
        kind: api.create("credentials", {"name": kind, "credential_type": kinds[kind], **mine})["id"]
        for kind in ("registry", "scm")
    }
    other = api.create("organizations", {"name": "Other"})["id"]
    kind = "execution_environments"
    made = api.create(kind, {"name": "e", "image": "i", "credential": logins["registry"], **mine})["id"]
    refused(400, api.change, kind, made, {"credential": logins["scm"]})
    refused(400, api.change, kind, made, {"organization": other})
    api.change(kind, made, {"organization": None})
    refused(400, api.change, kind, made, mine)


@pytest.mark.parametrize(
    ("fails", "ran", "failed"),
    [
        ([], ["a", "b"], False),
        (["a"], ["a", "c"], False),
        (["b"], ["a", "b"], True),
        (["a", "c"], ["a", "c", "d"], False),
    ],
)
def test_the_outcome_of_a_workflow(fails: list[str], ran: list[str], failed: bool) -> None:
    nodes = {
        "a": {"success_nodes": ["b"], "failure_nodes": ["c"]},
        "b": {},
        "c": {"failure_nodes": ["d"]},
        "d": {},
    }
    assert outcome.run(nodes, fails) == (ran, failed), "a failure that leads on is none"


def test_labels_go_with_the_last_one_that_has_them(api: Api) -> None:
    label = api.create("labels", {"name": "x", "organization": api.organization["id"]})["id"]
    flows = [
        api.create("workflow_job_templates", {"name": name, "organization": api.organization["id"]})["id"]
        for name in "ab"
    ]
    for flow in flows:
        api.link("workflow_job_templates", flow, "labels", {"id": label})
    api.remove("workflow_job_templates", flows[0])
    assert label in api.store.objects["labels"]
    api.remove("workflow_job_templates", flows[1])
    assert label not in api.store.objects["labels"]
    refused(405, api.remove, "labels", label)


def test_labels_of_jobs_stay(api: Api) -> None:
    mine = {"organization": api.organization["id"]}
    label = api.create("labels", {"name": "x", **mine})["id"]
    flow = api.create("workflow_job_templates", {"name": "w", **mine})["id"]
    api.link("workflow_job_templates", flow, "labels", {"id": label})
    api.launch("workflow_job_templates", flow, {})
    api.remove("workflow_job_templates", flow)
    assert label in api.store.objects["labels"]


def test_names_are_unique_in_an_organization(api: Api) -> None:
    other = api.create("organizations", {"name": "Other"})["id"]
    for organization in (api.organization["id"], other):
        project = api.create("projects", {"name": "p", "scm_type": "git", "scm_url": "x", "organization": organization})
        inventory = api.create("inventories", {"name": "i", "organization": organization})
        mine = {"name": "t", "project": project["id"], "inventory": inventory["id"], "playbook": "audit.yml"}
        api.create("job_templates", mine)
        assert "already exists" in refused(400, api.create, "job_templates", mine)


def test_a_job_template_without_its_playbook(api: Api) -> None:
    mine = {"organization": api.organization["id"]}
    project = api.create("projects", {"name": "p", "scm_type": "git", "scm_url": "x", **mine})["id"]
    inventory = api.create("inventories", {"name": "i", **mine})["id"]
    template = {"name": "t", "project": project, "inventory": inventory, "playbook": "audit.yml"}
    assert api.create("job_templates", template)["organization"] == mine["organization"]
    assert "Playbook not found" in refused(
        400, api.create, "job_templates", {**template, "name": "u", "playbook": "plan.yml"}
    )
