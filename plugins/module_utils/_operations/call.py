# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dial, or act on a call: look it up, send the order once, check the result."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import NoSuchCall, NoSuchLine, NotAllowed, PhoneError, ProtocolError, SettingsError
from .._steps import call_wait
from .._steps.call_lookup import CONNECTED, HELD, KINDS, RINGING, Call, Calls, find, name_of, read
from .._steps.result import Result
from .._steps.waiting import GONE

LISTED_WITHIN = 2.0
"""Seconds within which a dialed call must appear among the phone's calls."""


@dataclass(frozen=True)
class Action:
    """``endpoint``: the name of the request. ``target``: the kind of call it applies to by default. ``states``: in
    which the phone can do it; empty: all. ``done``: whether a call (None: ended) looks as if it was done. ``data``:
    the request's data, from the call's reference and the parameters. ``phrase``: the action in words. ``lasts``: the
    effect lasts, so a call that already is so needs nothing."""

    endpoint: str
    target: str
    states: tuple[str, ...]
    done: Callable[[Call | None], bool]
    data: Callable[[str, Mapping[str, Any]], dict[str, str]]
    phrase: str
    lasts: bool = True


def _gone(call: Call | None) -> bool:
    return call is None


def _in_state(state: str) -> Callable[[Call | None], bool]:
    return lambda call: call is not None and call.get("state") == state


def _flag(name: str, value: bool) -> Callable[[Call | None], bool]:
    return lambda call: call is not None and call.get(name) is value


def _never(_call: Call | None) -> bool:
    return False


def _ref(ref: str, _params: Mapping[str, Any]) -> dict[str, str]:
    return {"Ref": ref}


ACTIONS: dict[str, Action] = {
    "answer": Action("answer_call", "ringing", (RINGING,), _in_state(CONNECTED), _ref, "answer"),
    "ignore": Action("ignore_call", "ringing", (RINGING,), _flag("ringing", False), _ref, "ignore"),
    "reject": Action("reject_call", "ringing", (RINGING,), _gone, _ref, "reject"),
    "hold": Action("hold_call", "active", (CONNECTED,), _in_state(HELD), _ref, "hold"),
    "resume": Action("resume_call", "held", (HELD,), _in_state(CONNECTED), _ref, "resume"),
    "mute": Action(
        "mute",
        "active",
        KINDS["active"],
        _flag("muted", True),
        lambda _ref, _params: {"state": "1"},
        "mute the microphone in",
    ),
    "unmute": Action(
        "mute",
        "active",
        KINDS["active"],
        _flag("muted", False),
        lambda _ref, _params: {"state": "0"},
        "unmute the microphone in",
    ),
    "transfer": Action(
        "transfer_call",
        "active",
        (),
        _gone,
        lambda ref, params: {"Ref": ref, "TransferDest": params["destination"]},
        "transfer",
        lasts=False,
    ),
    "dtmf": Action(
        "send_dtmf",
        "active",
        (CONNECTED,),
        _never,
        lambda _ref, params: {"Digits": params["digits"]},
        "send tones in",
        lasts=False,
    ),
    "end": Action(
        "end_call",
        "active",
        tuple(state for kind in KINDS.values() for state in kind if state != HELD),
        _gone,
        _ref,
        "end",
    ),
}


NEEDED = {"dial": "destination", "transfer": "destination", "dtmf": "digits"}
"""The option that an action needs. No other action takes it."""

SPEC = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["dial", *ACTIONS]},
        "call": {"type": "str"},
        "destination": {"type": "str"},
        "line": {"type": "int", "default": 1},
        "type": {"type": "str", "choices": ["tel", "sip", "h323"]},
        "digits": {"type": "str"},
        "wait_for": {"type": "str", "choices": ["ringing", "connected", "ended"]},
        "wait_timeout": {"type": "float", "default": 30.0},
    },
    required_one_of=[("action", "wait_for")],
    required_if=[("action", action, [option]) for action, option in NEEDED.items()],
)


def run(phone: Phone, params: Mapping[str, Any], check_mode: bool) -> Result:
    """Returns ``msg``, ``call`` (its state afterwards; None if it has ended) and ``calls`` (all). ``action`` None
    only waits. An order is sent once: if its answer is lost, the calls show whether the phone did it.
    """
    check(params)
    before = read(phone)
    result = Result(values={"call": None, "calls": before.calls})
    action, wished = params["action"], params["wait_for"]
    if action == "dial":
        call = _dial(phone, params, before, check_mode, result)
    elif action is None:
        call = _watched(phone, params, before, result)
    else:
        call = _act(phone, params, before, check_mode, result)
    result.values["call"] = call
    if wished and result.error is None and not check_mode:
        if action is None and not params["call"]:
            call_wait.for_any(phone, wished, params["wait_timeout"], result)
        else:
            call_wait.for_call(phone, call, wished, params["wait_timeout"], result)
    return result


def check(params: Mapping[str, Any]) -> None:
    """Raises SettingsError if the options do not go together."""
    action = params["action"]
    for name in ("destination", "digits"):
        if params[name] and name != NEEDED.get(action):
            raise SettingsError(f"{name} does not go with action {action}.", remedy=f"Leave {name} out.")
    if params["digits"] and not re.fullmatch(r"[0-9A-Da-d*#]{1,32}", params["digits"]):
        raise SettingsError("digits must be 1 to 32 of 0 to 9, *, # and A to D.", remedy="Correct digits.")
    if params["call"] and action == "dial":
        raise SettingsError("call does not go with action dial.", remedy="Leave call out.")
    if params["call"] and params["call"] not in KINDS and not re.fullmatch(r"(0[xX])?[0-9a-fA-F]{1,8}", params["call"]):
        raise SettingsError(
            f"call must be ringing, active, held or a call's handle, not {params['call']!r}.", remedy="Correct call."
        )
    if not 1 <= params["line"] <= 100:
        raise SettingsError(f"line must be between 1 and 100, not {params['line']}.", remedy=NoSuchLine.remedy_text)


