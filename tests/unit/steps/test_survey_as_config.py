# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A survey foretells what vvx_config does with the same options: what it writes, why, and whether there is nothing to
do at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import MEMO
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import Memory, Trace
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, survey

from simulator import Phone, PhoneSpec, Switches
from support.configuring import configure
from support.reach import PASSWORD, reach

SIP, DEVICE, ADMIN = "reg.1.auth.password", "device.prov.password", "device.auth.localAdminPassword"
SPEC = PhoneSpec(layers={"config": {SIP: "x"}, "device": {DEVICE: "x"}}, switches=Switches(secrets="empty"))


class Knows(Memory):
    """That the value "old" was written to each secret from here; or that something else has set it."""

    def __init__(self, written: bool | None = None, missing: str | None = None) -> None:
        super().__init__()
        self._written, self._missing = written, missing

    def missing(self) -> str | None:
        return self._missing

    def recall(self, mac: str, wanted: Mapping[str, str]) -> Mapping[str, Trace]:
        if self._written is None:
            return {}
        sources = {SIP: "config", DEVICE: "device"}
        return {name: Trace(text == "old", sources.get(name), self._written) for name, text in wanted.items()}


CASES: dict[str, tuple[dict[str, Any], Memory, str, bool]] = {
    "as desired": ({"up.idleTimeout": 40}, Memory(), "on_create", True),
    "another value": ({"up.idleTimeout": 41, "reg.1.label": "1001"}, Memory(), "on_create", False),
    "nothing is desired": ({}, Memory(), "on_create", True),
    "a name that the phone lacks": ({"up.idleTimeut": 40, "reg.1.label": "x"}, Memory(), "on_create", False),
    "a value that can't be sent": ({"up.idleTimeout": None}, Memory(), "on_create", False),
    "not over REST": ({"apps.restapi.enabled": 0}, Memory(), "on_create", False),
    "a secret written before": ({SIP: "old", DEVICE: "old"}, Knows(written=True), "on_create", True),
    "a secret that is new": ({SIP: "new", DEVICE: "old"}, Knows(written=True), "on_create", False),
    "a secret known to be set by others": ({SIP: "old"}, Knows(written=False), "on_create", True),
    "a secret to be remembered": ({SIP: "old"}, Knows(), "on_create", False),
    "a secret of which nothing is known": ({DEVICE: "old"}, Knows(), "on_create", False),
    "a secret, and nothing to know it by": ({DEVICE: "old", SIP: "old"}, Knows(missing="x"), "on_create", True),
    "secrets are ordered": ({DEVICE: "old", SIP: "old"}, Knows(written=True), "always", False),
    "secrets are forbidden": ({DEVICE: "new", SIP: "new"}, Knows(written=True), "never", True),
    "the password that we log in with": ({ADMIN: PASSWORD}, Memory(), "always", True),
}


@pytest.fixture
def secretive(start_fleet: Any) -> Phone:
    phone: Phone = start_fleet(SPEC, tls=False).phones[0]
    return phone


@pytest.mark.parametrize("case", CASES)
def test_what_vvx_config_would_do(secretive: Phone, case: str) -> None:
    wish, memory, update_secrets, settled = CASES[case]
    found = survey(reach(secretive), (), wish, None, memory, update_secrets=update_secrets)
    asked = secretive.count()
    assert secretive.count("config/set") == 0
    memory.mac = None
    check = configure(secretive, wish, True, memory, update_secrets=update_secrets)
    assert secretive.count() == 2 * asked, "the survey asks what the task asks"
    assert found.settled == settled
    if "error" in check and not check.get("unknown"):
        assert found.error is not None or case == "not over REST"
        return
    assert found.secrets_left == {name: check["secrets_reasons"][name] for name in check["secrets_skipped"]}
    if not found.unknown:  # then the task says nothing of the others
        changes = {each.parameter: each for each in found.changes if each.parameter not in found.written_because}
        assert {name: each.wanted for name, each in changes.items()} == check["after"]
        assert {name: each.has for name, each in changes.items()} == check["before"]
        reasons = check["secrets_reasons"]
        assert found.written_because == {name: reasons[name] for name in check["secrets_written"]}
        assert found.warnings == check.get("warnings", [])
    real = configure(secretive, wish, False, memory, update_secrets=update_secrets)
    assert settled == (not real["changed"] and "error" not in real and MEMO not in real)


def test_secrets_among_the_changes_are_named_with_their_reason_and_origin(secretive: Phone) -> None:
    wish = {DEVICE: "zq-new", "reg.1.label": "Desk"}
    found = survey(reach(secretive), (), wish, None, Knows(), {DEVICE: Origin("host", "vars.yml", 3)})
    assert found.changes == [
        Difference(DEVICE, "(secret)", "(secret)", "device", "host", "vars.yml", 3),
        Difference("reg.1.label", "Desk", "1001", "config"),
    ]
    assert found.written_because == {DEVICE: "the phone does not tell whether it is set"}
    assert [each.parameter for each in found.drift] == ["reg.1.label"] and "zq-" not in repr(found)


def test_of_a_phone_that_lacks_a_name_the_other_changes_are_told(secretive: Phone) -> None:
    found = survey(reach(secretive), (), {"reg.1.lable": "x", "reg.1.label": "Desk", "up.idleTimeout": 40})
    assert [each.parameter for each in found.changes] == ["reg.1.label"] and list(found.unknown) == ["reg.1.lable"]
    assert not found.settled
