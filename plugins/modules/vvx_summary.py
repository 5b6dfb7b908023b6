#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_summary
version_added: 0.1.0
short_description: Say in one screen what a play did to the phones
description:
  - For plays of your own. The playbooks of this collection have the callback P(polycom.vvx.summary#callback), which
    collects the results of all tasks. Where it does, this task is skipped. The role P(polycom.vvx.configure#role) ends
    with this task.
  - Reads what the hosts of the play have registered, and prints how many phones changed, failed or were unreachable,
    the parameters that differ, which phones need a restart, and failures grouped by cause. At most 40 lines, whatever
    the number of phones.
  - Needs C(run_once). Put it in C(always) of a block around the task whose results it reads, so that it runs also when
    all phones of the batch failed. It does not when all were unreachable, because Ansible then ends the play.
  - With C(serial) there is a line of numbers after each batch. The last batch, and one of which no phone is left, has
    the whole summary of all batches until then.
  - Hands a digest of the run over as the custom statistic C(vvx_summary), as M(ansible.builtin.set_stats) does. In AWX
    it is an artifact of the job.
  - Sends nothing. Skipped with strategies that do not wait for all hosts, such as C(free).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Finishes in a moment.
  check_mode:
    support: full
    details:
      - Says what would change, and writes the files of O(path).
  diff_mode:
    support: N/A
    details:
      - Changes nothing on phones.
options:
  results:
    description:
      - Name of the registered variable.
    type: str
    required: true
  module:
    description:
      - The module of this collection whose results these are.
    type: str
    choices:
      - vvx_apply
      - vvx_certificate
      - vvx_config
      - vvx_enrolled
      - vvx_export
      - vvx_firmware
      - vvx_password
      - vvx_provision
      - vvx_reset
      - vvx_restart
      - vvx_revert
      - vvx_rotate
      - vvx_transfer_type
    default: vvx_config
  path:
    description:
      - JSON file for everything about each phone, seen from the working folder. For C(run.json), the files
        C(run.failed) and C(run.restart) list hosts for C(--limit).
      - If it can't be written, there is a warning.
    type: str
  surveyed:
    description:
      - Whether the play runs on the hosts that M(polycom.vvx.vvx_survey) has left. The summary then counts the phones
        that are as desired, too.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_config
  - plugin: polycom.vvx.summary
    plugin_type: callback
"""

EXAMPLES = r"""
- name: Configure the phones, and say what happened
  block:
    - name: Set parameters
      polycom.vvx.vvx_config:
        parameters:
          up.idleTimeout: 60
      register: outcome
  always:
    - name: Summarize
      polycom.vvx.vvx_summary:
        results: outcome
      run_once: true

# At the end of a play:
- name: Say which phones were restarted
  polycom.vvx.vvx_summary:
    results: restarted
    module: vvx_restart
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones, by what happened to them, or why there is no summary.
  returned: always
  type: str
  sample: '400 phones: 388 changed, 9 failed, 3 unreachable'
ansible_stats:
  description:
    - What is handed over. The page on fleets (C(docs/fleet.md)) describes the keys of C(data.vvx_summary).
  returned: success
  type: dict
  sample:
    aggregate: false
    data:
      vvx_summary: {version: 1, check_mode: false, phones: 400}
    per_host: false
error:
  description: What is wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    host: null
    http_status: null
    status: null
    endpoint: null
"""
