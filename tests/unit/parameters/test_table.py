# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: what a name alone tells."""

from __future__ import annotations

import re

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import fact, names, suggestions, table, values
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.bundled import BASES, BUNDLED_TABLE


def test_the_table_is_in_order_and_says_nothing_twice() -> None:
    lines = BUNDLED_TABLE.strip().splitlines()
    listed = [line.split()[0] for line in lines]
    assert len(lines) > 500
    assert listed == sorted(listed, key=str.lower), "keep the table sorted"
    assert len({name.lower() for name in listed}) == len(listed)
    for line in lines:
        words = [word.split("@")[0] for word in line.split()[2:] if not word.startswith("=")]
        assert len(words) == len(set(words)) and line == " ".join(line.split()), line


@pytest.mark.parametrize("name", table.TABLE)
def test_what_the_table_says_of_a_parameter_is_consistent(name: str) -> None:
    known = table.TABLE[name]
    assert re.fullmatch(r"[A-Za-z][\w.-]*", name) and names.pattern(name) == name
    assert not names.is_companion(name), "companions have a rule"
    assert (known.basis in BASES) is (known.restart != "unknown")
    assert known.lowest is None or known.highest is None or known.lowest <= known.highest
    spellings = [spelling.lower() for choice in known.choices for spelling in choice]
    assert len(spellings) == len(set(spellings))
    assert known.default is None or values.misfit(known.default, known) is None, "the default fits"
    assert known.default is None or values.canonical(known.default, known) == known.default or known.type == "enum", (
        "the default is in the phone's spelling"
    )
    if name.startswith("device."):
        assert known.default is None, "what is in the flash memory is no default"
    if known.secret or table.is_secret(name):
        assert known.default is None and known.type in (None, "str")


@pytest.mark.parametrize(
    "line",
    ["a.b", "a.b bit", "a.b enum", "a.b int 5", "a.b bool 1..2", "a.b int maybe@4.1.6", "a.b str secrte", "a.b bool:1"],
)
def test_a_line_that_says_nothing_known_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"a\.b|not enough"):
        fact.parse(line)


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
        "reg.1.auth.password.VVXD60",
        "reg.1.auth.password.Edge450",
        "device.sec.configEncryption.key.Edge450",
        "sec.TLS.customDeviceKey.2",
        "sec.TLS.customDeviceKey1",
        "device.wifi.wep.key1",
        "device.wifi.wep.key.1",
        "device.wifi.wpa.key",
        "device.wifi.wpa2.passphrase",
        "device.wifi.psk",
        "some.thing.privatekey.3",
    ],
)
def test_secrets_are_known_by_name(name: str) -> None:
    assert table.is_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "reg.1.label",
        "log.level.change.key",
        "call.internationalPrefix.key",
        "device.auth.localAdminPassword.set",
        "sec.pwd.length.admin",
        "device.set",
        "softkey.1.label",
        "sec.TLS.customDeviceCert1",
        "up.pin.VVX411.size",
    ],
)
def test_what_only_looks_like_a_secret_is_none(name: str) -> None:
    assert not table.is_secret(name)


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
    assert table.restart_required(names) == answer


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
    assert suggestions.closest(wrong)[0] == right


def test_names_that_the_phone_confirmed_are_candidates_too() -> None:
    assert suggestions.closest("brand.new.featur", confirmed=["brand.new.feature"]) == ["brand.new.feature"]
    assert suggestions.closest("xyzzy") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("reg.3.adress", "reg.3.address"), ("up.idletimeout", "up.idleTimeout"), ("up.idelTimeout", "up.idleTimeout"), ("up.idleTimeoutt", "up.idleTimeout"),
        ("up.idleTimeout", None), ("log.level.change.rtp", None), ("device.sec.TLS.customCaCert2", None), ("foo.bar", None), ("reg.1.labels.size", None),
        ("up.pagination.enabled", None), ("up.Pagination.enabled", None), ("up.PAGINATION.enabled", "up.Pagination.enabled"),
    ],
)  # fmt: skip
def test_a_name_that_is_one_letter_away_is_a_near_miss(name: str, meant: str | None) -> None:
    assert suggestions.near_miss(name) == meant


def test_no_bundled_name_is_a_near_miss() -> None:
    assert {suggestions.near_miss(name) for name in table.TABLE} == {None}


def test_restart_reasons_name_the_effect_and_how_it_is_known() -> None:
    reasons = table.restart_reasons(["reg.1.address", "device.theme", "device.nobody.knows", "up.idleTimeout"])
    assert reasons == {
        "device.theme": "reboot (seen on UC Software 6.1)",
        "device.nobody.knows": "yes (guides flag device.* as a family)",
    }
