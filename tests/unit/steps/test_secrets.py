# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a secret is written: every kind of evidence, alone and against the others."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.table import ADMIN_PASSWORD
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Setting
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import (
    SET,
    Evidence,
    Judgement,
    Memo,
    Told,
    Trace,
    Written,
    judge,
    memo,
    memo_of,
    notices,
    readable,
)

NAME = "reg.1.auth.password"
LASTING = Evidence(missing=None, mac="0004f2aabbcc")
FLEETING = Evidence(missing="/home can't be written")


def kind(
    has: str, source: str, trace: Trace | None = None, mode: str = "on_create", evidence: Evidence = LASTING
) -> str:
    traces = {} if trace is None else {NAME: trace}
    evidence = Evidence(traces, evidence.missing, evidence.proven, evidence.mac)
    return judge(NAME, "hunter2", Setting(has, source), mode, evidence).kind


@pytest.mark.parametrize("mode", ["always", "on_create", "never"])
@pytest.mark.parametrize("source", ["default", "", "config", "web", "device"])
def test_a_value_that_can_be_read_decides(mode: str, source: str) -> None:
    assert kind("hunter2", source, mode=mode) == "equal"
    assert kind("hunter1", source, mode=mode) == ("forbidden" if mode == "never" else "differs")


@pytest.mark.parametrize("has", ["", "*", "*****", "\u2022\u2022\u2022"])
@pytest.mark.parametrize("evidence", [LASTING, FLEETING])
def test_a_source_that_proves_something_decides_where_nothing_is_remembered(has: str, evidence: Evidence) -> None:
    assert kind(has, "default", evidence=evidence) == "unset"
    assert {kind(has, source, evidence=evidence) for source in SET} == {"set"}
    assert {kind(has, source, mode="never", evidence=evidence) for source in (*SET, "default", "device")} == {
        "forbidden"
    }
    assert {kind(has, source, mode="always", evidence=evidence) for source in (*SET, "default", "device")} == {
        "ordered"
    }


@pytest.mark.parametrize("source", ["device", "", "flash"])
def test_a_source_that_proves_nothing(source: str) -> None:
    """Unset and hidden read alike: written once where that can be remembered, left alone where it can't."""
    assert (kind("", source), kind("", source, evidence=FLEETING)) == ("unknown", "undecided")
    assert FLEETING.missing is not None
    assert FLEETING.missing in judge(NAME, "x", Setting("", source), "on_create", FLEETING).reason


@pytest.mark.parametrize("source", ["device", "", "web", "local", "config", "default"])
def test_a_new_value_is_written_whatever_the_source(source: str) -> None:
    for trace in (Trace(False, source), Trace(False, "web"), Trace(False, None), Trace(False, source, written=False)):
        assert kind("", source, trace) == "new"
        assert kind("", source, trace, mode="never") == "forbidden"


@pytest.mark.parametrize("source", ["device", "", "web", "default"])
def test_what_reads_as_it_did_after_the_write_is_left_alone(source: str) -> None:
    assert kind("", source, Trace(True, source)) == "remembered"


@pytest.mark.parametrize(
    ("then", "now", "judged"),
    [
        ("web", "default", "unset"), ("device", "default", "unset"), (None, "default", "unset"),
        ("web", "config", "set"), ("web", "local", "set"), ("web", "device", "unknown"),
        (None, "web", "remembered"), (None, "device", "remembered"),
    ],
)  # fmt: skip
def test_another_source_than_after_the_write(then: str | None, now: str, judged: str) -> None:
    """A reset, the phone's menu or the provisioning server has replaced it since."""
    assert kind("", now, Trace(True, then)) == judged


def test_what_was_only_found_to_be_set_stays_so() -> None:
    assert kind("", "web", Trace(True, "web", written=False)) == "set"
    assert kind("", "default", Trace(True, "web", written=False)) == "unset"


