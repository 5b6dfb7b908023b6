# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that mix habits; the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .habits import READABLE, UNREADABLE, Draft, Note, comment_not_closed, plain
from .sample import Kind, Refusal, Remark, Sample

_ROOTS = ("polycomConfig", "PHONE_CONFIG", "localcfg", "P", "sip")
_UNREADABLE = 0.3
_NO_FILES = 0.05
_UTF8 = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def files(seed: int, count: int) -> Iterator[Sample]:
    """That many files."""
    for number in range(1, count + 1):
        rng = random.Random(f"{seed}/{number}")
        name = f"{number:03}.cfg"
        yield _no_provisioning_file(rng, name) if rng.random() < _NO_FILES else _file(rng, number, name)


def _file(rng: random.Random, number: int, name: str) -> Sample:
    draft = Draft(rng)
    chosen = rng.sample(READABLE, rng.randint(1, 7))
    if rng.random() < _UNREADABLE:
        broken = UNREADABLE[number % len(UNREADABLE)]
        # Another comment would close the one that is not closed.
        chosen.insert(len(chosen) if broken is comment_not_closed else rng.randrange(len(chosen) + 1), broken)
    root = rng.choice(_ROOTS)
    draft.switched = rng.random() < 0.6
    draft.add(f"<{root}>")
    plain(draft)
    if draft.switched:
        draft.add('  <device device.set="1"/>')
    for habit in chosen:
        habit(draft)
    draft.add(f"</{root}>")
    before, declaration, encoding, notes = _head(rng, "".join(line.text for line in draft.lines))
    head = [*before, *declaration]
    text = rng.choice(["\n", "\n", "\r\n"]).join([*head, *(line.text for line in draft.lines), ""])
    content, refusal = _encoded(text, encoding), _refusal(draft, len(head))
    if encoding == "undeclared latin-1":
        refusal = _first_byte_beyond_ascii(content)
    remarks = {Remark(kind, of, _line(kind, head)) for kind, of in notes}
    for number, line in enumerate(draft.lines, len(head) + 1):
        remarks |= {Remark(kind, of, number) for kind, of in line.notes}
    habits = tuple(habit.__name__ for habit in chosen)
    if refusal is not None:
        return Sample(name, content, refusal=refusal, secrets=tuple(draft.secrets), habits=habits)
    return Sample(name, content, draft.values, frozenset(remarks), None, tuple(draft.secrets), habits)


def _head(rng: random.Random, text: str) -> tuple[list[str], list[str], str, list[Note]]:
    """Lines before the declaration, its own line if there is one, the encoding, and what has to be said of these."""
    beyond = not text.isascii()
    one_byte = ["latin-1", "cp1252", "undeclared latin-1"]
    kind = rng.choice(
        ["utf-8"] * 6 + ["bom", "none", "utf-16-le", "utf-16-be", "before"] + (one_byte * 2 if beyond else one_byte)
    )
    encoding: Note = ("encoding", "")
    if kind in ("latin-1", "cp1252") and _fits(text, kind):
        declared = {"latin-1": "ISO-8859-1", "cp1252": rng.choice(["windows-1252", "Windows-1252"])}[kind]
        # What is in ASCII reads the same whatever is declared.
        return [], [f'<?xml version="1.0" encoding="{declared}"?>'], kind, [encoding] if beyond else []
    if kind.startswith("utf-16"):
        return [], ['<?xml version="1.0" encoding="utf-16"?>'], kind, [encoding]
    if kind == "undeclared latin-1" and beyond and _fits(text, "latin-1"):
        return [], [_UTF8], kind, []
    if kind == "before":
        blank: Note = ("something before the declaration", "")
        return [rng.choice(["", "  ", "\t"]) for _each in range(rng.randint(1, 3))], [_UTF8], "utf-8", [blank]
    return [], [] if kind == "none" else [_UTF8], "utf-8-sig" if kind == "bom" else "utf-8", []


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encoded(text: str, encoding: str) -> bytes:
    if encoding.startswith("utf-16"):
        return f"\ufeff{text}".encode(encoding)
    return text.encode("latin-1" if encoding == "undeclared latin-1" else encoding)


def _line(kind: Kind, head: list[str]) -> int:
    return len(head) if kind == "something before the declaration" else 1


def _refusal(draft: Draft, before: int) -> Refusal | None:
    if draft.break_at is None or draft.break_cause is None:
        return None
    # An element that is not closed is noticed at its parent's end.
    line = None if draft.break_cause == "element not closed" else before + draft.break_at + 1
    return Refusal(draft.break_cause, line, draft.break_name)


def _first_byte_beyond_ascii(content: bytes) -> Refusal:
    at = next(place for place, byte in enumerate(content) if byte > 127)
    return Refusal("undeclared encoding", content.count(b"\n", 0, at) + 1)


def _no_provisioning_file(rng: random.Random, name: str) -> Sample:
    """What lies about among provisioning files, or was downloaded instead of one."""
    content, refusal = rng.choice(
        [
            ("reg.1.label=1001\nup.idleTimeout=60\n", Refusal("no XML", 1, "reg.1.label")),
            ("# settings\nreg.1.label = Desk\n", Refusal("no XML", 2, "reg.1.label")),
            ('{"reg.1.label": "Desk"}\n', Refusal("no XML", 1)),
            ("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", Refusal("web page", 1)),
            ("<html>\n<head><title>404</title></head></html>\n", Refusal("web page", 1)),
            ("", Refusal("empty", None)),
            (" \n\n", Refusal("empty", None)),
            ('<a reg.1.label="1"/>\n<b reg.2.label="2"/>\n', Refusal("two roots", 2, "b")),
            ('<a reg.1.label="1"/>\nthe end\n', Refusal("text outside", 2)),
        ]
    )
    return Sample(name, content.encode(), refusal=refusal)
