# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make inventory hosts of findings: match them with the expected phones, build variables. For names see names.py."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._phone.errors import OtherPhone
from ...module_utils._phone.mac import colons
from .probe import IMPOSTOR_REMEDY, Finding, NotAPhone, NotFound
from .sources import Expected

_IPV6_PREFIX = 64
_MOST_LISTED = 5


@dataclass
class Host:
    """A phone as an inventory host. ``given_name``: from a CSV file, or the name that leads to the phone. ``line``: of
    the CSV file. ``named``: whether a source names this phone; otherwise it was found in a range or network."""

    finding: Finding
    given_name: str | None = None
    line: int | None = None
    named: bool = False
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def mac(self) -> str | None:
        return self.finding.mac

    @property
    def identity(self) -> str:
        """What tells it from all other hosts: its MAC address, or else its name or address."""
        return self.mac or self.finding.host


@dataclass
class Matched:
    """The inventory's hosts, and what is not among them.

    ``duplicates``: further addresses of phones. ``strangers``: other devices at addresses of expected phones, and
    phones that claim another phone's MAC address. No name, variable or MAC address is ever given to a stranger.
    ``unused``: lines of the CSV file that are about a host of another line, with that line.
    """

    hosts: list[Host] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    strangers: list[Finding] = field(default_factory=list)
    unused: list[tuple[int, int]] = field(default_factory=list)

    def kept(self, unread: str) -> list[Host]:
        """The hosts of the inventory. ``unread``: which of those that could not be read are among them, ``named``,
        ``all`` or ``none``."""
        return [host for host in self.hosts if host.finding.reason is None or _stays(host, unread)]


def _stays(host: Host, unread: str) -> bool:
    return unread == "all" or (unread == "named" and host.named)


def match(findings: Sequence[Finding], expected: Iterable[Expected]) -> Matched:
    """One host for each phone that was found or is expected.

    First come the findings in their order, then the missing phones by MAC address. The MAC address identifies a phone
    wherever it was found; the address does so only where no MAC address is known.
    """
    matched = Matched()
    by_mac = _owners(findings)
    by_address: dict[str, Host] = {}
    for finding in findings:
        host = by_mac.get(finding.mac or "") or Host(finding)
        if host.finding is not finding and host.finding.proved and not finding.proved:
            host = Host(_impostor(finding, host.finding))
        by_address.update((text, host) for text in (finding.address, *finding.names) if text)
        if _is_stranger(finding):
            matched.strangers.append(finding)
        elif host.finding is finding:
            matched.hosts.append(host)
        else:
            matched.duplicates.append(finding)
    missing: dict[str, Host] = {}
    for phone in sorted(expected, key=lambda phone: phone.address is None):
        at_address = by_address.get(phone.address) if phone.address else None
        stranger = at_address is not None and _is_stranger(at_address.finding)
        if phone.mac is None:
            found = None if stranger else at_address
        elif phone.mac in by_mac:
            found = by_mac[phone.mac]
        elif at_address and at_address.mac is None and not stranger:
            found = at_address
        else:
            found = missing.setdefault(phone.mac, Host(_not_found(phone, at_address)))
        if found and found.line and phone.line:
            matched.unused.append((phone.line, found.line))
        elif found:
            found.named = True
            found.line = found.line or phone.line
            found.given_name = found.given_name or phone.name
            found.variables = {**phone.variables, **found.variables}
            if phone.mac and not found.mac:
                found.finding.mac = phone.mac
                by_mac[phone.mac] = found
    for host in matched.hosts:
        host.given_name = host.given_name or next(iter(host.finding.names), None)
    matched.hosts += [missing[mac] for mac in sorted(missing)]
    return matched


def _owners(findings: Sequence[Finding]) -> dict[str, Host]:
    """Who each MAC address belongs to: the first finding with the best evidence. A certificate beats a claim, and a
    phone that was read beats one that was not."""
    best: dict[str, Finding] = {}
    for finding in findings:
        if finding.mac and (finding.mac not in best or finding.evidence > best[finding.mac].evidence):
            best[finding.mac] = finding
    return {mac: Host(finding) for mac, finding in best.items()}


def _is_stranger(finding: Finding) -> bool:
    return finding.reason in (NotAPhone.kind, OtherPhone.kind)


def _impostor(finding: Finding, owner: Finding) -> Finding:
    """Note that the finding claims a MAC address that is another phone's."""
    mac, finding.mac, finding.facts = colons(finding.mac), None, None
    return finding.failed(
        OtherPhone(
            f"it claims the MAC address {mac}, but the phone at {owner.host} has proved with its certificate that it "
            "has that address.",
            remedy=IMPOSTOR_REMEDY,
        )
    )


def _not_found(phone: Expected, at_address: Host | None) -> Finding:
    finding = Finding(None, mac=phone.mac)
    if at_address:
        other = f"another phone, {colons(at_address.mac)}," if at_address.mac else "something else"
        return finding.failed(OtherPhone(f"{other} is at its address {phone.address}."))
    return finding.failed(NotFound("no phone with this MAC address was found among the addresses."))


def left_out(matched: Matched, keep: str) -> Iterator[str]:
    """Warnings about phones that are not in the inventory: one for each reason, one for each duplicate."""
    by_reason: dict[str, list[Finding]] = {}
    unread = [host.finding for host in matched.hosts if not _stays(host, keep)]
    for finding in unread + matched.strangers:
        if finding.reason:
            by_reason.setdefault(finding.reason, []).append(finding)
    for reason, findings in sorted(by_reason.items()):
        listed = ", ".join(finding.label for finding in findings[:_MOST_LISTED])
        more = f" and {len(findings) - _MOST_LISTED} more" if len(findings) > _MOST_LISTED else ""
        first = findings[0]
        yield f"{len(findings)} left out, {reason}: {listed}{more}. {first.label}: {first.message}"
    for line, used in matched.unused:
        yield f"csv: line {line} is about the same phone as line {used}, and was not used."
    for finding in matched.duplicates:
        yield f"{finding.host} left out, duplicate: the phone {finding.mac} was found at another address, too."


def host_variables(host: Host, port: int | None, subnet_prefix: int) -> dict[str, Any]:
    """The variables of a host: how to reach the phone, its facts, and what its source sets. Without passwords."""
    finding = host.finding
    facts = dict(finding.facts or {})
    if finding.address:
        facts["subnet"] = subnet(finding.address, subnet_prefix)
    if "lines" in facts and not finding.reason:
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
