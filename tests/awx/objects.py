# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects that the role awx makes, as its files describe them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILES = ROOT / "roles" / "awx" / "files"


class Loader(yaml.SafeLoader):
    """YAML with ``!unsafe``, which keeps Ansible from rendering a text."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def load(path: Path) -> dict[str, Any]:
    found = yaml.load(path.read_text(encoding="utf-8"), Loader)
    assert isinstance(found, dict)
    return found


def read(folder: str) -> dict[str, dict[str, Any]]:
    """All objects of a folder, by name."""
    return {name: item for path in sorted((FILES / folder).glob("*.yml")) for name, item in load(path).items()}


JOB_TEMPLATES = read("job_templates")
CREDENTIAL_TYPES = read("credential_types")
WORKFLOWS = read("workflows")
NOTIFICATIONS = load(FILES.parent / "vars" / "notifications.yml")
DEFAULTS = load(FILES.parent / "defaults" / "main.yml")
PARTS = [name for name, template in JOB_TEMPLATES.items() if template.get("parts")]
"""The job templates whose slices leave parts."""
WRAPPERS = [f"{name}.yml" for name in JOB_TEMPLATES]
"""The playbooks that a project must have."""


def nodes(workflow: str, in_parts: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The nodes that the role makes, by identifier. ``in_parts``: those of PARTS that are sliced."""
    made = {}
    for node in WORKFLOWS[workflow]["nodes"]:
        if node.get("merges", "") in ("", *in_parts):
            led_on = {name: value for name, value in node.items() if not name.endswith("_nodes")}
            led_on["always_nodes"] = [f"merge_{node['identifier']}"]
            made[node["identifier"]] = led_on if node.get("job_template") in in_parts else node
    return made


def messages(kind: str) -> dict[str, Any]:
    """What the role sends of ``awx__KIND_messages``: all texts, empty where that says nothing."""

    def filled(empty: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {
            name: filled(value, given.get(name, {})) if isinstance(value, dict) else given.get(name, value)
            for name, value in empty.items()
        }

    return filled(NOTIFICATIONS["awx__no_messages"], NOTIFICATIONS[f"awx__{kind}_messages"])
