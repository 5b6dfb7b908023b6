# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a plan comes from: a file, a URL that it was delivered to, or the job before, which handed it over. Wherever
it comes from, its signature says whether it is the plan that was made."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import from_environment
from ...module_utils._phone.errors import PhoneError, SettingsError
from .._deliver.files import fetch
from .._deliver.login import Login, Missing, NotFetched
from .._deliver.places import is_url, shown
from .._handover import packed, unpacked
from .plan import LARGEST, MAKE, Plan, check_key, loads

PACKED = "polycom_vvx_plan_file"
"""The custom statistic, and in AWX the artifact and extra variable, that is the plan itself."""
LARGEST_PACKED = 200_000
"""Characters of it: a few hundred phones. AWX drops results above 700,000 bytes."""
_LARGEST_UNPACKED = 20_000_000
"""Bytes of a plan that is packed or unpacked. The largest one that can be handed over has about 4 MB."""
SPEC = ArgumentSpec(
    {
        "plan": {"type": "str"},
        "packed_plan": {"type": "str"},
        "key": {"type": "str", "no_log": True, "fallback": (from_environment, ["VVX_PLAN_KEY"])},
    },
    mutually_exclusive=[["plan", "packed_plan"]],
    required_one_of=[["plan", "packed_plan"]],
)


@dataclass(frozen=True)
class Source:
    """``place``: an absolute path or a URL; empty where the plan was handed over, as ``packed``."""

    place: str = ""
    packed: str = ""

    @property
    def folder(self) -> str | None:
        """Of the file; None where there is none on this computer."""
        return None if self.packed or is_url(self.place) else os.path.dirname(self.place)

    def __str__(self) -> str:
        return PACKED if self.packed else shown(self.place)


def pack(plan: bytes) -> str:
    """What PACKED is: base64 of gzip, so that no template can hide in it. Empty if the plan is too large."""
    text = packed(plan) if len(plan) <= _LARGEST_UNPACKED else ""
    return text if len(text) <= LARGEST_PACKED else ""


def read_plan(source: Source, key: str | None, login: Login | None = None) -> tuple[Plan, str]:
    """The plan, and the key that it is signed with. Raises SettingsError."""
    good = check_key(key)
    try:
        data = _unpacked(source.packed) if source.packed else fetch(source.place, login or Login(), LARGEST)
    except SettingsError as error:
        if not source.packed:
            error.restate(f"plan: {error.message}")
        raise
    except Missing as error:
        said = error.message if is_url(source.place) else f"{source} does not exist."
        raise SettingsError(f"plan: {said} Nothing was sent.", remedy=MAKE) from None
    except NotFetched as error:
        raise SettingsError(f"plan: {error.message} Nothing was sent.", remedy=_remedy(source, error)) from None
    return loads(data, good, str(source)), good


NO_JOURNAL = (
    "Neither vvx_journal nor ansible_vvx_state_path is set, so polycom.vvx.apply refuses this plan if it is handed "
    "over. Set one of them to a folder that lasts, such as a mount of the execution environment."
)
"""What a job says whose plan is for another one."""


def refuse_no_journal(source: Source, journal: str | None, state: object) -> None:
    """Raises SettingsError where nobody has said where the journal is to be. ``state``: where the controller
    remembers things, if somebody has set that."""
    if source.folder is None and not journal and not state:
        raise SettingsError(
            f"journal: the plan comes from {source}, so there is no folder beside it for the journal, which says after "
            "a stop which phones are done. Nothing was sent.",
            remedy="Set vvx_journal or ansible_vvx_state_path to a folder that lasts, such as a mount of the "
            "execution environment.",
        )


def _remedy(source: Source, error: PhoneError) -> str:
    return error.remedy if is_url(source.place) else MAKE


def _unpacked(text: str) -> bytes:
    """Raises SettingsError."""
    if len(text) > LARGEST_PACKED:
        raise SettingsError(
            f"packed_plan: {PACKED} is larger than {LARGEST_PACKED} characters. Nothing was sent.", remedy=MAKE
        )
    try:
        return unpacked(text, _LARGEST_UNPACKED)
    except ValueError:
        raise SettingsError(f"packed_plan: {PACKED} is damaged. Nothing was sent.", remedy=MAKE) from None
