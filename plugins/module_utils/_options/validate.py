# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of options, and the texts of what is wrong with them."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from .._phone.errors import SettingsError
from .._text import nearest
from .argument_spec import ArgumentSpec
from .texts import structured

_NO_TEXTS = (list, tuple, set, Mapping, bytes, datetime.date)


def validated(spec: ArgumentSpec, args: Mapping[str, Any], remedy: str = "", action: str = "") -> dict[str, Any]:
    """The options converted and completed, as a module gets them, or from texts (texts.py). ``action``: the task's, to
    word an unknown option as Ansible does. Raises SettingsError that names every mistake."""
    args = structured(spec.argument_spec, args)
    refuse_unfit(spec.argument_spec, args, remedy)
    try:
        validation = ArgumentSpecValidator(**spec.keywords()).validate(args)
    except Exception:  # what Ansible did not think of either
        names = [name for name, option in spec.argument_spec.items() if not _passes(name, option, args)]
        raise SettingsError(
            f"{', '.join(names) or 'an option'} has a value that can't be used.",
            remedy=remedy or "Correct the options named.",
        ) from None
    if validation.error_messages:
        mistakes = [
            f"Unsupported parameters for ({action}) module: {error.msg}"
            if action and isinstance(error, UnsupportedError)
            else error.msg
            for error in validation.errors
        ]
        known = all(isinstance(error, UnsupportedError) for error in validation.errors)
        meant = " ".join(_meant(spec.argument_spec, [error.msg for error in validation.errors]))
        raise SettingsError(
            f"{'; '.join(mistake.rstrip('.') for mistake in mistakes)}.",
            remedy=meant or remedy or ("" if known else "Correct the options named."),
        )
    return dict(validation.validated_parameters)


def _meant(options: Mapping[str, Mapping[str, Any]], mistakes: Iterable[str]) -> Iterator[str]:
    """A question for each mistyped option, suboption and choice whose right name is near. ``mistakes``: in Ansible's
    words, which end the list of unknown options, and the choices, before what is known or given."""
    for mistake in mistakes:
        unknown, is_unknown, _supported = mistake.partition(". Supported parameters include: ")
        choice = re.match(
            r"value of (\S+) must be one(?: or more)? of: (.*?)(?:, got|\. Got no match for): (.*)", mistake
        )
        if is_unknown:
            for name in unknown.split(", "):
                *path, last = name.split(".")
                if near := nearest(last, _at(options, path)):
                    yield f"Did you mean {'.'.join([*path, near])}?"
        elif choice:
            for given_one in choice[3].split(", "):
                if near := nearest(given_one, choice[2].split(", ")):
                    yield f"Did you mean {near}?"


def _at(options: Mapping[str, Mapping[str, Any]], path: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    for name in path:
        options = options.get(name, {}).get("options") or {}
    return options


def refuse_unfit(options: Mapping[str, Mapping[str, Any]], args: Mapping[str, Any], remedy: str = "") -> None:
    """Raises SettingsError for values of a kind that Ansible's own validation takes, or fails on without a word.
    ``options``: their ``type``, ``elements`` and ``options``."""
    mistakes = list(_unfit(options, args, ""))
    if mistakes:
        raise SettingsError(f"{'; '.join(mistakes)}.", remedy=remedy or "Correct the options named.")


def _unfit(options: Mapping[str, Mapping[str, Any]], args: Mapping[str, Any], before: str) -> Iterator[str]:
    """What is wrong, one text each, never with the value."""
    for name, value in args.items():
        if value is None or name not in options:
            continue
        option, where = options[name], f"{before}{name}"
        if option.get("type") != "list":
            yield from _unfit_value(option, option.get("type", "str"), value, where)
        elif isinstance(value, (list, tuple)):
            for number, part in enumerate(value, 1):
                yield from _unfit_value(option, option.get("elements", "raw"), part, f"{where} ({number}.)")
        elif isinstance(value, str):
            yield from _unfit_value(option, "str", value, where)


def _unfit_value(option: Mapping[str, Any], kind: str, value: Any, where: str) -> Iterator[str]:
    if kind in ("str", "path"):
        if value is None or isinstance(value, _NO_TEXTS):  # a vaulted text is none of these
            yield f"{where} must be a text, not {kind_of(value)}"
        elif isinstance(value, str) and not is_sendable(value):
            yield f"{where} contains a character that can't be used (NUL, or half of a surrogate pair)"
    elif kind in ("int", "float"):
        if not _is_finite(value):
            yield f"{where} must be a number, not infinite"
    elif kind == "dict" and isinstance(value, Mapping) and option.get("options"):
        yield from _unfit(option["options"], value, f"{where}.")


def kind_of(value: Any) -> str:
    """What to call a value that has the wrong type."""
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a dictionary" if isinstance(value, Mapping) else f"a {type(value).__name__}"


def is_sendable(text: str) -> bool:
    """Whether files and phones can have this text."""
    try:
        return "\0" not in text and bool(text.encode("utf-8")) or not text
    except UnicodeEncodeError:
        return False


def _is_finite(value: Any) -> bool:
    """False for numbers and texts of numbers that no phone or clock can count to; True for what is no number."""
    try:
        return math.isfinite(float(value)) or str(value).strip().lower() == "nan"
    except OverflowError:
        return False
    except (TypeError, ValueError):
        return True


def _passes(name: str, option: Mapping[str, Any], args: Mapping[str, Any]) -> bool:
    """Whether Ansible's validator ends for this option alone, whose value may be one of the environment."""
    try:
        ArgumentSpecValidator({name: dict(option)}).validate({name: args[name]} if name in args else {})
    except Exception:
        return False
    return True


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
