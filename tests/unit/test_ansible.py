# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this collection uses of ansible-core without a promise, and what happens where it is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.filter.cfg import parameter_defaults
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible
from ansible_collections.polycom.vvx.plugins.plugin_utils._values import as_data, plain

from support import firmware

PACKAGE = "ansible_collections.polycom.vvx.plugins"


class Connection:
    def __init__(self, **options: Any) -> None:
        self.options = options

    def get_option(self, name: str) -> Any:
        return self.options[name]


def action(**members: Any) -> SimpleNamespace:
    return SimpleNamespace(**members)


@pytest.mark.parametrize("version", ["2.15.13", "2.9.27", "1.0"])
def test_a_core_that_is_too_old_is_refused(version: str) -> None:
    with pytest.raises(SettingsError, match=rf"requires ansible-core 2\.16 or later, and this is {version}") as refused:
        _ansible.refuse_old_core(version)
    assert refused.value.remedy == "Update it."
    assert _ansible.complaint(version) == f"{refused.value.message} Update it."


@pytest.mark.parametrize("version", ["2.16.0", "2.21.0rc1", "2.22.0.dev0", "3.0", "unknown"])
def test_later_cores_are_not_refused(version: str) -> None:
    _ansible.refuse_old_core(version)
    assert _ansible.complaint(version) == ""


@pytest.mark.parametrize("library", ["requests", "urllib3", "certifi"])
def test_the_library_that_is_missing_is_named(library: str) -> None:
    code = (
        f"import sys; sys.modules['{library}'] = None\n"
        f"from {PACKAGE}.module_utils._phone import session\n"
        "print(session.MISSING_LIBRARY)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == library


def test_password_and_address_come_from_the_play_context() -> None:
    known = action(_play_context=SimpleNamespace(password="p", remote_addr="192.0.2.1"), _connection=Connection())
    assert (_ansible.connection_password(known), _ansible.connection_address(known)) == ("p", "192.0.2.1")
    empty = action(_play_context=SimpleNamespace(password=None, remote_addr=None), _connection=Connection())
    assert (_ansible.connection_password(empty), _ansible.connection_address(empty)) == (None, None)


def test_without_a_play_context_they_are_options_of_the_connection() -> None:
    known = action(_connection=Connection(password="p", host="192.0.2.1"))
    assert (_ansible.connection_password(known), _ansible.connection_address(known)) == ("p", "192.0.2.1")
    assert _ansible.connection_address(Connection(host="192.0.2.1")) == "192.0.2.1"
    local = action(_connection=Connection())
    assert (_ansible.connection_password(local), _ansible.connection_address(local)) == (None, None)


def test_without_a_variable_manager_fleet_tasks_say_so() -> None:
    with pytest.raises(SettingsError, match="variables of all hosts"):
        _ansible.task_variables({}, "one", None, None)


def test_names_of_variables_without_raw_get() -> None:
    assert set(_ansible.variable_names({"one": {"a": 1, "b": 2}}, "one")) == {"a", "b"}
    assert _ansible.role_variable_names(action()) == set()
    assert _ansible.variables_files(action()) == []


def test_variables_of_a_delegate() -> None:
    task_vars = {"ansible_delegated_vars": {"jump": {"ansible_password": "x"}}}
    assert _ansible.delegate_variables(task_vars, "jump") == {"ansible_password": "x"}
    assert _ansible.delegate_variables(task_vars, None) == {} == _ansible.delegate_variables({}, "jump")


def test_the_command_line_of_the_playbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ansible, "context", action(CLIARGS={"subset": "phones", "check": True}))
    assert _ansible.is_limited() and _ansible.is_check_run()
    for args in ({}, {"subset": None, "check": False}):
        monkeypatch.setattr(_ansible, "context", action(CLIARGS=args))
        assert not _ansible.is_limited() and not _ansible.is_check_run()
    monkeypatch.setattr(_ansible, "context", action())
    assert not _ansible.is_limited() and not _ansible.is_check_run()


@pytest.mark.parametrize("check", [False, True])
def test_a_filter_stores_no_schema_in_check_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: bool) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(_ansible, "context", action(CLIARGS={"check": check}))
    found = parameter_defaults(["firmware.new.volume"], str(firmware.schema(tmp_path)))
    assert found == {"firmware.new.volume": "-10"} and (tmp_path / "cache").exists() is not check


def test_texts_from_elsewhere_never_become_templates() -> None:
    """Judged by Ansible itself, as it would template a host's variable."""
    from ansible.parsing.dataloader import DataLoader
    from ansible.template import Templar

    value = as_data({"name": "{{ 6 * 7 }}", "list": ["{% if true %}x{% endif %}", "plain"], "number": 1})
    templar = Templar(loader=DataLoader(), variables={"value": value})
    rendered = plain(templar.template(value))
    assert rendered == {"name": "{{ 6 * 7 }}", "list": ["{% if true %}x{% endif %}", "plain"], "number": 1}


def test_importing_the_filters_does_not_import_the_doors() -> None:
    """TLS contexts, which the doors build when they are imported, take longer than a filter."""
    doors = "[name for name in sys.modules if '_doors' in name or name == 'requests']"
    code = f"import sys, {PACKAGE}.filter.cfg; print({doors})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Positioned(str):
    ansible_pos: object = None


@pytest.mark.parametrize(
    ("position", "expected"),
    [(("/srv/all.yml", 3, 5), ("/srv/all.yml", 3)), ((None, 3, 5), None), (("<string>", 1, 1), None), (None, None)],
)
def test_older_cores_know_the_places_of_texts(
    monkeypatch: pytest.MonkeyPatch, position: object, expected: object
) -> None:
    monkeypatch.setattr(_ansible, "_Origin", None)
    text = Positioned("x")
    text.ansible_pos = position
    assert _ansible.origin(text) == expected and _ansible.origin("x") is _ansible.origin(5) is None


@pytest.mark.parametrize(
    ("path", "description", "line", "expected"),
    [
        ("/srv/all.yml", None, 3, ("/srv/all.yml", 3)),
        ("/srv/hosts", None, 0, ("/srv/hosts", None)),
        (None, "<CLI option '-e'>", None, ("-e", None)),
        (None, "<inventory plugin 'polycom.vvx.vvx' with source '/srv/my.vvx.yml'>", None, ("/srv/my.vvx.yml", None)),
        (None, "<unknown>", None, None),
    ],
)
def test_newer_cores_know_the_places_of_all_values(
    monkeypatch: pytest.MonkeyPatch, path: object, description: object, line: object, expected: object
) -> None:
    tag = SimpleNamespace(path=path, description=description, line_num=line)
    monkeypatch.setattr(_ansible, "_Origin", SimpleNamespace(get_tag=lambda value: tag if value == "x" else None))
    assert _ansible.origin("x") == expected and _ansible.origin("y") is None
