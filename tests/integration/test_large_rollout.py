# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand phones in waves of a hundred: each gets exactly the requests that it needs, in its wave."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from simulator import PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground
from support.rollouts import Row, planned

PHONES = int(os.environ.get("VVX_PHONES", "1000"))
WAVE = PHONES // 10
TO_CHANGE = 14
"""Requests to change a phone: read; five to see whether somebody is on it, two of which plain HTTP does not have; three
for its firmware and its lines; write; read back; the three again. tests/integration/test_rollout_faults.py names them.
"""


@pytest.mark.timeout(600)
def test_a_thousand_phones_in_waves_of_a_hundred(start_fleet: StartFleet, playground: Playground) -> None:
    playground.LONGEST = 590
    row = Row(phones=PHONES, spec=PhoneSpec(), parameters={"up.idleTimeout": 55})
    rollout = planned({"many": row}, start_fleet, playground, requests=1)["many"]
    phones = rollout.phones

    run = rollout.apply("--forks", "20", vvx_wave=WAVE)
    assert run.code == 0, run.output[-3000:]
    assert Counter(phone.count() for phone in phones) == {TO_CHANGE: PHONES}
    assert Counter(rollout.sets()) == {1: PHONES} and all(rollout.done())
    assert max(phone.max_concurrent for phone in phones) == 1
    done = [line for line in rollout.journal() if line["state"] == "done"]
    assert Counter(line["wave"] for line in done) == dict.fromkeys(range(1, 11), WAVE)
    ended = {line["host"]: position for position, line in enumerate(done)}
    assert [ended[phone.name] // WAVE for phone in phones] == [number // WAVE for number in range(PHONES)]
    assert f"{PHONES} phones: {PHONES} changed" in run.output
    own = [line for line in run.output.splitlines() if "many-" not in line]
    assert len(own) <= 120, "\n".join(own)

    rollout.forget()
    again = rollout.apply(vvx_wave=WAVE)
    assert again.code == 0, again.output[-3000:]
    assert sum(phone.count() for phone in phones) == 0
