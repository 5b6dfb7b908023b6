# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that all modules have: how to reach a phone; and transport settings made from them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._phone.errors import SettingsError, about
from .._phone.login import AUTO, CHOICES, Logins, Refusals
from .._phone.mac import digits
from .._phone.settings import ADMIN_ACCOUNT, Settings
from .._phone.tls import VERSIONS, TlsSettings
from .._text import visible
from .argument_spec import ArgumentSpec
from .validate import between

OWN = "ansible_vvx_"
"""Before an option's name: the variable of a phone that sets it. Texts name the variable, which most people set."""

_PRINTABLE = {
    "username": "ansible_user",
    "password": "ansible_password",
    "password_next": "ansible_vvx_password_next",
}
"""Options that go into a header, and the variables to correct."""

LONGEST_WAIT = 86400
MOST_RETRIES = 1000
MOST_REFUSALS = 10_000


def from_environment(name: str) -> str:
    """The value of an environment variable; an empty one counts as unset."""
    value = os.environ.get(name, "")
    if not value:
        raise AnsibleFallbackNotFound
    return value


def off_by_environment(name: str) -> str:
    """ "false" if the variable holds a word for true; anything else leaves the option unset.

    Variables that turn protection off are named so that False is the safe value: AWX sends False for a box not ticked.
    """
    if from_environment(name).strip().lower() in ("1", "true", "yes", "on", "y", "t"):
        return "false"
    raise AnsibleFallbackNotFound


CONNECTION = ArgumentSpec(
    {
        "host": {"type": "str", "fallback": (from_environment, ["VVX_HOST"])},
        "port": {"type": "int", "fallback": (from_environment, ["VVX_PORT"])},
        "username": {"type": "str", "default": ADMIN_ACCOUNT, "fallback": (from_environment, ["VVX_USERNAME"])},
        "password": {"type": "str", "no_log": True, "fallback": (from_environment, ["VVX_PASSWORD"])},
        "password_next": {"type": "str", "no_log": True, "fallback": (from_environment, ["VVX_PASSWORD_NEXT"])},
        "auth": {
            "type": "str",
            "choices": list(CHOICES),
            "default": AUTO,
            "fallback": (from_environment, ["VVX_AUTH"]),
        },
        "use_ssl": {"type": "bool", "default": True, "fallback": (off_by_environment, ["VVX_USE_HTTP"])},
        "validate_certs": {"type": "bool", "default": True, "fallback": (off_by_environment, ["VVX_INSECURE"])},
        "ca_path": {"type": "path", "fallback": (from_environment, ["VVX_CA_PATH"])},
        "verify_hostname": {
            "type": "str",
            "choices": ["name", "mac", "none"],
            "default": "name",
            "fallback": (from_environment, ["VVX_VERIFY_HOSTNAME"]),
        },
        "mac": {"type": "str", "fallback": (from_environment, ["VVX_MAC"])},
        "fingerprint": {"type": "str", "fallback": (from_environment, ["VVX_FINGERPRINT"])},
        "tls_min_version": {
            "type": "str",
            "choices": list(VERSIONS),
            "default": "1.2",
            "fallback": (from_environment, ["VVX_TLS_MIN_VERSION"]),
        },
        "ciphers": {"type": "str", "fallback": (from_environment, ["VVX_CIPHERS"])},
        "timeout": {"type": "float", "default": 30.0, "fallback": (from_environment, ["VVX_TIMEOUT"])},
        "retries": {"type": "int", "default": 5, "fallback": (from_environment, ["VVX_RETRIES"])},
        "max_refusals": {"type": "int", "default": 5, "fallback": (from_environment, ["VVX_MAX_REFUSALS"])},
        "lockout_time": {"type": "float", "default": 60.0, "fallback": (from_environment, ["VVX_LOCKOUT_TIME"])},
    }
)


def settings(params: Mapping[str, Any], logins: Logins | None = None, refusals: Refusals | None = None) -> Settings:
    """One phone's transport settings from validated options. Raises SettingsError where they are incomplete or
    contradictory. ``logins`` and ``refusals``: what the caller keeps of earlier conversations."""
    host, mac = visible(params["host"] or "").strip(), digits(visible(params["mac"] or ""))
    with about(host):
        if not host:
            raise SettingsError(
                "host is not set: no phone to connect to.",
                remedy="Run against inventory hosts that are phones, or set host in the task.",
            )
        shared = shared_settings(params)
        if params["verify_hostname"] == "mac" and mac is None:
            raise SettingsError(
                "ansible_vvx_verify_hostname: mac needs the phone's MAC address.",
                remedy="Set ansible_vvx_mac for the phone.",
            )
        return replace(shared, host=host, mac=mac, logins=logins, refusals=refusals)


def shared_settings(params: Mapping[str, Any]) -> Settings:
    """The settings that phones share: ``host`` is empty and ``mac`` is None. Raises SettingsError."""
    if not params["password"]:
        raise SettingsError(
            "password is not set.",
            remedy="Set ansible_password for the phone (in a vault file), or VVX_PASSWORD, or use -k "
            "(which does not reach a task that is delegated to a host with its own password).",
        )
    if params["port"] is not None:
        between(f"{OWN}port", params["port"], 1, 65535)
    for name, value in params.items():
        if isinstance(value, float):
            between(f"{OWN}{name}", value, 0, LONGEST_WAIT, "seconds")
    if not params["timeout"]:
        raise SettingsError("ansible_vvx_timeout must be above 0.", remedy="Correct it.")
    between(f"{OWN}retries", params["retries"], 0, MOST_RETRIES)
    between(f"{OWN}max_refusals", params["max_refusals"], 0, MOST_REFUSALS)
    for name, variable in _PRINTABLE.items():
        if not (params[name] or "").isprintable():
            raise SettingsError(f"{name} contains a character that can't be sent.", remedy=f"Correct {variable}.")
    return Settings(
        port=params["port"],
        username=params["username"],
        password=params["password"],
        password_next=params["password_next"] or None,
        auth=params["auth"],
        use_ssl=params["use_ssl"],
        timeout=params["timeout"],
        retries=params["retries"],
        tls=TlsSettings(
            validate_certs=params["validate_certs"],
            ca_path=params["ca_path"],
            verify_hostname=params["verify_hostname"],
            fingerprint=_fingerprint(params["fingerprint"]),
            tls_min_version=params["tls_min_version"],
            ciphers=params["ciphers"],
        ),
    )


def as_options(text: str) -> str:
    """A text that names variables of phones, for a door where options with their own names are set: the inventory."""
    text = text.replace("ansible_password", "password").replace("ansible_user", "username")
    return re.sub(rf"\b{OWN}(?=({'|'.join(CONNECTION.argument_spec)})\b)", "", text)


def _fingerprint(given: str | None) -> str | None:
    if not given:
        return None
    hexadecimal = re.sub(r"^sha-?256( fingerprint)?[:=]|[: ]", "", given.strip().lower())
    if not re.fullmatch(r"[0-9a-f]{64}", hexadecimal):
        raise SettingsError(
            "ansible_vvx_fingerprint must be a SHA-256: 64 hexadecimal digits.",
            remedy="Print it with: openssl x509 -noout -fingerprint -sha256 -in CERTIFICATE.",
        )
    return hexadecimal
