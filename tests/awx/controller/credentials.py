# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credential types and credentials: what AWX refuses, what it hides, and what it gives to a job."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .store import Item, Refusal, Store, invalid

HIDDEN = "$encrypted$"
_FIELD = {"id", "type", "label", "help_text", "format", "choices", "secret", "multiline", "default"}
_ONLY_OF_TEXTS = ("choices", "multiline", "format", "secret")
_NAME = re.compile("[a-zA-Z_]+[a-zA-Z0-9_]*")
_FILE = re.compile(r"template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?")
_BLOCKED = {"PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "JOB_ID", "INVENTORY_ID", "INVENTORY_SOURCE_ID"}
_BLOCKED |= {"AD_HOC_COMMAND_ID", "REST_API_URL", "REST_API_TOKEN", "MAX_EVENT_RES", "CALLBACK_QUEUE", "HOME"}
_BLOCKED |= {"CALLBACK_CONNECTION", "CACHE", "JOB_CALLBACK_DEBUG", "INVENTORY_HOSTVARS", "AWX_HOST", "PROJECT_REVISION"}
_KEY = re.compile(r"[a-zA-Z_{}]+[a-zA-Z0-9_{}]*")


def check_type(store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal."""
    used = before is not None and any(
        credential["credential_type"] == before["id"] for credential in store.objects["credentials"].values()
    )
    if used and before is not None and attrs.get("inputs", before["inputs"]) != before["inputs"]:
        raise Refusal(403, {"detail": "Modifications to inputs are not allowed for credential types that are in use"})
    if attrs.get("kind", "net") not in ("cloud", "net"):
        raise invalid("kind", f"Must be 'cloud' or 'net', not {attrs['kind']}")
    whole = {**(before or {}), **attrs}
    inputs, injectors = whole.get("inputs") or {}, whole.get("injectors") or {}
    _check_inputs(inputs)
    _check_injectors(inputs, injectors)


def _check_inputs(inputs: Item) -> None:
    if not set(inputs) <= {"fields", "required"}:
        raise invalid("inputs", "Additional properties are not allowed.")
    seen: set[str] = set()
    for field in inputs.get("fields", []):
        name, kind = field.get("id", ""), field.get("type", "string")
        if not set(field) <= _FIELD or not {"id", "label"} <= set(field) or kind not in ("string", "boolean"):
            raise invalid("inputs", f"{field} is not a field.")
        if not _NAME.fullmatch(name) or name == "tower" or name in seen:
            raise invalid("inputs", f"{name} is an invalid, reserved or repeated variable name")
        seen.add(name)
        for key in _ONLY_OF_TEXTS:
            if key in field and kind != "string":
                raise invalid("inputs", f"{key} not allowed for {kind} type ({name})")
        if "default" in field and not isinstance(field["default"], {"string": str, "boolean": bool}[kind]):
            raise invalid("inputs", f"{field['default']} is not a {kind}")


def _check_injectors(inputs: Item, injectors: Item) -> None:
    if not set(injectors) <= {"file", "env", "extra_vars"}:
        raise invalid("injectors", "Additional properties are not allowed.")
    for name, template in injectors.get("env", {}).items():
        if name.startswith("ANSIBLE_") or name in _BLOCKED:
            raise invalid("injectors", f"Environment variable {name} is not allowed to be used in credentials.")
        if not _NAME.fullmatch(name) or not template.isascii():
            raise invalid("injectors", f"{name} does not match.")
    files = list(injectors.get("file", {}))
    if not all(_FILE.fullmatch(name) for name in files) or ("template" in files and len(files) > 1):
        raise invalid("injectors", "Must use multi-file syntax when injecting multiple files")
    if not all(_KEY.fullmatch(name) for name in injectors.get("extra_vars", {})):
        raise invalid("injectors", "extra_vars does not match.")
    example = {field["id"]: "EXAMPLE" for field in inputs.get("fields", [])}
    try:
        render(injectors, example, jinja2.StrictUndefined)
    except jinja2.TemplateError as error:
        raise invalid("injectors", f"uses an undefined field ({error})") from error


def render(injectors: Item, inputs: Item, undefined: type[jinja2.Undefined] = jinja2.Undefined) -> dict[str, Any]:
    """What a job gets: ``env`` and ``extra_vars`` by name, and ``files`` by path. No filters but Jinja's own, and
    booleans are texts."""
    sandbox = ImmutableSandboxedEnvironment(undefined=undefined)
    values: dict[str, Any] = {name: str(value) if isinstance(value, bool) else value for name, value in inputs.items()}
    templates = injectors.get("file", {})
    files = {
        f"/runner/env/{name.partition('.')[2] or 'file'}": sandbox.from_string(template).render(**values)
        for name, template in templates.items()
    }
    paths = {path.rpartition("/")[2]: path for path in files}
    values["tower"] = SimpleNamespace(
        filename="/runner/env/file" if "template" in templates else SimpleNamespace(**paths)
    )
    return {
        "files": files,
        **{
            kind: {
                sandbox.from_string(name).render(**values): sandbox.from_string(template).render(**values)
                for name, template in injectors.get(kind, {}).items()
            }
            for kind in ("env", "extra_vars")
        },
    }


def given(credential_type: Item, inputs: Item) -> Item:
    """The inputs as AWX takes them from a credential: what is not set is False or an empty text."""
    fields = credential_type["inputs"].get("fields", [])
    return {field["id"]: inputs.get(field["id"], False if field.get("type") == "boolean" else "") for field in fields}


def check(store: Store, attrs: Item, before: Item | None) -> None:
    """Raises Refusal. Secrets that come back as they are shown stay as they were."""
    whole = {**(before or {}), **attrs}
    fields = {
        field["id"]: field for field in store.get("credential_types", whole["credential_type"])["inputs"]["fields"]
    }
    if not whole.get("organization"):
        raise Refusal(400, {"detail": "Missing 'user', 'team', or 'organization'."})
    for name, value in attrs.get("inputs", {}).items():
        if name not in fields:
            raise invalid("inputs", f"Additional properties are not allowed ('{name}' was unexpected)")
        field = fields[name]
        if not isinstance(value, {"string": str, "boolean": bool}[field.get("type", "string")]):
            raise invalid("inputs", f"{value} is not of type {field.get('type', 'string')}")
        if "choices" in field and value not in field["choices"]:
            raise invalid("inputs", f"{value} is not one of {field['choices']}")
        if value == HIDDEN and before is not None:
            attrs["inputs"][name] = before["inputs"][name]


def shown(store: Store, credential: Item) -> Item:
    fields = store.get("credential_types", credential["credential_type"])["inputs"].get("fields", [])
    secret = {field["id"] for field in fields if field.get("secret")}
    inputs = {name: HIDDEN if name in secret and value else value for name, value in credential["inputs"].items()}
    return {**credential, "inputs": inputs}
