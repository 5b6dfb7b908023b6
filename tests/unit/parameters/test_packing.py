# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packing: never over the limits, never torn apart, as few requests as can be, restarts last."""

from __future__ import annotations

import json
import math
import time

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import packing
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.names import DEVICE_SET, companion, is_companion
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.table import restarts_phone
from hypothesis import given
from hypothesis import strategies as st

PLAIN = st.builds("reg.{}.label".format, st.integers(1, 99)) | st.builds("up.thing{}".format, st.integers(1, 200))
DEVICE = st.builds("device.thing{}".format, st.integers(1, 60)) | st.builds(
    "device.sec.TLS.customDeviceCert{}.{}".format, st.integers(1, 3), st.sampled_from(["publicCert", "privateKey"])
)
RESTARTING = st.builds("msg.mwi.{}.led".format, st.integers(1, 40))
TEXTS = st.text(max_size=20) | st.builds(lambda char, count: char * count, st.sampled_from("aé☎"), st.integers(0, 1500))
DESIRED = st.dictionaries(PLAIN | DEVICE | RESTARTING, TEXTS, max_size=90)


def body(values: dict[str, str]) -> bytes:
    return json.dumps({"data": values}, separators=(",", ":")).encode()


@given(DESIRED)
def test_batches_hold_everything_and_keep_the_limits(desired: dict[str, str]) -> None:
    batches = packing.pack(desired)
    sent = [(name, value) for batch in batches for name, value in batch.values.items() if not is_companion(name)]
    assert sorted(sent) == sorted(desired.items()), "each parameter exactly once"
    for batch in batches:
        assert 0 < len(batch.values) <= 20
        assert len(body(batch.values)) <= 20_000


@given(DESIRED)
def test_companions_travel_with_their_parameters(desired: dict[str, str]) -> None:
    for batch in packing.pack(desired):
        needed = {companion(name) for name in batch.values if companion(name)}
        if needed:
            needed.add(DEVICE_SET)
        assert {name for name in batch.values if is_companion(name)} == needed
        assert all(batch.values[str(name)] == "1" for name in needed)


@given(DESIRED)
def test_what_shares_a_companion_is_never_torn_apart(desired: dict[str, str]) -> None:
    homes: dict[str, int] = {}
    for index, batch in enumerate(packing.pack(desired)):
        for name in batch.values:
            if name.endswith((".publicCert", ".privateKey")):
                assert homes.setdefault(str(companion(name)), index) == index


def test_no_second_restart_for_the_sake_of_sharing() -> None:
    """36 others leave room for one group more; five groups that restart the phone fit into a request of their own."""
    desired = {f"reg.{index}.label": "x" for index in range(36)} | {f"device.thing{index}": "x" for index in range(5)}
    batches = packing.pack(desired)
    assert [batch.restarts for batch in batches] == [False, False, True]


@given(DESIRED)
def test_what_restarts_the_phone_comes_last(desired: dict[str, str]) -> None:
    batches = packing.pack(desired)
    restarting = [any(restarts_phone(name) for name in batch.values if name in desired) for batch in batches]
    assert restarting == [batch.restarts for batch in batches]
    assert restarting == sorted(restarting)


@given(st.integers(0, 90))
def test_plain_parameters_need_no_more_requests_than_the_limit_forces(count: int) -> None:
    batches = packing.pack({f"reg.{index}.label": "x" for index in range(1, count + 1)})
    assert len(batches) == math.ceil(count / 20)


@pytest.mark.parametrize(
    ("plain", "device", "batches"),
    [(0, 9, 1), (1, 9, 1), (2, 9, 2), (0, 10, 2), (20, 1, 2), (17, 1, 1), (11, 9, 2), (37, 1, 2)],
)
def test_restarting_parameters_share_the_last_request(plain: int, device: int, batches: int) -> None:
    desired = {f"reg.{index}.label": "x" for index in range(plain)} | {
        f"device.thing{index}": "x" for index in range(device)
    }
    assert len(packing.pack(desired)) == batches


def test_time_grows_with_the_number_of_parameters_only() -> None:
    desired = {f"{family}{index}": "x" for index in range(10_000) for family in ("device.thing", "reg.1.thing")}
    started = time.process_time()
    assert packing.oversized(desired) == []
    batches = packing.pack(desired)
    assert time.process_time() - started < 30
    assert sum(not is_companion(name) for batch in batches for name in batch.values) == 20_000


@given(st.dictionaries(PLAIN | DEVICE, st.text(max_size=20)))
def test_small_values_are_never_too_large(values: dict[str, str]) -> None:
    longest = {name: value or "\U0001f600" * 255 for name, value in values.items()}
    assert packing.oversized(longest) == []
    assert all(packing.size(group) <= packing.MOST_BYTES for group in packing.groups(longest))


def test_one_value_alone_can_be_too_large() -> None:
    desired = {"device.sec.TLS.customCaCert1": "x" * 20_000, "reg.1.label": "x"}
    assert packing.oversized(desired) == ["device.sec.TLS.customCaCert1"]
    with pytest.raises(ValueError, match="too large"):
        packing.pack(desired)


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30), max_size=20))
def test_size_is_never_below_the_real_body(values: dict[str, str]) -> None:
    assert len(body(values)) <= packing.size(values) <= len(body(values)) + 1


@given(st.lists(st.text(min_size=1, max_size=1200), max_size=70))
def test_reading_keeps_the_limits_and_the_order(names: list[str]) -> None:
    chunks = packing.chunks(names)
    assert [name for chunk in chunks for name in chunk] == names
    for chunk in chunks:
        assert 0 < len(chunk) <= 20
        assert len(json.dumps({"data": chunk}).encode()) <= 20_000


@given(st.integers(0, 200))
def test_reading_short_names_takes_the_fewest_requests(count: int) -> None:
    assert len(packing.chunks([f"reg.{index}.label" for index in range(count)])) == math.ceil(count / 20)
