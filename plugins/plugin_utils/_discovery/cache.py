# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings in Ansible's inventory cache. What this version did not write, or not to its end, counts as empty."""

from __future__ import annotations

import dataclasses
import hashlib
import ipaddress
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._phone.mac import digits
from .probe import Finding, Probe
from .sources import Targets

FORMAT = 3
"""Raise it whenever the fields of a Finding, their meaning, or the facts in it change."""


def dump(findings: Sequence[Finding], counts: Mapping[str, int]) -> dict[str, Any]:
    """The findings as a cache entry, with what the scan counted. They contain no passwords."""
    fields = [dataclasses.asdict(finding) for finding in findings]
    entry = {"format": FORMAT, "findings": fields, "counts": dict(counts)}
    return {**entry, "digest": _digest(entry)}


def load(entry: Any) -> tuple[list[Finding], dict[str, int]] | None:
    """The findings of a cache entry, and what the scan counted; None if there is none, or one of another format, cut
    off or with unexpected content."""
    try:
        fields, counts = entry["findings"], entry["counts"]
        signed = {"format": FORMAT, "findings": fields, "counts": counts}
        if entry["format"] != FORMAT or not isinstance(fields, list) or entry["digest"] != _digest(signed):
            return None
        if not all(isinstance(name, str) and isinstance(number, int) for name, number in counts.items()):
            return None
        return [_finding(**each) for each in fields], dict(counts)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def _digest(entry: Any) -> str:
    """A YAML file that was cut off is often valid YAML, with fewer phones. Raises TypeError for what is no data."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:16]


def _finding(**fields: Any) -> Finding:
    """Raises KeyError, TypeError, ValueError or AttributeError for what ``dump`` does not write."""
    finding = Finding(**fields)
    if fields.keys() != dataclasses.asdict(finding).keys():
        raise ValueError("a field is missing")
    if finding.address is not None:
        ipaddress.ip_address(finding.address)
    texts = (finding.address, finding.mac, finding.reason, finding.message)
    facts: Mapping[str, Any] = {"device": {}} if finding.facts is None else finding.facts
    lines = facts.get("lines", [])
    if (
        not all(text is None or isinstance(text, str) for text in texts)
        or not (isinstance(finding.names, list) and all(isinstance(name, str) for name in finding.names))
        or finding.mac != digits(finding.mac)
        or not (isinstance(finding.proved, bool) and isinstance(finding.closed, bool))
        or not isinstance(facts["device"], Mapping)
        or not (isinstance(lines, list) and all(isinstance(line, Mapping) for line in lines))
        or (finding.facts is None) == (finding.reason is None)
    ):
        raise ValueError("a field has an unexpected value")
    return finding


def key(targets: Targets, probe: Probe, keep_all: bool) -> str:
    """A digest that differs whenever a scan could find something else. A file name, so made without the password."""
    scanned = [
        targets.spans,
        targets.names,
        targets.excluded,
        [phone.address for phone in targets.expected if phone.address],
        keep_all,
    ]
    settings = dataclasses.asdict(
        dataclasses.replace(probe.settings, password="", password_next=None, judge=None, logins=None, refusals=None)
    )
    probed = [settings, probe.subsets, probe.prefixes, probe.trusting]
    return hashlib.sha256(json.dumps([scanned, probed], sort_keys=True, default=str).encode()).hexdigest()[:16]
