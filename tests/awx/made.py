# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All objects of the small AWX, with names instead of numbers, and those that the role has to make of its files."""

from __future__ import annotations

from typing import Any

import yaml

from awx.controller import Controller
from awx.controller.kinds import KINDS
from awx.controller.store import Item
from awx.objects import CREDENTIAL_TYPES, DEFAULTS, JOB_TEMPLATES, WORKFLOWS, messages, nodes

Objects = dict[str, dict[str, Item]]
"""By kind and name. Each has all fields that can be written, its lists, and its survey."""
ORGANIZATION = "Telephony"
VARIABLES: dict[str, Any] = {
    "awx_project_url": "https://git.example.org/phones.git",
    "awx_ee_image": "registry.example.org/vvx-ee:1",
    "awx_phones_inputs": {"password": "zq-phones", "ca": "-----BEGIN", "verify_hostname": "mac", "insecure": False},
    "awx_files_inputs": {"to": "https://files.example.org/", "token": "zq-files"},
    "awx_vault_password": "zq-vault",
    "awx_notification_type": "slack",
    "awx_notification_configuration": {"token": "zq-slack", "channels": ["#phones"]},
    "awx_slices": {"apply": 2, "audit": 3},
    "awx_instance_groups": ["default"],
    "awx_forks": 21,
    "awx_timeouts": {"report": 1801},
    "awx_extra_vars": {"vvx_when_busy": "skip"},
}
"""Of the role, for all that it can make."""
NODES = "workflow_job_template_nodes"
ASKED = ("limit", "variables", "job_type", "diff_mode", "forks", "job_slice_count", "timeout", "verbosity")
"""What can be set when a job template is launched."""
IN_PARTS = ("audit",)
"""Job templates whose slices are merged."""
TOLD = {"apply", "plan", "report"}
"""Job templates whose success is told."""
_VARIABLES = ("extra_vars", "source_vars")


def named(name: str) -> str:
    """The name in AWX of what has this one in the role's files."""
    return f"VVX {name.replace('_', ' ')}"


def objects(controller: Controller) -> Objects:
    """All that AWX has."""
    store = controller.api.store

    def name_of(kind: str, number: Any) -> Any:
        item = store.objects[kind].get(number, {"name": None})
        if kind == NODES:
            return f"{name_of('workflow_job_templates', item['workflow_job_template'])}/{item['identifier']}"
        return item["name"]

    def described(kind: str, number: int, item: Item) -> Item:
        fields = {name: item[name] for name in KINDS[kind].fields}
        fields |= {name: name_of(other, item[name]) for name, other in KINDS[kind].refers.items() if name in fields}
        fields |= {name: yaml.safe_load(item[name] or "{}") for name in _VARIABLES if name in fields}
        if found := store.unified(fields.get("unified_job_template")):
            fields["unified_job_template"] = found[1]["name"]
        for link, other in KINDS[kind].links.items():
            fields[link] = sorted(name_of(other, member) for member in store.linked(kind, number, link))
        return fields | ({"survey": store.surveys[number]} if number in store.surveys else {})

    return {
        kind: {name_of(kind, number): described(kind, number, item) for number, item in items.items()}
        for kind, items in store.objects.items()
    }


def _object(kind: str, name: str, /, **fields: Any) -> dict[str, Item]:
    """``fields``: those that are not as AWX makes them by itself."""
    assert {*fields} - {"survey"} <= {*KINDS[kind].fields, *KINDS[kind].links}
    usual: Item = {**KINDS[kind].fields, **{link: [] for link in KINDS[kind].links}}
    if "name" in usual:
        usual["name"] = name
    return {name: {**usual, **dict.fromkeys(set(_VARIABLES) & set(usual), {}), **fields}}


def _job_templates() -> dict[str, Item]:
    made: dict[str, Item] = {}
    for name, template in JOB_TEMPLATES.items():
        made |= _object(
            "job_templates",
            named(name),
            **{field: template[field] for field in ("description", "playbook", "allow_simultaneous")},
            job_type=template.get("job_type", "run"),
            diff_mode=template.get("diff_mode", False),
            forks=template.get("forks", 21),
            timeout=1801 if name == "report" else template["timeout"],
            job_slice_count=VARIABLES["awx_slices"].get(name, 1),
            **dict.fromkeys((f"ask_{what}_on_launch" for what in ASKED), True),
            inventory="VVX phones",
            project="VVX project",
            execution_environment=f"{ORGANIZATION} VVX EE",
            extra_vars={
                "ansible_vvx_state_path": DEFAULTS["awx_state_path"],
                "vvx_when_busy": "skip",
                **({"vvx_part": f"{DEFAULTS['awx_state_path']}/parts"} if name in (*IN_PARTS, "merge") else {}),
            },
            survey_enabled=True,
            survey=template["survey_spec"],
            credentials=["VVX files", "VVX phones", "VVX vault"],
            labels=["vvx"],
            notification_templates_success=["VVX notification"] if name in TOLD else [],
            # Audits fail where phones differ, which is no trouble.
            notification_templates_error=[] if name == "audit" else ["VVX notification"],
        )
    return made


