# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a message for a mail or a chat: what needs attention, where, and what has changed. Never the fleet.

GitHub, GitLab, Mattermost and Teams show it as Markdown, a mail and Slack as the text that it is. What comes from
phones and the inventory stands in code spans, where they show it as it is and look for no mentions, links or commands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ...module_utils._text import escaped
from .by_site import columns, sites
from .causes import CAUSES, NOTICE
from .page.verdict import verdict
from .page.words import absolute, count
from .values import registration, shown

SIZE = 16_000
"""Bytes at most: Mattermost takes 16,383 characters in a message, Teams 28 KB, Slack 40,000 characters."""
MOST_PHONES = 1_000
_MOST_GROUPS = 6
_MOST_PARAMETERS = 8
_MOST_VALUES = 4
"""Pairs of wanted and present value that a parameter names."""
_MOST_CHANGES = 10
_MOST_SITES = 20
_LONGEST = 60
"""Characters of a name or a value."""
_NOT_TOLD = {"state", "status", "reason", "problems", "registered", "drift", "behind", "last_seen", "booted"}
"""Columns whose changes the causes tell better."""
Report = Mapping[str, Any]
Row = Mapping[str, Any]
Key = TypeVar("Key")
Value = TypeVar("Value")


class _Message:
    """Sections of lines, as far as there is room."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = SIZE - 100
        self.left_out = 0

    def add(self, lines: Iterable[str]) -> None:
        """A section. The lines that do not fit are counted."""
        part: list[str] = []
        for line in lines:
            needed = len(line.encode("utf-8", "replace")) + 1
            if self.left_out or needed > self.left:
                self.left_out += bool(line)
                continue
            self.left -= needed
            part.append(line)
        if part:
            self.left -= 1
            self.parts.append("\n".join(part).rstrip("\n"))

    def text(self) -> str:
        rest = [f"... and {count(self.left_out, 'more line', 'more lines')}."] if self.left_out else []
        return "\n\n".join([*self.parts, *rest]) + "\n"


def to_markdown(report: Report, phones: int = 20) -> str:
    """At most SIZE bytes in UTF-8. ``phones``: how many a cause names at most."""
    message = _Message()
    message.add([f"# {_plain(report['title'])}", "", _verdict(report)])
    by_cause = _by((entry["cause"], row) for row in report["rows"] for entry in row["causes"])
    for cause in report["causes"]:
        message.add(_cause(cause, by_cause.get(cause["cause"], []), report, phones))
    if report["changes"] is not None:
        message.add(_changes(report, phones))
    message.add(_sites(report))
    return message.text()


def _verdict(report: Report) -> str:
    words = verdict(report)["words"] if report["rows"] else "There are no phones"
    return f"**{words}.** Data of {absolute(report['time'])}."


def _cause(cause: Mapping[str, Any], rows: Sequence[Row], report: Report, phones: int) -> Iterator[str]:
    facts = [cause["severity"], *([f"{cause['new']:,} new"] if cause["new"] else [])]
    if cause["since"]:
        facts.append(f"since {cause['since'][:10]}")
    yield f"## {_plain(cause['title'])}: {count(cause['phones'])} ({', '.join(facts)})"
    yield ""
    remedies = {each["status"]: each["remedy"] for each in cause["statuses"]}
    if cause["remedy"] and not remedies:
        yield _plain(cause["remedy"])
        yield ""
    if cause["cause"] == "drifting":
        yield from _drift(report["parameters"], rows, phones)
        return
    groups = list(_by((_KINDS.get(cause["cause"], _alike)(row), row["cells"]["host"]) for row in rows).items())
    shares = _shares(phones, [len(hosts) for _kind, hosts in groups[:_MOST_GROUPS]])
    for (kind, hosts), share in zip(groups, shares):
        remedy = f". {_plain(remedies[kind])}" if kind in remedies else ""
        words = kind.replace("_", " ") if kind in remedies else kind
        yield from (f"* {line}{remedy}" for line in _line(words, hosts, share))
    if rest := sum(len(hosts) for _kind, hosts in groups[_MOST_GROUPS:]):
        yield f"* others ({count(rest)})"


def _line(words: str, hosts: Sequence[str], most: int) -> list[str]:
    """A line about these phones; none where it would say nothing."""
    said = f"{words} ({count(len(hosts))})" if words else ""
    line = ": ".join(filter(None, (said, _named(hosts, most))))
    return [line] if line else []


def _alike(row: Row) -> str:
    return ""


def _unregistered(row: Row) -> str:
    return "no line is registered" if registration(row["cells"]["registered"]) == "none" else "some lines are not"


def _behind(row: Row) -> str:
    return f"{_code(row['cells']['firmware'])} instead of {_code(row['cells']['target'])}"


def _ending(row: Row) -> str:
    return f"ends {_code(row['cells']['certificate_end'])}"


def _waiting(row: Row) -> str:
    names = (row["detail"]["restart"] or {}).get("parameters", ())
    return f"for {_named(names, 2)}" if names else ""


def _problems(row: Row) -> str:
    """What is wrong with a phone that has no other cause."""
    return "; ".join(map(_code, row["detail"]["problems"][:3])) if len(row["causes"]) == 1 else ""


_KINDS: dict[str, Callable[[Row], str]] = {
    "unmanaged": lambda row: str(row["cells"]["status"]),
    "unregistered": _unregistered,
    "behind": _behind,
    "restart": _waiting,
    "certificate": _ending,
    "other": _problems,
}
"""What tells the phones of a cause apart, as Markdown."""


def _drift(parameters: Sequence[Mapping[str, Any]], rows: Sequence[Row], phones: int) -> Iterator[str]:
    """A line for each parameter, and one for each pair of wanted and present value."""
    told = parameters[:_MOST_PARAMETERS]
    found: dict[str, list[tuple[tuple[str, str], tuple[str, Mapping[str, Any]]]]] = {}
    for row in rows:
        for each in row["detail"]["drift"]:
            pair = (each["wanted"], each["has"])
            found.setdefault(each["parameter"], []).append((pair, (row["cells"]["host"], each)))
    for parameter in told:
        yield f"* {_code(parameter['parameter'])} ({count(parameter['phones'])})"
        groups = list(_by(found.get(parameter["parameter"], ())).items())
        shares = _shares(phones, [len(group) for _pair, group in groups[:_MOST_VALUES]])
        for ((wanted, has), group), share in zip(groups, shares):
            words = f"wanted {_code(wanted)}{_place([each for _host, each in group])}, has {_code(has)}"
            yield from (f"  * {line}" for line in _line(words, [host for host, _each in group], share))
        if rest := sum(len(group) for _pair, group in groups[_MOST_VALUES:]):
            yield f"  * other values ({count(rest)})"
    if rest := len(parameters) - len(told):
        yield f"* and {count(rest, 'more parameter', 'more parameters')}"


def _place(differences: Sequence[Mapping[str, Any]]) -> str:
    """Who wishes a value: the file and its line as far as all phones share them, else the variable."""
    for keys in (("file", "line"), ("file",), ("layer",)):
        values = {tuple(each[key] for key in keys) for each in differences}
        place = values.pop()
        if not values and None not in place:
            return f" ({_code(':'.join(map(str, place)))})"
    return ""


def _changes(report: Report, phones: int) -> Iterator[str]:
    changes = report["changes"]
    lines = [("appeared", changes["appeared"]), ("disappeared", changes["disappeared"])]
    for kind in ("broken", "repaired"):
        hosts = _by((change["cause"], change["host"]) for change in changes[kind])
        lines += [
            (f"{kind}: {cause.title[0].lower()}{cause.title[1:]}", hosts.get(cause.name, []))
            for cause in CAUSES
            if cause.severity != NOTICE
        ]
    cells = _changed_cells(report)
    lines += cells[:_MOST_CHANGES]
    yield f"## Since {absolute(report['previous']) if report['previous'] else 'the report before'}"
    yield ""
    for words, hosts in lines:
        yield from (f"* {line}" for line in _line(words, hosts, phones) if hosts)
    if len(cells) > _MOST_CHANGES:
        yield f"* and {count(len(cells) - _MOST_CHANGES, 'more change', 'more changes')}"
    if not any(hosts for _words, hosts in lines):
        yield "Nothing has changed."


def _changed_cells(report: Report) -> list[tuple[str, list[str]]]:
    """Equal changes of cells and their phones, the most frequent first."""
    titles = {column["name"]: column for column in report["columns"]}
    found = []
    for change in report["changes"]["changed"]:
        if change["column"] not in _NOT_TOLD:
            column = titles.get(change["column"], {"title": change["column"], "kind": "text"})
            before, after = (_code(shown(change[when], column["kind"])) for when in ("before", "after"))
            found.append((f"{_plain(column['title'])} was {before}, is {after}", change["host"]))
    return list(_by(found).items())


def _sites(report: Report) -> Iterator[str]:
    """A short table by the first column of the user's own that groups phones."""
    for column in columns(report)[:1]:
        found = sites(report, column)
        if len(found) < 2:
            return
        title, more = _plain(column["title"]), found[_MOST_SITES:]
        yield f"## By {title}"
        yield ""
        yield f"| {title} | Phones | Need attention | Critical |"
        yield "|---|---:|---:|---:|"
        for site in found[:_MOST_SITES]:
            name = _code(site.name).replace("|", "¦")
            yield f"| {name} | {site.phones:,} | {site.attention:,} | {site.critical:,} |"
        if more:
            counts = (sum(numbers) for numbers in zip(*((site.phones, site.attention, site.critical) for site in more)))
            yield f"| {len(more):,} more | {' | '.join(f'{number:,}' for number in counts)} |"


