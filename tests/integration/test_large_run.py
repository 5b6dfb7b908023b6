# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run over many phones of which every fifth fails: what is on the screen at its end.

Ansible's worker for each phone costs 50 to 100 ms of processor time, so that there are two hundred of them.
VVX_PHONES=2000 has two thousand; tests/unit/summary has as many in each run.
"""

from __future__ import annotations

import os
import re

import pytest

from simulator import PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, inventory

PHONES = int(os.environ.get("VVX_PHONES", "200"))
MOST = 120
"""Lines after the recap."""
CAUSES = {
    "wrong": (6, "failed", "user name or password refused"),
    "off": (6, "unreachable", "connection refused"),
    "closed": (4, "failed", "the REST API is switched off"),
    "typo": (4, "failed", "parameters: up.idleTimeOut"),
}
"""Of each hundred phones: how many, what they count as, and a part of the reason. Eighty don't fail."""


@pytest.mark.timeout(600)
def test_the_end_of_a_run_over_many_phones_fits_the_screen(start_fleet: StartFleet, playground: Playground) -> None:
    counts = {kind: PHONES * share // 100 for kind, (share, *_said) in CAUSES.items()}
    counts["old"] = PHONES // 10
    counts["good"] = PHONES - sum(counts.values())
    specs = [
        PhoneSpec(
            name=f"{kind}-{number}",
            admin_password="another-one" if kind == "wrong" else PhoneSpec().admin_password,
            offline=kind == "off",
            rest="off" if kind == "closed" else "config",
            layers={} if kind == "old" else {"config": {"up.idleTimeout": "55"}},
        )
        for kind, count in counts.items()
        for number in range(count)
    ]
    fleet = start_fleet(*sorted(specs, key=lambda each: each.name[::-1]), tls=False)  # well mixed
    hosts = inventory(fleet, {"vvx_parameters_all": {"up.idleTimeout": 55}})
    for name, variables in hosts["all"]["children"]["phones"]["hosts"].items():
        if name.startswith("typo"):
            variables["vvx_parameters_host"] = {"up.idleTimeOut": 55}
    playground.write("inventory.yml", hosts)
    playground.LONGEST = 590
    run = playground.run("polycom.vvx.configure", "-i", "inventory.yml", "--forks=10", COLUMNS="80")

    ending = run.output.split("PLAY RECAP")[1].splitlines()[1:]
    after = [line for line in ending if not re.match(r"[a-z]+-[0-9]+ +: ok=", line)]
    with_tasks = PHONES - counts["good"]
    others = len(ending) - len(after) - with_tasks
    assert 0 < others <= 2, "the first phone of the play, and one that is as desired and keeps it going"
    assert len(after) <= MOST, "\n".join(after)
    assert max(map(len, after)) <= 80
    failed = counts["wrong"] + counts["closed"] + counts["typo"]
    assert (
        f"{PHONES} phones: {counts['old']} changed, {counts['good']} unchanged, {failed} failed, "
        f"{counts['off']} unreachable" in after
    )
    told = " ".join(line.strip() for line in after)
    for kind, (_share, state, why) in CAUSES.items():
        assert told.count(f"{counts[kind]} phones {state}: {why}") == told.count(why) == 1, told
        assert min(counts[kind], 10) == len(re.findall(rf"\b{kind}-[0-9]+\b", told))
    assert sum(phone.count("config/set") for phone in fleet) == counts["old"]
