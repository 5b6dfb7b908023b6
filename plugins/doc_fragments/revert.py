# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that prepare to give phones old values back."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  inherited:
    description:
      - What to do with values that were inherited, from the provisioning server or the firmware. REST can't unset a
        parameter. With V(write), the phone has the old value again, as an override that hides what the server says from
        then on. V(leave) leaves these parameters as they are.
    type: str
    choices: [write, leave]
    default: write
  secrets:
    description:
      - Where secrets come from. Neither plans nor backups have them. V(leave) leaves them as they are on the phone.
        V(inventory) writes those of O(layers), which must have their old values again.
    type: str
    choices: [leave, inventory]
    default: leave
  restart:
    description:
      - Whether to restart phones afterwards, as in O(polycom.vvx.vvx_config#module:restart).
    type: str
    choices: [never, if_required, always]
    default: if_required
"""
