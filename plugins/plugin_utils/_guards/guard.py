# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be right before a playbook sends anything: names of variables, and which and how many phones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean
from . import names, phones

SPEC = ArgumentSpec(
    {
        "playbook": {"type": "str", "choices": sorted(names.PLAYBOOKS)},
        "required": {"type": "list", "elements": "str", "default": []},
        "name_phones": {"type": "bool", "default": False},
        "count_phones": {"type": "bool", "default": False},
        "confirm": {"type": "raw"},
    }
)


@dataclass(frozen=True)
class Situation:
    """``hosts``: all of the play, in all its batches. ``extra``: the variables of ``-e``. ``given``: the names of these
    and of the play's own variables. ``filled``: those of ``required`` and ``vvx_hosts`` that have a value. ``limited``:
    whether ``--limit`` is set. ``alone``: whether nothing but the playbook was asked for. ``own``: patterns of the
    user's own names."""

    hosts: Sequence[str]
    extra: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    filled: Container[str] = ()
    limited: bool = False
    alone: bool = False
    own: Iterable[str] = ()


def check(params: Mapping[str, Any], situation: Situation) -> tuple[dict[str, Any], list[str]]:
    """The result of the task, and warnings. Raises SettingsError."""
    wrong = names.unknown(situation.given, situation.own)
    if wrong:
        raise SettingsError(
            names.refusal(wrong),
            remedy="Correct the names. A variable of your own playbooks belongs in the list vvx_own.",
        )
    missing = [clean(name, 60) for name in params["required"] if name not in situation.filled]
    if missing:
        raise SettingsError(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. Nothing was sent.",
            remedy=f"Set {'it' if len(missing) == 1 else 'them'}, for example with -e.",
        )
    if params["name_phones"]:
        phones.check_named(
            situation.hosts, situation.limited or ("vvx_hosts" in situation.given and "vvx_hosts" in situation.filled)
        )
    confirmed = params["count_phones"] or params["confirm"] not in (None, "")
    if confirmed:
        phones.check_count(situation.hosts, params["confirm"], situation.extra)
    result = {
        "changed": False,
        "msg": phones.who(situation.hosts),
        "phones": len(situation.hosts),
        "confirmed": confirmed,
    }
    playbook = params["playbook"]
    return result, names.idle(situation.given, playbook) if playbook and situation.alone else []
