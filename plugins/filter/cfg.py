# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files to dictionaries and back, and defaults of parameters. The .yml files here document them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display

from ..module_utils._parameters import cfg, values
from ..module_utils._parameters.fact import Fact
from ..module_utils._parameters.knowledge import Knowledge
from ..module_utils._parameters.markup import SourceError
from ..plugin_utils import _ansible
from ..plugin_utils._values import plain

_UNKNOWN = Fact()
"""Texts stay as they are."""


def from_cfg(text: Any) -> dict[str, str]:
    """The parameters of the text of a provisioning file."""
    text = plain(text)
    if not isinstance(text, str):
        raise AnsibleFilterError(
            "polycom.vvx.from_cfg takes the text of a .cfg file, as from the lookup ansible.builtin.file."
        )
    try:
        document = cfg.read(text.encode("utf-8", "surrogatepass"), "the text")
    except SourceError as error:
        raise AnsibleFilterError(f"polycom.vvx.from_cfg: {error}.") from None
    for warning in cfg.warnings(document):
        Display().warning(f"polycom.vvx.from_cfg: {warning}")
    return document.values


def to_cfg(parameters: Any) -> str:
    """The text of a provisioning file with the parameters."""
    parameters = plain(parameters)
    if not isinstance(parameters, Mapping):
        raise AnsibleFilterError("polycom.vvx.to_cfg takes a dictionary of parameters, name to value.")
    texts: dict[str, str] = {}
    for name, value in parameters.items():
        try:
            texts[str(name)] = values.canonical(value, _UNKNOWN)
        except ValueError as reason:
            raise AnsibleFilterError(f"polycom.vvx.to_cfg: {name} {reason}.") from None
    try:
        return cfg.write(texts)
    except ValueError as reason:
        raise AnsibleFilterError(f"polycom.vvx.to_cfg: {reason}.") from None


def parameter_defaults(names: Any, schema: str | Sequence[str] | None = None) -> dict[str, str]:
    """The known defaults of the parameters."""
    names, schema = plain(names), plain(schema) or os.environ.get("VVX_SCHEMA", "").split(",")
    if isinstance(names, (str, bytes)) or not isinstance(names, Sequence):
        raise AnsibleFilterError("polycom.vvx.parameter_defaults takes a list of parameter names.")
    try:
        paths = [path for path in ([schema] if isinstance(schema, str) else schema) if path]
        knowledge = Knowledge.of(paths, None, keep=not _ansible.is_check_run())
    except SourceError as error:
        raise AnsibleFilterError(f"polycom.vvx.parameter_defaults: {error}.") from None
    found = {str(name): knowledge.fact(str(name)).default for name in names}
    unknown = sorted(name for name, default in found.items() if default is None)
    if unknown:
        raise AnsibleFilterError(f"polycom.vvx.parameter_defaults: no default is known for {', '.join(unknown)}.")
    return {name: default for name, default in found.items() if default is not None}


class FilterModule:
    """The filters of this collection."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"from_cfg": from_cfg, "to_cfg": to_cfg, "parameter_defaults": parameter_defaults}
