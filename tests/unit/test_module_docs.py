# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of modules and plugins say what their documentation says, as Markdown that GitHub shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from antsibull_docs_parser.dom import PluginIdentifier

from support import module_docs
from support.markup import Markup, code, table
from support.returns import MODULES, documented_options

MODULE = PluginIdentifier("polycom.vvx.vvx_config", "module")
PAGES = module_docs.pages()


def _address(plugin: PluginIdentifier, part: str | None) -> str | None:
    if not plugin.fqcn.startswith("polycom.vvx.") or plugin == MODULE:
        return None
    return f"{plugin.fqcn.rpartition('.')[2]}.md{f'#{part}' if part else ''}"


def _prose(text: str) -> str:
    return Markup(MODULE, _address).prose(text).rstrip("\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_current(page: Path) -> None:
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    assert written == PAGES[page], "run nox -s generate"


def test_no_page_is_left_of_something_removed() -> None:
    assert module_docs.stale() == []


@pytest.mark.parametrize("module", MODULES)
def test_every_option_of_a_module_is_on_its_page(module: str) -> None:
    text = PAGES[module_docs.FOLDERS[0] / f"{module}.md"]
    assert [option for option in documented_options(module) if f"`{option}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_brackets_in_code_are_closed(page: Path) -> None:
    r"""C(f(x)) ends at the first bracket; write V(f(x\))."""
    prose = re.sub(r"^```.*?^```", "", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    assert [each for each in re.findall(r"`([^`]+)`", prose) if each.count("(") != each.count(")")] == []


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("C(a_b) V(true) E(VVX_HOST)", "`a_b` `true` `VVX_HOST`"),
        (r"V(f(x\)) V(a\\b)", r"`f(x)` `a\b`"),
        ("C(a`b) C(`)", "``a`b`` `` ` ``"),
        ("O(host) O(use_ssl=false)", "`host` `use_ssl=false`"),
        ("O(polycom.vvx.vvx_info#module:raw)", "[`raw`](vvx_info.md#raw) of `polycom.vvx.vvx_info`"),
        ("RV(error)", "`error`"),
        ("RV(polycom.vvx.vvx_info#module:info.calls[].handle)",
         "[`info.calls[].handle`](vvx_info.md#return-values) of `polycom.vvx.vvx_info`"),
        ("M(polycom.vvx.vvx_info) M(ansible.builtin.set_stats)",
         "[`polycom.vvx.vvx_info`](vvx_info.md) `ansible.builtin.set_stats`"),
        ("P(polycom.vvx.to_cfg#filter)", "[`polycom.vvx.to_cfg`](to_cfg.md)"),
        ("B(bold) I(italic)", "<b>bold</b> <em>italic</em>"),
        ("L(manual, https://example.org/a)", r"[manual](https\:\/\/example\.org\/a)".replace(r"\/", "/")),
        ("snake_case _x_ 2*3*4 <a> [b](c) ~/.local a&amp;b R&D 50% | bar",
         r"snake_case \_x\_ 2\*3\*4 \<a> \[b\](c) \~/.local a\&amp;b R&D 50% | bar"),
    ],
)  # fmt: skip
def test_markup_becomes_markdown(markup: str, markdown: str) -> None:
    assert _prose(markup) == markdown


def test_bad_markup_is_refused() -> None:
    with pytest.raises(ValueError, match="closing"):
        _prose("M(nothing")


@pytest.mark.parametrize("start", ["- x", "+ x", "# x", "> x", "12. x", "=== x", "--- x"])
def test_a_line_of_a_paragraph_starts_no_list_or_heading(start: str) -> None:
    line = _prose("a" * 119 + f" {start}").splitlines()[1]
    assert re.fullmatch(r"(12\\\.|\\[-+#>=]+) x", line), line


def test_lines_end_outside_of_code() -> None:
    assert _prose("a" * 115 + " C(- b c)").splitlines() == ["a" * 115, "`- b c`"]


def test_a_cell_is_one_line_without_borders() -> None:
    cell = Markup(MODULE, _address).cell(["C(a | b)", "second\nline"])
    assert table(("A", ""), [[cell, code("x\n  y")]]) == "| A | |\n|---|---|\n| `a \\| b`<br>second line | `x y` |\n"
