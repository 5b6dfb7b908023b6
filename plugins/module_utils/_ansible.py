# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules use of ansible-core although it does not promise to keep it. Tried on ansible-core 2.16, 2.19 and
2.21."""

from __future__ import annotations

from typing import Any


def keep_results_whole(module: Any) -> None:
    """Stop Ansible from masking the values of secret options wherever they occur in the module's result.

    A password of 456 would damage MAC addresses, versions and numbers; operations keep secrets out of results field
    by field. Replaces nothing public. Where ``no_log_values`` is gone, Ansible masks results as it always does.
    """
    module.no_log_values = set()
