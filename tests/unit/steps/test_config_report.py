# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a change of parameters reports: values, diff and messages."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import Setting
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NotApplied
from ansible_collections.polycom.vvx.plugins.module_utils._steps.config_plan import Plan, Verdict
from ansible_collections.polycom.vvx.plugins.module_utils._steps.config_report import (
    not_taken,
    outcome,
    restart_notice,
    suggested,
    unknown,
)
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import Judgement

LABEL, PASSWORD, SNTP = "reg.1.label", "reg.1.auth.password", "device.sntp.serverName"
FAILED = NotApplied("half of it is done.")


def values(verdict: Verdict, *skipped: str) -> dict[str, Any]:
    return outcome("192.0.2.1", planned(*skipped), verdict).values


def planned(*skipped: str) -> Plan:
    wanted = {LABEL: "Desk", PASSWORD: "zq-new", SNTP: "ntp.example.org"}
    before = {LABEL: Setting("1001", "config"), PASSWORD: Setting("zq-old", "web"), SNTP: Setting("", "device")}
    judgements = {PASSWORD: Judgement("new", "why"), **{name: Judgement("set", "why not") for name in skipped}}
    return Plan(wanted, before, judgements)


def test_all_applied() -> None:
    result = outcome("192.0.2.1", planned(), Verdict(planned().wanted, batches=2, applied=[LABEL, PASSWORD, SNTP]))
    assert result.changed and result.error is None
    assert result.values == {
        "before": {LABEL: "1001", SNTP: ""},
        "after": {LABEL: "Desk", SNTP: "ntp.example.org"},
        "secrets_written": [PASSWORD],
        "secrets_skipped": [],
        "secrets_reasons": {PASSWORD: "why"},
        "restart_required": "yes",
        "restart_needed": True,
        "restart_reasons": {SNTP: "yes (guides flag device.* as a family)"},
        "restarted": False,
        "batches": 2,
        "origins": {},
    }
    assert result.diff == {
        "before": f'{SNTP}: ""\n{PASSWORD}: (secret)\n{LABEL}: 1001\n',
        "after": f"{SNTP}: ntp.example.org\n{PASSWORD}: (secret, written anew)\n{LABEL}: Desk\n",
        "before_header": "192.0.2.1",
        "after_header": "192.0.2.1",
    }
    assert "zq-" not in repr(result)


def test_nothing_to_do() -> None:
    judgements = {"reg.2.auth.password": Judgement("set", "why"), PASSWORD: Judgement("equal", "")}
    judgements["device.prov.password"] = Judgement("undecided", "why not")
    result = outcome("192.0.2.1", Plan(judgements=judgements), Verdict())
    assert not result.changed and result.diff is None
    assert result.values["secrets_skipped"] == ["device.prov.password", "reg.2.auth.password"]
    assert result.values["secrets_reasons"] == {"device.prov.password": "why not", "reg.2.auth.password": "why"}
    assert (result.values["before"], result.values["after"], result.values["restart_required"]) == ({}, {}, "no")


def test_a_restart_that_was_done_is_no_longer_required() -> None:
    done = values(Verdict(planned().wanted, restarted=True))
    assert (done["restarted"], done["restart_required"], done["restart_reasons"]) == (True, "no", {})


def test_only_what_changed_needs_a_restart() -> None:
    assert values(Verdict({PASSWORD: "zq-new"}))["restart_required"] == "no"
    assert values(Verdict({LABEL: "Desk"}))["restart_required"] == "unknown"


def test_who_needs_a_restart_is_said_in_the_same_words_for_all_phones() -> None:
    changed = values(Verdict({SNTP: "x", LABEL: "Desk"}))
    assert changed["restart_needed"] is True
    assert restart_notice(changed) == (
        f"A restart is needed before {SNTP} takes effect. Set restart: if_required, or use vvx_restart when "
        "restart_needed is true; restart_reasons says why."
    )


@pytest.mark.parametrize(
    "verdict", [Verdict(), Verdict({LABEL: "Desk"}), Verdict({PASSWORD: "x"}), Verdict({SNTP: "x"}, restarted=True)]
)
def test_where_no_restart_is_known_to_be_needed_nothing_is_said(verdict: Verdict) -> None:
    done = values(verdict)
    assert done["restart_needed"] is False and restart_notice(done) is None
    assert restart_notice({}) is None, "a task that failed before the phone answered"


def test_after_is_what_the_phone_has_now() -> None:
    done = values(Verdict({LABEL: "Desk (cut)"}))
    assert done["after"] == {LABEL: "Desk (cut)"} and done["before"] == {LABEL: "1001"}


