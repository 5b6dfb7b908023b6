#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_guard
version_added: 0.1.0
short_description: Stop a play before it sends anything if it was not asked for with care
description:
  - Fails if an extra variable (C(-e)) or a variable of C(import_playbook) looks like one of this collection's playbooks
    and is none of them, and names the nearest one. A misspelled C(vvx_hosts) would otherwise let a play reach all
    phones. The list C(vvx_own) names variables of your own that start with C(vvx_), also with C(*) for any letters.
    C(vvx_parameters_*) are yours anyway.
  - On request, also fails if nobody has said which phones are meant, or how many.
  - Runs on the controller and sends nothing. In check mode it fails in the same cases, because check mode predicts what
    a run does.
  - All playbooks of this collection start with it. If it fails in a task with C(run_once), the play ends for all hosts.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Reads the variables of the play.
  check_mode:
    support: full
    details:
      - Fails in the same cases.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
options:
  playbook:
    description:
      - The playbook of this collection that the task is part of. If only this one runs, variables that it does not read
        cause a warning.
    type: str
    choices:
      - apply
      - audit
      - backup
      - configure
      - diagnose
      - enroll
      - facts
      - find_passwords
      - firmware
      - import_cfg
      - install_ca
      - merge
      - plan
      - report
      - reset
      - restart
      - restore
      - rollback
      - rotate_passwords
      - test_call
      - validate
  required:
    description:
      - Names of variables that must be set and not empty.
    type: list
    elements: str
    default: []
  name_phones:
    description:
      - Fail unless C(--limit) or the extra variable C(vvx_hosts) says which phones are meant.
    type: bool
    default: false
  count_phones:
    description:
      - Fail unless O(confirm) is the number of the play's hosts, in all its batches. Also fails in a slice of an AWX
        job, which can't count them.
    type: bool
    default: false
  confirm:
    description:
      - The number of the play's hosts. If set, it is checked without O(count_phones) as well.
    type: raw
seealso:
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_reset
"""

EXAMPLES = r"""
- name: Go on only if somebody has said how many phones this hits
  polycom.vvx.vvx_guard:
    count_phones: true
    confirm: "{{ vvx_confirm | default('') }}"
  run_once: true
"""

RETURN = r"""
msg:
  description: The hosts of the play in a sentence, or what is wrong.
  returned: always
  type: str
  sample: '3 phones: berlin-1001, berlin-1002, lisbon-2002'
phones:
  description: How many hosts the play has, in all its batches.
  returned: success
  type: int
  sample: 3
confirmed:
  description: Whether O(confirm) was checked, and is their number.
  returned: success
  type: bool
  sample: true
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
