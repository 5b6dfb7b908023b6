# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens on the way, no secret appears in a result, and nothing else is damaged by keeping it out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils import _module
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config import SPEC as CONFIG
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import Phone, PhoneSpec, running_fleet
from support.reach import params, run

NAMES = st.sampled_from(
    ["reg.1.auth.password", "reg.2.auth.password", "device.prov.password", "device.auth.localUserPassword"]
)
SECRETS = st.text(st.characters(categories=["Lu", "Nd"]), min_size=12, max_size=30).map("§{}§".format)
FAULTS = st.sampled_from([None, "drop", "drop_after", "html", "truncated", "list", "empty", "wrong_types", "bad_utf8"])
STATUSES = st.sampled_from(["4000", "4001", "4003", "4010", "5000"])


@pytest.fixture(scope="module")
def one_phone() -> Iterator[Phone]:
    with running_fleet([PhoneSpec()], tls=False, control=False) as fleet:
        yield fleet.phones[0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    secrets=st.dictionaries(NAMES, SECRETS, min_size=1, max_size=4),
    old=SECRETS,
    fault=FAULTS,
    status=STATUSES,
    path=st.sampled_from(["config/get", "config/set"]),
    after=st.integers(0, 1),
    on_phone=st.sampled_from(["empty", "real", "masked"]),
    ignored=st.booleans(),
    check_mode=st.booleans(),
    rollback=st.booleans(),
    mode=st.sampled_from(CONFIG.argument_spec["update_secrets"]["choices"]),
)
def test_no_secret_in_any_result(
    one_phone: Phone, secrets: dict[str, str], old: str, fault: Any, status: str, path: str, after: int, on_phone: Any,
    ignored: bool,
    check_mode: bool, rollback: bool, mode: str,
) -> None:  # fmt: skip
    one_phone.clear()
    one_phone.switches.secrets = on_phone
    one_phone.set_layer("web", {"reg.1.auth.password": old})
    if ignored:
        one_phone.fault("ignore_set", names=list(secrets))
    if fault:
        one_phone.fault(fault, path=path, after=after)
    else:
        one_phone.fault("status", status=status, path=path, after=after)
    parameters = {"reg.1.label": "Desk", "reg.1.adress" if after else "up.idleTimeout": 41, **secrets}
    options = params(CONFIG, parameters=parameters, update_secrets=mode, wait_timeout=1.0, rollback_on_failure=rollback)
    result = run(config.run, one_phone, options, check_mode)
    message = json.dumps(result, ensure_ascii=False)
    for secret in (*secrets.values(), old):
        assert secret not in message
    assert one_phone.violations == []


OPEN_NAMES = ("reg.1.label", "up.idleTimeout")


@given(
    st.dictionaries(
        st.text(max_size=8) | NAMES | st.sampled_from([*OPEN_NAMES, "reg.1.auth.passwrd"]),
        st.integers() | SECRETS,
        max_size=6,
    ),
    SECRETS,
)
def test_the_invocation_shows_neither_password_nor_secret_parameters(parameters: dict[str, Any], password: str) -> None:
    params = {"host": "192.0.2.11", "port": 456, "password": password, "parameters": parameters}
    shown = _module.masked(params, CONNECTION.merge(CONFIG).argument_spec)
    assert shown["host"] == "192.0.2.11" and shown["port"] == 456
    assert password not in json.dumps(shown, ensure_ascii=False) or password in json.dumps(
        [value for name, value in parameters.items()], ensure_ascii=False
    )
    for name, value in parameters.items():
        assert shown["parameters"][name] == (value if name in OPEN_NAMES else _module.MASK)
