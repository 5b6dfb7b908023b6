# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines about phones and about reports, for people."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import listing


def facts(registered: bool | None = True, **device: Any) -> dict[str, Any]:
    line = {"line": 1, "label": "Reception", "registered": registered}
    return {
        "device": {"model": "VVX 411", "firmware": "5.9.3.1", "mac": "00:04:f2:aa:bb:cc", **device},
        "lines": [line],
    }


def test_a_line_for_each_phone_in_the_order_of_people() -> None:
    phones = {"desk-10": facts(), "desk-2": facts(False), "desk-3": facts(None, firmware=None), "lost": {}}
    assert listing.text(phones, 100).splitlines() == [
        "host     model    firmware  MAC                first line",
        "desk-2   VVX 411  5.9.3.1   00:04:f2:aa:bb:cc  Reception: not registered",
        "desk-3   VVX 411  -         00:04:f2:aa:bb:cc  Reception: unknown",
        "desk-10  VVX 411  5.9.3.1   00:04:f2:aa:bb:cc  Reception: registered",
        "lost     -        -         -                  -",
    ]
    assert listing.text({"a": {"device": {"model": "VVX 411"}}}, 80).splitlines()[0].split()[-1] == "MAC"
    assert listing.text({}, 80) == ""


@pytest.mark.parametrize("width", [80, 120])
def test_thousands_of_phones_are_counted(width: int) -> None:
    lines = listing.text({f"phone-{number}": facts() for number in range(2000)}, width).splitlines()
    assert len(lines) == 1 + listing.MOST + 1 and max(map(len, lines)) <= width
    assert lines[-1] == "... and 1800 more phones; -e vvx_facts_file=facts.json writes all to a file."
