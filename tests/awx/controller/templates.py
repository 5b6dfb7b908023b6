# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates, inventory sources and execution environments."""

from __future__ import annotations

from .store import Item, Store, invalid


def check_job_template(store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal. The organization is that of the project."""
    whole = {**(before or {}), **attrs}
    project = store.objects["projects"].get(whole.get("project") or 0)
    if project is None:
        raise invalid("project", "Job Templates must have a project assigned.")
    if not whole.get("inventory") and not whole.get("ask_inventory_on_launch"):
        raise invalid("inventory", "You must either set a default value or ask to prompt on launch.")
    if not whole.get("playbook"):
        raise invalid("playbook", "Must select playbook for project.")
    if whole["playbook"] not in project["playbook_files"]:
        raise invalid("playbook", "Playbook not found for project.")
    attrs["organization"] = project["organization"]
    if whole.get("job_slice_count", 1) < 0 or whole.get("forks", 0) < 0:
        raise invalid("forks", "Ensure this value is greater than or equal to 0.")
    if whole.get("job_type", "run") not in ("run", "check"):
        raise invalid("job_type", f'"{whole["job_type"]}" is not a valid choice.')


def check_inventory_source(store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal."""
    whole = {**(before or {}), **attrs}
    if whole.get("source") == "scm":
        project = store.objects["projects"].get(whole.get("source_project") or 0)
        if project is None:
            raise invalid("source_project", "Project required for scm type sources.")
        if not project["scm_type"]:
            raise invalid("source_project", "Cannot use manual project for SCM-based inventory.")


def check_execution_environment(store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal."""
    organization = attrs.get("organization")
    if before is not None and organization and organization != before["organization"]:
        raise invalid("organization", "Cannot change the organization of an execution environment")
    if attrs.get("credential"):
        kind = store.get("credential_types", store.get("credentials", attrs["credential"])["credential_type"])["kind"]
        if kind != "registry":
            raise invalid("credential", "Only Container Registry credentials can be associated")
