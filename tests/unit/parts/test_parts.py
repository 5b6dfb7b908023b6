# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of any partition of the hosts are found by their names, fit together, and give what was read; others do not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._parts.gather import MOST_MISSING, gather, read_phones, told
from ansible_collections.polycom.vvx.plugins.plugin_utils._parts.part import (
    Part,
    Seal,
    digests,
    dumps,
    loads,
    name_of,
    run_of,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.slices import KeySeal
from hypothesis import given, settings
from hypothesis import strategies as st

NOW = "2026-11-27T08:00:00Z"
WITH = {"layers": "0123456789abcdef"}
SEAL = KeySeal("zq-signs-plans-0123456789")
HOSTS = st.dictionaries(st.text(st.characters(), min_size=1), st.integers(0, 4), min_size=1, max_size=30)


def part(*hosts: str, of: str = "report", run: str = "7", made: str = NOW, **read_with: str) -> Part:
    return Part(of, run, made, {**WITH, **read_with}, {host: {"at": host} for host in hosts})


def folder(*parts: Part, seal: Seal | None = None) -> dict[str, bytes]:
    return {each.name: dumps(each, seal) for each in parts}


def refusal(parts: Mapping[str, bytes], hosts: Sequence[str], run: str = "7", seal: Seal | None = None) -> str:
    with pytest.raises(SettingsError) as refused:
        gather("report", hosts, parts.get, WITH, run, seal)
    assert refused.value.remedy and "Nothing was merged." in refused.value.message
    return f"{refused.value.message} {refused.value.remedy}"


@settings(max_examples=200, deadline=None)
@given(HOSTS)
def test_any_partition_is_found_and_read_again(slices: dict[str, int]) -> None:
    made = [
        part(*(host for host in slices if slices[host] == number), of="plan") for number in sorted(set(slices.values()))
    ]
    hosts = sorted(slices, reverse=True)
    found = gather("plan", hosts, folder(*made, seal=SEAL).get, WITH, "7", SEAL)
    assert sorted(found, key=lambda each: each.name) == sorted(made, key=lambda each: each.name)
    assert read_phones(found, hosts, lambda host, read: (host, read)) == {host: (host, {"at": host}) for host in hosts}
    assert list(read_phones(found, hosts, lambda host, read: read)) == hosts


def test_hosts_that_no_part_covers_are_named() -> None:
    told = refusal(folder(part("a", "d"), part("c")), ["a", "b", "c", "d", "e"])
    assert told.startswith("no part covers 2 phones: b, e.") and "begins with b has failed" in told
    assert refusal({}, ["a"]).startswith("there is no part of a report")
    many = [f"h{number:04}" for number in range(MOST_MISSING + 50)]
    assert refusal(folder(part("a")), ["a", *many]).startswith(f"no part covers at least {MOST_MISSING} phones")


def test_parts_of_another_run_are_stale() -> None:
    older = part("b", "c", run="5", made="2026-11-26T08:00:00Z")
    told = refusal(folder(part("a"), older), ["a", "b", "c"])
    assert told.startswith("1 part is stale, not of run 7:") and older.name in told and "run 5" in told
    assert "from b on" in told
    assert refusal(folder(part("a"), part("b")), ["a", "b"], run="8").startswith("2 parts are stale, not of run 8:")
    assert gather("report", ["a", "b", "c"], folder(part("a", run="5"), older).get, WITH, "5")


def test_hosts_twice_strangers_and_other_options_are_refused() -> None:
    told = refusal(folder(part("a", "c"), part("b", "c")), ["a", "b", "c"])
    assert told.startswith(f"{part('b').name} and {part('a').name} both have c.")
    told = refusal(folder(part("a", "z\x1b[2J")), ["a"])
    assert "1 host that is not in this play: z" in told and "\x1b" not in told and "--limit" in told
    told = refusal(folder(part("a"), part("b", layers="0", columns="1")), ["a", "b"])
    assert f"{part('b').name} was read with other values of columns, layers" in told


def changed(**values: Any) -> bytes:
    return json.dumps({**json.loads(dumps(part("a"))), **values}).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no part of a report, or is damaged"),
        (b"{", "is no part"),
        (b"[" * 100_000, "is no part"),
        (b"[]", "is no part"),
        (b"\xff\xfe", "is no part"),
        (dumps(part("a")).replace(b'"at":"a"', b'"at":NaN'), "is no part"),
        (changed(kind="polycom.vvx.plan"), "is no part"),
        (changed(schema=2), "another version of polycom.vvx (schema 2, not 1)"),
        (changed(schema="1"), "another version"),
        (changed(of="audit"), "is a part of an audit, not of a report"),
        (changed(of=["report"]), "is a part of"),
        (changed(run=""), "damaged"),
        (changed(run="a\nb"), "damaged"),
        (changed(run=7), "damaged"),
        (changed(made="yesterday"), "damaged"),
        (changed(made=None), "damaged"),
        (changed(read_with=[]), "damaged"),
        (changed(phones=[]), "damaged"),
        (changed(phones={"a": {}}), "damaged"),
        (changed(phones=[{"host": "a", "read": []}]), "damaged"),
        (changed(phones=[{"host": 1, "read": {}}]), "damaged"),
        (changed(more=1), "damaged"),
        (changed(phones=[{"host": "a", "read": {}}] * 2), "has hosts twice: a"),
        (changed(phones=[{"host": "0", "read": {}}]), "its first host is 0"),
    ],
)  # fmt: skip
def test_what_is_no_part_is_refused(content: bytes, told: str) -> None:
    name = name_of("report", "a")
    text = refusal({name: content}, ["a"])
    assert text.startswith(name) and told in text


