# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make inventory hosts of findings: match them with the expected phones, choose names, build variables."""

from __future__ import annotations

import collections
import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._phone.errors import OtherPhone
from ...module_utils._phone.mac import colons
from .probe import Finding, NotAPhone, NotFound
from .sources import Expected

_IPV6_PREFIX = 64
_TAKEN_BY_ANSIBLE = {"all", "ungrouped", "localhost", "127.0.0.1", "::1"}
_MOST_LISTED = 5


@dataclass
class Host:
    """A phone as an inventory host. ``given_name``: from a CSV file, or the name that leads to the phone."""

    finding: Finding
    given_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def mac(self) -> str | None:
        return self.finding.mac


@dataclass
class Matched:
    """The inventory's hosts, and what is not among them.

    ``duplicates``: further addresses of phones. ``not_phones``: other devices at addresses of expected phones.
    """

    hosts: list[Host] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    not_phones: list[Finding] = field(default_factory=list)


def match(findings: Sequence[Finding], expected: Iterable[Expected]) -> Matched:
    """One host for each phone that was found or is expected.

    First come the findings in their order, then the missing phones by MAC address. The MAC address identifies a phone
    wherever it was found; the address does so only where no MAC address is known.
    """
    matched = Matched()
    by_mac: dict[str, Host] = {}
    by_address: dict[str, Host] = {}
    for finding in findings:
        if finding.mac in by_mac:
            matched.duplicates.append(finding)
            host = by_mac[finding.mac]
        else:
            host = Host(finding)
            matched.hosts.append(host)
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
    for host in matched.hosts:
        host.given_name = host.given_name or next(iter(host.finding.names), None)
    matched.not_phones = [host.finding for host in matched.hosts if host.finding.reason == NotAPhone.kind]
    matched.hosts = [host for host in matched.hosts if host.finding.reason != NotAPhone.kind]
    matched.hosts += [missing[mac] for mac in sorted(missing)]
    return matched


def _not_found(phone: Expected, at_address: Host | None) -> Finding:
    finding = Finding(None, mac=phone.mac)
    if at_address:
        return finding.failed(
            OtherPhone(f"another phone, {colons(at_address.mac)}, is at its address {phone.address}.")
        )
    return finding.failed(NotFound("no phone with this MAC address was found among the addresses."))


def left_out(matched: Matched, keep_unreachable: bool) -> Iterator[str]:
    """Warnings about phones that are not in the inventory: one for each reason, one for each duplicate."""
    by_reason: dict[str, list[Finding]] = {}
    unread = [] if keep_unreachable else [host.finding for host in matched.hosts]
    for finding in unread + matched.not_phones:
        if finding.reason:
            by_reason.setdefault(finding.reason, []).append(finding)
    for reason, findings in sorted(by_reason.items()):
        listed = ", ".join(finding.label for finding in findings[:_MOST_LISTED])
        more = f" and {len(findings) - _MOST_LISTED} more" if len(findings) > _MOST_LISTED else ""
        first = findings[0]
        yield f"{len(findings)} left out, {reason}: {listed}{more}. {first.label}: {first.message}"
    for finding in matched.duplicates:
        yield f"{finding.host} left out, duplicate: it leads to the phone {finding.mac}, which was found before."


def host_variables(host: Host, port: int | None, subnet_prefix: int) -> dict[str, Any]:
    """The variables of a host: how to reach the phone, its facts, and what its source sets. Without passwords."""
    finding = host.finding
    facts = dict(finding.facts or {})
    if finding.address:
        facts["subnet"] = subnet(finding.address, subnet_prefix)
    if "lines" in facts:
        facts["registration"] = registration(facts["lines"])
    result = {**host.variables, "vvx": facts}
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
    """The network that the address is in. An IPv6 subnet is always a /64."""
    bits = prefix if ipaddress.ip_address(address).version == 4 else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def registration(lines: Sequence[Mapping[str, Any]]) -> str:
    """Whether ``all``, ``some`` or ``none`` of the lines are registered, of those whose state is known."""
    states = [line["registered"] for line in lines if "registered" in line]
    return "all" if states and all(states) else "some" if any(states) else "none"


KEYWORDS = ("name", "mac", "address", "label", "extension", "model")
"""What the option hostname takes beside templates."""
NEED_LINES = ("label", "extension")


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


def unique_names(hosts: Sequence[Host], choices: Callable[[Host], Iterable[str | None]]) -> tuple[list[str], set[str]]:
    """The hosts' names: for each host the first of its ``choices`` that is usable, or else its MAC address or address.

    Hosts that would share a name all get their MAC address (or address) appended, so that a name does not depend on
    which phone was found first. Also returns the names that several hosts would have had.
    """
    wanted = [next((name for choice in choices(host) if (name := usable(choice))), _identity(host)) for host in hosts]
    times = collections.Counter(wanted)
    names: list[str] = []
    taken = set(wanted)
    for host, name in zip(hosts, wanted):
        if times[name] > 1:
            name = f"{name}-{_identity(host)}"
            while name in taken:
                name += "_"
            taken.add(name)
        names.append(name)
    return names, {name for name, count in times.items() if count > 1}


def usable(text: str | None) -> str | None:
    """A text as the name of an inventory host; None if nothing usable is left.

    IP addresses stay as they are. In other texts everything but letters, digits, dots and dashes becomes ``_``, which
    includes all characters that have a meaning in host patterns.
    """
    plain = str(text or "").strip()
    try:
        name = str(ipaddress.ip_address(plain))
    except ValueError:
        name = re.sub(r"[^\w.-]+", "_", plain).strip("_.-")
    return None if name.lower() in _TAKEN_BY_ANSIBLE else name or None


def _identity(host: Host) -> str:
    return host.mac or host.finding.host
