# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Choose subsets, and read them."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import api
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError, SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.subsets import SUBSETS, Gathered, chosen

from simulator import Phone
from support.reach import reach


def test_what_is_large_or_slow_is_read_on_request_only() -> None:
    everything = chosen("subset", ["all"], SUBSETS, ("device",))
    assert everything == [name for name, subset in SUBSETS.items() if not subset.on_request]
    assert chosen("subset", ["!lines"], SUBSETS, ()) == [name for name in everything if name != "lines"]
    assert chosen("subset", ["min", "device_stats", "!device"], SUBSETS, ("device",)) == ["device_stats"]


def test_an_unknown_name_is_refused_with_the_choices() -> None:
    with pytest.raises(SettingsError) as refused:
        chosen("gather_subset", ["line"], SUBSETS, ())
    assert refused.value.message == "gather_subset: 'line' is not a subset." and "lines" in refused.value.remedy


def test_gathered_keeps_raw_normalized_and_unsupported(phone: Phone) -> None:
    phone.fault("status", status="4004", path="location/info", times=0)
    found = Gathered()
    with api.Phone(reach(phone)) as one:
        found.add(one, ["device", "location"])
        found.add(one, ["transfer_type"], {"transfer_type": lambda _phone: {"Type": "Blind"}})
    assert list(found.info) == list(found.raw) == ["device", "transfer_type"]
    assert found.info["transfer_type"] == "blind" and found.raw["transfer_type"] == {"Type": "Blind"}
    assert list(found.unsupported) == ["location"] and phone.host not in found.unsupported["location"]


def test_errors_of_the_connection_leave_what_was_read(phone: Phone) -> None:
    phone.fault("drop", path="lineInfo", times=0)
    found = Gathered()
    with pytest.raises(PhoneError) as raised, api.Phone(reach(phone)) as one:
        found.add(one, ["device", "lines"])
    assert raised.value.host == phone.host and list(found.info) == ["device"]
