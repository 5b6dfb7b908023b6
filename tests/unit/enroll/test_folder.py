# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files a new phone gets in a provisioning folder, whatever stands there already."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._enroll.folder import Folder, Wanted, settled
from ansible_collections.polycom.vvx.plugins.plugin_utils._enroll.masters import Master, NotAMaster
from hypothesis import given, settings
from hypothesis import strategies as st

MAC, OTHER = "0004f2000a01", "64167f000b02"
PARAMETERS = {"apps.restapi.enabled": "1", "device.auth.localAdminPassword": "s3cret&<>", "reg.1.label": "Desk"}
DEFAULT = '<?xml version="1.0"?>\n<APPLICATION APP_FILE_PATH="sip.ld" CONFIG_FILES="{}" MISC_FILES=""/>\n'


def listed(text: str) -> list[str]:
    """The files in CONFIG_FILES, as another reader has them."""
    root = ElementTree.fromstring(text.encode())
    return [part.strip() for part in root.attrib["CONFIG_FILES"].split(",")]


def write(folder: Path, wanted: Wanted) -> None:
    for name, content in {**wanted.masters, **wanted.backups, **dict(wanted.phones.values())}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def plan(folder: Path, *, overwrite: bool = False, macs: tuple[str, ...] = (MAC,)) -> Wanted:
    return Folder(str(folder), overwrite).wanted(dict.fromkeys(macs, PARAMETERS))


def values(content: bytes) -> dict[str, str]:
    return {name: value for element in ElementTree.fromstring(content).iter() for name, value in element.attrib.items()}


def test_an_empty_folder_gets_a_master_file_and_a_file_for_each_phone(tmp_path: Path) -> None:
    wanted = plan(tmp_path, macs=(MAC, OTHER))
    assert {mac: name for mac, (name, _content) in wanted.phones.items()} == {
        MAC: f"{MAC}-vvx.cfg", OTHER: f"{OTHER}-vvx.cfg",
    }  # fmt: skip
    assert list(wanted.masters) == ["000000000000.cfg"] and not wanted.refused and not wanted.backups
    assert listed(wanted.masters["000000000000.cfg"].decode()) == ["[PHONE_MAC_ADDRESS]-vvx.cfg"]
    assert values(wanted.phones[MAC][1]) == {
        **PARAMETERS, "device.set": "1", "device.auth.localAdminPassword.set": "1",
    }  # fmt: skip
    write(tmp_path, wanted)
    again = plan(tmp_path, macs=(MAC, OTHER))
    assert again.phones == wanted.phones and not again.masters, "the master file is there, and lists the files"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ("[PHONE_MAC_ADDRESS]-reg.cfg, site.cfg", f"{MAC}-reg.cfg"),
        ("site.cfg,  cfg/[PHONE_MAC_ADDRESS].cfg", f"cfg/{MAC}.cfg"),
        ("[PHONE_MAC_ADDRESS]-phone.cfg, [PHONE_MAC_ADDRESS]-line.cfg", f"{MAC}-line.cfg"),
        ("http://pbx/[PHONE_MAC_ADDRESS].cfg,[PHONE_MAC_ADDRESS]-line.cfg", f"{MAC}-line.cfg"),
    ],
)
def test_the_file_that_the_master_file_names_is_used(tmp_path: Path, files: str, name: str) -> None:
    (tmp_path / "000000000000.cfg").write_text(DEFAULT.format(files), encoding="utf-8")
    wanted = plan(tmp_path)
    assert wanted.phones[MAC][0] == name and not wanted.masters and not wanted.refused


