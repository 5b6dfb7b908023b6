# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Master files lead to the files that a phone would read, in its order."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.master import Phone, read_files
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.merging import Merged, merge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError

MAC = "0004f2112233"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sites").mkdir()
    for name in ("hall.cfg", "sites/south.cfg", f"{MAC}-lines.cfg", "00000000AAAA-lines.cfg", "VVX311.cfg", "base.cfg"):
        label = Path(name).stem
        (tmp_path / name).write_text(f'<a reg.1.label="{label}" x.{label[0].lower()}="1"/>')
    return tmp_path


def listing(folder: Path, attributes: str, phone: Phone | None = None) -> Merged:
    path = folder / "000000000000.cfg"
    path.write_text(f'<?xml version="1.0"?>\n<APPLICATION {attributes}/>')
    return merge(read_files([str(path)], phone or Phone()))


def refused(folder: Path, attributes: str, phone: Phone | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        listing(folder, attributes, phone)
    return str(caught.value).replace(str(folder), "")


def test_the_first_listed_file_counts_and_other_attributes_do_not(folder: Path) -> None:
    result = listing(
        folder,
        'APP_FILE_PATH="sip.ld" CONFIG_FILES="hall.cfg, sites/south.cfg,,/base.cfg" MISC_FILES="x.png" '
        'LOG_FILE_DIRECTORY="logs" OVERRIDES_DIRECTORY=""',
    )
    assert result.values == {"reg.1.label": "hall", "x.h": "1", "x.s": "1", "x.b": "1"}
    assert [remark.subject for remark in result.remarks] == ["reg.1.label"] * 2
    assert "hall.cfg counts" in str(result.remarks[-1])


@pytest.mark.parametrize(("mac", "label"), [(MAC, f"{MAC}-lines"), ("00000000aaaa", "00000000AAAA-lines")])
def test_the_phones_mac_address_is_filled_in(folder: Path, mac: str, label: str) -> None:
    attributes = 'CONFIG_FILES="[PHONE_MAC_ADDRESS]-lines.cfg, base.cfg"'
    assert listing(folder, attributes, Phone(mac)).values["reg.1.label"] == label
    assert "set mac, or ansible_vvx_mac" in refused(folder, attributes)


def test_the_phones_model_is_filled_in(folder: Path) -> None:
    attributes = 'CONFIG_FILES="[PHONE_MODEL].cfg"'
    assert listing(folder, attributes, Phone(model="VVX 311")).values["reg.1.label"] == "VVX311"
    assert "model is not known" in refused(folder, attributes)
    assert "[PHONE_PART_NUMBER] is not known" in refused(folder, 'CONFIG_FILES="[PHONE_PART_NUMBER].cfg"')


@pytest.mark.parametrize(
    ("model", "label", "remarked"),
    [("VVX 311", "hall", False), ("VVX 411", "base", False), (None, "base", True)],
)
def test_a_model_may_have_files_of_its_own(folder: Path, model: str | None, label: str, remarked: bool) -> None:
    attributes = 'CONFIG_FILES="base.cfg"><APPLICATION_VVX311 CONFIG_FILES_VVX311="hall.cfg"/></APPLICATION'
    path = folder / "master.cfg"
    path.write_text(f"<APPLICATION {attributes}>")
    result = merge(read_files([str(path)], Phone(model=model)))
    assert result.values["reg.1.label"] == label
    assert [remark.subject for remark in result.remarks] == (["CONFIG_FILES_VVX311"] if remarked else [])


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('CONFIG_FILES="hall.cfg, gone.cfg"', "/000000000000.cfg:2: lists gone.cfg, but /gone.cfg does not exist"),
        ('CONFIG_FILES=""', "whose CONFIG_FILES is empty"),
        ('MISC_FILES="hall.cfg"', "without CONFIG_FILES"),
        ('CONFIG_FILES="http://u:Zq7@192.0.2.1/hall.cfg"', "lists http://..., which is not read"),
        ('CONFIG_FILES="000000000000.cfg"', "which is a master file itself"),
        (f'CONFIG_FILES="{"hall.cfg," * 101}"', "more than 100 files"),
    ],
)
def test_what_can_not_be_followed_is_told(folder: Path, attributes: str, message: str) -> None:
    told = refused(folder, attributes)
    assert message in told and "Zq7" not in told


def test_a_mistake_in_a_listed_file_has_the_place_in_that_file(folder: Path) -> None:
    (folder / "hall.cfg").write_text("<a>\n<b x.y=1/></a>")
    assert refused(folder, 'CONFIG_FILES="hall.cfg"').startswith("/hall.cfg:2:8: x.y has a value without quotes")


def test_a_master_file_takes_one_place_in_a_list(folder: Path) -> None:
    master = folder / "master.cfg"
    master.write_text('<APPLICATION CONFIG_FILES="hall.cfg, base.cfg"/>')
    paths = [str(master), str(folder / "sites/south.cfg")]
    assert merge(read_files(paths, Phone())).values["reg.1.label"] == "south"
    assert merge(read_files(paths, Phone()), first_wins=True).values["reg.1.label"] == "hall"
    assert merge(read_files(paths[::-1], Phone())).values["reg.1.label"] == "hall"
