# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an error knows, and who adds to it."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors


def test_the_host_stands_beside_the_message_and_in_front_of_the_text() -> None:
    error = errors.Busy("the phone is busy.")
    assert (error.host, str(error)) == (None, "the phone is busy.")
    error.host = "192.0.2.11"
    assert (error.message, str(error)) == ("the phone is busy.", "192.0.2.11: the phone is busy.")


def test_more_to_say_is_never_lost() -> None:
    error = errors.Busy("the phone is busy.", host="192.0.2.11")
    error.say_more("It was not restarted.")
    assert str(error) == "192.0.2.11: the phone is busy. It was not restarted."
    assert error.remedy == errors.Busy.remedy_text
    error.say_more("Nothing was sent.", remedy="Try again.")
    assert (error.message, error.remedy) == ("the phone is busy. It was not restarted. Nothing was sent.", "Try again.")


def test_a_caller_that_knows_better_restates_an_error() -> None:
    error = errors.NotSupported("the phone does not have GET /x.")
    error.restate("this model has no screen.")
    assert (error.message, error.remedy) == ("this model has no screen.", errors.NotSupported.remedy_text)
    error.restate(remedy="Use another model.")
    assert (error.message, error.remedy) == ("this model has no screen.", "Use another model.")


def test_the_boundary_names_the_phone_once() -> None:
    with pytest.raises(errors.Busy) as inner, errors.about("192.0.2.12"), errors.about("192.0.2.11"):
        raise errors.Busy("the phone is busy.")
    assert inner.value.host == "192.0.2.11"


def test_as_a_result() -> None:
    error = errors.InvalidParameters(
        "bad request.", host="192.0.2.11", endpoint="GET /x", http_status=400, status="4400"
    )
    assert error.as_dict() == {
        "kind": "invalid_parameters",
        "host": "192.0.2.11",
        "http_status": 400,
        "status": "4400",
        "endpoint": "GET /x",
    }
