# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_config with secrets that the phone hides: written once, remembered, and written again when they are new."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import perform
from ansible_collections.polycom.vvx.plugins.module_utils._steps.secrets import memo_of
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.memory import KeptMemory

from simulator import Phone, PhoneSpec, Switches
from support.configuring import calls, configure
from support.reach import PASSWORD as LOGIN
from support.reach import params, reach_tls

DEVICE, SIP = "device.prov.password", "reg.1.auth.password"
"""A secret in flash memory, where unset and hidden read alike, and one whose source tells whether it is set."""
KEY = "a key that a vault file holds"


class Controller:
    """Runs vvx_config as the door does: with its memory, which it updates afterwards."""

    def __init__(self, folder: Path, mac: str | None = None) -> None:
        self.folder, self.mac = folder, mac

    def run(self, phone: Phone, parameters: dict[str, str], check_mode: bool = False, **options: Any) -> dict[str, Any]:
        phone.clear()
        memory = KeptMemory(str(self.folder), KEY, Settings("x", mac=self.mac), keep=not check_mode)
        result = configure(phone, parameters, check_mode, memory, **options)
        memory.keep(memo_of(result.pop("_memo", None)))
        assert memory.warnings == []
        return result

    @property
    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def controller(tmp_path: Path) -> Controller:
    return Controller(tmp_path)


@pytest.fixture(params=["empty", "masked"])
def secretive(request: pytest.FixtureRequest, start_fleet: Any) -> Phone:
    """A phone that hides its secrets, with a device secret in flash."""
    spec = PhoneSpec(layers={"device": {DEVICE: "from-before"}}, switches=Switches(secrets=request.param))
    phone: Phone = start_fleet(spec, tls=False).phones[0]
    return phone


def test_first_run_sets_second_changes_nothing_and_a_new_value_is_noticed(
    secretive: Phone, controller: Controller
) -> None:
    secretive.set_layer("config", {SIP: None})
    wanted = {DEVICE: "zq-first", SIP: "zq-first", "reg.1.label": "Desk"}
    foreseen = controller.run(secretive, wanted, check_mode=True)
    assert controller.files == [] and secretive.count("config/set") == 0
    first = controller.run(secretive, wanted)
    assert first["secrets_written"] == foreseen["secrets_written"] == [DEVICE, SIP] and first["changed"]
    assert first["secrets_reasons"] == foreseen["secrets_reasons"]
    assert (secretive.value(DEVICE)[0], secretive.value(SIP)[0]) == ("zq-first", "zq-first")
    assert [text for text in first["warnings"] if DEVICE in text and "once" in text and SIP not in text]

    again = controller.run(secretive, wanted)
    assert (again["changed"], again["secrets_written"], again["secrets_skipped"]) == (False, [], [])
    assert "warnings" not in again and calls(secretive) == ["get", "info"], "the MAC address is asked for once"

    new = {**wanted, DEVICE: "zq-second"}
    assert controller.run(secretive, new, check_mode=True)["secrets_written"] == [DEVICE]
    third = controller.run(secretive, new)
    assert third["secrets_written"] == [DEVICE] and secretive.value(DEVICE)[0] == "zq-second"
    assert controller.run(secretive, new)["changed"] is False
    assert not any("zq-" in path.read_text() for path in controller.files)


def test_a_known_mac_address_costs_no_request(secretive: Phone, tmp_path: Path) -> None:
    controller = Controller(tmp_path, mac="0004f2000001")
    assert controller.run(secretive, {DEVICE: "zq-first"})["changed"]
    assert controller.run(secretive, {DEVICE: "zq-first"})["requests"] == 1 and calls(secretive) == ["get"]
    assert [path.name for path in controller.files] == ["0004f2000001.json"]
    assert Controller(tmp_path).run(secretive, {DEVICE: "zq-first"})["changed"] is False, "the phone says the same"


def test_nor_does_one_that_the_certificate_proves(start_fleet: Any, tmp_path: Path) -> None:
    fleet = start_fleet(PhoneSpec(certificate="factory", layers={"device": {DEVICE: "from-before"}}))
    phone = fleet.phones[0]
    options = params(config.SPEC, parameters={DEVICE: "zq-first"})
    settings = reach_tls(phone, ca_path=str(fleet.factory_ca_path), verify_hostname="none")
    for written in ([DEVICE], []):
        memory = KeptMemory(str(tmp_path), KEY, settings, keep=True)
        result = perform(functools.partial(config.run, memory=memory), settings, options, False)
        memory.keep(result.memo)
        assert result.error is None and result.values["secrets_written"] == written
    assert phone.count("device/info") == 0 and [path.name for path in tmp_path.rglob("*.json")] == ["0004f2000001.json"]


