#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_reset
version_added: 0.1.0
short_description: Clear a layer of the configuration of a Polycom VVX phone, or reset it to factory defaults
description:
  - A phone puts its configuration together from layers. What is set over REST or in the web interface (V(web)) and in the phone's
    menu (V(local)) hides what the provisioning server says. Clearing such a layer is the only way to get rid of it over REST.
  - The phone restarts afterwards, and is awaited as M(polycom.vvx.vvx_restart) does it.
  - Where the reset takes along what this collection needs to reach the phone, the REST API or the admin password, the task says so
    before (in check mode) and after. A phone that then does not answer, as foretold, is no failure.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
  - polycom.vvx.interruption
options:
  scope:
    description:
      - What to clear. V(local) is what was set in the phone's menu, V(web) what was set over REST or in the web interface (so all that
        M(polycom.vvx.vvx_config) has ever written, parameters C(device.*) excepted), V(device) the parameters C(device.*) in flash memory, V(cloud) what the
        cloud service has set (UC Software 6.0 or later).
      - V(all) is V(local), V(web) and V(device) together. V(factory) is the factory reset.
    type: str
    choices: [local, web, device, cloud, all, factory]
    required: true
  confirm:
    description:
      - Has to be V(true) for O(scope=all) and O(scope=factory).
    type: bool
    default: false
  only_if_overridden:
    description:
      - Names of parameters. The phone is reset only if the value of at least one of them comes from a layer that O(scope) clears. Without
        names, the phone is reset each time the task runs.
    type: list
    elements: str
    default: []
seealso:
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Let the provisioning server's labels show again
  polycom.vvx.vvx_reset:
    scope: web
    only_if_overridden:
      - reg.1.label
      - reg.2.label

- name: Take back what people have set in the phone's menu, unless somebody is in a call
  polycom.vvx.vvx_reset:
    scope: local
    when_busy: skip

- name: Reset the phone to factory defaults before it is handed on
  polycom.vvx.vvx_reset:
    scope: factory
    confirm: true
"""

RETURN = r"""
scope:
  description: The option O(scope).
  returned: when the phone answered
  type: str
  sample: web
cleared:
  description: The layers that were (or would be) cleared. Empty if there was nothing to do.
  returned: when the phone answered
  type: list
  elements: str
  sample: [web]
overridden:
  description: Those parameters of O(only_if_overridden) that a layer to be cleared has set, with the name of the layer.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: web
expected:
  description: What the reset takes along, in words. The same texts are shown as warnings.
  returned: when the phone answered
  type: list
  elements: str
  sample: []
answers:
  description: Whether the phone answered after the reset. False without a failure if that was to be expected.
  returned: when the phone answered
  type: bool
  sample: true
elapsed:
  description: Seconds that it took in all, waiting for people included.
  returned: when the phone answered
  type: float
  sample: 97.2
requests:
  description: How many requests were sent to the phone. While it is down, each look counts, too.
  returned: when the phone answered
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
    http_status: null
    status: null
    endpoint: null
    message: '192.0.2.11: the phone is in a call (Active call duration 5 mins 25 secs), and was not interrupted.'
    remedy: 'Try again later, or set when_busy: wait with a longer busy_timeout, or when_busy: proceed.'
"""

from ..module_utils import _module
from ..module_utils._operations import reset


def main() -> None:
    _module.run(reset.run, reset.SPEC)


if __name__ == "__main__":
    main()
