# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of host variables for everybody to see."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.template import Templar
from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.connection_options import ConnectionOptions
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.host_values import HostValues

SECRET = [("default", VaultSecret(b"zq-vault-password"))]


class Counted:
    """Templates, and how many."""

    def __init__(self, variables: dict[str, Any]) -> None:
        self.templar, self.count = Templar(loader=DataLoader(), variables=variables), 0

    def __call__(self, value: Any) -> Any:
        self.count += 1
        return self.templar.template(value)


def trusted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: trusted(part) for key, part in value.items()}
    return _ansible.as_trusted(value) if isinstance(value, str) else value


def shown(path: str, variables: dict[str, Any]) -> tuple[Any, list[str], int]:
    variables = trusted(variables)
    template = Counted(variables)
    values = HostValues({"Room": path.split(".")})
    found = values.of("berlin", ConnectionOptions(variables, variables, template))
    return found["Room"], values.warnings("columns"), template.count


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("2.17", "2.17"),
        (217, 217),
        (True, True),
        (None, None),
        ("", None),
        (["a", 1], ["a", 1]),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        ("a\x1b[31mb", "a[31mb"),
        ("ftp://me:zq-secret@10.0.0.1/x", "ftp://***@10.0.0.1/x"),
        ("x" * 1000, "x" * 500),
    ],
)
def test_what_is_no_template_is_not_templated(value: Any, cell: Any) -> None:
    found, warnings, templates = shown("room", {"room": value})
    assert found == cell or (isinstance(value, str) and "\x1b" in value and "\x1b" not in found)
    assert templates == (1 if isinstance(value, (list, datetime.date)) else 0)
    assert len(warnings) == (cell is None)


def test_templates_and_keys() -> None:
    variables = {"floor": 2, "room": "{{ floor }}.17", "location": {"room": "{{ room }}", "deep": {"2nd": "x"}}}
    assert shown("room", variables)[0] == shown("location.room", variables)[0] == "2.17"
    assert shown("location.deep.2nd", variables)[:2] == ("x", [])
    assert shown("location.nothing", variables)[0] is None and shown("room.nothing", variables)[0] is None


def test_what_can_not_be_shown_is_empty_and_told_by_host_and_variable() -> None:
    cell, warnings, _count = shown("room", {"room": "{{ no_such }}"})
    assert cell is None and warnings == [
        "columns: Room is empty for 1 phone (berlin): the variable room can't be templated, because 'no_such' is "
        "undefined."
    ]
    assert "is a dictionary" in shown("room", {"room": {"a": 1}})[1][0]
    assert "no phone of this run has the variable rooom" in shown("rooom", {"room": 1})[1][0]


def test_one_warning_for_many_hosts() -> None:
    variables = trusted({"room": "{{ no_such }}"})
    values = HostValues({"Room": ["room"]})
    said = ConnectionOptions(variables, variables, Counted(variables))
    for number in range(100):
        values.of(f"phone-{number}", said)
    (warning,) = values.warnings("columns")
    assert "100 phones (phone-0, phone-1, phone-2, phone-3, phone-4 and 95 more)" in warning


def test_no_secret_gets_through(tmp_path: Path) -> None:
    vault = VaultLib(SECRET)
    loader = DataLoader()
    loader.set_vault_secrets(SECRET)
    sealed = vault.encrypt("zq-inline", SECRET[0][1]).decode().replace("\n", "\n  ")
    (tmp_path / "clear.yml").write_text(
        f"inline: !vault |\n  {sealed}\nsip: {{password: zq-inline, room: 5}}\nthrough: '{{{{ inline }}}}'\n"
        "twice: 'Room {{ through }}'\nhidden: '{{ sip.password }}'\nother: '{{ sip[\"password\"] | upper }}'\n"
        "open: '{{ sip.room }}'\nlisted: ['{{ in_file }}']\n",
        encoding="utf-8",
    )
    (tmp_path / "vault.yml").write_bytes(vault.encrypt("in_file: zq-in-file\n", SECRET[0][1]))
    variables: dict[str, Any] = {}
    for name in ("clear", "vault"):
        variables |= _ansible.load_variables(loader, str(tmp_path / f"{name}.yml"))
    template = Templar(loader=loader, variables=variables).template
    said = ConnectionOptions(variables, variables, template)
    secret = ["inline", "in_file", "through", "twice", "hidden", "other", "listed"]
    values = HostValues({name: [name] for name in (*secret, "open")})
    found = values.of("berlin", said)
    assert {**found, "open": str(found["open"])} == {**dict.fromkeys(secret), "open": "5"}
    assert len(values.warnings("columns")) == len(secret)
    assert "zq-" not in str(values.warnings("columns"))
