# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary as lines for people: at most a screen, whatever the number of phones."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...module_utils._steps.secrets import FORBIDDEN
from ...module_utils._steps.text import quoted
from ...module_utils._text import clean
from .._console.sections import Section, fitted, folded
from .._console.words import count, some
from .digest import Digest, Group, Parameter
from .phones import Change

MOST = 40
"""Lines of a summary."""
NARROWEST = 50
_FIRST = 10
"""Hosts that are named, as ``some`` does."""
_SPACE = 2


@dataclass(frozen=True)
class Hints:
    """What the user can do next. ``restart``: the command that restarts phones, without ``--limit``. ``details``: the
    file with everything, if one was written; ``restart_list``, ``failed_list``: files of host names for ``--limit``.
    ``limited``: whether this run has one."""

    restart: str = "ansible-playbook polycom.vvx.restart"
    details: str = ""
    restart_list: str = ""
    failed_list: str = ""
    limited: bool = False


def text(made: Digest, width: int, hints: Hints, most: int = MOST) -> list[str]:
    """The summary. No line is wider than ``width``, except for a command that can't be broken."""
    width = max(NARROWEST, width)
    sections = [
        Section(2, folded(first_line(made), width)),
        *body(made, width, hints),
        Section(5, _ending(made, width, hints)),
    ]
    return fitted(sections, most)


def nobody(pattern: str, limited: bool, width: int) -> list[str]:
    """The summary of a run without hosts. ``pattern``: of its first play."""
    where = "within the limit" if limited else "of the inventory"
    said = f"0 phones: no host {where} matches {clean(pattern) or 'the play'}. Nothing was done."
    check = "the limit, vvx_hosts" if limited else "vvx_hosts"
    remedy = f"Check {check} and the inventory (ansible-inventory --graph)."
    return [line for sentence in (said, remedy) for line in folded(sentence, max(NARROWEST, width))]


def restart_command(inventories: Iterable[str]) -> str:
    """What restarts phones, without ``--limit``. ``inventories``: as given with ``-i``."""
    return " ".join(["ansible-playbook polycom.vvx.restart", *(f"-i {shlex.quote(each)}" for each in inventories)])


def first_line(made: Digest) -> str:
    """How many phones, by what happened to them."""
    would = made.check_mode and made.changes_wanted
    words = {"changed": "would change" if would else "changed", "not_begun": "not begun"}
    if not made.changes_wanted:
        words["unchanged"] = "ok"
    told = [
        f"{number} {words.get(state, state)}"
        for state, number in made.counts.items()
        if number or (state == "changed" and made.changes_wanted)
    ]
    return f"{count(made.phones, 'phone')}: {', '.join(told)}"


def body(made: Digest, width: int, hints: Hints) -> Iterator[Section]:
    """All but the first line and the ending."""
    if made.done:
        done = [
            f"{_done(made, group.text)}: {count(len(group.hosts), 'phone')}: {some(group.hosts)}" for group in made.done
        ]
        items = [folded(each[0].upper() + each[1:], width, most=3) for each in done]
        yield Section(3, items=items, more="more thing done")
    if made.generations:
        told = [_generation(each, hosts) for each, hosts in made.generations.items() if hosts]
        yield Section(4, ["Passwords:"], [folded(each, width, 2, 2) for each in told])
    if made.parameters:
        would = "would change" if made.check_mode else "changed"
        yield Section(6, [f"Parameters that {would}:"], _parameters(made.parameters, width), more="more parameter")
    yield from _restarts(made, width, hints)
    if made.secrets:
        yield Section(
            4,
            ["Secrets left alone, which differ or can't be compared:"],
            [
                folded(f"{_names(group.names, 3)}: {count(len(group.hosts), 'phone')}: {group.text}", width, 2, 2)
                for group in made.secrets
            ],
            _advice(made.secrets, width),
            more="more reason",
        )
    if made.lacking:
        yield Section(
            3,
            ["Parameters that phones do not know, skipped:"],
            [_lacking(group, width) for group in made.lacking],
            more="more group",
        )
    if made.skips:
        yield Section(3, ["Left alone:"], [_hosts(group, "", width) for group in made.skips], more="more reason")
    if made.failures:
        yield Section(
            8,
            ["Failures:"],
            [_hosts(group, _state(group), width) for group in made.failures],
            more="more cause",
        )
    if made.not_begun:
        head = "Would not be begun:" if made.check_mode else "Not begun:"
        yield Section(3, [head], [_hosts(group, "", width) for group in made.not_begun], more="more reason")
    if made.ignored:
        ignored = f"Failures that the playbook ignored: {count(len(made.ignored), 'phone')}: {some(made.ignored)}"
        yield Section(1, folded(ignored, width, most=2))
    if made.notes:
        yield Section(2, items=[folded(note, width, most=3) for note in made.notes], more="more note")


def _done(made: Digest, text: str) -> str:
    """What was done, or "password would be changed"."""
    return re.sub(r"\w+( up)?$", r"would be \g<0>", text, count=1) if made.check_mode else text


