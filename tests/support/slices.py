# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Slices of a job as AWX deals them out, and the variables by which a job is known as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def dealt(hosts: Iterable[str], number: int) -> list[list[str]]:
    """The hosts of each slice: by name, every n-th (awx/main/models/inventory.py, get_sliced_hosts), and no more slices
    than hosts. AWX sorts as its database does, which matters for none of our tests."""
    ordered = sorted(hosts)
    slices = min(number, len(ordered))
    return [ordered[index::slices] for index in range(slices)]


def of_a_slice(template: str, run: int = 7) -> dict[str, Any]:
    """Extra variables that AWX gives to each slice of a job template. ``run``: the number of the workflow job that all
    slices belong to."""
    return {"awx_job_template_name": template, "awx_workflow_job_name": template, "awx_workflow_job_id": run}
