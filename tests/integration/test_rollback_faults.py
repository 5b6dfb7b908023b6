# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/rollback.md: a test for each row, named after it. A plan is applied to a fleet, of which each phone
then meets a fault of its own, and is undone; one run of ansible-playbook serves many rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from simulator import Fleet, Phone, PhoneSpec
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

KEY = "a key that nobody can guess"
IDLE, RESTARTS, GONE = "up.idleTimeout", "call.shared.oneTouchResume", "up.someThingOfOldFirmware"
SECRET = "reg.1.auth.password"
WISH = {IDLE: 55, RESTARTS: 1}
OWN = {"layers": {"web": {IDLE: "30", RESTARTS: "0"}}}
"""Values that are the phone's own, not inherited."""
HOSTS: dict[str, dict[str, Any]] = {
    "all-well": OWN,
    "inherited": {"layers": {"config": {IDLE: "45"}, "web": {RESTARTS: "0"}}},
    "secret": OWN,
    "changed-since": OWN,
    "unknown-since": {"layers": {**OWN["layers"], "config": {GONE: "1"}}},
    "menu-wins": OWN,
    "half-applied": OWN,
    "never-applied": OWN,
    "no-answer": OWN,
    "refused": OWN,
    "offline-mid-change": OWN,
    "in-a-call": OWN,
}
QUICK = {"vvx_canary": 0, "vvx_lines_delay": 0, "vvx_max_failures": "100%", "vvx_wait_timeout": 4}


@dataclass
class Story:
    """``checked``, ``run``, ``again``: the rollback in check mode, for real, and once more without faults. ``asked``:
    requests in it; ``kept``: values after the first run."""

    playground: Playground
    fleet: Fleet
    checked: Run
    run: Run
    again: Run
    kept: dict[str, dict[str, tuple[str, str]]]
    journal: dict[str, str]
    sets: dict[str, int]

    def values(self, name: str) -> tuple[str, str]:
        """Of the two parameters, after the first run."""
        return self.kept[name][IDLE][0], self.kept[name][RESTARTS][0]

    def result(self, name: str, run: Run | None = None) -> dict[str, Any]:
        (found,) = [each for each in (run or self.run).by("vvx_revert") if each.host == name]
        return found.result


def write(playground: Playground, phones: list[Phone], name: str = "inventory.yml", **more: Any) -> None:
    group = inventory(phones)
    known = group["all"]["children"]["phones"]
    known["vars"] |= {"vvx_parameters_all": WISH, "vvx_plan_key": KEY, **more}
    for host, own in {"secret": {SECRET: "zq-new-secret"}, "unknown-since": {GONE: "2"}}.items():
        if host in known["hosts"]:
            known["hosts"][host]["vvx_parameters_host"] = own
    playground.write(name, group)


def command(book: str, *arguments: str, inventory_file: str = "inventory.yml", **variables: Any) -> list[str]:
    return [f"polycom.vvx.{book}", "-i", inventory_file, "-e", json.dumps({**QUICK, **variables}), *arguments]


def flat(run: Run) -> str:
    return " ".join(run.output.split())


def values(fleet: Fleet) -> dict[str, dict[str, tuple[str, str]]]:
    return {phone.name: {name: phone.value(name) for name in (IDLE, RESTARTS, GONE, SECRET)} for phone in fleet}


def states(playground: Playground, pattern: str) -> dict[str, str]:
    (path,) = playground.folder.glob(pattern)
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {line["host"]: line["state"] for line in lines if "host" in line}


def plan_and_apply(playground: Playground, **variables: Any) -> Run:
    playground.write(
        "forward.yml",
        [{"import_playbook": f"polycom.vvx.{book}", "vars": {**QUICK, **variables}} for book in ("plan", "apply")],
    )
    run = playground.run("forward.yml", "-i", "inventory.yml")
    assert run.code == 0, run.output
    return run


