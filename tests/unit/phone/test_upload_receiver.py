# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web server that takes one file: every way to send it, and everything that must not get in."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from ansible_collections.polycom.vvx.plugins.module_utils._phone import upload_receiver as receivers
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NothingReceived, SettingsError, TooLarge
from ansible_collections.polycom.vvx.plugins.module_utils._phone.upload_receiver import Receiver, own_address, receiver

HOST = "127.0.0.1"
CONTENT = bytes(range(256)) * 40


@contextlib.contextmanager
def door(
    limit: int = 100_000, suffix: str = ".cfg", address: str | None = None, port: int = 0, host: str = HOST
) -> Iterator[Receiver]:
    with receiver(host, address, port, limit, suffix) as opened:
        yield opened


def put(url: str, content: object = CONTENT, method: str = "PUT") -> int:
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, url, data=content, timeout=5).status_code  # type: ignore[arg-type]


def raw(url: str, *pieces: bytes, shut: bool = False) -> bytes:
    """Send a request byte by byte as it is given, and read all that is answered."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as connection:
        for piece in pieces:
            connection.sendall(piece.replace(b"PATH", parts.path.encode()))
        if shut:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while chunk := connection.recv(4096):
                answer += chunk
        return answer


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


# -- a file arrives


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("content", [CONTENT, b"", b"x"])
def test_a_file_arrives(method: str, content: bytes) -> None:
    with door() as opened:
        assert opened.url.startswith(f"http://{HOST}:") and opened.url.endswith(".cfg")
        assert put(opened.url, content, method) == 201
        assert opened.content(1.0) == content


def test_it_may_arrive_later() -> None:
    with door() as opened:
        later = threading.Timer(0.1, put, [opened.url])
        later.start()
        assert opened.content(5.0) == CONTENT
        later.join()


def test_a_chunked_body() -> None:
    with door() as opened:
        assert put(opened.url, iter([CONTENT[:100], CONTENT[100:5000], CONTENT[5000:]])) == 201
        assert opened.content(1.0) == CONTENT


def test_chunks_with_extensions_and_a_trailer() -> None:
    with door() as opened:
        answer = raw(
            opened.url,
            b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n",
            b"3;name=x\r\nabc\r\n",
            b"A\r\n0123456789\r\n0\r\nMore: x\r\n\r\n",
        )
        assert status(answer) == 201 and opened.content(1.0) == b"abc0123456789"


def test_a_client_that_waits_to_be_asked_for_the_body() -> None:
    with door() as opened:
        parts = urlsplit(opened.url)
        with socket.create_connection((HOST, parts.port or 0), timeout=5) as connection:
            connection.sendall(
                f"PUT {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n".encode()
            )
            assert connection.recv(4096).startswith(b"HTTP/1.1 100 ")
            connection.sendall(b"file")
            assert status(connection.recv(4096)) == 201
        assert opened.content(1.0) == b"file"


def test_http_1_0() -> None:
    with door() as opened:
        assert status(raw(opened.url, b"PUT PATH HTTP/1.0\r\nContent-Length: 4\r\n\r\nfile")) == 201
        assert opened.content(1.0) == b"file"


def test_the_body_in_pieces() -> None:
    with door() as opened:
        assert (
            status(raw(opened.url, b"PUT PATH HTT", b"P/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nfi", b"le", b"file"))
            == 201
        )
        assert opened.content(1.0) == b"filefile"


def test_ipv6() -> None:
    with contextlib.ExitStack() as stack:
        try:
            opened = stack.enter_context(door(host="::1"))
        except SettingsError:
            pytest.skip("no IPv6 here")
        assert opened.url.startswith("http://[::1]:")
        assert put(opened.url) == 201 and opened.content(1.0) == CONTENT


# -- what must not get in


def test_a_second_file_is_refused() -> None:
    with door() as opened:
        assert put(opened.url, b"first") == 201
        assert put(opened.url, b"second") == 409
        assert opened.content(1.0) == b"first"


def test_two_files_at_once() -> None:
    with door() as opened:
        answers: list[int] = []
        senders = [
            threading.Thread(target=lambda text=text: answers.append(put(opened.url, text)))
            for text in (b"a" * 9000, b"b" * 9000)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert sorted(answers) == [201, 409] and opened.content(1.0) in (b"a" * 9000, b"b" * 9000)


def test_another_path() -> None:
    with door() as opened:
        base = opened.url.rpartition("/")[0]
        for path in ("/", "/x.cfg", f"{urlsplit(opened.url).path}x", f"{urlsplit(opened.url).path}?x=1", "/%ff%fe"):
            assert put(base + path) == 404
        with pytest.raises(NothingReceived, match="Something else arrived: under a wrong path"):
            opened.content(0.01)
        assert put(opened.url) == 201, "the right one may still come"
        assert opened.content(1.0) == CONTENT


def test_no_two_doors_have_the_same_path() -> None:
    with door() as first, door() as second:
        paths = [urlsplit(opened.url).path for opened in (first, second)]
        assert paths[0] != paths[1] and all(len(path) > 30 for path in paths)


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS"])
def test_nothing_can_be_read(method: str) -> None:
    with door() as opened:
        put(opened.url, b"secret")
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(method, opened.url, timeout=5)
        assert answer.status_code == 501 and b"secret" not in answer.content


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("limit", "fits"), [(10_240, True), (10_239, False)])
def test_a_file_that_is_too_large(chunked: bool, limit: int, fits: bool) -> None:
    with door(limit=limit) as opened:
        head = b"PUT PATH HTTP/1.1\r\nHost: x\r\n" + (
            b"Transfer-Encoding: chunked\r\n\r\n" if chunked else b"Content-Length: 10240\r\n\r\n"
        )
        body = (
            b"1400\r\n" + CONTENT[:5120] + b"\r\n1400\r\n" + CONTENT[5120:] + b"\r\n0\r\n\r\n" if chunked else CONTENT
        )
        answer = raw(opened.url, head, body)
        if fits:
            assert status(answer) == 201 and opened.content(1.0) == CONTENT
        else:
            assert status(answer) in (413, 0), "the answer may be lost with the rest of the file"
            with pytest.raises(TooLarge, match=f"the file that the phone sent is larger than {limit} bytes") as caught:
                opened.content(1.0)
            assert caught.value.remedy == "Raise max_size."


def test_a_size_that_is_announced_is_not_waited_for() -> None:
    with door() as opened:
        assert status(raw(opened.url, b"PUT PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")) == 413
        with pytest.raises(TooLarge):
            opened.content(1.0)


@pytest.mark.parametrize(
    "request_",
    [
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshor",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshorter\r\n0\r\n\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nshort\r\n0\r\n\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"PUT PATH HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_a_torn_file_is_none(request_: bytes) -> None:
    with door() as opened:
        assert status(raw(opened.url, request_, shut=True)) == 400
        with pytest.raises(NothingReceived, match="Something else arrived: .* or incomplete"):
            opened.content(0.01)
        assert put(opened.url) == 201, "the phone may try again"
        assert opened.content(1.0) == CONTENT


@pytest.mark.parametrize(
    "noise", [b"", b"\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET\r\n", b"PUT PATH HTTP/9.9\r\n\r\n", b"x" * 70_000]
)
def test_noise_does_no_harm(noise: bytes) -> None:
    with door() as opened:
        raw(opened.url, noise, shut=True)
        assert put(opened.url) == 201 and opened.content(1.0) == CONTENT


def test_an_upload_that_stands_still_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receivers._Handler, "timeout", 0.1)
    with door() as opened:
        raw(opened.url, b"PUT PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort")
        with pytest.raises(NothingReceived):
            opened.content(0.01)


@pytest.mark.parametrize(
    "slowly", [b"PUT PATH HTTP/1.1\r\nX: ", b"PUT PATH HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_an_upload_that_drips_ends_with_the_task(slowly: bytes) -> None:
    with contextlib.ExitStack() as stack:
        with door() as opened:
            parts = urlsplit(opened.url)
            sender = stack.enter_context(socket.create_connection((HOST, parts.port or 0), timeout=5))
            sender.sendall(slowly.replace(b"PATH", parts.path.encode()))
            with pytest.raises(NothingReceived):
                opened.content(0.05)
        assert sender.recv(100) == b"", "the connection is closed"


def test_an_upload_that_arrived_is_confirmed_though_the_task_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    confirm = receivers._Handler.send_response

    def later(handler: receivers._Handler, code: int, message: str | None = None) -> None:
        over.wait(5)
        confirm(handler, code, message)

    monkeypatch.setattr(receivers._Handler, "send_response", later)
    with socket.socket() as sender:
        sender.settimeout(5)
        with door() as opened:
            parts = urlsplit(opened.url)
            sender.connect((HOST, parts.port or 0))
            sender.sendall(f"PUT {parts.path} HTTP/1.1\r\nContent-Length: 1\r\n\r\nx".encode())
            assert opened.content(5.0) == b"x"
        over.set()
        assert sender.recv(100).startswith(b"HTTP/1.1 201 ")


def test_a_crowd_does_not_keep_the_file_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receivers, "_MOST_AT_ONCE", 3)
    with door() as opened, contextlib.ExitStack() as stack:
        port = urlsplit(opened.url).port or 0
        crowd = [stack.enter_context(socket.create_connection((HOST, port), timeout=5)) for _each in range(8)]
        assert sum(each.recv(1) == b"" for each in crowd[3:]) == 5, "more are closed at once"
        for each in crowd:
            each.close()
        for _each in range(100):
            with contextlib.suppress(requests.ConnectionError):
                assert put(opened.url) == 201
                break
        assert opened.content(1.0) == CONTENT


def test_a_file_in_many_small_chunks() -> None:
    with door(limit=1_000_000) as opened:
        assert put(opened.url, iter([b"x"] * 5000)) == 201
        assert opened.content(1.0) == b"x" * 5000


def test_nothing_arrives() -> None:
    with door() as opened, pytest.raises(NothingReceived) as caught:
        opened.content(0.05)
    assert caught.value.message == f"the phone accepted the order, but no file arrived at {opened.url} within 0.05 s."
    assert "receiver_port" in caught.value.remedy


# -- addresses and ports


def test_the_port_is_closed_afterwards() -> None:
    before = set(threading.enumerate())
    with door() as opened:
        pass
    port = urlsplit(opened.url).port or 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), timeout=5)
    with door(port=port) as again:
        assert again.url.startswith(f"http://{HOST}:{port}/") and put(again.url) == 201
    assert not [thread for thread in set(threading.enumerate()) - before if "serve_forever" in thread.name]


def test_the_port_is_closed_after_an_error() -> None:
    with contextlib.suppress(KeyError), door() as opened:
        raise KeyError
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, urlsplit(opened.url).port or 0), timeout=5)


def test_a_port_that_is_taken() -> None:
    with door() as opened:
        port = urlsplit(opened.url).port or 0
        with (
            pytest.raises(SettingsError, match=f"can't receive a file on port {port}: ") as caught,
            door(port=port),
        ):
            pass
        assert caught.value.remedy == "Choose another receiver_port, or 0."
        assert put(opened.url) == 201


def test_an_address_that_is_translated_on_the_way() -> None:
    """The phone gets this address; the receiver listens on all addresses."""
    with door(address="192.0.2.77") as opened:
        parts = urlsplit(opened.url)
        assert parts.hostname == "192.0.2.77"
        assert put(f"http://{HOST}:{parts.port}{parts.path}") == 201 and opened.content(1.0) == CONTENT


def test_a_name_for_the_address() -> None:
    with door(address="localhost") as opened:
        assert opened.url.startswith("http://localhost:") and put(opened.url) == 201


def test_the_address_from_which_a_phone_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_address("127.77.0.1").startswith("127.")

    def unknown(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SettingsError, match="there is no route to the phone: Name or service not known"):
        own_address("phone.example.org")


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with door(limit=20) as opened:
        put(f"{opened.url}x", b"x")
        put(opened.url, b"x", "GET")
        raw(opened.url, b"\x16\x03\x01", shut=True)
        raw(opened.url, b"PUT PATH HTTP/1.1\r\nContent-Length: 9\r\n\r\nx", shut=True)
        raw(opened.url, b"PUT PATH HTTP/1.1\r\nContent-Length: 900\r\n\r\nx", shut=True)
        put(opened.url, b"x")
    assert capfd.readouterr() == ("", "")
