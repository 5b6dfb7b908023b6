# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications: what AWX refuses, fills in, keeps and hides (source: awx, models/notifications.py)."""

from __future__ import annotations

import copy
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .credentials import HIDDEN
from .store import Item, Refusal, Store

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
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "password": (str,),
    "int": (int,),
    "bool": (bool,),
    "list": (list,),
    "object": (dict,),
}
"""True is no integer."""
APPROVAL = "workflow_approval"
EVENTS = ("started", "success", "error", APPROVAL)
APPROVAL_EVENTS = ("running", "approved", "timed_out", "denied")
STUB = {
    "job": {"id": 42, "name": "Stub", "status": "running", "artifacts": {}},
    "url": "https://awx.example.org/#/jobs/playbook/1010",
    "approval_status": "approved",
    "approval_node_name": "Approve Me",
    "workflow_url": "https://awx.example.org/#/jobs/workflow/1010",
    "job_friendly_name": "Job",
    "job_metadata": "{}",
}


def check(_store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal. Fills in defaults, and keeps what is not sent again, as AWX does."""
    kind = attrs.get("notification_type", (before or {}).get("notification_type"))
    if kind not in CONFIGURATIONS:
        raise Refusal(400, {"notification_type": [f'"{kind}" is not a valid choice.']})
    if "notification_configuration" in attrs or before is None:
        _check_configuration(kind, attrs.setdefault("notification_configuration", {}), before)
    if "messages" in attrs:
        _check_messages(attrs["messages"])
        if before is not None and before["messages"] is not None:
            attrs["messages"] = merged(before["messages"], attrs["messages"])
    configuration = {**(before or {}), **attrs}["notification_configuration"]
    if any(
        wanted == "password" and name not in configuration for name, (wanted, _default) in CONFIGURATIONS[kind].items()
    ):
        raise Refusal(500, {"detail": "A server error has occurred."})


def _check_configuration(kind: str, configuration: Item, before: Item | None) -> None:
    for name, (wanted, default) in CONFIGURATIONS[kind].items():
        if name not in configuration and default is None:
            raise Refusal(400, [f"Missing required fields for Notification Configuration: ['{name}']."])
        value = configuration.setdefault(name, default)
        if type(value) not in _TYPES[wanted]:
            raise Refusal(400, [f"Configuration field '{name}' incorrect type, expected {wanted}."])
        if wanted == "list" and not value:
            raise Refusal(400, [f"No values specified for field '{name}'"])
        if value == HIDDEN and before is not None:
            configuration[name] = before["notification_configuration"][name]


def merged(old: Item, new: Item) -> Item:
    """What a template says after a change: texts that are not sent stay, event by event and text by text."""
    new = copy.deepcopy(new)
    for event in EVENTS:
        if old.get(event) and not new.get(event):
            new[event] = old[event]
        elif event == APPROVAL and old.get(event):
            for each in APPROVAL_EVENTS:
                _merge_texts(old[event], new[event], each)
        else:
            _merge_texts(old, new, event)
        new.setdefault(event, None)
    return new


def _merge_texts(old: Item, new: Item, event: str) -> None:
    if old.get(event) and not new.get(event):
        new[event] = old[event]
    elif old.get(event):
        for name in ("message", "body"):
            if name not in new[event] and old[event].get(name):
                new[event][name] = old[event][name]


def _check_messages(messages: Item) -> None:
    for event, texts in messages.items():
        if event not in EVENTS:
            raise Refusal(400, {"messages": [f"Event '{event}' invalid"]})
        if event == APPROVAL and not set(texts or {}) <= set(APPROVAL_EVENTS):
            raise Refusal(400, {"messages": [f"Workflow Approval event of {sorted(texts)} invalid"]})
        for each in (texts or {}).values() if event == APPROVAL else [texts]:
            for name, text in (each or {}).items():
                if name not in ("message", "body") or (name == "message" and "\n" in (text or "")):
                    raise Refusal(400, {"messages": [f"Message type '{name}' invalid"]})
                render(text or "", STUB, jinja2.StrictUndefined)


def render(text: str, context: Item, undefined: type[jinja2.Undefined] = jinja2.ChainableUndefined) -> str:
    """Raises Refusal where AWX could not check the message."""
    try:
        return ImmutableSandboxedEnvironment(undefined=undefined).from_string(text).render(**context)
    except jinja2.TemplateError as error:
        raise Refusal(400, {"messages": [f"Unable to render message: {error}"]}) from error


def shown(item: Item) -> Item:
    kinds = CONFIGURATIONS[item["notification_type"]]
    configuration = {
        name: HIDDEN if kinds.get(name, ("",))[0] == "password" and value else value
        for name, value in item["notification_configuration"].items()
    }
    return {**item, "notification_configuration": configuration}
