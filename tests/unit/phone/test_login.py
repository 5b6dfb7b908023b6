# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in: how often a password is sent, in which way, and what is kept between conversations."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import diagnose, facts
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.login import Login
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.transport import Transport
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform

from simulator import Phone, PhoneSpec, Switches
from support.canned import Canned, ok, serve
from support.reach import reach

DEVICE = ENDPOINTS["device_info"]
BOTH, ONLY_BASIC = 'Basic realm="P", Digest realm="P", nonce="n", qop="auth"', 'Basic realm="P"'


def only_digest(nonce: str = "n1", more: str = "") -> str:
    return f'Digest realm="P", nonce="{nonce}", qop="auth"{more}'


class Kept(dict[str, Any]):
    """Logins of a test, as JSON."""

    def recall(self, url: str) -> Mapping[str, Any] | None:
        return json.loads(self[url]) if url in self else None

    def note(self, url: str, learnt: Mapping[str, Any]) -> None:
        self[url] = json.dumps(learnt)


def at(canned: Canned, **changes: Any) -> Settings:
    """Settings for a server that is no simulated phone."""
    return Settings(
        **{"host": "127.0.0.1", "port": canned.port, "password": "p", "use_ssl": False, "retries": 0, **changes}
    )


def login(auth: str = "auto", password: str = "p", logins: Kept | None = None) -> Login:
    return Login("https://phone", "Polycom", [password], auth, logins)


def send(used: Login) -> str:
    """The way of the next request: Basic, Digest or nothing."""
    return (used.header("GET", "/", b"") or "nothing").partition(" ")[0]


def converse(used: Login, *offers: str) -> list[str]:
    """The ways of requests that are answered with HTTP 401 and these offers; the last is answered with 200 if it comes
    after all of them."""
    ways = [send(used)]
    for offer in offers:
        if not used.challenged(offer, ""):
            return ways
        ways.append(send(used))
    used.accepted()
    return ways


@pytest.mark.parametrize(
    ("auth", "offers", "ways", "refused"),
    [
        ("auto", [], ["Basic"], []),
        ("auto", [BOTH], ["Basic"], ["basic"]),
        ("auto", [ONLY_BASIC], ["Basic"], ["basic"]),
        ("auto", [""], ["Basic"], ["basic"]),
        ("auto", ["Negotiate"], ["Basic"], ["basic"]),
        ("auto", [only_digest()], ["Basic", "Digest"], []),
        ("auto", [only_digest(), only_digest("n2")], ["Basic", "Digest"], ["basic", "digest"]),
        ("auto", [only_digest(), only_digest("n2", ", stale=true")], ["Basic", "Digest", "Digest"], []),
        ("auto", [only_digest(), *[only_digest(f"n{i}", ", stale=TRUE") for i in range(9)]],
         ["Basic", "Digest", "Digest"], ["basic"]),
        ("digest", [], ["nothing"], []),
        ("digest", [only_digest()], ["nothing", "Digest"], []),
        ("digest", [BOTH], ["nothing", "Digest"], []),
        ("digest", [BOTH, BOTH], ["nothing", "Digest"], ["digest"]),
        ("digest", [ONLY_BASIC], ["nothing"], []),
        ("digest", [""], ["nothing"], []),
        ("basic", [only_digest()], ["Basic"], ["basic"]),
        ("basic", [BOTH], ["Basic"], ["basic"]),
    ],
)  # fmt: skip
def test_a_password_is_sent_once_in_the_way_that_the_phone_wants(
    auth: str, offers: list[str], ways: list[str], refused: list[str]
) -> None:
    used = login(auth)
    assert converse(used, *offers) == ways
    assert used.refused == refused


def test_a_phone_that_changes_its_mind_ends_it() -> None:
    used = login()
    offers = [only_digest("a"), ONLY_BASIC, only_digest("b"), ONLY_BASIC, only_digest("c"), ONLY_BASIC]
    assert converse(used, *offers) == ["Basic", "Digest"]


