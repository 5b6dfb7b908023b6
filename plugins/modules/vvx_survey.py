#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_survey
version_added: 0.1.0
short_description: Find out which Polycom VVX phones need a task at all
description:
  - Compares the parameters of all phones of the play with the desired ones in the inventory, in one process, as
    M(polycom.vvx.vvx_config) does. Changes nothing.
  - A play behind it can then run on those phones only that differ, failed or were unreachable, with the filter
    P(polycom.vvx.unsettled_hosts#filter) for its C(hosts). The playbook C(polycom.vvx.configure) does so. For a phone
    that is as desired, Ansible then starts no process.
  - Phones that are as desired are in the summary of the run.
  - If the task does not set O(layers), the variable C(configure_layers) of each host does, or else C(vvx_layers), as in
    the role C(polycom.vvx.configure). The same goes for O(update_secrets) and O(unknown_parameters).
  - Never fails. If the phones can't be looked at (with C(serial), or on an unforeseen version of ansible-core), it
    says why, and the play behind it runs on all phones.
  - Runs once for all hosts of the play, on the controller. Each phone's address comes from the variables of its host;
    connection options of this task and of C(module_defaults) apply to all phones, with the first host's values.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.memory
  - polycom.vvx.connection
options:
  update_secrets:
    description:
      - The option of the tasks to come, see O(polycom.vvx.vvx_config#module:update_secrets).
    type: str
    choices: [always, on_create, never]
    default: on_create
  unknown_parameters:
    description:
      - What the tasks to come do about parameters that a phone does not know. With V(fail), such a phone needs a task,
        which fails. With V(skip), these parameters alone do not make it need one.
    type: str
    choices: [fail, skip]
    default: fail
seealso:
  - module: polycom.vvx.vvx_config
    description: Sets the parameters.
  - module: polycom.vvx.vvx_audit
    description: Shows what differs.
"""

EXAMPLES = r"""
- name: Find out which phones differ
  polycom.vvx.vvx_survey:
    layers: [vvx_parameters_all, vvx_parameters_site]

# A play behind it, with hosts: "{{ 'phones' | polycom.vvx.unsettled_hosts }}"
- name: Set the parameters of the phones that differ
  polycom.vvx.vvx_config:
    layers: [vvx_parameters_all, vvx_parameters_site]
    surveyed: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '25 phones: 22 as desired, 2 to change, 1 unreachable'
surveyed:
  description: Whether the phones were looked at. If not, RV(msg) says why, and each phone needs a task.
  returned: always
  type: bool
  sample: true
phones:
  description: How many phones there are.
  returned: when the phones were looked at
  type: int
  sample: 25
counts:
  description:
    - How many are as desired (C(settled)), differ or do not know some parameters (C(differing)), have secrets that the
      controller does not remember yet (C(remembering)), C(failed) or were C(unreachable).
  returned: when the phones were looked at
  type: dict
  sample: {settled: 22, differing: 2, remembering: 0, failed: 0, unreachable: 1}
error:
  description: Why the phones were not looked at, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when an option is wrong, or the phones can't be looked at
  type: dict
  sample:
    kind: settings
    host: null
    http_status: null
    status: null
    endpoint: null
"""