@pytest.mark.parametrize("secrets", ["empty", "real"])
def test_the_mac_address_is_not_asked_for_where_it_is_not_needed(
    start_fleet: Any, controller: Controller, secrets: Any
) -> None:
    spec = PhoneSpec(layers={"web": {SIP: "zq-first"}}, switches=Switches(secrets=secrets))
    phone = start_fleet(spec, tls=False).phones[0]
    controller.run(phone, {"reg.1.label": "1001"})
    assert calls(phone) == ["get"]
    controller.run(phone, {SIP: "zq-first"}, update_secrets="never" if secrets == "empty" else "on_create")
    assert calls(phone) == ["get"]


def test_where_nothing_lasts_a_secret_without_evidence_is_left_alone(secretive: Phone) -> None:
    for memory in (KeptMemory("/proc/none/here", KEY, Settings("x"), keep=True), None):
        secretive.clear()
        result = configure(secretive, {DEVICE: "zq-first"}, memory=memory)
        assert (result["changed"], result["secrets_written"], result["secrets_skipped"]) == (False, [], [DEVICE])
        assert len(result["warnings"]) == 1 and "left alone" in result["warnings"][0]
        assert calls(secretive) == ["get"], "the MAC address would be of no use"
    assert configure(secretive, {DEVICE: "zq-first"}, update_secrets="always")["secrets_written"] == [DEVICE]


def test_where_nothing_lasts_a_source_still_decides(phone: Phone) -> None:
    phone.set_layer("web", {"reg.2.auth.password": "set"})
    result = configure(phone, {SIP: "zq-first", "reg.2.auth.password": "zq-first"})
    written = ["reg.1.auth.password"] if phone.value(SIP)[0] == "zq-first" else []
    assert result["secrets_written"] == written and "reg.2.auth.password" in result["secrets_skipped"]


def test_what_something_else_has_set_is_left_alone_until_the_wanted_value_changes(
    secretive: Phone, controller: Controller
) -> None:
    secretive.set_layer("config", {SIP: "by-the-server"})
    for _run in range(2):
        result = controller.run(secretive, {SIP: "zq-first"})
        assert (result["changed"], result["secrets_skipped"]) == (False, [SIP])
        assert "source config" in result["secrets_reasons"][SIP]
    assert controller.run(secretive, {SIP: "zq-second"})["secrets_written"] == [SIP]
    assert controller.run(secretive, {SIP: "zq-second"})["changed"] is False
    assert secretive.value(SIP) == ("zq-second", "web")


def test_a_reset_is_noticed_where_the_source_tells(secretive: Phone, controller: Controller) -> None:
    secretive.set_layer("config", {SIP: None})
    controller.run(secretive, {SIP: "zq-first"})
    secretive.set_layer("web", {SIP: None})
    assert controller.run(secretive, {SIP: "zq-first"})["secrets_written"] == [SIP]


def test_a_readable_secret_is_compared_like_any_other(start_fleet: Any, controller: Controller) -> None:
    spec = PhoneSpec(layers={"web": {SIP: "old"}}, switches=Switches(secrets="real"))
    phone = start_fleet(spec, tls=False).phones[0]
    result = controller.run(phone, {SIP: "zq-first"})
    assert result["secrets_written"] == [SIP] and "another value" in result["secrets_reasons"][SIP]
    assert controller.run(phone, {SIP: "zq-first"})["changed"] is False
    assert controller.run(phone, {SIP: "zq-second"}, update_secrets="never")["secrets_skipped"] == [SIP]


@pytest.mark.parametrize("fault", ["status", "drop", "http"])
def test_a_failed_write_is_tried_again(secretive: Phone, controller: Controller, fault: str) -> None:
    controller.run(secretive, {DEVICE: "zq-first", SIP: "zq-first"}, update_secrets="always")
    new = {DEVICE: "zq-second", SIP: "zq-second"}

    def failing(phone: Phone) -> None:
        options = {"status": "5000"} if fault == "status" else {"status": "500"} if fault == "http" else {}
        phone.fault(fault, path="config/set", times=0, **options)

    original = secretive.clear
    secretive.clear = lambda: (original(), failing(secretive))[0]  # type: ignore[method-assign]
    result = controller.run(secretive, new, wait_timeout=1.0)
    assert "error" in result and (result["secrets_written"], result["changed"]) == ([], False)
    secretive.clear = original  # type: ignore[method-assign]
    assert controller.run(secretive, new)["secrets_written"] == [DEVICE, SIP], "neither is remembered"
    assert controller.run(secretive, new)["changed"] is False


