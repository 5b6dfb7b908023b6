# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundled table: secrets and restart effects by name."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import table


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


def test_restart_reasons_name_the_effect_and_how_it_is_known() -> None:
    reasons = table.restart_reasons(["reg.1.address", "device.theme", "device.nobody.knows", "up.idleTimeout"])
    assert reasons == {
        "device.theme": "reboot (seen on UC Software 6.1)",
        "device.nobody.knows": "yes (guides flag device.* as a family)",
    }
