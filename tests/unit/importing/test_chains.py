# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each phone takes from a folder: which phones there are, which files they read, and what counts of them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing import chains, folder
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.importing import Import, Present

from .conftest import MACS, Importing, master, parameters

ONE, TWO, THREE = MACS[:3]
OWN = parameters(reg__1__label="Own")
SITE = parameters(reg__1__label="Site", up__idleTimeout="60")
BOTH = {"reg.1.label": "Own", "up.idleTimeout": "60"}


def values(made: Import, host: str) -> dict[str, str]:
    return {name: entry.value for name, entry in made.phones[host].entries.items()}


MODELS = "[PHONE_MODEL]_[PHONE_MAC_ADDRESS].cfg,site.cfg"
OF_MODEL = {"CONFIG_FILES_VVX411": f"VVX411-{ONE}.cfg, site.cfg"}
URLS = f"http://u:p@prov.example.org/vvx/own/{ONE}.cfg, /site.cfg"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({f"{ONE}.cfg": master(f"{ONE}-ext.cfg, site.cfg"), f"{ONE}-ext.cfg": OWN}, id="own master"),
        pytest.param({f"{ONE.upper()}.cfg": master(f"ext{ONE}.cfg,site.cfg"), f"ext{ONE}.cfg": OWN}, id="in capitals"),
        pytest.param({folder.DEFAULT: master("[PHONE_MAC_ADDRESS].x.cfg, SITE.CFG"), f"{ONE}.x.cfg": OWN}, id="all"),
        pytest.param({folder.DEFAULT: master("site.cfg"), f"{ONE}.cfg": OWN}, id="own file without a list"),
        pytest.param({folder.DEFAULT: SITE, f"{ONE}.cfg": OWN}, id="parameters in both"),
        pytest.param({folder.DEFAULT: master(f"{ONE}/phone.cfg, site.cfg"), f"{ONE}/phone.cfg": OWN}, id="own folder"),
        pytest.param({folder.DEFAULT: master(f"p\\{ONE}.cfg, site.cfg"), f"p/{ONE}.cfg": OWN}, id="backslash"),
        pytest.param(
            {folder.DEFAULT: master(URLS), f"own/{ONE}.cfg": OWN},
            id="addresses",
        ),
        pytest.param(
            {folder.DEFAULT: master("x.cfg", **OF_MODEL), f"VVX411-{ONE}.cfg": OWN},
            id="list for the model",
        ),
        pytest.param(
            {folder.DEFAULT: master(MODELS), f"vvx411_{ONE}.cfg": OWN},
            id="model in a name",
        ),
        pytest.param(
            {f"{ONE}.cfg": '<P><APPLICATION CONFIG_FILES="site.cfg"/><a reg.1.label="Own"/></P>'},
            id="list and parameters in one file",
        ),
        pytest.param({f"{ONE}.cfg": master("b.cfg, site.cfg"), "b.cfg": OWN.encode("utf-16")}, id="another encoding"),
    ],
)  # fmt: skip
def test_the_first_file_that_sets_a_parameter_wins(importing: Importing, files: dict[str, Any]) -> None:
    made = importing({"site.cfg": SITE, **files})
    assert list(made.phones) == [ONE] and values(made, ONE) == BOTH
    assert not made.phones[ONE].missing and not made.skipped


def test_names_with_other_capitals_are_told(importing: Importing) -> None:
    lists = master("SITE.CFG, [PHONE_MODEL]-[PHONE_MAC_ADDRESS].cfg, x/[PHONE_MAC_ADDRESS]-B.cfg")
    names = [f"vvx411-{ONE}.cfg", f"x/{ONE.upper()}-B.cfg"]
    made = importing({folder.DEFAULT: lists, "site.cfg": SITE, **dict.fromkeys(names, OWN)})
    assert made.phones[ONE].respelled == ["site.cfg", names[0]] and made.phones[ONE].chain == ("site.cfg", *names)


def test_without_a_master_file_the_phones_own_files_count(importing: Importing) -> None:
    made = importing({f"phone-{ONE}.cfg": OWN, "site.cfg": SITE, f"{ONE}-web.cfg": SITE})
    assert values(made, ONE) == {"reg.1.label": "Own"} and made.unused == ["site.cfg"]
    assert made.phones[ONE].doubts == [chains.WITHOUT_MASTER]


