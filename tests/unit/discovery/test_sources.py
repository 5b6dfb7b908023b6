# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists, CSV files and provisioning folders, and the targets that they add up to."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.addresses import Entry, addresses
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import MAC_PREFIXES
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import (
    Expected,
    Targets,
    read_csv,
    read_list,
    read_provisioning,
)

COLUMNS = {"address": "address", "name": "name", "mac": "mac"}


def test_a_list(tmp_path: Path) -> None:
    path = tmp_path / "phones.txt"
    path.write_text("\ufeff10.1.20.11  # reception\r\n\r\n# the lab\n10.1.21.0/30\nphone-7\n", encoding="utf-8")
    assert list(read_list(str(path))) == ["10.1.20.11", "10.1.21.0/30", "phone-7"]


def test_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    path.write_text(
        "\ufeffIP; MAC address ;Phone;Room No.;site\n"
        '10.1.20.11;00:04:F2:AA:BB:CC;front;"2;17";berlin\n;0004f2aabbcd;;;\n;;nobody;;\n',
        encoding="utf-8",
    )
    columns = {"address": "IP", "name": "Phone", "mac": "MAC address"}
    assert list(read_csv(str(path), columns, ";")) == [
        Expected("10.1.20.11", "0004f2aabbcc", "front", {"Room_No": "2;17", "site": "berlin"}),
        Expected(None, "0004f2aabbcd", None, {}),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "neither a column address nor a column mac; its columns are: a, b"),
        ("", "its columns are: none"),
        ("address,ansible_password\n10.1.20.11,secret\n", "looks like it holds passwords"),
        ("address,vvx\n10.1.20.11,1\n", "'vvx' can't become a variable"),
        ("address,2nd\n10.1.20.11,1\n", "'2nd' can't become a variable"),
        ("address,class\n10.1.20.11,1\n", "'class' can't become a variable"),
        ("address,a b,a-b\n10.1.20.11,1,2\n", "the columns a b, a-b would become the same variable"),
        ("address,room,room\n10.1.20.11,1,2\n", "the columns room would become the same variable"),
        ("address,PIN\n10.1.20.11,secret\n", "looks like it holds passwords"),
        ("address,mac\n10.1.20.11,0004f2\n", "line 2: '0004f2' is not a MAC address"),
    ],
)
def test_csv_files_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "phones.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        list(read_csv(str(path), COLUMNS))
    assert message in caught.value.message and caught.value.remedy and "secret" not in caught.value.message


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        list(read_list(str(tmp_path / "none.txt")))
    with pytest.raises(SettingsError, match="No such file"):
        list(read_provisioning(str(tmp_path / "none"), MAC_PREFIXES))
    (tmp_path / "latin.csv").write_bytes(b"address,room\n10.1.20.11,B\xfcro\n")
    with pytest.raises(SettingsError, match="not in UTF-8"):
        list(read_csv(str(tmp_path / "latin.csv"), COLUMNS))


def test_a_provisioning_folder(tmp_path: Path) -> None:
    for name in (
        *(
            "000000000000.cfg",
            "0004F2AABBCC.cfg",
            "0004f2aabbcc-phone.cfg",
            "0004f2aabbcc-web.cfg",
            "64167f000001-lines.cfg",
            "482567000001.cfg",
        ),
        *(
            "001565aabbcc.cfg",
            "0004f2aabbcd-directory.xml",
            "0004f2aabbce-app.log",
            "0004f2aabbcfd.cfg",
            "site.cfg",
            "0004f2aabbcg.cfg",
        ),
    ):
        (tmp_path / name).touch()
    assert [phone.mac for phone in read_provisioning(str(tmp_path), MAC_PREFIXES)] == [
        "0004f2aabbcc",
        "482567000001",
        "64167f000001",
    ]


def test_each_address_is_a_target_once() -> None:
    listed = [Entry.parse(text) for text in ("10.1.20.11-13", "10.1.20.12", "phone-7", "phone-7", "10.1.20.0/28")]
    targets = Targets.of(
        listed,
        [Expected("10.1.20.13", name="front"), Expected("phone-8"), Expected(mac="0004f2aabbcc")],
        ["10.1.20.1-10", "10.1.20.14"],
    )
    assert list(addresses(targets.spans)) == ["10.1.20.11", "10.1.20.12", "10.1.20.13"]
    assert targets.names == ["phone-7", "phone-8"]
    assert [phone.address for phone in targets.expected] == [
        "10.1.20.12",
        "phone-7",
        "phone-7",
        "10.1.20.13",
        "phone-8",
        None,
    ]


def test_what_is_excluded_is_not_expected() -> None:
    expected = [
        Expected("10.1.20.13", "0004f2aabbcc"),
        Expected("10.1.20.16", name="front"),
        Expected(mac="0004f2aabbcd"),
    ]
    assert Targets.of([Entry.parse("10.1.20.12")], expected, ["10.1.20.12/30"]).expected == expected[1:]
    assert list(addresses(Targets.of([Entry.parse("10.1.20.13")], [], ["10.1.20.0/24"]).spans)) == []


@pytest.mark.parametrize(
    ("entries", "exclude", "message"),
    [
        (["10.0.0.0/8"], [], "16777214 addresses are too many"),
        (["2001:db8::/64"], [], "too many"),
        (["10.1.20.1"], ["phone-7"], "'phone-7' is a name"),
    ],
)
def test_targets_that_are_refused(entries: list[str], exclude: list[str], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Targets.of([Entry.parse(text) for text in entries], [], exclude)
    assert message in caught.value.message and caught.value.remedy


def test_a_csv_file_names_phones_and_no_networks() -> None:
    with pytest.raises(SettingsError, match="not the address of one phone"):
        Targets.of([], [Expected("10.1.20.0/24")], [])


def test_what_is_left_of_a_large_network_counts() -> None:
    assert Targets.of([Entry.parse("10.0.0.0/8")], [], ["10.128.0.0/9", "10.0.0.0-10.127.255.0"]).spans
