# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authority that a phone trusts: what is written, what stays, and what never gets to a phone."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import certificate
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.authorities import SLOTS

from simulator import Phone
from support.certificates import SERVES, made
from support.reach import params, run

ROOT = made()
LINE = " ".join(ROOT.pem.strip().split("\n"))
OTHER = made("Other Root")
BETWEEN = made("Example Issuing CA", signer=ROOT)
SUBJECT = "CN=Example Root CA, O=Example, Inc."


def install(phone: Phone, content: str | None = ROOT.pem, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return run(certificate.run, phone, params(certificate.SPEC, content=content, **options), check_mode)


def sets(phone: Phone) -> list[dict[str, str]]:
    return [request.data for request in phone.log if request.path.endswith("/config/set")]


@pytest.mark.parametrize("slot", SLOTS)
def test_it_is_installed_once_in_any_place(phone: Phone, slot: str) -> None:
    name = SLOTS[slot]
    result = install(phone, slot=slot)
    assert result["changed"] is True and result["parameter"] == name and phone.value(name)[0] == LINE
    assert result["certificate"]["subject"] == SUBJECT and result["replaced"] is None
    switches = {"device.set": "1", f"{name}.set": "1"} if name.startswith("device.") else {}
    assert sets(phone) == [{**switches, name: LINE}]
    again = install(phone, slot=slot)
    assert again["changed"] is False and again["certificate"] == result["certificate"] and len(sets(phone)) == 1


def test_check_mode_says_the_same_and_writes_nothing(phone: Phone) -> None:
    foretold = install(phone, check_mode=True)
    assert foretold["changed"] is True and sets(phone) == []
    assert foretold["certificate"] == install(phone)["certificate"]


@pytest.mark.parametrize("kept", [ROOT.pem, ROOT.pem.strip(), LINE.replace(" ", "\r\n"), LINE])
def test_a_phone_that_keeps_it_in_another_form_stays_as_it_is(phone: Phone, kept: str) -> None:
    phone.set_layer("config", {SLOTS["application1"]: kept})
    assert install(phone)["changed"] is False and sets(phone) == []


def test_another_certificate_is_replaced_only_on_request(phone: Phone) -> None:
    phone.set_layer("config", {SLOTS["application1"]: OTHER.pem})
    result = install(phone)
    assert result["failed"] and result["error"]["kind"] == "settings" and sets(phone) == []
    assert (
        "application1 holds another certificate (CN=Other Root, O=Example, Inc.). Choose another place" in result["msg"]
    )
    result = install(phone, replace=True)
    assert result["changed"] and result["replaced"]["subject"] == "CN=Other Root, O=Example, Inc."
    assert phone.value(SLOTS["application1"])[0] == LINE


def test_it_is_removed(phone: Phone) -> None:
    install(phone)
    result = install(phone, content=None, state="absent")
    assert result["changed"] and result["certificate"] is None and result["replaced"]["subject"] == SUBJECT
    assert phone.value(SLOTS["application1"])[0] == "" and not install(phone, content=None, state="absent")["changed"]


def test_only_the_one_that_is_named_is_removed(phone: Phone) -> None:
    phone.set_layer("config", {SLOTS["application1"]: OTHER.pem})
    result = install(phone, state="absent")
    assert result["error"]["kind"] == "settings" and sets(phone) == []
    assert "application1 holds another certificate (CN=Other Root, O=Example, Inc.)" in result["msg"]
    assert "Choose another place (platform1, platform2, application2, " in result["msg"]
    result = install(phone, content=OTHER.pem, state="absent")
    assert result["changed"] and result["certificate"] is None and phone.value(SLOTS["application1"])[0] == ""
    assert not install(phone, state="absent")["changed"]


@pytest.mark.parametrize("slot", ["application1", "platform1"])
def test_one_that_has_expired_is_removed(phone: Phone, slot: str) -> None:
    ended = made("Old Root", days=(-9, -1))
    phone.set_layer("config", {SLOTS[slot]: ended.pem})
    assert install(phone, content=ended.pem, state="absent", slot=slot)["changed"] and phone.value(SLOTS[slot])[0] == ""


def test_a_key_is_refused_also_where_a_certificate_is_removed(phone: Phone) -> None:
    result = install(phone, content=ROOT.key_pem + ROOT.pem, state="absent")
    assert "content contains a private key" in result["msg"] and phone.count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ROOT.key_pem + ROOT.pem, "content contains a private key"),
        (ROOT.pem + OTHER.pem, "content holds 2 certificates (CN=Example Root CA"),
        (made("x", signer=ROOT, authority=False, usage=SERVES).pem, "may not sign other certificates"),
        ("", "content is not a certificate"),
    ],
    ids=["key", "two", "leaf", "empty"],
)
def test_what_no_phone_gets(phone: Phone, content: str, said: str) -> None:
    result = install(phone, content)
    assert result["failed"] and result["error"]["kind"] == "bad_values" and said in result["msg"]
    assert phone.log == [] and ROOT.key_pem.split("\n")[1] not in str(result)


def test_no_certificate_at_all(phone: Phone) -> None:
    result = install(phone, None)
    assert result["error"]["kind"] == "settings" and "content is missing" in result["msg"] and phone.log == []


def test_an_intermediate_authority_is_told_of(phone: Phone) -> None:
    assert any("is an intermediate authority" in each for each in install(phone, BETWEEN.pem)["warnings"])
    assert not any("intermediate" in each for each in install(phone, replace=True).get("warnings", ()))
