# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are encrypted as ``ansible-vault encrypt`` does it, with the vault secret of the run.

What is to be encrypted is in memory only: it is never in a file in clear, also not in a temporary one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, match_encrypt_secret

from ..module_utils._phone.errors import SettingsError
from ..module_utils._text import clean
from . import _ansible

HEAD = b"$ANSIBLE_VAULT"
"""How an encrypted file begins."""


class Vault:
    """The vault secrets of a run. Making one raises SettingsError if there is none to encrypt with, so make it before
    anything else is done. ``loader``: the ``_loader`` of an action."""

    def __init__(self, loader: Any) -> None:
        secrets = _ansible.vault_secrets(loader)
        self._identity, self._secret = _chosen(secrets)
        self._vault = VaultLib(secrets)

    def seal(self, text: str, before: bytes | None = None) -> bytes:
        """The text encrypted. ``before``: what the file holds now; kept if it holds this text, because a text is
        encrypted to other bytes each time."""
        if before is not None and before.startswith(HEAD):
            try:
                if self._vault.decrypt(before) == text.encode():
                    return before
            except AnsibleError:
                pass  # another secret, or damaged
        sealed: bytes = self._vault.encrypt(text, self._secret, vault_id=self._identity)
        return sealed

    def open(self, data: bytes, path: str) -> str:
        """The text of an encrypted file. ``path``: of the file, for messages. Raises SettingsError, also for a file
        that is not encrypted."""
        if not data.startswith(HEAD):
            raise SettingsError(
                f"{path} is not encrypted.",
                remedy=f"Encrypt it (ansible-vault encrypt {path}), or choose another file.",
            )
        try:
            return bytes(self._vault.decrypt(data)).decode()
        except (AnsibleError, UnicodeDecodeError):
            raise SettingsError(
                f"{path} can't be decrypted with the vault secrets of this run.",
                remedy="Give the vault password that it was encrypted with, or choose another file.",
            ) from None


def _chosen(secrets: Sequence[tuple[str, Any]]) -> tuple[str, Any]:
    """Vault id and secret to encrypt with, chosen as ansible-vault does. Raises SettingsError."""
    if not secrets:
        raise SettingsError(
            "there are secrets to write, and this run has no vault password to encrypt them with. Nothing was written.",
            remedy="Add --ask-vault-pass, --vault-password-file or --vault-id.",
        )
    wanted = constants.DEFAULT_VAULT_ENCRYPT_IDENTITY
    if not wanted and len({identity for identity, _secret in secrets}) > 1:
        raise SettingsError(
            f"this run has several vault ids ({', '.join(clean(identity, 40) for identity, _secret in secrets)}), and "
            "it is not known which one to encrypt with. Nothing was written.",
            remedy="Set vault_encrypt_identity in ansible.cfg, or ANSIBLE_VAULT_ENCRYPT_IDENTITY.",
        )
    try:
        identity, secret = match_encrypt_secret(list(secrets), encrypt_vault_id=wanted)
    except AnsibleError:
        raise SettingsError(
            f"vault_encrypt_identity is {clean(wanted, 40)}, and this run has no secret for this vault id. Nothing was "
            "written.",
            remedy="Add it with --vault-id.",
        ) from None
    return str(identity), secret