@pytest.mark.parametrize(
    "files",
    [
        "site.cfg, base.cfg",
        "[PHONE_MAC_ADDRESS]-phone.cfg, site.cfg",
        "../[PHONE_MAC_ADDRESS].cfg",
        "[PHONE_MAC_ADDRESS].cfg, site.cfg",
        "[PHONE_MODEL]-[PHONE_MAC_ADDRESS].cfg",
        "",
    ],
)
def test_else_the_phone_gets_a_master_file_of_its_own_from_the_default_one(tmp_path: Path, files: str) -> None:
    default = tmp_path / "000000000000.cfg"
    default.write_text(DEFAULT.format(files), encoding="utf-8")
    wanted = plan(tmp_path)
    assert wanted.phones[MAC][0] == f"{MAC}-vvx.cfg" and list(wanted.masters) == [f"{MAC}.cfg"]
    master = wanted.masters[f"{MAC}.cfg"].decode()
    others = [part.strip() for part in files.split(",") if part.strip() not in ("", "[PHONE_MAC_ADDRESS].cfg")]
    assert listed(master) == [f"{MAC}-vvx.cfg", *others], "a master file must not list itself"
    assert 'APP_FILE_PATH="sip.ld"' in master
    write(tmp_path, wanted)
    assert plan(tmp_path).phones == wanted.phones and not plan(tmp_path).masters
    assert default.read_text(encoding="utf-8") == DEFAULT.format(files), "other phones read this one"


def test_lists_for_models_get_the_file_too(tmp_path: Path) -> None:
    text = DEFAULT.format("site.cfg").replace("MISC_FILES", "CONFIG_FILES_VVX411='vvx.cfg'\n MISC_FILES")
    (tmp_path / "000000000000.cfg").write_text(text, encoding="utf-8")
    master = plan(tmp_path).masters[f"{MAC}.cfg"].decode()
    assert f"CONFIG_FILES_VVX411='{MAC}-vvx.cfg, vvx.cfg'" in master and listed(master)[0] == f"{MAC}-vvx.cfg"


def test_a_master_file_in_another_encoding_becomes_utf_8(tmp_path: Path) -> None:
    text = DEFAULT.format("büro.cfg").replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"')
    (tmp_path / "000000000000.cfg").write_bytes(text.encode("latin-1"))
    assert listed(plan(tmp_path).masters[f"{MAC}.cfg"].decode()) == [f"{MAC}-vvx.cfg", "büro.cfg"]


OWN_MASTER = DEFAULT.format("lines.cfg")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (f"{MAC}.cfg", OWN_MASTER, f"{MAC}.cfg lists no file for this phone that could be written"),
        (f"{MAC.upper()}.cfg", OWN_MASTER, f"{MAC.upper()}.cfg lists no file for this phone"),
        (f"{MAC}.cfg", '<a reg.1.label="Other"/>', f"{MAC}.cfg has parameters, but phones look for a master file"),
        (
            f"{MAC}-vvx.cfg",
            '<a reg.1.label="Other"/>',
            "sets 3 of 3 parameters otherwise, such as apps.restapi.enabled",
        ),
        (f"{MAC}-vvx.cfg", "no XML", "sets what can't be read"),
    ],
)
def test_files_of_others_are_refused_and_replaced_on_request_with_a_copy(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    refused = plan(tmp_path)
    assert why in refused.refused[MAC] and not refused.phones and "s3cret" not in str(refused.refused)
    wanted = plan(tmp_path, overwrite=True)
    assert not wanted.refused and list(wanted.backups.values()) == [text.encode()]
    assert all(backup.startswith(f"{name}.") and backup.endswith(".bak") for backup in wanted.backups)
    write(tmp_path, wanted)
    again = plan(tmp_path)
    assert again.phones == wanted.phones and not again.refused and not again.backups
    if text == OWN_MASTER:
        assert listed((tmp_path / name).read_text(encoding="utf-8")) == [f"{MAC}-vvx.cfg", "lines.cfg"]


def test_a_master_file_of_the_phone_that_names_a_file_of_it_is_used(tmp_path: Path) -> None:
    (tmp_path / f"{MAC}.cfg").write_text(DEFAULT.format(f"{MAC}-line.cfg, site.cfg"), encoding="utf-8")
    wanted = plan(tmp_path)
    assert wanted.phones[MAC][0] == f"{MAC}-line.cfg" and not wanted.masters


@pytest.mark.parametrize("text", ["<a", "<APPLICATION/>", '<a reg.1.label="x"/>'])
def test_a_default_master_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "000000000000.cfg").write_text(text, encoding="utf-8")
    for overwrite in (False, True):
        assert "Phones take it for a master file" in plan(tmp_path, overwrite=overwrite).refused[MAC]


