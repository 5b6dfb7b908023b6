# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences of parameters, each shown once with all phones that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from ...module_utils._steps.text import shown_line
from .._console.order import natural
from .._console.words import count, some
from .collect import Collector
from .phones import Where

SECRET = "(secret)"
SECRET_WRITTEN = "(secret, written anew)"
LONGEST = 1_000
"""Lines at most."""

_Line = tuple[str, str, str, Where]
"""Name, before, after, and where the new value comes from."""


def diffs(collector: Collector) -> Iterator[str]:
    """The lines of all differences, as Ansible shows its own. Parameters that differ on the same phones stand together.

    At most LONGEST lines, and one that counts the rest.
    """
    lines, left = 0, 0
    for hosts, changes in _shared(collector):
        if lines + 2 + 2 * len(changes) > LONGEST:
            left += 1
            continue
        lines += 3 + 2 * len(changes)
        yield f"--- before: {count(len(hosts), 'phone')}: {some(hosts)}"
        yield "+++ after"
        yield from (f"-{name}: {shown_line(before)}" for name, before, _after, _where in changes)
        for name, _before, after, where in changes:
            yield f"+{name}: {shown_line(after)}" + (f"  # {where}" if str(where) else "")
        yield ""
    if left:
        yield f"... and {count(left, 'more difference')}: see vvx_diff=each or vvx_summary_file."


def _shared(collector: Collector) -> list[tuple[list[str], list[_Line]]]:
    """Hosts with the changes that exactly these have in common; the most hosts first."""
    hosts: dict[_Line, list[str]] = {}
    for host, phone in sorted(collector.phones.items(), key=lambda item: natural(item[0])):
        for name, change in phone.changes.items():
            before, after = change.before or "", change.after or ""
            after = f"{after} (with another login)" if before == after else after
            hosts.setdefault((name, before, after, change.where), []).append(host)
        for name, where in phone.secrets_written.items():
            hosts.setdefault((name, SECRET, SECRET_WRITTEN, where), []).append(host)
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for line, names in hosts.items():
        groups.setdefault(tuple(names), []).append(line)
    found = [(list(names), sorted(lines, key=lambda line: natural(line[0]))) for names, lines in groups.items()]
    return sorted(found, key=lambda group: (-len(group[0]), natural(group[0][0])))
