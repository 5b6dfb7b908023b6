# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config with ``expected`` writes what a plan says, and nothing to a phone that is no longer as planned."""

from __future__ import annotations

import random
from typing import Any

import pytest

from simulator import Phone, PhoneSpec, Switches
from support.configuring import calls, configure

LABEL, IDLE, SECRET = "reg.1.label", "up.idleTimeout", "reg.1.auth.password"
WANTED = {LABEL: "Desk", IDLE: 60}
PLANNED = {LABEL: {"value": "1001", "source": "config"}, IDLE: {"value": "40", "source": "default"}}
BOTH = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "real"])


def untouched(phone: Phone, result: dict[str, Any]) -> None:
    assert result["failed"] and result["error"]["kind"] == "stale" and result["changed"] is False, result
    assert result["before"] == result["after"] == {} and "diff" not in result
    assert result["msg"].endswith("Nothing was written. Make a new plan, review it, and apply that.")
    assert phone.count("config/set") == 0


@BOTH
def test_a_phone_that_is_as_planned_is_changed(phone: Phone, check_mode: bool) -> None:
    result = configure(phone, WANTED, check_mode, expected=PLANNED)
    assert "failed" not in result and result["changed"] is True and "stale" not in result
    assert result["before"] == {LABEL: "1001", IDLE: "40"} and result["after"] == {LABEL: "Desk", IDLE: "60"}
    assert calls(phone) == (["get"] if check_mode else ["get", "set", "get"])


@BOTH
def test_another_value_is_stale_and_said_with_both(phone: Phone, check_mode: bool) -> None:
    phone.set_layer("web", {IDLE: "45"})
    result = configure(phone, WANTED, check_mode, expected=PLANNED)
    untouched(phone, result)
    assert f"{IDLE} (planned '40', source default, is '45', source web)" in result["msg"]
    assert result["stale"] == {IDLE: {"expected": PLANNED[IDLE], "found": {"value": "45", "source": "web"}}}


def test_the_same_value_from_another_layer_is_stale(phone: Phone) -> None:
    """A setting of the phone's menu would hide what REST writes."""
    phone.set_layer("local", {LABEL: "1001"})
    result = configure(phone, WANTED, expected=PLANNED)
    untouched(phone, result)
    assert list(result["stale"]) == [LABEL] and result["stale"][LABEL]["found"]["source"] == "local"


def test_half_of_it_as_desired_already_is_stale(phone: Phone) -> None:
    phone.set_layer("web", {LABEL: "Desk"})
    result = configure(phone, WANTED, expected=PLANNED)
    untouched(phone, result)
    assert f"{LABEL} (planned '1001', source config, is 'Desk', source web, as desired already)" in result["msg"]


@BOTH
def test_all_of_it_as_desired_already_is_unchanged(phone: Phone, check_mode: bool) -> None:
    phone.set_layer("web", {LABEL: "Desk", IDLE: "60"})
    result = configure(phone, WANTED, check_mode, expected=PLANNED)
    assert "failed" not in result and result["changed"] is False and calls(phone) == ["get"]


def test_what_differs_and_was_not_planned_is_stale(phone: Phone) -> None:
    result = configure(phone, WANTED, expected={LABEL: PLANNED[LABEL]})
    untouched(phone, result)
    assert f"{IDLE} (not planned, is '40', source default)" in result["msg"]
    assert result["stale"] == {IDLE: {"expected": None, "found": PLANNED[IDLE]}}


def test_what_the_phone_no_longer_knows_is_stale_where_unknown_names_are_skipped(phone: Phone) -> None:
    odd = {"feature.odd.enabled": {"value": "0", "source": "default"}}
    wanted = {**WANTED, "feature.odd.enabled": 1}
    result = configure(phone, wanted, expected={**PLANNED, **odd}, unknown_parameters="skip")
    untouched(phone, result)
    assert result["stale"] == {"feature.odd.enabled": {"expected": odd["feature.odd.enabled"], "found": None}}
    assert "feature.odd.enabled (planned, but the phone does not know it)" in result["msg"]
    refused = configure(phone, wanted, expected={**PLANNED, **odd})
    assert refused["error"]["kind"] == "unknown_parameters"


@BOTH
def test_a_run_that_was_cut_off_is_finished(phone: Phone, check_mode: bool) -> None:
    phone.set_layer("web", {LABEL: "Desk"})
    result = configure(phone, WANTED, check_mode, expected=PLANNED, resume=True)
    assert "failed" not in result and result["after"] == {IDLE: "60"}


