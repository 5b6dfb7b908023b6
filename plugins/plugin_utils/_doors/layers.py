# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired parameters of a phone: the variables that ``layers`` names, merged, and where each value was written."""

from __future__ import annotations

import functools
import os
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters.origins import Origin
from ...module_utils._phone.errors import SettingsError
from ...module_utils._steps.desired import ORIGINS
from ...module_utils._text import clean
from .. import _ansible
from .._values import is_constant, plain
from .templating import templating

_MOST_SHARED = 256
"""Layers. Those of the hosts themselves pass through; those of their groups are found again."""


@dataclass
class Merged:
    """``parameters``: plain values by name. ``origins``: of the same names, as far as they are known."""

    parameters: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def put(self, other: Merged) -> None:
        """Put another's values on top, each of which has an origin."""
        self.parameters.update(other.parameters)
        self.origins.update(other.origins)

    def add(self, layer: str | None, values: Mapping[Any, Any], whole: Any, roots: tuple[str, ...]) -> None:
        """Put these values on top. ``values``: rendered, with the marks of their origin. ``whole``: as it was written,
        which tells the origin of names that a template has made up."""
        around = _ansible.origin(whole)
        for key, value in values.items():
            name = plain(key)
            self.parameters[name] = plain(value)
            found = _ansible.origin(key) or around
            if found is not None:
                self.origins[name] = Origin(layer, shown(found[0], roots), found[1])
            elif layer is not None:
                self.origins[name] = Origin(layer)
            else:
                self.origins.pop(name, None)


class Shared:
    """Layers without a template, which many hosts have in common: each is looked at once. For one task."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], tuple[Any, Merged]] = OrderedDict()

    def find(self, layer: str, whole: Any, roots: tuple[str, ...]) -> Merged | None:
        """What it sets; None if it holds templates, or is no dictionary. ``roots``: the same in each call."""
        place = layer, id(whole)
        if place in self._kept:
            self._kept.move_to_end(place)
            return self._kept[place][1]
        if not isinstance(whole, Mapping) or not all(is_constant(part) for item in whole.items() for part in item):
            return None
        found = Merged()
        found.add(layer, whole, whole, roots)
        self._kept[place] = whole, found  # whole stays alive, so that nothing else gets its id
        if len(self._kept) > _MOST_SHARED:
            self._kept.popitem(last=False)
        return found


def merge(
    layers: Sequence[str],
    variables: Mapping[str, Any],
    template: Callable[[Any], Any],
    roots: tuple[str, ...],
    shared: Shared | None = None,
) -> Merged:
    """The dictionaries in these variables. Later ones win; undefined and empty ones are skipped. Raises SettingsError.

    ``template``: renders with the variables of the phone's host. ``roots``: folders that files are shown relative to.
    """
    merged, shared = Merged(), shared or Shared()
    for layer in layers:
        whole = variables.get(layer)
        if not _is_set(whole):
            continue
        constant = shared.find(layer, whole, roots)
        if constant is not None:
            merged.put(constant)
            continue
        values = _rendered(layer, whole, template, roots)
        if not _is_set(values):
            continue
        if not isinstance(values, Mapping):
            where = Origin(None, *_found(whole, roots))
            raise SettingsError(
                f"the variable {layer} must be a dictionary of parameters{f' ({where})' if str(where) else ''}.",
                remedy="Correct it. On the command line, write -e '{\"" + layer + '": {"name": "value"}}\'.',
            )
        merged.add(layer, values, whole, roots)
    return merged


def applied(
    params: Mapping[str, Any],
    given: Any,
    variables: Mapping[str, Any],
    template: Callable[[Any], Any],
) -> dict[str, Any]:
    """The options of a task with its layers merged below its ``parameters``. ``given``: the latter as the task has
    them. Raises SettingsError."""
    names, own = params["layers"], params["parameters"]
    if own is None and not names:
        return dict(params)
    roots = roots_of(variables)
    merged = merge(names, variables, template, roots)
    if own is not None:
        written = {plain(key): key for key in given} if isinstance(given, Mapping) else {}
        merged.add(None, {written.get(name, name): value for name, value in own.items()}, None, roots)
    return {**params, "parameters": merged.parameters, ORIGINS: merged.origins}


def takes_layers(spec: ArgumentSpec) -> bool:
    """Whether the options are those of ``applied``."""
    return "layers" in spec.argument_spec


def roots_of(variables: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders of the project, best first: where Ansible was started, and where the playbook is."""
    playbook = variables.get("playbook_dir")
    return (os.getcwd(), str(playbook)) if playbook else (os.getcwd(),)


def _rendered(layer: str, whole: Any, template: Callable[[Any], Any], roots: tuple[str, ...]) -> Any:
    """A layer rendered. Raises SettingsError with the first value that can't be, if it is that of a parameter."""
    try:
        return template(whole)
    except Exception:
        for name, value in whole.items() if isinstance(whole, Mapping) else ():
            with templating(_place(f"{clean(name)} in the variable {layer}", name, roots)):
                template({name: value})
        with templating(_place(f"the variable {layer}", whole, roots)):
            return template(whole)


def _place(what: str, written: Any, roots: tuple[str, ...]) -> str:
    place = str(Origin(None, *_found(written, roots)))
    return f"{what} ({place})" if place else what


def _is_set(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and value == "")


def _found(value: Any, roots: tuple[str, ...]) -> tuple[str | None, int | None]:
    found = _ansible.origin(value)
    return (None, None) if found is None else (shown(found[0], roots), found[1])


@functools.lru_cache(maxsize=10_000)
def shown(path: str, roots: tuple[str, ...]) -> str:
    """The path as people write it: relative to the first of these folders that it is in."""
    for root in roots:
        if path.startswith(root.rstrip("/") + "/"):
            return os.path.relpath(path, root)
    return path
