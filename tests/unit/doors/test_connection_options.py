# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where connection options come from, without a play."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.connection_options import (
    ConnectionOptions,
    has_password,
)


def said(variables: dict[str, Any], **more: Any) -> ConnectionOptions:
    return ConnectionOptions(variables, more.pop("set_by_user", variables), more.pop("template", _refuse), **more)


def _refuse(value: Any) -> Any:
    raise AssertionError(f"{value!r} is not a template")


def test_the_task_wins_and_its_other_arguments_stay() -> None:
    options, sources = said({"ansible_host": "192.0.2.1", "ansible_port": 8443}).complete(
        {"host": "192.0.2.9", "parameters": {}}, CONNECTION.argument_spec
    )
    assert options == {"host": "192.0.2.9", "port": 8443, "parameters": {}}
    assert sources == {"host": "task", "port": "ansible_port"}


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("host", "ansible_host"),
        ("port", "ansible_port"),
        ("username", "ansible_user"),
        ("password", "ansible_password"),
    ],
)
def test_our_own_variables_win_over_the_usual_ones(name: str, usual: str) -> None:
    both = {usual: "usual", f"ansible_vvx_{name}": "own"}
    assert said(both).find(name) == ("own", f"ansible_vvx_{name}")
    assert said({usual: "usual"}).find(name) == ("usual", usual)


@pytest.mark.parametrize("name", CONNECTION.argument_spec)
def test_every_option_has_a_variable_of_its_own(name: str) -> None:
    assert said({f"ansible_vvx_{name}": "x"}, set_by_user=()).find(name) == ("x", f"ansible_vvx_{name}")


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_value_counts_as_unset(empty: str | None) -> None:
    options = said({"ansible_vvx_username": empty, "ansible_user": empty}, remote_user="User")
    assert options.find("username") == ("User", "remote_user")
    assert said({"ansible_password": empty}, password=empty).find("password") is None


@pytest.mark.parametrize("name", ["ansible_vvx_timeout", "ansible_port"])
def test_a_variable_that_cannot_be_templated_is_named(name: str) -> None:
    def undefined(_value: Any) -> Any:
        raise ValueError("'nowhere' is undefined. zq-secret")

    options = said({name: "{{ nowhere }}"}, template=undefined)
    with pytest.raises(SettingsError) as caught:
        options.complete({}, CONNECTION.argument_spec)
    assert caught.value.message == f"the variable {name} can't be templated, because 'nowhere' is undefined."
    assert caught.value.remedy == "Correct the variables of this host."


def test_false_and_zero_are_values() -> None:
    options = said({"ansible_vvx_use_ssl": False, "ansible_vvx_retries": 0})
    assert options.find("use_ssl") == (False, "ansible_vvx_use_ssl")
    assert options.find("retries") == (0, "ansible_vvx_retries")


def test_what_ansible_adds_is_not_used() -> None:
    """Under delegation, address, port and user are those of the jump host."""
    variables = {"inventory_hostname": "phone", "ansible_host": "jump", "ansible_port": 22, "ansible_user": "root"}
    options, sources = said(variables, set_by_user={"inventory_hostname"}).complete({}, CONNECTION.argument_spec)
    assert options == {"host": "phone"} and sources == {"host": "inventory_hostname"}


def test_the_hosts_name_is_the_last_source_of_the_address() -> None:
    assert said({"inventory_hostname": "phone", "ansible_host": "192.0.2.1"}).find("host") == (
        "192.0.2.1",
        "ansible_host",
    )


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
def test_the_controller_is_not_taken_for_a_phone(name: str) -> None:
    assert said({"inventory_hostname": name}).find("host") is None
    assert said({"inventory_hostname": name, "ansible_vvx_host": "192.0.2.1"}).find("host") is not None


def test_user_and_password_of_the_command_line_are_the_last_source() -> None:
    options = said({}, remote_user="User", password="-k")
    assert options.find("username") == ("User", "remote_user")
    assert options.find("password") == ("-k", "connection password")
    assert said({"ansible_password": "own"}, password="-k").find("password") == ("own", "ansible_password")


@pytest.mark.parametrize(
    "variables", [{}, {"ansible_user": "root"}, {"ansible_vvx_username": "", "ansible_user": "root"}]
)
def test_root_is_no_phones_account(variables: dict[str, str]) -> None:
    """AWX says ``-u root`` to jobs without a user, and phones would count it as a refused login."""
    assert said(variables, remote_user="root").find("username") is None
    assert said({**variables, "ansible_user": "User"}, remote_user="root").find("username") == ("User", "ansible_user")
    assert said({**variables, "ansible_vvx_username": "root"}).find("username") == ("root", "ansible_vvx_username")
    assert said({"ansible_password": "root"}).find("password") == ("root", "ansible_password")


@pytest.mark.parametrize("text", ["{{ vault_password }}", "{% if a %}b{% endif %}", "#jinja2: trim_blocks:True\nx"])
def test_only_templates_are_templated(text: str) -> None:
    assert said({"ansible_password": text}, template=str.upper).find("password") == (text.upper(), "ansible_password")
    assert said({"ansible_password": "pass}word"}).find("password") == ("pass}word", "ansible_password")


@pytest.mark.parametrize("name", ["ansible_password", "ansible_ssh_password", "ansible_ssh_pass"])
def test_variables_that_the_connections_password_comes_from(name: str) -> None:
    assert has_password({name: "x"}) and not has_password({"ansible_vvx_password": "x", "ansible_user": "y"})


def test_values_are_plain() -> None:
    class Tagged(str):
        pass

    found = said({"ansible_password": Tagged("x")}).find("password")
    assert found is not None and found.value == "x" and not isinstance(found.value, Tagged)
