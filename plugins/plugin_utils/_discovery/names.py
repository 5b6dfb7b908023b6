# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of inventory hosts.

Ansible makes one host of all that have the same name, whichever inventory source they are from. A phone that could
choose its name could so become another host, and get that host's password. A name with anything that a phone says
therefore carries the phone's MAC address; only what the user wrote makes bare names.
"""

from __future__ import annotations

import collections
import functools
import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2

from ...module_utils._phone.mac import digits
from .._values import as_data
from .hosts import Host

KEYWORDS = ("name", "mac", "address", "label", "extension", "model")
"""What the option hostname takes beside templates."""
NEED_LINES = ("label", "extension")
_OF_THE_PHONE = {"label", "extension", "model"}
"""Keywords for what the phone says."""
_FOREIGN_VARIABLES = _OF_THE_PHONE | {"vvx", "vvx_reason", "vvx_message", "vars", "hostvars"}
"""Variables that hold what the phone says, or lead to it."""
_TAKEN_BY_ANSIBLE = {"all", "ungrouped", "localhost", "127.0.0.1", "::1"}

Render = Callable[[str, Mapping[str, Any]], Any]
"""Renders a template with variables; None if it can't be rendered."""


@dataclass(frozen=True)
class Wish:
    """What a host might be called. ``foreign``: the phone has chosen it, or a part of it."""

    text: Any
    foreign: bool = False


@dataclass(frozen=True)
class Known:
    """What the inventory holds already. ``macs``: of its hosts, in any notation, None where it says nothing."""

    macs: Mapping[str, Any]
    groups: Iterable[str] = ()


@dataclass(frozen=True)
class Names:
    """``names``: one for each host, in order. ``shared``: what several would have been called. ``refused``: names
    that are another host's or a group's."""

    names: Sequence[str]
    shared: set[str]
    refused: set[str]


def keywords(host: Host) -> dict[str, str | None]:
    """The value of each keyword for this host."""
    facts = host.finding.facts or {}
    first: Mapping[str, Any] = next(iter(facts.get("lines", ())), {})
    return {
        "name": host.given_name,
        "mac": host.mac,
        "address": host.finding.host or None,
        "label": first.get("label"),
        "extension": first.get("user"),
        "model": facts.get("device", {}).get("model"),
    }


def wishes(choices: Iterable[str], host: Host, variables: Mapping[str, Any], render: Render) -> Iterable[Wish]:
    """What ``choices`` (keywords and templates) give for a host, best first. ``variables``: all that it has."""
    words = keywords(host)
    everything: dict[str, Any] = {}
    for choice in choices:
        if choice in words:
            yield Wish(words[choice], choice in _OF_THE_PHONE)
            continue
        everything = everything or {**as_data({word: text for word, text in words.items() if text}), **variables}
        said = _FOREIGN_VARIABLES - (_OF_THE_PHONE & host.variables.keys())
        own = {name: value for name, value in everything.items() if name not in said}
        if not _loaded_by(choice) & said:
            # What the phone says is out of reach, so the result can't depend on it, however the template is written.
            text = render(choice, own)
            if text is not None:
                yield Wish(text)
                continue
        yield Wish(render(choice, everything), foreign=True)


@functools.lru_cache(maxsize=100)
def _loaded_by(template: str) -> set[str]:
    """The variables that a template reads; all foreign ones if that can't be told."""
    try:
        parsed = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(template)
    except jinja2.TemplateError:
        return _FOREIGN_VARIABLES
    return {node.name for node in parsed.find_all(jinja2.nodes.Name)}


def choose_names(
    hosts: Sequence[Host], wished: Callable[[Host], Iterable[Wish]], known: Known, trust_phones: bool = False
) -> Names:
    """Names that differ: for each host the first of its wishes that is usable, or else its MAC address or address.

    Foreign names get the MAC address (or address) appended, with ``trust_phones`` only where the name is taken. Hosts
    that would share a name all get it appended, so that a name does not depend on which phone was found first; but a
    foreign name never changes one that the user has chosen, nor does what is only remembered of a phone change what
    another one says now. A host that the inventory has already is joined if the
    user has chosen the name, unless it is known to have another MAC address.
    """
    wanted = [_first_usable(wished(host)) or Wish(host.identity) for host in hosts]
    own, foreign = (collections.Counter(wish.text for wish in wanted if wish.foreign is kind) for kind in (False, True))
    said_now = collections.Counter(
        wish.text for host, wish in zip(hosts, wanted) if wish.foreign and host.finding.reason is None
    )
    groups = set(known.groups)
    shared: set[str] = set()
    refused: set[str] = set()
    names: list[str] = []
    for host, wish in zip(hosts, wanted):
        name = wish.text
        alike = own if not wish.foreign else said_now if host.finding.reason is None else foreign
        taken = name in known.macs or name in groups or name in own
        if wish.foreign and not trust_phones:
            pass
        elif taken if wish.foreign else _is_of_another(host, known.macs.get(name)):
            refused.add(name)
        elif alike[name] > 1:
            shared.add(name)
        else:
            names.append(name)
            continue
        names.append(_with_identity(name, host))
    return Names(_all_different(names), shared, refused)


def _first_usable(wished: Iterable[Wish]) -> Wish | None:
    return next((Wish(name, wish.foreign) for wish in wished if (name := usable(wish.text))), None)


def _is_of_another(host: Host, mac: Any) -> bool:
    known = digits(str(mac or ""))
    return None not in (known, host.mac) and known != host.mac


def _with_identity(name: str, host: Host) -> str:
    """The name with the phone's MAC address (or address), unless that is a part of it."""
    identity = host.identity
    if re.search(rf"(?<![a-z0-9]){re.escape(identity)}(?![a-z0-9])", name, re.IGNORECASE):
        return name
    return f"{name}-{identity}"


def _all_different(names: Iterable[str]) -> list[str]:
    """The names, with ``_`` appended to repeated ones: a user may have given a host the name that another one got."""
    result: dict[str, None] = {}
    for name in names:
        while name in result:
            name += "_"
        result[name] = None
    return list(result)


def usable(text: Any) -> str | None:
    """A text as the name of an inventory host; None if nothing usable is left.

    IP addresses stay as they are. In other texts everything but letters, digits, dots and dashes becomes ``_``, which
    includes all characters that have a meaning in host patterns.
    """
    plain = str("" if text is None else text).strip()
    try:
        name = str(ipaddress.ip_address(plain))
    except ValueError:
        name = re.sub(r"[^\w.-]+", "_", plain).strip("_.-")
    return None if name.lower() in _TAKEN_BY_ANSIBLE else name or None
