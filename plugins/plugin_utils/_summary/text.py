# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary as lines for people: at most a screen, whatever the number of phones."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...module_utils._steps.secrets import FORBIDDEN
from ...module_utils._steps.text import quoted
from .._console.words import count, some
from .collect import Change
from .digest import Digest, Group, Parameter

MOST = 40
"""Lines of a summary."""
NARROWEST = 50
_FIRST = 10
"""Hosts that are named, as ``some`` does."""
_SPACE = 2


@dataclass(frozen=True)
class Hints:
    """What the user can do next. ``restart``: the command that restarts phones, without ``--limit``. ``details``: the
    file with everything, if one was written; ``restart_list``, ``failed_list``: files of host names for ``--limit``."""

    restart: str = "ansible-playbook polycom.vvx.restart"
    details: str = ""
    restart_list: str = ""
    failed_list: str = ""


@dataclass
class _Section:
    """``head``, ``items`` and ``tail`` are lines; each item stays whole. ``least``: lines that it always gets.
    ``more``: what is counted where items are left out."""

    least: int
    head: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    more: str = ""

    @property
    def wanted(self) -> int:
        return len(self.head) + sum(map(len, self.items)) + len(self.tail)

    def lines(self, most: int) -> list[str]:
        """At most this many: items are left out from the end, then counted."""
        if self.wanted <= most:
            return [*self.head, *(line for item in self.items for line in item), *self.tail]
        room = most - len(self.head) - len(self.tail) - bool(self.more)
        shown: list[str] = []
        kept = 0
        for item in self.items:
            if len(shown) + len(item) > room:
                if not kept and room > 0:
                    shown, kept = item[:room], 1
                break
            shown += item
            kept += 1
        left = len(self.items) - kept
        rest = [f"  ... and {count(left, self.more)}"] if left and self.more else []
        return [*self.head, *shown, *rest, *self.tail][:most]


def text(made: Digest, width: int, hints: Hints, most: int = MOST) -> list[str]:
    """The summary. No line is wider than ``width``, except for a command that can't be broken."""
    width = max(NARROWEST, width)
    sections = list(_sections(made, width, hints))
    shares = [min(section.least, section.wanted) for section in sections]
    left = most - sum(shares)
    while left > 0:
        hungry = [index for index, section in enumerate(sections) if shares[index] < section.wanted]
        if not hungry:
            break
        for index in hungry[:left]:
            shares[index] += 1
        left -= len(hungry[:left])
    return [line for section, share in zip(sections, shares) for line in section.lines(share)][:most]


def restart_command(inventories: Iterable[str]) -> str:
    """What restarts phones, without ``--limit``. ``inventories``: as given with ``-i``."""
    return " ".join(["ansible-playbook polycom.vvx.restart", *(f"-i {shlex.quote(each)}" for each in inventories)])


def first_line(made: Digest) -> str:
    """How many phones, by what happened to them."""
    would = made.check_mode and made.changes_wanted
    words = {"changed": "would change" if would else "changed"}
    if not made.changes_wanted:
        words["unchanged"] = "ok"
    told = [
        f"{number} {words.get(state, state)}"
        for state, number in made.counts.items()
        if number or (state == "changed" and made.changes_wanted)
    ]
    return f"{count(made.phones, 'phone')}: {', '.join(told)}"


def _sections(made: Digest, width: int, hints: Hints) -> Iterator[_Section]:
    yield _Section(2, _wrapped(first_line(made), width))
    if made.done:
        would = "would be " if made.check_mode else ""
        done = [f"{would}{group.text}: {count(len(group.hosts), 'phone')}: {some(group.hosts)}" for group in made.done]
        items = [_wrapped(each[0].upper() + each[1:], width, most=3) for each in done]
        yield _Section(3, items=items, more="more thing done")
    if made.parameters:
        would = "would change" if made.check_mode else "changed"
        yield _Section(6, [f"Parameters that {would}:"], _parameters(made.parameters, width), more="more parameter")
    yield from _restarts(made, width, hints)
    if made.secrets:
        yield _Section(
            4,
            ["Secrets left alone, which differ or can't be compared:"],
            [
                _wrapped(f"{_names(group.names, 3)}: {count(len(group.hosts), 'phone')}: {group.text}", width, 2, 2)
                for group in made.secrets
            ],
            _advice(made.secrets, width),
            more="more reason",
        )
    if made.skips:
        yield _Section(3, ["Left alone:"], [_hosts(group, "", width) for group in made.skips], more="more reason")
    if made.failures:
        yield _Section(
            8,
            ["Failures:"],
            [_hosts(group, _state(group), width) for group in made.failures],
            more="more cause",
        )
    if made.ignored:
        ignored = f"Failures that the playbook ignored: {count(len(made.ignored), 'phone')}: {some(made.ignored)}"
        yield _Section(1, _wrapped(ignored, width, most=2))
    if made.notes:
        yield _Section(2, items=[_wrapped(note, width, most=3) for note in made.notes], more="more note")
    yield _Section(5, _ending(made, width, hints))


