# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that need each other, or exclude each other, in each module."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import (
    call,
    capture,
    export,
    info,
    skype,
    touch,
)
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.validate import given, validated
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError

ACCOUNT = {"state": "signed_in", "address": "a@example.com", "user": "a", "skype_password": "x"}


@pytest.mark.parametrize(
    ("spec", "args", "mistake"),
    [
        (call.SPEC, {}, "one of the following is required: action, wait_for"),
        (call.SPEC, {"action": "dial"}, "action is dial but all of the following are missing: destination"),
        (call.SPEC, {"action": "transfer"}, "action is transfer but all of the following are missing: destination"),
        (call.SPEC, {"action": "dtmf"}, "action is dtmf but all of the following are missing: digits"),
        (capture.SPEC, {"url": "http://s/x", "dest": "/x"}, "mutually exclusive: url|dest"),
        (export.SPEC, {"url": "http://s/x", "dest": "/x"}, "mutually exclusive: url|dest"),
        (export.SPEC, {}, "one of the following is required: url, dest"),
        (info.SPEC, {"sequence": 1}, "required by 'sequence': line"),
        (info.SPEC, {"handle": "1234abcd", "sequence": 1}, "required by 'sequence': line"),
        (info.SPEC, {"handle": "1234abcd", "line": 1}, "mutually exclusive: handle|line"),
        (info.SPEC, {"handle": "1234abcd", "line": 1, "sequence": 1}, "mutually exclusive: handle|line"),
        (skype.SPEC, {"state": "signed_in"}, "address, user, skype_password"),
        (
            skype.SPEC,
            {**ACCOUNT, "skype_password": ""},
            "state is signed_in but all of the following are missing: skype_password",
        ),
        (touch.SPEC, {"action": "key"}, "action is key but all of the following are missing: key"),
        (touch.SPEC, {"action": "text", "text": ""}, "action is text but all of the following are missing: text"),
    ],
)
def test_a_wrong_combination_is_named(spec: ArgumentSpec, args: dict[str, Any], mistake: str) -> None:
    with pytest.raises(SettingsError) as caught:
        validated(spec, given(args))
    assert mistake in caught.value.message


@pytest.mark.parametrize(
    ("spec", "args"),
    [
        (call.SPEC, {"action": "end"}),
        (call.SPEC, {"wait_for": "ringing"}),
        (capture.SPEC, {}),
        (info.SPEC, {"line": 1, "sequence": 1}),
        (info.SPEC, {"handle": "1234abcd"}),
        (skype.SPEC, {"state": "signed_out"}),
        (skype.SPEC, ACCOUNT),
        (touch.SPEC, {"action": "tap"}),
    ],
)
def test_a_combination_that_makes_sense_passes(spec: ArgumentSpec, args: dict[str, Any]) -> None:
    assert validated(spec, args).items() >= args.items()
