# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a playbook may go on with the phones that it is about to restart or reset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from .._console.words import count, some


def who(hosts: Sequence[str]) -> str:
    """The number of phones and the names of the first ones."""
    return f"{count(len(hosts), 'phone')}: {some(map(clean, hosts))}"


def check_named(hosts: Sequence[str], named: bool) -> None:
    """Raises SettingsError unless the user has said which phones. ``hosts``: all of the play."""
    if not named:
        raise SettingsError(
            f"without --limit or vvx_hosts this would hit {who(hosts)}. Nothing was sent.",
            remedy="Set --limit to the phones that you mean, or vvx_hosts (-e vvx_hosts=phones for all of these).",
        )


def check_count(hosts: Sequence[str], confirmed: Any, variables: Mapping[str, Any]) -> None:
    """Raises SettingsError unless the user has said how many phones this hits. ``confirmed``: the number, also as a
    text; None or empty if there is none. ``variables``: the extra ones, by which a slice of an AWX job is known."""
    refuse_slice(variables, "it sees a part of the phones only and can't count them")
    number = str(len(hosts))
    if confirmed is None or confirmed == "":
        raise SettingsError(
            f"vvx_confirm is not set. This hits {who(hosts)}. Nothing was sent.",
            remedy=f"If these are the phones that you mean, set vvx_confirm to their number: -e vvx_confirm={number}.",
        )
    text = clean(confirmed).strip()
    if isinstance(confirmed, bool) or not re.fullmatch("[0-9]{1,9}", text):
        raise SettingsError(
            f"vvx_confirm must be the number of phones, not '{text}'. This hits {who(hosts)}. Nothing was sent.",
            remedy=f"If these are the phones that you mean, set vvx_confirm to {number}.",
        )
    if int(text) != len(hosts):
        raise SettingsError(
            f"vvx_confirm is {int(text)}, but this hits {who(hosts)}. Nothing was sent.",
            remedy="Set --limit or vvx_hosts to the phones that you mean, and vvx_confirm to their number.",
        )


def refuse_slice(
    variables: Mapping[str, Any], why: str, remedy: str = "Set job slicing to 1 in the job template."
) -> None:
    """Raises SettingsError in a slice of an AWX job. ``variables``: the extra ones. ``why``: as the end of a
    sentence."""
    if is_slice(variables):
        raise SettingsError(f"this job is a slice: {why}. Nothing was sent.", remedy=remedy)


def is_slice(variables: Mapping[str, Any]) -> bool:
    """Whether AWX runs this as one slice of a job. It starts slices as the nodes of a workflow that has the name of the
    job template (source: awx, models/jobs.py); nothing else tells a play."""
    return any(
        variables.get(f"{name}_workflow_job_name") not in (None, "")
        and variables.get(f"{name}_workflow_job_name") == variables.get(f"{name}_job_template_name")
        for name in ("awx", "tower")
    )
