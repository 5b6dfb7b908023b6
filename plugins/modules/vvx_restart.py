#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_restart
version_added: 0.1.0
short_description: Restart a Polycom VVX phone when it is idle, and wait until it is back
description:
  - Checks that the phone is in no call, restarts it, and waits until it has gone down, is back and is ready.
  - Proves the restart. The uptime must start over; for O(mode=restart), it is enough that the phone went down and came
    back, because an application restart may keep the uptime.
  - Checks by MAC address that the same phone came back.
  - With C(-v), the task shows what it is waiting for.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
  - polycom.vvx.interruption
options:
  mode:
    description:
      - V(restart) restarts the phone's application, V(reboot) the whole phone.
    type: str
    choices: [restart, reboot]
    default: restart
  wait_for_lines:
    description:
      - Whether to wait also until all previously registered lines are registered again.
    type: bool
    default: false
notes:
  - Each restarting phone occupies an Ansible worker. Raise C(forks) to restart many at once, or run the task in the
    background with C(async), C(poll) and C(delegate_to=localhost).
seealso:
  - module: polycom.vvx.vvx_config
    description: Restarts the phone if a change requires it; see O(polycom.vvx.vvx_config#module:restart).
  - module: polycom.vvx.vvx_reset
"""

EXAMPLES = r"""
- name: Restart the phone as soon as it is idle
  polycom.vvx.vvx_restart:

- name: Reboot the phone if it is idle, and wait until its lines are registered
  polycom.vvx.vvx_restart:
    mode: reboot
    when_busy: skip
    wait_for_lines: true
    wait_timeout: 600
"""

RETURN = r"""
uptime_before:
  description: Uptime in seconds before the restart.
  returned: when the phone was (or would be) restarted
  type: int
  sample: 273906
uptime_after:
  description: Uptime in seconds after it.
  returned: when the phone is back and ready
  type: int
  sample: 41
elapsed:
  description: Seconds the task took, waiting for calls to end included.
  returned: when the phone answered
  type: float
  sample: 93.4
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 21
error:
  description:
    - What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
    - RV(ignore:error.kind) may also be C(in_call), C(not_restarted), C(not_ready), C(not_registered) or C(other_phone).
  returned: failure
  type: dict
  sample:
    kind: not_registered
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import restart


def main() -> None:
    _module.run(restart.run, restart.SPEC)


if __name__ == "__main__":
    main()
