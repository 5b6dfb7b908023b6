# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what a phone is and how it is set up, in the same shape for every firmware."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._steps.result import Result
from .._steps.subsets import SUBSETS, Gathered, chosen

FACT_SUBSETS = {name: each for name, each in SUBSETS.items() if each.fact}


SPEC = ArgumentSpec({"gather_subset": {"type": "list", "elements": "str", "default": ["device", "running_config"]}})


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``ansible_facts.vvx`` and nothing else. ``unsupported`` lists subsets that this phone does not give."""
    found = Gathered()
    found.add(phone, chosen("gather_subset", params["gather_subset"], FACT_SUBSETS, ("device",)))
    return Result(values={"ansible_facts": {"vvx": found.facts()}}, warnings=found.warnings())