@shared_run
def story(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Story:
    playground = shared_playground()
    fleet = start_shared_fleet(*(PhoneSpec(name=name, **spec) for name, spec in HOSTS.items()), tls=False)
    phones = {phone.name: phone for phone in fleet}
    write(playground, list(fleet))
    plan_and_apply(playground, vvx_update_secrets="always")
    phones["changed-since"].set_layer("web", {IDLE: "99"})
    phones["unknown-since"].set_layer("config", {GONE: None})
    phones["unknown-since"].set_layer("web", {GONE: None})
    phones["menu-wins"].set_layer("local", {IDLE: "55"})
    phones["half-applied"].set_layer("web", {IDLE: "30"})
    phones["never-applied"].set_layer("web", {IDLE: "30", RESTARTS: "0"})
    for phone in fleet:
        phone.clear()
    handle = phones["in-a-call"].ring("5551000")
    phones["no-answer"].offline = True
    phones["refused"].fault("status", path="config/set", times=0)
    checked = playground.run(*command("rollback", "--check", vvx_when_busy="skip"))
    assert [phone.count("config/set") for phone in fleet] == [0] * len(HOSTS), checked.output
    assert not list(playground.folder.glob("rollback-*"))
    phones["offline-mid-change"].fault("offline", path="config/set", processed=True)
    run = playground.run(*command("rollback", vvx_when_busy="skip"))
    kept, journal = values(fleet), states(playground, "rollback-*.journal")
    phones["in-a-call"].hang_up(handle)
    for phone in fleet:
        phone.offline = False
        phone.clear()
    again = playground.run(*command("rollback", vvx_when_busy="skip"))
    sets = {phone.name: phone.count("config/set") for phone in fleet}
    return Story(playground, fleet, checked, run, again, kept, journal, sets)


def test_all_well(story: Story) -> None:
    assert story.values("all-well") == ("30", "0") and story.result("all-well")["restarted"] is True
    assert story.journal["all-well"] == "done" and story.sets["all-well"] == 0
    found = story.result("all-well")
    assert found["before"] == {IDLE: "55", RESTARTS: "1"} and found["after"] == {IDLE: "30", RESTARTS: "0"}
    assert "SUMMARY" in story.run.output and "Rollback of plan" in story.run.output


def test_run_again(story: Story) -> None:
    """Phones that have all get no task, and the plan can be applied once more."""
    assert not [
        each for each in story.again.by("vvx_revert") if each.host in ("all-well", "inherited", "never-applied")
    ]
    assert "with nothing to get back" in flat(story.again)
    (path,) = [each for each in story.playground.folder.glob("*.journal") if not each.name.startswith("rollback")]
    applied = states(story.playground, path.name)
    assert {applied[name] for name in ("all-well", "never-applied", "half-applied")} == {"rolled_back"}


def test_check_mode(story: Story) -> None:
    assert story.checked.code == story.run.code == 4, story.checked.output
    for name in ("all-well", "inherited", "half-applied"):
        for key in ("before", "after", "changed", "restarted", "overrides", "not_restored"):
            assert story.result(name, story.checked)[key] == story.result(name)[key], (name, key)
    waves = [[line for line in run.output.splitlines() if "Wave" in line] for run in (story.checked, story.run)]
    assert waves[0] == waves[1] and waves[0]


def test_inherited(story: Story) -> None:
    """It has the old value again, and that is an override now."""
    assert story.kept["inherited"][IDLE] == ("45", "web")
    assert story.result("inherited")["overrides"] == [IDLE] and story.result("all-well")["overrides"] == []
    assert f"Stay as overrides on 1 phone: {IDLE}" in flat(story.run)
    assert "polycom.vvx.reset and vvx_scope=web" in flat(story.run)


def test_secret(story: Story) -> None:
    assert story.values("secret") == ("30", "0") and story.kept["secret"][SECRET][0] == "zq-new-secret"
    assert "vvx_secrets_from=inventory" in story.result("secret")["not_restored"][SECRET]
    assert f"{SECRET}: 1 phone: it is a secret" in flat(story.run)
    assert "zq-" not in story.run.output
    phone = next(phone for phone in story.fleet if phone.name == "secret")
    write(story.playground, [phone], "old.yml", vvx_parameters_group={SECRET: "zq-old-secret"})
    variables = yaml.safe_load((story.playground.folder / "old.yml").read_text(encoding="utf-8"))
    del variables["all"]["children"]["phones"]["hosts"]["secret"]["vvx_parameters_host"]
    story.playground.write("old.yml", variables)
    for changed in (1, 0):
        phone.clear()
        run = story.playground.run(*command("rollback", inventory_file="old.yml", vvx_secrets_from="inventory"))
        assert run.code == 0 and phone.count("config/set") == changed, run.output
        assert phone.value(SECRET)[0] == "zq-old-secret" and "zq-" not in run.output


def test_changed_since(story: Story) -> None:
    assert story.values("changed-since") == ("99", "1") and story.sets["changed-since"] == 0
    assert not [each for each in story.run.by("vvx_revert") if each.host == "changed-since"]
    said = flat(story.run)
    assert f"{IDLE} (was '30', planned '55', is '99')" in said and "vvx_force=true" in said
    forced = story.playground.run(*command("rollback", "--limit", "changed-since", vvx_force=True))
    assert forced.code == 0, forced.output
    phone = next(phone for phone in story.fleet if phone.name == "changed-since")
    assert (phone.value(IDLE)[0], phone.value(RESTARTS)[0]) == ("30", "0")


def test_unknown_since(story: Story) -> None:
    assert story.values("unknown-since") == ("30", "0")
    assert story.result("unknown-since")["not_restored"] == {GONE: "the phone does not know it"}
    assert f"{GONE}: 1 phone: the phone does not know it" in flat(story.run)


def test_menu_wins(story: Story) -> None:
    assert story.values("menu-wins") == ("55", "0")
    assert "the phone's menu" in story.result("menu-wins")["not_restored"][IDLE]


def test_half_applied(story: Story) -> None:
    assert story.values("half-applied") == ("30", "0") and list(story.result("half-applied")["after"]) == [RESTARTS]


def test_never_applied(story: Story) -> None:
    assert not [each for each in story.run.by("vvx_revert") if each.host == "never-applied"]


def test_no_answer(story: Story) -> None:
    """It is in no wave, counts as unreachable, and gets its values when it is back."""
    assert not [each for each in story.run.by("vvx_revert") if each.host == "no-answer"]
    assert story.run.of("Give each phone its verdict", "no-answer")["unreachable"] is True
    assert "1 unreachable" in flat(story.run).rsplit("SUMMARY", maxsplit=1)[-1]
    assert story.sets["no-answer"] == 1


def test_refused(story: Story) -> None:
    assert story.values("refused") == ("55", "1") and story.journal["refused"] == "failed"
    assert story.sets["refused"] == 1 and story.result("refused", story.again)["restarted"] is True


def test_offline_mid_change(story: Story) -> None:
    """The values had arrived; what is missing is the restart."""
    assert story.journal["offline-mid-change"] == "failed" and story.sets["offline-mid-change"] == 0
    assert story.result("offline-mid-change", story.again)["restarted"] is True


def test_in_a_call(story: Story) -> None:
    assert story.values("in-a-call") == ("55", "1") and story.journal["in-a-call"] == "skipped"
    assert story.sets["in-a-call"] == 1


@shared_run
def small(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Playground:
    """Three phones to which a plan was applied."""
    playground = shared_playground()
    specs = [PhoneSpec(name=f"desk-{number}", **OWN) for number in (1, 2, 3)]
    fleet = start_shared_fleet(*specs, tls=False)
    playground.phones = list(fleet)  # type: ignore[attr-defined]
    write(playground, list(fleet), ansible_vvx_timeout=2)
    plan_and_apply(playground)
    return playground


def clear(playground: Playground) -> list[Phone]:
    phones: list[Phone] = playground.phones  # type: ignore[attr-defined]
    for phone in phones:
        phone.clear()
    return phones


def test_wrong_key(small: Playground) -> None:
    phones = clear(small)
    write(small, phones, "other.yml", vvx_plan_key="another key of some length")
    run = small.run(*command("rollback", inventory_file="other.yml"))
    assert run.code == 2 and "was not signed with this vvx_plan_key" in flat(run), run.output
    assert [phone.count() for phone in phones] == [0, 0, 0]


def test_killed(small: Playground) -> None:
    """Before the write, and before the restart that the values need: the next run finds both out."""
    first, second, third = clear(small)
    for phone in (first, second, third):
        phone.set_layer("web", {name: str(value) for name, value in WISH.items()})
    for path in small.folder.glob("rollback-*"):
        path.unlink()
    began = first.restarts
    first.fault("hang", path="safeReboot")
    slow = command("rollback", vvx_wave=1, vvx_wait_timeout=60)
    small.run_until(lambda: first.count("safeReboot") == 1, *slow)
    assert states(small, "rollback-*.journal") == {"desk-1": "begun"} and first.value(IDLE)[0] == "30"
    second.fault("hang", path="config/set")
    small.run_until(lambda: second.count("config/set") == 1, *slow)
    assert first.restarts == began + 1 and states(small, "rollback-*.journal") == {"desk-1": "done", "desk-2": "begun"}
    clear(small)
    run = small.run(*command("rollback", vvx_wave=1))
    assert run.code == 0, run.output
    assert [phone.value(IDLE)[0] for phone in (first, second, third)] == ["30"] * 3
    assert [phone.count("config/set") for phone in (first, second, third)] == [0, 1, 1]
    assert set(states(small, "rollback-*.journal").values()) <= {"done", "unchanged"}


def test_restored_from_a_file(small: Playground) -> None:
    """Snapshots in the forms that people have: typed by hand, and as a run has written it."""
    phones = clear(small)
    for phone in phones:
        phone.set_layer("web", {IDLE: "70"})
    typed = {"desk-1": {IDLE: 31, SECRET: "zq-old", "up.noSuchThing": 1}, "gone": {IDLE: 1}}
    small.write("snapshot.yml", typed)
    run = small.run(*command("restore", vvx_from="snapshot.yml", vvx_journal="journals"))
    assert run.code == 0 and phones[0].value(IDLE)[0] == "31", run.output
    found = next(each.result for each in run.by("vvx_revert"))
    assert sorted(found["not_restored"]) == [SECRET, "up.noSuchThing"] and "zq-" not in run.output
    assert "2 phones of the play without a backup" in flat(run)
    assert "1 phone of the file not in the inventory: gone" in flat(run)
    summary = {"hosts": {"desk-2": {"parameters": {IDLE: {"before": "32", "after": "70"}}}}}
    (small.folder / "run.json").write_text(json.dumps(summary), encoding="utf-8")
    run = small.run(*command("restore", vvx_from="run.json", vvx_journal="journals"))
    assert run.code == 0 and phones[1].value(IDLE)[0] == "32", run.output
    again = small.run(*command("restore", vvx_from="run.json", vvx_journal="journals"))
    assert again.code == 0 and again.by("vvx_revert") == [], again.output


def test_restored_with_logins(small: Playground) -> None:
    """What only the user calls a secret, and a login inside of a URL, are in no text and in no file of the run."""
    phones = clear(small)
    own, address = "up.zqMine", "mb.main.home"
    phones[0].set_layer("web", {IDLE: "70", own: "now", address: "http://web.example.org"})
    small.write(
        "own.yml",
        {"desk-1": {IDLE: 36, own: "zq-own", address: "http://me:zq-url@web.example.org"}},
    )
    watch = {"name": "look", "ansible.builtin.shell": "grep -rl zq- {{ run }} || true", "changed_when": False}
    run_folder = "{{ lookup('ansible.builtin.config', 'DEFAULT_LOCAL_TMP') }}"
    task = {"polycom.vvx.vvx_restore": {"from": "own.yml", "sensitive": [own], "journal": "journals"}}
    small.write(
        "own-play.yml",
        [
            {
                "hosts": "phones",
                "gather_facts": False,
                "vars": {"run": run_folder},
                "tasks": [
                    {"name": "prepare", "run_once": True, **task},
                    {**watch, "run_once": True, "delegate_to": "localhost"},
                    {"name": "revert", "polycom.vvx.vvx_revert": {}},
                ],
            }
        ],
    )
    run = small.run("own-play.yml", "-i", "inventory.yml")
    assert run.code == 0 and "zq-" not in run.output, run.output
    assert run.of("look", "desk-1")["stdout"] == "", run.output
    assert sorted(run.of("revert", "desk-1")["not_restored"]) == [address, own], run.output
    assert phones[0].value(IDLE)[0] == "36" and phones[0].value(own)[0] == "now"


def test_restored_from_a_folder(small: Playground) -> None:
    phones = clear(small)
    backup = '<PHONE_BACKUP><CONFIG_FILES {0}="20"/><WEB {0}="{1}"/></PHONE_BACKUP>'
    (small.folder / "backups").mkdir()
    for name, value in {
        "desk-1.all": 33,
        "desk-3_config.2026-01-01@00:00:00": 1,
        "desk-3_config.2026-02-01@00:00:00": 34,
    }.items():
        (small.folder / "backups" / f"{name}.cfg").write_text(backup.format(IDLE, value), encoding="utf-8")
    (small.folder / "backups" / "desk-1.device.cfg").write_text("<PHONE_BACKUP/>", encoding="utf-8")
    run = small.run(*command("restore", vvx_from="backups", vvx_journal="journals"))
    assert run.code == 0, run.output
    assert [phones[0].value(IDLE)[0], phones[2].value(IDLE)[0]] == ["33", "34"]
    assert [phone.count("config/set") for phone in phones] == [1, 0, 1]


def test_nothing_to_restore(small: Playground) -> None:
    phones = clear(small)
    (small.folder / "empty" / "2026-01-01").mkdir(parents=True)
    run = small.run(*command("restore", vvx_from="empty"))
    assert run.code == 2 and "Did you mean" in flat(run), run.output
    assert [phone.count() for phone in phones] == [0, 0, 0]