def test_what_is_not_sure_is_told(importing: Importing) -> None:
    lists = master("site.cfg, gone.cfg", CONFIG_FILES_VVX601="own.cfg")
    made = importing({folder.DEFAULT: lists, "site.cfg": SITE, f"{ONE}.cfg": OWN, f"{TWO}-x.cfg": OWN, "own.cfg": OWN})
    assert made.phones[ONE].doubts == [chains.FLAT, chains.LIST_FOR_ALL]
    assert made.phones[TWO].doubts == [chains.LIST_FOR_ALL] and made.phones[TWO].missing == ["gone.cfg"]
    assert made.unused == [f"{TWO}-x.cfg", "own.cfg"]


def test_a_listed_master_file_and_parameters_in_a_master_file_are_not_read(importing: Importing) -> None:
    both = '<APPLICATION CONFIG_FILES="other.cfg, site.cfg" up.idleTimeout="5"/>'
    made = importing({f"{ONE}.cfg": both, "other.cfg": master("x.cfg"), "site.cfg": SITE})
    assert values(made, ONE)["up.idleTimeout"] == "60"
    assert "other.cfg, which is a master file itself" in made.phones[ONE].doubts[0]
    assert list(made.reader.remarks) == ["up.idleTimeout is not read: it stands in a master file (APPLICATION)"]


def test_phones_without_files_are_known_by_a_list(importing: Importing) -> None:
    made = importing(
        {folder.DEFAULT: master("site.cfg"), "site.cfg": SITE, f"{ONE}-x.cfg": OWN},
        [Expected("192.0.2.7", TWO, "front"), Expected("192.0.2.8", None, "nobody")],
    )
    assert list(made.phones) == [ONE, "front"] and values(made, "front") == values(made, ONE)


def test_the_model_is_taken_from_where_it_is_known(importing: Importing) -> None:
    files = {
        folder.DEFAULT: master("[PHONE_MODEL].cfg"),
        "VVX411.cfg": parameters(x__y="411"),
        "vvx601.cfg": parameters(x__y="601"),
        **{f"{mac}-x.cfg": OWN for mac in (ONE, TWO)},
    }
    listed = [Expected(None, ONE, None, {"Model": "VVX 411"})]
    made = importing(files, listed, {TWO: Present("front", model="VVX 601")})
    assert values(made, ONE) == {"x.y": "411"} and values(made, "front") == {"x.y": "601"}
    with pytest.raises(SettingsError, match=rf"000000000000\.cfg:1: lists \[PHONE_MODEL\]\.cfg, and .*\({TWO}\)"):
        importing(files, listed)


def test_lists_for_single_models_need_the_model(importing: Importing) -> None:
    only = '<APPLICATION CONFIG_FILES_VVX411="site.cfg" CONFIG_FILES_VVX601="{}"/>'
    made = importing({f"{ONE}.cfg": only.format("site.cfg"), "site.cfg": SITE})
    assert values(made, ONE) and not made.phones[ONE].doubts
    with pytest.raises(SettingsError, match="lists files for single models only"):
        importing({f"{ONE}.cfg": only.format("x.cfg")})


def test_device_parameters_count_with_their_switches_wherever_these_are(importing: Importing) -> None:
    made = importing(
        {
            f"{ONE}.cfg": master("a.cfg, b.cfg"),
            "a.cfg": '<P device.dns.domain="example.org" device.net.vlanId="5" device.sntp.serverName="a"/>',
            "b.cfg": '<P device.set="1" device.dns.domain.set="1" device.sntp.serverName.set="0"/>',
        }
    )
    assert values(made, ONE) == {"device.dns.domain": "example.org"}
    assert made.phones[ONE].inert == ["device.net.vlanId", "device.sntp.serverName"]


def test_what_could_not_be_sent_is_left_out_with_the_reason(importing: Importing) -> None:
    text = (
        '<P device.set="1" device.auth.localAdminPassword.set="1" device.auth.localAdminPassword="456" reg.1.label="1"'
        ' reg.1.Label="2" dir.corp.password="" version="1" reg1="x"/>'
    )
    made = importing({f"{ONE}.cfg": text})
    assert values(made, ONE) == {"reg.1.label": "1"}
    assert made.phones[ONE].emptied == ["dir.corp.password"]
    refused = made.phones[ONE].refused
    assert sorted(refused) == ["device.auth.localAdminPassword", "reg.1.Label", "reg1", "version"]
    assert "factory password" in refused["device.auth.localAdminPassword"] and "456" not in str(refused)


