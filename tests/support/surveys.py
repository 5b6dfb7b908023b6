# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys and readings of phones, for tests of what is made from them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ansible_collections.polycom.vvx.plugins.module_utils._certificates import Certificate
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading

INFO: dict[str, Any] = {
    "device": {"model": "VVX 411", "firmware": "5.9.3.1111", "mac": "00:04:f2:aa:bb:cc", "ready_to_use": True},
    "lines": [
        {"line": 1, "label": "Desk", "user": "1001", "registered": True},
        {"line": 2, "user": "1002", "registered": False},
    ],
}
WHERE: dict[str, Any] = {"layer": "vvx_parameters_site", "file": "group_vars/site_berlin/vars.yml", "line": 12}
DRIFT = Difference("reg.1.label", "Reception", "Desk", "web", **WHERE)


def certificate(**changes: Any) -> Certificate:
    """A factory certificate that ends in 2044."""
    fields = {
        "fingerprint": "ab" * 32,
        "subject": "CN=0004F2AABBCC, O=Polycom Inc.",
        "issuer": "CN=Polycom Equipment Issuing CA 1, O=Polycom Inc.",
        "name": "0004F2AABBCC",
        "issuer_name": "Polycom Equipment Issuing CA 1",
        "not_before": datetime(2015, 3, 2, tzinfo=timezone.utc),
        "not_after": datetime(2044, 3, 9, tzinfo=timezone.utc),
        "protocol": "TLSv1.2",
    }
    return Certificate(**{**fields, **changes})


def read(**changes: Any) -> Survey:
    """A phone that could be read: one of three parameters differs, and one of two lines is registered."""
    return Survey(**{"info": INFO, "compared": 3, "drift": [DRIFT], **changes})


def failed(
    message: str = "connection refused.",
    remedy: str = "",
    kind: str = "unreachable",
    certificate: Certificate | None = None,
) -> Survey:
    """A phone that could not be read."""
    error = type("Failure", (PhoneError,), {"kind": kind})
    return Survey(error=error(message, remedy=remedy), certificate=certificate)


def readings(**surveys: Survey) -> list[Reading]:
    """By host."""
    return [Reading(host, host, survey) for host, survey in surveys.items()]
