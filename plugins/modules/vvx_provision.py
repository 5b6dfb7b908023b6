#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_provision
version_added: 0.1.0
short_description: Have a Polycom VVX phone fetch its configuration again
description:
  - Tells the phone to fetch its configuration from the provisioning server again, and waits to see whether it restarts for what is new.
  - A phone does not tell whether anything was new. That it was told to fetch it counts as a change.
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
      - What to do while the phone is in a call, since it may restart. V(wait) waits until it is idle, for O(busy_timeout) seconds at most, and fails
        then. V(skip) leaves the phone alone, and the task is I(skipped) for it. V(fail) fails at once. V(proceed) gives the order all the same; the
        phone itself then waits for the call to end before it restarts.
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
      - Seconds to see whether the phone goes down.
    type: float
    default: 30.0
  wait_timeout:
    description:
      - Seconds that the phone has to come back and to be ready, if it goes down.
    type: float
    default: 300.0
seealso:
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Fetch what is new on the provisioning server, when nobody is in a call
  polycom.vvx.vvx_provision:
    watch: 3
"""

RETURN = r"""
restarted:
  description: Whether the phone has restarted for what was new.
  returned: when the phone answered
  type: bool
  sample: false
elapsed:
  description: Seconds that it took.
  returned: when the phone answered
  type: float
  sample: 30.4
requests:
  description: HTTP requests that were sent to the phone.
  returned: success
  type: int
  sample: 5
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: not_supported
    http_status: 404
    status: null
    endpoint: POST /api/v1/mgmt/updateConfiguration
    message: '192.0.2.11: the phone does not have POST /api/v1/mgmt/updateConfiguration.'
    remedy: UC Software has this call since 5.9; the phone's firmware is older.
"""

from ..module_utils import _module
from ..module_utils._operations import provision


def main() -> None:
    _module.run(provision.run, provision.SPEC)


if __name__ == "__main__":
    main()