def _restarts(made: Digest, width: int, hints: Hints) -> Iterator[_Section]:
    if made.restart.hosts:
        needed = "Restart would be needed" if made.check_mode else "Restart needed"
        number = count(len(made.restart.hosts), "phone")
        head = _wrapped(f"{needed}: {number}, because of {_names(made.restart.names, 3)}", width, most=2)
        head += _wrapped(some(made.restart.hosts), width, 2, 2)
        tail = [] if made.check_mode else _command(made.restart.hosts, hints, width)
        yield _Section(6, head, tail=tail)
    if made.unknown.hosts:
        told = (
            f"Restart unknown: {count(len(made.unknown.hosts), 'phone')}: it is not documented whether "
            f"{_names(made.unknown.names, 3)} {'needs' if len(made.unknown.names) == 1 else 'need'} one. "
            "Restart one phone and compare, if a value has no effect."
        )
        yield _Section(3, _wrapped(told, width, most=3))


def _command(hosts: Sequence[str], hints: Hints, width: int) -> list[str]:
    """The command that restarts these phones; a list of hosts that is too long for a line goes by a file."""
    limit = ",".join(hosts)
    if len(hosts) > _FIRST or len(limit) + 14 > width:
        limit = f"@{hints.restart_list}" if hints.restart_list else "@FILE"
    command = f"{hints.restart} --limit {limit}"
    lines = [f"  {command}"] if len(command) + _SPACE <= width else [f"  {hints.restart} \\", f"    --limit {limit}"]
    if limit == "@FILE":
        lines += _wrapped("(-e vvx_summary_file=run.json writes the hosts to run.restart)", width, 4)
    return lines


def _ending(made: Digest, width: int, hints: Hints) -> list[str]:
    """Where the details are, and the next step."""
    lines = _wrapped(f"Details of each phone: {hints.details or '-e vvx_summary_file=run.json'}", width)
    if made.check_mode and (made.counts["changed"] or made.parameters):
        lines += _wrapped("Next: the same command without --check.", width)
    elif made.lost and made.changes_wanted:
        limit = ",".join(made.lost)
        start = "Next, when that is mended: the same command with --limit "
        if len(made.lost) <= _FIRST and len(limit) + 12 <= width:
            whole = start + limit
            lines += [whole] if len(whole) <= width else [start.rstrip().removesuffix(" --limit"), f"  --limit {limit}"]
        else:
            lines += _wrapped(start + (f"@{hints.failed_list}" if hints.failed_list else "@run.failed"), width, most=2)
            if not hints.failed_list:
                lines += _wrapped("(which -e vvx_summary_file=run.json writes)", width, 2)
    return lines


def _parameters(parameters: Sequence[Parameter], width: int) -> list[list[str]]:
    """One line each, and another one for where the value comes from, if both don't fit."""
    phones = [count(each.phones, "phone") for each in parameters]
    right = max(map(len, phones))
    room = width - right - 2 * _SPACE
    changes = [_shortened(_change(each, room), room) for each in parameters]
    left = max(map(len, changes))
    found = []
    for each, change, number in zip(parameters, changes, phones):
        line = f"{' ' * _SPACE}{change:<{left}}{' ' * _SPACE}{number:>{right}}"
        where = str(each.where)
        if not where:
            found.append([line])
        elif len(line) + _SPACE + len(where) <= width:
            found.append([f"{line}{' ' * _SPACE}{where}"])
        else:
            found.append([line, f"      {_shortened(where, width - 6)}"])
    return found


def _change(parameter: Parameter, room: int) -> str:
    """``name: old -> new``. Of several changes, what they have in common."""
    first: Change = parameter.changes[0][0]
    if parameter.secret or first.after is None:
        return f"{parameter.name}: (secret)"
    values = {(change.before, change.after) for change, _phones in parameter.changes}
    each = max(8, (room - len(parameter.name) - 6) // 2)
    olds, news = (set(side) for side in zip(*values))
    old = quoted(str(first.before), each) if len(olds) == 1 else f"{len(olds)} values"
    new = quoted(str(first.after), each) if len(news) == 1 else f"{len(news)} values"
    if old == new and len(values) == 1:
        new = "another login"
    return f"{parameter.name}: {old} -> {new}"


def _hosts(group: Group, state: str, width: int) -> list[str]:
    """A cause, and the hosts behind it."""
    number = count(len(group.hosts), "phone")
    lines = _wrapped(f"{number}{state}: {group.text}", width, 2, 4)
    return [*lines, *_wrapped(some(group.hosts), width, 4, 3)]


def _state(group: Group) -> str:
    return " unreachable" if group.lost else " failed"


def _advice(secrets: Sequence[Group], width: int) -> list[str]:
    """What writes the secrets; nothing where the user has said that nothing may."""
    if all(group.text == FORBIDDEN for group in secrets):
        return []
    return _wrapped("To write them, set vvx_update_secrets=always (in a task, update_secrets: always).", width, 2)


def _names(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return ", ".join([*names[:most], *([f"and {more} more"] if more > 0 else [])]) or "parameters"


def _wrapped(line: str, width: int, indent: int = 0, most: int = 2) -> list[str]:
    """As lines that fit; the last one ends with ... where the text goes on."""
    return textwrap.wrap(
        line,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        max_lines=most,
        placeholder=" ...",
        break_on_hyphens=False,
    )


def _shortened(line: str, most: int) -> str:
    return line if len(line) <= most else f"{line[: most - 3]}..."
