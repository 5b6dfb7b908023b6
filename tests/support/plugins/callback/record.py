# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every result of a play to a file, a JSON object a line, beside whatever is printed."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: record
type: notification
short_description: Write every result to a file, for tests
description:
  - Writes every result of a play to the file that the environment variable RESULTS names, one JSON object a line.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "record"
    CALLBACK_NEEDS_ENABLED = True

    def _record(self, state: str, result: Any) -> None:
        new = hasattr(result, "result")  # ansible-core 2.19 on
        host, task = (result.host, result.task) if new else (result._host, result._task)
        entry = {
            "host": host.get_name(),
            "task": task.get_name(),
            "action": task.resolved_action or task.action,
            "state": state,
            "result": result.result if new else result._result,
        }
        with open(os.environ["RESULTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, default=str) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record("failed", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._record("unreachable", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record("skipped", result)
