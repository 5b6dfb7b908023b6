# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job templates, surveys, workflows and messages of the role awx keep the rules of AWX, and mean what they say."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import COMMON, PLAYBOOKS

from awx.controller import launching, surveys, templates
from awx.objects import DEFAULTS, FILES, JOB_TEMPLATES, NOTIFICATIONS, ROOT, WORKFLOWS, load

QUESTIONS = [(name, item) for name in JOB_TEMPLATES for item in JOB_TEMPLATES[name]["survey_spec"]["spec"]]
OPTIONS = {
    "vvx_fail_on": {name: (f"vvx_{name}", "fail_on") for name in ("audit", "plan", "validate")},
    "vvx_gather_subset": {"facts": ("vvx_facts", "gather_subset"), "report": ("vvx_info", "gather_subset")},
    "vvx_mode": {"restart": ("vvx_restart", "mode")},
    "vvx_scope": {"reset": ("vvx_reset", "scope")},
    "vvx_types": {"backup": ("vvx_export", "types")},
    "vvx_firmware_trigger": {"firmware": ("vvx_firmware_rollout", "trigger")},
    "vvx_unknown_parameters": {
        "plan": ("vvx_plan", "unknown_parameters"),
        "configure": ("vvx_config", "unknown_parameters"),
    },
    "vvx_update_secrets": {"configure": ("vvx_config", "update_secrets")},
    "vvx_restart": {"apply": ("vvx_rollout", "restart")},
    "vvx_when_busy": dict.fromkeys(("apply", "firmware", "rotate_passwords"), ("walk", "when_busy"))
    | dict.fromkeys(("restart", "reset"), ("interruption", "when_busy")),
    "vvx_formats": {"report": ("report", "report_formats")},
    "vvx_merge": {"merge": ("merge", "vvx_merge")},
}
"""Where the choices of a question are documented: a module, a fragment, a role or a playbook, and the option there."""
ONLY_ONE_JOB = {"audit", "plan", "report", "merge", "reset", "rotate_passwords", "firmware", "backup"}
"""Each of their tasks needs all phones, or counts them."""
CHANGING = {"apply", "configure", "firmware", "reset", "restart", "rotate_passwords"}


def label(value: object) -> str:
    return value if isinstance(value, str) else str(value["variable"]) if isinstance(value, dict) else ""