def test_an_error_tells_applied_from_not_applied() -> None:
    done = values(Verdict({SNTP: "x"}, applied=[SNTP, LABEL], failed=[PASSWORD], error=FAILED))
    assert (done["applied"], done["not_applied"]) == ([SNTP, LABEL], [PASSWORD])
    assert "applied" not in values(Verdict(error=FAILED)), "nothing was sent"
    assert "applied" not in values(Verdict({LABEL: "Desk"}, applied=[LABEL]))


def test_unconfirmed_values_count_as_changed_and_can_be_written_back() -> None:
    result = outcome("192.0.2.1", planned(), Verdict(unconfirmed=[PASSWORD, LABEL], failed=[SNTP], error=FAILED))
    assert result.changed and result.diff is None
    assert result.values["unconfirmed"] == [PASSWORD, LABEL] and result.values["before"] == {LABEL: "1001"}
    assert (result.values["applied"], result.values["not_applied"]) == ([], [SNTP])


@pytest.mark.parametrize("names", [[], [SNTP, LABEL]])
def test_a_rollback_is_reported_even_if_it_wrote_nothing_back(names: list[str]) -> None:
    assert values(Verdict(rolled_back=names))["rolled_back"] == names
    assert "rolled_back" not in values(Verdict())


def test_an_unknown_name_comes_with_a_suggestion() -> None:
    near = {"reg.1.lable": ["reg.1.label"], "x": [], "reg.1.adress": ["reg.1.address", "reg.1.access"], LABEL: []}
    assert suggested(near) == (
        "reg.1.adress (did you mean reg.1.address or reg.1.access?), "
        "reg.1.label (spelled right, but not on this model or firmware), "
        "reg.1.lable (did you mean reg.1.label?), x"
    )
    assert unknown({"x": []}).message == "the phone does not know x. Nothing was written."


SITE = {LABEL: Origin("vvx_parameters_site", "group_vars/berlin.yml", 4), PASSWORD: Origin("vvx_parameters_host")}


def test_an_unknown_name_has_its_origin() -> None:
    origins = {"reg.1.lable": Origin("all", "vars.yml", 3), LABEL: Origin("all"), "x": Origin(None, "play.yml", 9)}
    assert suggested({"reg.1.lable": ["reg.1.label"], LABEL: [], "x": [], "y": []}, origins) == (
        "reg.1.label (spelled right, but not on this model or firmware; all), "
        "reg.1.lable (did you mean reg.1.label?; all, vars.yml:3), x (play.yml:9), y"
    )


def test_what_changed_has_its_origin_and_the_diff_stays_a_before_and_after() -> None:
    plan = planned("reg.2.auth.password")
    plan.origins = {**SITE, "reg.2.auth.password": Origin("all"), "up.idleTimeout": Origin("all")}
    result = outcome("192.0.2.1", plan, Verdict(planned().wanted, applied=[LABEL, PASSWORD, SNTP]))
    assert result.values["origins"] == {
        PASSWORD: {"layer": "vvx_parameters_host", "file": None, "line": None},
        LABEL: {"layer": "vvx_parameters_site", "file": "group_vars/berlin.yml", "line": 4},
        "reg.2.auth.password": {"layer": "all", "file": None, "line": None},
    }
    assert result.diff is not None and "vvx_parameters" not in result.diff["before"] + result.diff["after"]
    assert result.diff["prepared"] == (
        f"{PASSWORD}: from vvx_parameters_host\n{LABEL}: from vvx_parameters_site, group_vars/berlin.yml:4\n\n"
    )


def test_a_value_that_did_not_take_effect_has_its_origin() -> None:
    plan = planned()
    plan.origins = SITE
    error = not_taken(plan, {LABEL: Setting("1001", "web"), PASSWORD: Setting("zq-old", "web")}, [LABEL, PASSWORD])
    assert f"{PASSWORD} (vvx_parameters_host), {LABEL} (wanted 'Desk', is '1001', source web; " in error.message
    assert "vvx_parameters_site, group_vars/berlin.yml:4)" in error.message and "zq-" not in error.message


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("local", "source local: set in the phone's menu, which overrides REST"),
        ("device", "source device: stored in the phone's flash memory"),
        ("web", "source web"),
        ("", "source unknown"),
    ],
)
def test_a_value_that_did_not_take_effect_names_its_layer(source: str, shown: str) -> None:
    error = not_taken(planned(), {LABEL: Setting("1001", source)}, [LABEL])
    assert error.message.endswith(f"did not take effect: {LABEL} (wanted 'Desk', is '1001', {shown}).")


def test_a_secret_and_a_missing_value_are_only_named() -> None:
    error = not_taken(planned(), {PASSWORD: Setting("zq-old", "web")}, [SNTP, PASSWORD])
    assert error.message.endswith(f": {SNTP}, {PASSWORD}.") and "zq-" not in error.message
