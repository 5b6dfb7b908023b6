# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that answer with any bytes at any time: a reply or a typed error comes of it, soon."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.transport import Transport
from hypothesis import strategies as st

from support.misbehaving import Line, Script, generated, misbehaving

LONGEST = 8.0
_TIMEOUT = 0.3
_PASSWORD = "cl3ver-enough"
_LONGEST_MESSAGE = 300
_PIECES = (
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 401 No\r\n", b"HTTP/1.0 302 There\r\n",
    b"Content-Type: application/json\r\n", b"Content-Length: 20\r\n", b"Content-Length: x\r\n", b"\r\n", b"\n", b":",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Connection: close\r\n", b"Location: /\r\n",
    b'WWW-Authenticate: Digest realm="a", nonce="b", qop="auth"\r\n', b"WWW-Authenticate: Basic\r\n",
    b'{"Status": "2000", "data": {}}', b'{"Status": "4000"}', b'{"Status": "' + _PASSWORD.encode() + b'"}', b"{",
    b"<html>", b"5\r\n", b"0\r\n\r\n", b"ffffffffffff\r\n", b"Set-Cookie: a=b\r\n", b"X-Echo: " + _PASSWORD.encode(),
    b"HTTP/1.1 500 " + _PASSWORD.encode() + b"\r\n", b"\x1b[2J", b"\x00", b"\xff" * 9,
)  # fmt: skip

Said = list[tuple[bytes, float]]

_said = st.lists(
    st.tuples(st.sampled_from(_PIECES) | st.binary(max_size=20), st.sampled_from([0.0] * 9 + [0.02, 0.4])),
    max_size=12,
)
_case = st.one_of(_said, _said, _said, st.integers(0, 1 << 32))
cases = st.lists(_case, min_size=1, max_size=12)
"""Several at once, because most of them wait."""


def _script(said: Said) -> Script:
    def script(line: Line) -> None:
        line.hear()
        for piece, pause in said:
            line.say(piece)
            time.sleep(pause)

    return script


def check(servers: list[Said | int]) -> None:
    with ThreadPoolExecutor(len(servers)) as pool:
        for _done in pool.map(_check_one, servers):
            pass


def _check_one(case: Said | int) -> None:
    script: Callable[[Line], None] = generated(case) if isinstance(case, int) else _script(case)
    with misbehaving(script) as server:
        settings = Settings(
            host=server.host, port=server.port, password=_PASSWORD, use_ssl=False, retries=0, timeout=_TIMEOUT
        )
        with contextlib.closing(Transport(settings, sleep=lambda _seconds: None)) as transport:
            try:
                transport.call(ENDPOINTS["device_info"])
            except PhoneError as error:
                text = error.message
                assert text.isprintable() and len(text) < _LONGEST_MESSAGE, text[:_LONGEST_MESSAGE]
                assert _PASSWORD not in text, text
