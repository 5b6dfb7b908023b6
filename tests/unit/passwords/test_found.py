# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vault file of what was found: what Ansible reads from it, and what stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultSecret
from ansible.template import Templar
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible
from ansible_collections.polycom.vvx.plugins.plugin_utils._passwords.found import FoundFile

ODD = {
    **{"digits": "0123", "yes": "yes", "template": "a{{ 1 + 1 }}b", "block": "{% raw %}", "space": " x ", "null": "~"},
    **{"colon": "a: #b", "quotes": "'\"\\", "umlaut": "Käse", "beyond": "\U0001f4de", "1001": "1e3", "no: 1": "x"},
}


def loader() -> DataLoader:
    made = DataLoader()
    made.set_vault_secrets([("default", VaultSecret(b"open sesame"))])
    return made


def test_ansible_reads_each_password_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "found.yml"
    assert FoundFile(str(path), loader()).merge(ODD) == (True, len(ODD))
    assert path.read_bytes().startswith(b"$ANSIBLE_VAULT;") and stat.S_IMODE(path.stat().st_mode) == 0o600
    read = _ansible.load_variables(loader(), str(path))
    assert read == {"vvx_found_passwords": ODD}
    templar = Templar(loader=loader(), variables={**read, "mine": "{{ vvx_found_passwords['template'] }}"})
    assert templar.template(read["vvx_found_passwords"]["template"]) == ODD["template"]
    assert FoundFile(str(path), loader()).merge(ODD) == (False, len(ODD))


def test_what_it_has_of_other_phones_stays(tmp_path: Path) -> None:
    path = tmp_path / "found.yml"
    FoundFile(str(path), loader()).merge({"a": "old", "b": "kept"})
    path.chmod(0o644)
    before = path.read_bytes()
    assert FoundFile(str(path), loader()).merge({}) == (False, 2) and path.read_bytes() == before
    assert FoundFile(str(path), loader()).merge({"a": "new", "c": "more"}) == (True, 3)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [each.name for each in tmp_path.iterdir()] == ["found.yml"]
    held = _ansible.load_variables(loader(), str(path))["vvx_found_passwords"]
    assert held == {"a": "new", "b": "kept", "c": "more"}


def test_nothing_found_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "found.yml"
    assert FoundFile(str(path), loader()).merge({}) == (False, 0) and not path.exists()


def test_a_file_that_changes_meanwhile_is_read_once_more(tmp_path: Path) -> None:
    path = tmp_path / "found.yml"
    one, other = FoundFile(str(path), loader()), FoundFile(str(path), loader())
    one.merge({"a": "first"})
    assert other.merge({"b": "second"}) == (True, 2)


def test_without_a_vault_secret_it_can_not_be_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no vault password"):
        FoundFile(str(tmp_path / "found.yml"), DataLoader())
