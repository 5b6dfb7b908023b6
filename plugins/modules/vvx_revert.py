#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_revert
version_added: 0.1.0
short_description: Give a Polycom VVX phone values back that it had
description:
  - Writes the values back that M(polycom.vvx.vvx_rollback) or M(polycom.vvx.vvx_restore) has prepared earlier in the
    same run, and no others. It has the options of that task.
  - Works as M(polycom.vvx.vvx_config) does, and returns the same. Leaves a phone alone whose values have changed since
    they were read; C(error.kind) is V(stale) then.
  - Skips the phone, with the reason in C(msg), if it has nothing to get back, if the maintenance window has closed, or
    if too many phones have failed.
  - Writes to the journal, before anything is sent and when the phone is done. If the controller dies in between, the
    next run finishes the phone.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.changes
  - polycom.vvx.schema
  - polycom.vvx.connection
  - polycom.vvx.memory
attributes:
  async:
    support: none
    details:
      - The journal needs to know how it ended.
options: {}
seealso:
  - module: polycom.vvx.vvx_rollback
  - module: polycom.vvx.vvx_restore
  - module: polycom.vvx.vvx_wave
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
# Behind vvx_rollback or vvx_restore, in a play with hosts: "{{ '' | polycom.vvx.rollout_hosts }}"
- name: Give the phone its values back
  polycom.vvx.vvx_revert:
"""

RETURN = r"""
before:
  description:
    - Previous values of the parameters that were (or would be) changed, without secrets.
    - A login inside a URL is shown as C(***); put it back in before you use such a value.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: ''
    up.idleTimeout: '40'
after:
  description: Values of the same parameters now (or as they would be), as read back, without secrets.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: Reception
    up.idleTimeout: '60'
secrets_written:
  description: Secret parameters that were (or would be) written.
  returned: when the phone answered
  type: list
  elements: str
  sample: [reg.1.auth.password]
secrets_skipped:
  description:
    - Secret parameters that differ or could not be compared, and that were left alone.
  returned: when the phone answered
  type: list
  elements: str
  sample: []
secrets_reasons:
  description:
    - Why each of these secrets was written or left alone.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.auth.password: the value is new, or the phone did not confirm it
restart_required:
  description:
    - Whether the change needs a restart (or makes the phone restart by itself).
    - V(unknown) means undocumented; a restart may be needed. V(no) after this task has restarted the phone.
  returned: when the phone answered
  type: str
  sample: 'unknown'
restart_needed:
  description:
    - Whether RV(restart_required) is V(yes), for use in C(when).
  returned: when the phone answered
  type: bool
  sample: false
restart_reasons:
  description:
    - The changed parameters that need a restart, each with its effect and the source of that.
  returned: when the phone answered
  type: dict
  sample:
    device.theme: reboot (seen on UC Software 6.1)
restarted:
  description: Whether the phone was restarted (or would be), or restarted by itself.
  returned: when the phone answered
  type: bool
  sample: false
batches:
  description: How many write requests the changes took (or would take).
  returned: when the phone answered
  type: int
  sample: 1
origins:
  description: Where the values of secrets were written, as in RV(polycom.vvx.vvx_config#module:origins).
  returned: when the phone answered
  type: dict
  sample: {}
overrides:
  description: Parameters that were inherited, and that the phone now has as overrides (or would have).
  returned: when the phone was asked
  type: list
  elements: str
  sample: [up.idleTimeout]
not_restored:
  description: Parameters that can't be brought back, each with the reason.
  returned: when the phone was asked
  type: dict
  sample:
    reg.1.auth.password: it is a secret, which plans and backups leave out
wave:
  description: The number of the phone's wave, from 1 on.
  returned: when the phone was asked
  type: int
  sample: 2
not_begun:
  description: Why the phone was left as it is, because the rollout has stopped.
  returned: when the rollout has stopped before this phone; the task is skipped then
  type: str
  sample: 2 of 3 phones failed in wave 1, where more than 1 may not
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 3
unknown:
  description:
    - Parameters that the phone does not know, each with similar names.
  returned: when the phone does not know all parameters
  type: dict
  sample:
    reg.1.adress: [reg.1.address]
lines_before:
  description: Lines that were registered before the change.
  returned: when the phone was to be changed, if the rollout waits for lines
  type: list
  elements: int
  sample: [1, 2]
lines_after:
  description: Lines that are registered after the change, or after its rollback.
  returned: when the phone was changed and still answers, if the rollout waits for lines
  type: list
  elements: int
  sample: [1, 2]
firmware_before:
  description: The firmware before the change.
  returned: when the phone was to be changed, if the rollout waits for lines
  type: str
  sample: 5.9.3.2489
firmware_after:
  description: The firmware after the change. A restart may have installed another.
  returned: when the phone was changed and still answers, if the rollout waits for lines
  type: str
  sample: 5.9.3.2489
stale:
  description:
    - Parameters that are no longer as the plan has them. C(expected) is null for a parameter that the plan does not
      change, and C(found) for one that the phone does not know.
  returned: when the phone is no longer as the plan has it
  type: dict
  sample:
    up.idleTimeout:
      expected: {value: '40', source: default}
      found: {value: '45', source: web}
applied:
  description: Parameters that were changed, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: [up.idleTimeout]
not_applied:
  description: Parameters that still differ, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: [reg.1.label]
rolled_back:
  description: Parameters that have their previous value again, as read back.
  returned: when the change failed halfway and was to be rolled back
  type: list
  elements: str
  sample: [up.idleTimeout]
unconfirmed:
  description:
    - Parameters that were sent but could not be read back.
  returned: when the change failed halfway and the phone did not come back
  type: list
  elements: str
  sample: [device.prov.serverName]
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: in_call
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""
