# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects that the role awx makes, as its files describe them."""

from __future__ import annotations

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
WRAPPERS = [f"{name}.yml" for name in JOB_TEMPLATES]
"""The playbooks that a project must have."""
