# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people can write into the filter of the page (filter.js): examples and what they find. The page shows them, and
docs/reports.md has them as a table."""

from __future__ import annotations

SYNTAX = (
    ("recep", "that contain a text in any column, line or problem"),
    ('"line 2"', "that contain exactly these characters"),
    ("site:berlin", "whose value is this; case and accents don't matter"),
    ("site:berlin,hamburg", "with one of several values"),
    ('room:"3rd floor"', "with spaces or commas in the value"),
    ("label~recep", "whose value contains a text"),
    ("host:ber*-1*", "where * stands for anything"),
    ('site:* or site:""', "with any value, or with none"),
    ("fw:<5.9.3", "with an older firmware; also <=, > and >="),
    ("booted:>2026-11-01", "that have started after a day"),
    ("since:<7d", "with something wrong for less than 7 days; m, h, d and w"),
    ("state:unregistered", "with this cause or status; also offline and ok"),
    ("drift:reg.1.*", "where these parameters differ"),
    ("server:sip2*", "with a line at this registrar"),
    ("is:new", "that are new; also changed, broken, repaired, known, selected"),
    ("happened:week/broken/*", "that broke within 7 days; also day and report, appeared, repaired, changed"),
    ("-site:berlin", "that the rest of the term does not find"),
)
"""Pairs of an example and the phones that it finds. Terms with spaces between them must all be true."""
