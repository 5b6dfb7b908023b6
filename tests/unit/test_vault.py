# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts encrypted with the vault secrets of a run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultSecret
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils import _vault
from ansible_collections.polycom.vvx.plugins.plugin_utils._vault import Vault

TEXT = "---\nvault_pin: 'Zq7 ü'\n"


def loader(**passwords: str) -> DataLoader:
    made = DataLoader()
    made.set_vault_secrets([(name, VaultSecret(secret.encode())) for name, secret in passwords.items()])
    return made


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_to(name: str | None) -> None:
        monkeypatch.setattr(_vault.constants, "DEFAULT_VAULT_ENCRYPT_IDENTITY", name)

    return set_to


def test_what_is_sealed_is_a_vault_file_and_opens_again() -> None:
    vault = Vault(loader(default="one"))
    sealed = vault.seal(TEXT)
    assert sealed.startswith(b"$ANSIBLE_VAULT;1.1;AES256\n") and b"Zq7" not in sealed
    assert vault.open(sealed, "vault.yml") == TEXT == Vault(loader(other="one")).open(sealed, "v.yml")


def test_the_same_text_keeps_its_bytes() -> None:
    vault = Vault(loader(default="one"))
    sealed = vault.seal(TEXT)
    assert vault.seal(TEXT, sealed) == sealed
    assert vault.open(vault.seal("other", sealed), "vault.yml") == "other"
    assert vault.open(vault.seal(TEXT, b"in clear"), "vault.yml") == TEXT
    assert vault.open(vault.seal(TEXT, sealed[:60]), "vault.yml") == TEXT
    assert Vault(loader(default="two")).seal(TEXT, sealed) != sealed


def test_without_a_secret_nothing_can_be_sealed() -> None:
    for empty in (loader(), SimpleNamespace(_vault=SimpleNamespace(secrets=None))):
        with pytest.raises(SettingsError, match=r"no vault password.*Nothing was written\.") as refused:
            Vault(empty)
        assert "--ask-vault-pass" in refused.value.remedy


def test_the_vault_id_is_chosen_as_ansible_vault_does(identity: Any) -> None:
    several = loader(prod="one", test="two")
    identity(None)
    with pytest.raises(SettingsError, match=r"several vault ids \(prod, test\)"):
        Vault(several)
    identity("test")
    sealed = Vault(several).seal(TEXT)
    assert sealed.startswith(b"$ANSIBLE_VAULT;1.2;AES256;test\n")
    assert Vault(loader(test="two")).open(sealed, "vault.yml") == TEXT
    identity("stage")
    with pytest.raises(SettingsError, match="vault_encrypt_identity is stage"):
        Vault(several)


def test_what_can_not_be_opened_says_why() -> None:
    vault = Vault(loader(default="one"))
    with pytest.raises(SettingsError, match=r"vault\.yml is not encrypted"):
        vault.open(b"---\n", "vault.yml")
    for data in (Vault(loader(default="two")).seal(TEXT), vault.seal(TEXT)[:90]):
        with pytest.raises(SettingsError, match=r"vault\.yml can't be decrypted") as refused:
            vault.open(data, "vault.yml")
        assert "Zq7" not in str(refused.value)


def test_an_ansible_core_that_hides_its_secrets_is_named() -> None:
    with pytest.raises(SettingsError, match="does not let a task use the vault secrets"):
        Vault(SimpleNamespace())
