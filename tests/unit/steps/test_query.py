# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JMESPath queries: what they find, and what a wrong one says."""

from __future__ import annotations

import sys

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps import query

INFO = {"device": {"model": "VVX 411"}, "lines": [{"line": 1, "registered": True}, {"line": 2, "registered": False}]}


@pytest.mark.parametrize(
    ("text", "found"), [("device.model", "VVX 411"), ("lines[?registered].line", [1]), ("network.vlan", None)]
)
def test_an_expression_finds_its_data(text: str, found: object) -> None:
    assert query.searched("query", query.compiled("query", text), INFO) == found


@pytest.mark.parametrize("text", ["device.[", "lines[?", "'"])
def test_an_invalid_expression_names_the_option_on_one_line(text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        query.compiled("columns.vlan", text)
    assert refused.value.message.startswith("columns.vlan: ") and "\n" not in refused.value.message
    assert "https://jmespath.org" in refused.value.remedy


def test_an_expression_that_does_not_fit_the_data() -> None:
    with pytest.raises(SettingsError) as refused:
        query.searched("query", query.compiled("query", "sum(device.model)"), INFO)
    assert refused.value.message.startswith("query: ") and "does not fit" in refused.value.remedy


def test_a_missing_library_names_the_python_to_install_it_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "jmespath", None)
    with pytest.raises(SettingsError, match="query: the Python library jmespath is missing") as refused:
        query.compiled("query", "device")
    assert refused.value.remedy.startswith(
        f"Leave query out, or install it where this task runs: {sys.executable} -m pip install 'jmespath>=1.0'. In AWX,"
    )
