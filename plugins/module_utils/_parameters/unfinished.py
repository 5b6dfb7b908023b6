# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that look unfinished: a placeholder that nobody filled in, a blank or line end that nobody meant.

Only what no finished value looks like: digit maps, macros of soft keys ($Tinvite$) and URLs must not be taken for it.
Secrets are never looked at, because a password may hold all of these.
"""

from __future__ import annotations

import re

_JINJA = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}", re.DOTALL)
_ANYWHERE = re.compile(
    r"\{\$[A-Za-z_][\w.>-]*\}"  # Smarty
    r"|\$\{[A-Za-z_][\w.]*\}"  # shells
    r"|<%.{1,200}?%>|<\?(?:php|=).{1,200}?\?>"  # ERB, PHP
    r"|\[(?:MAC|MACADDRESS|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\]"  # the vendor's own: [PHONE_MAC_ADDRESS]
    r"|(##|%%|@@)(?![xXTRSs]+\1)[A-Za-z_][\w -]{0,80}\1",
    re.DOTALL,
)
_WHOLE = re.compile(
    r"\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}|\$\([A-Za-z_]\w*\)|%[A-Z_]{3,}[0-9]*%|@[A-Z_]{3,}[0-9]*@|__[A-Z][A-Z0-9_]*__"
    r"|[<\[]?(?:CHANGE|REPLACE|FILL)[-_ ]?(?:ME|THIS|IN)[>\]]?",
    re.IGNORECASE,
)
_SUSPICIOUS = frozenset("{$<[#%@_")
_LOOK = 20_000
"""More characters than a parameter can have over REST."""
_WORDS = ("change", "replace", "fill")

TEMPLATE = "looks unfinished: it contains {{ }} or {% %}, which stays as it is (template: true renders files)"
PLACEHOLDER = "looks unfinished: it contains a placeholder"
ONLY_PLACEHOLDER = "looks unfinished: it is nothing but a placeholder"
BLANKS = "begins or ends with a blank or line end, which the phone may take for a part of it"


def doubts(value: str) -> list[str]:
    """What is probably wrong with a value that is no secret; never with the value itself."""
    found = []
    bare = value.strip()[:_LOOK]
    if value != value.strip() and value.strip(" "):
        found.append(BLANKS)
    if _SUSPICIOUS.isdisjoint(bare) and not bare.lower().startswith(_WORDS):
        return found
    if _WHOLE.fullmatch(bare):
        found.append(ONLY_PLACEHOLDER)
    elif _JINJA.search(bare):
        found.append(TEMPLATE)
    elif _ANYWHERE.search(bare):
        found.append(PLACEHOLDER)
    return found
