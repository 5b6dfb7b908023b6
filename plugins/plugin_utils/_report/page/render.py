# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one HTML file that needs no network, no server and no other file.

Summary, charts, problems and changes are plain HTML (page.html, summary.py). The phones are embedded as JSON, and the
page's script makes their table. The Content-Security-Policy allows only the style and the script whose hashes it names:
even if a text from a phone got past the escaping, it could not run or load anything.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import summary

_HERE = Path(__file__).parent

_STYLES = ("page.css", "overview.css", "table.css", "views.css", "panel.css", "cards.css", "print.css")
"""Joined to one style in this order; later rules win over equal ones."""

_SCRIPTS = (
    "values.js",
    "marks.js",
    "fields.js",
    "filter.js",
    "state.js",
    "tabs.js",
    "cells.js",
    "select.js",
    "table.js",
    "cards.js",
    "views.js",
    "views_sites.js",
    "views_parameters.js",
    "views_firmware.js",
    "changes.js",
    "phone.js",
    "panel.js",
    "export.js",
    "actions.js",
    "suggest.js",
    "verdict.js",
    "paper.js",
    "page.js",
)
"""Joined to one script in this order; later files use earlier ones."""

_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""In JSON these occur in strings only, where the escape means the same. No text can end the script element then."""

_SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs. JSON may hold one alone, but no encoding can write it."""

_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that HTML cannot hold."""


@dataclass(frozen=True)
class _Assets:
    template: jinja2.Template
    style: str
    script: str
    policy: str


def render(report: Mapping[str, Any], separator: str = ",") -> str:
    """The page, to be stored as UTF-8. Equal reports give equal pages. Raises ValueError for infinity.

    ``report``: as ``report.build`` makes it. ``separator``: of the cells in the CSV that the page lets people download.
    """
    assets = _assets()
    return assets.template.render(
        **summary.view(report),
        title=report["title"],
        separator=separator,
        policy=assets.policy,
        # These are safe: our own files, and escaped data.
        style=Markup(assets.style),
        script=Markup(assets.script),
        data=Markup(embed(report)),
    )


def embed(data: Any) -> str:
    """JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text.translate(_JSON_ESCAPES))


def _writable(value: Any) -> Any:
    """A value of the template, not escaped yet."""
    return value if isinstance(value, (Markup, int)) else _UNREADABLE.sub("\ufffd", str(value))


@functools.cache
def _assets() -> _Assets:
    """The files of this folder, read once per process."""
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_writable,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = "\n".join(map(_read, _STYLES))
    script = "\n".join(map(_read, _SCRIPTS))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            # The script never turns text into HTML; browsers that know these directives enforce it.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return _Assets(environment.from_string(_read("page.html")), style, script, policy)


def _read(name: str) -> str:
    """A file without its license header; the page has one of its own."""
    text = (_HERE / name).read_text(encoding="utf-8").strip()
    return re.sub(r"\A/\*.*?\*/\s*", "", text, flags=re.DOTALL) if name != "page.html" else f"{text}\n"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