def test_a_nonce_serves_many_requests_and_is_renewed() -> None:
    used = login("digest")
    assert converse(used, only_digest()) == ["nothing", "Digest"]
    headers = [used.header("GET", "/", b"") or "" for _each in range(3)]
    assert [f"nc=0000000{count}" in header for header, count in zip(headers, (2, 3, 4), strict=True)] == [True] * 3
    assert used.challenged(only_digest("n2"), "")  # a phone that forgot its nonce and does not say stale
    assert 'nonce="n2"' in (used.header("GET", "/", b"") or "")
    assert not used.challenged(only_digest("n3"), "")


def test_what_an_answer_without_a_login_offers_is_used() -> None:
    used = login()
    used.learn(only_digest())
    assert converse(used) == ["Digest"] and used.refused == []
    used = login()
    used.learn(BOTH)
    assert converse(used) == ["Basic"]


def test_another_password_starts_anew() -> None:
    used = login("digest", password="old")
    converse(used, only_digest())
    used.use("Polycom", "new")
    assert send(used) == "Digest" and not used.challenged(only_digest("n2"), "")
    assert used.refused == ["digest"]
    assert {"old", "new"} <= set(used.secrets)


def test_the_next_conversation_goes_on_with_the_nonce() -> None:
    kept = Kept()
    used = login(logins=kept)
    assert converse(used, only_digest()) == ["Basic", "Digest"]
    used.close()
    again = login(logins=kept)
    assert "nc=00000002" in (again.header("GET", "/", b"") or "")
    assert again.challenged(only_digest("n2"), "")  # the nonce is too old by now
    assert send(again) == "Digest" and not again.challenged(only_digest("n3"), "")
    assert "p" not in json.loads(kept["https://phone"])["challenge"].values()
    assert login("basic", logins=kept).header("GET", "/", b"") == login().header("GET", "/", b"")


def test_a_password_of_another_task_starts_with_the_phones_challenge_and_never_with_basic() -> None:
    kept = Kept()
    wrong = login(password="wrong", logins=kept)
    assert converse(wrong, only_digest(), only_digest("n2")) == ["Basic", "Digest"]
    wrong.close()
    for password in ("wrong", "right"):
        used = login(password=password, logins=kept)
        assert converse(used, only_digest(), only_digest("n2")) == ["nothing", "Digest"]
        assert used.refused == ["digest"]


def test_a_phone_that_now_wants_basic_gets_it() -> None:
    kept = Kept()
    used = login(logins=kept)
    converse(used, only_digest())
    used.close()
    assert converse(login(logins=kept), ONLY_BASIC) == ["Digest", "Basic"]
    assert converse(login(password="other", logins=kept), BOTH) == ["nothing", "Basic"]


@pytest.mark.parametrize("torn", ["{}", '{"challenge": 5, "proof": "x"}', '{"proof": null, "count": []}'])
def test_a_torn_note_is_ignored(torn: str) -> None:
    assert converse(login(logins=Kept({"https://phone": torn})), only_digest()) == ["nothing", "Digest"]


def test_nothing_is_kept_of_phones_that_take_basic() -> None:
    kept = Kept()
    used = login(logins=kept)
    converse(used)
    used.close()
    assert kept == {}


# -- with a phone


def digest_phone(start_fleet: Any, **switches: Any) -> Phone:
    phone: Phone = start_fleet(PhoneSpec(switches=Switches(challenge="digest", **switches)), tls=False).phones[0]
    return phone


@pytest.mark.parametrize(("auth", "first"), [("auto", "basic"), ("digest", "")])
def test_digest_costs_one_request_more_for_all_tasks_together(start_fleet: Any, auth: str, first: str) -> None:
    phone, kept = digest_phone(start_fleet), Kept()
    for _task in range(3):
        with contextlib.closing(Transport(reach(phone, auth=auth, logins=kept))) as transport:
            transport.call(DEVICE)
            transport.call(ENDPOINTS["config_get"], ["reg.1.label"])
    assert [request.auth for request in phone.log] == [first, *["digest"] * 6]


