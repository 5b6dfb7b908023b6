# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job templates, surveys, workflows and messages of the role awx keep the rules of AWX, and mean what they say."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import COMMON, PLAYBOOKS

from awx.controller import launching, notifications, outcome, surveys
from awx.controller.store import Store
from awx.objects import DEFAULTS, FILES, JOB_TEMPLATES, NOTIFICATIONS, PARTS, ROOT, WORKFLOWS, load, messages, nodes

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
OWN_DEFAULTS = {
    ("merge", "vvx_merge"): "the playbook has none, and reports are what most merge",
    ("reset", "vvx_scope"): "the playbook has none, and this clears least",
}
"""Questions with a default, and why: any default comes before the variables of the inventory."""
SLICED = {"apply", "configure", "facts", "restart"}
"""Those that ``awx_slices`` means if it is a number: they treat each phone for itself, and no port is shared."""
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
        *("notify", "notify_error", "one_job", "parts", "survey_spec"),
    }
    assert 1800 <= template["timeout"] <= 86400
    assert bool(template.get("sliced")) == (name in SLICED)
    assert len({"sliced", "parts", "one_job"} & set(template)) <= 1
    assert bool(template.get("parts")) == ("vvx_part" in PLAYBOOKS[name] and name != "merge")
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
    if (name, item["variable"]) in OWN_DEFAULTS:
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


FORMS = [(name, in_parts) for name in WORKFLOWS for in_parts in ((), tuple(PARTS))]
"""Each workflow without and with slices that are merged."""


@pytest.mark.parametrize(("name", "in_parts"), FORMS)
def test_a_workflow(name: str, in_parts: tuple[str, ...]) -> None:
    for node in nodes(name, in_parts).values():
        template = JOB_TEMPLATES.get(node.get("job_template", ""))
        assert (template is not None) + ("approval" in node) + node.get("inventory_source", False) == 1
        if template:
            given = node.get("extra_data", {})
            assert not surveys.errors(template["survey_spec"], given, required=False)
            assert set(given) <= {*COMMON, *PLAYBOOKS[node["job_template"]]}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_targets_stand_first(name: str) -> None:
    seen: set[str] = set()
    for node in WORKFLOWS[name]["nodes"]:
        for links in outcome.LINKS:
            assert set(node.get(links, [])) <= seen
        seen.add(node["identifier"])


def test_a_merge_does_what_its_template_does() -> None:
    """Each sliced node has one, with the same variables and ways on."""
    whole, sliced = nodes("check_and_change"), nodes("check_and_change", PARTS)
    assert set(sliced) - set(whole) == {f"merge_{name}" for name in PARTS}
    for name in PARTS:
        merge = sliced[f"merge_{name}"]
        assert (merge["job_template"], merge["merges"], merge["extra_data"]["vvx_merge"]) == ("merge", name, name)
        given = {variable: value for variable, value in merge["extra_data"].items() if variable != "vvx_merge"}
        assert given == whole[name].get("extra_data", {})
        assert all(merge.get(links, []) == whole[name].get(links, []) for links in outcome.LINKS)


@pytest.mark.parametrize(("name", "in_parts"), FORMS)
def test_nothing_changes_without_an_approval(name: str, in_parts: tuple[str, ...]) -> None:
    """Whatever leads to a job that changes phones, an approval is right before it, and only its success leads on. The
    job type of a template may be changed in its form, so the node says it."""
    made = nodes(name, in_parts)
    approvals = {identifier for identifier, node in made.items() if "approval" in node}
    for identifier, node in made.items():
        if node.get("job_template") in CHANGING and node.get("job_type") != "check":
            leading = [
                (other, links) for other in made for links in outcome.LINKS if identifier in made[other].get(links, [])
            ]
            assert leading and {links for _other, links in leading} == {"success_nodes"}
            assert {other for other, _links in leading} <= approvals


