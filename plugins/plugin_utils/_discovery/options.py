# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the options of the inventory plugin, and make a probe of them.

The connection options are those of the modules, except what differs from phone to phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...module_utils._operations.facts import FACT_SUBSETS
from ...module_utils._options import connection
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.validate import between, given, validated
from ...module_utils._phone import tls
from ...module_utils._phone.errors import SettingsError
from ...module_utils._phone.libraries import missing
from ...module_utils._phone.session import MISSING_LIBRARY
from ...module_utils._phone.settings import Settings
from ...module_utils._steps.subsets import chosen
from ...module_utils._text import clean, nearest
from .._refusals.run import Kept, Known, RunRefusals
from .columns import USUAL
from .names import KEYWORDS, NEED_LINES
from .probe import Probe
from .tables import CsvOptions

_OF_ONE_PHONE = ("host", "mac")
_DEFAULTS = {"timeout": 10.0, "retries": 2}
"""Lower than for tasks: a search through thousands of addresses can't wait half a minute for each slow phone."""
_MOST_WORKERS = 512
"""Each needs an open file, and many systems limit a process to 1024."""

CONNECTION = ArgumentSpec(
    {
        name: {**option, "default": _DEFAULTS.get(name, option.get("default"))}
        for name, option in connection.CONNECTION.argument_spec.items()
        if name not in _OF_ONE_PHONE
    }
)
CSV = ArgumentSpec(
    {
        "path": {"type": "str", "required": True},
        "address": {"type": "str"},
        "name": {"type": "str"},
        "mac": {"type": "str"},
        "delimiter": {"type": "str"},
        "encoding": {"type": "str"},
        "skip_bad_rows": {"type": "bool", "default": False},
    }
)


def fleet_settings(
    args: Mapping[str, Any],
    connect_timeout: float,
    kept: Kept | None = None,
    own_passwords: bool = False,
    known: Known | None = None,
    next_passwords: bool = False,
) -> Settings:
    """How to connect to any of the phones; its password may be empty if phones have passwords of their own. ``args``:
    the options that are set. ``kept``: what is known of logins that phones refused. ``known``: of their passwords; used
    where there is a choice, which ``next_passwords`` says, too. Raises SettingsError."""
    if MISSING_LIBRARY:
        raise missing(MISSING_LIBRARY)
    params = validated(CONNECTION, given(args))
    usual = params["password"]
    if not usual and not own_passwords:
        raise SettingsError(
            "password is not set.",
            remedy="Set the environment variable VVX_PASSWORD, or the option password or passwords (from a vault).",
        )
    if not 0 < connect_timeout <= connection.LONGEST_WAIT:
        raise SettingsError("connect_timeout must be above 0.", remedy="2 seconds are enough in most networks.")
    known = known if params["password_next"] or next_passwords else None
    refusals = RunRefusals(params["max_refusals"], params["lockout_time"], kept, known=known)
    settings = connection.shared_settings({**params, "password": usual or "-"})
    settings = replace(settings, password=usual or "", connect_timeout=connect_timeout, refusals=refusals)
    tls.context(settings.tls)  # reports a wrong ca_path once, and not for each phone
    return settings


def make_probe(settings: Settings, kind: str, subset: Sequence[str], prefixes: Sequence[str]) -> Probe:
    """A probe of these options. ``kind``: strict or trusting. ``subset``: as for vvx_facts. Raises SettingsError."""
    if kind == "strict" and not settings.use_ssl:
        raise SettingsError(
            "use_ssl: plain HTTP can't prove that a server is a phone, so the password is not sent.",
            remedy="Use HTTPS, or set probe: trusting if every machine at these addresses may see the password.",
        )
    digits = tuple(re.sub(r"[:. -]", "", prefix).lower() for prefix in prefixes)
    if not digits or not all(re.fullmatch(r"[0-9a-f]{6,12}", prefix) for prefix in digits):
        raise SettingsError(
            "mac_prefixes: each must have 6 to 12 hexadecimal digits, such as 00:04:f2.", remedy="Correct mac_prefixes."
        )
    names = chosen("gather_subset", subset, FACT_SUBSETS, ("device",))
    return Probe(settings, tuple(name for name in names if name != "device"), digits, kind == "trusting")


def csv_options(args: Mapping[str, Any], absolute: Callable[[str], str]) -> CsvOptions:
    """How to read the CSV file. ``absolute``: completes a path. Raises SettingsError."""
    params = validated(CSV, given(args), remedy=f"The options of csv are {', '.join(CSV.argument_spec)}.")
    delimiter = {"tab": "\t", "\\t": "\t"}.get(params["delimiter"], params["delimiter"])
    if delimiter is not None and not re.fullmatch(r"[^\w\s\"\0]|\t", delimiter):
        raise SettingsError(
            f"delimiter must be one character, and no letter, digit, blank or quote, not {clean(delimiter, 40)!r}.",
            remedy="Use ';', ',', '|' or tab, or leave it out: it is found in the file.",
        )
    return CsvOptions(
        absolute(params["path"]),
        {role: params[role] for role in USUAL},
        delimiter,
        params["encoding"],
        params["skip_bad_rows"],
    )


def refuse_unknown(given: Mapping[str, Any], definitions: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises SettingsError for options that do not exist: Ansible ignores them, and with a misspelled exclude the scan
    would reach excluded addresses. ``definitions``: as documented, with ``suboptions``."""
    _refuse("options", list(given), [*definitions, "plugin"])
    for name, value in given.items():
        inside = (definitions.get(name) or {}).get("suboptions")
        for part in value if isinstance(value, list) else [value]:
            if not inside or value is None:
                continue
            if isinstance(part, Mapping) and part:
                _refuse(f"options in {name}", list(part), inside)
            elif "elements" in definitions[name]:
                raise SettingsError(f"{name} must hold dictionaries.", remedy=f"Correct {name}.")


def _refuse(what: str, names: Sequence[str], known: Iterable[str]) -> None:
    known = sorted(known)
    unknown = sorted(str(name) for name in names if name not in known)
    if not unknown:
        return
    meant = [near for near in (nearest(name, known) for name in unknown) if near]
    raise SettingsError(
        f"Unsupported {what} for (polycom.vvx.vvx) inventory plugin: {clean(', '.join(unknown), 200)}. Supported "
        f"{what} include: {', '.join(known)}.",
        remedy=f"Did you mean {', '.join(dict.fromkeys(meant))}?" if meant else "Remove it.",
    )


def check_options(workers: int, subnet_prefix: int, hostnames: Sequence[str], subsets: Sequence[str]) -> None:
    """Check what would otherwise fail only after the search. Raises SettingsError."""
    between("workers", workers, 1, _MOST_WORKERS)
    between("subnet_prefix", subnet_prefix, 1, 32)
    for choice in hostnames:
        if choice not in KEYWORDS and "{{" not in choice:
            raise SettingsError(
                f"hostname: {choice!r} is not a template and not one of {', '.join(KEYWORDS)}.", remedy="Correct it."
            )
        if choice in NEED_LINES and "lines" not in subsets:
            raise SettingsError(f"hostname: {choice} needs the subset lines.", remedy="Add lines to gather_subset.")
