# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write provisioning files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..names import DEVICE_SET, companion, is_companion, switch_is_off

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(parameters: Mapping[str, str]) -> str:
    """A provisioning file with the parameters, in their order, and with the ``.set`` switches that ``device.*`` need.

    Raises ValueError for a name or a character that XML does not allow, and for a switch that is off.
    """
    lines = "".join(f'    {name}="{value}"\n' for name, value in _switched(parameters))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<PHONE_CONFIG>\n  <ALL\n{lines}  />\n</PHONE_CONFIG>\n"


def _switched(parameters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    switches = dict.fromkeys(companion(name) for name in parameters)
    if set(switches) - {None}:
        yield DEVICE_SET, "1"
    written: set[str | None] = {None}
    for name, value in parameters.items():
        if is_companion(name):
            if switch_is_off(value):
                raise ValueError(f"{name} is not 1, so the phone would ignore the value: remove both")
            continue
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a parameter name")
        if _NOT_XML.search(value):
            raise ValueError(f"{name} contains a character that XML does not allow")
        switch = companion(name)
        if switch is not None and switch not in written:
            yield switch, "1"
        written.add(switch)
        yield name, "".join(_ESCAPES.get(character, character) for character in value)
