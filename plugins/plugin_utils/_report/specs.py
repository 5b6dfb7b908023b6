# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the actions that report."""

from __future__ import annotations

from ...module_utils._options.argument_spec import ArgumentSpec
from .._doors.fleet import FLEET

REPORT = FLEET.merge(
    ArgumentSpec(
        {
            "title": {"type": "str", "default": "Phones"},
            "csv": {"type": "path"},
            "json": {"type": "path"},
            "markdown": {"type": "path"},
            "html": {"type": "path"},
            "mode": {"type": "raw", "default": "0640"},
            "previous": {"type": "path"},
            "gather_subset": {"type": "list", "elements": "str", "default": ["device", "lines"]},
            "target_firmware": {"type": "dict", "default": {}},
            "columns": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {
                    "name": {"type": "str", "required": True},
                    "query": {"type": "str", "required": True},
                    "title": {"type": "str"},
                    "kind": {"type": "str", "choices": ["text", "number", "boolean", "list"], "default": "text"},
                },
            },
        }
    )
)

AUDIT = FLEET.merge(
    ArgumentSpec(
        {
            "fail_on": {
                "type": "list",
                "elements": "str",
                "choices": ["drift", "unknown", "error", "not_compared"],
                "default": ["drift", "unknown", "error"],
            },
            "details": {"type": "path"},
            "mode": {"type": "raw", "default": "0640"},
        }
    )
)
