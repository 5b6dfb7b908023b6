# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unfinished values are told apart from finished ones that look odd."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.unfinished import (
    BLANKS,
    ONLY_PLACEHOLDER,
    PLACEHOLDER,
    TEMPLATE,
    doubts,
)

UNFINISHED = {
    TEMPLATE: ["{{ label }}", "sip.{{ domain }}", "{% if x %}1{% endif %}", "{{\n x }}"],
    PLACEHOLDER: [
        "{$SERVER_IP}",
        "https://{$line.server}/x",
        "##YourLabel##",
        "sip:##ext##@example.org",
        "%%NAME%%",
        "@@SITE_NAME@@",
        "[PHONE_MAC_ADDRESS]",
        "phone-[PHONE_MAC_ADDRESS].cfg",
        "[MACADDRESS]",
        "http://${host}/",
        "<%= @label %>",
        "<?php echo $x ?>",
        "<?= $x ?>",
    ],
    ONLY_PLACEHOLDER: [
        "$localip",
        "${EXTENSION}",
        "$(NAME)",
        "%USERNAME%",
        "@SERVER@",
        "__LABEL__",
        "CHANGEME",
        "<change-me>",
    ],
    BLANKS: [" x", "x ", "x\n", "\tx", "\n", "x\u00a0"],
}
FINISHED = [
    "",
    " ",
    "  ",
    "60",
    "Sales & Service",
    "[2-9]11|0T|011xxx.T|[0-1][2-9]xxxxxxxxx|[2-9]xxxxxxxxx|[2-9]xxxT",
    "##xxT##|**xx",
    "*97$Tinvite$",
    "$FSpeedDial1$",
    "$P1N4$$Trefer$",
    "!call-park$P1N4$",
    "^[A-Z]+$",
    "sip:[2001:db8::1]:5060",
    "<sip:1001@example.org>",
    "Alert-Info: <http://127.0.0.1/Bellcore-dr2>",
    "[HALL] Desk",
    "100%",
    "50%% off, 20%% on",
    "# 1",
    "#31#",
    "*#06#",
    "a{2}b",
    "{ }",
    "$5 lunch",
    "US$",
    "http://example.org/?a=%20b%20",
    "user@example.org",
    "@",
    "__",
    "Change of plan",
    "CST6CDT,M3.2.0,M11.1.0",
]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in UNFINISHED.items() for value in values])
def test_an_unfinished_value_is_found(kind: str, value: str) -> None:
    assert doubts(value) == [kind]


@pytest.mark.parametrize("value", FINISHED)
def test_a_finished_value_is_none(value: str) -> None:
    assert doubts(value) == []


@pytest.mark.parametrize("piece", ["{{", "{%", "##a", "@@ ", "[A_", "<%", "${a", "\n"])
def test_a_long_value_is_judged_at_once(piece: str) -> None:
    doubts(piece * 1_000_000)
