# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Let a phone trust an authority, or no longer: put the certificate of a CA into one of its places, or empty it.

This is about servers that the phone connects to. What the phone itself presents to those who manage it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from .._certificates import Certificate
from .._options.argument_spec import ArgumentSpec
from .._parameters import table, values
from .._parameters.authorities import SLOTS, Authority, authorities, presented, titles
from .._parameters.listing import listed
from .._phone.api import Phone, Setting
from .._phone.errors import BadValues, SettingsError
from .._steps.result import Result
from .._steps.text import value_shown
from . import config

_OF_CONFIG = (
    "restart",
    "warn",
    "when_busy",
    "busy_timeout",
    "wait_timeout",
    "wait_for_lines",
    "lines_delay",
    "lines",
    "resume",
)
"""Options that mean what they mean in vvx_config."""

_OF_SECRETS = ("secrets_written", "secrets_skipped", "secrets_reasons", "origins")
"""Results of vvx_config that say nothing here."""

CHOICE = ArgumentSpec(
    {
        "slot": {"type": "str", "choices": list(SLOTS), "default": "application1"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "replace": {"type": "bool", "default": False},
    }
)
SPEC = CHOICE.merge(
    ArgumentSpec(
        {
            "content": {"type": "str"},
            **{name: config.SPEC.argument_spec[name] for name in _OF_CONFIG},
        }
    )
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns what vvx_config returns, and ``parameter``, the ``certificate`` that is there now, and what it has
    ``replaced``. Nothing is written if the place holds another certificate, unless ``replace`` says so."""
    name, named = SLOTS[params["slot"]], wanted(params)
    authority = named if params["state"] == "present" else None
    found = phone.config_get([name]).get(name)
    expected = None
    if found is not None:
        refuse_taken(params, found, named)
        expected = {name: {"value": value_shown(found.value), "source": found.source}}
    options = {option: each.get("default") for option, each in config.SPEC.argument_spec.items()}
    options |= {option: params[option] for option in _OF_CONFIG}
    options |= {"parameters": {name: authority.line if authority else ""}, "check_busy": "before_write"}
    options["expected"] = expected
    result = config.run(phone, options, check_mode)
    for key in _OF_SECRETS:
        result.values.pop(key, None)
    result.values |= {
        "parameter": name,
        "certificate": authority and shown(authority.certificate),
        "replaced": shown(presented(found.value)) if result.changed and found else None,
    }
    if authority and authority.remark:
        result.notices.append(f"{authority.remark}.")
    return result


def wanted(params: Mapping[str, Any], named: str = "content") -> Authority | None:
    """The certificate to install, or the only one to remove; None if the place is to be emptied whatever it holds.
    ``named``: the option that the user has set. Raises BadValues if it is not fit for that."""
    present = params["state"] == "present"
    if params["content"] is None:  # in a rollout, the task before has it
        if not present:
            return None
        raise SettingsError("content is missing.", remedy="Give the text of a PEM file, or state: absent.")
    try:
        found = authorities(params["content"], datetime.now(timezone.utc) if present else None)
    except ValueError as reason:
        raise BadValues(f"{named} {reason}.", remedy="Give the PEM file of the authority.") from None
    if len(found) > 1:
        raise BadValues(
            f"{named} holds {len(found)} certificates ({titles(found)}), and a place takes one.",
            remedy="Install them one after the other, each in a place of its own.",
        )
    return found[0]


def refuse_taken(params: Mapping[str, Any], found: Setting, named: Authority | None) -> None:
    """Raises SettingsError if the place holds a certificate that somebody else may need. ``named``: see ``wanted``."""
    if params["replace"] or not named or not found.value.strip():
        return
    if values.equal(found.value, named.line, table.fact(SLOTS["application1"])):
        return
    other = presented(found.value)
    places = [slot for slot in SLOTS if slot != params["slot"]]
    raise SettingsError(
        f"{params['slot']} holds another certificate{f' ({other.subject})' if other else ''}.",
        remedy=f"Choose another place ({listed(places)}), or set replace (vvx_ca_replace).",
    )


def shown(found: Certificate | None) -> dict[str, Any] | None:
    """A certificate in a result."""
    if found is None:
        return None
    return {
        "subject": found.subject,
        "not_after": found.not_after and f"{found.not_after:%Y-%m-%d}",
        "fingerprint": found.fingerprint,
    }