def _watched(phone: Phone, params: Mapping[str, Any], before: Calls, result: Result) -> Call | None:
    """The call to wait for, if one is given. If it has ended and ``wait_for`` is ended, all is done."""
    result.values["msg"] = f"waiting for a call to be {params['wait_for']}"
    if not params["call"]:
        return None
    try:
        return find(phone, before, params["call"])
    except NoSuchCall:
        if params["wait_for"] != "ended":
            raise
        return None


def _dial(phone: Phone, params: Mapping[str, Any], before: Calls, check_mode: bool, result: Result) -> Call | None:
    number, line = params["destination"], params["line"]
    result.changed = True
    result.values["msg"] = f"{'would dial' if check_mode else 'dialed'} {number} on line {line}"
    if check_mode:
        return None
    kind = params["type"] or ("sip" if "@" in number or number.lower().startswith("sip") else "tel")
    known = {call["handle"] for call in before.calls}

    def new() -> Call | None:
        """The outgoing call that was not there before."""
        deadline = time.monotonic() + LISTED_WITHIN
        while True:
            now = read(phone)
            result.values["calls"] = now.calls
            found = next(
                (call for call in now.calls if call["handle"] not in known and call.get("direction") != "incoming"),
                None,
            )
            if found is not None or time.monotonic() >= deadline:
                return found
            phone.sleep(call_wait.PAUSE / 2)

    return _ordered(
        phone,
        "dial",
        {"Dest": number, "Line": str(line), "Type": kind.upper()},
        result,
        new,
        lambda call: call is not None,
    )


def _act(phone: Phone, params: Mapping[str, Any], before: Calls, check_mode: bool, result: Result) -> Call | None:
    name, action = params["action"], ACTIONS[params["action"]]
    wanted = params["call"] or action.target
    try:
        call = find(phone, before, wanted)
    except NoSuchCall as error:
        return _nothing_to_do(phone, params, before, result, error)
    if action.lasts and action.done(call):
        result.values["msg"] = f"nothing to do for {name_of(call)}"
        return call
    if action.states and "state" in call and call["state"] not in action.states:
        raise _not_now(phone, name, call)
    result.changed = True
    result.values["msg"] = f"{'would ' if check_mode else 'ordered the phone to '}{action.phrase} {name_of(call)}"
    if check_mode:
        return call

    def again() -> Call | None:
        now = read(phone)
        result.values["calls"] = now.calls
        found = now.with_handle(call["handle"])
        return call if found is None and now.calls and not now.complete else found

    return _ordered(phone, action.endpoint, action.data(call["ref"], params), result, again, action.done, call)


def _nothing_to_do(
    phone: Phone, params: Mapping[str, Any], before: Calls, result: Result, missing: NoSuchCall
) -> Call | None:
    """No such call: fine if the action ends calls, or if another call is already so. Raises ``missing`` otherwise."""
    name, action = params["action"], ACTIONS[params["action"]]
    wanted = params["call"] or action.target
    held = before.of_kind("held")
    if name == "end" and wanted == "active" and held:
        raise _not_now(phone, name, held[0])
    if name in ("hold", "resume") and wanted == action.target:
        done = [call for call in before.calls if action.done(call)]
        if done:
            result.values["msg"] = f"nothing to do for {name_of(done[0])}"
            return done[0]
    if not action.lasts or not action.done(None):
        raise missing
    result.values["msg"] = f"there is no {wanted if wanted in KINDS else 'such'} call to {name}"
    return None


def _ordered(
    phone: Phone, endpoint: str, data: Mapping[str, str], result: Result, look: Callable[[], Call | None],
    done: Callable[[Call | None], bool], call: Call | None = None,
) -> Call | None:  # fmt: skip
    """Send the order once, and read the call. Raises the error with which the phone refuses it."""
    lost: PhoneError | None = None
    try:
        phone.act(endpoint, data)
    except (*GONE, ProtocolError) as error:
        lost = error
    except NotAllowed as error:
        if call is not None and "state" in call:
            error.say_more(f"The call is {call['state']}.")
        raise
    try:
        now = look()
    except PhoneError as error:
        result.error = lost or error
        return call
    if lost is not None and done(now):
        result.warnings.append("the phone did not answer the request, but it has done it.")
    elif lost is not None:
        lost.say_more("The request was not repeated; the calls do not show that the phone has done it.")
        # Tones leave no trace; they may have been sent.
        result.changed, result.error = done is _never, lost
    return now


def _not_now(phone: Phone, name: str, call: Call) -> NotAllowed:
    if name == "end" and call.get("state") == HELD:
        return NotAllowed(
            f"{name_of(call)} is on hold, and phones can't end a call on hold (Status 4003). Nothing was sent.",
            remedy="Resume it first (action: resume), then end it.",
        )
    return NotAllowed(
        f"{name_of(call)} is in state {call.get('state')}; phones can't {name} a call in this state. Nothing was sent."
    )
