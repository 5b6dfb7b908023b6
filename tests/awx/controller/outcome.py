# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How AWX goes through a workflow, and what it calls the outcome (source: awx, scheduler/dag_workflow.py)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

LINKS = ("success_nodes", "failure_nodes", "always_nodes")


def run(nodes: Mapping[str, Any], fails: Collection[str] = ()) -> tuple[list[str], bool]:
    """The nodes that run, in order, and whether the workflow has failed: only where a node fails that leads to none
    then. ``nodes``: by identifier, with the identifiers of those that follow. ``fails``: the nodes that fail."""
    led_to = {child for node in nodes.values() for name in LINKS for child in node.get(name, [])}
    ahead = [name for name in nodes if name not in led_to]
    ran: list[str] = []
    failed = False
    while ahead:
        name = ahead.pop(0)
        if name in ran:
            continue
        ran.append(name)
        follows = [each for link in _links(name in fails) for each in nodes[name].get(link, [])]
        failed = failed or (name in fails and not follows)
        ahead += follows
    return ran, failed


def _links(failed: bool) -> tuple[str, str]:
    return ("always_nodes", "failure_nodes" if failed else "success_nodes")
