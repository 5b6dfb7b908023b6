# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a filter is given: a result, or an error of Ansible that names the filter and shows no value."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.polycom.vvx.plugins.filter.cfg import FilterModule

FILTERS = FilterModule().filters()
ODD: list[Any] = [
    None, True, 5, 1.5, float("inf"), 10**400, b"bytes", datetime.date(2026, 1, 2), object(), "", " ", "zq-secret\0",
    "half \ud800", "<a", "<a zq='zq-secret' zq='x'>", "<a" * 50_000, "&" * 50_000, "nul\0.xsd", "/dev/null", [], [5],
    [None], [[]], [{}], ["half \ud800"], ["nul\0"], {}, {"a": None}, {"a": ["zq-secret"]}, {1: 2}, {None: "x"},
    {"half \ud800": "x"}, {"a": "half \ud800 zq-secret"}, {"a": "nul\0 zq-secret"}, {"a b": "zq-secret"}, {"": "x"},
    {"a": float("inf")}, {"x" * 100_000: "y"}, {"a": b"zq-secret"},
]  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.filterwarnings("ignore")
def test_no_value_escapes_a_filter(name: str) -> None:
    wrong = []
    for odd in ODD:
        for arguments in ((odd,), *(((["up.idleTimeout"], odd),) if name == "parameter_defaults" else ())):
            try:
                FILTERS[name](*arguments)
            except AnsibleFilterError as error:
                text = str(error)
                shown = "zq-secret" in text and name != "parameter_defaults"  # which is given names and paths
                if f"polycom.vvx.{name}" not in text or shown:
                    wrong.append(f"{str(odd)[:40]!r}: {text[:200]}")
            except Exception as error:
                wrong.append(f"{str(odd)[:40]!r}: {type(error).__name__} {str(error)[:200]}")
    assert wrong == []
