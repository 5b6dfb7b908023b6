# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: from the environment, checked, and turned into transport settings."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.polycom.vvx.plugins.doc_fragments.connection import ModuleDocFragment
from ansible_collections.polycom.vvx.plugins.module_utils._options import connection
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError


def validated(**given: Any) -> dict[str, Any]:
    validation = ArgumentSpecValidator(connection.CONNECTION.argument_spec).validate(given)
    assert validation.error_messages == []
    return dict(validation.validated_parameters)


def test_defaults() -> None:
    settings = connection.settings(validated(host="192.0.2.11", password="x"))
    assert settings.base_url == "https://192.0.2.11:443"
    assert (settings.username, settings.timeout, settings.retries) == ("Polycom", 30.0, 5)
    assert (
        settings.tls.validate_certs is True
        and settings.tls.verify_hostname == "name"
        and settings.tls.tls_min_version == "1.2"
    )


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"port": 8443}, "https://192.0.2.11:8443"),
        ({"use_ssl": False}, "http://192.0.2.11:80"),
        ({"use_ssl": False, "port": 8080}, "http://192.0.2.11:8080"),
        ({"host": "2001:db8::11"}, "https://[2001:db8::11]:443"),
    ],
)
def test_where_the_phone_is(given: dict[str, Any], url: str) -> None:
    assert connection.settings(validated(**{"host": "192.0.2.11", "password": "x", **given})).base_url == url


@pytest.mark.parametrize(
    ("variable", "value", "option", "result"),
    [
        ("VVX_HOST", "192.0.2.99", "host", "192.0.2.99"),
        ("VVX_PORT", "8443", "port", 8443),
        ("VVX_USERNAME", "User", "username", "User"),
        ("VVX_PASSWORD", "secret", "password", "secret"),
        ("VVX_AUTH", "digest", "auth", "digest"),
        ("VVX_AUTH", "", "auth", "auto"),
        ("VVX_USE_HTTP", "True", "use_ssl", False),
        ("VVX_USE_HTTP", "False", "use_ssl", True),
        ("VVX_INSECURE", "yes", "validate_certs", False),
        ("VVX_INSECURE", "False", "validate_certs", True),
        ("VVX_INSECURE", "", "validate_certs", True),
        ("VVX_CA_PATH", "/etc/ca.pem", "ca_path", "/etc/ca.pem"),
        ("VVX_VERIFY_HOSTNAME", "mac", "verify_hostname", "mac"),
        ("VVX_MAC", "0004f2aabbcc", "mac", "0004f2aabbcc"),
        ("VVX_FINGERPRINT", "ab" * 32, "fingerprint", "ab" * 32),
        ("VVX_TLS_MIN_VERSION", "1.0", "tls_min_version", "1.0"),
        ("VVX_CIPHERS", "ALL", "ciphers", "ALL"),
        ("VVX_TIMEOUT", "2.5", "timeout", 2.5),
        ("VVX_TIMEOUT", "", "timeout", 30.0),
        ("VVX_RETRIES", "0", "retries", 0),
    ],
)
def test_each_option_has_an_environment_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, option: str, result: Any
) -> None:
    monkeypatch.setenv(variable, value)
    assert validated()[option] == result


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VVX_USERNAME", "User")
    monkeypatch.setenv("VVX_INSECURE", "true")
    assert validated(username="Polycom", validate_certs=True)["username"] == "Polycom"
    assert validated(username="Polycom", validate_certs=True)["validate_certs"] is True


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"host": None}, "host is not set"),
        ({"password": None}, "password is not set"),
        ({"password": ""}, "password is not set"),
        ({"port": 0}, "port must be between 1 and 65535, not 0"),
        ({"port": 65536}, "port must be between 1 and 65535, not 65536"),
        ({"timeout": 0}, "timeout"),
        ({"retries": -1}, "retries"),
        ({"verify_hostname": "mac"}, "MAC address"),
        ({"verify_hostname": "mac", "mac": "0004f2"}, "MAC address"),
        ({"fingerprint": "abc"}, "64 hexadecimal"),
    ],
)
def test_what_does_not_fit_together_is_named(given: dict[str, Any], expected: str) -> None:
    with pytest.raises(SettingsError, match=expected) as caught:
        connection.settings(validated(**{"host": "192.0.2.11", "password": "x", **given}))
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["AB" * 32, ":".join(["ab"] * 32), "SHA256:" + "ab" * 32, "sha256=" + "AB" * 32])
def test_fingerprints_in_the_notations_of_the_field(text: str) -> None:
    assert (
        connection.settings(validated(host="192.0.2.11", password="x", fingerprint=text)).tls.fingerprint == "ab" * 32
    )


@pytest.mark.parametrize("mac", ["0004F2AABBCC", "00:04:f2:aa:bb:cc", "00-04-F2-AA-BB-CC", "0004.f2aa.bbcc"])
def test_macs_in_the_notations_of_the_field(mac: str) -> None:
    assert (
        connection.settings(validated(host="192.0.2.11", password="x", verify_hostname="mac", mac=mac)).mac
        == "0004f2aabbcc"
    )


def test_every_option_is_documented_with_its_variable() -> None:
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    assert set(documented) == set(connection.CONNECTION.argument_spec)
    for name, spec in connection.CONNECTION.argument_spec.items():
        text = " ".join(documented[name]["description"])
        assert f"E({spec['fallback'][1][0]}" in text, name
        assert f"ansible_vvx_{name}" in text, name
        assert documented[name].get("default") == spec.get("default"), name


@pytest.mark.parametrize(
    "given",
    [
        {"timeout": float("nan")}, {"timeout": float("inf")}, {"timeout": 1e300}, {"timeout": 0}, {"timeout": -1},
        {"retries": -1}, {"retries": 10**9},
        {"password": "p\udcff"}, {"username": "a\nb"},
    ],
)  # fmt: skip
def test_odd_values_are_refused_with_the_phones_name(given: dict[str, Any]) -> None:
    with pytest.raises(SettingsError) as caught:
        connection.settings(validated(**{"host": "192.0.2.11", "password": "x", **given}))
    assert caught.value.host == "192.0.2.11" and next(iter(given)) in caught.value.message


def test_a_fingerprint_may_be_pasted_as_openssl_prints_it() -> None:
    printed = "sha256 Fingerprint=" + ":".join(["AB"] * 32)
    assert (
        connection.settings(validated(host="192.0.2.11", password="x", fingerprint=printed)).tls.fingerprint
        == "ab" * 32
    )


@pytest.mark.parametrize("pasted", ["10.1.20.11\u200b", "\ufeff10.1.20.11", " 10.1.20.11\u00a0"])
def test_invisible_characters_around_an_address_are_ignored(pasted: str) -> None:
    params = validated(host=pasted, password="secret", mac="\u200b00:04:f2:aa:bb:cc", verify_hostname="mac")
    settings = connection.settings(params)
    assert (settings.host, settings.mac) == ("10.1.20.11", "0004f2aabbcc")
