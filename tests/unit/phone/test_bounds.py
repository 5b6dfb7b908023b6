# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An exchange ends in time and in bounds, whatever answers."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts
from ansible_collections.polycom.vvx.plugins.module_utils._phone import bounds, errors, reachability, session
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.replies import Reply
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.transport import Transport
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import as_dict, perform
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Probe

from simulator import PhoneSpec
from simulator.certificates import Certificates
from support.misbehaving import BEHAVIORS, BODY, Line, Server, generated, misbehaving, slow_handshake, whole, within
from support.reach import params

PATIENCE = 20.0
"""Seconds after which a test says that something hangs. The time limits under test are far below."""
TIMEOUT = 0.4
SEEDS = 120


def settings(server: Server, **changes: Any) -> Settings:
    common = {"host": server.host, "port": server.port, "password": "x", "use_ssl": False, "retries": 0}
    return Settings(**{**common, "timeout": TIMEOUT, **changes})


def ask(settings: Settings, endpoint: str = "device_info", data: Any = None) -> Reply | errors.PhoneError:
    """One call. Nothing but a reply and a PhoneError may come of it."""
    with contextlib.closing(Transport(settings, sleep=lambda _seconds: None)) as transport:
        try:
            return transport.call(ENDPOINTS[endpoint], data)
        except errors.PhoneError as error:
            return error


@pytest.mark.parametrize("behavior", BEHAVIORS)
def test_an_exchange_ends_in_bounds(behavior: str) -> None:
    script, kind = BEHAVIORS[behavior]
    # What ends by its size or its form ends sooner, but on a busy machine not within the short time of the others.
    timeout = TIMEOUT if kind and "timeout" in kind else PATIENCE / 2
    with misbehaving(script) as server:
        tracemalloc.start()
        try:
            outcome = within(PATIENCE, lambda: ask(settings(server, timeout=timeout)))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 40_000_000
    if kind is None:
        assert isinstance(outcome, Reply) or outcome.kind in ("connection_lost", "protocol")
    else:
        assert isinstance(outcome, errors.PhoneError) and outcome.kind in kind.split(" or "), outcome
        assert len(outcome.message) < 200 and outcome.message.isprintable()


