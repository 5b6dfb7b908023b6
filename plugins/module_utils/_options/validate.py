# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of options, and the texts of what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from .._phone.errors import SettingsError
from .argument_spec import ArgumentSpec


def validated(spec: ArgumentSpec, args: Mapping[str, Any], remedy: str = "", action: str = "") -> dict[str, Any]:
    """The options converted and completed, as a module gets them. ``action``: the task's, to word an unknown option as
    Ansible does. Raises SettingsError that names every mistake."""
    validation = ArgumentSpecValidator(**spec.keywords()).validate(dict(args))
    if validation.error_messages:
        mistakes = [
            f"Unsupported parameters for ({action}) module: {error.msg}"
            if action and isinstance(error, UnsupportedError)
            else error.msg
            for error in validation.errors
        ]
        raise SettingsError(f"{'; '.join(mistake.rstrip('.') for mistake in mistakes)}.", remedy=remedy)
    return dict(validation.validated_parameters)


def given(args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are set: null and an empty text count as unset."""
    return {name: value for name, value in args.items() if value is not None and value != ""}


def between(name: str, value: float, least: float, most: float, unit: str = "") -> None:
    """Raises SettingsError unless the option's value lies between these two, or is one of them."""
    if not least <= value <= most:
        raise SettingsError(
            f"{name} must be between {least} and {most}{f' {unit}' if unit else ''}, not {value}.",
            remedy=f"Correct {name}.",
        )
