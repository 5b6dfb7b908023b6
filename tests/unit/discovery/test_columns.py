# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the headers of a CSV file mean."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.columns import is_secret, read_header, trimmed


def roles(*header: str, **wanted: str) -> dict[str, str]:
    return {role: header[index] for role, index in read_header("f", header, wanted).roles.items()}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("mac", "address", "name"), {"mac": "mac", "address": "address", "name": "name"}),
        (("MAC", "Address", "Site"), {"mac": "MAC", "address": "Address"}),
        (("MAC address", "IP"), {"mac": "MAC address", "address": "IP"}),
        (("Mac-Addr.", "IP Address", "Host name"), {"mac": "Mac-Addr.", "address": "IP Address", "name": "Host name"}),
        (("\ufeffmac\u200b", "\u00a0ip\u00a0"), {"mac": "\ufeffmac\u200b", "address": "\u00a0ip\u00a0"}),
        (("mac", "address", "host"), {"mac": "mac", "address": "address"}),
        (("MAC-Adresse", "IP-Adresse"), {"mac": "MAC-Adresse", "address": "IP-Adresse"}),
        (("Adresse MAC", "adresse IP"), {"mac": "Adresse MAC", "address": "adresse IP"}),
        (("macaddress", "hostname"), {"mac": "macaddress", "name": "hostname"}),
    ],
)
def test_the_usual_headers(header: tuple[str, ...], expected: dict[str, str]) -> None:
    assert roles(*header) == expected


def test_headers_that_the_user_names() -> None:
    assert roles("Ethernet", "IP", "Desk", mac="ethernet", name="Desk") == {
        "mac": "Ethernet",
        "address": "IP",
        "name": "Desk",
    }
    assert roles("MAC", "mac", "ip", mac="mac") == {"mac": "mac", "address": "ip"}


def test_all_other_columns_become_variables() -> None:
    columns = read_header("f", ["mac", "Room No.", "site", "", "Büro\u200b", "reg.1.label"], {})
    assert columns.variables == {1: "Room_No", 2: "site", 4: "Büro", 5: "reg_1_label"} and columns.count == 6


@pytest.mark.parametrize(
    ("header", "wanted", "told"),
    [
        (["a", "b"], {}, "neither a column for addresses nor one for MAC addresses; its columns are: a, b"),
        ([], {}, "its columns are: none"),
        (["mac", "ip"], {"name": "Phone"}, "it has no column Phone; its columns are: mac, ip"),
        (["MAC", "mac"], {}, "the columns MAC, mac could both hold the mac"),
        (["mac", "ip", "host"], {}, "the columns ip, host could both hold the address"),
        (["mac", "reg.1.label", "reg 1 label"], {}, "the columns reg.1.label, reg 1 label would become the same"),
        (["mac", "room", "room"], {}, "the columns room would become the same variable"),
        (["mac", "a\u200bb", "ab"], {}, "the columns ab would become the same variable"),
        (["mac", "vvx"], {}, "'vvx' can't become a variable"),
        (["mac", "2nd"], {}, "'2nd' can't become a variable"),
        (["mac", "class"], {}, "'class' can't become a variable"),
        (["mac", "#"], {}, "'#' can't become a variable"),
        (["mac", "ansible_host"], {}, "'ansible_host' can't become a variable"),
        (["mac", "pw"], {}, "the column pw looks like it holds passwords"),
        (["mac", "pw", "PIN"], {}, "the columns pw, PIN look like they hold passwords"),
    ],
)
def test_headers_that_are_refused(header: list[str], wanted: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_header("phones.csv", header, wanted)
    assert told in caught.value.message and caught.value.remedy and "phones.csv" in caught.value.message


def test_all_mistakes_of_a_header_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_header("f", ["mac", "MAC", "secret", "a b", "a-b", "2nd"], {"name": "x"})
    for told in ("could both", "no column x", "passwords", "same variable", "'2nd'"):
        assert told in caught.value.message
    assert caught.value.remedy.count(".") >= 5


SECRETS = """
pw, password, Password, PASSWD, pass, passphrase, PIN, pins, secret, token, key, pwd, adminpw, vmpin,
ansible_password, sippassword, userPassword, SIPPassword, authPW, VMPin, apiKey, topsecret, Kennwort, passwort, psk,
credentials, SIP secret, Admin PW, Wi-Fi key, private key, Voicemail PIN, reg.1.auth.password, API-Token, PIN code,
p\u200bw, W L A N-Key, device_prov_password, pre-shared keys, passwords, my_token, pins of users,
passwd2, Password1, PW 2, pin_3, mot de passe, SIP mot de passe
"""
INNOCENT = """
Bypass, Keyboard, keypad, compass, Passenger, passport, secretary, opinion, spinner, tokenizer, site, room, auth,
authUser, lineKey, lineKeys, softkey, monkey, hotkey, Typ, Pinneberg, keynote, passive, surpass, Line key, line keys,
Soft Key, auth user, reg.1.auth.userId, Spin, Primary key, key 1 label,
Bypass2, key1, Spin 2, mot, passe-partout
"""


def titles(listed: str) -> list[str]:
    return [" ".join(title.split()) for title in listed.split(",")]


@pytest.mark.parametrize("title", titles(SECRETS))
def test_columns_that_hold_secrets(title: str) -> None:
    assert is_secret(title)


@pytest.mark.parametrize("title", titles(INNOCENT))
def test_columns_that_only_look_so(title: str) -> None:
    assert not is_secret(title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" a ", "a"),
        ("\u200b\u00a0a\u2060 \u200d", "a"),
        ("a\u200db", "a\u200db"),
        ("\ufeff", ""),
        ("\u200b", ""),
        ("\u2028a\x0c", "a"),
    ],
)
def test_blanks_around_a_text(text: str, expected: str) -> None:
    assert trimmed(text) == expected
