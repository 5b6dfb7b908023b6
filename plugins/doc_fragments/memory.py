# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the controller's memory of secrets."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state_path:
    description:
      - Folder on the controller in which to remember which secrets were written to which phone, as keyed digests. Set
        it where the user's home does not last, for instance to a folder that AWX mounts into execution environments.
      - The default is C(polycom.vvx) below E(XDG_STATE_HOME) or C(~/.local/state), unless that belongs to a container
        or is in memory.
      - A relative path starts in the folder of the project, which is the nearest one above the inventory with an
        C(ansible.cfg) or a Git repository, or else that of the inventory.
      - If not set, comes from C(ansible_vvx_state_path) or E(VVX_STATE_PATH).
    type: path
  secrets_key:
    description:
      - The key of these digests, a random text of at least 16 characters. Keep it in a vault file. All controllers that
        share O(state_path) need the same key; with another key, nothing is remembered.
      - The default is a key file of mode 0600, made when it is first needed, C(polycom.vvx/secrets.key) below
        E(XDG_CONFIG_HOME) or C(~/.config).
      - If not set, comes from C(ansible_vvx_secrets_key) or E(VVX_SECRETS_KEY).
    type: str
"""
