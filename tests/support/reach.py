# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reaching a simulated phone from Python, without Ansible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._phone.api import silence
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._phone.tls import TlsSettings
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import Operation, as_dict, perform

from simulator import Phone, PhoneSpec

PASSWORD = PhoneSpec().admin_password


def reach(phone: Phone, **changes: Any) -> Settings:
    """Settings for a phone, by TLS if that is all that it serves; no retries unless asked for."""
    if "use_ssl" not in changes and phone.fleet.tls:
        changes = {"use_ssl": True, "tls": TlsSettings(ca_path=phone.fleet.ca_path), **changes}
    return Settings(
        **{
            "host": phone.host,
            "port": phone.port,
            "password": PASSWORD,
            "use_ssl": False,
            "retries": 0,
            "timeout": 5.0,
            **changes,
        }
    )


def reach_tls(phone: Phone, mac: str | None = None, **tls: Any) -> Settings:
    """Settings for a phone that serves TLS, with the given TlsSettings."""
    return reach(phone, use_ssl=True, mac=mac, tls=TlsSettings(**tls))


def params(spec: ArgumentSpec, **options: Any) -> dict[str, Any]:
    """An operation's parameters: these, and the documented defaults of the others."""
    assert set(options) <= set(spec.argument_spec), options
    return {name: option.get("default") for name, option in spec.argument_spec.items()} | options


def run(
    operation: Operation,
    phone: Phone,
    options: dict[str, Any],
    check_mode: bool = False,
    say: Callable[[str], None] = silence,
    **changes: Any,
) -> dict[str, Any]:
    """Run an operation on a simulated phone as the doors do; return the task's result. Errors must name their phone."""
    settings = reach(phone, **changes)
    result = as_dict(perform(operation, settings, options, check_mode, say))
    if "error" in result:
        assert result["error"]["host"] == settings.host and result["msg"].startswith(f"{settings.host}: ")
        assert settings.host not in result["msg"].removeprefix(settings.host), "the host is named twice"
    return result
