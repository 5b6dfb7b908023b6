# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config with ``unknown_parameters: skip``: one file for many models; what a phone lacks is skipped and said."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import survey

from simulator import Phone, PhoneSpec
from support.configuring import calls, configure, labels
from support.reach import reach

SITE = {"reg.1.label": "Desk", "reg.1.adress": "1001", "device.odd.thing": "1", "reg.99.label": "x"}
"""Of these, a phone knows the first."""
BOTH = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "real"])


@BOTH
def test_what_the_phone_does_not_know_is_skipped_and_said(phone: Phone, check_mode: bool) -> None:
    result = configure(phone, SITE, check_mode, unknown_parameters="skip")
    assert "failed" not in result and result["after"] == {"reg.1.label": "Desk"}
    assert sorted(result["unknown"]) == ["device.odd.thing", "reg.1.adress", "reg.99.label"]
    assert "reg.1.address" in result["unknown"]["reg.1.adress"]
    [warning] = result["warnings"]
    assert warning.startswith("Skipped, because the phone does not know them: device.odd.thing")
    assert "reg.1.adress (did you mean reg.1.address" in warning
    assert "reg.99.label (spelled right, but not on this model or firmware)" in warning
    written = [request.data for request in phone.log if request.path.endswith("config/set")]
    assert written == ([] if check_mode else [{"reg.1.label": "Desk"}]), "no companion of an unknown name either"


def test_it_is_said_in_every_run_and_costs_nothing(phone: Phone) -> None:
    configure(phone, SITE, unknown_parameters="skip")
    phone.clear()
    again = configure(phone, SITE, unknown_parameters="skip")
    assert again["changed"] is False and len(again["unknown"]) == 3 and again["warnings"]
    assert calls(phone) == ["get"]


def test_the_warning_does_not_depend_on_warn(phone: Phone) -> None:
    """A task on a jump host runs with ``warn: false``, because the controller has warned of the values."""
    assert configure(phone, SITE, unknown_parameters="skip", warn=False)["warnings"]


def test_a_phone_that_knows_none_is_left_alone(phone: Phone) -> None:
    result = configure(phone, {"reg.1.adress": "1"}, unknown_parameters="skip")
    assert result["changed"] is False and list(result["unknown"]) == ["reg.1.adress"] and calls(phone) == ["get"]
    assert "does not know it: reg.1.adress" in result["warnings"][0]


@BOTH
def test_by_default_nothing_is_written(phone: Phone, check_mode: bool) -> None:
    result = configure(phone, SITE, check_mode)
    assert result["error"]["kind"] == "unknown_parameters" and result["changed"] is False
    assert len(result["unknown"]) == 3 and calls(phone) == ["get"]


def test_an_unknown_secret_is_skipped_without_its_value(phone: Phone) -> None:
    wanted = {"reg.1.label": "Desk", "reg.99.auth.password": "zq-secret"}
    result = configure(phone, wanted, unknown_parameters="skip")
    assert list(result["unknown"]) == ["reg.99.auth.password"] and "zq-secret" not in str(result)
    assert result["secrets_written"] == result["secrets_skipped"] == []


@pytest.mark.parametrize("model", ["VVX 150", "VVX 601"])
def test_many_unknown_among_many_known(start_fleet: Any, model: str) -> None:
    phone = start_fleet(PhoneSpec(model=model), tls=False).phones[0]
    wanted = {**labels(50), **{f"odd.{number}.name": "1" for number in range(30)}}
    result = configure(phone, wanted, unknown_parameters="skip")
    assert len(result["after"]) == 50 and len(result["unknown"]) == 30
    assert calls(phone) == ["get"] * 4 + ["set"] * 3 + ["get"] * 3
    assert len(result["warnings"][0]) < 1_500 and "and 20 more" in result["warnings"][0]


def test_the_survey_names_the_same(phone: Phone) -> None:
    found = survey(reach(phone), [], SITE)
    result = configure(phone, SITE, unknown_parameters="skip")
    assert sorted(found.unknown) == sorted(result["unknown"])
    assert [each.parameter for each in found.drift] == list(result["after"])
