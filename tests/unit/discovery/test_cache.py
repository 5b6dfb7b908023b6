# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings in the inventory cache: what this version wrote is read back, anything else counts as no cache at all."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery import cache
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.addresses import Entry
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding, Probe
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected, Targets

FINDINGS = [
    Finding("10.0.0.1", ["front"], "0004f2aabbcc", {"device": {"model": "VVX 411"}, "lines": [{"line": 1}]}),
    Finding(
        "2001:db8::1", mac="0004f2aabbcd", reason="authentication_failed", message="user name or password refused."
    ),
    Finding(None, ["nowhere"], reason="unreachable", message="the name can't be resolved."),
]
COUNTS = {"read": 1, "silent": 2}


def entry(**changes: Any) -> dict[str, Any]:
    """A cache entry with the first finding, changed."""
    fields = {**dataclasses.asdict(FINDINGS[0]), **changes}
    return signed([{name: value for name, value in fields.items() if value != "gone"}], COUNTS)


def signed(findings: Any, counts: Any) -> dict[str, Any]:
    """A cache entry with a right digest."""
    entry = {"format": cache.FORMAT, "findings": findings, "counts": counts}
    return {**entry, "digest": hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:16]}


def test_what_was_written_is_read_back() -> None:
    assert cache.load(json.loads(json.dumps(cache.dump(FINDINGS, COUNTS)))) == (FINDINGS, COUNTS)
    assert cache.load(cache.dump([], {})) == ([], {})
    assert cache.load(entry()) == (FINDINGS[:1], COUNTS)


@pytest.mark.parametrize("other", [cache.FORMAT - 1, cache.FORMAT + 1, None, str(cache.FORMAT)])
def test_another_format_is_ignored(other: Any) -> None:
    assert cache.load({**cache.dump(FINDINGS, COUNTS), "format": other}) is None


def test_a_cache_without_a_format_is_ignored() -> None:
    """As it was written before the format had a number."""
    assert cache.load({"findings": [dataclasses.asdict(finding) for finding in FINDINGS]}) is None


@pytest.mark.parametrize(
    "garbage",
    [None, "", "text", 7, [], {}, {"format": cache.FORMAT}, {"format": cache.FORMAT, "findings": None}]
    + [signed(findings, COUNTS) for findings in ("", {}, {"a": 1}, [None], ["x"], [[]], [{}], [{"1": 2}])]
    + [signed([], counts) for counts in (None, [], {"read": "1"}, {"read": None})],
)
def test_garbage_is_ignored(garbage: Any) -> None:
    assert cache.load(garbage) is None


def test_an_entry_that_was_cut_off_is_noticed() -> None:
    """Cut anywhere, as YAML and as JSON: what is left is not read, or is nothing that counts."""
    for text in (json.dumps(cache.dump(FINDINGS, COUNTS)), yaml.safe_dump(cache.dump(FINDINGS, COUNTS))):
        for end in range(len(text) - 1):
            with contextlib.suppress(yaml.YAMLError):
                assert cache.load(yaml.safe_load(text[:end])) is None, text[:end]


def test_a_changed_entry_is_noticed() -> None:
    entry = cache.dump(FINDINGS, COUNTS)
    assert cache.load({**entry, "findings": entry["findings"][:-1]}) is None
    assert cache.load({name: value for name, value in entry.items() if name != "digest"}) is None
    assert cache.load({**entry, "findings": [{"x": {1, 2}}]}) is None


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Finding)])
def test_a_missing_field_is_noticed(name: str) -> None:
    assert cache.load(entry(**{name: "gone"})) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"another": 1},
        {"address": "10.0.0.300"},
        {"address": 7},
        {"names": None},
        {"names": "front"},
        {"names": [1]},
        {"mac": "0004f2"},
        {"mac": "00:04:f2:aa:bb:cc"},
        {"mac": 7},
        {"facts": []},
        {"facts": {}},
        {"facts": {"device": 1}},
        {"facts": {"device": {}, "lines": {}}},
        {"facts": {"device": {}, "lines": [1]}},
        {"facts": None},
        {"reason": "tls"},
        {"message": 1},
        {"proved": None},
        {"proved": "yes"},
        {"closed": 1},
    ],
)
def test_an_odd_value_is_noticed(changes: dict[str, Any]) -> None:
    assert cache.load(entry(**changes)) is None


def key(text: str = "10.0.0.1-9", keep_all: bool = False, expected: Expected | None = None, **options: Any) -> str:
    settings = {"password": "secret", "timeout": 10.0, **options.pop("settings", {})}
    targets = Targets.of([Entry.parse(text)], [expected] if expected else [], [])
    return cache.key(targets, Probe(Settings(**settings), **options), keep_all)


def test_every_other_scan_has_another_key() -> None:
    keys = [
        key(),
        key("10.0.0.1-8"),
        key(keep_all=True),
        key(expected=Expected("front")),
        key(subsets=("lines",)),
        key(prefixes=("0004f2",)),
        key(trusting=True),
        key(settings={"username": "User"}),
        key(settings={"port": 8443}),
    ]
    assert len(set(keys)) == len(keys)


def test_the_password_and_what_only_names_hosts_do_not_change_the_key() -> None:
    assert key() == key(settings={"logins": object(), "judge": object()})
    assert key() == key(settings={"password": "another"}) == key(expected=Expected(mac="0004f2aabbcc", name="front"))
