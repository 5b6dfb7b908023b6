#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_restart
version_added: 0.1.0
short_description: Restart a Polycom VVX phone when nobody is using it, and wait until it is back
description:
  - Looks whether the phone is in a call, restarts it, and waits until it has gone down, has come back and is ready to be used.
  - That it restarted is proved, not assumed. The uptime has to begin anew; for O(mode=restart) it is enough that the phone
    went away and came back, because the application alone may restart without touching the uptime.
  - That the same phone came back is checked by its MAC address.
  - With C(-v), the task says what it waits for while it waits.
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
      - Wait also until the lines that were registered before are registered again.
    type: bool
    default: false
notes:
  - A phone that restarts keeps a worker of Ansible waiting. Raise C(forks) to restart many at a time, or run the task in the background with
    C(async), C(poll) and C(delegate_to=localhost).
seealso:
  - module: polycom.vvx.vvx_config
    description: Restarts the phone by itself when a change needs it, with the option O(polycom.vvx.vvx_config#module:restart).
  - module: polycom.vvx.vvx_reset
"""

EXAMPLES = r"""
- name: Restart the phone as soon as nobody is using it
  polycom.vvx.vvx_restart:

- name: Reboot the phone if it is idle, and wait until it can be called again
  polycom.vvx.vvx_restart:
    mode: reboot
    when_busy: skip
    wait_for_lines: true
    wait_timeout: 600
"""

RETURN = r"""
uptime_before:
  description: Seconds that the phone had been up before.
  returned: when the phone was (or would be) told to restart
  type: int
  sample: 273906
uptime_after:
  description: Seconds that it is up now.
  returned: when it has been restarted and is ready
  type: int
  sample: 41
elapsed:
  description: Seconds that it took in all, waiting for people included.
  returned: when the phone answered
  type: float
  sample: 93.4
requests:
  description: How many requests were sent to the phone. While it is down, each look counts, too.
  returned: when the phone answered
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
    http_status: null
    status: null
    endpoint: null
    message: '192.0.2.11: the phone came back, but did not register line 1 within 300 s.'
    remedy: Check the lines' servers and credentials, or raise wait_timeout.
"""

from ..module_utils import _module
from ..module_utils._operations import restart


def main() -> None:
    _module.run(restart.run, restart.SPEC)


if __name__ == "__main__":
    main()
