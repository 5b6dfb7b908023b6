#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_provision
version_added: 0.1.0
short_description: Make a Polycom VVX phone fetch its configuration again
description:
  - Makes the phone fetch its configuration from the provisioning server again, and watches whether it restarts.
  - Always reports a change, because phones do not report whether anything was new.
  - Needs UC Software 5.9 or later.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  when_busy:
    description:
      - What to do if the phone is in a call, since it may restart. V(wait) waits up to O(busy_timeout) seconds until
        the phone is idle, then fails. V(skip) skips the phone. V(fail) fails at once. V(proceed) sends the order
        anyway; the phone itself then waits for the call to end before it restarts.
      - Check mode does not wait.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait with O(when_busy=wait) until the phone is idle.
    type: float
    default: 600.0
  watch:
    description:
      - Seconds to watch whether the phone goes down.
    type: float
    default: 30.0
  wait_timeout:
    description:
      - Seconds to wait until the phone is back and ready, if it goes down.
    type: float
    default: 300.0
seealso:
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Fetch the configuration again once the phone is idle
  polycom.vvx.vvx_provision:
    watch: 3
"""

RETURN = r"""
restarted:
  description: Whether the phone restarted.
  returned: when the phone answered
  type: bool
  sample: false
provisioning_state:
  description: The phone's own code for the outcome, of which no list has been published; null if it gives none.
  returned: when the phone answered
  type: str
  sample: '0'
elapsed:
  description: Seconds the task took.
  returned: when the phone answered
  type: float
  sample: 30.4
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 5
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: not_supported
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: POST /api/v1/mgmt/updateConfiguration
"""

from ..module_utils import _module
from ..module_utils._operations import provision


def main() -> None:
    _module.run(provision.run, provision.SPEC)


if __name__ == "__main__":
    main()
