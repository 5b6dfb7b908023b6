# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: what a name alone tells."""

from __future__ import annotations

import re

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import catalogue
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.known import KNOWN_PARAMETERS


def test_the_table_is_well_formed() -> None:
    lines = KNOWN_PARAMETERS.strip().splitlines()
    names = [line.split()[0] for line in lines]
    assert len(lines) > 500
    assert names == sorted(names, key=str.lower), "keep the table sorted"
    assert len(set(names)) == len(names)
    for line in lines:
        assert re.fullmatch(r"[A-Za-z][\w.-]* (bool|int|str|\?|enum:[\w.=|]+)( (no|yes|restart|reboot))?", line), line


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
    assert catalogue.pattern(name) == pattern


@pytest.mark.parametrize(
    "name",
    [
        "reg.1.auth.password",
        "reg.12.pin",
        "device.auth.localAdminPassword",
        "device.sec.TLS.customDeviceCert2.privateKey",
        "device.sec.configEncryption.key",
        "device.wifi.psk.key",
        "diags.pcap.background.encryption.key",
        "device.prov.lyncDeviceUpdatePin",
        "fs.unLockPhone.pin",
        "SCEP.challengePassword",
        "reg.1.auth.password.VVX411",
    ],
)
def test_secrets_are_known_by_name(name: str) -> None:
    assert catalogue.is_secret(name)


@pytest.mark.parametrize(
    "name",
    ["reg.1.label", "log.level.change.key", "call.internationalPrefix.key", "device.auth.localAdminPassword.set", "sec.pwd.length.admin", "device.set"],
)
def test_what_only_looks_like_a_secret_is_none(name: str) -> None:
    assert not catalogue.is_secret(name)


@pytest.mark.parametrize(
    ("name", "companion"),
    [
        ("device.theme", "device.theme.set"),
        ("device.sec.TLS.customDeviceCert1.publicCert", "device.sec.TLS.customDeviceCert1.set"),
        ("device.sec.TLS.customDeviceCert1.privateKey", "device.sec.TLS.customDeviceCert1.set"),
        ("device.sec.TLS.customCaCert1", "device.sec.TLS.customCaCert1.set"),
        ("reg.1.label", None),
        ("device.set", None),
        ("device.theme.set", None),
    ],
)
def test_companions(name: str, companion: str | None) -> None:
    assert catalogue.companion(name) == companion


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        ([], "no"),
        (["reg.1.address"], "no"),
        (["reg.1.address", "up.idleTimeout"], "unknown"),
        (["reg.1.address", "no.such.name"], "unknown"),
        (["no.such.name", "device.theme"], "yes"),
        (["device.nobody.knows"], "yes"),
        (["msg.mwi.1.led"], "yes"),
    ],
)
def test_unknown_restart_effects_are_never_told_as_no(names: list[str], answer: str) -> None:
    assert catalogue.restart_required(names) == answer


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("reg.1.adress", "reg.1.address"),
        ("reg.7.server.2.adress", "reg.7.server.2.address"),
        ("up.idletimeout", "up.idleTimeout"),
        ("Reg.1.label", "reg.1.label"),
        ("tcpIpApp.sntp.addres", "tcpIpApp.sntp.address"),
    ],
)
def test_the_closest_known_name_keeps_the_indices(wrong: str, right: str) -> None:
    assert catalogue.closest(wrong)[0] == right


def test_names_that_the_phone_confirmed_are_candidates_too() -> None:
    assert catalogue.closest("brand.new.featur", confirmed=["brand.new.feature"]) == ["brand.new.feature"]
    assert catalogue.closest("xyzzy") == []