def test_other_files_are_counted(importing: Importing) -> None:
    other = {
        **{f"{ONE}-phone.cfg": SITE, f"{ONE}-web.cfg": SITE, f"{ONE}-license.cfg": "", "000000000000-license.cfg": ""},
        **{f"logs/{ONE}-app.log": "", f"{ONE}-directory.xml": "", "sip.ld": "", "logo.jpg": "", ".git/config": ""},
    }
    made = importing({f"{ONE}.cfg": OWN, **other})
    assert values(made, ONE) == {"reg.1.label": "Own"} and made.unused == []
    assert made.folder.ignored == {
        "override file": 2, "license": 2, "log": 1, "directory or call list": 1, "firmware file": 1, "other file": 1,
    }  # fmt: skip


def test_an_override_file_that_is_listed_is_read(importing: Importing) -> None:
    made = importing(
        {f"{ONE}.cfg": master("[PHONE_MAC_ADDRESS]-phone.cfg, site.cfg"), f"{ONE}-phone.cfg": OWN, "site.cfg": SITE}
    )
    assert values(made, ONE) == BOTH


def test_each_folder_with_master_files_is_one(importing: Importing) -> None:
    made = importing(
        {
            f"berlin/{ONE}-x.cfg": OWN,
            f"berlin/{folder.DEFAULT}": master("[PHONE_MAC_ADDRESS]-x.cfg, site.cfg"),
            "berlin/site.cfg": SITE,
            f"lisbon/phones/{TWO}.cfg": OWN,
            f"lisbon/{folder.DEFAULT}": master("site.cfg"),
            "lisbon/site.cfg": parameters(x__y="Lisbon"),
            f"old/backup/{ONE}-x.cfg": OWN,
        }
    )
    assert values(made, ONE) == BOTH and values(made, TWO) == {"x.y": "Lisbon"}
    assert [kind.of for kind in made.kinds if kind.word == "site"] == [{ONE: "site_berlin", TWO: "site_lisbon"}]


def test_copies_below_the_folder_are_not_read(importing: Importing) -> None:
    files = {f"{ONE}.cfg": master("site.cfg"), "site.cfg": SITE}
    made = importing({**files, **{f"backup/{name}": text for name, text in files.items()}})
    assert values(made, ONE) == {"reg.1.label": "Site", "up.idleTimeout": "60"}
    assert made.folder.places[ONE].others == ("backup",)


def test_a_phone_of_two_folders_side_by_side_is_a_problem(importing: Importing) -> None:
    files = {f"{site}/{ONE}.cfg": OWN for site in ("berlin", "lisbon")}
    with pytest.raises(SettingsError, match=r"has files in several folders \(berlin, lisbon\)"):
        importing(files)
    made = importing({**files, f"{TWO}.cfg": OWN}, skip=True)
    assert list(made.phones) == [TWO]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<P a.b="1">', "is not closed"),
        ("<html><body/></html>", "web page"),
        ('<P a.b="Tom & Ann"/>', "raw &"),
        (b"\xff\xfe<", "UTF-16"),
        (master(",".join(f"{number}.cfg" for number in range(101))), "more than 100 files"),
    ],
)
def test_all_that_can_not_be_read_is_told_at_once(importing: Importing, text: str, message: str) -> None:
    files = {f"{ONE}.cfg": text, f"{TWO}.cfg": master("site.cfg"), "site.cfg": "x=1", f"{THREE}.cfg": OWN}
    with pytest.raises(SettingsError) as refused:
        importing(files)
    said = refused.value.message
    assert said.startswith("the files of 2 of 3 phones can't be read. ") and said.endswith("Nothing was written.")
    assert message in said and f"({ONE})" in said and f"({TWO})" in said
    made = importing(files, skip=True)
    assert list(made.phones) == [THREE] and sorted(made.skipped) == [ONE, TWO]


def test_if_nothing_can_be_read_there_is_nothing_to_go_on_with(importing: Importing) -> None:
    with pytest.raises(SettingsError, match="the files of 1 of 1 phone can't be read"):
        importing({f"{ONE}.cfg": "x=1"}, skip=True)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"site.cfg": SITE}, "no name of a configuration file holds the MAC address of a phone"),
        ({"0004f20000011.cfg": OWN}, r"not clear which MAC address is meant by 0004f20000011\.cfg"),
        ({f"{ONE}.cfg": master("")}, "the files of 1 phone set no parameters"),
    ],
)
def test_a_folder_without_phones_or_parameters_is_refused(
    importing: Importing, files: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        importing(files)


def test_what_is_no_folder_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"/nowhere can't be read: No such file or directory\."):
        folder.Folder.scan("/nowhere")


def test_a_huge_folder_is_refused(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_FILES", 3)
    with pytest.raises(SettingsError, match="more than 3 files"):
        importing({f"{number}.log": "" for number in range(4)})
