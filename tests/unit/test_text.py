# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Foreign text: safe to show, bounded, and without logins."""

from __future__ import annotations

import base64
import random
import time
import urllib.parse

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._text import (
    clean,
    forms,
    hide_all_logins,
    hide_logins,
    nearest,
)


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("4711", "4711"),
        (4711, "4711"),
        ("", ""),
        ("Zürich, 東京", "Zürich, 東京"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hcleared", "cleared"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;http://192.0.2.1\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred in one byte", "red in one byte"),
        ("\x1bPsixel\x1b\\after", "after"),
        ("cut \x1b[31", "cut 31"),
        ("bell\x07 null\x00 delete\x7f next line\x85", "bell null delete next line"),
        ("turned \u202eegnahc\u202c", "turned egnahc"),
        ("isolated \u2066a\u2069", "isolated a"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041", "tag"),
        ("paragraph\u2029line\u2028", "paragraph line"),
        ("half a pair \ud800", "half a pair"),
        ("no\u00a0break", "no break"),
    ],
)
def test_foreign_text_becomes_one_safe_line(foreign: object, shown: str) -> None:
    assert clean(foreign) == shown


@pytest.mark.parametrize("length", [199, 200, 201, 5_000, 4_000_000])
def test_no_text_is_longer_than_it_may_be(length: int) -> None:
    shown = clean("x" * length)
    assert len(shown) == min(length, 200) and shown.endswith("...") == (length > 200)
    assert len(clean("\u202e" * length)) <= 200


PASSWORD = "Tele+fon/2026 ä<1"


@pytest.mark.parametrize(
    "echoed",
    [
        PASSWORD,
        PASSWORD.upper(),
        urllib.parse.quote(PASSWORD),
        urllib.parse.quote_plus(PASSWORD),
        base64.b64encode(f"Polycom:{PASSWORD}".encode()).decode(),
        base64.b64encode(f"Polycom:{PASSWORD}".encode("latin-1")).decode().rstrip("="),
        base64.b64encode(PASSWORD.encode()).decode(),
        PASSWORD.replace("<", "&lt;"),
        PASSWORD.replace("ä", "\\u00e4"),
        "Tele\u200b+fon/\x1b[31m2026 ä<1",
        "Tele+fon/2026\n ä<1",
    ],
)
def test_a_password_is_masked_in_every_form(echoed: str) -> None:
    assert clean(f"refused: {echoed}!", secrets=forms("Polycom", PASSWORD)) == "refused: ***!"
    assert clean(f"refused:{echoed}x", secrets=forms("Polycom", PASSWORD)) == "refused:***x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("456", "***"),
        ("password=456;", "password=***;"),
        ("pw_456", "pw_***"),
        ("4567 1456 14560 a456", "4567 1456 14560 a456"),
    ],
)
def test_a_short_password_is_masked_only_where_it_stands_alone(text: str, shown: str) -> None:
    assert clean(text, secrets=forms("Polycom", "456")) == shown


def test_a_long_number_is_masked_only_where_it_stands_alone() -> None:
    assert clean("12345678 and 912345678", secrets=["12345678"]) == "*** and 912345678"


def test_no_part_of_a_password_is_left_where_a_text_is_cut() -> None:
    for offset in range(30):
        shown = clean("\u202e" * (10_000 - offset) + PASSWORD + "x" * 50, secrets=forms("Polycom", PASSWORD))
        assert "Tel" not in shown, offset
        assert "Tel" not in clean("x" * (200 - offset) + PASSWORD, secrets=forms("Polycom", PASSWORD))


