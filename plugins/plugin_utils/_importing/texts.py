# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as the import writes it: every value in quotes, so that it stays the text that the file had, and never runs as a
template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEAD = "# Written by polycom.vvx.import_cfg from provisioning files. Another import compares it with what it finds."
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
"""Names that YAML takes for nothing but a text."""
_TEMPLATE = re.compile(r"\{[{%#]|^#jinja2")


def document(variables: Mapping[str, Iterable[str]]) -> str:
    """A file of variables. Of each, the lines below its name; none for an empty dictionary."""
    lines = [HEAD, "---"]
    for name, below in variables.items():
        inner = list(below)
        if isinstance(below, str):
            lines.append(f"{name}: {below}")
        else:
            lines += [f"{name}:", *(f"  {line}" for line in inner)] if inner else [f"{name}: {{}}"]
    return "\n".join([*lines, ""])


def key(name: str) -> str:
    """The name of a parameter as a key."""
    return name if _PLAIN.fullmatch(name) else quoted(name)


def value(text: str) -> str:
    """A text as a value. What Ansible would run as a template is marked as unsafe."""
    return f"!unsafe {quoted(text)}" if _TEMPLATE.search(text) else quoted(text)


def template(variable: str, name: str) -> str:
    """A value that is in a variable with secrets."""
    return quoted(f'{{{{ {variable}["{name}"] }}}}')


def quoted(text: str) -> str:
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def comment(text: str) -> str:
    """A text as a comment of one line, whatever it holds."""
    return "# " + "".join(character if character.isprintable() else "?" for character in text)
