# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A login inside a URL is a secret, whatever the parameter is called: it is compared and sent, but never shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils import _module
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config_info, export, facts, info
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import survey

from simulator import Phone
from support.configuring import configure
from support.reach import params, reach, run

NAME = "device.prov.serverName"
OLD, NEW, OTHER = (
    "https://prov:Alt-geheim@cfg.example.com/vvx",
    "https://prov:Neu-geheim@cfg.example.com/vvx",
    "cfg2:Noch-geheim@cfg.example.com/vvx?token=Ganz-geheim",
)


def test_a_login_is_compared_and_written_but_never_shown(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": OLD})
    result = configure(phone, {"reg.1.label": NEW})
    assert result["changed"] and phone.value("reg.1.label")[0] == NEW
    shown = "https://***@cfg.example.com/vvx"
    assert result["before"] == result["after"] == {"reg.1.label": shown}
    assert result["diff"]["after"] == f"reg.1.label: {shown} (with another login)\n"
    assert "geheim" not in json.dumps(result)
    again = configure(phone, {"reg.1.label": NEW})
    assert not again["changed"] and phone.count("config/set") == 1


@pytest.mark.parametrize("value", [OLD, OTHER, "sip:u:p@example.com", "https://x.example/?a=1&amp;pin=2#top"])
def test_what_a_result_showed_is_never_written_instead_of_the_login(phone: Phone, value: str) -> None:
    phone.set_layer("web", {"reg.1.label": value})
    shown = run(config_info.run, phone, params(config_info.SPEC, names=["reg.1.label"]))["parameters"]["reg.1.label"]
    result = configure(phone, {"reg.1.label": shown["value"], "reg.1.auth.password": "***@x"})
    assert result["error"]["kind"] == "bad_values" and phone.count("config/set") == 0
    assert "reg.1.label: *** stands where results hide the login of a URL" in result["msg"]
    assert "reg.1.auth.password" not in result["msg"]


@pytest.mark.parametrize("value", ["***", "a***@b", "*** Reception ***", "https://x.example/?q=***a"])
def test_other_asterisks_are_values_like_any_other(phone: Phone, value: str) -> None:
    assert configure(phone, {"reg.1.label": value})["changed"] and phone.value("reg.1.label")[0] == value


def test_a_value_that_did_not_take_effect_shows_no_login(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": OLD})
    phone.fault("ignore_set", names=["reg.1.label"])
    result = configure(phone, {"reg.1.label": OTHER})
    assert result["error"]["kind"] == "not_applied" and "***@cfg.example.com/vvx" in result["msg"]
    assert "geheim" not in json.dumps(result)


def test_what_parameters_are_set_to_shows_no_login(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": OTHER, "reg.2.label": "sip:1001@example.com"})
    found = run(config_info.run, phone, params(config_info.SPEC, names=["reg.1.label", "reg.2.label"]))["parameters"]
    assert found["reg.1.label"]["value"] == "***@cfg.example.com/vvx?token=***"
    assert found["reg.2.label"]["value"] == "sip:1001@example.com"


def test_drift_shows_no_login(phone: Phone) -> None:
    phone.set_layer("web", {"reg.1.label": OLD})
    for wanted, drift in ((NEW, 1), (OLD, 0)):
        found = survey(reach(phone), (), {"reg.1.label": wanted})
        assert len(found.drift) == drift and "geheim" not in repr(found)


def test_facts_and_raw_replies_show_no_login(phone: Phone) -> None:
    phone.set_layer("device", {NAME: OLD})
    for operation, options in (
        (facts.run, {"gather_subset": ["all"]}),
        (info.run, {"gather_subset": ["all"], "raw": True}),
    ):
        assert "geheim" not in json.dumps(run(operation, phone, options))


def test_an_upload_shows_no_token(phone: Phone) -> None:
    url = "http://127.0.0.1:9/store?access_token=Alt-geheim"
    result = run(export.run, phone, params(export.SPEC, url=url, types=["web"]), check_mode=True)
    assert "geheim" not in json.dumps(result)


def test_the_arguments_of_a_module_are_shown_without_logins() -> None:
    shown = _module.masked({"parameters": {"reg.1.label": OLD}, "host": "192.0.2.1"}, CONNECTION.argument_spec)
    assert shown == {"parameters": {"reg.1.label": "https://***@cfg.example.com/vvx"}, "host": "192.0.2.1"}


@pytest.mark.parametrize("value", [OLD, OTHER])
def test_a_message_about_a_value_shows_no_login(phone: Phone, value: Any) -> None:
    result = configure(phone, {"up.idleTimeout": value, "device.sntp.gmtOffset": value})
    assert "geheim" not in json.dumps(result)