def _generation(generation: str, hosts: Sequence[str]) -> str:
    """All that have the next one are not named: they are what the run was for."""
    have = "has" if len(hosts) == 1 else "have"
    number = count(len(hosts), "phone")
    if generation == "next":
        return f"{number} {have} the next one"
    if generation == "before":
        return f"{number} {have} the one before: {some(hosts)}"
    return f"{number} {have} an unknown one, or did not answer: {some(hosts)}"


def _restarts(made: Digest, width: int, hints: Hints) -> Iterator[Section]:
    if made.restart.hosts:
        needed = "Restart would be needed" if made.check_mode else "Restart needed"
        number = count(len(made.restart.hosts), "phone")
        head = folded(f"{needed}: {number}, because of {_names(made.restart.names, 3)}", width, most=2)
        head += folded(some(made.restart.hosts), width, 2, 2)
        tail = [] if made.check_mode else _command(made.restart.hosts, hints, width)
        yield Section(6, head, tail=tail)
    if made.unknown.hosts:
        told = (
            f"Restart unknown: {count(len(made.unknown.hosts), 'phone')}: it is not documented whether "
            f"{_names(made.unknown.names, 3)} {'needs' if len(made.unknown.names) == 1 else 'need'} one. "
            "Restart one phone and compare, if a value has no effect."
        )
        yield Section(3, folded(told, width, most=3))


def _command(hosts: Sequence[str], hints: Hints, width: int) -> list[str]:
    """The command that restarts these phones; a list of hosts that is too long for a line goes by a file."""
    limit = ",".join(hosts)
    if len(hosts) > _FIRST or len(limit) + 14 > width:
        limit = f"@{hints.restart_list}" if hints.restart_list else "@FILE"
    command = f"{hints.restart} --limit {limit}"
    lines = [f"  {command}"] if len(command) + _SPACE <= width else [f"  {hints.restart} \\", f"    --limit {limit}"]
    if limit == "@FILE":
        lines += folded("(-e vvx_summary_file=run.json writes the hosts to run.restart)", width, 4)
    return lines


def _ending(made: Digest, width: int, hints: Hints) -> list[str]:
    """Where the details are, and the next step."""
    lines = folded(f"Details of each phone: {hints.details or '-e vvx_summary_file=run.json'}", width)
    all_next = len(made.generations.get("next", ())) == made.phones > 0
    if all_next and made.counts["changed"] and not made.check_mode:  # else vvx_rotate_rollout has said it
        told = (
            "Next: set ansible_password to the next password, then remove ansible_vvx_password_next. The same command "
            "shows whether that is right."
        )
        lines += folded(told, width)
    elif made.check_mode and (made.counts["changed"] or made.parameters):
        lines += folded("Next: the same command without --check.", width)
    elif made.rollout == "apply" and (silent := made.without_lines):
        told = (
            f"Next: if the change is wrong, correct the inventory and make a new plan. The same command again looks "
            f"at the lines of {count(len(silent), 'phone')} once more, and goes on where this run has stopped."
        )
        lines += folded(told, width, most=3)
    elif made.rollout and (made.lost or made.not_begun):
        mended = ", when that is mended" if made.lost else ""
        told = f"Next{mended}: the same command again. It goes on where this run has stopped."
        lines += folded(told, width)
        without = f"'{','.join(f'!{host}' for host in made.lost)}'"
        without = f"{without} to --limit" if hints.limited else f"--limit {without}"
        if made.lost and made.not_begun and len(made.lost) <= _FIRST and len(without) + 2 <= width:
            which = "this phone" if len(made.lost) == 1 else "these phones"
            lines += folded(f"To go on without {which}, add {without}.", width)
    elif made.rollout and made.skips and not made.check_mode:
        lines += folded("Next: the same command again tries the phones that were left alone.", width)
    elif made.lost and made.changes_wanted:
        limit = ",".join(made.lost)
        start = "Next, when that is mended: the same command with --limit "
        if len(made.lost) <= _FIRST and len(limit) + 12 <= width:
            whole = start + limit
            lines += [whole] if len(whole) <= width else [start.rstrip().removesuffix(" --limit"), f"  --limit {limit}"]
        else:
            lines += folded(start + (f"@{hints.failed_list}" if hints.failed_list else "@run.failed"), width, most=2)
            if not hints.failed_list:
                lines += folded("(which -e vvx_summary_file=run.json writes)", width, 2)
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
    lines = folded(f"{number}{state}: {group.text}", width, 2, 4)
    return [*lines, *folded(some(group.hosts), width, 4, 3)]


def _lacking(group: Group, width: int) -> list[str]:
    """Parameters, and the hosts that lack them."""
    lines = folded(f"{count(len(group.hosts), 'phone')}: {_names(group.names, 5)}", width, 2, 3)
    return [*lines, *folded(some(group.hosts), width, 4, 2)]


def _state(group: Group) -> str:
    return " unreachable" if group.lost else " failed"


def _advice(secrets: Sequence[Group], width: int) -> list[str]:
    """What writes the secrets; nothing where the user has said that nothing may."""
    if all(group.text == FORBIDDEN for group in secrets):
        return []
    return folded("To write them, set vvx_update_secrets=always (in a task, update_secrets: always).", width, 2)


def _names(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return ", ".join([*names[:most], *([f"and {more} more"] if more > 0 else [])]) or "parameters"


def _shortened(line: str, most: int) -> str:
    return line if len(line) <= most else f"{line[: most - 3]}..."
