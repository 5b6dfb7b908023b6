# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's markup, such as V(true) and M(polycom.vvx.vvx_config), as Markdown for GitHub."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence

from antsibull_docs_parser import dom
from antsibull_docs_parser.format import LinkProvider
from antsibull_docs_parser.md import MDFormatter, to_md
from antsibull_docs_parser.parser import Context, Whitespace, parse

Address = Callable[[dom.PluginIdentifier, "str | None"], "str | None"]
"""The link to a plugin of this collection, or to one of its options or return values (None: the whole page)."""

_KEPT = "\0"
"""A space that no line ends at, because it stands in code."""


def code(text: str) -> str:
    """Text as code, whatever is in it."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    margin = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{margin}{text}{margin}{fence}".replace(" ", _KEPT)


def linked(text: str, address: str | None) -> str:
    return f"[{text}]({address})" if address else text


def escaped(text: str) -> str:
    """Text that Markdown shows as it is. Underscores within a word mean nothing there."""
    return re.sub(r"[\\`*~<\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)


class _Formatter(MDFormatter):
    """Code as in pages that people write, and as few backslashes as will do."""

    def __init__(self, plugin: dom.PluginIdentifier | None) -> None:
        self.plugin = plugin

    def format_text(self, part: dom.TextPart) -> str:
        return escaped(part.text)

    def format_code(self, part: dom.CodePart) -> str:
        return code(part.text)

    def format_option_value(self, part: dom.OptionValuePart) -> str:
        return code(part.value)

    def format_env_variable(self, part: dom.EnvVariablePart) -> str:
        return code(part.name)

    def format_module(self, part: dom.ModulePart, url: str | None) -> str:
        return linked(code(part.fqcn), url)

    def format_plugin(self, part: dom.PluginPart, url: str | None) -> str:
        return linked(code(part.plugin.fqcn), url)

    def _format_option_like(self, part: dom.OptionNamePart | dom.ReturnValuePart, url: str | None) -> str:
        text = linked(code(part.name if part.value is None else f"{part.name}={part.value}"), url)
        return text if part.plugin in (None, self.plugin) else f"{text} of {code(part.plugin.fqcn)}"


class _Links(LinkProvider):
    def __init__(self, address: Address) -> None:
        self.address = address

    def plugin_link(self, plugin: dom.PluginIdentifier) -> str | None:
        return self.address(plugin, None)

    def plugin_option_like_link(
        self, plugin: dom.PluginIdentifier, entrypoint: str | None, what: str, name: list[str], current_plugin: bool
    ) -> str | None:
        return self.address(plugin, name[0] if what == "option" else "return-values")


class Markup:
    """The texts of one page. ``plugin``: whose options O(name) means."""

    def __init__(self, plugin: dom.PluginIdentifier | None, address: Address) -> None:
        self.plugin = plugin
        self.links = _Links(address)

    def _paragraphs(self, text: str | Sequence[str]) -> list[str]:
        parsed = parse(
            [text] if isinstance(text, str) else text,
            Context(current_plugin=self.plugin),
            errors="exception",
            whitespace=Whitespace.STRIP,
        )
        return [
            to_md([each], formatter=_Formatter(self.plugin), link_provider=self.links, current_plugin=self.plugin)
            for each in parsed
        ]

    def prose(self, text: str | Sequence[str], bullet: str = "") -> str:
        """Wrapped paragraphs, each behind the bullet."""
        gap = "\n" if bullet else "\n\n"
        return gap.join(wrapped(each, bullet) for each in self._paragraphs(text)) + "\n"

    def cell(self, text: str | Sequence[str]) -> str:
        """A cell of a table."""
        return "<br>".join(self._paragraphs(text))


def wrapped(text: str, bullet: str = "") -> str:
    """A paragraph in lines of 120 characters. None but the first begins like a heading or a list."""
    indent = " " * len(bullet)
    lines = textwrap.wrap(
        text,
        120,
        initial_indent=bullet,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    rest = [re.sub(r"^( *)(?=[-+#>=])|^( *\d+)(?=[.)](?: |$))", r"\1\2\\", line) for line in lines[1:]]
    return "\n".join([*lines[:1], *rest]).replace(_KEPT, " ")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; a bar in a cell is no border."""
    cells = [[re.sub(r"[\s\0]*\n[\s\0]*|\0", " ", cell).replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    lines = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in cells]
    return "\n".join([lines[0], f"|{'---|' * len(heads)}", *lines[1:]]) + "\n"
