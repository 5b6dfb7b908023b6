# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations and moments as phones write them."""

from __future__ import annotations

import datetime


def split(seconds: int) -> tuple[int, int, int, int]:
    """Days, hours, minutes, seconds."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return day, hour, minute, second


def uptime(seconds: int) -> str:
    """As v1 device/info has it: "0 Day 2:26:00", "20 Days 16:11:42"."""
    day, hour, minute, second = split(seconds)
    return f"{day} {'Days' if day > 1 else 'Day'} {hour}:{minute:02}:{second:02}"


def old_uptime(seconds: int) -> str:
    """As a client has seen it on old firmware: "3.02:24:46"."""
    day, hour, minute, second = split(seconds)
    return f"{day}.{hour:02}:{minute:02}:{second:02}"


def network_uptime(seconds: int) -> str:
    """As network/stats has it: "1 day 1:41:50"."""
    day, hour, minute, second = split(seconds)
    return f"{day} {'day' if day == 1 else 'days'} {hour}:{minute:02}:{second:02}"


def duration(seconds: int | None) -> str:
    """As callLogs has it: "" (nobody answered), "26 secs", "4 mins 49 secs"."""
    if seconds is None:
        return ""
    minutes, second = divmod(seconds, 60)
    return f"{minutes} mins {second} secs" if minutes else f"{second} secs"


def moment(time: datetime.datetime) -> str:
    """Local time without offset."""
    return time.strftime("%Y-%m-%dT%H:%M:%S")
