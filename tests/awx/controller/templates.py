# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates, inventory sources and notification templates."""

from __future__ import annotations

from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .credentials import HIDDEN
from .store import Item, Refusal, Store, invalid

CONFIGURATIONS: dict[str, dict[str, tuple[str, Any]]] = {
    "webhook": {
        "url": ("string", None),
        "http_method": ("string", "POST"),
        "disable_ssl_verification": ("bool", False),
        "username": ("string", ""),
        "password": ("password", ""),
        "headers": ("object", None),
    },
    "slack": {"token": ("password", None), "channels": ("list", None)},
    "email": {
        "host": ("string", None),
        "port": ("int", None),
        "username": ("string", None),
        "password": ("password", None),
        "use_tls": ("bool", None),
        "use_ssl": ("bool", None),
        "sender": ("string", None),
        "recipients": ("list", None),
        "timeout": ("int", 30),
    },
}
"""By type of notification: each field's type, and its default. Without one it must be there."""
_TYPES = {"string": str, "password": str, "int": int, "bool": bool, "list": list, "object": dict}
EVENTS = ("started", "success", "error", "workflow_approval")
STUB = {
    "job": {"id": 42, "name": "Stub", "status": "running", "artifacts": {}},
    "url": "https://awx.example.org/#/jobs/playbook/1010",
    "approval_status": "approved",
    "approval_node_name": "Approve Me",
    "workflow_url": "https://awx.example.org/#/jobs/workflow/1010",
    "job_friendly_name": "Job",
    "job_metadata": "{}",
}


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


def check_execution_environment(_store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal."""
    if before is not None and attrs.get("organization", before["organization"]) != before["organization"]:
        raise invalid("organization", "Cannot change the organization of an execution environment")


def check_notification(_store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal. Fills in defaults, and keeps what is not sent again, as AWX does."""
    kind = attrs.get("notification_type", (before or {}).get("notification_type"))
    if kind not in CONFIGURATIONS:
        raise Refusal(400, {"notification_type": [f'"{kind}" is not a valid choice.']})
    if "notification_configuration" in attrs or before is None:
        _check_configuration(kind, attrs.setdefault("notification_configuration", {}), before)
    if "messages" in attrs:
        old = (before or {}).get("messages") or {}
        _check_messages(attrs["messages"])
        attrs["messages"] = {event: attrs["messages"].get(event) or old.get(event) for event in EVENTS}


def _check_configuration(kind: str, configuration: Item, before: Item | None) -> None:
    for name, (wanted, default) in CONFIGURATIONS[kind].items():
        if name not in configuration and default is None:
            raise Refusal(400, [f"Missing required fields for Notification Configuration: ['{name}']."])
        value = configuration.setdefault(name, default)
        if type(value) is not _TYPES[wanted]:
            raise Refusal(400, [f"Configuration field '{name}' incorrect type, expected {wanted}."])
        if wanted == "list" and not value:
            raise Refusal(400, [f"No values specified for field '{name}'"])
        if value == HIDDEN and before is not None:
            configuration[name] = before["notification_configuration"][name]


def _check_messages(messages: Item) -> None:
    for event, texts in messages.items():
        if event not in EVENTS:
            raise Refusal(400, {"messages": [f"Event '{event}' invalid"]})
        for each in (texts or {}).values() if event == "workflow_approval" else [texts]:
            for name, text in (each or {}).items():
                if name not in ("message", "body") or (name == "message" and "\n" in text):
                    raise Refusal(400, {"messages": [f"Message type '{name}' invalid"]})
                render_message(text, STUB, jinja2.StrictUndefined)


def render_message(text: str, context: Item, undefined: type[jinja2.Undefined] = jinja2.ChainableUndefined) -> str:
    """Raises Refusal where AWX could not check the message."""
    try:
        return ImmutableSandboxedEnvironment(undefined=undefined).from_string(text).render(**context)
    except jinja2.TemplateError as error:
        raise Refusal(400, {"messages": [f"Unable to render message: {error}"]}) from error


def shown_notification(item: Item) -> Item:
    kinds = CONFIGURATIONS[item["notification_type"]]
    configuration = {
        name: HIDDEN if kinds.get(name, ("",))[0] == "password" and value else value
        for name, value in item["notification_configuration"].items()
    }
    return {**item, "notification_configuration": configuration}