def documented(where: str, option: str) -> str:
    """All that is written of an option."""
    role = ROOT / "roles" / where / "meta" / "argument_specs.yml"
    if role.exists():
        return str(yaml.safe_load(role.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"][option])
    if option.startswith("vvx_"):
        head = (ROOT / "playbooks" / f"{where}.yml").read_text(encoding="utf-8")
        return str(re.findall(rf"^# {option}: (.*)$", head, re.MULTILINE)[0])
    path = next(p for p in (ROOT / "plugins").glob(f"*/{where}.py") if p.parent.name in ("modules", "doc_fragments"))
    texts = re.findall(r'DOCUMENTATION = r"""(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL)
    return str(next(o[option] for o in (yaml.safe_load(text)["options"] for text in texts) if option in o))


@pytest.mark.parametrize("name", JOB_TEMPLATES)
def test_a_file_of_its_own_and_a_playbook(name: str) -> None:
    template = JOB_TEMPLATES[name]
    assert list(load(FILES / "job_templates" / f"{name}.yml")) == [name]
    assert template["playbook"] == f"{name}.yml" and (ROOT / "playbooks" / template["playbook"]).exists()
    assert template["description"] and name in DEFAULTS["awx_job_templates"]


@pytest.mark.parametrize("name", JOB_TEMPLATES)
def test_fields_are_sensible(name: str) -> None:
    template = JOB_TEMPLATES[name]
    assert set(template) <= {
        *("description", "playbook", "job_type", "diff_mode", "forks", "timeout", "sliced", "allow_simultaneous"),
        *("notify", "notify_error", "survey_spec"),
    }
    assert 1800 <= template["timeout"] <= 86400
    assert not (name in ONLY_ONE_JOB and template.get("sliced"))
    assert not (name in CHANGING and template["allow_simultaneous"])
    assert (template.get("job_type", "run") == "check") == (name in ("configure", "reset"))


@pytest.mark.parametrize("name", JOB_TEMPLATES)
def test_a_survey_is_accepted_and_asks_for_variables_of_the_playbook(name: str) -> None:
    survey = JOB_TEMPLATES[name]["survey_spec"]
    surveys.check(survey)
    assert {item["variable"] for item in survey["spec"]} <= {*COMMON, *PLAYBOOKS[name]}


@pytest.mark.parametrize(("name", "item"), QUESTIONS, ids=label)
def test_a_question(name: str, item: dict[str, Any]) -> None:
    """A launch without answers must be possible, and '' is an answer to texts only."""
    kind = item["type"]
    assert set(item) <= {
        *("type", "question_name", "question_description", "variable", "required", "default", "choices", "min", "max"),
    }
    assert item["required"] is False and item["question_name"] and item["question_description"]
    assert not surveys.errors({"spec": [item]}, {})
    if kind in ("integer", "multiplechoice"):
        assert surveys.defaults({"spec": [item]}) == {item["variable"]: item["default"]}
    else:
        assert "default" not in item
    assert all(isinstance(item[limit], int) for limit in ("min", "max") if limit in item)
    if kind == "text":
        assert not surveys.errors({"spec": [item]}, {item["variable"]: ""})
    if "choices" in item and item["choices"] != ["false", "true"]:
        where, option = OPTIONS[item["variable"]][name]
        text = documented(where, option)
        assert [choice for choice in item["choices"] if not re.search(rf"\b{choice}\b", text)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow(name: str) -> None:
    nodes = WORKFLOWS[name]["nodes"]
    seen: set[str] = set()
    for node in nodes:
        for links in ("success_nodes", "failure_nodes", "always_nodes"):
            assert set(node.get(links, [])) <= seen, "targets stand first"
        seen.add(node["identifier"])
        template = JOB_TEMPLATES.get(node.get("job_template", ""))
        assert (template is not None) + ("approval" in node) + node.get("inventory_source", False) == 1
        if template:
            assert not surveys.errors(template["survey_spec"], node.get("extra_data", {}), required=False)
            assert set(node.get("extra_data", {})) <= {i["variable"] for i in template["survey_spec"]["spec"]}


def test_nothing_changes_without_an_approval() -> None:
    """Whatever leads to a job that changes phones, an approval is right before it, and only its success leads on. The
    job type of a template may be changed in its form, so the node says it."""
    for name, workflow in WORKFLOWS.items():
        approvals = {node["identifier"] for node in workflow["nodes"] if "approval" in node}
        for node in workflow["nodes"]:
            changes = node.get("job_template") in CHANGING and node.get("job_type") != "check"
            leading = [
                (other["identifier"], links)
                for other in workflow["nodes"]
                for links in ("success_nodes", "failure_nodes", "always_nodes")
                if node["identifier"] in other.get(links, [])
            ]
            if changes:
                assert leading and {links for _other, links in leading} == {"success_nodes"}, name
                assert {other for other, _links in leading} <= approvals, name


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_failure_is_told(name: str) -> None:
    """A workflow whose failed nodes lead on counts as successful in AWX, so the jobs themselves must tell."""
    for node in WORKFLOWS[name]["nodes"]:
        template = JOB_TEMPLATES.get(node.get("job_template", ""), {})
        assert template.get("notify_error", True) or (name, node["identifier"]) == ("check_and_change", "audit")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_survey_of_a_workflow(name: str) -> None:
    """Its answers are variables of all its jobs."""
    workflow = WORKFLOWS[name]
    survey = workflow.get("survey_spec") or JOB_TEMPLATES[workflow["survey"]]["survey_spec"]
    surveys.check(survey)
    jobs = [node["job_template"] for node in workflow["nodes"] if "job_template" in node]
    for item in survey["spec"]:
        assert item["required"] is False
        assert all(item["variable"] in {*COMMON, *PLAYBOOKS[job]} for job in jobs), item
    sliced = any(JOB_TEMPLATES[job].get("sliced") for job in jobs)
    assert not (sliced and workflow["ask_limit_on_launch"]), "a slice that a limit leaves no phone fails"


def ways(nodes: dict[str, Any], ends: dict[str, bool]) -> list[str]:
    """The nodes that run, from ``update`` on. ``ends``: how some of them end; the others end well."""
    ahead, run = ["update"], []
    while ahead:
        name = ahead.pop(0)
        if name in run:
            continue
        run.append(name)
        node = nodes[name]
        ahead += node.get("always_nodes", [])
        ahead += node.get("success_nodes" if ends.get(name, True) else "failure_nodes", [])
    return run


@pytest.mark.parametrize(
    ("ends", "run"),
    [
        ({}, ["update", "audit", "report"]),
        ({"audit": False}, ["update", "audit", "plan", "approve", "apply", "report"]),
        ({"audit": False, "apply": False}, ["update", "audit", "plan", "approve", "apply", "report"]),
        ({"audit": False, "approve": False}, ["update", "audit", "plan", "approve", "report"]),
        ({"audit": False, "plan": False}, ["update", "audit", "plan", "report"]),
        ({"update": False}, ["update", "report"]),
    ],
)
def test_the_ways_through_the_workflow(ends: dict[str, bool], run: list[str]) -> None:
    """A report comes of each, and phones that are offline fail no audit: only drift does."""
    nodes = {node["identifier"]: node for node in WORKFLOWS["check_and_change"]["nodes"]}
    assert ways(nodes, ends) == run
    assert nodes["audit"]["extra_data"] == {"vvx_fail_on": ["drift"]}
    assert nodes["plan"]["extra_data"] == {"vvx_fail_on": ["nothing"]}, "nobody is asked to approve nothing"


ARTIFACTS: dict[str, Any] = {
    "polycom_vvx_plan": {"phones": 25},
    "vvx_summary": {"phones": 25, "text": 'quotes " and {{ braces }}'},
}


@pytest.mark.parametrize("artifacts", [{}, ARTIFACTS], ids=["none", "some"])
@pytest.mark.parametrize("event", ["success", "error"])
def test_a_webhook_gets_json(event: str, artifacts: dict[str, Any]) -> None:
    job = {"id": 42, "name": 'VVX "plan" ü', "status": "successful", "artifacts": artifacts}
    body = NOTIFICATIONS["awx__webhook_messages"][event]["body"]
    got = yaml.safe_load(templates.render_message(body, {"job": job, "url": "https://awx.example.org"}))
    assert (got["job"], got["name"], got["summary"]) == (42, job["name"], artifacts.get("vvx_summary", {}))


@pytest.mark.parametrize(("kind", "name"), [("awx__chat_messages", "message"), ("awx__text_messages", "body")])
def test_people_are_told_what_would_change(kind: str, name: str) -> None:
    text, line = NOTIFICATIONS[kind]["success"][name], "VVX plan: successful. https://awx.example.org"
    context: dict[str, Any] = {"job": {"name": "VVX plan", "status": "successful", "artifacts": {}}}
    context["url"] = "https://awx.example.org"
    assert templates.render_message(text, context).strip() == line
    context["job"]["artifacts"] = {"polycom_vvx_plan": {"summary": "3 phones change.\nreg.1.label: 2 phones"}}
    told = templates.render_message(text, context)
    assert told.startswith(line) and told.strip().endswith("3 phones change.\nreg.1.label: 2 phones")


@pytest.mark.parametrize("kind", ["awx__webhook_messages", "awx__chat_messages", "awx__text_messages"])
def test_messages_are_accepted(kind: str) -> None:
    attrs = {
        "notification_type": "webhook",
        "notification_configuration": {"url": "x", **NOTIFICATIONS["awx__notification_defaults"]["webhook"]},
        "messages": NOTIFICATIONS[kind],
    }
    templates.check_notification(None, attrs, None)  # type: ignore[arg-type]
    assert attrs["messages"] == NOTIFICATIONS[kind], "AWX answers with what it was given"


def test_the_schedule_is_accepted() -> None:
    launching.check_rule(DEFAULTS["awx_schedule"])
