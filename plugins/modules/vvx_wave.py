#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_wave
version_added: 0.1.0
short_description: Begin the next wave of a rollout to Polycom VVX phones, or stop before it
description:
  - Prints the wave that the batch of a play is, and says in RV(go_on) whether it may begin. It may not after a wave in
    which too many phones failed, or when the maintenance window has closed. End the play then.
  - Runs once for each batch, in a play behind M(polycom.vvx.vvx_rollout). Sends nothing. The playbook
    C(polycom.vvx.apply) has it.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Finishes in milliseconds.
  check_mode:
    support: full
    details:
      - Does the same.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
options: {}
seealso:
  - module: polycom.vvx.vvx_rollout
  - plugin: polycom.vvx.rollout_batches
    plugin_type: filter
"""

EXAMPLES = r"""
# In a play with serial: "{{ '' | polycom.vvx.rollout_batches }}"
- name: Begin the wave
  polycom.vvx.vvx_wave:
  register: wave
  run_once: true

- name: Stop if too many phones have failed, or the window has closed
  ansible.builtin.meta: end_play
  when: not wave.go_on
"""

RETURN = r"""
msg:
  description: The wave in words, or why the rollout stops.
  returned: always
  type: str
  sample: 'Wave 2 of 3 (25 phones): berlin-1002, berlin-1003, berlin-1004, berlin-1005, berlin-1006 and 20 more'
go_on:
  description: Whether the wave may begin.
  returned: when there is no error
  type: bool
  sample: true
reason:
  description: Why it may not; else empty.
  returned: when there is no error
  type: str
  sample: ''
wave:
  description: The number of the wave.
  returned: when there is no error
  type: int
  sample: 2
waves:
  description: How many waves there are.
  returned: when there is no error
  type: int
  sample: 3
canary:
  description: Whether the wave has canary phones.
  returned: when there is no error
  type: bool
  sample: false
site:
  description: What its phones have in common, with O(polycom.vvx.vvx_rollout#module:wave_by); else empty.
  returned: when there is no error
  type: str
  sample: ''
phones:
  description: How many phones the wave has.
  returned: when there is no error
  type: int
  sample: 25
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when no rollout was prepared
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
