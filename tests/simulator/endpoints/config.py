# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""config/get and config/set (manual, GetConfig and SetConfig)."""

from __future__ import annotations

from .. import catalogue
from ..api import INVALID, TABLE, TOO_MUCH, ApiCall, ApiError, Reply
from ..effects import goes_down
from ..lines import register_anew
from ..phone import ADMIN_PASSWORD, USER_PASSWORD, Phone

LIMIT = 20
MASK = "********"
_MINIMUM_LENGTHS = {ADMIN_PASSWORD: "sec.pwd.length.admin", USER_PASSWORD: "sec.pwd.length.user"}
# Whatever a change does to registrations shows after a moment.
_LINE_PARAMETERS = ("reg.", "voIpProt.")
_DEVICE_NAME = "device.local.deviceName"


@TABLE.endpoint("POST", "v1/mgmt/config/get", admin=True)
async def get(call: ApiCall) -> Reply:
    phone, asked = call.phone, call.data
    if not isinstance(asked, list) or not asked or not all(isinstance(name, str) for name in asked):
        raise ApiError(INVALID)
    _check_count(phone, len(asked))
    known = {name: spelled for name in asked if (spelled := _known(phone, name)) is not None}
    unknown = [name for name in asked if name not in known]
    if not known and phone.switches.all_names_bad == "refused":
        raise ApiError(INVALID)
    return Reply({name: _shown(phone, spelled) for name, spelled in known.items()}, _invalid(phone, unknown))


@TABLE.endpoint("POST", "v1/mgmt/config/set", admin=True)
async def set_(call: ApiCall) -> Reply:
    phone, wanted = call.phone, call.data
    if not isinstance(wanted, dict) or not wanted:
        raise ApiError(INVALID)
    _check_count(phone, len(wanted))
    switches = phone.switches
    known = {name: spelled for name in wanted if (spelled := _known(phone, name)) is not None}
    unknown = [name for name in wanted if name not in known]
    values = {known[name]: text for name, text in _texts(phone, wanted).items() if name in known}
    if unknown and switches.bad_name == "refused":
        raise ApiError(INVALID)
    if switches.out_of_range == "refused" and not all(_allowed(phone, *item) for item in values.items()):
        raise ApiError(INVALID)
    if switches.web_only == "refused" and any(_web_only(name) for name in values):
        raise ApiError(INVALID)
    _store(phone, _with_companions(phone, values))
    if unknown and switches.bad_name == "partial":
        raise ApiError(INVALID)
    return Reply(extra=_invalid(phone, unknown))


def _check_count(phone: Phone, count: int) -> None:
    if count > LIMIT:
        phone.journal.violation(f"{count} parameters in one request")
        raise ApiError(TOO_MUCH)


def _known(phone: Phone, name: str) -> str | None:
    """The phone's own spelling of a name it knows."""
    if name.removesuffix(".set") == _DEVICE_NAME and phone.switches.device_name == "missing":
        return None
    if phone.switches.name_case == "folded" and not phone.parameters.knows(name):
        name = catalogue.spelled(name)
    return name if phone.parameters.knows(name) else None


def _shown(phone: Phone, name: str) -> dict[str, str]:
    value, source = phone.parameters.effective(name)
    parameter = catalogue.find(name)
    if parameter is not None and parameter.secret and phone.switches.secrets != "real":
        value = MASK if value and phone.switches.secrets == "masked" else ""
    if phone.spec.flavour == "manual":
        return {"value": value, "source": source.upper()}
    return {"Value": value, "Source": source}


def _invalid(phone: Phone, names: list[str]) -> dict[str, object]:
    if not names:
        return {}
    numbered = {f"Param{number}": name for number, name in enumerate(names, 1)}
    shape = phone.switches.invalid_params
    if shape == "list":
        return {"InvalidParams": names}
    return {"InvalidParams": numbered if shape == "object" else [{key: name} for key, name in numbered.items()]}


def _texts(phone: Phone, wanted: dict[str, object]) -> dict[str, str]:
    texts = {}
    for name, value in wanted.items():
        if not isinstance(value, str):
            phone.journal.violation(f"value of {name} is not a JSON string: {value!r}")
            if phone.switches.non_string == "refused" or not isinstance(value, bool | int | float):
                raise ApiError(INVALID)
            value = str(int(value)) if isinstance(value, bool) else str(value)
        texts[name] = value
    return texts


def _allowed(phone: Phone, name: str, value: str) -> bool:
    parameter = catalogue.find(name)
    minimum = phone.parameters.number(_MINIMUM_LENGTHS[name]) if name in _MINIMUM_LENGTHS else 0
    return parameter is None or (parameter.allows(value) and len(value) >= minimum)


def _web_only(name: str) -> bool:
    parameter = catalogue.find(name)
    return parameter is not None and parameter.web_only


def _with_companions(phone: Phone, values: dict[str, str]) -> dict[str, str]:
    """Without the device parameters that lack their companion; split groups are violations."""
    kept, lacking, wanted = {}, [], {companion for name in values if (companion := catalogue.companion(name))}
    for name, value in values.items():
        companion = catalogue.companion(name)
        if companion is None:
            kept[name] = value
            if name.startswith("device.") and name != "device.set" and name not in wanted:
                phone.journal.violation(f"split group: {name} without its parameter")
            continue
        missing = [needed for needed in (companion, "device.set") if values.get(needed) not in ("1", "true")]
        if missing:
            phone.journal.violation(f"split group: {name} without {' and '.join(missing)}")
            lacking.append(name)
        if not missing or phone.switches.companions == "not_needed":
            kept[name] = value
    if lacking and phone.switches.companions == "refused":
        raise ApiError(INVALID)
    return kept


def _store(phone: Phone, values: dict[str, str]) -> None:
    ignored = {name for fault in phone.faults.standing("ignore_set") for name in fault.names}
    down = ""
    if any(name.startswith(_LINE_PARAMETERS) for name in values):
        register_anew(phone)
    for name, value in values.items():
        if name in ignored or not _allowed(phone, name, value):
            continue
        if _web_only(name) and phone.switches.web_only != "applied":
            continue
        parameter = catalogue.find(name)
        if parameter is not None and phone.switches.stored_value == "normalized":
            value = parameter.normalized(value)
        before = phone.parameters.value(name)
        phone.parameters.set_layer("web", {name: value})
        if phone.parameters.value(name) != before:
            down = goes_down(phone.switches, name) or down
    if down:
        phone.lifecycle.go_down("reboot" if down == "reboot" else "restart")