def test_a_lost_reply_counts_as_no_confirmation(secretive: Phone, controller: Controller) -> None:
    """The phone took the value and went away for good: the next run writes it again."""
    original = secretive.clear

    def lose() -> None:
        original()
        secretive.fault("drop_after", path="config/set", times=1)
        secretive.fault("drop", path="config/get", after=1, times=0)

    secretive.clear = lose  # type: ignore[method-assign]
    result = controller.run(secretive, {DEVICE: "zq-first"}, wait_timeout=0.5)
    assert result["unconfirmed"] == [DEVICE]
    secretive.clear = original  # type: ignore[method-assign]
    assert controller.run(secretive, {DEVICE: "zq-first"})["secrets_written"] == [DEVICE]


def test_without_verify_what_the_phone_accepted_is_remembered(secretive: Phone, controller: Controller) -> None:
    assert controller.run(secretive, {DEVICE: "zq-first"}, verify=False)["secrets_written"] == [DEVICE]
    assert controller.run(secretive, {DEVICE: "zq-first"}, verify=False)["changed"] is False


def test_always_writes_each_time_and_is_remembered(secretive: Phone, controller: Controller) -> None:
    for _run in range(2):
        assert controller.run(secretive, {DEVICE: "zq-first"}, update_secrets="always")["changed"]
    assert controller.run(secretive, {DEVICE: "zq-first"})["changed"] is False


def test_the_password_that_the_task_logs_in_with_is_known(secretive: Phone, controller: Controller) -> None:
    name = "device.auth.localAdminPassword"
    same = controller.run(secretive, {name: LOGIN}, update_secrets="always")
    assert (same["changed"], same["secrets_skipped"], calls(secretive)) == (False, [], ["get"])
    changed = controller.run(secretive, {name: "another-horse"})
    assert changed["secrets_written"] == [name] and secretive.value(name)[0] == "another-horse"
    assert controller.run(secretive, {name: "another-horse"}, password="another-horse")["changed"] is False
    assert controller.files == [], "nothing to remember"


def test_a_new_login_that_the_phone_takes_and_refuses_is_found(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """The phone answers 4000, refuses the old password from then on, and takes the new one."""
    from ansible_collections.polycom.vvx.plugins.module_utils._phone import api, errors

    really = api.Phone.config_set

    def set_and_refuse(self: api.Phone, values: dict[str, str]) -> None:
        really(self, values)
        raise errors.InvalidParameters("invalid input parameters.", status="4000")

    monkeypatch.setattr(api.Phone, "config_set", set_and_refuse)
    name = "device.auth.localAdminPassword"
    result = configure(phone, {name: "another-horse", "reg.1.label": "Desk"}, update_secrets="always")
    assert result["applied"] == [name, "reg.1.label"] and "unconfirmed" not in result, result
    assert phone.auth_failures == 1


def test_a_phone_that_does_not_tell_its_mac_address(secretive: Phone, controller: Controller) -> None:
    original = secretive.clear

    def hide() -> None:
        original()
        secretive.fault("status", path="device/info", status="4004", times=0)

    secretive.clear = hide  # type: ignore[method-assign]
    result = controller.run(secretive, {DEVICE: "zq-first"})
    assert result["secrets_skipped"] == [DEVICE] and "MAC address" in result["warnings"][0]


def test_the_options_of_the_memory_are_no_connection_options() -> None:
    assert {"state_path", "secrets_key", "remembered"}.isdisjoint(CONNECTION.argument_spec)


def test_a_secret_that_the_phone_accepts_and_ignores_is_doubted(phone: Phone, controller: Controller) -> None:
    phone.set_layer("config", {SIP: None})
    original = phone.clear

    def ignore() -> None:
        original()
        phone.fault("ignore_set", names=[SIP])

    phone.clear = ignore  # type: ignore[method-assign]
    result = controller.run(phone, {SIP: "zq-first"})
    assert result["secrets_written"] == [SIP] and "still calls it unset" in result["warnings"][0]
    assert phone.host in result["warnings"][0]
