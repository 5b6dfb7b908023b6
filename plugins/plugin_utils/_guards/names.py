# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The variables that users set for the playbooks by name, and wrong names among those that somebody has set.

The top of each playbook and docs/fleet.md describe them; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

from ...module_utils._text import clean, nearest

COMMON = (
    "vvx_deliver_method",
    "vvx_deliver_timeout",
    "vvx_deliver_to",
    "vvx_diff",
    "vvx_found_passwords",
    "vvx_hosts",
    "vvx_own",
    "vvx_summary",
    "vvx_summary_file",
)
"""Each playbook knows these."""
_BATCHES = ("vvx_max_fail_percentage", "vvx_serial")
_RESTART = ("vvx_busy_timeout", "vvx_wait_timeout", "vvx_when_busy")
_WALK = (
    *_RESTART,
    "vvx_canary",
    "vvx_journal",
    "vvx_lines_delay",
    "vvx_max_failures",
    "vvx_time_zone",
    "vvx_wait_for_lines",
    "vvx_wave",
    "vvx_wave_by",
    "vvx_window",
)
"""Of those that go through the phones in waves."""
_PART = ("vvx_part", "vvx_part_run", "vvx_plan_key")
"""Of those whose slices leave parts."""
PLAYBOOKS: dict[str, tuple[str, ...]] = {
    "apply": (*_WALK, "vvx_plan", "vvx_plan_key", "vvx_restart", "vvx_rollback", "vvx_verify"),
    "audit": (*_PART, "vvx_details", "vvx_fail_on", "vvx_layers"),
    "backup": ("vvx_folder", "vvx_name", "vvx_receiver_address", "vvx_receiver_port", "vvx_serial", "vvx_types"),
    "configure": (
        *_BATCHES,
        "vvx_layers",
        "vvx_survey",
        "vvx_unknown_parameters",
        "vvx_update_secrets",
        "vvx_verify",
        "vvx_workers",
    ),
    "diagnose": ("vvx_certificate_warn_days", "vvx_fail"),
    "enroll": (
        "vvx_file_mode",
        "vvx_folder",
        "vvx_layers",
        "vvx_overwrite",
        "vvx_secrets",
        "vvx_wait_timeout",
        "vvx_workers",
    ),
    "facts": ("vvx_facts_file", "vvx_gather_subset"),
    "find_passwords": ("vvx_fail", "vvx_into", "vvx_retry_after", "vvx_workers"),
    "firmware": (
        *(name for name in _WALK if name != "vvx_lines_delay"),
        "vvx_allow_downgrade",
        "vvx_firmware_hops",
        "vvx_firmware_server",
        "vvx_firmware_server_after",
        "vvx_firmware_trigger",
        "vvx_firmware_watch",
        "vvx_install_timeout",
        "vvx_layers",
        "vvx_target_firmware",
        "vvx_workers",
    ),
    "import_cfg": ("vvx_csv", "vvx_folder", "vvx_into", "vvx_overwrite", "vvx_skip_bad_files"),
    "install_ca": (
        *_WALK,
        "vvx_ca_file",
        "vvx_ca_replace",
        "vvx_ca_slot",
        "vvx_ca_state",
        "vvx_restart",
        "vvx_workers",
    ),
    "plan": (
        *_PART,
        "vvx_fail_on",
        "vvx_journal",
        "vvx_layers",
        "vvx_plan",
        "vvx_plan_markdown",
        "vvx_plan_markdown_size",
        "vvx_plan_project",
        "vvx_plan_timestamp",
        "vvx_unknown_parameters",
        "vvx_update_secrets",
        "vvx_workers",
    ),
    "report": (
        *_PART,
        "vvx_certificate_warn_days",
        "vvx_columns",
        "vvx_csv_bom",
        "vvx_csv_delimiter",
        "vvx_fail_on",
        "vvx_file_mode",
        "vvx_folder",
        "vvx_formats",
        "vvx_gather_subset",
        "vvx_history",
        "vvx_history_runs",
        "vvx_layers",
        "vvx_markdown_phones",
        "vvx_name",
        "vvx_prometheus_phones",
        "vvx_target_firmware",
        "vvx_timestamp",
        "vvx_title",
        "vvx_workers",
    ),
    "reset": (*_BATCHES, *_RESTART, "vvx_confirm", "vvx_only_if_overridden", "vvx_scope"),
    "restart": (*_BATCHES, *_RESTART, "vvx_mode", "vvx_wait_for_lines"),
    "restore": (*_WALK, "vvx_from", "vvx_inherited", "vvx_layers", "vvx_restart", "vvx_secrets_from", "vvx_workers"),
    "rollback": (
        *_WALK,
        "vvx_force",
        "vvx_inherited",
        "vvx_layers",
        "vvx_plan",
        "vvx_plan_key",
        "vvx_restart",
        "vvx_secrets_from",
        "vvx_workers",
    ),
    "rotate_passwords": (*_WALK, "vvx_min_length", "vvx_workers"),
    "test_call": (
        "vvx_callee",
        "vvx_caller",
        "vvx_line",
        "vvx_max_loss",
        "vvx_number",
        "vvx_seconds",
        "vvx_wait_timeout",
    ),
    "validate": ("vvx_details", "vvx_fail_on", "vvx_layers", "vvx_schema"),
}
"""The variables of each playbook, besides COMMON."""
PLAYBOOKS["merge"] = (
    "vvx_merge",
    *dict.fromkeys(name for each in ("audit", "plan", "report") for name in PLAYBOOKS[each]),
)
ALL = frozenset(COMMON).union(*PLAYBOOKS.values())
"""Known to all: somebody may run several playbooks one after another, with the variables of all."""
LAYERS = "vvx_parameters_"
"""Variables with this prefix hold parameters, under names of the user's own."""
_OURS = re.compile(r"v[vx]{1,3}[-_. ]", re.IGNORECASE)


class Unknown(NamedTuple):
    """``meant``: the known name that somebody probably meant; None if none is near."""

    name: str
    meant: str | None


def unknown(names: Iterable[str], own: Iterable[str] = ()) -> list[Unknown]:
    """The names that look like variables of the playbooks and are none. ``own``: names of the user's own variables,
    also with ``*`` for any letters."""
    patterns = tuple(own)
    return [
        Unknown(name, _meant(name))
        for name in sorted(names)
        if _OURS.match(name)
        and name not in ALL
        and not name.startswith(LAYERS)
        and not any(fnmatchcase(name, pattern) for pattern in patterns)
    ]


def _meant(name: str) -> str | None:
    """Without the prefix, which would make all names alike."""
    found = nearest(_OURS.sub("", name), [known.removeprefix("vvx_") for known in ALL])
    return f"vvx_{found}" if found else None


def refusal(wrong: Iterable[Unknown]) -> str:
    """What is wrong with these names, as a sentence."""
    told = [clean(name) + (f" (did you mean {meant}?)" if meant else "") for name, meant in wrong]
    return f"unknown variable{'s' if len(told) > 1 else ''}: {', '.join(told)}. Nothing was sent."


def idle(names: Iterable[str], playbook: str) -> list[str]:
    """A sentence about each of the names that this playbook does not read, although others do."""
    read = {*COMMON, *PLAYBOOKS[playbook]}
    return [
        f"{name} has no effect: polycom.vvx.{playbook} does not read it. It is for "
        f"{', '.join(f'polycom.vvx.{other}' for other, others in PLAYBOOKS.items() if name in others)}."
        for name in sorted(ALL.intersection(names) - read)
    ]
