# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values: what YAML gives becomes what the phone gets, and equal means equal."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import values
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.fact import Fact
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.table import fact
from hypothesis import given
from hypothesis import strategies as st

UNKNOWN = Fact()
BOOL = Fact("bool")
INT = Fact("int")
STR = Fact("str")
SERVER_TYPE = fact("device.prov.serverType")
TRANSPORT = fact("reg.1.server.1.transport")

FACTS = st.sampled_from([UNKNOWN, BOOL, INT, STR, SERVER_TYPE, TRANSPORT])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["1", "0", "true", "FALSE", "yes", "off", "007", "-3", "+5", " 1 ", "https", "HTTPS", "3", "UDPonly", "tls", ""]
)


@pytest.mark.parametrize(
    ("value", "known", "wire"),
    [
        (True, UNKNOWN, "1"),
        (False, BOOL, "0"),
        (60, UNKNOWN, "60"),
        (-20, INT, "-20"),
        ("yes", BOOL, "1"),
        ("False", BOOL, "0"),
        ("yes", UNKNOWN, "yes"),
        ("yes", STR, "yes"),
        ("  two blanks ", STR, "  two blanks "),
        ("007", INT, "7"),
        ("007", UNKNOWN, "007"),
        ("https", SERVER_TYPE, "3"),
        (3, SERVER_TYPE, "3"),
        ("udponly", TRANSPORT, "UDPOnly"),
        ("Zürich ☎", STR, "Zürich ☎"),
        ("", UNKNOWN, ""),
    ],
)
def test_yaml_becomes_wire_text(value: object, known: Fact, wire: str) -> None:
    assert values.canonical(value, known) == wire


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "is null"),
        ([1], "a list"),
        ({"a": 1}, "a dictionary"),
        (1.10, "quotes"),
        (datetime.date(2026, 1, 1), "quotes"),
        (b"bytes", "a bytes"),
        ("half \ud800", "can't be sent"),
    ],
)
def test_what_can_not_be_sent_is_refused_with_the_reason(value: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        values.canonical(value, UNKNOWN)
    assert str(value) not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "known", "same"),
    [
        ("1", "true", BOOL, True),
        ("1", "true", UNKNOWN, False),
        ("0", "off", BOOL, True),
        ("1", "2", BOOL, False),
        ("007", "7", INT, True),
        ("7", "7.0", INT, False),
        ("3", "HTTPS", SERVER_TYPE, True),
        ("3", "HTTP", SERVER_TYPE, False),
        ("UDPonly", "UDPOnly", TRANSPORT, True),
        ("Desk", "desk", STR, False),
        ("a", "a ", STR, False),
        ("", "0", BOOL, False),
        ("", "0", INT, False),
    ],
)
def test_equality_is_by_type_where_the_type_is_known(one: str, other: str, known: Fact, same: bool) -> None:
    assert values.equal(one, other, known) is same


@given(TEXTS, FACTS)
def test_canonical_texts_stay_as_they_are(text: str, known: Fact) -> None:
    once = values.canonical(text, known)
    assert values.canonical(once, known) == once
    assert values.equal(text, once, known)


@given(TEXTS, TEXTS, FACTS)
def test_equality_is_symmetric_and_agrees_with_the_wire_text(one: str, other: str, known: Fact) -> None:
    assert values.equal(one, other, known) == values.equal(other, one, known)
    if values.canonical(one, known) == values.canonical(other, known):
        assert values.equal(one, other, known)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_whole_numbers_go_as_their_digits(value: int) -> None:
    assert values.canonical(value, UNKNOWN) == str(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_of_unknown_parameters_go_untouched(text: str) -> None:
    assert values.canonical(text, UNKNOWN) == text


def test_a_number_where_a_text_belongs_is_doubtful() -> None:
    assert "quotes" in (values.doubt(83, STR) or "")
    assert values.doubt("0123", STR) is None
    assert values.doubt(83, UNKNOWN) is None


@pytest.mark.parametrize("known", [STR, SERVER_TYPE, INT])
def test_a_boolean_where_something_else_belongs_is_doubtful(known: Fact) -> None:
    assert "boolean" in (values.doubt(True, known) or "")


@pytest.mark.parametrize("known", [BOOL, UNKNOWN, Fact("int", lowest=0, highest=1)])
def test_a_boolean_where_1_and_0_belong_is_none(known: Fact) -> None:
    assert values.doubt(False, known) is None


@pytest.mark.parametrize(
    ("text", "known", "reason"),
    [
        ("1", BOOL, None),
        ("FALSE", BOOL, None),
        ("2", BOOL, "not a boolean"),
        ("", BOOL, None),
        ("5", INT, None),
        ("5.0", INT, "whole number"),
        ("", INT, None),
        ("", Fact("int", lowest=5, highest=60, firm=True), None),
        ("-1", Fact("int", lowest=0, highest=9), "below the minimum of 0"),
        ("10", Fact("int", lowest=0, highest=9), "above the maximum of 9"),
        ("9", Fact("int", lowest=0, highest=9), None),
        ("", Fact("int", lowest=1, may_be_empty=True), None),
        ("", STR, None),
        ("x" * 6, Fact("str", lowest=5, highest=5), "longer than 5"),
        ("", Fact("str", lowest=5, highest=5), None),
        (" ", Fact("str", lowest=5, highest=5), "shorter than 5"),
        ("https", SERVER_TYPE, None),
        ("3", SERVER_TYPE, None),
        ("gopher", SERVER_TYPE, "0=FTP, 1=TFTP"),
        ("", SERVER_TYPE, None),
        ("", TRANSPORT, None),
        ("anything", UNKNOWN, None),
    ],
)
def test_what_does_not_fit_is_told_with_the_reason_and_without_the_value(
    text: str, known: Fact, reason: str | None
) -> None:
    message = values.misfit(text, known)
    assert message is None if reason is None else reason in (message or "")


@given(TEXTS, FACTS)
def test_the_wire_text_fits_if_what_was_written_does(text: str, known: Fact) -> None:
    assert values.misfit(values.canonical(text, known), known) == values.misfit(text, known)


@pytest.mark.parametrize(
    ("text", "known", "answer"),
    [
        ("", BOOL, True),
        ("", INT, True),
        ("", TRANSPORT, True),
        ("", STR, False),
        ("", UNKNOWN, False),
        ("", SERVER_TYPE, False),
        ("", Fact("int", may_be_empty=True), False),
        (" ", INT, False),
        ("0", BOOL, False),
    ],
)
def test_an_empty_text_means_the_default_where_it_can_be_no_value(text: str, known: Fact, answer: bool) -> None:
    assert values.means_default(text, known) is answer
