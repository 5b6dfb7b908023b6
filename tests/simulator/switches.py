# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody could verify about the phones, as one switch per question.

The first alternative named is the default. README.md says which of them are guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Switches:
    """How a phone behaves where the manual and the public clients leave a choice.

    A phone's switches may be changed while it runs; a change counts from the next request on.
    """

    # --- config/get and config/set
    #: A batch with one unknown name: nothing applied and 4000; the good ones applied and 4000; or applied, 2000
    #: and the bad names under InvalidParams.
    bad_name: Literal["refused", "partial", "reported"] = "refused"
    #: The shape of InvalidParams (an object whose values are the names is what a public client reads).
    invalid_params: Literal["object", "list", "objects"] = "object"
    #: config/get of nothing but unknown names: 2000 with InvalidParams and empty data, or 4000.
    all_names_bad: Literal["reported", "refused"] = "reported"
    #: A value outside its range: 2000 with nothing changed, or 4000 for the batch.
    out_of_range: Literal["ignored", "refused"] = "ignored"
    #: A value that is no JSON string (number, boolean): 4000, or taken as its text.
    non_string: Literal["refused", "converted"] = "refused"
    #: Letter case of parameter names.
    name_case: Literal["sensitive", "folded"] = "sensitive"
    #: A stored value: as it was sent, or numbers without leading zeros and booleans as 0/1.
    stored_value: Literal["as_sent", "normalised"] = "as_sent"
    #: What config/get says for a secret parameter.
    secrets: Literal["empty", "real", "masked"] = "empty"
    #: device.x without device.set and its companion in the same request: ignored with 2000, 4000, or applied.
    companions: Literal["needed", "refused", "not_needed"] = "needed"
    #: What a restart does to device.set and the companions in flash.
    companions_after_restart: Literal["cleared", "kept"] = "cleared"
    #: Parameters "editable by configuration file and Web UI only" (manual): 2000 unchanged, 4000, or applied.
    web_only: Literal["ignored", "refused", "applied"] = "ignored"
    #: Which device.* parameters take the phone down by themselves: those a public client waits for, or all.
    device_restarts: Literal["listed", "all"] = "listed"

    # --- authentication
    #: What a 401 offers. Only what is offered is accepted.
    challenge: Literal["basic+digest", "digest", "basic"] = "basic+digest"
    #: The realm of the challenge. The phones' own is not recorded anywhere.
    realm: str = "Polycom Configuration"
    #: HTTP status that goes with Status 4010 (the default administrator password is still set).
    default_password: Literal["200", "401", "403"] = "200"
    #: The User account on a call for the administrator: HTTP 403, or HTTP 200 with a Status.
    user_on_admin_call: Literal["http_403", "4003", "4403"] = "http_403"
    #: Whether failures count for the lock-out of httpd.cfg.lockWebUI.* (then 401 whatever the password).
    lockout: Literal["off", "on"] = "off"

    # --- the web server
    #: A second request while one runs: HTTP 403, or it waits for its turn.
    parallel: Literal["http_403", "queued"] = "http_403"
    #: The wrong method on a known path.
    wrong_method: Literal["http_405", "http_404"] = "http_405"
    #: Letter case of paths. In strict mode another spelling is a violation and HTTP 404.
    path_case: Literal["folded", "strict"] = "folded"
    #: The connection after a reply.
    keep_alive: Literal["close", "keep"] = "close"
    #: pollForStatus over plain HTTP (the manual says HTTPS only): answered, or HTTP 404.
    poll_on_http: Literal["allowed", "refused"] = "allowed"
    #: Seconds that every request takes.
    latency: float = 0.0
    #: Seconds that device/stats takes while httpd.ta.enabled is 0 (slow since UCS 5.7).
    stats_seconds: float = 0.0

    # --- other replies
    #: Where getPresence puts Presence: beside Status (public clients), or under data (manual).
    presence: Literal["top_level", "data"] = "top_level"
    #: simulateTouch and its kin while httpd.ta.enabled is 0: 4003, or done all the same.
    simulate: Literal["needs_ta", "always"] = "needs_ta"
    #: captureScreen: Basic is enough, or the web server's own login has to come first, which gives a cookie; or
    #: that login is refused with HTTP 200.
    screen_login: Literal["not_needed", "needed", "refused"] = "not_needed"
    #: A file that is to be uploaded: sent before the reply, after it, not at all, or to another path.
    upload: Literal["before_reply", "after_reply", "never", "wrong_path"] = "before_reply"
    #: Seconds within which a second uploadBgCapture is answered 4001 (manual: 10).
    capture_interval: float = 10.0
    #: Seconds that skype/signIn takes before it answers, and how it ends.
    sign_in_seconds: float = 0.05
    sign_in: Literal["succeeds", "fails", "times_out"] = "succeeds"

    # --- calls
    #: What the far end does where it is no phone of this fleet.
    far_end: Literal["answers", "rings", "busy"] = "answers"
    #: Seconds from dial to the far end's answer; Setup, Proceeding and RingBack share them.
    answer_seconds: float = 0.15
    #: Seconds from dial until the call is among those that callStatus tells.
    listed_seconds: float = 0.0

    # --- restart
    #: Seconds between the reply to a restart and the moment the phone goes.
    restart_delay: float = 0.05
    #: Seconds at the end of a boot in which the web server answers but the phone is not ready, and what it says.
    starting_seconds: float = 0.0
    starting: Literal["not_ready", "http_403", "http_404"] = "not_ready"
    #: Whether a restart (not a reboot) sets the uptime to 0.
    restart_uptime: Literal["reset", "kept"] = "reset"
    #: Whether a factory-reset phone finds its provisioning server again.
    factory_reset: Literal["bare", "reprovisioned"] = "bare"
