# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sites and rooms in a report: columns from groups and variables of the inventory."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from prometheus_client.parser import text_string_to_metric_families

from simulator import Fleet, PhoneSpec
from support.fleet_report import HOSTILE
from support.playbook import Playground, Run, inventory

SECRET = "zq-in-a-vault"
COLUMNS = (
    {"name": "Site", "group": "site_*"},
    {"name": "Room", "variable": "room"},
    {"name": "Floor", "variable": "location.floor", "kind": "number"},
    {"name": "Door code", "variable": "door"},
)


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    fleet: Fleet = start_fleet(
        PhoneSpec(name="a"), PhoneSpec(name="b"), PhoneSpec(name="c", offline=True), PhoneSpec(name="d"), tls=False
    )
    return fleet


def hosts(fleet: Fleet) -> dict[str, Any]:
    """Two sites; d is in none. Each kind of trouble that a variable can have."""
    document = inventory(fleet, {"ansible_vvx_timeout": 3})
    children = document["all"]["children"]
    phones = children["phones"]["hosts"]
    phones["a"] |= {"room": "{{ location.floor }}.17", "location": {"floor": 2}}
    phones["b"] |= {"room": HOSTILE[0], "location": {"floor": "{{ 1 + 2 }}"}}
    phones["c"] |= {"room": "{{ no_such_variable }}", "door": 4711}
    children["site_berlin"] = {"hosts": {"a": None, "c": None}}
    children["site_köln"] = {"hosts": {"b": None}}
    return document


def play(fleet: Fleet, playground: Playground, *arguments: str, columns: Any = COLUMNS) -> Run:
    playground.write("inventory.yml", hosts(fleet))
    sealed = VaultLib().encrypt(SECRET, VaultSecret(b"zq-vault")).decode().replace("\n", "\n  ")
    playground.write("host_vars/b.yml", f"door: !vault |\n  {sealed}\n")
    playground.write("host_vars/d.yml", "other: !vault |\n  " + sealed + "\ndoor: 'No. {{ other }}'\n")
    playground.write("vault", "zq-vault\n")
    extra = {
        "vvx_formats": ["json", "csv", "html", "markdown"],
        **({} if columns is None else {"vvx_columns": columns}),
    }
    return playground.run(
        *("polycom.vvx.report", "-i", "inventory.yml", "--vault-password-file", "vault", "-e", json.dumps(extra)),
        *arguments,
    )


def report(playground: Playground) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    document = json.loads((playground.folder / "reports" / "phones.json").read_text(encoding="utf-8"))
    return document, {row["cells"]["host"]: row["cells"] for row in document["rows"]}


def own(cells: dict[str, Any]) -> list[Any]:
    return [cells[column["name"]] for column in COLUMNS]


def test_sites_and_rooms_of_all_phones(fleet: Fleet, playground: Playground) -> None:
    run = play(fleet, playground)
    assert run.code == 0, run.output
    document, cells = report(playground)
    assert own(cells["a"]) == ["berlin", "2.17", 2, None]
    assert own(cells["b"]) == ["köln", HOSTILE[0], 3, None], "a vaulted value is left out"
    assert own(cells["c"]) == ["berlin", None, None, 4711], "an offline phone, whose room can't be templated"
    assert own(cells["d"]) == [None, None, None, None], "a template with a vaulted value"
    columns = {column["name"]: column for column in document["columns"]}
    assert all(columns[name]["by"] for name in ("Site", "Room", "Floor", "model", "firmware", "status"))
    output = " ".join(run.output.split())
    assert "columns: Room is empty for 1 phone (c): the variable room can't be templated, because 'no_such_v" in output
    assert "columns: Door code is empty for 2 phones (b, d): the variable door comes from a vault" in output
    written = "".join(path.read_text(encoding="utf-8") for path in (playground.folder / "reports").iterdir())
    assert SECRET not in written + run.output + json.dumps([outcome.result for outcome in run.outcomes])
    assert fleet["c"].count() == 0
    again = play(fleet, playground)
    assert again.of("polycom.vvx.report : Report")["changed"] is False


def test_a_limited_run_keeps_the_cells_of_the_others(fleet: Fleet, playground: Playground) -> None:
    play(fleet, playground)
    before = report(playground)[1]
    assert play(fleet, playground, "--limit", "b").code == 0
    after = report(playground)[1]
    assert {host: own(cells) for host, cells in after.items()} == {host: own(cells) for host, cells in before.items()}


def test_sites_are_shown_without_being_asked_for(fleet: Fleet, playground: Playground) -> None:
    play(fleet, playground, columns=None)
    document, cells = report(playground)
    assert {host: each["site"] for host, each in cells.items()} == {
        "a": "berlin",
        "b": "köln",
        "c": "berlin",
        "d": None,
    }
    playground.write("inventory.yml", inventory(fleet))
    run = playground.run("polycom.vvx.report", "-i", "inventory.yml", "-e", "vvx_name=other")
    assert run.code == 0, run.output
    assert "site" not in (playground.folder / "reports" / "other.csv").read_text(encoding="utf-8").splitlines()[0]


def test_metrics_of_sites_and_phones(fleet: Fleet, playground: Playground) -> None:
    more = {"vvx_formats": ["json", "prometheus"], "vvx_prometheus_phones": True, "vvx_file_mode": "0644"}
    run = play(fleet, playground, "-e", json.dumps(more))
    assert run.code == 0, run.output
    file = playground.folder / "reports" / "phones.prom"
    assert file.stat().st_mode & 0o777 == 0o644
    text = file.read_text(encoding="utf-8")
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families(text):
        found[family.name] = [(sample.labels, sample.value) for sample in family.samples]
    sites = {
        labels["value"]: value
        for labels, value in found["polycom_vvx_group_phones"]
        if (labels["column"], labels["state"]) == ("Site", "unmanaged")
    }
    assert sites == {"berlin": 1, "köln": 0, "": 0}
    assert {labels["host"]: value for labels, value in found["polycom_vvx_phone_up"]} == {
        "a": 1,
        "b": 1,
        "c": 0,
        "d": 1,
    }
    info = {labels["host"]: labels for labels, _value in found["polycom_vvx_phone_info"]}
    assert info["b"]["room"] == HOSTILE[0] and info["c"]["door_code"] == "4711" and info["c"]["state"] == "unmanaged"
    assert SECRET not in text
    assert play(fleet, playground, "-e", json.dumps(more)).of("polycom.vvx.report : Report")["changed"] is False
