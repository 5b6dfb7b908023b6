#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_audit
version_added: 0.1.0
short_description: See which Polycom VVX phones of a play are not as they should be
description:
  - Compares the parameters of all phones of the play with what the inventory says they should be (O(layers)), in one process, and changes nothing.
  - Says a line about each phone. The result stays small, and can be given to C(set_stats); all differences go into a file (O(details)).
  - Runs once for all hosts of the play, on the controller, and not with C(serial). Where each phone is comes from the variables of its host;
    connection options of this task and of C(module_defaults) count for all phones alike, as the first host has them.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.connection
options:
  fail_on:
    description:
      - What lets the task fail. V(drift) is a parameter that differs, V(unknown) a parameter that a phone does not know, V(error) a phone that could
        not be looked at, V(not_compared) a phone of whose parameters the inventory says nothing. With an empty list it never fails.
    type: list
    elements: str
    choices: [drift, unknown, error, not_compared]
    default: [drift, unknown, error]
  details:
    description:
      - File to write all differences to, as JSON, by host. Relative to the playbook's folder.
    type: path
  mode:
    description:
      - Mode of that file, in octal digits.
    type: raw
    default: '0640'
seealso:
  - module: polycom.vvx.vvx_report
  - module: polycom.vvx.vvx_config
    description: Makes them what they should be.
"""

EXAMPLES = r"""
- name: See whether all phones are as they should be
  polycom.vvx.vvx_audit:
    details: reports/drift.json
    fail_on: []
  register: audit

- name: Say which parameters drift most
  ansible.builtin.debug:
    var: audit.parameters
  run_once: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '25 phones: 2 differ from the inventory; 1 could not be read.'
phones:
  description: Phones in all.
  returned: when the phones were looked at
  type: int
  sample: 25
as_desired:
  description: Phones that are as they should be.
  returned: when the phones were looked at
  type: int
  sample: 22
drifting:
  description: Phones with parameters that differ.
  returned: when the phones were looked at
  type: int
  sample: 2
hosts:
  description: Hosts with drift, with unknown parameters, with an error, and those that were not compared; 200 of each at most.
  returned: when the phones were looked at
  type: dict
  sample: {drift: [berlin-1001, berlin-1002], unknown: [], error: [lisbon-2007], not_compared: []}
parameters:
  description: How many phones differ in a parameter, by its name; the 200 most frequent.
  returned: when the phones were looked at
  type: dict
  sample: {reg.1.label: 2}
files:
  description: The file of O(details), if it is given.
  returned: when the phones were looked at
  type: list
  elements: dict
  contains:
    path: {description: Where it is., type: str, sample: /reports/drift.json, returned: always}
    changed: {description: Whether it differs from the file that was there., type: bool, sample: true, returned: always}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when the phones could not be looked at
  type: dict
  sample:
    kind: settings
    http_status: null
    status: null
    endpoint: null
    message: mode '999' is no mode of a file.
    remedy: It looks like '0640', in quotes.
"""