@pytest.mark.parametrize("first", range(0, SEEDS, SEEDS // 4))
def test_whatever_a_server_does_the_exchange_ends(first: int) -> None:
    outcomes: dict[int, Reply | errors.PhoneError] = {}

    def one(seed: int) -> None:
        with misbehaving(generated(seed)) as server:
            outcomes[seed] = ask(settings(server))

    def several() -> None:
        threads = [threading.Thread(target=one, args=(seed,), daemon=True) for seed in range(first, first + SEEDS // 4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    within(PATIENCE, several)
    assert sorted(outcomes) == list(range(first, first + SEEDS // 4)), "an error that is no PhoneError"
    for seed, outcome in outcomes.items():
        if isinstance(outcome, errors.PhoneError):
            assert outcome.kind != "unreachable", (seed, outcome)
            assert len(outcome.message) < 200 and outcome.message.isprintable(), (seed, outcome)


@pytest.mark.parametrize(
    ("behavior", "message"),
    [
        ("says nothing", "connected, but no reply within 0.4 s."),
        ("interim replies, slowly", "the header of the reply was not complete after 0.4 s."),
        ("trailers, slowly", "the reply was not complete after 0.4 s."),
        ("headers, fast", "the reply has too many headers."),
        ("interim replies, fast", "the header of the reply is larger than 65536 bytes."),
        ("length without end", "a line of the reply is too long."),
        ("body without an end", "the reply is larger than 4194304 bytes."),
        ("gzip", "the reply is compressed, which nobody asked for."),
        ("deep JSON", "the reply is nested too deeply (100026 bytes of application/json)."),
        ("another server's greeting", "what answers does not speak HTTP."),
        ("TLS where plain HTTP was expected", "what answers does not speak HTTP, but TLS."),
    ],
)
def test_the_message_says_what_was_waited_for(behavior: str, message: str) -> None:
    timeout = TIMEOUT if f"{TIMEOUT:g} s" in message else PATIENCE / 2
    with misbehaving(BEHAVIORS[behavior][0]) as server:
        outcome = within(PATIENCE, lambda: ask(settings(server, timeout=timeout)))
    assert isinstance(outcome, errors.PhoneError) and outcome.message == message


def test_only_what_was_asked_for_is_decoded_and_nothing_is_asked_for() -> None:
    heard: list[bytes] = []

    def script(line: Line) -> None:
        heard.append(line.hear().lower())
        line.say(whole())

    with misbehaving(script) as server:
        assert isinstance(ask(settings(server)), Reply)
        assert isinstance(ask(settings(server), "config_get", ["a"]), Reply)
    assert len(heard) == 2 and all(header.count(b"accept-encoding: identity\r\n") == 1 for header in heard)
    assert not any(word in header for header in heard for word in (b"gzip", b"deflate", b"br,"))


@pytest.mark.parametrize("secure", [False, True])
def test_a_second_reply_is_never_taken_for_the_answer_to_the_next_request(secure: bool) -> None:
    """The next request gets its own answer, or there is an error; it is sent once."""
    padding = b" " * 20000

    def script(line: Line) -> None:
        for number in range(2):
            line.hear()
            wrong = whole(b'{"Status": "2000", "data": "wrong"}' + padding)
            line.say(whole(b'{"Status": "2000", "data": "%d"}' % number), wrong)

    certificates = Certificates(["127.0.0.1"])
    context = certificates._fleet if secure else None
    tls = TlsSettings(validate_certs=False)
    with misbehaving(script, tls=context) as server:
        found = settings(server, use_ssl=secure, tls=tls, timeout=5.0)
        with contextlib.closing(Transport(found)) as transport:
            answers = [within(PATIENCE, lambda: transport.call(ENDPOINTS["sip_status"]).data) for _each in range(2)]
    certificates.close()
    assert answers == ["0", "0"], "the second request went over a connection of its own"


def test_a_request_that_is_not_taken_is_a_time_out() -> None:
    with misbehaving(lambda line: time.sleep(30)) as server:
        outcome = within(PATIENCE, lambda: ask(settings(server), "dial", {"Dest": "1" * 9_000_000}))
    assert isinstance(outcome, errors.PhoneTimeout)


def test_a_time_that_ends_while_connecting_leaves_no_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def slow_dial(found: Sequence[Any], seconds: float) -> bounds.PlainSocket:
        opened.append(bounds.dial(found, seconds))
        time.sleep(TIMEOUT * 1.5)
        return opened[0]

    monkeypatch.setattr(session, "dial", slow_dial)
    with misbehaving(Line.wait) as server:
        outcome = within(PATIENCE, lambda: ask(settings(server)))
    assert isinstance(outcome, errors.PhoneTimeout)
    assert opened[0].fileno() == -1, "it is still open"


@pytest.fixture(scope="module")
def certificates() -> Iterator[Certificates]:
    made = Certificates(["127.0.0.1"])
    yield made
    made.close()


@pytest.mark.parametrize("behavior", ["header, slowly", "trailers, slowly", "interim replies, slowly", "body, slowly"])
def test_tls_is_bounded_alike(behavior: str, certificates: Certificates) -> None:
    with misbehaving(BEHAVIORS[behavior][0], tls=certificates._fleet) as server:
        found = settings(server, use_ssl=True, timeout=1.0, tls=TlsSettings(validate_certs=False))
        outcome = within(PATIENCE, lambda: ask(found))
    assert isinstance(outcome, errors.PhoneTimeout) and "not complete after 1 s" in outcome.message


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize("limit", ["connect_timeout", "timeout"])
def test_a_handshake_is_bounded(
    silent: bool, limit: str, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "HANDSHAKE", 0.1)
    script = Line.wait if silent else slow_handshake(certificates._fleet)

    def waits(line: Line) -> None:
        line._more()
        script(line)

    limits = {"timeout": 9.0, "connect_timeout": 9.0, limit: 0.5}
    with misbehaving(waits if silent else script) as server:
        found = settings(server, use_ssl=True, **limits, tls=TlsSettings(validate_certs=False))
        outcome = within(PATIENCE, lambda: ask(found))
        assert isinstance(outcome, errors.PhoneTimeout)
        assert outcome.message == "connected, but the TLS handshake was not complete after 0.5 s."
        with pytest.raises(TimeoutError):
            within(PATIENCE, lambda: reachability.certificate(server.host, server.port, found.tls, 0.5))


# -- names


@pytest.fixture
def mute_name_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Names are never resolved, and that is noticed soon."""
    original = socket.getaddrinfo
    over = threading.Event()

    def lookup(host: Any, *arguments: Any, **keywords: Any) -> Any:
        if keywords.get("flags"):
            return original(host, *arguments, **keywords)
        over.wait(60)
        return original("127.0.0.1", *arguments, **keywords)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(bounds, "LONGEST_LOOKUP", 0.2)
    yield over
    over.set()


def test_a_name_is_looked_up_in_time(mute_name_servers: threading.Event) -> None:
    found = Settings(host="phone.example", password="x", use_ssl=False, retries=0)
    outcome = within(PATIENCE, lambda: ask(found))
    assert isinstance(outcome, errors.Unreachable) and "can't be resolved" in outcome.message
    for look in (
        lambda: reachability.resolve("phone.example"),
        lambda: reachability.connect("phone.example", 80, 9.0),
        lambda: reachability.certificate("phone.example", 443, TlsSettings(), 9.0),
    ):
        with pytest.raises(OSError, match=r"no answer from the name servers in 0\.2 s"):
            within(PATIENCE, look)
    assert reachability.resolve("127.0.0.1") == ["127.0.0.1"]


def test_the_time_that_a_name_takes_is_not_the_phones(monkeypatch: pytest.MonkeyPatch, start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(), tls=False).phones[0]
    original = socket.getaddrinfo

    def slow(host: Any, *arguments: Any, **keywords: Any) -> Any:
        if keywords.get("flags"):
            return original(host, *arguments, **keywords)
        time.sleep(0.6)
        return original(phone.host, *arguments, **keywords)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    found = settings(Server("phone.example", phone.port), timeout=0.5, password=PhoneSpec().admin_password)
    assert isinstance(within(PATIENCE, lambda: ask(found)), Reply)


def test_each_address_of_a_name_gets_its_share_of_the_time() -> None:
    """The first address never answers: its queue of connections is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, misbehaving(lambda line: line.say(BODY)) as good:
        held = []
        for _each in range(3):
            held.append(socket.socket())
            held[-1].setblocking(False)
            held[-1].connect_ex(full.getsockname())
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", full.getsockname()),
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", (good.host, good.port)),
        ]
        with contextlib.closing(within(PATIENCE, lambda: bounds.dial(found, 0.6))) as opened:
            assert opened.getpeername() == (good.host, good.port)
        with pytest.raises(TimeoutError):
            within(PATIENCE, lambda: bounds.dial(found[:1], 0.3))
        for each in held:
            each.close()


# -- where phones are asked

STUBBORN = ("says nothing", "interim replies, slowly", "header, slowly", "trailers, slowly", "gzip that yields nothing")


@pytest.mark.parametrize("behavior", STUBBORN)
def test_facts_end(behavior: str) -> None:
    with misbehaving(BEHAVIORS[behavior][0]) as server:
        options = params(facts.SPEC, gather_subset=["all"])
        result = within(PATIENCE, lambda: as_dict(perform(facts.run, settings(server), options, False)))
    assert result["failed"] and result["error"]["kind"] == (BEHAVIORS[behavior][1] or "")
    assert result["error"]["host"] == server.host


@pytest.mark.parametrize("behavior", STUBBORN)
def test_a_probe_ends(behavior: str) -> None:
    with misbehaving(BEHAVIORS[behavior][0]) as server:
        probe = Probe(settings(server, connect_timeout=0.5), trusting=True)
        finding = within(PATIENCE, lambda: probe.discover(server.host))
    assert finding.reason == BEHAVIORS[behavior][1] and not finding.is_phone
