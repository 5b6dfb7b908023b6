# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maintenance window: over midnight, when the clock changes, on one date, in any time zone."""

from __future__ import annotations

import datetime
import time
import zoneinfo
from collections.abc import Iterator

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.window import Window, window
from hypothesis import given, settings
from hypothesis import strategies as st

BERLIN = "Europe/Berlin"


@pytest.fixture
def in_lisbon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The controller's own time zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Lisbon")
        time.tzset()
        yield
    time.tzset()


def at(text: str, zone: str = BERLIN) -> float:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone)).timestamp()


def the(text: str, now: float, zone: str = BERLIN) -> Window:
    found = window(text, zone, now)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "now", "opened", "start", "end"),
    [
        ("22:00-05:00", "2026-11-27 23:30", True, "2026-11-27 22:00", "2026-11-28 05:00"),
        ("22:00-05:00", "2026-11-28 04:59", True, "2026-11-27 22:00", "2026-11-28 05:00"),
        ("22:00-05:00", "2026-11-28 05:00", False, "2026-11-28 22:00", "2026-11-29 05:00"),
        ("22:00-05:00", "2026-11-28 21:59", False, "2026-11-28 22:00", "2026-11-29 05:00"),
        ("1:30 - 4:00", "2026-11-28 01:30", True, "2026-11-28 01:30", "2026-11-28 04:00"),
        ("01:30 to 04:00", "2026-12-31 23:00", False, "2027-01-01 01:30", "2027-01-01 04:00"),
        ("2027-01-30 22:00 - 2027-01-31 05:00", "2027-01-31 01:00", True, "2027-01-30 22:00", "2027-01-31 05:00"),
        ("22:00:30-05:00:15", "2026-11-28 05:00:14", True, "2026-11-27 22:00:30", "2026-11-28 05:00:15"),
        ("2027-01-30T22:00/2027-01-31T05:00", "2027-01-30 21:00", False, "2027-01-30 22:00", "2027-01-31 05:00"),
        # the clock goes from 2:00 to 3:00: one hour less; from 3:00 to 2:00: one more
        ("22:00-05:00", "2027-03-28 03:30", True, "2027-03-27 22:00", "2027-03-28 05:00"),
        ("22:00-05:00", "2026-10-25 04:30", True, "2026-10-24 22:00", "2026-10-25 05:00"),
        ("00:30-02:30", "2027-03-28 01:59", True, "2027-03-28 00:30", "2027-03-28 03:30"),
    ],
)  # fmt: skip
def test_when_it_is_open(text: str, now: str, opened: bool, start: str, end: str) -> None:
    found = the(text, at(now))
    assert (found.is_open(at(now)), found.start, found.end) == (opened, at(start), at(end))
    assert bool(found.refusal(at(now))) is not opened


def test_how_long_a_night_is_when_the_clock_changes() -> None:
    hours = [(each.end - each.start) / 3600 for each in (
        the("22:00-05:00", at("2027-03-28 01:00")), the("22:00-05:00", at("2026-10-25 01:00")),
        the("22:00-05:00", at("2026-11-28 01:00")),
    )]  # fmt: skip
    assert hours == [6, 8, 7]


def test_a_window_that_the_clock_jumps_over_is_that_of_the_next_day() -> None:
    found = the("02:00-03:00", at("2027-03-28 01:30"))
    assert found.start == at("2027-03-29 02:00") and not found.is_open(at("2027-03-28 03:00"))


def test_what_is_said_while_it_is_closed() -> None:
    assert the("22:00-05:00", at("2026-11-28 12:00")).refusal(at("2026-11-28 12:00")) == (
        "The maintenance window (22:00-05:00, Europe/Berlin) is closed until Sat 2026-11-28 22:00."
    )
    once = the("2026-11-27 22:00 - 2026-11-28 05:00", at("2026-11-28 12:00"))
    assert once.refusal(at("2026-11-28 12:00")) == (
        "The maintenance window (2026-11-27 22:00 - 2026-11-28 05:00, Europe/Berlin) is over since "
        "Sat 2026-11-28 05:00."
    )