def _workflows() -> dict[str, Item]:
    made: dict[str, Item] = {}
    for name, workflow in WORKFLOWS.items():
        made |= _object(
            "workflow_job_templates",
            named(name),
            **{field: workflow[field] for field in ("description", "ask_limit_on_launch", "ask_variables_on_launch")},
            organization=ORGANIZATION,
            inventory="VVX phones",
            survey_enabled=True,
            survey=workflow.get("survey_spec") or JOB_TEMPLATES[workflow["survey"]]["survey_spec"],
            labels=["vvx"],
            notification_templates_error=["VVX notification"],
            notification_templates_approvals=["VVX notification"],
        )
    return made


def _nodes() -> dict[str, Item]:
    made: dict[str, Item] = {}
    for name in WORKFLOWS:
        for node in nodes(name, IN_PARTS).values():
            runs = node.get("job_template") or node.get("approval", {}).get("name") or "inventory"
            made |= _object(
                NODES,
                f"{named(name)}/{node['identifier']}",
                identifier=node["identifier"],
                workflow_job_template=named(name),
                unified_job_template=named(runs) if "approval" not in node else f"VVX {runs}",
                job_type=node.get("job_type"),
                extra_data=node.get("extra_data", {}),
                **{
                    links: sorted(f"{named(name)}/{each}" for each in node.get(links, []))
                    for links in KINDS[NODES].links
                },
            )
    return made


def _approvals() -> dict[str, Item]:
    made: dict[str, Item] = {}
    for workflow in WORKFLOWS.values():
        for approval in (node["approval"] for node in workflow["nodes"] if "approval" in node):
            name = f"VVX {approval['name']}"
            made |= _object(
                "workflow_approval_templates",
                name,
                description=approval["description"],
                timeout=DEFAULTS["awx_approval_timeout"],
            )
    return made


def _sources() -> Objects:
    failing = {"notification_templates_error": ["VVX notification"]}
    return {
        "projects": _object(
            "projects",
            "VVX project",
            organization=ORGANIZATION,
            scm_type="git",
            scm_url=VARIABLES["awx_project_url"],
            scm_update_on_launch=True,
            **failing,
        ),
        "inventories": _object(
            "inventories",
            "VVX phones",
            organization=ORGANIZATION,
            instance_groups=["default"],
            prevent_instance_group_fallback=True,
        ),
        "inventory_sources": _object(
            "inventory_sources",
            "VVX inventory",
            inventory="VVX phones",
            source="scm",
            source_project="VVX project",
            source_path=DEFAULTS["awx_inventory_source_path"],
            source_vars=DEFAULTS["awx_inventory_source_vars"],
            credential="VVX phones",
            execution_environment=f"{ORGANIZATION} VVX EE",
            overwrite=True,
            overwrite_vars=True,
            update_on_launch=True,
            update_cache_timeout=DEFAULTS["awx_inventory_cache_timeout"],
            **failing,
        ),
    }


def _logins() -> Objects:
    image = {"image": VARIABLES["awx_ee_image"], "pull": "missing"}
    credentials: dict[str, Item] = {}
    for name, of, inputs in (
        ("phones", "VVX phones", VARIABLES["awx_phones_inputs"]),
        ("files", "VVX files", VARIABLES["awx_files_inputs"]),
        ("vault", "Vault", {"vault_password": "zq-vault"}),
    ):
        credentials |= _object("credentials", named(name), organization=ORGANIZATION, credential_type=of, inputs=inputs)
    types: dict[str, Item] = {}
    for kind in CREDENTIAL_TYPES.values():
        types |= _object("credential_types", kind["name"], **kind)
    return {
        "execution_environments": _object(
            "execution_environments", f"{ORGANIZATION} VVX EE", organization=ORGANIZATION, **image
        ),
        "credential_types": types,
        "credentials": credentials,
    }


def wanted() -> Objects:
    """All that the role makes with VARIABLES."""
    notification = _object(
        "notification_templates",
        "VVX notification",
        organization=ORGANIZATION,
        notification_type="slack",
        notification_configuration=VARIABLES["awx_notification_configuration"],
        messages=messages("chat"),
    )
    schedule = _object(
        "schedules",
        "VVX check and change",
        unified_job_template="VVX check and change",
        rrule=DEFAULTS["awx_schedule"],
        enabled=True,
    )
    return {
        "organizations": _object("organizations", ORGANIZATION, galaxy_credentials=["Ansible Galaxy"]),
        "labels": {
            name: _object("labels", name, organization=ORGANIZATION)[name]
            for name in ("vvx", "made by polycom.vvx.awx")
        },
        "notification_templates": notification,
        "job_templates": _job_templates(),
        "workflow_job_templates": _workflows(),
        NODES: _nodes(),
        "workflow_approval_templates": _approvals(),
        "schedules": schedule,
        **_sources(),
        **_logins(),
    }
