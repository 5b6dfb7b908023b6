# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options as a user wrote them: validated, and refused where YAML may have changed them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleConnectionFailure
from ansible_collections.polycom.vvx.plugins.action import vvx_facts
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config import SPEC as CONFIG
from ansible_collections.polycom.vvx.plugins.module_utils._operations.password import SPEC as PASSWORD
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import BadValues, SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.base import checked

from support.door import run_action

ACTION = "polycom.vvx.vvx_config"


def test_options_are_converted_and_completed() -> None:
    params = checked(CONFIG, {"host": "192.0.2.1", "password": "x", "port": "8443", "parameters": {"a": 1}}, ACTION)
    assert (params["port"], params["parameters"], params["update_secrets"]) == (8443, {"a": 1}, "on_create")


@pytest.mark.parametrize("value", [datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4)])
def test_a_date_names_its_parameter(value: datetime.date) -> None:
    with pytest.raises(
        BadValues, match=r"^parameters: reg\.1\.label is read by YAML as a date: put the value in quotes"
    ):
        checked(CONFIG, {"parameters": {"reg.1.label": value, "reg.2.label": "x"}}, ACTION)


@pytest.mark.parametrize("value", [12345, 1.5, True, None, ["zq-1"]])
def test_a_secret_that_is_no_text_is_refused_without_its_value(value: Any) -> None:
    with pytest.raises(BadValues, match="^new_password must be a text: put it in quotes") as refused:
        checked(PASSWORD, {"new_password": value}, ACTION)
    assert str(value) not in str(refused.value) and refused.value.remedy == "Nothing was sent."


def test_other_mistakes_are_left_to_ansible_and_in_its_words() -> None:
    with pytest.raises(SettingsError) as refused:
        checked(CONFIG, {"parameters": {}, "port": "x", "state": "present"}, ACTION)
    types, unknown = str(refused.value).split("; ")
    assert "port" in types
    assert unknown.startswith(
        f"Unsupported parameters for ({ACTION}) module: state. Supported parameters include: auth, "
    )


class Faulty(vvx_facts.ActionModule):
    """An action with a fault of its own, which meets a secret."""

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        raise KeyError(self.arguments()["password"])


@pytest.mark.parametrize(("args", "host"), [({"host": "192.0.2.7"}, "192.0.2.7"), ({}, "phone")])
def test_a_fault_of_the_door_is_a_typed_error_without_its_text(
    args: dict[str, Any], host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vvx_facts, "ActionModule", Faulty)
    result = run_action("vvx_facts", {**args, "password": "zq-secret"}, tmp_path)
    assert result["failed"] is True and result["changed"] is False and "zq-secret" not in str(result)
    assert (result["error"]["kind"], result["error"]["host"]) == ("unexpected", host)
    assert result["msg"].startswith(f"{host}: unexpected KeyError in test_base.py, line ")
    assert "report this message" in result["msg"]


def test_ansibles_own_errors_stay_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_arguments: Any) -> None:
        raise AnsibleConnectionFailure("jumphost")

    monkeypatch.setattr(vvx_facts.ActionModule, "work", unreachable)
    with pytest.raises(AnsibleConnectionFailure):
        run_action("vvx_facts", {}, tmp_path)