def test_without_a_password_there_is_nothing_to_mask() -> None:
    assert forms("Polycom", "") == () and clean("text", secrets=forms("Polycom", "")) == "text"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://cfg.example.com/phones", "https://cfg.example.com/phones"),
        ("https://cfg.example.com:8443/a@b", "https://cfg.example.com:8443/a@b"),
        ("http://[2001:db8::1]:80/x@y", "http://[2001:db8::1]:80/x@y"),
        ("ftp://admin:pa55@cfg.example.com/phones", "ftp://***@cfg.example.com/phones"),
        ("FTPS://admin:pa55@192.0.2.1:990", "FTPS://***@192.0.2.1:990"),
        ("https://token@cfg.example.com/", "https://***@cfg.example.com/"),
        ("https://a:b@c@cfg.example.com/", "https://***@cfg.example.com/"),
        ("https://a:b/c@cfg.example.com/", "https://***@cfg.example.com/"),
        ("https://a:b?c#d@cfg.example.com/", "https://***@cfg.example.com/"),
        ("https://a:two words@cfg.example.com/", "https://***@cfg.example.com/"),
        ("https://a:p%40ss@cfg.example.com/", "https://***@cfg.example.com/"),
        ("admin:pa55@cfg.example.com/phones", "***@cfg.example.com/phones"),
        ("first ftp://a:b@x.example, then http://c:d@y.example", "first ftp://***@x.example, then http://***@y.example"),
        ('{"url": "ftp://a:b@x.example/1"}', '{"url": "ftp://***@x.example/1"}'),
        ("https://x.example/get?user=a&pw=b&mac=0004f2000001#top", "https://x.example/get?user=***&pw=***&mac=0004f2000001#top"),
        ("https://x.example/get?mac=1&amp;access_token=b", "https://x.example/get?mac=1&amp;access_token=***"),
        ("https://x.example/?keyboard=1&spin=2", "https://x.example/?keyboard=1&spin=2"),
        ("sip:1001@example.com;user=phone", "sip:1001@example.com;user=phone"),
        ("<sips:1001@example.com>", "<sips:1001@example.com>"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("sip:1001:pa55@example.com", "sip:***@example.com"),
        ("1001@example.com", "1001@example.com"),
        ("[2-9]11|0T|*97@example.com", "[2-9]11|0T|*97@example.com"),
        ("00:04:f2:00:00:01", "00:04:f2:00:00:01"),
        ("", ""),
        ("admin:p@55@cfg.example.com:8080/phones", "***@cfg.example.com:8080/phones"),
        ("admin:pa/55@192.0.2.1", "***@192.0.2.1"),
        ("admin:pa55@[2001:db8::1]/x", "***@[2001:db8::1]/x"),
        ("admin:pa55@cfg/phones", "***@cfg/phones"),
        ("admin:pa55@cfg:8080", "***@cfg:8080"),
        ("a:b@x.example, c:d@y.example", "***@x.example, ***@y.example"),
        ('server="admin:pa55@cfg.example.com" label="x"', 'server="***@cfg.example.com" label="x"'),
        ("cfg.example.com/get?token=b", "cfg.example.com/get?token=***"),
        ("https://x.example/?next=/y?pw=b&pin=c d&pin=e", "https://x.example/?next=/y?pw=***&pin=*** d&pin=e"),
    ],
)  # fmt: skip
def test_a_login_inside_a_url_is_hidden_and_the_rest_stays(value: str, shown: str) -> None:
    assert hide_logins(value) == shown
    assert hide_logins(shown) == shown


@pytest.mark.parametrize(
    "value",
    [
        "Mon 10:00@Room.1",
        "10:00@Room.1",
        "9:30@hall.example",
        "8:00:00@hall.example",
        "08:00-17:00@hall.example",
        "Room:12@north",
        "Ext:1001@pbx.example.org",
        "urn:uuid:1@x.example",
        "cid:abc@x.example",
        "Lager: x@y",
        "Lager: x@y.example",
        "Call Anna:anna@office.example",
        "E-Mail:anna@office.example",
        "Q:A@home 2",
        "sip:1001:5060@example.org",
        "sips:1001:5061@192.0.2.1",
        "00:04:f2:00:00:01@cfg.example.com",
        "cfg.example.com:8443/a@b.example",
        "192.0.2.1:5060?x=@b.example",
        "1001@pbx.example.org:5060",
        "Tom&pin=12",
        "Q&A?user=anna",
        "who?token=ring",
        "Tea?user=a at https://x.example/",
        "a=1&key=2",
    ],
)
def test_what_only_resembles_a_login_stays_whole(value: str) -> None:
    assert hide_logins(value) == value


def test_logins_are_hidden_in_nested_values() -> None:
    given = {"a": ["ftp://a:b@c", 1, None, True], "b": {"c": ("x:y@z.example", 2.5)}}
    assert hide_all_logins(given) == {"a": ["ftp://***@c", 1, None, True], "b": {"c": ("***@z.example", 2.5)}}


def test_hostile_text_ends() -> None:
    """A minute is generous: each takes some milliseconds, unless the time grows with the square of the length."""
    started = time.process_time()
    rng = random.Random(1)
    for text in (
        "://",
        "a:",
        "?a_",
        "a:a@",
        "://a:b",
        "\x1b[1;",
        "\x1b]",
        "x://u:p/",
        "&user=",
        "@",
        "a_a_a_",
        "=a:@",
        "a.b?",
        ",a:b@c.de/",
        "a:b@a.",
    ):
        hide_logins(text * 100_000)
        clean(text * 100_000, secrets=forms("Polycom", "password-of-a-phone"))
    hide_logins("".join(rng.choices("a:/@?&=_ \x1b[", k=500_000)))
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("vvx_scpe", "vvx_scope"),
        ("VVX_Scope", "vvx_scope"),
        ("vvx-serial", "vvx_serial"),
        ("vvx_serail", "vvx_serial"),
        ("vvx_max_fail_percent", "vvx_max_fail_percentage"),
        ("timezone", None),
        ("", None),
        ("x" * 1_000_000, None),
    ],
)
def test_the_name_that_somebody_meant(written: str, meant: str | None) -> None:
    assert nearest(written, ["vvx_scope", "vvx_serial", "vvx_max_fail_percentage"]) == meant
