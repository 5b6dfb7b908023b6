# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates for parameters. The .yml file of the filter documents it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display

from ..module_utils._parameters.authorities import authorities, titles
from ..plugin_utils import _ansible
from ..plugin_utils._values import plain

_NAME = "polycom.vvx.ca_certificate"
_FORMS = {"line": "line", "pem": "text"}


def ca_certificate(text: Any, form: Any = "line", wantlist: Any = False) -> str | list[str]:
    """The certificate of an authority as phones take it."""
    text = plain(text)
    if not isinstance(text, str):
        raise AnsibleFilterError(f"{_NAME} takes the text of a PEM file, as from the lookup ansible.builtin.file.")
    if form not in _FORMS:
        raise AnsibleFilterError(f"{_NAME}: form must be line or pem.")
    try:
        found = authorities(text, datetime.now(timezone.utc))
    except ValueError as reason:
        raise AnsibleFilterError(f"{_NAME}: the text {reason}.") from None
    for authority in found:
        if authority.remark and not any(other.certificate.is_root for other in found):
            Display().warning(f"{_NAME}: {authority.remark}.")
    made = [str(getattr(authority, _FORMS[form])) for authority in found]
    if wantlist:
        return made
    if len(made) > 1:
        raise AnsibleFilterError(
            f"{_NAME}: the text holds {len(made)} certificates ({titles(found)}), and a parameter takes one. "
            "wantlist=true gives all as a list."
        )
    return made[0]


class FilterModule:
    """The filter for certificates."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"ca_certificate": ca_certificate})
