# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options and the environment to a probe: the connection options of the modules, but for what is of one phone only."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._operations.facts import FACT_SUBSETS
from ...module_utils._options import connection
from ...module_utils._phone import tls
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.session import MISSING_LIBRARY
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.subsets import chosen
from .probe import Probe

_OF_ONE_PHONE = ("host", "mac")
_DEFAULTS = {"timeout": 10.0, "retries": 2}
"""Shorter than for tasks: who looks for thousands of phones does not wait half a minute for one."""
MOST_WORKERS = 512
"""Each needs an open file, of which many systems allow a process 1024."""

SPEC = {
    name: {**option, "default": _DEFAULTS.get(name, option.get("default"))}
    for name, option in connection.CONNECTION.argument_spec.items()
    if name not in _OF_ONE_PHONE
}


def settings(given: Mapping[str, Any], connect_timeout: float) -> Settings:
    """How to reach any phone. ``given``: the options that are set; the environment and the defaults give the rest. Raises SettingsError."""
    if MISSING_LIBRARY:
        raise SettingsError(
            f"the Python library {MISSING_LIBRARY} is missing.",
            remedy=f"Install it for the Python that runs Ansible, {sys.executable}.",
        )
    validation = ArgumentSpecValidator(SPEC).validate(
        {name: value for name, value in given.items() if value is not None and value != ""}
    )
    if validation.error_messages:
        raise SettingsError("; ".join(message.rstrip(".") for message in validation.error_messages) + ".", remedy="")
    params = dict(validation.validated_parameters)
    if not params["password"]:
        raise SettingsError(
            "password: none is given.",
            remedy="Set the environment variable VVX_PASSWORD, or the option password (from a vault).",
        )
    if not 0 < connect_timeout <= connection.LONGEST_WAIT:
        raise SettingsError("connect_timeout has to be above 0.", remedy="2 seconds are enough in most networks.")
    # Which MAC address a phone has is not known before it answers.
    checked = connection.settings({**params, "host": "phones", "mac": "0" * 12})
    tls.context(checked.tls)  # so that a wrong ca_path is told once, and not for each phone
    return replace(checked, mac=None, connect_timeout=connect_timeout)


def probe(reach: Settings, kind: str, subset: Sequence[str], prefixes: Sequence[str]) -> Probe:
    """``kind``: strict or trusting. ``subset``: as for vvx_facts; what is read in any case need not be in it. Raises SettingsError."""
    if kind == "strict" and not reach.use_ssl:
        raise SettingsError(
            "use_ssl: plain HTTP proves nothing about who answers, so no password may be sent.",
            remedy="Use HTTPS, or set probe: trusting if every machine at these addresses may see the password.",
        )
    digits = tuple(re.sub(r"[:. -]", "", prefix).lower() for prefix in prefixes)
    if not digits or not all(re.fullmatch(r"[0-9a-f]{6,12}", prefix) for prefix in digits):
        raise SettingsError(
            "mac_prefixes: each has to be 6 to 12 hexadecimal digits, such as 00:04:f2.", remedy="Correct mac_prefixes."
        )
    names = chosen("gather_subset", subset, FACT_SUBSETS, ("device",))
    return Probe(reach, tuple(name for name in names if name != "device"), digits, kind == "trusting")
