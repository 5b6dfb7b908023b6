# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin's options, checked without an inventory."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.options import (
    check_options,
    csv_options,
    fleet_settings,
    make_probe,
)


def test_settings_of_a_fleet_name_no_phone() -> None:
    settings = fleet_settings({"password": "secret", "verify_hostname": "mac", "port": 8443, "timeout": ""}, 2.0)
    assert (settings.host, settings.mac, settings.port_in_use) == ("", None, 8443)
    assert (settings.timeout, settings.retries, settings.connect_timeout) == (10.0, 2, 2.0)


@pytest.mark.parametrize(
    ("args", "connect_timeout", "message"),
    [
        ({"password": None}, 2.0, "password is not set"),
        ({"port": 65536}, 2.0, "port"),
        ({"timeout": -1}, 2.0, "timeout"),
        ({"retries": "x"}, 2.0, "retries"),
        ({"ca_path": "none.pem"}, 2.0, "none.pem: No such file"),
        ({"host": "10.0.0.1"}, 2.0, "host"),
        ({}, 0, "connect_timeout must be above 0"),
        ({}, float("nan"), "connect_timeout must be above 0"),
    ],
)
def test_settings_that_are_refused(args: dict[str, Any], connect_timeout: float, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        fleet_settings({"password": "secret", **args}, connect_timeout)
    assert message in caught.value.message and caught.value.host is None


def test_a_probe() -> None:
    settings = fleet_settings({"password": "secret"}, 2.0)
    probe = make_probe(settings, "strict", ["lines", "device"], ["00:04:F2", "64-16-7f-0"])
    assert (probe.subsets, probe.prefixes, probe.trusting) == (("lines",), ("0004f2", "64167f0"), False)
    with pytest.raises(SettingsError, match="mac_prefixes"):
        make_probe(settings, "strict", [], ["00:04"])
    with pytest.raises(SettingsError, match="mac_prefixes"):
        make_probe(settings, "strict", [], [])


def test_plain_http_needs_trust() -> None:
    settings = fleet_settings({"password": "secret", "use_ssl": False}, 2.0)
    assert make_probe(settings, "trusting", [], ["0004f2"]).trusting
    with pytest.raises(SettingsError) as caught:
        make_probe(settings, "strict", [], ["0004f2"])
    assert "probe: trusting" in caught.value.remedy


def test_csv_options() -> None:
    columns = {"address": "IP", "name": "name", "mac": "mac"}
    assert csv_options({"path": "phones.csv", "address": "IP"}) == ("phones.csv", columns, ",")
    with pytest.raises(SettingsError, match="must be one character"):
        csv_options({"path": "phones.csv", "delimiter": ";;"})
    with pytest.raises(SettingsError) as caught:
        csv_options({"path": "phones.csv", "ip": "IP"})
    assert "path, address, name, mac, delimiter" in caught.value.remedy


def test_options_are_checked_before_the_scan() -> None:
    check_options(512, 32, ["label", "{{ site }}-x", "mac"], ["lines"])
    for workers, prefix, hostname, message in (
        (0, 24, "mac", "workers"),
        (513, 24, "mac", "workers"),
        (64, 0, "mac", "subnet_prefix"),
        (64, 33, "mac", "subnet_prefix"),
        (64, 24, "lable", "'lable' is not a template"),
        (64, 24, "extension", "extension needs the subset lines"),
    ):
        with pytest.raises(SettingsError, match=message) as caught:
            check_options(workers, prefix, [hostname], [])
        assert caught.value.remedy
