# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/awx-by-hand.md: its requests, sent one after the other, make what the role makes."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any

import yaml

from awx.controller import Controller
from awx.controller.kinds import KINDS
from awx.controller.server import TOKEN
from awx.objects import CREDENTIAL_TYPES, DEFAULTS, JOB_TEMPLATES, ROOT, WORKFLOWS, Loader

PAGE = (ROOT / "docs" / "awx-by-hand.md").read_text(encoding="utf-8")
PROJECT = ROOT / "examples" / "awx-project"
REQUEST = re.compile(r"^awx (\S+) ('[^']*'|@\S+)(?: --request (\w+))?(?:  # ([A-Z_]+))?$", re.MULTILINE)
ROW = re.compile(r"^\| `VVX ([a-z ]+)` \| `(\w+\.yml)` \| (\w+) \| (\d+) \| (\d+) \| (yes|no) \|$", re.MULTILINE)
NOT_HERE = {"workflow_approvals/APPROVAL/approve/"}
"""Requests about jobs, which the small AWX does not run."""
NODES = "workflow_job_template_nodes"


@dataclass
class Request:
    """``name``: what the number of the answer is called from there on."""

    path: str
    body: str
    method: str
    name: str


def requests() -> list[Request]:
    blocks = "\n".join(re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL))
    found = [Request(path, body, method or "POST", name) for path, body, method, name in REQUEST.findall(blocks)]
    assert len(found) == len(re.findall("^awx [^(]", blocks, re.MULTILINE)), "one of them can't be read"
    return found


class Sender:
    """Sends requests as the shell function of the page does. ``numbers``: of words in capitals."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        galaxy = controller.named("credentials", "Ansible Galaxy")["id"]
        self.numbers = {"GALAXY": galaxy, "VAULT_TYPE": controller.named("credential_types", "Vault")["id"]}

    def _numbered(self, text: str) -> str:
        """Words in capitals outside of texts in quotes."""
        parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
        parts[::2] = [re.sub("[A-Z][A-Z_]+", lambda word: str(self.numbers[word[0]]), each) for each in parts[::2]]
        return "".join(parts)

    def body(self, request: Request) -> dict[str, Any]:
        """What is sent."""
        text = request.body.strip("'")
        if request.body.startswith("@"):
            text = (PROJECT / request.body[1:]).read_text(encoding="utf-8")
        found = json.loads(self._numbered(text))
        assert isinstance(found, dict)
        return found

    def send(self, request: Request, body: dict[str, Any]) -> None:
        """Also refuses fields that AWX would pass over, since it has none of these names."""
        if request.path in NOT_HERE:
            return
        path = self._numbered(request.path)
        kind, *rest = path.strip("/").split("/")
        assert len(rest) > 1 or set(body) <= set(KINDS[kind].fields), request.path
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        url, data = f"{self._controller.url}/api/v2/{path}", json.dumps(body).encode()
        sent = urllib.request.Request(url, data, headers, method=request.method)
        with urllib.request.urlopen(sent, timeout=60) as reply:
            content = reply.read()
        if request.name:
            self.numbers[request.name] = json.loads(content).get("id")


def in_the_table(name: str) -> dict[str, Any]:
    """What the table says of a job template."""
    rows = {template.replace(" ", "_"): row for template, *row in ROW.findall(PAGE)}
    playbook, job_type, timeout, forks, concurrent = rows[name]
    return {
        "name": f"VVX {name.replace('_', ' ')}",
        "playbook": playbook,
        "job_type": job_type.lower(),
        "timeout": int(timeout),
        "forks": int(forks),
        "allow_simultaneous": concurrent == "yes",
        "diff_mode": name == "configure",
    }


def sent(controller: Controller) -> Sender:
    """All requests of the page, and those of the other job templates, which it leaves to the reader."""
    sender = Sender(controller)
    for request in requests():
        body = sender.body(request)
        sender.send(request, body)
        if request.name == "REPORT":
            assert body == {**body, **in_the_table("report")}
            for name in sorted(set(JOB_TEMPLATES) - {"report"}):
                sender.send(Request(request.path, "", "POST", name.upper()), {**body, **in_the_table(name)})
                survey = Request(f"job_templates/{name.upper()}/survey_spec/", f"@awx/surveys/{name}.json", "POST", "")
                sender.send(survey, sender.body(survey))
                sender.send(Request(f"job_templates/{name.upper()}/", "", "PATCH", ""), {"survey_enabled": True})
    return sender


def asked() -> set[str]:
    """The fields of job templates by which the role lets somebody choose at launch."""
    (task,) = yaml.load((ROOT / "roles" / "awx" / "tasks" / "job_template.yml").read_text(encoding="utf-8"), Loader)
    return {name for name in task["awx.awx.job_template"] if name.startswith("ask_")}


def test_the_requests_make_what_the_role_makes(controller: Controller) -> None:
    sender = sent(controller)
    for name, template in JOB_TEMPLATES.items():
        made = controller.named("job_templates", f"VVX {name.replace('_', ' ')}")
        assert (made["playbook"], made["job_type"]) == (template["playbook"], template.get("job_type", "run"))
        assert (made["timeout"], made["allow_simultaneous"]) == (template["timeout"], template["allow_simultaneous"])
        assert made["forks"] == template.get("forks", DEFAULTS["awx_forks"]), name
        assert made["job_slice_count"] == 1 and made["diff_mode"] == template.get("diff_mode", False)
        assert yaml.safe_load(made["extra_vars"]) == {"ansible_vvx_state_path": DEFAULTS["awx_state_path"]}
        assert controller.api.store.surveys[made["id"]] == template["survey_spec"]
        assert {field for field in made if field.startswith("ask_") and made[field]} == asked()
        controller.api.launch("job_templates", made["id"], {})
    for name, kind in CREDENTIAL_TYPES.items():
        made = controller.named("credential_types", f"VVX {name}")
        assert {field: made[field] for field in kind} == kind
    source = controller.named("inventory_sources", "VVX inventory")
    assert yaml.safe_load(source["source_vars"]) == DEFAULTS["awx_inventory_source_vars"]
    assert source["source_path"] == DEFAULTS["awx_inventory_source_path"]
    assert controller.named("schedules", "VVX check and change")["unified_job_template"] == sender.numbers["WORKFLOW"]


def test_the_workflow_is_that_of_the_role(controller: Controller) -> None:
    sent(controller)
    nodes = controller.api.all(NODES)
    names = {node["id"]: node["identifier"] for node in nodes}
    lists = ("success_nodes", "failure_nodes", "always_nodes")
    made = {
        node["identifier"]: {each: sorted(names[number] for number in node[each]) for each in lists if node[each]}
        for node in nodes
    }
    wanted = [node for node in WORKFLOWS["check_and_change"]["nodes"] if "merges" not in node]
    assert made == {node["identifier"]: {each: sorted(node[each]) for each in lists if each in node} for node in wanted}
    for node in wanted:
        (found,) = [each for each in nodes if each["identifier"] == node["identifier"]]
        assert found["extra_data"] == node.get("extra_data", {})
        kind, target = controller.api.store.unified(found["unified_job_template"]) or ("", {})
        if "job_template" in node:
            assert target["name"] == f"VVX {node['job_template']}"
        else:
            assert kind == ("workflow_approval_templates" if "approval" in node else "inventory_sources")
            assert target.get("timeout", DEFAULTS["awx_approval_timeout"]) == DEFAULTS["awx_approval_timeout"]


def test_each_template_is_in_the_table() -> None:
    assert {row[0].replace(" ", "_") for row in ROW.findall(PAGE)} == set(JOB_TEMPLATES)
