# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one HTML file that needs nothing but itself: no network, no server, no other file.

Summary, charts, problems and changes are plain HTML, written here (page.html, summary.py). The phones are embedded as JSON, and the page's
own script makes the table of them. The page's Content-Security-Policy lets run only the style and the script whose hashes it names, so a text
from a phone that got past all escaping still could not run or load anything.
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

_SCRIPTS = ("values.js", "state.js", "table.js", "detail.js", "page.js")
"""Joined in this order to one script; the later ones use the earlier ones."""

_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""Inside JSON these stand in strings only, where the escaped form means the same. Without them no text can end the script element."""

_SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of characters. JSON from elsewhere may hold them alone, and no encoding can write them."""

_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What HTML has no way to write."""


@dataclass(frozen=True)
class _Assets:
    template: jinja2.Template
    style: str
    script: str
    policy: str


def render(report: Mapping[str, Any]) -> str:
    """The page as a text to be stored as UTF-8. Equal reports give equal texts.

    ``report``: plain JSON data with ``title``, ``columns``, ``rows``, ``summary`` and ``changes``, as the JSON report has it. Raises ValueError
    for a number that JSON has no word for (infinity).
    """
    assets = _assets()
    return assets.template.render(
        **summary.view(report),
        title=report["title"],
        policy=assets.policy,
        # Our own files, and data that is escaped already.
        style=Markup(assets.style),
        script=Markup(assets.script),
        data=Markup(embed(report)),
    )


def embed(data: Any) -> str:
    """Data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text.translate(_JSON_ESCAPES))


def _writable(value: Any) -> Any:
    """What the template writes, before it is escaped."""
    return value if isinstance(value, (Markup, int)) else _UNREADABLE.sub("\ufffd", str(value))


@functools.cache
def _assets() -> _Assets:
    """The files beside this one, read once per process."""
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_writable,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = _read("page.css")
    script = "\n".join(_read(name) for name in _SCRIPTS)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            # The script never makes HTML out of text; browsers that know these refuse to.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return _Assets(environment.from_string(_read("page.html")), style, script, policy)


def _read(name: str) -> str:
    """Without the licence header, which the whole page has once."""
    text = (_HERE / name).read_text(encoding="utf-8").strip()
    return re.sub(r"\A/\*.*?\*/\s*", "", text, flags=re.DOTALL) if name != "page.html" else f"{text}\n"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
