# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones get their next password, and what is refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import (
    BadValues,
    PhoneError,
    SettingsError,
    Unreachable,
)
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import rotation
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.rotation import Found, Target

from simulator import Phone, PhoneSpec
from support.reach import PASSWORD, reach

NEXT = "N3xt-and-better"


def target(host: str, after: str | None = NEXT, **changes: Any) -> Target:
    return Target(host, Settings(**{"password": PASSWORD, "password_next": after, **changes}))


def test_each_cause_is_said_once_with_its_phones() -> None:
    targets = [target("a"), target("b", "short"), target("c", "short"), target("d", "x" * 33), target("e", NEXT[::-1])]
    with pytest.raises(BadValues) as caught:
        rotation.refuse_wrong(targets, 8)
    assert str(caught.value) == (
        "3 phones (b, c, d): ansible_vvx_password_next must have 8 to 32 characters. Nothing was sent."
    )
    assert not any(each in str(caught.value) for each in ("short", "xxx"))


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        (target("b", None), "ansible_vvx_password_next is not set"),
        (target("b", ""), "ansible_vvx_password_next is not set"),
        (target("b", username="User"), "ansible_user must be Polycom"),
        (Target("b", trouble=SettingsError("password is not set.")), "1 phone (b): password is not set. Nothing"),
    ],
)
def test_what_is_missing_is_a_matter_of_settings(wrong: Target, cause: str) -> None:
    with pytest.raises(PhoneError) as caught:
        rotation.refuse_wrong([target("a"), wrong], 8)
    assert cause in str(caught.value)


def test_the_least_length_is_checked_and_good_ones_pass() -> None:
    rotation.refuse_wrong([target("a"), target("same", PASSWORD)], 8)
    with pytest.raises(PhoneError, match="min_length"):
        rotation.refuse_wrong([target("a")], 0)


def test_phones_are_sorted_by_what_they_have() -> None:
    lost = Unreachable("no route.")
    sorting = rotation.sort(
        {
            "old": Found("before"),
            "talking": Found("before", "in a call"),
            "new": Found("next"),
            "gone": Found("unknown", error=lost),
        }
    )
    assert (sorting.get, sorting.busy, sorting.have, sorting.lost) == (
        ["old", "talking"],
        ["talking"],
        ["new"],
        {"gone": lost},
    )
    assert {note.name: len(note.hosts) for note in rotation.notes(sorting)} == {
        "as_desired": 1,
        "refused_both": 0,
        "not_read": 1,
        "busy": 1,
    }
    assert [note.said for note in rotation.notes(sorting)][2] == "whose password is not known, left out"
    assert rotation.done_text(sorting, [target("new")]) is None
    done = rotation.sort({"new": Found("next")})
    assert "Set ansible_password to it" in (rotation.done_text(done, [target("new")]) or "")
    assert "is set to it" in (rotation.done_text(done, [target("new", password=NEXT)]) or "")


def test_a_look_costs_one_request_where_nothing_is_to_be_done(start_fleet: Any) -> None:
    old, new, busy = start_fleet(*(PhoneSpec(admin_password=each) for each in (PASSWORD, NEXT, PASSWORD))).phones
    busy.ring("100")

    def look(phone: Phone, **changes: Any) -> Found:
        return rotation.look(Target("x", reach(phone, password_next=NEXT, **changes)))

    assert look(old) == Found("before")
    assert look(busy).generation == "before" and "in a call" in (look(busy).activity or "")
    assert look(new, password=NEXT) == Found("next") and new.count() == 1
    assert [phone.count("config/set") for phone in (old, new, busy)] == [0, 0, 0]


def test_one_phone_reads_as_well_as_several() -> None:
    assert rotation.errand("5f0c").done == "changed by an earlier run"
