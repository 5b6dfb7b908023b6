# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications of the modules, mergeable, and how connection options become transport settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound  # type: ignore[attr-defined]

from ._operations import touch
from ._phone.errors import SettingsError
from ._phone.settings import ADMIN_ACCOUNT, Settings
from ._phone.tls import VERSIONS, TlsSettings


@dataclass(frozen=True)
class ArgumentSpec:
    """A part of a module's argument specification; parts are joined with ``merge``."""

    argument_spec: dict[str, dict[str, Any]] = field(default_factory=dict)

    def merge(self, other: ArgumentSpec) -> ArgumentSpec:
        return ArgumentSpec({**self.argument_spec, **other.argument_spec})


LONGEST_WAIT = 86400
MOST_RETRIES = 1000


def from_environment(name: str) -> str:
    """The variable's value; an empty one counts as unset."""
    value = os.environ.get(name, "")
    if not value:
        raise AnsibleFallbackNotFound
    return value


def off_by_environment(name: str) -> str:
    """False if the variable holds a word for true; anything else leaves the option unset.

    Switches that lower a guard are named so that False is the safe answer, because AWX sends False for a box not ticked.
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
        "tls_min_version": {"type": "str", "choices": list(VERSIONS), "default": "1.2", "fallback": (from_environment, ["VVX_TLS_MIN_VERSION"])},
        "ciphers": {"type": "str", "fallback": (from_environment, ["VVX_CIPHERS"])},
        "timeout": {"type": "float", "default": 30.0, "fallback": (from_environment, ["VVX_TIMEOUT"])},
        "retries": {"type": "int", "default": 5, "fallback": (from_environment, ["VVX_RETRIES"])},
    }
)


def settings(params: Mapping[str, Any]) -> Settings:
    """Transport settings from validated options. Raises SettingsError where they are incomplete or contradictory."""
    host = params["host"]
    if not host:
        raise SettingsError("no phone is named.", remedy="Run against inventory hosts that are phones, or set the option host.")
    if not params["password"]:
        raise SettingsError(
            f"{host}: no password is given.",
            remedy="Set ansible_password for the phone (in a vault file), or the option password, or VVX_PASSWORD, or use -k (which does not "
            "reach a task that is delegated to a host with a password of its own).",
        )
    if params["port"] is not None and not 0 < params["port"] < 65536:
        raise SettingsError(f"{host}: port {params['port']} is not between 1 and 65535.", remedy="Correct port or ansible_port.")
    for name, value in params.items():
        if isinstance(value, float) and not 0 <= value <= LONGEST_WAIT:
            raise SettingsError(f"{host}: {name} has to be between 0 and {LONGEST_WAIT} seconds.", remedy=f"Correct {name}.")
    if not params["timeout"] or not 0 <= params["retries"] <= MOST_RETRIES:
        raise SettingsError(f"{host}: timeout has to be above 0, and retries between 0 and {MOST_RETRIES}.", remedy="Correct timeout and retries.")
    for name in ("username", "password"):
        if not params[name].isprintable():
            raise SettingsError(f"{host}: {name} holds a character that can't be sent.", remedy=f"Correct {name}.")
    mac = re.sub(r"[^0-9a-f]", "", (params["mac"] or "").lower())
    if params["verify_hostname"] == "mac" and len(mac) != 12:
        raise SettingsError(f"{host}: verify_hostname: mac needs the phone's MAC address.", remedy="Set the option mac, or ansible_vvx_mac in the inventory.")
    return Settings(
        host=host,
        port=params["port"],
        username=params["username"],
        password=params["password"],
        use_ssl=params["use_ssl"],
        timeout=params["timeout"],
        retries=params["retries"],
        mac=mac or None,
        tls=TlsSettings(
            validate_certs=params["validate_certs"],
            ca_path=params["ca_path"],
            verify_hostname=params["verify_hostname"],
            fingerprint=_fingerprint(host, params["fingerprint"]),
            tls_min_version=params["tls_min_version"],
            ciphers=params["ciphers"],
        ),
    )


def _fingerprint(host: str, given: str | None) -> str | None:
    if not given:
        return None
    digits = re.sub(r"^sha-?256( fingerprint)?[:=]|[: ]", "", given.strip().lower())
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise SettingsError(f"{host}: fingerprint is no SHA-256 (64 hexadecimal digits).", remedy="openssl x509 -noout -fingerprint -sha256 prints it.")
    return digits


WHEN_BUSY = ("wait", "skip", "fail", "proceed")

DESIRED = ArgumentSpec(
    {
        "parameters": {"type": "dict", "no_log": True},
        "src": {"type": "list", "elements": "path"},
        "schema": {"type": "list", "elements": "path", "fallback": (from_environment, ["VVX_SCHEMA"])},
    }
)

CONFIG = ArgumentSpec(
    {
        **DESIRED.argument_spec,
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "update_secrets": {"type": "str", "choices": ["always", "on_create", "never"], "default": "on_create", "no_log": False},
        "verify": {"type": "bool", "default": True},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "never"},
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "rollback_on_failure": {"type": "bool", "default": False},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

CONFIG_VALIDATE = DESIRED.merge(ArgumentSpec({"fail_on": {"type": "str", "choices": ["error", "warning", "never"], "default": "error"}}))

INTERRUPTION = ArgumentSpec(
    {
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "busy_timeout": {"type": "float", "default": 600.0},
        "delay": {"type": "float", "default": 0.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

RESTART = INTERRUPTION.merge(
    ArgumentSpec(
        {
            "mode": {"type": "str", "choices": ["restart", "reboot"], "default": "restart"},
            "wait_for_lines": {"type": "bool", "default": False},
        }
    )
)

RESET = INTERRUPTION.merge(
    ArgumentSpec(
        {
            "scope": {"type": "str", "choices": ["local", "web", "device", "cloud", "all", "factory"], "required": True},
            "confirm": {"type": "bool", "default": False},
            "only_if_overridden": {"type": "list", "elements": "str", "default": []},
        }
    )
)

FACTS = ArgumentSpec({"gather_subset": {"type": "list", "elements": "str", "default": ["device", "running_config"]}})

INFO = ArgumentSpec(
    {
        "subset": {"type": "list", "elements": "str", "default": ["device"]},
        "raw": {"type": "bool", "default": False},
        "query": {"type": "str"},
        "handle": {"type": "str"},
        "line": {"type": "int"},
        "sequence": {"type": "int"},
    }
)

LAYERS = ("default", "sip", "config", "cloud", "web", "local", "device")

CONFIG_INFO = ArgumentSpec(
    {
        "names": {"type": "list", "elements": "str", "required": True},
        "sources": {"type": "list", "elements": "str", "choices": list(LAYERS), "default": []},
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
    }
)

TRANSFER_TYPE = ArgumentSpec({"type": {"type": "str", "choices": ["consultative", "blind", "safe"], "required": True}})

CALL = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["dial", "answer", "ignore", "reject", "hold", "resume", "mute", "unmute", "transfer", "dtmf", "end"]},
        "call": {"type": "str"},
        "destination": {"type": "str"},
        "line": {"type": "int", "default": 1},
        "type": {"type": "str", "choices": ["tel", "sip", "h323"]},
        "digits": {"type": "str"},
        "wait_for": {"type": "str", "choices": ["ringing", "connected", "ended"]},
        "wait_timeout": {"type": "float", "default": 30.0},
    }
)

SKYPE = ArgumentSpec(
    {
        "state": {"type": "str", "choices": ["signed_in", "signed_out"], "required": True},
        "address": {"type": "str"},
        "user": {"type": "str"},
        "skype_password": {"type": "str", "no_log": True},
        "domain": {"type": "str"},
        "lock_code": {"type": "str", "no_log": True},
    }
)

UPLOAD = ArgumentSpec(
    {
        "url": {"type": "str", "no_log": True},
        "dest": {"type": "str"},
        "receiver_address": {"type": "str"},
        "receiver_port": {"type": "int", "default": 0},
        "max_size": {"type": "int", "default": 20_000_000},
        "wait_timeout": {"type": "float", "default": 60.0},
    }
)

EXPORT = UPLOAD.merge(
    ArgumentSpec({"types": {"type": "list", "elements": "str", "choices": ["all", "device", "config_files", "local", "web"], "default": ["all"]}})
)

CAPTURE = UPLOAD

SCREENSHOT = ArgumentSpec({"dest": {"type": "str", "required": True}})

TOUCH = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["tap", "press", "release", "swipe", "key", "text"], "required": True},
        "positions": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"x": {"type": "int", "required": True}, "y": {"type": "int", "required": True}},
        },
        "duration": {"type": "int"},
        "easing": {"type": "int"},
        "key": {"type": "str", "choices": list(touch.KEYS), "no_log": False},
        "text": {"type": "str", "no_log": True},
        "replace": {"type": "bool", "default": False},
    }
)

PASSWORD = ArgumentSpec(
    {
        "account": {"type": "str", "choices": ["admin", "user"], "default": "admin"},
        "new_password": {"type": "str", "required": True, "no_log": True},
        "old_password": {"type": "str", "no_log": True},
        "min_length": {"type": "int", "default": 8},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

PROVISION = ArgumentSpec(
    {
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "busy_timeout": {"type": "float", "default": 600.0},
        "watch": {"type": "float", "default": 30.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

REQUEST = ArgumentSpec(
    {
        "method": {"type": "str", "choices": ["GET", "POST"], "default": "GET"},
        "path": {"type": "str", "required": True},
        "url_query": {"type": "dict"},
        "data": {"type": "raw", "no_log": True},
        "accept": {"type": "list", "elements": "str", "default": []},
    }
)

DIAGNOSE = ArgumentSpec()

FLEET = ArgumentSpec(
    {
        "layers": {
            "type": "list",
            "elements": "str",
            "default": ["vvx_parameters_all", "vvx_parameters_model", "vvx_parameters_site", "vvx_parameters_group", "vvx_parameters_host"],
        },
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "workers": {"type": "int", "default": 64},
    }
)

REPORT = FLEET.merge(
    ArgumentSpec(
        {
            "title": {"type": "str", "default": "Phones"},
            "csv": {"type": "path"},
            "json": {"type": "path"},
            "markdown": {"type": "path"},
            "html": {"type": "path"},
            "mode": {"type": "str", "default": "0640"},
            "previous": {"type": "path"},
            "gather_subset": {"type": "list", "elements": "str", "default": ["device", "lines"]},
            "target_firmware": {"type": "dict", "default": {}},
            "columns": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {
                    "name": {"type": "str", "required": True},
                    "query": {"type": "str", "required": True},
                    "title": {"type": "str"},
                    "kind": {"type": "str", "choices": ["text", "number", "boolean", "list"], "default": "text"},
                },
            },
        }
    )
)

AUDIT = FLEET.merge(
    ArgumentSpec(
        {
            "fail_on": {"type": "list", "elements": "str", "choices": ["drift", "unknown", "error"], "default": ["drift", "unknown", "error"]},
            "details": {"type": "path"},
            "mode": {"type": "str", "default": "0640"},
        }
    )
)
