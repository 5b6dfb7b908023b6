# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digest authentication: challenges of every kind are read or refused in words, and answered as RFC 7616 says."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.request import parse_http_list, parse_keqv_list

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import digest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import ProtocolError

GOOD = 'Digest realm="Phones", nonce="n1", algorithm=MD5, qop="auth"'


def fields(header: str) -> dict[str, str]:
    scheme, _blank, rest = header.partition(" ")
    assert scheme == "Digest"
    return parse_keqv_list(parse_http_list(rest))


def best(header: str) -> digest.Challenge:
    return digest.best(digest.challenges(header), "GET /")


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(monkeypatch: pytest.MonkeyPatch, algorithm: str, response: str) -> None:
    monkeypatch.setattr(digest.secrets, "token_hex", lambda _size: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    header = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", '
        f'algorithm={algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    answered = fields(best(header).answer(("Mufasa", "Circle of Life"), "GET", "/dir/index.html", b"", 1))
    assert answered["response"] == response
    assert answered["opaque"] == "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS" and answered["nc"] == "00000001"


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def test_a_challenge_without_qop_is_answered_as_before_rfc_2617() -> None:
    answered = fields(best('Digest realm="P", nonce="n"').answer(("u", "p"), "GET", "/x?a=b", b"", 3))
    assert answered["response"] == md5(f"{md5('u:P:p')}:n:{md5('GET:/x?a=b')}")
    assert set(answered) == {"username", "realm", "nonce", "uri", "response"}


def test_a_session_and_a_protected_body() -> None:
    challenge = best('Digest realm="P", nonce="n", algorithm=MD5-sess, qop="auth-int"')
    answered = fields(challenge.answer(("u", "p"), "POST", "/x", b"{}", 2))
    session = md5(f"{md5('u:P:p')}:n:{answered['cnonce']}")
    request = md5(f"POST:/x:{md5('{}')}")
    assert answered["response"] == md5(f"{session}:n:00000002:{answered['cnonce']}:auth-int:{request}")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", []),
        ("Basic", [("basic", {})]),
        ('BASIC Realm="a, Digest b=c"', [("basic", {"realm": "a, Digest b=c"})]),
        (
            'Digest realm="a", nonce="b", Basic realm="c"',
            [("digest", {"realm": "a", "nonce": "b"}), ("basic", {"realm": "c"})],
        ),
        (r'Digest realm="a\"b\\c" , nonce = "d"', [("digest", {"realm": r"a\"b\c".replace('\\"', '"'), "nonce": "d"})]),
        ("Negotiate, Digest nonce=b", [("negotiate", {}), ("digest", {"nonce": "b"})]),
        ('Digest nonce="first", nonce="second"', [("digest", {"nonce": "first"})]),
        ('realm="no scheme"', []),
    ],
)
def test_challenges_are_told_apart(header: str, found: list[Any]) -> None:
    assert digest.challenges(header) == found


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("Digest", "without a realm"),
        ('Digest nonce="x"', "without a realm"),
        ('Digest realm="x"', "without a nonce"),
        ('Digest realm="x", nonce=""', "without a nonce"),
        ('Digest realm="x", nonce="never closed', "without a nonce"),
        ('Digest realm="x", nonce="y", algorithm=TOKEN-1', "with the algorithm 'TOKEN-1'"),
        ('Digest realm="x", nonce="y", algorithm="\x1b[31mred\u202e"', "with the algorithm 'red'"),
        ('Digest realm="x", nonce="y", qop="quality"', "with the protection (qop) 'quality'"),
        ('Digest realm="x\r\n Injected: yes", nonce="y"', "with control characters in its realm"),
        ('Digest realm="x", nonce="y\x00"', "with control characters in its nonce"),
    ],
)
def test_a_challenge_that_can_not_be_answered_is_told_in_words(header: str, problem: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        best(header)
    assert f"asks for Digest authentication {problem}" in caught.value.message
    assert caught.value.remedy and caught.value.http_status == 401


def test_the_first_challenge_that_can_be_answered_is_taken() -> None:
    header = 'Digest realm="a", nonce="b", algorithm=NEW, Digest realm="a", nonce="c", algorithm=SHA-256, ' + GOOD
    assert best(header).nonce == "c"


def test_letters_outside_ascii_travel_as_bytes() -> None:
    challenge = best('Digest realm="Z\xfcrich", nonce="n"')
    header = challenge.answer(("Jürgen", "pässword☎"), "GET", "/", b"", 1)
    secret = hashlib.md5("Jürgen:".encode() + b"Z\xfcrich" + ":pässword☎".encode(), usedforsecurity=False).hexdigest()
    assert fields(header)["response"] == md5(f"{secret}:n:{md5('GET:/')}")
    assert 'realm="Z\xfcrich"'.encode("latin-1") in header.encode("latin-1")
    assert 'username="Jürgen"'.encode() in header.encode("latin-1")