def test_what_was_written_back_is_tried_again_only_by_a_run_that_goes_on(phone: Phone) -> None:
    phone.set_layer("web", {LABEL: "1001"})
    untouched(phone, configure(phone, WANTED, expected=PLANNED))
    assert configure(phone, WANTED, expected=PLANNED, resume=True)["after"] == {LABEL: "Desk", IDLE: "60"}


def test_going_on_does_not_overwrite_what_others_have_set(phone: Phone) -> None:
    phone.set_layer("web", {LABEL: "Lobby"})
    untouched(phone, configure(phone, WANTED, expected=PLANNED, resume=True))


def test_a_login_in_a_url_is_compared_as_it_is_shown(phone: Phone) -> None:
    name = "device.prov.serverName"
    phone.set_layer("device", {name: "https://user:geheim@prov.example.org"})
    planned = {name: {"value": "https://***@prov.example.org", "source": "device"}}
    result = configure(phone, {name: "https://new.example.org"}, check_mode=True, expected=planned)
    assert "failed" not in result and result["changed"] is True


# -- secrets


@BOTH
@pytest.mark.parametrize("shown", ["", "(secret)"])
def test_a_secret_is_compared_by_its_source(phone: Phone, check_mode: bool, shown: str) -> None:
    planned = {SECRET: {"value": shown, "source": "config"}}
    phone.set_layer("config", {SECRET: "zq-old"})
    result = configure(phone, {SECRET: "zq-new"}, check_mode, expected=planned, update_secrets="always")
    assert "failed" not in result and result["secrets_written"] == [SECRET]
    phone.clear()
    phone.set_layer("web", {SECRET: "zq-other"})
    moved = configure(phone, {SECRET: "zq-new"}, check_mode, expected=planned, update_secrets="always")
    untouched(phone, moved)
    assert f"{SECRET} (planned source config, is source web)" in moved["msg"]
    assert not any(text in str(moved) for text in ("zq-old", "zq-new", "zq-other"))


def test_the_plan_decides_on_a_secret_where_the_memory_is_another(phone: Phone) -> None:
    """The plan was made where it is remembered that the value is new; here nothing is remembered."""
    phone.set_layer("config", {SECRET: "zq-old"})
    alone = configure(phone, {SECRET: "zq-new"})
    assert alone["secrets_skipped"] == [SECRET]
    result = configure(phone, {SECRET: "zq-new"}, expected={SECRET: {"value": "(secret)", "source": "config"}})
    assert result["secrets_written"] == [SECRET] and result["secrets_reasons"] == {SECRET: "the plan says so"}
    assert phone.value(SECRET) == ("zq-new", "web")


def test_a_secret_that_others_have_set_since_is_stale(phone: Phone) -> None:
    planned = {**PLANNED, SECRET: {"value": "", "source": "default"}}
    phone.set_layer("web", {SECRET: "zq-other"})
    untouched(phone, configure(phone, {**WANTED, SECRET: "zq-new"}, expected=planned))


def test_a_secret_of_a_run_that_was_cut_off_is_written_again(phone: Phone) -> None:
    planned = {**PLANNED, SECRET: {"value": "", "source": "default"}}
    phone.set_layer("web", {SECRET: "zq-half", LABEL: "Desk"})
    result = configure(phone, {**WANTED, SECRET: "zq-new"}, expected=planned, resume=True)
    assert result["secrets_written"] == [SECRET] and result["after"] == {IDLE: "60"}
    assert phone.value(SECRET)[0] == "zq-new"


def test_a_secret_that_nobody_may_write_is_no_obstacle(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(switches=Switches(secrets="real"), layers={"web": {SECRET: "zq-new"}}), tls=False)
    planned = {**PLANNED, SECRET: {"value": "(secret)", "source": "config"}}
    result = configure(phone.phones[0], {**WANTED, SECRET: "zq-new"}, expected=planned)
    assert "failed" not in result and result["secrets_written"] == [] and sorted(result["after"]) == [LABEL, IDLE]


