# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the report counts across phones: by sites and the like, by registrar, and by parameter that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._console.order import natural
from . import causes
from .columns import Column
from .values import shown

MOST_VALUES = 500
"""Values of a column that are counted, and registrars."""
MOST_PARAMETERS = 500
MOST_OF_PARAMETER = 20
"""Wanted values, and values that phones have."""


def by(rows: Sequence[Mapping[str, Any]], columns: Iterable[Column]) -> dict[str, dict[str, dict[str, Any]]]:
    """For each column by which phones can be grouped, and each of its values: ``phones``, how many of them need
    ``attention``, and phones by their ``states``. Values with the most phones that need attention come first. Phones
    with several values count for each, those with none for an empty text."""
    attentive = [bool(causes.attention([row])) for row in rows]
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for column in columns:
        counts: dict[str, dict[str, Any]] = {}
        for row, attention in zip(rows, attentive):
            cell = row["cells"].get(column.name)
            for value in cell if isinstance(cell, list) and cell else [cell]:
                key = shown(value if value != [] else None, column.kind)
                count = counts.setdefault(key, {"phones": 0, "attention": 0, "states": Counter()})
                count["phones"] += 1
                count["attention"] += attention
                count["states"][row["cells"]["state"]] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1]["attention"], -item[1]["phones"], natural(item[0])))
        found[column.name] = {
            value: {**count, "states": {name: count["states"][name] for name in causes.STATES if count["states"][name]}}
            for value, count in ordered[:MOST_VALUES]
        }
    return found


def registrars(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    """By the server of lines, how many are registered, and how many there are; the server with the most lines first.
    Lines of phones that did not answer do not count."""
    counts: dict[str, list[int]] = {}
    for line in (line for row in rows for line in row["detail"]["lines"]):
        if line.get("registered") is not None:
            count = counts.setdefault(line.get("server") or "", [0, 0])
            count[0] += line["registered"] is True
            count[1] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1][1], natural(item[0])))[:MOST_VALUES])


def parameters(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The drift by parameter, the one of the most phones first: ``wanted`` values with the place that wishes them, and
    values that phones have (``has``), both with the number of phones. ``more``: how many values are left out."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        for difference in row["detail"]["drift"]:
            found.setdefault(difference["parameter"], []).append(difference)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), natural(item[0])))
    return [_parameter(name, differences) for name, differences in ordered[:MOST_PARAMETERS]]


def _parameter(name: str, differences: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    wanted = _most_first(tuple(each[key] for key in ("wanted", "layer", "file", "line")) for each in differences)
    has = _most_first((each["has"],) for each in differences)
    return {
        "parameter": name,
        "phones": len(differences),
        "wanted": [
            {"value": value, "phones": phones, "layer": layer, "file": file, "line": line}
            for (value, layer, file, line), phones in wanted[:MOST_OF_PARAMETER]
        ],
        "has": [{"value": value, "phones": phones} for (value,), phones in has[:MOST_OF_PARAMETER]],
        "more": {"wanted": len(wanted[MOST_OF_PARAMETER:]), "has": len(has[MOST_OF_PARAMETER:])},
    }


def _most_first(keys: Iterable[tuple[Any, ...]]) -> list[tuple[tuple[Any, ...], int]]:
    return sorted(Counter(keys).items(), key=lambda item: (-item[1], [str(part) for part in item[0]]))
