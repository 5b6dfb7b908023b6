# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run hands over to other jobs and to AWX, as ``set_stats`` does: small and plain, whatever phones say.

AWX gives it to the next job of a workflow as extra variables, where Ansible would run a template that a phone's label
holds.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

LARGEST = 60_000
"""Bytes of a statistic."""
LARGEST_ALTOGETHER = 650_000
"""Bytes of all statistics of a run. AWX drops what has more than 700,000."""
OURS = ("polycom_vvx_", "vvx_summary")
"""How names of this collection's statistics begin."""
_LONGEST = 300
"""Characters of a text in it, if not said otherwise."""
_MOST = 1000
"""Entries of a list."""
_TEMPLATE = re.compile(r"\{(?=[{%#])|[%#}](?=\})")


def harmless(value: Any, longest: int = _LONGEST) -> Any:
    """The same, with nothing in it that is a template, and with short texts."""
    if isinstance(value, str):
        return _TEMPLATE.sub(r"\g<0> ", value[:longest]).encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {harmless(str(name)): harmless(each, longest) for name, each in value.items()}
    return [harmless(each, longest) for each in value] if isinstance(value, (list, tuple)) else value


def bounded(
    make: Callable[[int], Mapping[str, Any]], largest: int = LARGEST, most: int = _MOST, longest: int = _LONGEST
) -> dict[str, Any]:
    """What ``make`` gives with as many entries in each list and mapping as fit. With 0 it has numbers only.
    ``most``: entries to begin with. ``longest``: characters of a text."""
    while True:
        made: dict[str, Any] = harmless(make(most), longest)
        if most < 1 or len(json.dumps(made).encode()) <= largest:
            return made
        most //= 2


def first(entries: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The first entries of a mapping."""
    return dict(list(entries.items())[:most])


def stats(**statistics: Any) -> dict[str, Any]:
    """``ansible_stats`` of a task's result."""
    return {"data": statistics, "per_host": False, "aggregate": False}


def size(value: Any) -> int:
    """Bytes of it, as JSON."""
    return len(json.dumps(value, default=str).encode())


def too_much(statistics: Mapping[str, Any], largest: int = LARGEST_ALTOGETHER) -> list[str]:
    """The names of what a run can't hand over beside all else: the largest of our own, until the rest fits."""
    over = size(dict(statistics)) - largest
    sizes = {name: size({name: value}) for name, value in statistics.items() if name.startswith(OURS)}
    found = []
    for name in sorted(sizes, key=lambda each: -sizes[each]):
        if over > 0:
            found.append(name)
            over -= sizes[name]
    return found


def packed(content: bytes) -> str:
    """Base64 of gzip: no template can hide in it, and the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def unpacked(text: str, most: int) -> bytes:
    """What ``packed`` was given, if it has at most ``most`` bytes, whatever it says of itself. Raises ValueError."""
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unzip.decompress(base64.b64decode(text, validate=True), most)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not unzip.eof or unzip.unused_data:
        raise ValueError("it is cut off, or too large")
    return content