@pytest.mark.usefixtures("in_lisbon")
def test_without_a_time_zone_it_is_that_of_the_controller() -> None:
    found = the("22:00-05:00", at("2026-11-28 04:59", "Europe/Lisbon"), "")
    assert found.is_open(at("2026-11-28 04:59", "Europe/Lisbon")) and found.text == "22:00-05:00"
    assert found.end == at("2026-11-28 05:00", "Europe/Lisbon") == at("2026-11-28 06:00")
    night = the("22:00-05:00", at("2027-03-28 03:00", "Europe/Lisbon"), " ")
    assert night.end - night.start == 6 * 3600


def test_no_window_is_always_open() -> None:
    assert window("", "", 0.0) is None and window(" ", BERLIN, 0.0) is None


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("22-5", BERLIN, "window: '22-5' is no window of time"),
        ("24:00-05:00", BERLIN, "is no window of time"),
        ("22:00", BERLIN, "is no window of time"),
        ("79200", BERLIN, "is no window of time"),  # what YAML 1.1 makes of 22:00
        ("22:00-22:00", BERLIN, "begins and ends at the same time"),
        ("2026-11-28 22:00 - 2026-11-28 21:00", BERLIN, "ends before it begins"),
        ("2026-02-30 22:00 - 2026-03-01 05:00", BERLIN, "names a day that does not exist, 2026-02-30"),
        ("22:00-05:00", "Europe/Berln", "did you mean Europe/Berlin?"),
        ("22:00-05:00", "Europe", "'Europe' is no time zone that this controller knows"),
        ("22:00-05:00", "../etc/passwd", "is no time zone"),
        ("", "Mars", "is no time zone"),
        ("22:00-05:00\x1b[2J", BERLIN, "window: '22:00-05:00' is no window"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, zone: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        window(text, zone, 0.0)
    assert said in refused.value.message and refused.value.message.endswith("Nothing was sent.")
    assert ("tzdata" in refused.value.remedy) == ("time zone" in refused.value.message)


def test_without_any_time_zones_the_remedy_is_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "ZoneInfo", _missing)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    with pytest.raises(SettingsError, match="Europe/Berlin.*is no time zone") as refused:
        window("22:00-05:00", BERLIN, 0.0)
    assert "install the package tzdata" in refused.value.remedy


def _missing(name: str) -> None:
    raise zoneinfo.ZoneInfoNotFoundError(name)


@settings(max_examples=200, deadline=None)
@given(
    st.times(), st.times(), st.sampled_from(["", "UTC", BERLIN, "America/St_Johns", "Australia/Lord_Howe"]),
    st.integers(1_600_000_000, 2_000_000_000),
)  # fmt: skip
def test_any_window_is_open_or_opens_next(first: datetime.time, last: datetime.time, zone: str, now: int) -> None:
    text = f"{first:%H:%M}-{last:%H:%M}"
    if f"{first:%H:%M}" == f"{last:%H:%M}":
        return
    found = the(text, now, zone)
    assert found.start < found.end and now < found.end <= now + 3 * 86_400
    where = zoneinfo.ZoneInfo(zone) if zone else None
    wall = datetime.datetime.fromtimestamp(found.end - 60, where).time() if found.end - 60 > found.start else None
    if wall is not None and found.is_open(found.end - 60):
        begin, end, minute = (each.hour * 60 + each.minute for each in (first, last, wall))
        within = begin <= minute < end if begin < end else minute >= begin or minute < end
        assert within or abs(found.end - found.start) < 2 * 3600 or _near_change(found, where)


def _near_change(found: Window, zone: datetime.tzinfo | None) -> bool:
    moments = (
        datetime.datetime.fromtimestamp(each, zone).astimezone(zone) for each in (found.start - 86_400, found.end)
    )
    return len({moment.utcoffset() for moment in moments}) > 1


def test_seconds_are_shown_where_there_are_any() -> None:
    found = the("22:00-05:00:15", at("2026-11-27 12:00"))
    assert (found.text, found.opens, found.ends) == (
        "22:00-05:00:15, Europe/Berlin", "Fri 2026-11-27 22:00", "Sat 2026-11-28 05:00:15",
    )  # fmt: skip