def _by(found: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """What was found by its key; the most frequent key comes first."""
    groups: dict[Key, list[Value]] = {}
    for key, value in found:
        groups.setdefault(key, []).append(value)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _shares(most: int, sizes: Sequence[int]) -> list[int]:
    """How many of each group to name, so that all together name at most so many and no small group is lost."""
    shares = [0] * len(sizes)
    left = most
    for done, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        shares[place] = min(sizes[place], left // (len(sizes) - done))
        left -= shares[place]
    return shares


def _named(names: Sequence[str], most: int) -> str:
    """``a, b and 72 more``; empty for none."""
    named = ", ".join(map(_code, names[:most]))
    return f"{named} and {len(names) - most:,} more" if named and len(names) > most else named


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _code(text: Any) -> str:
    """Any text as a code span on one line."""
    text = _cut(escaped(str(text or "")))
    if not text.strip():
        return "empty"
    text = re.sub("<(?=[!@#])", "< ", text)  # Slack calls people by <!channel> in code, too.
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    margin = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{margin}{text}{margin}{fence}"


def _plain(text: str) -> str:
    """Words of people that Markdown shows as they are, on one line. An underscore inside a word means nothing."""
    words = escaped(" ".join(text.split()))
    words = words if len(words) <= 4 * _LONGEST else f"{words[: 4 * _LONGEST - 3]}..."
    return re.sub(r"[\\`*\[\]<>|#~&]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", words)
