# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what was found and what was expected to inventory hosts: who belongs to whom, what a host's variables are, and what it is called."""

from __future__ import annotations

import collections
import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._phone.errors import OtherPhone
from ...module_utils._phone.mac import colons
from .probe import Finding, NotAPhone
from .sources import Expected

NOT_FOUND = "not_found"
_IPV6_PREFIX = 64
_TAKEN_BY_ANSIBLE = {"all", "ungrouped", "localhost", "127.0.0.1", "::1"}


@dataclass
class Host:
    """A phone as an inventory host. ``given_name``: by a CSV file, or the name that it is reached by."""

    finding: Finding
    given_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def mac(self) -> str | None:
        return self.finding.mac


@dataclass
class Roster:
    """``doubles``: addresses at which a phone was found a second time. ``strangers``: what is expected to be a phone, and is something else."""

    hosts: list[Host] = field(default_factory=list)
    doubles: list[Finding] = field(default_factory=list)
    strangers: list[Finding] = field(default_factory=list)


def join(findings: Sequence[Finding], expected: Iterable[Expected]) -> Roster:
    """One host for each phone that was found or is expected, in the order of the findings, then those that were not found by MAC.

    A MAC address says which phone it is, wherever it was found; an address only does where no MAC address is known.
    """
    roster = Roster()
    by_mac: dict[str, Host] = {}
    by_address: dict[str, Host] = {}
    for finding in findings:
        if finding.mac in by_mac:
            roster.doubles.append(finding)
            host = by_mac[finding.mac]
        else:
            host = Host(finding)
            roster.hosts.append(host)
            if finding.mac:
                by_mac[finding.mac] = host
        by_address.update((text, host) for text in (finding.address, *finding.names) if text)
    missing: dict[str, Host] = {}
    for phone in sorted(expected, key=lambda phone: phone.address is None):
        at_address = by_address.get(phone.address) if phone.address else None
        if phone.mac is None:
            found = at_address
        elif phone.mac in by_mac:
            found = by_mac[phone.mac]
        elif at_address and at_address.mac is None:
            found = at_address
        else:
            found = missing.setdefault(phone.mac, Host(_not_found(phone, at_address)))
        if found:
            found.given_name = found.given_name or phone.name
            found.variables = {**phone.variables, **found.variables}
            if phone.mac and not found.mac:
                found.finding.mac = phone.mac
                by_mac[phone.mac] = found
    for host in roster.hosts:
        host.given_name = host.given_name or next(iter(host.finding.names), None)
    roster.strangers = [host.finding for host in roster.hosts if host.finding.reason == NotAPhone.kind]
    roster.hosts = [host for host in roster.hosts if host.finding.reason != NotAPhone.kind]
    roster.hosts += [missing[mac] for mac in sorted(missing)]
    return roster


def _not_found(phone: Expected, at_address: Host | None) -> Finding:
    mac = colons(phone.mac)
    if at_address:
        other = f"{phone.address}: another phone, {colons(at_address.mac)}, is at the address of {mac}."
        return Finding(None, mac=phone.mac, reason=OtherPhone.kind, message=f"{other} {OtherPhone.remedy_text}")
    return Finding(
        None,
        mac=phone.mac,
        reason=NOT_FOUND,
        message=f"{mac}: no phone with this MAC address was found among the addresses.",
    )


def variables(host: Host, port: int | None, subnet_prefix: int) -> dict[str, Any]:
    """The variables of a host: how to reach it, what is known of it, and what its source says of it. No passwords."""
    finding = host.finding
    known = dict(finding.facts or {})
    if finding.address:
        known["subnet"] = subnet(finding.address, subnet_prefix)
    if "lines" in known:
        known["registration"] = registration(known["lines"])
    result = {**host.variables, "vvx": known}
    if finding.host:
        result["ansible_host"] = finding.host
        if port:
            result["ansible_port"] = port
    if finding.mac:
        result["ansible_vvx_mac"] = colons(finding.mac)
    if finding.reason:
        result.update(vvx_reason=finding.reason, vvx_message=finding.message)
    return result


def subnet(address: str, prefix: int) -> str:
    """The network that the address is in; for IPv6 a /64."""
    bits = prefix if ipaddress.ip_address(address).version == 4 else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def registration(lines: Sequence[Mapping[str, Any]]) -> str:
    """``all``, ``some`` or ``none`` of the lines that tell are registered."""
    told = [line["registered"] for line in lines if "registered" in line]
    return "all" if told and all(told) else "some" if any(told) else "none"


def keywords(host: Host) -> dict[str, str | None]:
    """What a host can be called by a word in the option hostname."""
    facts = host.finding.facts or {}
    first = next(iter(facts.get("lines", ())), {})
    return {
        "name": host.given_name,
        "mac": host.mac,
        "address": host.finding.host or None,
        "label": first.get("label"),
        "extension": first.get("user"),
        "model": facts.get("device", {}).get("model"),
    }


KEYWORDS = ("name", "mac", "address", "label", "extension", "model")
NEED_LINES = ("label", "extension")


def named(hosts: Sequence[Host], choices: Callable[[Host], Iterable[str | None]]) -> tuple[list[str], set[str]]:
    """The names of the hosts: for each the first of its ``choices`` that leaves a usable name, or its MAC, or its address.

    Where several would get one name, all of them get their MAC address (or address) behind it, so that no phone's name depends on which other
    was found first. Also returns the names that were wanted more than once.
    """
    wanted = [next((name for choice in choices(host) if (name := usable(choice))), _own(host)) for host in hosts]
    times = collections.Counter(wanted)
    names: list[str] = []
    taken = set(wanted)
    for host, name in zip(hosts, wanted):
        if times[name] > 1:
            name = f"{name}-{_own(host)}"
            while name in taken:
                name += "_"
            taken.add(name)
        names.append(name)
    return names, {name for name, count in times.items() if count > 1}


def usable(text: str | None) -> str | None:
    """A text as an inventory host's name; None if nothing of it can be one.

    An IP address stays as it is. Elsewhere what has a meaning in patterns, and all but letters, digits, dots and dashes, becomes ``_``.
    """
    plain = str(text or "").strip()
    try:
        name = str(ipaddress.ip_address(plain))
    except ValueError:
        name = re.sub(r"[^\w.-]+", "_", plain).strip("_.-")
    return None if name.lower() in _TAKEN_BY_ANSIBLE else name or None


def _own(host: Host) -> str:
    return host.mac or host.finding.host
