# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files to dictionaries and back, and defaults of parameters. The .yml files here document them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display

from ..module_utils._options.validate import is_sendable
from ..module_utils._parameters import table, unfinished, values
from ..module_utils._parameters.cfg import document
from ..module_utils._parameters.cfg.merging import Merged, merge
from ..module_utils._parameters.cfg.writing import write
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
        read = document.read(text.encode("utf-8", "surrogatepass"), "the text")
    except SourceError as error:
        raise AnsibleFilterError(f"polycom.vvx.from_cfg: {error}.") from None
    merged = merge([[read]])
    for remark in (*merged.remarks, *_unfinished(merged)):
        Display().warning(f"polycom.vvx.from_cfg: {remark}")
    return merged.values


def _unfinished(merged: Merged) -> Iterator[document.Remark]:
    for entry in merged.entries.values():
        if not table.is_secret(entry.name):
            for doubt in unfinished.doubts(entry.value):
                yield document.Remark(entry.name, doubt, entry.file, entry.line)


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
        return write(texts)
    except ValueError as reason:
        raise AnsibleFilterError(f"polycom.vvx.to_cfg: {reason}.") from None


def parameter_defaults(names: Any, schema: str | Sequence[str] | None = None) -> dict[str, str]:
    """The known defaults of the parameters."""
    names, schema = plain(names), plain(schema) or os.environ.get("VVX_SCHEMA", "").split(",")
    if isinstance(names, (str, bytes)) or not isinstance(names, Sequence):
        raise AnsibleFilterError("polycom.vvx.parameter_defaults takes a list of parameter names.")
    paths = [schema] if isinstance(schema, str) else schema
    if not isinstance(paths, (list, tuple)) or not all(isinstance(path, str) and is_sendable(path) for path in paths):
        raise AnsibleFilterError("polycom.vvx.parameter_defaults: schema must be a path or a list of paths.")
    try:
        paths = [path for path in paths if path]
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
        return _ansible.unless_old({"from_cfg": from_cfg, "to_cfg": to_cfg, "parameter_defaults": parameter_defaults})
