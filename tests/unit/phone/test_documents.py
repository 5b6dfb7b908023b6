# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON from a phone, read in bounds."""

from __future__ import annotations

import json

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.documents import DEEPEST, Unreadable, read


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", "is not a JSON object"),
        (b"\xff\xfe", "is not a JSON object"),
        (b"[1]", "is not a JSON object"),
        (b'{"a": 1} {"a": 2}', "is not a JSON object"),
        (b'{"a": ' * DEEPEST + b"1" + b"}" * DEEPEST, None),
        (b'{"a": ' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "is nested too deeply"),
        (b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}", "is nested too deeply"),
        (b'{"a": ' + b"[" * 2_000_000, "is nested too deeply"),
        (b'{"a": ' * 700_000, "is nested too deeply"),
        (b'{"a": 18446744073709551615}', None),
        (b'{"a": ' + b"9" * 21 + b"}", "holds a number of 21 digits"),
        (b'{"a": [-' + b"9" * 2_000_000 + b"]}", "holds a number of 2000001 digits"),
    ],
)
def test_a_document_is_read_in_bounds(content: bytes, flaw: str | None) -> None:
    if flaw is None:
        assert read(content)
    else:
        with pytest.raises(Unreadable) as caught:
            read(content)
        assert str(caught.value) == flaw


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e400"])
def test_a_number_that_is_none_is_unknown(number: str) -> None:
    assert read(f'{{"a": {number}, "b": 1.5}}'.encode()) == {"a": None, "b": 1.5}


def test_a_wide_document_is_not_deep() -> None:
    document = {"lines": [{"number": number, "calls": [{}]} for number in range(500)]}
    assert read(json.dumps(document).encode()) == document


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"a\\ud800b"', "a\ufffdb"),
        ('"\\udc00"', "\ufffd"),
        ('"\\\\ud800"', "\\ud800"),
    ],
)
def test_half_a_surrogate_pair_never_gets_into_a_text(text: str, read_as: str) -> None:
    assert read(f'{{"a": {text}}}'.encode()) == {"a": read_as}
    assert read(f"{{{text}: 1}}".encode()) == {read_as: 1}