def test_a_merge_tells_its_run_and_the_times_of_its_parts() -> None:
    later = part("b", made="2026-11-27T08:02:10Z")
    merged = {"run": "7", "parts": 2, "first": NOW, "last": later.made}
    assert told([part("a"), later], "2 phones.") == {
        "msg": f"2 phones. Merged from 2 parts of run 7, made from {NOW} to {later.made}.",
        "merged": merged,
    }
    assert told([part("a")])["msg"] == f"Merged from 1 part of run 7, made at {NOW}."
    assert told([], "2 phones.") == {}


def test_parts_are_signed_where_there_is_a_key() -> None:
    signed, name = dumps(part("a"), SEAL), part("a").name
    assert loads(signed, "report", name, SEAL) == part("a")
    forged = signed.replace(b'"run":"7"', b'"run":"8"')
    assert "was changed since a slice has written it" in refusal({name: forged}, ["a"], seal=SEAL)
    for other in (dumps(part("a"), KeySeal("another-key-of-tests")), dumps(part("a"))):
        assert "was not signed with this vvx_plan_key" in refusal({name: other}, ["a"], seal=SEAL)
    unsure = refusal({name: signed}, ["a"])
    assert f"{name} is signed, and this merge has no key" in unsure and "Set vvx_plan_key" in unsure
    other_kind = dumps(part("a", of="audit"), SEAL).replace(b'"of":"audit"', b'"of":"report"')
    assert "was changed since" in refusal({name: other_kind}, ["a"], seal=SEAL)


def test_what_is_said_of_a_phone_must_be_readable() -> None:
    def wrong(host: str, read: Any) -> None:
        raise KeyError(host)

    with pytest.raises(SettingsError, match=f"{part('a').name} is damaged: what it says of a can't be read"):
        read_phones([part("a")], ["a"], wrong)


def test_a_run_is_that_of_the_job_or_given() -> None:
    assert run_of(None, {"awx_workflow_job_id": 7}) == run_of("", {"tower_workflow_job_id": "7"}) == "7"
    assert run_of("day", {"awx_workflow_job_id": 7}) == "day"
    with pytest.raises(SettingsError, match="nothing says which run"):
        run_of("", {})
    for bad in ("a\nb", "x" * 1000):
        with pytest.raises(SettingsError, match="can't name a run"):
            run_of(bad, {})


def test_digests_show_no_value() -> None:
    one, other = ({"columns": [{"name": name}], "key": "zq-secret"} for name in ("a", "b"))
    assert digests(one, ["columns"]).keys() == {"columns"} and digests(one, ["columns"]) != digests(other, ["columns"])
    assert (
        replace(part("a"), read_with=digests(one, ["key"])) and b"zq-secret" not in str(digests(one, ["key"])).encode()
    )