def test_the_login_proves_the_admin_password() -> None:
    evidence = Evidence(missing=None, proven={ADMIN_PASSWORD: "the-horse"})
    hidden = Setting("", "device")
    assert judge(ADMIN_PASSWORD, "the-horse", hidden, "always", evidence).kind == "equal"
    assert judge(ADMIN_PASSWORD, "another-horse", hidden, "on_create", evidence).kind == "differs"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", False), ("*", False), ("****", False), ("\u25cf\u25cf", False), ("a*", True), ("a", True), ("1111", True)],
)
def test_readable(value: str, expected: bool) -> None:
    assert readable(Setting(value, "web")) is expected


def judged(**kinds: str) -> dict[str, Judgement]:
    return {name: Judgement(kind, "") for name, kind in kinds.items()}


def test_what_is_to_be_remembered() -> None:
    judgements = judged(a="unknown", b="new", c="set", d="remembered", e="unset", f="undecided", g="equal")
    current = {name: Setting("", "web") for name in judgements}
    found = memo(judgements, current, LASTING, Written({"a": "device", "e": None}, ["a", "b", "e"]))
    assert found == Memo("0004f2aabbcc", {"a": "device", "e": None}, {"c": "web"}, ["b"])
    assert memo_of(dict(vars(found))) == found
    assert memo(judgements, current, FLEETING, Written({"a": "device"}, ["a"])) is None
    assert memo(judged(d="remembered", g="equal", f="undecided"), current, LASTING, Written({}, [])) is None


def test_what_was_not_sent_is_not_forgotten() -> None:
    """Its last value is still remembered, so the next run sees that the wanted one is new."""
    judgements = judged(a="new", b="new")
    found = memo(judgements, {}, LASTING, Written({}, ["a"]))
    assert found == Memo("0004f2aabbcc", doubtful=["a"])


def test_what_was_found_set_keeps_the_first_value_that_was_wanted() -> None:
    evidence = Evidence({"a": Trace(True, "web", written=False)}, None, {}, "0004f2aabbcc")
    assert memo(judged(a="set"), {"a": Setting("", "web")}, evidence, Written({}, [])) is None


def test_what_is_said() -> None:
    judgements = judged(a="unknown", b="unknown", c="undecided", d="new")
    once, alone = notices(judgements, FLEETING, ["a", "b", "d"], check_mode=False)
    assert once.startswith("a, b: ") and "was written once" in once
    assert alone.startswith("c: ") and "can't be written" in alone and "left alone" in alone and "state_path" in alone
    assert "would be written" in notices(judgements, LASTING, ["a"], check_mode=True)[0]
    assert notices(judged(a="unknown"), LASTING, [], check_mode=False) == [], "the write has failed"


def test_what_another_host_is_told() -> None:
    told = Told({"mac": "00:04:F2:aa:bb:cc", "traces": {"a": {"same": True, "source": "web", "written": True}}})
    assert (told.mac, told.missing()) == ("0004f2aabbcc", None)
    assert told.recall("0004f2aabbcc", {"a": "x", "b": "y"}) == {"a": Trace(True, "web", True)}
    assert Told({"missing": "the disk is full"}).missing() == "the disk is full"


@pytest.mark.parametrize(
    "told", [None, {}, {"mac": 5}, {"mac": "0004f2aabbcc", "traces": 5}, {"mac": "0004f2aabbcc", "traces": {"a": 5}},
             {"mac": ["x"], "missing": ["y"]}, {"mac": "0004f2aabbcc", "traces": {"a": {"same": "yes"}}}],
)  # fmt: skip
def test_odd_things_told(told: Any) -> None:
    memory = Told(told)
    traces = memory.recall("0004f2aabbcc", {"a": "x"})
    assert all(not trace.same for trace in traces.values())
    assert memory.missing() is None or isinstance(memory.missing(), str)


@pytest.mark.parametrize("fields", [None, 5, {}, {"mac": "x"}, []])
def test_odd_memos(fields: Any) -> None:
    assert memo_of(fields) is None