def test_what_xml_can_not_hold_is_refused(tmp_path: Path) -> None:
    assert "XML does not allow" in Folder(str(tmp_path)).wanted({MAC: {"a.b": "\0"}}).refused[MAC]


def test_what_the_phone_keeps_is_taken_out_of_our_files_only(tmp_path: Path) -> None:
    (tmp_path / "000000000000.cfg").write_text(DEFAULT.format("[PHONE_MAC_ADDRESS]-reg.cfg"), encoding="utf-8")
    write(tmp_path, plan(tmp_path))
    (tmp_path / f"{OTHER}-reg.cfg").write_text('<a device.set="1"/>', encoding="utf-8")
    found = Folder(str(tmp_path)).settled({MAC: None, OTHER: None, "0004f2000c03": None})
    assert list(found) == [f"{MAC}-reg.cfg"]
    assert values(found[f"{MAC}-reg.cfg"]) == {"apps.restapi.enabled": "1", "reg.1.label": "Desk"}
    (tmp_path / f"{MAC}-reg.cfg").write_bytes(found[f"{MAC}-reg.cfg"])
    assert Folder(str(tmp_path)).settled({MAC: f"{MAC}-reg.cfg"}) == found, "the second time it stays as it is"


def test_a_file_of_ours_that_can_not_be_read_is_left_and_told(tmp_path: Path) -> None:
    write(tmp_path, plan(tmp_path))
    (tmp_path / f"{OTHER}-vvx.cfg").write_text('<!-- Written by polycom.vvx.enroll --><a b="', encoding="utf-8")
    folder = Folder(str(tmp_path))
    assert list(folder.settled({MAC: None, OTHER: None})) == [f"{MAC}-vvx.cfg"]
    assert (
        list(folder.unreadable) == [f"{OTHER}-vvx.cfg"] and "no closing quote" in folder.unreadable[f"{OTHER}-vvx.cfg"]
    )


NAMES = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,6}){1,3}", fullmatch=True)
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"))


@settings(max_examples=40)
@given(st.dictionaries(NAMES, TEXTS, min_size=1))
def test_a_file_says_exactly_what_it_was_given(parameters: dict[str, str]) -> None:
    name, content = Folder("/nowhere", read=lambda path, most: None).wanted({MAC: parameters}).phones[MAC]
    assert values(content) == parameters
    kept = {name: value for name, value in parameters.items() if not name.startswith("device.")}
    assert values(settled(content, name)) == kept


@settings(max_examples=40)
@given(st.lists(st.from_regex(r"[a-z/]{1,9}\.cfg|\[PHONE_MAC_ADDRESS\]-[a-z]{1,5}\.cfg", fullmatch=True), max_size=5))
def test_a_copy_lists_the_file_first_and_nothing_else_is_lost(files: list[str]) -> None:
    master = Master.of(DEFAULT.format(",".join(files)).encode(), "master")
    assert listed(master.with_first(f"{MAC}-vvx.cfg", MAC)) == [f"{MAC}-vvx.cfg", *files]


def test_a_list_that_can_not_be_extended_is_refused() -> None:
    master = Master("<APPLICATION CONFIG_FILES=a.cfg />", [["a.cfg"]])
    with pytest.raises(NotAMaster, match="can't be extended"):
        master.with_first("x.cfg", MAC)
