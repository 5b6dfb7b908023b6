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
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.tables import CsvOptions


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


def csv_of(**args: Any) -> CsvOptions:
    return csv_options({"path": "phones.csv", **args}, "/x/{}".format)


def test_csv_options() -> None:
    columns: dict[str, str | None] = {"address": "IP", "name": None, "mac": None}
    assert csv_of(address="IP", name="") == CsvOptions("/x/phones.csv", columns)
    assert [csv_of(delimiter=given).delimiter for given in (";", "tab", "\\t", "\t", None)] == [";", *["\t"] * 3, None]
    assert csv_of(skip_bad_rows="yes").skip_bad_rows
    for delimiter in (";;", " ", '"', "a", "1", "\n", "\0", ["a", "b"]):
        with pytest.raises(SettingsError, match="delimiter (must be|contains a character)") as caught:
            csv_of(delimiter=delimiter)
        assert caught.value.remedy
    with pytest.raises(SettingsError) as caught:
        csv_of(ip="IP")
    assert "path, address, name, mac, delimiter, encoding, skip_bad_rows" in caught.value.remedy


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
