# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects that AWX keeps, as a table: what each has, what must be unique, and what leads where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOTIFICATIONS = ("notification_templates_started", "notification_templates_success", "notification_templates_error")
_NOTIFIES = dict.fromkeys(NOTIFICATIONS, "notification_templates")
_CHILDREN = ("success_nodes", "failure_nodes", "always_nodes")
PROMPTS: dict[str, Any] = {
    **dict.fromkeys(("scm_branch", "job_type", "job_tags", "skip_tags", "limit", "diff_mode", "verbosity")),
    **dict.fromkeys(("inventory", "execution_environment", "forks", "job_slice_count", "timeout")),
}
"""What a node or a schedule may set at launch, if the template asks for it: None if it does not."""
ASKS = {
    **{name: f"ask_{name}_on_launch" for name in PROMPTS if name not in ("job_tags",)},
    "job_tags": "ask_tags_on_launch",
}


@dataclass(frozen=True)
class Kind:
    """``fields``: those that can be written, with defaults. ``refers``: fields that hold the number of another object,
    and of which kind. ``links``: lists of other objects below this one. ``ours``: kinds that go when this one goes, and
    the field by which they belong to it."""

    type: str
    fields: dict[str, Any]
    unique: tuple[str, ...] = ("name", "organization")
    required: tuple[str, ...] = ("name",)
    refers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    ours: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    """Addresses below an object that are neither lists nor other objects."""


_COMMON = {"name": "", "description": ""}
_ORGANIZATION = {"organization": "organizations"}

KINDS: dict[str, Kind] = {
    "organizations": Kind(
        "organization",
        {**_COMMON, "max_hosts": 0, "default_environment": None},
        unique=("name",),
        refers={"default_environment": "execution_environments"},
        links={"galaxy_credentials": "credentials", **_NOTIFIES},
        ours=dict.fromkeys(
            ("credentials", "execution_environments", "labels", "notification_templates", "projects"), "organization"
        ),
    ),
    "instance_groups": Kind("instance_group", {"name": ""}, unique=("name",)),
    "execution_environments": Kind(
        "execution_environment",
        {**_COMMON, "organization": None, "image": "", "credential": None, "pull": ""},
        unique=("name",),
        required=("name", "image"),
        refers={**_ORGANIZATION, "credential": "credentials"},
    ),
    "credential_types": Kind(
        "credential_type",
        {**_COMMON, "kind": "", "inputs": {}, "injectors": {}},
        unique=("name", "kind"),
        required=("name", "kind"),
    ),
    "credentials": Kind(
        "credential",
        {**_COMMON, "organization": None, "credential_type": None, "inputs": {}},
        unique=("name", "organization", "credential_type"),
        required=("name", "credential_type"),
        refers={**_ORGANIZATION, "credential_type": "credential_types"},
    ),
    "projects": Kind(
        "project",
        {
            **_COMMON,
            "organization": None,
            "scm_type": "",
            "scm_url": "",
            "scm_branch": "",
            "scm_update_on_launch": False,
            "allow_override": False,
            "credential": None,
        },
        refers={**_ORGANIZATION, "credential": "credentials"},
        links=_NOTIFIES,
        extra=("update",),
    ),
    "inventories": Kind(
        "inventory",
        {
            **_COMMON,
            "organization": None,
            "kind": "",
            "host_filter": None,
            "variables": "",
            "prevent_instance_group_fallback": False,
        },
        required=("name", "organization"),
        refers=_ORGANIZATION,
        links={"instance_groups": "instance_groups"},
        ours={"inventory_sources": "inventory"},
    ),
    "inventory_sources": Kind(
        "inventory_source",
        {
            **_COMMON,
            "inventory": None,
            "source": "",
            "source_project": None,
            "source_path": "",
            "source_vars": "",
            "credential": None,
            "execution_environment": None,
            "overwrite": False,
            "overwrite_vars": False,
            "update_on_launch": False,
            "update_cache_timeout": 0,
        },
        unique=("name", "inventory"),
        required=("name", "inventory", "source"),
        refers={
            "inventory": "inventories",
            "source_project": "projects",
            "credential": "credentials",
            "execution_environment": "execution_environments",
        },
        links=_NOTIFIES,
        extra=("update",),
    ),
    "notification_templates": Kind(
        "notification_template",
        {
            **_COMMON,
            "organization": None,
            "notification_type": "",
            "notification_configuration": {},
            "messages": {"started": None, "success": None, "error": None, "workflow_approval": None},
        },
        required=("name", "organization", "notification_type"),
        refers=_ORGANIZATION,
    ),
    "labels": Kind(
        "label", {"name": "", "organization": None}, required=("name", "organization"), refers=_ORGANIZATION
    ),
    "job_templates": Kind(
        "job_template",
        {
            **_COMMON,
            "job_type": "run",
            "inventory": None,
            "project": None,
            "playbook": "",
            "execution_environment": None,
            "scm_branch": "",
            "forks": 0,
            "limit": "",
            "verbosity": 0,
            "extra_vars": "",
            "timeout": 0,
            "diff_mode": False,
            "allow_simultaneous": False,
            "job_slice_count": 1,
            "survey_enabled": False,
            **dict.fromkeys((*ASKS.values(), "ask_variables_on_launch", "ask_credential_on_launch"), False),
        },
        required=("name",),
        refers={
            "inventory": "inventories",
            "project": "projects",
            "execution_environment": "execution_environments",
        },
        links={"credentials": "credentials", "labels": "labels", **_NOTIFIES},
        ours={"schedules": "unified_job_template"},
        extra=("survey_spec", "launch"),
    ),
    "workflow_job_templates": Kind(
        "workflow_job_template",
        {
            **_COMMON,
            "organization": None,
            "inventory": None,
            "limit": None,
            "scm_branch": None,
            "extra_vars": "",
            "allow_simultaneous": False,
            "survey_enabled": False,
            **dict.fromkeys(("ask_inventory_on_launch", "ask_limit_on_launch", "ask_variables_on_launch"), False),
        },
        refers={**_ORGANIZATION, "inventory": "inventories"},
        links={"labels": "labels", "notification_templates_approvals": "notification_templates", **_NOTIFIES},
        ours={"workflow_job_template_nodes": "workflow_job_template", "schedules": "unified_job_template"},
        extra=("survey_spec", "launch"),
    ),
    "workflow_job_template_nodes": Kind(
        "workflow_job_template_node",
        {
            "identifier": "",
            "workflow_job_template": None,
            "unified_job_template": None,
            "all_parents_must_converge": False,
            "extra_data": {},
            **PROMPTS,
        },
        unique=("identifier", "workflow_job_template"),
        required=("workflow_job_template",),
        refers={"workflow_job_template": "workflow_job_templates", "inventory": "inventories"},
        links=dict.fromkeys(_CHILDREN, "workflow_job_template_nodes"),
        extra=("create_approval_template",),
    ),
    "workflow_approval_templates": Kind("workflow_approval_template", {**_COMMON, "timeout": 0}, unique=()),
    "schedules": Kind(
        "schedule",
        {**_COMMON, "unified_job_template": None, "rrule": "", "enabled": True, "extra_data": {}, **PROMPTS},
        unique=("name", "unified_job_template"),
        required=("name", "unified_job_template", "rrule"),
        refers={"inventory": "inventories"},
    ),
}
UNIFIED = (
    "projects",
    "inventory_sources",
    "job_templates",
    "workflow_job_templates",
    "workflow_approval_templates",
)
"""What a node can run, together: they share their numbers."""
