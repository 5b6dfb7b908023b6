# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning all targets: each address once, whatever leads to it; and the line that shows the progress."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery import scan as _scan
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.addresses import Entry
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.scan import Progress, scan
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected, Targets
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.tally import Tally

NAMES = {
    "front": "10.0.0.2",
    "reception": "10.0.0.2",
    "far": "10.9.0.1",
    "farther": "10.9.0.1",
    "hidden": "10.0.0.9",
    "nowhere": None,
}


class Dialler:
    """Answers from a table; all other addresses are silent."""

    def __init__(self, **phones: str) -> None:
        self.phones = phones
        self.dialled: list[str] = []

    def discover(self, address: str, names: Sequence[str] = ()) -> Finding:
        self.dialled.append(address)
        time.sleep(0.001 * (int(address.rpartition(".")[2]) % 3))
        reason = self.phones.get(address, "unreachable")
        return Finding(
            address, list(names), facts={} if reason == "phone" else None, reason=None if reason == "phone" else reason
        )


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scan, "first_address", NAMES.get)


def scanned(
    dialler: Any,
    entries: list[str],
    exclude: list[str] | None = None,
    expected: Sequence[Expected] = (),
    keep_all: bool = False,
) -> list[Finding]:
    targets = Targets.of(map(Entry.parse, entries), expected, exclude or [])
    return scan(targets, dialler, 4, keep_all, lambda *_progress: None)


def test_the_example_is_the_first_address_even_if_it_answers_last() -> None:
    others = threading.Event()

    class Late(Dialler):
        def discover(self, address: str, names: Sequence[str] = ()) -> Finding:
            assert address != "10.0.0.1" or others.wait(60)
            return Finding(address, reason="not_a_phone", message=f"{address} is none.")

    def watch(done: int, total: int, _phones: int) -> None:
        if done == total - 1:
            others.set()

    tally = Tally()
    scan(Targets.of([Entry.parse("10.0.0.1-3")], (), []), Late(), 3, False, watch, tally)
    assert tally.explain() == "3 not_a_phone, as 10.0.0.1: 10.0.0.1 is none."


def test_each_address_is_probed_once() -> None:
    dialler = Dialler(**{"10.0.0.2": "phone", "10.0.0.3": "phone", "10.9.0.1": "phone"})
    found = scanned(
        dialler, ["10.0.0.1-4", "10.0.0.2", "front", "reception", "far", "farther", "hidden", "nowhere"], ["10.0.0.9"]
    )
    assert sorted(dialler.dialled) == ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.9.0.1"]
    assert [(finding.address, finding.names, finding.reason) for finding in found] == [
        ("10.0.0.2", ["front", "reception"], None),
        ("10.0.0.3", [], None),
        ("10.9.0.1", ["far", "farther"], None),
        (None, ["nowhere"], "unreachable"),
    ]


def test_what_is_kept() -> None:
    answers = {
        "10.0.0.1": "phone",
        "10.0.0.2": "authentication_failed",
        "10.0.0.3": "not_a_phone",
        "10.0.0.4": "not_a_phone",
    }
    expected = [Expected("10.0.0.4"), Expected("10.0.0.5")]
    assert [finding.address for finding in scanned(Dialler(**answers), ["10.0.0.0/28"], None, expected)] == [
        f"10.0.0.{last}" for last in (1, 2, 4, 5)
    ]
    everything = scanned(Dialler(**answers), ["10.0.0.0/28"], None, expected, keep_all=True)
    assert [finding.address for finding in everything] == [f"10.0.0.{last}" for last in range(1, 15) if last != 3]


def test_an_empty_result_is_explained() -> None:
    """What is rare first: most addresses of a network are unused."""
    tally = Tally()
    targets = Targets.of([Entry.parse("10.0.0.0/28"), Entry.parse("nowhere")], [], [])
    found = scan(targets, Dialler(**{"10.0.0.7": "tls"}), 4, False, lambda *_progress: None, tally)  # type: ignore[arg-type]
    assert len(found) == 1 and tally.explain().startswith("1 tls, as 10.0.0.7: None 13 unreachable, as 10.0.0.")
    assert str(tally).startswith("15 addresses: 0 phones, 1 with a certificate that is not trusted (")
    assert str(tally).endswith(", 1 without an address in DNS, 13 silent")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def watching(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWX_HOST", "AWX_ISOLATED_DATA_DIR", "CI"):
        monkeypatch.delenv(name, raising=False)


def watched(stream: io.StringIO, seconds: int) -> str:
    """What is written while 10 of 1000 addresses are probed each second."""
    clock = Clock()
    progress = Progress("site.vvx.yml", stream, clock)
    for done in range(1, seconds * 10 + 1):
        clock.now = done / 10
        progress(done, 1000, done // 4)
    progress.close()
    return stream.getvalue()


def test_progress_is_a_line_that_is_erased_at_the_end() -> None:
    text = watched(Terminal(), seconds=10)
    lines = text.split("\r")
    assert lines[1] == "site.vvx.yml: 20 of 1000 addresses, 5 phones, 98 s left"
    assert (
        len(lines) == 1 + 17 + 2
        and lines[-2].strip() == ""
        and len(lines[-2]) >= len(lines[-3])
        and lines[-1] == ""
        and "\n" not in text
    )


def test_progress_shows_on_a_terminal_only_and_only_in_a_long_scan() -> None:
    assert watched(io.StringIO(), seconds=10) == "" and watched(Terminal(), seconds=1) == ""


@pytest.mark.parametrize("variable", ["AWX_HOST", "AWX_ISOLATED_DATA_DIR"])
def test_no_progress_where_a_terminal_is_only_a_log(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "/runner")
    assert watched(Terminal(), seconds=10) == ""
