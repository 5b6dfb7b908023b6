# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that the inventory remembers: names, groups and variables that outlive an outage."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import Fleet
from support.discovery import FILE, ask, hostvars, listed, write
from support.playbook import PASSWORD, Playground

BY_EXTENSION = {
    "gather_subset": ["device", "lines"],
    "hostname": ["extension", "mac"],
    "group_by": ["model", "registration"],
    "compose": {"floor": "vvx.lines[0].user[:2]"},
    "roster": "phones.roster.json",
}


def test_a_phone_that_is_off_keeps_its_name(site: Fleet, playground: Playground) -> None:
    write(playground, site, **BY_EXTENSION)
    before = listed(playground)
    site.phones[1].offline = True
    after = listed(playground)
    assert before["phones"]["hosts"] == after["phones"]["hosts"], "the same names"
    name = "1002-0004f2000002"
    assert after["vvx_unreachable"]["hosts"] == [name] == after["model_vvx250"]["hosts"]
    was, known = before["_meta"]["hostvars"][name], after["_meta"]["hostvars"][name]
    assert known.pop("vvx_reason") in ("unreachable", "connection_lost")
    assert "Its name and data are those of 20" in known.pop("vvx_message")
    assert was["vvx"].pop("registration") == "all", "and that is not known of a phone that is off"
    assert known == was
    assert "registration_none" not in after

    write(playground, site, **{**BY_EXTENSION, "keep_unreachable": "none"})
    assert name not in json.loads(_listing(playground))["_meta"]["hostvars"]


def test_another_phone_at_its_address_is_another_host(site: Fleet, playground: Playground) -> None:
    first, second, third = site.phones
    write(playground, site, **{**BY_EXTENSION, "addresses": ["127.77.0.1", "127.77.0.2-6"]})
    listed(playground)
    roster = playground.folder / "phones.roster.json"
    held = json.loads(roster.read_text(encoding="utf-8"))
    held["phones"]["0004f2000009"] = {**held["phones"][third.mac], "place": second.host}  # who was there before
    roster.write_text(json.dumps(held), encoding="utf-8")
    hosts = hostvars(playground)
    assert hosts["1002-0004f2000002"]["ansible_host"] == second.host and "vvx_reason" not in hosts["1002-0004f2000002"]
    gone = hosts["1003-0004f2000009"]
    assert gone["vvx_reason"] == "other_phone" and "ansible_host" not in gone
    assert gone["ansible_vvx_mac"] == "00:04:f2:00:00:09"


def test_a_phone_that_takes_the_extension_of_one_that_is_gone_gets_its_name(
    site: Fleet, playground: Playground
) -> None:
    write(playground, site, **BY_EXTENSION, trust_phone_names=True)
    assert set(hostvars(playground)) == {"1001", "1002", "1003"}
    roster = playground.folder / "phones.roster.json"
    held = json.loads(roster.read_text(encoding="utf-8"))
    held["phones"]["0004f2000009"] = {**held["phones"][site.phones[1].mac], "place": "127.77.0.6"}  # the old hardware
    roster.write_text(json.dumps(held), encoding="utf-8")
    hosts = json.loads(_listing(playground))["_meta"]["hostvars"]
    assert set(hosts) == {"1001", "1002", "1003", "1002-0004f2000009"}
    assert hosts["1002"]["ansible_vvx_mac"] == "00:04:f2:00:00:02"


def _listing(playground: Playground) -> str:
    """Without the warnings."""
    output = ask(playground, "--list")
    return output[output.index("{") :]


def test_only_phones_among_the_addresses_are_expected(site: Fleet, playground: Playground) -> None:
    write(playground, site, **BY_EXTENSION)
    assert len(hostvars(playground)) == 3
    site.phones[0].offline = True
    site.phones[2].offline = True
    write(playground, site, **{**BY_EXTENSION, "addresses": ["127.77.0.2-6"], "exclude": ["127.77.0.3"]})
    assert set(hostvars(playground)) == {"1002-0004f2000002"}
    write(playground, site, **BY_EXTENSION)
    assert len(hostvars(playground)) == 3, "the others were not forgotten"


def test_an_old_entry_is_forgotten(site: Fleet, playground: Playground) -> None:
    write(playground, site, **BY_EXTENSION)
    listed(playground)
    roster = playground.folder / "phones.roster.json"
    assert PASSWORD not in roster.read_text(encoding="utf-8") and roster.stat().st_mode & 0o777 == 0o600
    held = json.loads(roster.read_text(encoding="utf-8"))
    held["phones"][site.phones[1].mac]["seen"] = "2020-01-01"
    roster.write_text(json.dumps(held), encoding="utf-8")
    site.phones[1].offline = True
    assert len(hostvars(playground)) == 2
    assert site.phones[1].mac not in json.loads(roster.read_text(encoding="utf-8"))["phones"]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("{", {}, "is no roster, or damaged"),
        ('{"format": 1, "phones": {"x": 1}}', {}, "is no roster, or damaged"),
        (None, {"roster": "elsewhere/phones.json"}, "is no folder. Make it, or mount it into the container"),
        (None, {"roster_days": 0}, "roster_days"),
    ],
)
def test_a_roster_that_is_of_no_use(
    site: Fleet, playground: Playground, content: str | None, options: dict[str, Any], words: str
) -> None:
    write(playground, site, **{**BY_EXTENSION, **options})
    if content:
        playground.write("phones.roster.json", content)
    output = " ".join(ask(playground, "--list", files=(FILE,)).split())
    assert words in output and "Traceback" not in output
    assert all(phone.count() == 0 for phone in site), "nothing is asked before that is mended"
