# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and dictionaries that are written as texts, as in the answers to a survey and behind ``-e``.

Such a text is JSON or YAML; a list of words may also have commas between them, or one word a line. Numbers stay as they
are written, so that version 5.10 does not become 5.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .._phone.errors import SettingsError
from .._text import clean, hide_logins

try:
    import yaml  # type: ignore[import-untyped]
except ImportError:  # on another host, where options come as data
    yaml = None

_MOST_SHOWN = 60
_LONGEST_YAML, _MOST_BRACKETS = 20_000, 500
"""What is longer or deeper must be JSON: Python reads YAML slowly."""
_EXAMPLES = {
    "columns": '[{"name": "room", "variable": "room"}]',
    "fail_on": "drift, error",
    "gather_subset": "device, lines",
    "hops": '[{"version": "5.5.4.2255", "below": "5.5.4"}]',
    "layers": "vvx_parameters_all, vvx_parameters_host",
    "only_if_overridden": "reg.1.label, up.idleTimeout",
    "server": '{"5.9.3": "http://192.0.2.10/5.9.3"}',
    "target_firmware": '{"VVX 411": "5.9.3.1111"}',
    "types": "all, device",
}
"""How to write the options that users set for playbooks, by the end of the variable's name."""
_BOOL = ("tag:yaml.org,2002:bool", re.compile("^(?:[Tt]rue|[Ff]alse)$"))
_NULL = ("tag:yaml.org,2002:null", re.compile("^(?:null|~|)$"))
_AS_WRITTEN = {**{letter: [_BOOL] for letter in "tTfF"}, **{letter: [_NULL] for letter in ("n", "~", "")}}
"""What YAML reads as something else than a text, by the first letter."""
_KINDS = {"list": "a list", "table": "a list of dictionaries", "dict": "a dictionary"}


def structured(options: Mapping[str, Mapping[str, Any]], args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments, with lists and dictionaries in place of texts that are one; blank texts are left out.
    ``options``: their ``type``, ``elements`` and ``no_log``; private ones stay as they are. Raises SettingsError."""
    found = {}
    for name, value in args.items():
        option = options.get(name, {})
        kind = option.get("type")
        if not isinstance(value, str) or option.get("no_log") or kind not in ("list", "dict"):
            found[name] = value
        elif value.strip():
            reader = dictionary if kind == "dict" else table if option.get("elements") == "dict" else words
            found[name] = reader(name, value)
    return found


def words(name: str, text: str) -> list[Any]:
    """A list of words; nothing for an empty text."""
    if text.lstrip().startswith("[") or re.match(r"\s*- ", text):
        found = _read(name, text, "list")
        if not isinstance(found, list):
            raise _wrong(name, text, "list")
        return found
    return [part for part in map(str.strip, re.split(r"[,\n]", text)) if part]


def table(name: str, text: str) -> list[Any]:
    """A list of dictionaries, or the only one of them; nothing for an empty text."""
    found = _read(name, text, "table")
    rows = found if isinstance(found, list) else [] if found is None else [found]
    if not all(isinstance(row, Mapping) for row in rows):
        raise _wrong(name, text, "table")
    return rows


def dictionary(name: str, text: str) -> Any:
    """A dictionary. ``key=value`` stays a text, which Ansible reads itself."""
    if "=" in text and ":" not in text:
        return text
    found = _read(name, text, "dict")
    if found is not None and not isinstance(found, Mapping):
        raise _wrong(name, text, "dict")
    return found or {}


def is_dictionary(text: str) -> bool:
    """Whether a text is a dictionary rather than an address."""
    return text.lstrip().startswith("{") or re.search(r":\s", text.strip()) is not None


def _read(name: str, text: str, kind: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        pass
    if len(text) > _LONGEST_YAML or len(re.findall(r"[\[{]", text)) > _MOST_BRACKETS:
        raise _wrong(name, text, kind)
    try:
        return _yaml(text)
    except Exception:  # PyYAML has errors of many kinds, and it may be missing
        raise _wrong(name, text, kind) from None


def _yaml(text: str) -> Any:
    """YAML in which all is text but ``true``, ``false`` and nothing. In Python, which survives any nesting."""
    loader: Any = yaml.SafeLoader(text)
    loader.yaml_implicit_resolvers = _AS_WRITTEN
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _wrong(name: str, text: str, kind: str) -> SettingsError:
    example = _EXAMPLES.get(name, '{"name": "value"}' if kind == "dict" else "one, two")
    return SettingsError(
        f"{name}: '{clean(hide_logins(text), _MOST_SHOWN)}' is not {_KINDS[kind]}.",
        remedy=f"Write it as JSON or YAML, like {example}. Nothing was sent.",
    )
