# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of authorities for parameters: what files hold, what phones take, and what must not get to a phone."""

from __future__ import annotations

import base64
from datetime import datetime, timezone

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import table, values
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.authorities import (
    LONGEST,
    SLOTS,
    Authority,
    authorities,
    presented,
)
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import document
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.merging import merge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.writing import write

from support.certificates import SERVES, Made, made

ROOT = made()
OTHER = made("Other Root")
BETWEEN = made("Example Issuing CA", signer=ROOT)
LEAF = made("phone.example.com", signer=ROOT, authority=False, usage=SERVES)
SLOT = "device.sec.TLS.customCaCert1"


def of(text: str) -> list[Authority]:
    return authorities(text, datetime.now(timezone.utc))


def reason(text: str) -> str:
    with pytest.raises(ValueError, match=".") as refused:
        of(text)
    return str(refused.value)


def test_one_line_with_blanks_and_the_same_with_line_ends() -> None:
    (found,) = of(ROOT.pem)
    assert found.line == " ".join(ROOT.pem.strip().split("\n")) and found.text == ROOT.pem.strip()
    assert found.title == "CN=Example Root CA, O=Example, Inc." and found.remark is None


@pytest.mark.parametrize(
    "text",
    [
        ROOT.pem,
        ROOT.pem.replace("\n", "\r\n"),
        ROOT.pem.replace("\n", " "),
        ROOT.pem.replace("\n", "\\n"),
        ROOT.pem.replace("\n", "\\r\\n"),
        f"\ufeff{ROOT.pem}",
        f"subject=O = Example\nissuer=O = Example\n{ROOT.pem}\nsome more words\n",
        ROOT.pem.replace("\n", "\n      "),
        ROOT.pem * 3,
        ROOT.pem.replace("BEGIN CERT", "BEGIN X509 CERT").replace("END CERT", "END X509 CERT"),
        f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(ROOT.der).decode()}\n-----END CERTIFICATE-----",
    ],
)
def test_how_files_hold_it(text: str) -> None:
    assert [found.line for found in of(text)] == [" ".join(ROOT.pem.split("\n")).strip()]


def test_several_are_all_found_once_in_their_order() -> None:
    found = of(f"{BETWEEN.pem}{ROOT.pem}{OTHER.pem}{ROOT.pem}")
    names = [each.certificate.name for each in found]
    assert names == ["Example Issuing CA", "Example Root CA", "Other Root"]
    assert [bool(each.remark) for each in found] == [True, False, False]
    assert "signed by CN=Example Root CA" in str(found[0].remark)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a certificate in PEM format"),
        ("just words", "openssl x509 -inform der"),
        (ROOT.key_pem, "contains a private key"),
        (f"{ROOT.pem}{ROOT.key_pem}", "contains a private key"),
        (f"{ROOT.pem}-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n", "contains a private key"),
        (f"{ROOT.pem}-----BEGIN RSA PRIVATE KEY----- AAAA", "contains a private key"),
        (ROOT.pem.replace("CERTIFICATE-", "CERTIFICATE REQUEST-"), "is a request for a certificate"),
        (ROOT.pem.replace("CERTIFICATE-", "TRUSTED CERTIFICATE-"), "openssl x509 -in FILE"),
        (ROOT.pem.replace("CERTIFICATE-", "PKCS7-"), "openssl pkcs7 -print_certs"),
        (f"{ROOT.pem}{ROOT.pem.replace('CERTIFICATE-', 'X509 CRL-')}", "contains X509 CRL"),
        (ROOT.pem[:-40], "is cut off"),
        (f"{ROOT.pem[:-40]}\n{OTHER.pem}", "is cut off"),
        (ROOT.pem.replace("MII", "M*I", 1), "number 1) that can't be read: it is no Base64"),
        (f"{OTHER.pem}{ROOT.pem.replace('MII', 'AAA', 1)}", "number 2) that can't be read"),
        (LEAF.pem, "CN=phone.example.com, O=Example, Inc. may not sign other certificates"),
        (made("Old CA", days=(-900, -3)).pem, "CN=Old CA, O=Example, Inc. has expired on 20"),
        (made("New CA", days=(3, 900)).pem, "CN=New CA, O=Example, Inc. is not valid before 20"),
        (made("Big CA", padding=LONGEST).pem, f"longer than the {LONGEST} characters"),
    ],
)
def test_what_no_phone_gets(text: str, said: str) -> None:
    assert said in reason(text)


def test_a_reason_never_shows_the_key() -> None:
    secret = ROOT.key_pem.split("\n")[1]
    for text in (ROOT.key_pem, f"{ROOT.pem}{ROOT.key_pem}", ROOT.key_pem.replace("PRIVATE KEY", "THING")):
        assert secret not in reason(text)


@pytest.mark.parametrize("made_of", [lambda found: found.line, lambda found: found.text])
def test_it_survives_a_provisioning_file(made_of: object) -> None:
    assert callable(made_of)
    value = made_of(of(ROOT.pem)[0])
    read = document.read(write({SLOT: value}).encode(), "x.cfg")
    assert merge([[read]]).values == {SLOT: value}


def test_line_ends_in_an_attribute_give_the_one_line() -> None:
    """What an XML parser makes of PEM that somebody has pasted."""
    (found,) = of(ROOT.pem)
    text = write({SLOT: found.line}).replace(found.line, ROOT.pem.strip())
    assert merge([[document.read(text.encode(), "x.cfg")]]).values == {SLOT: found.line}


@pytest.mark.parametrize("name", [*SLOTS.values(), "sec.TLS.customDeviceCert.1.publicCert", "some.other"])
def test_white_space_in_a_certificate_is_no_difference(name: str) -> None:
    fact, line = table.fact(name), of(ROOT.pem)[0].line
    for same in (ROOT.pem, ROOT.pem.strip(), ROOT.pem.replace("\n", "\r\n"), line.replace(" ", "")):
        assert values.equal(line, same, fact) and values.canonical(same, fact) == same
    assert not values.equal(line, of(OTHER.pem)[0].line, fact) and not values.equal(line, "", fact)


def test_white_space_in_other_texts_still_counts() -> None:
    fact = table.fact("reg.1.label")
    assert not values.equal("a -----BEGIN b", "a-----BEGIN b", fact) and not values.equal("a b", "ab", fact)


def test_every_slot_is_a_parameter_that_is_known() -> None:
    for name in SLOTS.values():
        assert table.is_known(name) and table.fact(name).highest == LONGEST and not table.is_secret(name)


@pytest.mark.parametrize(("one", "name"), [(ROOT, "Example Root CA"), (LEAF, "phone.example.com")])
def test_what_a_phone_has_in_a_slot(one: Made, name: str) -> None:
    for value in (one.pem, " ".join(one.pem.split("\n"))):
        found = presented(value)
        assert found is not None and found.name == name


@pytest.mark.parametrize(
    "value",
    ["", "x", "-----BEGIN CERTIFICATE----- x -----END CERTIFICATE-----", ROOT.pem[:99]],
    ids=["empty", "a word", "no Base64", "cut off"],
)
def test_what_is_no_certificate_in_a_slot(value: str) -> None:
    assert presented(value) is None
