# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundled table: sorted, without repetition, and consistent."""

from __future__ import annotations

import re

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import names, table, values
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.bundled import BASES, BUNDLED_TABLE


def test_the_table_is_in_order_and_says_nothing_twice() -> None:
    lines = BUNDLED_TABLE.strip().splitlines()
    listed = [line.split()[0] for line in lines]
    assert len(lines) > 500
    assert listed == sorted(listed, key=str.lower), "keep the table sorted"
    assert len({name.lower() for name in listed}) == len(listed)
    for line in lines:
        words = [word.split("@")[0] for word in line.split()[2:] if not word.startswith("=")]
        assert len(words) == len(set(words)) and line == " ".join(line.split()), line


@pytest.mark.parametrize("name", table.TABLE)
def test_what_the_table_says_of_a_parameter_is_consistent(name: str) -> None:
    known = table.TABLE[name]
    assert re.fullmatch(r"[A-Za-z][\w.-]*", name) and names.pattern(name) == name
    assert not names.is_companion(name), "companions have a rule"
    assert (known.basis in BASES) is (known.restart != "unknown")
    assert known.lowest is None or known.highest is None or known.lowest <= known.highest
    spellings = [spelling.lower() for choice in known.choices for spelling in choice]
    assert len(spellings) == len(set(spellings))
    assert known.default is None or values.misfit(known.default, known) is None, "the default fits"
    assert known.default is None or values.canonical(known.default, known) == known.default or known.type == "enum", (
        "the default is in the phone's spelling"
    )
    if name.startswith("device."):
        assert known.default is None, "what is in the flash memory is no default"
    if known.secret or table.is_secret(name):
        assert known.default is None and known.type in (None, "str")