def test_phones_that_take_basic_get_no_request_more(phone: Phone) -> None:
    kept = Kept()
    for _task in range(2):
        with contextlib.closing(Transport(reach(phone, logins=kept))) as transport:
            transport.call(DEVICE)
    assert [request.auth for request in phone.log] == ["basic"] * 2 and kept == {}


@pytest.mark.parametrize(
    ("challenge", "auth", "message", "remedy", "sent"),
    [
        ("digest", "auto", "refused for Polycom", "2 times, with Basic and then with Digest", ["basic", "digest"]),
        ("digest", "digest", "refused for Polycom", "tried once", ["", "digest"]),
        ("digest", "basic", "does not offer Basic", "ansible_vvx_auth to auto", ["basic"]),
        ("basic+digest", "digest", "refused for Polycom", "tried once", ["", "digest"]),
        ("basic", "digest", "Digest authentication; the password was not sent", "ansible_vvx_auth to auto", [""]),
    ],
)  # fmt: skip
def test_the_message_tells_the_true_number_of_attempts(
    start_fleet: Any, challenge: Any, auth: str, message: str, remedy: str, sent: list[str]
) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(challenge=challenge)), tls=False).phones[0]
    with (
        contextlib.closing(Transport(reach(phone, auth=auth, password="wrong"))) as transport,
        pytest.raises(errors.AuthenticationFailed) as caught,
    ):
        transport.call(DEVICE)
    assert message in caught.value.message and remedy in caught.value.remedy
    assert [request.auth for request in phone.log] == sent


def test_a_post_says_nothing_of_what_it_accepts() -> None:
    with serve(ok()) as canned, contextlib.closing(Transport(at(canned))) as transport:
        transport.call(DEVICE)
        transport.call(ENDPOINTS["config_get"], ["reg.1.label"])
    assert [(method, headers.get("Accept")) for method, _path, headers, _body in canned.requests] == [
        ("GET", "application/json"),
        ("POST", None),
    ]


def test_the_body_and_the_query_are_part_of_what_digest_protects() -> None:
    challenge = (401, [("WWW-Authenticate", 'Digest realm="P", nonce="n", qop="auth-int"')], b"")
    with serve(challenge, ok()) as canned, contextlib.closing(Transport(at(canned, auth="digest"))) as transport:
        transport.call(ENDPOINTS["line_info_v2"], query={"line": "1"})
        transport.call(ENDPOINTS["config_get"], ["reg.1.label"])
    assert canned.authorizations == [None, "digest", "digest"]
    assert 'uri="/api/v2/mgmt/lineInfo?line=1"' in canned.requests[1][2]["Authorization"]
    assert canned.requests[2][3] == b'{"data":["reg.1.label"]}'


@pytest.mark.parametrize("headers", [["Basic realm=P", 'Digest realm="P", nonce="n"'], ["Negotiate", "Basic realm=P"]])
def test_challenges_in_several_headers_are_read_as_one(headers: list[str]) -> None:
    reply = (401, [("WWW-Authenticate", header) for header in headers], b"")
    with (
        serve(reply) as canned,
        contextlib.closing(Transport(at(canned))) as transport,
        pytest.raises(errors.AuthenticationFailed, match="refused for Polycom"),
    ):
        transport.call(DEVICE)
    assert canned.authorizations == ["basic"]


@pytest.mark.parametrize(
    "challenge", ["Digest", 'Digest realm="P"', 'Digest nonce="n"', "Digest realm=P, nonce=n, algorithm=X"]
)
def test_a_challenge_that_can_not_be_answered_is_an_error_of_the_phone(challenge: str) -> None:
    with serve((401, [("WWW-Authenticate", challenge)], b"")) as canned:
        for operation in (facts.run, diagnose.run):
            result = as_dict(
                perform(operation, at(canned), {"gather_subset": ["device"], "certificate_warn_days": 30}, False)
            )
            said = result.get("error", {}).get("message") or result["msg"]
            assert "the phone asks for Digest authentication with" in said and "127.0.0.1" in result["msg"]
