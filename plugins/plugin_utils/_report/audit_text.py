# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vvx_audit prints: equal findings of many phones in one line, few lines whatever the number of phones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...module_utils._parameters.origins import placed
from .._console.order import grouped
from .._console.table import aligned, wrapped
from .._console.words import count, some
from .audit import findings
from .reading import Reading

MOST_LINES = 40
"""Differences that are shown; the rest is counted."""
MOST_CAUSES = 10


def text(phones: Sequence[Reading], width: int, details: str | None) -> str:
    """All that was found, without the closing sentence. ``details``: the file that has everything, if there is one."""
    blocks = [
        _differences(phones, width, details),
        _block("Unknown parameters", _unknown(phones), width),
        _block("Could not be read", _errors(phones), width),
        _block("Secrets that can't be compared and are left alone", _secrets(phones), width),
        _block("Not compared", _without(phones), width),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _differences(phones: Sequence[Reading], width: int, details: str | None) -> list[str]:
    """A line for each parameter with the same two values: wanted, has, phones, and where the wish
    comes from if that is one place."""
    groups = grouped(
        ((each.parameter, each.wanted, each.has), phone.host) for phone in phones for each in phone.survey.drift
    )
    origins: dict[tuple[str, str, str], set[str]] = {}
    for phone in phones:
        for each in phone.survey.drift:
            origins.setdefault((each.parameter, each.wanted, each.has), set()).add(str(each.origin))
    rows = []
    for difference, hosts in list(groups.items())[:MOST_LINES]:
        parameter, wanted, has = difference
        origin = ", ".join(origins[difference]) if len(origins[difference]) == 1 else ""
        rows.append((parameter, f"'{wanted}'", f"'{has}'", _hosts(hosts) + (f" ({origin})" if origin else "")))
    lines = aligned(rows, ("parameter", "wanted", "has", "phones"), width)
    if len(groups) > MOST_LINES:
        where = f"{details} has all" if details else "the option details (vvx_details) writes all to a file"
        lines += wrapped(f"... and {count(len(groups) - MOST_LINES, 'more difference')}; {where}.", width)
    return lines


def _unknown(phones: Iterable[Reading]) -> dict[str, list[str]]:
    return grouped(
        (placed(_suggested(name, near), phone.survey.origins.get(name)), phone.host)
        for phone in phones
        for name, near in phone.survey.unknown.items()
    )


def _suggested(name: str, near: Sequence[str]) -> str:
    return f"{name} (did you mean {' or '.join(near)}?)" if near else name


def _errors(phones: Iterable[Reading]) -> dict[str, list[str]]:
    return grouped(
        (f"{error.kind}: {error.message} {error.remedy}".strip(), phone.host)
        for phone in phones
        if (error := phone.survey.error) is not None
    )


def _secrets(phones: Iterable[Reading]) -> dict[str, list[str]]:
    return grouped(
        (f"{name}: {reason}. To write it: -e vvx_update_secrets=always.", phone.host)
        for phone in phones
        for name, reason in phone.survey.secrets.items()
    )


def _without(phones: Iterable[Reading]) -> dict[str, list[str]]:
    return grouped(
        ("the inventory sets no parameters that can be compared", phone.host)
        for phone in phones
        if "not_compared" in findings(phone)
    )


def _block(title: str, groups: Mapping[str, list[str]], width: int) -> list[str]:
    if not groups:
        return []
    shown = list(groups.items())[:MOST_CAUSES]
    rows = [(_hosts(hosts), what) for what, hosts in shown]
    more = [f"... and {len(groups) - MOST_CAUSES} more"] if len(groups) > MOST_CAUSES else []
    if max(len(hosts) for hosts, _what in rows) > width // 3:  # too little room beside them
        return [f"{title}:", *(line for row in rows for line in _stacked(*row, width)), *more]
    return [f"{title}:", *aligned(rows, width=width), *more]


def _stacked(hosts: str, what: str, width: int) -> list[str]:
    return [*aligned([(hosts,)], width=width), *(f"  {line}" for line in aligned([(what,)], width=width - 2))]


def _hosts(hosts: Sequence[str]) -> str:
    return hosts[0] if len(hosts) == 1 else f"{count(len(hosts), 'phone')}: {some(hosts)}"
