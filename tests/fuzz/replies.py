# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies of a phone with pieces of another kind in them: all other pieces are read, and nothing odd is told."""

from __future__ import annotations

import atexit
import contextlib
import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts, info
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.endpoints import ENDPOINTS
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError
from hypothesis import strategies as st

from simulator import PhoneSpec, running_fleet
from support.reach import params, reach
from support.scripted import Scripted, scripted

LONGEST = 10.0
_LONGEST_MESSAGE = 1000
_TEXTS = (
    "", " ", "0", "1", "-1", "2000", "4007", "True", "yes", "::", "127.0", "1e999", "nan", "0x", "9" * 400, "x" * 5000,
    "\x1b[31mred", "\u202eevil", "\x00", "\ud800", "3 Days 4:05:06", "0004f2", "{{ 7*7 }}", "=cmd()", "2024-01-02T",
    "Ä", "1*", "sip:", "http://user:pa55word@example.org/",
)  # fmt: skip
_leaves = st.sampled_from(_TEXTS) | st.none() | st.booleans() | st.integers() | st.floats()
_json = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_TEXTS), inner), max_leaves=8
)


@functools.cache
def recorded() -> dict[str, Any]:
    """What the simulated phone answers to every GET, during a call."""
    with running_fleet([PhoneSpec(firmware="6.4.0.1", lines=2, base_profile="Lync")], tls=False, http=True) as fleet:
        phone = fleet.phones[0]
        phone.hang_up(phone.ring("1002", "Ann"))
        phone.ring("1003", "Bob")
        replies = {}
        with api.Phone(reach(phone)) as one:
            for endpoint in ENDPOINTS.values():
                with contextlib.suppress(PhoneError):
                    if endpoint.method == "GET" and endpoint.path.startswith("/api/"):
                        reply = one.request(endpoint.method, endpoint.path)
                        replies[str(endpoint)] = {"data": reply.data, "Status": "2000"}
    return replies


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*path, key))


@functools.cache
def _all_places() -> list[tuple[Any, ...]]:
    return [path for path in _places(recorded()) if path]


@st.composite
def _replies(draw: st.DrawFn) -> dict[str, Any]:
    replies = copy.deepcopy(recorded())
    for path in draw(st.lists(st.sampled_from(_all_places()), min_size=1, max_size=6)):
        holder: Any = replies
        with contextlib.suppress(KeyError, IndexError, TypeError):  # an earlier change took the place away
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = draw(_json | st.sampled_from([404, 403, 500])) if len(path) == 1 else draw(_json)
    return replies


cases = st.deferred(_replies)
_stack = contextlib.ExitStack()
atexit.register(_stack.close)  # later, its server's thread is gone and would be waited for in vain


@functools.cache
def _server() -> Scripted:
    return _stack.enter_context(scripted({}))


def check(replies: dict[str, Any]) -> None:
    server = _server()
    server.replies = replies
    for operation, options in (
        (facts.run, params(facts.SPEC, gather_subset=["all"])),
        (info.run, params(info.SPEC, gather_subset=["all"])),
    ):
        with api.Phone(server.settings) as phone:
            try:
                result = operation(phone, options, False)
            except PhoneError as error:
                said = [error.message]
            else:
                json.dumps(result.values)
                said = [*result.warnings, *result.notices]
        for text in said:
            assert text.isprintable() and len(text) < _LONGEST_MESSAGE, text[:_LONGEST_MESSAGE]
            assert "pa55word" not in text
