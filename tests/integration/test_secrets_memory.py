# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory of secrets through real ansible-playbook: many workers, both doors, a chosen place, and no place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.playbook import MODULE_DOOR, PASSWORD, Playground, Run

SECRET = "device.prov.password"
CONFIG = "polycom.vvx.vvx_config"
PHONES = 12


def task(value: str, name: str = "set", **keywords: Any) -> dict[str, Any]:
    return {"name": name, CONFIG: {"parameters": {SECRET: value, "reg.1.label": "Desk"}}, **keywords}


@pytest.fixture
def fleet(start_fleet: Any) -> Fleet:
    """Phones that hide a secret in flash memory."""
    specs = [PhoneSpec(name=f"phone-{number:02}", layers={"device": {SECRET: "old"}}) for number in range(PHONES)]
    return start_fleet(*specs, tls=False)  # type: ignore[no-any-return]


def results(run: Run, task: str) -> list[dict[str, Any]]:
    return [outcome.result for outcome in run.outcomes if outcome.task == task]


def files(folder: Path) -> list[Path]:
    """All files but those that tell of pending restarts."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "restarts")


def test_once_and_again_when_it_is_new(fleet: Fleet, playground: Playground) -> None:
    tasks = [
        task("zq-first", "foreseen", check_mode=True),
        task("zq-first", "first"),
        task("zq-first", "again"),
        task("zq-second", "foreseen new", check_mode=True),
        task("zq-second", "new"),
        task("zq-second", "new again"),
        task("zq-second", "elsewhere", **MODULE_DOOR),
    ]
    run = playground.play(fleet, tasks, "-f", str(PHONES), "--diff", "-vvvv")
    assert run.code == 0, run.output
    written = {name: [bool(each["secrets_written"]) for each in results(run, name)] for name in
               ("foreseen", "first", "again", "foreseen new", "new", "new again", "elsewhere")}  # fmt: skip
    everything, nothing = [True] * PHONES, [False] * PHONES
    assert written == {
        "foreseen": everything, "first": everything, "again": nothing, "foreseen new": everything, "new": everything,
        "new again": nothing, "elsewhere": nothing,
    }  # fmt: skip
    assert [each["secrets_skipped"] for each in results(run, "elsewhere")] == [[SECRET]] * PHONES
    assert "ansible_vvx_mac" in run.output, "the other host has to be told which phone it is"
    assert {phone.value(SECRET)[0] for phone in fleet} == {"zq-second"}
    assert [phone.count("config/set") for phone in fleet] == [2] * PHONES
    assert run.output.count("the phone does not tell whether this is set, so it was written once") <= 2
    kept = files(playground.folder / "state")
    assert len(kept) == PHONES and len(files(playground.folder / "config")) == 1
    for path in [*kept, *files(playground.folder / "config")]:
        assert "zq-" not in path.read_text()
    everything_said = run.output + json.dumps([outcome.result for outcome in run.outcomes])
    assert "zq-" not in everything_said and "_memo" not in everything_said
    assert (playground.folder / "config/polycom.vvx/secrets.key").read_text().strip() not in everything_said


def test_on_another_host_with_a_key_and_a_folder_from_variables(fleet: Fleet, playground: Playground) -> None:
    """The module gets neither key nor folder; what it has written is remembered here."""
    phones = list(fleet)[:1]
    variables = {
        "ansible_vvx_mac": phones[0].mac,
        "ansible_vvx_secrets_key": "zq-key-of-the-vault",
        "ansible_vvx_state_path": "mounted",
    }
    tasks = [
        task("zq-first", "foreseen", check_mode=True, **MODULE_DOOR),
        task("zq-first", "first", **MODULE_DOOR),
        task("zq-first", "again", **MODULE_DOOR),
        task("zq-first", "here"),
        task("zq-second", "new", **MODULE_DOOR),
    ]
    run = playground.play(phones, tasks, "-vvvv", variables=variables)
    assert run.code == 0, run.output
    written = [bool(run.of(name)["secrets_written"]) for name in ("foreseen", "first", "again", "here", "new")]
    assert written == [True, True, False, False, True]
    assert run.of("here")["requests"] == run.of("again")["requests"] == 1
    assert len(files(playground.folder / "mounted")) == 1 and not (playground.folder / "state").exists()
    assert not (playground.folder / "config").exists()
    wish = json.dumps({"vvx_parameters_all": {SECRET: "zq-second"}})
    shipped = playground.run("polycom.vvx.configure", "-i", "inventory.yml", "-e", wish)
    assert shipped.code == 0 and phones[0].count("config/set") == 2, "a playbook that lies elsewhere finds the folder"
    everything_said = run.output + json.dumps([outcome.result for outcome in run.outcomes])
    assert "zq-" not in everything_said and "_memo" not in everything_said


def test_where_nothing_lasts(fleet: Fleet, playground: Playground) -> None:
    phones = list(fleet)[:2]
    playground.write("no-folder", "")
    place = {"ansible_vvx_state_path": "no-folder/below"}
    run = playground.play(phones, [task("zq-first"), task("zq-first", "elsewhere", **MODULE_DOOR)], variables=place)
    assert run.code == 0, run.output
    for result in results(run, "set") + results(run, "elsewhere"):
        assert result["secrets_skipped"] == [SECRET] and "can't be written" in result["secrets_reasons"][SECRET]
    assert "It was left alone" in run.output
    assert {phone.value(SECRET)[0] for phone in phones} == {"old"}
    always = task("zq-first") | {CONFIG: {"parameters": {SECRET: "zq-first"}, "update_secrets": "always"}}
    run = playground.play(phones, [always], variables=place)
    assert run.code == 0 and {phone.value(SECRET)[0] for phone in phones} == {"zq-first"}


def test_a_damaged_memory_and_a_short_key(fleet: Fleet, playground: Playground) -> None:
    phones = list(fleet)[:1]
    assert playground.play(phones, [task("zq-first")]).code == 0
    (path,) = files(playground.folder / "state")
    path.write_text('{"format": 1, "secr')
    run = playground.play(phones, [task("zq-first"), task("zq-first", "again")])
    assert run.code == 0 and "damaged" in run.output
    assert run.of("set")["secrets_written"] == [SECRET] and run.of("again")["secrets_written"] == []
    run = playground.play(phones, [task("zq-first")], variables={"ansible_vvx_secrets_key": "zq-short"})
    assert run.of("set")["error"]["kind"] == "settings" and "zq-short" not in run.output


def test_a_reset_makes_it_forget(fleet: Fleet, playground: Playground) -> None:
    phone = fleet["phone-00"]
    reset = {"name": "reset", "polycom.vvx.vvx_reset": {"scope": "device", "wait_timeout": 20}}
    for door in ({}, MODULE_DOOR):
        run = playground.play([phone], [task("zq-first"), task("zq-first", "again"), {**reset, **door}])
        assert run.code == 0, run.output
        assert [bool(run.of(name)["secrets_written"]) for name in ("set", "again")] == [True, False]
        assert "_memo" not in json.dumps([outcome.result for outcome in run.outcomes])
        assert phone.value(SECRET)[0] == "" and files(playground.folder / "state") == []
        phone.set_layer("device", {"device.auth.localAdminPassword": PASSWORD})  # as somebody would set it up again
