# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report of five thousand phones, of which some do not behave: the others do not wait for them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import PhoneSpec
from support.playbook import Playground

PHONES = 5000
HANGING = 60
TIMEOUT = 5
"""Seconds. One after the other, the hanging phones would take longer than the playbook may take."""


@pytest.mark.timeout(290)
def test_some_phones_that_hang_do_not_hold_up_the_others(start_fleet: Any, playground: Playground) -> None:
    playground.LONGEST = 220  # on a busy machine
    assert HANGING * TIMEOUT > playground.LONGEST
    odd = {"offline": 50, "locked": 50, "garbage": 50, "hangs": HANGING}
    specs = [PhoneSpec(name=f"phone-{number}") for number in range(PHONES - sum(odd.values()))]
    for kind, count in odd.items():
        password = "another" if kind == "locked" else PhoneSpec().admin_password
        specs += [
            PhoneSpec(name=f"{kind}-{number}", offline=kind == "offline", admin_password=password)
            for number in range(count)
        ]
    specs.sort(key=lambda spec: spec.name[::-1])  # well mixed
    fleet = start_fleet(*specs, tls=False)
    for phone in fleet:
        if phone.name.startswith("garbage"):
            phone.fault("html", times=0)
        elif phone.name.startswith("hangs"):
            phone.fault("hang", times=0)
    task = {"name": "report", "polycom.vvx.vvx_report": {"json": "r.json", "timeout": TIMEOUT}}
    run = playground.play(fleet, [task])
    assert run.code == 0, run.output[-2000:]
    rows = json.loads((playground.folder / "r.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) == PHONES
    told: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["cells"]["host"].partition("-")[0], row["cells"]["status"])
        told[key] = told.get(key, 0) + 1
    assert told == {
        ("phone", "managed"): PHONES - sum(odd.values()),
        ("offline", "unreachable"): 50,
        ("locked", "unauthorized"): 50,
        ("garbage", "error"): 50,
        ("hangs", "unreachable"): HANGING,
    }
    assert max(phone.max_concurrent for phone in fleet) == 1
    assert max(phone.auth_failures for phone in fleet) == 1
