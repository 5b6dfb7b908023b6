#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_reset
version_added: 0.1.0
short_description: Clear a configuration layer of a Polycom VVX phone, or reset it to factory defaults
description:
  - A phone builds its configuration from layers. Values set over REST or in the web interface (V(web)) and in the
    phone's menu (V(local)) override the provisioning server. Over REST, only clearing the whole layer removes them.
  - The phone then restarts, and the task waits for it as M(polycom.vvx.vvx_restart) does.
  - If the reset removes what this collection needs to reach the phone, the REST API or the admin password, the task
    warns before (in check mode) and after. An expected loss of contact is not a failure.
  - After a reset of the layer C(device), M(polycom.vvx.vvx_config) no longer remembers having written secrets to the
    phone, and writes them again.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
  - polycom.vvx.interruption
  - polycom.vvx.memory
options:
  scope:
    description:
      - What to clear. V(local) is what was set in the phone's menu, V(web) what was set over REST or in the web
        interface (everything that M(polycom.vvx.vvx_config) wrote, except C(device.*)), V(device) the parameters
        C(device.*) in flash memory, V(cloud) what the cloud service set (UC Software 6.0 or later).
      - V(all) is V(local), V(web) and V(device) together. V(factory) is the factory reset.
    type: str
    choices: [local, web, device, cloud, all, factory]
    required: true
  confirm:
    description:
      - Must be V(true) for O(scope=all) and O(scope=factory).
    type: bool
    default: false
  only_if_overridden:
    description:
      - Parameter names. Reset the phone only if at least one of them gets its value from a layer that O(scope) clears.
        Without names, every run resets the phone.
    type: list
    elements: str
    default: []
seealso:
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Return to the provisioning server's labels
  polycom.vvx.vvx_reset:
    scope: web
    only_if_overridden:
      - reg.1.label
      - reg.2.label

- name: Clear settings made in the phone's menu, unless the phone is in a call
  polycom.vvx.vvx_reset:
    scope: local
    when_busy: skip

- name: Reset the phone to factory defaults
  polycom.vvx.vvx_reset:
    scope: factory
    confirm: true
"""

RETURN = r"""
scope:
  description: The scope, as in O(scope).
  returned: when the phone answered
  type: str
  sample: web
cleared:
  description: Layers that were (or would be) cleared. Empty if nothing was to clear.
  returned: when the phone answered
  type: list
  elements: str
  sample: [web]
overridden:
  description: Parameters of O(only_if_overridden) that a cleared layer sets, each with that layer.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: web
expected:
  description: What the reset removes, in words; the same texts as the warnings.
  returned: when the phone answered
  type: list
  elements: str
  sample: []
answers:
  description: Whether the phone answered after the reset. False without a failure if that was expected.
  returned: when the phone answered
  type: bool
  sample: true
elapsed:
  description: Seconds the task took, waiting for calls to end included.
  returned: when the phone answered
  type: float
  sample: 97.2
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 23
error:
  description:
    - What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
    - RV(ignore:error.kind) may also be C(in_call), C(not_ready) or C(other_phone).
  returned: failure
  type: dict
  sample:
    kind: in_call
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import reset


def main() -> None:
    _module.run(reset.run, reset.SPEC)


if __name__ == "__main__":
    main()
