# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's REST API as a table: one entry per endpoint.

Sources: the vendor's REST API manuals for UC Software 5.8 and, written for Trio, 5.9.1, corrected where clients of real
phones differ (letter case of paths, ``callctrl``, ``holdCall``), plus the calls that newer firmware added.
"""

from __future__ import annotations

from dataclasses import dataclass

ADMIN = "admin"
USER = "user"


@dataclass(frozen=True)
class Endpoint:
    """One call of the API.

    ``access``: the least account that may call it. ``since``: the first UC Software known to have it. ``inputs``: the
    keys of the request's ``data`` (``?`` = optional; a list or an open object is described in words), or for a GET its
    query. ``repeatable``: sending it again does no harm, so a lost connection may be retried. ``base``: every firmware
    with a REST API is said to have it, so HTTP 404 raises the question whether the API is off. ``gives``: the JSON type
    of a GET's ``data``.
    """

    name: str
    method: str
    path: str
    access: str
    since: str
    inputs: str = ""
    repeatable: bool = False
    base: bool = False
    gives: type = dict

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _get(
    name: str, path: str, access: str, since: str, inputs: str = "", base: bool = False, gives: type = dict
) -> Endpoint:
    return Endpoint(name, "GET", path, access, since, inputs, repeatable=True, base=base, gives=gives)


def _post(
    name: str, path: str, access: str, since: str, inputs: str = "", repeatable: bool = False, base: bool = False
) -> Endpoint:
    return Endpoint(name, "POST", path, access, since, inputs, repeatable=repeatable, base=base)


ENDPOINTS: dict[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        # device
        _get("device_info", "/api/v1/mgmt/device/info", ADMIN, "5.4", base=True),
        _get("device_info_v2", "/api/v2/mgmt/device/info", ADMIN, "5.8"),
        _get("device_stats", "/api/v1/mgmt/device/stats", ADMIN, "5.7"),
        _get("running_config", "/api/v1/mgmt/device/runningConfig", ADMIN, "5.7"),
        _get("network_info", "/api/v1/mgmt/network/info", ADMIN, "5.4", base=True),
        _get("network_stats", "/api/v1/mgmt/network/stats", ADMIN, "5.4", base=True),
        _get("line_info", "/api/v1/mgmt/lineInfo", ADMIN, "5.4", base=True, gives=list),
        _get("line_info_v2", "/api/v2/mgmt/lineInfo", ADMIN, "5.8", "line?", gives=list),
        _get("location_info", "/api/v1/mgmt/location/info", USER, "5.7"),
        _get("poll_for_status", "/api/v1/mgmt/pollForStatus", USER, "5.4", base=True),
        _get("ui_xml", "/api/v1/mgmt/uixml", ADMIN, "5.8", gives=str),
        # configuration
        _post("config_get", "/api/v1/mgmt/config/get", ADMIN, "5.4", "list of 1-20 names", repeatable=True, base=True),
        _post("config_set", "/api/v1/mgmt/config/set", ADMIN, "5.4", "1-20 pairs name: value", base=True),
        _post("config_export", "/api/v1/mgmt/config/export", ADMIN, "5.8", "Url, ConfigType"),
        _post("update_configuration", "/api/v1/mgmt/updateConfiguration", ADMIN, "5.9"),
        _get("transfer_type_get", "/api/v1/mgmt/transferType/get", USER, "5.7"),
        _post("transfer_type_set", "/api/v1/mgmt/transferType/set", USER, "5.7", "Type", repeatable=True),
        # restart and reset
        _post("safe_restart", "/api/v1/mgmt/safeRestart", ADMIN, "5.4"),
        _post("safe_reboot", "/api/v1/mgmt/safeReboot", ADMIN, "5.4"),
        _post("config_reset", "/api/v1/mgmt/configReset", ADMIN, "5.4"),
        _post("config_reset_local", "/api/v1/mgmt/configReset/local", ADMIN, "5.4"),
        _post("config_reset_web", "/api/v1/mgmt/configReset/web", ADMIN, "5.4"),
        _post("config_reset_device", "/api/v1/mgmt/configReset/device", ADMIN, "5.4"),
        _post("config_reset_cloud", "/api/v1/mgmt/configReset/cloud", ADMIN, "6.0"),
        _post("factory_reset", "/api/v1/mgmt/factoryReset", ADMIN, "5.4"),
        # calls
        _post("dial", "/api/v1/callctrl/dial", USER, "5.4", "Dest, Line?, Type?"),
        _post("end_call", "/api/v1/callctrl/endCall", USER, "5.4", "Ref"),
        _post("answer_call", "/api/v1/callctrl/answerCall", USER, "5.4", "Ref?"),
        _post("ignore_call", "/api/v1/callctrl/ignoreCall", USER, "5.4", "Ref?"),
        _post("reject_call", "/api/v1/callctrl/rejectCall", USER, "5.4", "Ref?"),
        _post("hold_call", "/api/v1/callctrl/holdCall", USER, "5.4", "Ref?"),
        _post("resume_call", "/api/v1/callctrl/resumeCall", USER, "5.4", "Ref?"),
        _post("transfer_call", "/api/v1/callctrl/transferCall", USER, "5.4", "Ref, TransferDest"),
        _post("mute", "/api/v1/callctrl/mute", USER, "5.4", "state", repeatable=True),
        _post("send_dtmf", "/api/v1/callctrl/sendDTMF", USER, "5.4", "Digits"),
        _get("call_status", "/api/v1/webCallControl/callStatus", USER, "5.4", base=True),
        _get(
            "call_status_v2",
            "/api/v2/webCallControl/callStatus",
            USER,
            "5.8",
            "handle? | line? | line?, sequence?",
            gives=list,
        ),
        _get("call_logs", "/api/v1/mgmt/callLogs", USER, "5.4", base=True),
        _get("call_logs_missed", "/api/v1/mgmt/callLogs/missed", USER, "5.4", base=True, gives=list),
        _get("call_logs_received", "/api/v1/mgmt/callLogs/received", USER, "5.4", base=True, gives=list),
        _get("call_logs_placed", "/api/v1/mgmt/callLogs/placed", USER, "5.4", base=True, gives=list),
        _get("sip_status", "/api/v1/webCallControl/sipStatus", USER, "5.4", base=True),
        _get("communication_info", "/api/v1/mgmt/media/communicationInfo", USER, "5.7"),
        _get("session_stats", "/api/v1/mgmt/media/sessionStats", ADMIN, "5.7", gives=list),
        # Skype for Business
        _get("presence", "/api/v1/mgmt/getPresence", USER, "5.4"),
        _post("skype_sign_in", "/api/v1/mgmt/skype/signIn", USER, "5.7", "Address, User, Password, Domain, LockCode?"),
        _post("skype_sign_out", "/api/v1/mgmt/skype/signOut", USER, "5.7"),
        # GETs that change something, so they are not repeated
        Endpoint("web_sign_in", "GET", "/api/v1/mgmt/webSignIn", ADMIN, "5.9"),
        Endpoint("web_sign_in_cancel", "GET", "/api/v1/mgmt/webSignInCancel", ADMIN, "5.9"),
        # diagnosis
        _post("upload_bg_capture", "/api/v1/mgmt/network/uploadBgCapture", USER, "5.7", "url?"),
        _post("simulate_touch", "/api/v1/mgmt/simulateTouch", ADMIN, "5.7", "Type, Positions, Duration?, Easing?"),
        _post("simulate_key_event", "/api/v1/mgmt/simulateKeyEvent", ADMIN, "6.0", "Type, KeyName"),
        _post("simulate_text_input", "/api/v1/mgmt/simulateTextInput", ADMIN, "6.0", "Value, ReplaceText?"),
        _get("screen_capture", "/captureScreen/mainScreen", ADMIN, "5.4"),
        _post("web_login", "/form-submit/auth.htm", ADMIN, "5.6", repeatable=True),
    )
}


def find(method: str, path: str) -> Endpoint:
    """The entry of a call, in whatever letter case, or one made up for a call that the table does not have."""
    for endpoint in ENDPOINTS.values():
        if (endpoint.method, endpoint.path.lower()) == (method, path.lower()):
            return endpoint
    return Endpoint("", method, path, ADMIN, "", repeatable=method == "GET")
