# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_audit without Ansible: its options, the verdict on each phone, and the task's result."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters.origins import as_plain, placed
from ...module_utils._phone.errors import NO_ANSWER
from .._console.order import natural
from .._console.words import count
from .._handover import bounded, first, stats
from .reading import Reading
from .report import most_first

MOST = 200
"""The task's result stays small: it lists so many hosts and parameters of each kind. The file ``details`` has all."""

FINDINGS = {
    "drift": "differ from the inventory",
    "unknown": "do not know some parameters",
    "error": "could not be read",
    "not_compared": "were not compared because the inventory sets no parameters for them",
}
"""What an audit can find, and how the message says it."""

SPEC = ArgumentSpec(
    {
        "fail_on": {
            "type": "list",
            "elements": "str",
            "choices": list(FINDINGS),
            "default": ["drift", "unknown", "error"],
        },
        "details": {"type": "path"},
        "mode": {"type": "raw"},
    }
)


def ordered(phones: Iterable[Reading]) -> list[Reading]:
    """By host: phone-2 before phone-10."""
    return sorted(phones, key=lambda phone: natural(phone.host))


def findings(phone: Reading) -> list[str]:
    """Keys of FINDINGS; none if the phone is as desired."""
    survey = phone.survey
    applies = {
        "drift": survey.drift,
        "unknown": survey.unknown,
        "error": survey.error,
        "not_compared": not survey.compared and not survey.error,
    }
    return [finding for finding in FINDINGS if applies[finding]]


def line(phone: Reading) -> str:
    """One line about a phone, without its host."""
    survey = phone.survey
    if survey.error:
        return f"{survey.error.kind}: {survey.error.message} {survey.error.remedy}".strip()
    parts = []
    if survey.drift:
        names = ", ".join(difference.parameter for difference in survey.drift[:5])
        more = ", ..." if len(survey.drift) > 5 else ""
        parts.append(f"{len(survey.drift)} of {survey.compared} differ: {names}{more}")
    if survey.unknown:
        parts.append(f"unknown: {', '.join(placed(name, survey.origins.get(name)) for name in survey.unknown)}")
    return "; ".join(parts) or (f"as desired ({survey.compared} parameters)" if survey.compared else "not compared")


def details(phones: Iterable[Reading]) -> str:
    """The file of details: all differences by host, as JSON."""
    return json.dumps({phone.host: detail(phone) for phone in phones}, ensure_ascii=False, indent=2) + "\n"


def detail(phone: Reading) -> dict[str, Any]:
    """All that an audit finds of a phone."""
    survey = phone.survey
    return {
        "address": phone.address,
        "compared": survey.compared,
        "drift": [dict(vars(difference)) for difference in survey.drift],
        "unknown": survey.unknown,
        "origins": as_plain(survey.origins),
        "secrets": survey.secrets,
        "error": survey.error and {key: getattr(survey.error, key) for key in ("kind", "message", "remedy")},
    }


def result(phones: Sequence[Reading], params: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The task's return values. ``files``: ``path`` and ``changed`` of each file."""
    found = {phone.host: findings(phone) for phone in phones}
    hosts = {finding: [host for host in found if finding in found[host]] for finding in FINDINGS}
    parameters = Counter(difference.parameter for phone in phones for difference in phone.survey.drift)
    secrets = Counter(name for phone in phones for name in phone.survey.secrets)
    parts = [f"{len(hosts[finding])} {words}" for finding, words in FINDINGS.items() if hosts[finding]]
    values: dict[str, Any] = {
        "msg": f"{count(len(phones), 'phone')}: {'; '.join(parts) or 'all as desired'}.",
        "phones": len(phones),
        "as_desired": sum(not each for each in found.values()),
        "drifting": len(hosts["drift"]),
        "hosts": {finding: names[:MOST] for finding, names in hosts.items()},
        "secrets": dict(list(most_first(secrets).items())[:MOST]),
        "parameters": dict(list(most_first(parameters).items())[:MOST]),
        "files": files,
    }
    return {**values, "ansible_stats": stats(polycom_vvx_audit=bounded(lambda most: _handed_over(values, hosts, most)))}


def _handed_over(values: Mapping[str, Any], hosts: Mapping[str, Sequence[str]], most: int) -> dict[str, Any]:
    """``hosts``: by finding."""
    return {
        "summary": values["msg"],
        "phones": values["phones"],
        "as_desired": values["as_desired"],
        "counts": {finding: len(names) for finding, names in hosts.items()},
        "hosts": {finding: names[:most] for finding, names in hosts.items()},
        "parameters": first(values["parameters"], most),
        "files": [file["path"] for file in values["files"]],
    }


def verdicts(phones: Iterable[Reading], fail_on: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The phones that vvx_verdict marks: ``failed`` or ``unreachable``, and why."""
    return {
        phone.host: (
            "unreachable" if phone.survey.error and phone.survey.error.kind in NO_ANSWER else "failed",
            f"{phone.host}: {line(phone)}",
        )
        for phone in phones
        if set(findings(phone)) & set(fail_on)
    }


def notices(phones: Sequence[Reading], layers: Sequence[str]) -> list[str]:
    """A hint if the inventory sets parameters for no phone at all."""
    if not phones or any("not_compared" not in findings(phone) for phone in phones):
        return []
    names = ", ".join(layers)
    return [f"Nothing was compared: apart from secrets, none of the variables {names} sets a parameter for any phone."]