@pytest.mark.parametrize(("name", "in_parts"), FORMS)
def test_each_failure_is_told(name: str, in_parts: tuple[str, ...]) -> None:
    """A workflow whose failed nodes lead on counts as successful in AWX: then the job itself tells. Approvals and
    the inventory source do, too (test_role.py)."""
    made = nodes(name, in_parts)
    for identifier, template in ((each, made[each].get("job_template")) for each in made):
        _ran, failed = outcome.run(made, [identifier])
        told = failed or template is None or JOB_TEMPLATES[template].get("notify_error", True)
        assert told or identifier == "audit", "phones that differ fail it, which is no trouble"


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
    sliced = any({"sliced", "parts"} & set(JOB_TEMPLATES[job]) for job in jobs)
    assert not (sliced and workflow["ask_limit_on_launch"]), "a slice that a limit leaves no phone fails"


@pytest.mark.parametrize(
    ("fails", "ran"),
    [
        ("", "update audit report"),
        ("audit", "update audit plan approve apply report"),
        ("audit apply", "update audit plan approve apply report"),
        ("audit approve", "update audit plan approve report"),
        ("audit plan", "update audit plan report"),
        ("update", "update report"),
    ],
)
def test_the_ways_through_the_workflow(fails: str, ran: str) -> None:
    """A report comes of each, and phones that are offline fail no audit: only drift does."""
    whole = nodes("check_and_change")
    assert outcome.run(whole, fails.split())[0] == ran.split()
    assert whole["audit"]["extra_data"] == {"vvx_fail_on": ["drift"]}
    assert whole["plan"]["extra_data"] == {"vvx_fail_on": ["nothing"]}, "nobody is asked to approve nothing"


@pytest.mark.parametrize("slices", ["", "audit", "audit merge_audit", "plan"])
def test_the_way_through_slices(slices: str) -> None:
    """Slices succeed where phones differ: it is the merge that leads on, also where a slice has failed."""
    sliced = nodes("check_and_change", PARTS)
    ran, failed = outcome.run(sliced, slices.split())
    differ = "merge_audit" in slices
    change = ["plan", "merge_plan", "approve", "apply"] if differ else []
    assert ran == ["update", "audit", "merge_audit", *change, "report", "merge_report"] and not failed


ARTIFACTS: dict[str, Any] = {
    "polycom_vvx_plan": {"phones": 25},
    "vvx_summary": {"phones": 25, "text": 'quotes " and {{ braces }}'},
}


@pytest.mark.parametrize("artifacts", [{}, ARTIFACTS], ids=["none", "some"])
@pytest.mark.parametrize("event", ["success", "error"])
def test_a_webhook_gets_json(event: str, artifacts: dict[str, Any]) -> None:
    job = {"id": 42, "name": 'VVX "plan" ü', "status": "successful", "artifacts": artifacts}
    body = messages("webhook")[event]["body"]
    got = yaml.safe_load(notifications.render(body, {"job": job, "url": "https://awx.example.org"}))
    assert (got["job"], got["name"], got["summary"]) == (42, job["name"], artifacts.get("vvx_summary", {}))


@pytest.mark.parametrize(("kind", "name"), [("chat", "message"), ("text", "body")])
def test_people_are_told_what_would_change(kind: str, name: str) -> None:
    text, line = messages(kind)["success"][name], "VVX plan: successful. https://awx.example.org"
    context: dict[str, Any] = {"job": {"name": "VVX plan", "status": "successful", "artifacts": {}}}
    context["url"] = "https://awx.example.org"
    assert notifications.render(text, context).strip() == line
    context["job"]["artifacts"] = {"polycom_vvx_plan": {"summary": "3 phones change.\nreg.1.label: 2 phones"}}
    told = notifications.render(text, context)
    assert told.startswith(line) and told.strip().endswith("3 phones change.\nreg.1.label: 2 phones")


@pytest.mark.parametrize("kind", ["webhook", "chat", "text"])
@pytest.mark.parametrize("before", ["webhook", "chat", "text"])
def test_messages_are_accepted(kind: str, before: str) -> None:
    """Also where there were those of another type, of which AWX keeps nothing."""
    hook = {"url": "x", **NOTIFICATIONS["awx__notification_defaults"]["webhook"]}
    attrs = {"notification_type": "webhook", "notification_configuration": hook, "messages": messages(kind)}
    notifications.check(Store(), attrs, {"messages": messages(before), "notification_configuration": hook})
    assert attrs["messages"] == messages(kind), "AWX answers with what it was given"


def test_the_schedule_is_accepted() -> None:
    launching.check_rule(DEFAULTS["awx_schedule"])
