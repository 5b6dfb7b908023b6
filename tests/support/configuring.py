# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run vvx_config's operation on a simulated phone, and see which calls it made."""

from __future__ import annotations

import functools
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._operations import config
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import Memory

from simulator import Phone
from support.reach import params, run


def configure(
    phone: Phone,
    parameters: dict[Any, Any],
    check_mode: bool = False,
    memory: Memory | None = None,
    **options: Any,
) -> dict[str, Any]:
    """``memory``: passed in as it is; what the result says to remember is then in ``_memo``."""
    connection = {name: options.pop(name) for name in ("password", "retries", "timeout", "username") if name in options}
    return run(
        functools.partial(config.run, memory=memory),
        phone,
        params(config.SPEC, **{"parameters": parameters, "wait_timeout": 10.0, "busy_timeout": 10.0, **options}),
        check_mode,
        **connection,
    )


def calls(phone: Phone) -> list[str]:
    return [request.path.rsplit("/", 1)[-1] for request in phone.log]


def labels(count: int, text: str = "x") -> dict[str, str]:
    """That many parameters; a phone has 34 lines."""
    return {
        f"reg.{index % 34 + 1}.{('label', 'displayName', 'auth.userId')[index // 34]}": text for index in range(count)
    }
