# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The passwords that a task on another host (a jump host) gets, in the order in which it tries them."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import NotTried
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.refusals import attempt
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.run import RunRefusals
from ansible_collections.polycom.vvx.plugins.plugin_utils._refusals.table import Table

BEFORE, NEXT = "correct-horse", "N3xt-and-better"


def trial(refusals: RunRefusals, number: int, passwords: tuple[str, ...] = (BEFORE, NEXT)) -> list[str]:
    """What the task on one more phone may try, of which the phone takes none."""
    first, *others = passwords
    settings = Settings(host=f"192.0.2.{number}", password=first, password_next=others[0] if others else None)
    with attempt(refusals, settings, admitted=True) as found:
        found.seen += ["refused"] * len(found.passwords)
    return list(found.passwords)


def test_what_only_others_refuse_comes_last() -> None:
    refusals = RunRefusals(2, 60.0, table=Table(64))
    for number in (1, 2):
        assert trial(refusals, number, (BEFORE,)) == [BEFORE]
    assert trial(refusals, 3) == [NEXT, BEFORE]
    assert trial(refusals, 4) == [NEXT, BEFORE]
    for number, passwords in ((5, (BEFORE, NEXT)), (6, (BEFORE,)), (4, (BEFORE, NEXT))):
        with pytest.raises(NotTried):
            trial(refusals, number, passwords)
