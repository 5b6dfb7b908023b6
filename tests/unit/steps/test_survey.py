# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a phone as a whole: few requests, no writes, no secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import BadValues, ConnectionLost
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import Memory, Trace
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey, survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading

from simulator import Phone, PhoneSpec, Switches
from support.reach import reach


def look(
    phone: Phone,
    parameters: dict[str, Any] | None = None,
    subset: tuple[str, ...] = ("device", "lines"),
    *sensitive: str,
) -> Survey:
    return survey(reach(phone), subset, parameters or {}, sensitive)


def test_what_differs_and_from_which_layer(phone: Phone) -> None:
    phone.set_layer("web", {"up.idleTimeout": "60"})
    result = look(
        phone,
        {
            "reg.1.label": "Desk",
            "up.idleTimeout": 60,
            "call.callWaiting.enable": True,
            "reg.1.lable": "x",
            "reg.1.auth.password": "secret",
        },
    )
    assert result.drift == [Difference("reg.1.label", wanted="Desk", has="1001", source="config")]
    assert result.unknown == {"reg.1.lable": ["reg.1.label"]} and result.compared == 4
    assert [request.method for request in phone.log] == ["GET", "GET", "GET", "POST"] and phone.count("config/set") == 0
    assert result.secrets == {"reg.1.auth.password": "something else has set it (source config)"}, "nothing is known"


def test_what_differs_and_what_is_unknown_have_their_origin(phone: Phone) -> None:
    origins = {"reg.1.label": Origin("site", "vars.yml", 3), "reg.1.lable": Origin("site", "vars.yml", 4)}
    wish = {"reg.1.label": "Desk", "up.idleTimeout": 50, "reg.1.lable": "x"}
    result = survey(reach(phone), (), wish, origins=origins)
    assert result.drift == [
        Difference("reg.1.label", "Desk", "1001", "config", "site", "vars.yml", 3),
        Difference("up.idleTimeout", "50", "40", "default"),
    ]
    assert result.origins == {"reg.1.lable": Origin("site", "vars.yml", 4)}


def test_nothing_is_compared_without_a_wish(phone: Phone) -> None:
    result = look(phone, subset=("device",))
    assert (result.compared, result.drift, phone.count()) == (0, [], 1)


SIP, DEVICE = "reg.1.auth.password", "device.prov.password"


@pytest.mark.parametrize(("wanted", "differs"), [("zq-set", False), ("zq-another", True)])
def test_a_secret_that_the_phone_tells_is_compared_and_not_shown(start_fleet: Any, wanted: str, differs: bool) -> None:
    spec = PhoneSpec(layers={"web": {SIP: "zq-set"}}, switches=Switches(secrets="real"))
    phone = start_fleet(spec, tls=False).phones[0]
    result = look(phone, {SIP: wanted})
    assert result.drift == ([Difference(SIP, "(secret)", "(secret)", "web")] if differs else [])
    assert result.compared == 1 and "zq-" not in repr(result) and phone.count("config/set") == 0


def test_a_secret_that_is_not_set_differs(phone: Phone) -> None:
    phone.set_layer("config", {SIP: None})
    assert look(phone, {SIP: "x"}).drift == [Difference(SIP, "(secret)", "", "default")]


class Remembers(Memory):
    """That another value was written to the first phone."""

    def missing(self) -> str | None:
        return None

    def recall(self, mac: str, wanted: Mapping[str, str]) -> Mapping[str, Trace]:
        assert mac == "0004f2000001"
        return {name: Trace(text == "old", "device") for name, text in wanted.items()}


@pytest.mark.parametrize("subset", [("device",), ()])
def test_a_hidden_secret_differs_if_its_desired_value_is_new(start_fleet: Any, subset: tuple[str, ...]) -> None:
    phone = start_fleet(PhoneSpec(layers={"device": {DEVICE: "x"}}), tls=False).phones[0]
    new = survey(reach(phone), subset, {DEVICE: "new"}, memory=Remembers())
    assert new.drift == [Difference(DEVICE, "(secret)", "(secret)", "device")] and new.compared == 1
    old = survey(reach(phone), subset, {DEVICE: "old"}, memory=Remembers())
    assert (old.drift, old.compared) == ([], 1)
    assert phone.count("device/info") == 2, "the MAC address is read once for both purposes"


def test_a_hidden_secret_of_which_nothing_is_known_is_not_compared(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(layers={"device": {DEVICE: "x"}}), tls=False).phones[0]
    result = look(phone, {DEVICE: "new", SIP: "new"})
    assert (result.drift, result.compared, result.unknown) == ([], 0, {})


def test_what_the_firmware_lacks_is_named(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(firmware="5.4.0.1"), tls=False).phones[0]
    result = look(phone, subset=("device", "running_config", "location"))
    assert list(result.unsupported) == ["running_config", "location"] and list(result.info) == ["device"]


def test_bad_wishes_do_not_hide_what_the_phone_is(phone: Phone) -> None:
    result = look(phone, {"reg.1.label": None})
    assert (
        isinstance(result.error, BadValues)
        and result.error.host == phone.host
        and result.info["device"]["model"] == "VVX 411"
        and phone.count("config/get") == 0
    )


def test_what_was_read_is_told_although_something_else_fails(phone: Phone) -> None:
    phone.fault("drop", path="lineInfo", times=0)
    result = look(phone)
    assert isinstance(result.error, ConnectionLost) and result.error.host == phone.host
    assert result.info["device"]["mac"] == "00:04:f2:00:00:01"


def test_a_report_speaks_of_registrations(start_fleet: Any) -> None:
    phone = start_fleet(PhoneSpec(lines=2), tls=False).phones[0]
    phone.set_layer("config", {"reg.1.lineKeys": "2", "reg.2.lineKeys": "2"})
    phone.fault("unregistered", lines=[2])
    seen = Reading("desk", phone.host, look(phone))
    assert seen.registered == [1, 2] and len(seen.labels or ()) == 2
    assert seen.problems == ["line 2 is not registered"]


def test_what_the_user_calls_a_secret_is_not_shown(phone: Phone) -> None:
    result = look(phone, {"reg.1.label": "zq-Desk", "reg.1.address": "1"}, (), "reg.*.label")
    assert [difference.parameter for difference in result.drift][:1] == ["reg.1.address"]
    assert "zq-" not in repr(result)
