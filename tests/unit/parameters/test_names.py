# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of parameters: patterns, indices and companions."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import names
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.table import TABLE
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("reg.12.server.2.address", "reg.x.server.y.address"),
        ("reg.1.address", "reg.x.address"),
        ("call.callsPerLineKey.VVX101", "call.callsPerLineKey"),
        ("reg.1.label.VVX1500", "reg.x.label"),
        ("device.sec.TLS.customCaCert1", "device.sec.TLS.customCaCert1"),
        ("up.idleTimeout", "up.idleTimeout"),
    ],
)
def test_indices_and_model_suffixes_are_taken_off(name: str, pattern: str) -> None:
    assert names.pattern(name) == pattern


@pytest.mark.parametrize(
    ("name", "companion"),
    [
        ("device.theme", "device.theme.set"),
        ("device.sec.TLS.customDeviceCert1.publicCert", "device.sec.TLS.customDeviceCert1.set"),
        ("device.sec.TLS.customDeviceCert1.privateKey", "device.sec.TLS.customDeviceCert1.set"),
        ("device.sec.TLS.customCaCert1", "device.sec.TLS.customCaCert1.set"),
        ("reg.1.label", None),
        ("device.set", None),
        ("device.prov.masterConfigFile", None),
        ("device.theme.set", None),
    ],
)
def test_companions(name: str, companion: str | None) -> None:
    assert names.companion(name) == companion


@given(st.sampled_from(sorted(TABLE)), st.lists(st.integers(1, 99), min_size=3, max_size=3))
def test_patterns_and_indices_are_what_a_name_consists_of(known: str, numbers: list[int]) -> None:
    places = dict(zip("xyz", map(str, numbers)))
    name = ".".join(places.get(part, part) for part in known.split("."))
    assert names.pattern(name) == names.pattern(f"{name}.VVX411") == known
    assert names.indices(name) == [places[part] for part in known.split(".") if part in places]
