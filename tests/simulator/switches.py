# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How phones behave where the manual and recordings leave a choice: one switch per question.

The first alternative is the default. After a change run ``nox -s generate``: it writes the table in README.md from the
comments here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Switches:
    """The behavior of one phone. A change takes effect with the next request.

    ``Guess``: neither a manual nor a recording shows what a phone does. ``Seen``: one client, or another model of the
    family, shows the second alternative.
    """

    # --- config/get and config/set
    #: Guess. config/set with one unknown name: nothing applied and 4000; the rest applied and 4000; the rest
    #: applied, 2000, and the unknown names in InvalidParams.
    bad_name: Literal["refused", "partial", "reported"] = "refused"
    #: Guess. Shape of InvalidParams. A public client reads an object whose values are the names.
    invalid_params: Literal["object", "list", "objects"] = "object"
    #: Guess. config/get with only unknown names: 2000 with InvalidParams and empty data, or 4000.
    all_names_bad: Literal["reported", "refused"] = "reported"
    #: A value out of range: 2000 and unchanged, or 4000 for the batch (guess).
    out_of_range: Literal["ignored", "refused"] = "ignored"
    #: Guess. A number or boolean as a value in config/set: 4000, or converted to text.
    non_string: Literal["refused", "converted"] = "refused"
    #: Guess. Letter case of parameter names.
    name_case: Literal["sensitive", "folded"] = "sensitive"
    #: Guess. Whether `007` and `true` are stored as sent, or as `7` and `1`.
    stored_value: Literal["as_sent", "normalized"] = "as_sent"
    #: Guess. Value of a secret parameter in config/get.
    secrets: Literal["empty", "real", "masked"] = "empty"
    #: Guess. device.x without device.set and its companion in the same request: 2000 and ignored, 4000, or applied.
    companions: Literal["needed", "refused", "not_needed"] = "needed"
    #: Guess. device.set and the companions in flash after a restart.
    companions_after_restart: Literal["cleared", "kept"] = "cleared"
    #: Guess. apps.restapi.enabled and log.level.change.restapi over REST: 2000 and unchanged, 4000, or applied. The
    #: manual allows them in files and the Web UI only.
    web_only: Literal["ignored", "refused", "applied"] = "ignored"
    #: Which device.* parameters restart the phone: font size and theme, or all but CDP and LLDP.
    device_restarts: Literal["listed", "all"] = "listed"
    #: Seen (VVX 311, 411). Whether voIpProt.SIP.alertInfo.1.class, se.rt.ringAutoAnswer.ringer and
    #: homeScreen.application.enable restart the phone, too.
    more_restarts: Literal["off", "on"] = "off"
    #: Seen (UC Software 7.2.2). Whether device.local.deviceName exists.
    device_name: Literal["missing", "exists"] = "missing"

    # --- authentication
    #: Guess. What a 401 offers, in this order. Only that is accepted. UC Software 8.6 has Digest first or alone.
    challenge: Literal["basic+digest", "digest+basic", "digest", "basic"] = "basic+digest"
    #: Realm of the challenge. Seen by one client.
    realm: str = "API Authentication"
    #: Guess. How many requests a Digest nonce is good for (0: all). After these, a 401 has a new one and stale=true.
    nonce_uses: int = 0
    #: Guess. HTTP status with Status 4010 (factory password).
    default_password: Literal["200", "401", "403"] = "200"
    #: Guess. Reply to the User account on a call for the administrator: HTTP 403, or HTTP 200 with this Status, or 4403
    #: on the calls that the manual of 5.9.1 lists it for and HTTP 403 on others.
    user_on_admin_call: Literal["http_403", "4003", "4403", "4403_on_newer"] = "http_403"
    #: Guess. Whether failures lock the phone, as httpd.cfg.lockWebUI.* say. A locked phone answers 401.
    lockout: Literal["off", "on"] = "off"

    # --- the web server
    #: A second request at the same time: HTTP 403, or it waits. The manual has both.
    parallel: Literal["http_403", "queued"] = "http_403"
    #: Guess. Reply to the wrong method on a known path.
    wrong_method: Literal["http_405", "http_404"] = "http_405"
    #: Letter case of paths. With strict, another spelling is a violation and HTTP 404.
    path_case: Literal["folded", "strict"] = "folded"
    #: Guess. Connection after a 200. After an error it is closed.
    keep_alive: Literal["close", "keep"] = "close"
    #: Seen. A POST with an Accept header: answered, or HTTP 400.
    accept_on_post: Literal["ignored", "http_400"] = "ignored"
    #: Seconds that every request takes.
    latency: float = 0.0
    #: Seconds that a phone takes to answer a TLS handshake: its processor is slow.
    handshake_seconds: float = 0.0
    #: Seconds that device/stats takes while httpd.ta.enabled is 0. It is slow since UC Software 5.7.
    stats_seconds: float = 0.0

    # --- other replies
    #: Where getPresence puts Presence: beside Status (public clients), or in data (manual).
    presence: Literal["top_level", "data"] = "top_level"
    #: simulateTouch, simulateKeyEvent and simulateTextInput while httpd.ta.enabled is 0: 4003 (guess); keys and text
    #: are done (seen on 6.1); all are done.
    simulate: Literal["needs_ta", "touch_needs_ta", "always"] = "needs_ta"
    #: Seen. communicationInfo and sessionStats without a call: Idle and an empty list, or 4007.
    media_idle: Literal["answered", "4007"] = "answered"
    #: Uptime in v1 device/info before UC Software 5.7: as later (recorded, 5.5.4), or 3.04:05:06 (a client reads both).
    old_uptime: Literal["days", "dotted"] = "days"
    #: Guess. What updateConfiguration says as ProvisioningState. The manual calls it a code and names none.
    provisioning_state: str = "0"
    #: Guess. captureScreen: Basic is enough; or needs the web interface's login and its cookie (since UC Software
    #: 5.6); or that login is refused with HTTP 200.
    screen_login: Literal["not_needed", "needed", "refused"] = "not_needed"
    #: Guess. When config/export and uploadBgCapture send the file.
    upload: Literal["before_reply", "after_reply", "never", "wrong_path"] = "before_reply"
    #: Seconds between two uploadBgCapture (manual: 10). Sooner is 4001.
    capture_interval: float = 10.0
    #: Seconds that skype/signIn takes.
    sign_in_seconds: float = 0.05
    #: How skype/signIn ends: 2000; 4002 (guess); 5000 (guess).
    sign_in: Literal["succeeds", "fails", "times_out"] = "succeeds"

    # --- calls
    #: What a number outside of the fleet does when dialed.
    far_end: Literal["answers", "rings", "busy"] = "answers"
    #: Seconds from dial to answer. Setup, Proceeding and RingBack share them.
    answer_seconds: float = 0.15
    #: Guess. Seconds from dial until callStatus lists the call.
    listed_seconds: float = 0.0
    #: Seen. Type of dial: as the manual spells it, or in any letter case.
    dial_type: Literal["exact", "folded"] = "exact"
    #: transferCall without Ref: 4000, or the call is dropped (seen on 8.3.1).
    transfer_without_ref: Literal["refused", "drops"] = "refused"

    # --- lines
    #: Guess. Seconds until lines show what a change of reg.* or voIpProt.*, or a boot, made of their registration.
    registering_seconds: float = 0.0

    # --- provisioning
    #: Guess. What a phone makes of a file <MAC address>.cfg that lists no files but has parameters: it looks for
    #: 000000000000.cfg; takes it as its master file that lists nothing; or takes its parameters.
    own_file: Literal["no_master", "empty_master", "parameters"] = "no_master"
    #: Seconds between two looks at the provisioning server (prov.polling.* has hours; 0: never by itself).
    poll_seconds: float = 0.0

    # --- software
    #: Guess. When a phone looks for other software: at every boot, only at a reboot, at a boot and whenever it asks its
    #: provisioning server (updateConfiguration, polling), or only when somebody asks it to in the web interface.
    upgrade_on: Literal["boot", "reboot", "update", "never"] = "boot"
    #: Guess. When it downloads: while it boots and does not answer, or while it answers, with a reboot after it.
    download: Literal["down", "up"] = "down"

    # --- restart
    #: Seconds from the reply until the phone goes down.
    restart_delay: float = 0.05
    #: Guess. Seconds at the end of a boot in which the web server answers but the phone is not ready.
    starting_seconds: float = 0.0
    #: Guess. What it answers then: ReadyToUse False, or an error.
    starting: Literal["not_ready", "http_403", "http_404"] = "not_ready"
    #: Guess. Whether a restart (not a reboot) resets the uptime.
    restart_uptime: Literal["reset", "kept"] = "reset"
    #: Guess. Whether a phone finds its provisioning server again after a factory reset.
    factory_reset: Literal["bare", "reprovisioned"] = "bare"
