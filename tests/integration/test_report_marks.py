# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that a report marks where it is asked to: each has an outcome of its own."""

from __future__ import annotations

import json

from simulator import Fleet, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

WANTED = {"vvx_parameters_all": {"up.idleTimeout": 55}}
RIGHT = {"web": {"up.idleTimeout": "55"}}


def report(fleet: Fleet, playground: Playground, **variables: object) -> Run:
    hosts = str(playground.write("hosts.yml", inventory(fleet, WANTED)))
    extra = json.dumps({"vvx_formats": ["json"], **variables})
    return playground.run("polycom.vvx.report", "-i", hosts, "-e", extra)


def marks(run: Run) -> dict[str, str]:
    return {outcome.host: outcome.state for outcome in run.by("vvx_verdict")}


def test_only_what_is_asked_for_is_marked(start_fleet: StartFleet, playground: Playground) -> None:
    fleet = start_fleet(
        PhoneSpec(name="right", layers=RIGHT),
        PhoneSpec(name="differs"),
        PhoneSpec(name="off", offline=True),
        PhoneSpec(name="refuses", admin_password="another-horse"),
        tls=False,
    )
    plain = report(fleet, playground)
    assert plain.code == 0 and marks(plain) == {}
    assert report(fleet, playground, vvx_fail_on="").code == 0, "the empty answer of a survey"

    all_ = report(fleet, playground, vvx_fail_on=["unreachable", "error", "drift"])
    assert all_.code != 0 and marks(all_) == {"differs": "failed", "off": "unreachable", "refuses": "failed"}
    (said,) = [outcome.result["msg"] for outcome in all_.by("vvx_verdict") if outcome.host == "differs"]
    assert said == "differs: parameters differ."
    assert (playground.folder / "reports" / "phones.json").exists()

    one = report(fleet, playground, vvx_fail_on="unreachable")
    assert marks(one) == {"off": "unreachable"}
