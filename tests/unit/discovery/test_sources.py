# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and provisioning folders, and the targets that all sources add up to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.addresses import Entry, addresses
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import MAC_PREFIXES
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import (
    Expected,
    Targets,
    read_list,
    read_provisioning,
)


def test_a_list(tmp_path: Path) -> None:
    path = tmp_path / "phones.txt"
    path.write_text("\ufeff10.1.20.11  # reception\r\n\r\n# the lab\n10.1.21.0/30\nphone-7\n", encoding="utf-8")
    assert list(read_list(str(path), nothing)) == ["10.1.20.11", "10.1.21.0/30", "phone-7"]


def nothing(text: str) -> None:
    raise AssertionError(text)


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        list(read_list(str(tmp_path / "none.txt"), nothing))
    with pytest.raises(SettingsError, match="No such file"):
        read_provisioning(str(tmp_path / "none"), MAC_PREFIXES, nothing)
    for path in ("a\0b", f"{tmp_path}/a\0b"):
        with pytest.raises(SettingsError, match="no path"):
            list(read_list(path, nothing))
        with pytest.raises(SettingsError, match="no path"):
            read_provisioning(path, MAC_PREFIXES, nothing)


def test_a_list_that_is_no_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, message in ((tmp_path / "pipe", "is no regular file, but a pipe"), (tmp_path, "is a folder")):
        with pytest.raises(SettingsError, match=message):
            list(read_list(str(path), nothing))


FILES = {
    "0004F2AABBCC.cfg": "0004f2aabbcc",
    "0004f2aabbcc-phone.cfg": "0004f2aabbcc",
    "64167f000001-lines.cfg": "64167f000001",
    "phone482567000001.cfg": "482567000001",
    "face0004f2000007.cfg": "0004f2000007",
    "VVX 250 0004f2000002 (lab).cfg": "0004f2000002",
    "berlin-0004f2000003-web.cfg": "0004f2000003",
    "vvx_00-04-F2-00-00-04.cfg": "0004f2000004",
    "0004.f200.0005.cfg": "0004f2000005",
    "000000000000.cfg": None,
    "001565aabbcc.cfg": None,
    "phone001565aabbcd.cfg": None,
    "0004f2aabbcd-directory.xml": None,
    "0004f2aabbce-app.log": None,
    "site.cfg": None,
    "sip_20260101120000.cfg": None,
}
UNCLEAR = ("0004f2aabbcfd.cfg", "0004f2aabbcg.cfg", "10004f2aabb01.cfg", "0004f2aabb02-0004f2aabb03.cfg")


def test_a_provisioning_folder(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).touch()
    (tmp_path / "0004f2000006").mkdir()
    (tmp_path / "firmware").mkdir()
    found = [phone.mac for phone in read_provisioning(str(tmp_path), MAC_PREFIXES, nothing)]
    assert found == sorted({mac for mac in FILES.values() if mac} | {"0004f2000006"})


def test_file_names_with_an_unclear_mac_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    for name in (*UNCLEAR, "0004f2000001.cfg"):
        (tmp_path / name).touch()
    assert [phone.mac for phone in read_provisioning(str(tmp_path), MAC_PREFIXES, told.append)] == ["0004f2000001"]
    assert len(told) == 1 and all(name in told[0] for name in UNCLEAR), told


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
