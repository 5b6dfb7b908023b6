# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maintenance window: every day between two times, which may lie on both sides of midnight, or once.

Times are those on the wall of a time zone. A time that a change to summer time skips is the moment of the change; one
that occurs twice is the first of both.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from dataclasses import dataclass

from ...module_utils._phone.errors import SettingsError
from ...module_utils._text import clean, nearest

_TIME = r"((?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)"
_DAILY = re.compile(rf"\s*{_TIME}\s*(?:-|\u2013|to)\s*{_TIME}\s*", re.IGNORECASE)
_FULL = rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[ T]\s*{_TIME}"
_ONCE = re.compile(rf"\s*{_FULL}\s*(?:-|\u2013|/|to)\s*{_FULL}\s*", re.IGNORECASE)
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """``text``: as it is shown. ``start`` and ``end``: of the window that is open or opens next, in seconds since 1970;
    of one that occurs once, also where it is over. ``opens``, ``ends``: the same for people."""

    text: str
    start: float
    end: float
    opens: str
    ends: str

    def is_open(self, now: float) -> bool:
        return self.start <= now < self.end

    def refusal(self, now: float) -> str:
        """When it opens, as a sentence; empty while it is open."""
        if self.is_open(now):
            return ""
        if now >= self.end:
            return f"The maintenance window ({self.text}) is over since {self.ends}."
        return f"The maintenance window ({self.text}) is closed until {self.opens}."


def window(given: str, time_zone: str, now: float) -> Window | None:
    """The window that is open or opens next; None if none is set. ``time_zone``: a name such as Europe/Berlin; that of
    the controller if empty. Raises SettingsError."""
    zone = _zone(time_zone)
    if not given.strip():
        return None
    where = f", {time_zone.strip()}" if zone else ""
    daily, once = _DAILY.fullmatch(given), _ONCE.fullmatch(given)
    if daily:
        first, last = map(_time, daily.groups())
        if first == last:
            raise _wrong(given, "begins and ends at the same time")
        return _daily(f"{_shown(first)}-{_shown(last)}{where}", first, last, zone, now)
    if once:
        start, end = (_moment(given, *once.groups()[index : index + 2]) for index in (0, 2))
        if end <= start:
            raise _wrong(given, "ends before it begins")
        return _made(f"{_shown(start)} - {_shown(end)}{where}", start, end, zone)
    raise _wrong(given, "is no window of time")


def _daily(text: str, first: datetime.time, last: datetime.time, zone: datetime.tzinfo | None, now: float) -> Window:
    today = datetime.datetime.fromtimestamp(now, zone).date()
    for days in (-1, 0, 1, 2):
        day = today + days * _DAY
        end_day = day if first < last else day + _DAY
        found = _made(text, datetime.datetime.combine(day, first), datetime.datetime.combine(end_day, last), zone)
        if found.end > now and found.end > found.start:  # a change of the clock can swallow a short one
            return found
    raise AssertionError("no day has this window")


def _made(text: str, start: datetime.datetime, end: datetime.datetime, zone: datetime.tzinfo | None) -> Window:
    """``start`` and ``end``: on the wall."""
    first, last = (moment.replace(tzinfo=zone) for moment in (start, end))
    return Window(text, first.timestamp(), last.timestamp(), f"{start:%a} {_shown(start)}", f"{end:%a} {_shown(end)}")


def _time(text: str) -> datetime.time:
    hour, minute, second = (int(part) for part in f"{text}:0".split(":")[:3])
    return datetime.time(hour, minute, second)


def _shown(moment: datetime.time | datetime.datetime) -> str:
    """Seconds only where there are any."""
    date = f"{moment:%Y-%m-%d} " if isinstance(moment, datetime.datetime) else ""
    return f"{date}{moment:%H:%M:%S}" if moment.second else f"{date}{moment:%H:%M}"


def _moment(given: str, day: str, time: str) -> datetime.datetime:
    try:
        return datetime.datetime.combine(datetime.date.fromisoformat(day), _time(time))
    except ValueError:
        raise _wrong(given, f"names a day that does not exist, {day}") from None


def _zone(name: str) -> datetime.tzinfo | None:
    given = name.strip()
    if not given:
        return None
    try:
        return zoneinfo.ZoneInfo(given)
    except (KeyError, OSError, ValueError):
        pass  # not found (ZoneInfoNotFoundError); a folder; a path
    known = zoneinfo.available_timezones()
    meant = nearest(given, known) if known else None
    raise SettingsError(
        f"time_zone: '{clean(given, 60)}' is no time zone that this controller knows"
        f"{f' (did you mean {meant}?)' if meant else ''}. Nothing was sent.",
        remedy="Write a name such as Europe/Berlin. If it is right, install the package tzdata on the controller "
        "(pip install tzdata).",
    )


def _wrong(given: str, what: str) -> SettingsError:
    return SettingsError(
        f"window: '{clean(given, 60)}' {what}. Nothing was sent.",
        remedy="Write 22:00-05:00 for every night, or 2027-01-30 22:00 - 2027-01-31 05:00 for one.",
    )
