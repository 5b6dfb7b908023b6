# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files are written with the switches that device.* need, or not at all."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.writing import write


@pytest.mark.parametrize(
    "parameters",
    [{"a.b": "\x00"}, {"a.b": "\ufffe"}, {"a.b": "\ud800"}, {"1.2": "x"}, {"a b": "x"}, {'a"b': "x"}, {"": "x"}],
)
def test_what_no_file_can_hold_is_refused(parameters: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="XML does not allow|not a parameter name"):
        write(parameters)


@pytest.mark.parametrize("switch", ["device.foo.set", "device.set"])
@pytest.mark.parametrize("value", ["0", "", "false", "no"])
def test_a_switch_that_is_off_is_not_turned_on(switch: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"{switch} is not 1"):
        write({"device.foo": "x", switch: value})
    assert write({"device.foo": "x", switch: "true"}) == write({"device.foo": "x"})


def test_the_file_of_the_flash_memory_without_a_switch_gets_none() -> None:
    assert ".set" not in write({"device.prov.masterConfigFile": "x"})


def test_certificate_and_key_share_a_switch() -> None:
    name = "device.sec.TLS.customDeviceCert1"
    assert write({f"{name}.publicCert": "x", f"{name}.privateKey": "y"}).count(".set=") == 2
