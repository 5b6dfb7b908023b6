#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_rotate
version_added: 0.1.0
short_description: Give a Polycom VVX phone its next admin password, and say which of the two it has
description:
  - A phone has O(password) or O(password_next). The task finds out which, with one attempt for each at most, and gives
    it O(password_next) if it does not have it yet. Then it proves that this one works.
  - It tries first what the phone took or was about to get in the latest run. A phone that has O(password_next) costs
    one request. Before it sends a password to the phone, the task writes down that it is about to do so (see
    C(state_path) of M(polycom.vvx.vvx_config)). So a run after one that was cut off, at whatever point, finds out which
    password the phone has.
  - In a rollout that M(polycom.vvx.vvx_rotate_rollout) has prepared, it changes the phones of the wave, with the
    options of the rollout, and keeps the journal. Without one, it can be part of a playbook of your own.
  - It changes the account C(Polycom). For the account C(User), use M(polycom.vvx.vvx_password).
  - The phone may restart for the change, so it does not happen during a call, unless O(when_busy) says so.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Keeps the journal of a rollout on the controller.
options:
  min_length:
    description:
      - Shortest password to allow. The phone's own limit (C(sec.pwd.length.admin)) applies as well.
    type: int
    default: 8
  next_first:
    description:
      - Whether to try O(password_next) first. Leave it out; the controller sets it for a task that is delegated to
        another host.
    type: bool
    default: false
  when_busy:
    description:
      - What to do with a phone in a call. V(wait) waits up to O(busy_timeout) seconds for it to end, then fails.
        V(skip) leaves the phone as it is. V(fail) fails. V(proceed) does not look for calls.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait for a call to end, with O(when_busy=wait).
    type: float
    default: 600.0
  wait_timeout:
    description:
      - Seconds to wait for a phone that restarts for the change.
    type: float
    default: 300.0
  wait_for_lines:
    description:
      - Whether the task fails if lines that were registered before are not registered after the change.
    type: bool
    default: true
  lines_delay:
    description:
      - Seconds that a phone gets to begin a restart, or to register anew, before its lines are looked at.
    type: float
    default: 5.0
seealso:
  - module: polycom.vvx.vvx_rotate_rollout
  - module: polycom.vvx.vvx_password
"""

EXAMPLES = r"""
# group_vars/phones/vars.yml: ansible_password is the password before.
# ansible_vvx_password_next: "{{ vault_next_passwords[inventory_hostname] }}"
- name: Give each phone its next password
  polycom.vvx.vvx_rotate:
"""

RETURN = r"""
generation:
  description:
    - Which password the phone has at the end, as tried, V(next) or V(before). V(unknown) if it refuses both, or did not
      answer.
    - In check mode, V(before) if the task would change the password.
  returned: when the phone was to be asked
  type: str
  sample: next
lines_before:
  description: The lines that were registered before the change.
  returned: when the password was sent
  type: list
  elements: int
  sample: [1]
wave:
  description: The wave of the rollout that the phone is in.
  returned: in a rollout, when the phone was begun
  type: int
  sample: 1
not_begun:
  description: Why the rollout has stopped before this phone.
  returned: in a rollout, when it has stopped
  type: str
  sample: 2 of 10 phones failed in wave 2, where more than 1 may not
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 12
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: authentication_failed
    host: 192.0.2.11
    http_status: 401
    status: null
    endpoint: POST /api/v1/mgmt/config/get
"""

from ..module_utils import _module
from ..module_utils._operations import rotate


def main() -> None:
    _module.run(rotate.run, rotate.SPEC)


if __name__ == "__main__":
    main()
