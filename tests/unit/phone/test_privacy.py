# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no reply gives away."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.privacy import is_secret, without_secrets


@pytest.mark.parametrize(
    "key",
    [
        "H235DHKey", "h235dhkey_key", "Password", "ProvServerPassword", "SRTP Master Key", "PSK", "WifiPSK",
        "preSharedKey", "EncryptionKey", "LockCodePin", "Security Token", "AuthToken", "passphrase ", "UserPwd", "PIN",
        "Client Secret", "privatekey", "Keys",
    ],
)  # fmt: skip
def test_secrets_by_name(key: str) -> None:
    assert is_secret(key)


@pytest.mark.parametrize(
    "key",
    [
        "KeyName", "LineKeys Used", "Keyboard", "ProvServerUser", "Security Mode", "Spinner", "MaxJitter", "Label",
        "Code", "Bypass", "Monkey", "Ping", "ContactPingInterval", "AttachedHardware", "PIN Status",
    ],
)  # fmt: skip
def test_what_is_none(key: str) -> None:
    assert not is_secret(key)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ([{"H235DHKey": "c2VjcmV0", "H235Call": "True"}], [{"H235DHKey": "***", "H235Call": "True"}]),
        ({"Keys": {"a": ["x", "", None, 7]}}, {"Keys": {"a": ["***", "", None, "***"]}}),
        ({"Password": "", "PSK": None}, {"Password": "", "PSK": None}),
        ({"Server": "ftp://joe:pw@192.0.2.1/x"}, {"Server": "ftp://***@192.0.2.1/x"}),
        ({"Number": "sip:1001@example.org"}, {"Number": "sip:1001@example.org"}),
        ({"a\x1b[31mb": "c\u202ed"}, {"ab": "cd"}),
        ("plain", "plain"),
        (7, 7),
    ],
)
def test_masked(raw: Any, safe: Any) -> None:
    assert without_secrets(raw) == safe


def test_no_nesting_is_endless() -> None:
    deep: Any = "x"
    for _level in range(900):
        deep = [deep]
    with pytest.raises(ValueError, match="nested too deeply"):
        without_secrets(deep)
    with pytest.raises(ValueError, match="nested too deeply"):
        without_secrets({"key": deep})