# -- the option


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({LABEL: "1001"}, "reg.1.label needs value and source"),
        ({LABEL: {"value": "1001"}}, "reg.1.label needs value and source"),
        ({"reg.2.label": {"value": "", "source": "default"}}, "reg.2.label is not among the desired parameters"),
    ],
)
def test_an_option_that_makes_no_sense_sends_nothing(phone: Phone, expected: dict[str, Any], said: str) -> None:
    result = configure(phone, WANTED, expected=expected)
    assert result["error"]["kind"] == "settings" and said in result["msg"] and phone.count() == 0


def test_nothing_expected_means_that_nothing_may_be_written(phone: Phone) -> None:
    untouched(phone, configure(phone, WANTED, expected={}))


@pytest.mark.parametrize("seed", range(25))
def test_whatever_has_happened_to_a_phone_nothing_else_than_the_plan_is_written(phone: Phone, seed: int) -> None:
    """Check mode and reality say the same; what was written was planned, from the state that was planned."""
    chance = random.Random(seed)
    names = [LABEL, IDLE, SECRET, "reg.2.label", "device.sntp.serverName", "call.callWaiting.enable"]

    def some(number: int) -> dict[str, str]:
        chosen = chance.sample(names, number)
        return {name: f"{'geheim' if name == SECRET else 'zq'}-{chance.randint(1, 3)}" for name in chosen}

    phone.set_layer("web", some(2))
    wanted = some(4)
    planned = {
        name: {"value": "(secret)" if name == SECRET else value, "source": source}
        for name in wanted
        for value, source in [phone.value(name)]
        if value != wanted[name] and chance.random() < 0.95
    }
    if chance.random() < 0.5:
        phone.set_layer(chance.choice(["web", "local"]), some(1))
    resume, secrets = chance.random() < 0.3, chance.choice(["always", "never"])
    options = {"expected": planned, "resume": resume, "update_secrets": secrets}
    before = {name: phone.value(name) for name in names}
    foreseen = configure(phone, wanted, True, **options)
    done = configure(phone, wanted, False, verify=False, **options)
    for key in ("changed", "before", "after", "stale", "error", "msg", "secrets_written"):
        assert foreseen.get(key) == done.get(key), key
    written = {name for name in names if phone.value(name) != before[name]}
    if done.get("failed"):
        assert done["error"]["kind"] == "stale" and not written and done["stale"]
    assert written <= set(planned)
    for name in written - {SECRET}:
        allowed = {planned[name]["source"], *(["web"] if resume else [])}
        assert before[name][0] == planned[name]["value"] and before[name][1] in allowed
    assert "geheim" not in str([done, foreseen])


NEEDS_RESTART = {"call.shared.oneTouchResume": "1"}
RESTART_PLANNED = {"call.shared.oneTouchResume": {"value": "0", "source": "default"}}


@pytest.mark.parametrize(
    ("resume", "restart", "restarts"),
    [(True, "if_required", True), (True, "never", False), (False, "if_required", False)],
)
def test_a_restart_that_an_earlier_task_may_owe_is_made(
    phone: Phone, resume: bool, restart: str, restarts: bool
) -> None:
    """It was cut off between the write and the restart: all is as desired, and not in effect."""
    phone.set_layer("web", NEEDS_RESTART)
    options = {"expected": RESTART_PLANNED, "resume": resume, "restart": restart, "check_busy": "before_write"}
    foreseen = configure(phone, NEEDS_RESTART, True, **options)
    assert phone.restarts == 0
    result = configure(phone, NEEDS_RESTART, **options)
    assert "failed" not in result, result
    for each in (foreseen, result):
        assert (each["changed"], each["restarted"], each["restart_required"]) == (restarts, restarts, "no")
        assert each["before"] == each["after"] == {} and "diff" not in each
    assert phone.restarts == int(restarts) and phone.count("config/set") == 0
    assert phone.count("safeReboot") == int(restarts)


def test_a_restart_that_is_owed_does_not_interrupt_a_call(phone: Phone) -> None:
    phone.set_layer("web", NEEDS_RESTART)
    phone.ring("5551000")
    options = {"expected": RESTART_PLANNED, "resume": True, "restart": "if_required", "when_busy": "skip"}
    for check_mode in (True, False):
        result = configure(phone, NEEDS_RESTART, check_mode, check_busy="before_write", **options)
        assert result["skipped"] and not result["changed"] and phone.restarts == 0
        result = configure(phone, NEEDS_RESTART, check_mode, **options)
        assert result["restart_required"] == "yes" and list(result["restart_reasons"]) == list(NEEDS_RESTART)
        assert not result["changed"] and phone.restarts == 0
