# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for phones: until when, how often, and with how few logins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import RestDisabled, Unreachable
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Survey, survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._enroll.waiting import Look, until_seen

from simulator import Phone
from support.surveys import read

REST = "apps.restapi.enabled"
PASSWORD = "device.auth.localAdminPassword"


@dataclass
class Job:
    host: str
    settings: Settings | None = None


@dataclass
class Time:
    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def wait(appears: Mapping[str, float], timeout: float) -> tuple[list[str], dict[str, Survey], Time, list[float]]:
    """Phones that answer from that second on."""
    time, seen, lefts = Time(), list[str](), list[float]()

    def look(job: Job) -> Survey:
        return read() if time.now >= appears[job.host] else Survey(error=Unreachable("no answer."))

    missing = until_seen(
        [Job(host) for host in appears], look, timeout, 4, lambda job, found: seen.append(job.host),
        lambda missing, left: lefts.append(left), time.clock, time.sleep,
    )  # fmt: skip
    return seen, missing, time, lefts


def test_each_phone_is_told_when_it_appears_and_the_wait_ends_with_the_last() -> None:
    seen, missing, time, lefts = wait({"a": 0, "b": 5, "c": 40}, 900)
    assert seen == ["a", "b", "c"] and missing == {} and 40 <= time.now <= 51
    assert lefts == sorted(lefts, reverse=True) and len(lefts) == len(time.slept)


def test_it_ends_on_time_with_the_last_look_at_those_that_are_missing() -> None:
    seen, missing, time, _lefts = wait({"a": 3, "b": 10_000}, 60)
    assert seen == ["a"] and list(missing) == ["b"] and time.now == 60
    assert missing["b"].error is not None and missing["b"].error.kind == "unreachable"
    assert max(time.slept) == 10 and time.slept[0] == 1


def test_without_a_wait_each_phone_is_looked_at_once() -> None:
    seen, missing, time, lefts = wait({"a": 0, "b": 1}, 0)
    assert seen == ["a"] and list(missing) == ["b"] and time.slept == [] and lefts == []


def look_at(phone: Phone, password: str) -> tuple[Look, Job, list[str]]:
    """A look at a phone, and the passwords that were tried."""
    tried: list[str] = []

    def ask(job: Job, settings: Settings) -> Survey:
        tried.append(settings.password)
        return survey(settings, ["device"], {})

    settings = Settings(host=phone.host, port=phone.port, password=password, use_ssl=False, mac=phone.mac, retries=0)
    return Look(ask), Job(phone.name, settings), tried


def kind(found: Survey) -> str | None:
    return found.error.kind if found.error else None


def test_no_login_is_sent_before_the_rest_api_answers(phone: Phone) -> None:
    phone.parameters.layers["config"][REST] = "0"
    look, job, tried = look_at(phone, "new-password-1")
    assert [kind(look(job)) for _each in range(3)] == [RestDisabled.kind] * 3
    assert tried == [] and phone.auth_failures == 0
    phone.parameters.set_layer("config", {REST: "1", PASSWORD: "new-password-1"})
    assert kind(look(job)) is None and tried == ["new-password-1"] and phone.auth_failures == 0


def test_a_phone_that_refuses_gets_a_second_login_only_after_a_restart(phone: Phone) -> None:
    look, job, tried = look_at(phone, "new-password-1")
    assert [kind(look(job)) for _each in range(4)] == ["authentication_failed"] * 4 and len(tried) == 1
    port = phone.listening_port
    phone.offline = True
    away, job.settings = job.settings, Settings(host=phone.host, port=phone.fleet.refused_port, password="x")
    assert kind(look(job)) == "unreachable"
    job.settings, phone.offline = away, False
    assert port == phone.port
    assert [kind(look(job)) for _each in range(3)] == ["authentication_failed"] * 3 and len(tried) == 2
    job.settings = Settings(host=phone.host, port=phone.fleet.refused_port, password="x")
    assert kind(look(job)) == "unreachable"
    job.settings = away
    assert kind(look(job)) == "authentication_failed" and len(tried) == 2, "two logins are the most"


def test_a_phone_with_another_mac_address_is_not_taken(phone: Phone) -> None:
    look, job, _tried = look_at(phone, phone.spec.admin_password)
    assert job.settings is not None
    job.settings = Settings(**{**vars(job.settings), "mac": "0004f2ffffff"})
    assert kind(look(job)) == "other_phone"


def test_a_host_without_settings_is_not_asked() -> None:
    look, _job, tried = Look(lambda job, settings: read()), None, []
    assert kind(look(Job("a"))) == "unreachable" and tried == []
