# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row takes over from the same phone's row in the report before: since when it has its causes, what is known of
it while it does not answer, and when it has started."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from . import causes
from .columns import AS_OF, Column
from .earlier import Earlier
from .reading import MANAGED
from .values import at

_STATE = ("state", "status", "reason", "registered", "drift", "problems", "last_seen", AS_OF.name)
"""Columns that say how a phone is, not what it is: nobody knows them of a phone that does not answer."""
_STATE_KINDS = ("boolean", "duration")
"""Of columns that do so, too: whether something is the case, and for how long."""

_NEAR = timedelta(minutes=5)
_DRIFT = 0.001
"""By how much the time at which a phone has started may seem to move: it is the controller's clock less the phone's
uptime, which phones tell in minutes or seconds, after a while, by clocks of their own. Per second of uptime."""


def carried(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    earlier: Earlier | None,
    time: str,
    untried: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The rows of a run, with what they take over. ``time``: of the run. ``untried``: as in Run."""
    found = []
    for row in rows:
        before = earlier.rows.get(row["cells"]["host"]) if earlier else None
        if before and row["cells"]["host"] in untried and before["cells"]["status"] == row["cells"]["status"]:
            found.append(_as_before(row, before, columns))
            continue
        read = earlier.read(before) if earlier and before else None
        since = {each["cause"]: each["since"] for each in before["causes"]} if before else {}
        since.pop(causes.REBOOTED, None)  # whoever reboots once more does so now
        names = causes.names_of(row)
        if before and read:
            cells, rebooted = _started(row["cells"], before["cells"], read)
            names = [*names, causes.REBOOTED] if rebooted else names
            row = {**row, "cells": cells}
            if cells["status"] != MANAGED:
                row = _last_known(row, before, read, columns)
        found.append(_with_causes(row, {name: since.get(name) or time for name in names}))
    return found


def still_rebooted(rows: Iterable[Mapping[str, Any]], earlier: Earlier) -> list[dict[str, Any]]:
    """The rows of a run in which nothing has changed: what the report before says of reboots still holds."""
    found = []
    for row in rows:
        before = earlier.rows[row["cells"]["host"]]
        since = {each["cause"]: each["since"] for each in before["causes"] if each["cause"] == causes.REBOOTED}
        found.append(
            _with_causes(row, since | {each["cause"]: each["since"] for each in row["causes"]}) if since else dict(row)
        )
    return found


def _with_causes(row: Mapping[str, Any], since: Mapping[str, str]) -> dict[str, Any]:
    """``since``: the times, by the names of the causes."""
    names = causes.ordered(since)
    return {
        **row,
        "cells": {**row["cells"], "state": causes.state(names)},
        "causes": [{"cause": name, "since": since[name]} for name in names],
    }


def _started(cells: Mapping[str, Any], before: Mapping[str, Any], read: str) -> tuple[Mapping[str, Any], bool]:
    """Cells with the time of the start that is known already, unless the phone has started again, and whether it has
    done so since the report was ``read`` from phones."""
    now, then = cells["booted"], before.get("booted")
    if not now or now == then:
        return cells, False
    if then and abs(at(now) - at(then)) <= _NEAR + max(at(read) - at(then), timedelta()) * _DRIFT:
        return {**cells, "booted": then}, False
    return cells, now > read


def _as_before(row: Mapping[str, Any], before: Mapping[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The row of a phone that refused the password before and was not asked again."""
    cells = {
        column.name: (row if column.from_inventory or column.name == "address" else before)["cells"].get(column.name)
        for column in columns
    }
    return {**before, "cells": cells, "detail": {**before["detail"], "url": row["detail"]["url"]}}


def _last_known(
    row: Mapping[str, Any], before: Mapping[str, Any], read: str, columns: Sequence[Column]
) -> dict[str, Any]:
    """The row of a phone that does not answer, with what was last known of it."""
    cells, detail = dict(row["cells"]), dict(row["detail"])
    cells["last_seen"] = read if before["cells"]["status"] == MANAGED else before["cells"].get("last_seen")
    missing = [
        column.name
        for column in columns
        if is_lasting(column)
        and cells[column.name] is None
        and before["cells"].get(column.name) is not None
        and not (column.name.startswith("certificate") and detail["certificate"])
    ]
    cells |= {name: before["cells"][name] for name in missing}
    if not detail["lines"]:
        detail["lines"] = [{**line, "registered": None} for line in before["detail"]["lines"]]
    for part in ("certificate", "url"):
        detail[part] = detail[part] or before["detail"][part]
    return {**row, "cells": cells, "detail": {**detail, "known": bool(missing)}}


def is_lasting(column: Column) -> bool:
    """Whether a column says what a phone is."""
    return column.name not in _STATE and column.kind not in _STATE_KINDS and not column.from_inventory
