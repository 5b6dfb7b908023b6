#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_audit
version_added: 0.1.0
short_description: Find Polycom VVX phones whose configuration differs from the inventory
description:
  - Compares the parameters of all phones of the play with the desired ones in the inventory (O(layers)), in one
    process. Changes nothing.
  - Prints what differs with the desired value and the phone's, equal differences of many phones in one line, at most 40
    lines of them; then what could not be read or compared. The result stays small enough for C(set_stats); all
    differences go to a file (O(details)).
  - Runs once for all hosts of the play, on the controller, without C(serial). Each phone's address comes from the
    variables of its host; connection options of this task and of C(module_defaults) apply to all phones, with the first
    host's values.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.parts
  - polycom.vvx.memory
  - polycom.vvx.connection
options:
  fail_on:
    description:
      - Which phones M(polycom.vvx.vvx_verdict) marks as failed, or as unreachable if they do not answer. The audit
        itself fails only if its options are wrong.
      - V(drift) is a parameter that differs, V(unknown) a parameter that a phone does not know, V(error) a phone that
        could not be read, V(not_compared) a phone without desired parameters in the inventory. An empty list marks
        none.
    type: list
    elements: str
    choices: [drift, unknown, error, not_compared]
    default: [drift, unknown, error]
  details:
    description:
      - JSON file for all differences, by host. Relative to the playbook's folder.
    type: path
  mode:
    description:
      - Mode of that file in octal digits, in quotes. Without it, a file that exists keeps its mode, and a new one gets
        V(0640).
    type: raw
  key:
    description:
      - Signs the part, and checks the parts that are merged, so that nobody changes in between what slices have read.
        At least 16 characters; slices and merge need the same one, from a vault file or from C(VVX_PLAN_KEY) in the
        environment. Without it, parts aren't signed, and signed ones are refused.
      - It is for O(part) and O(parts) alone.
    type: str
seealso:
  - module: polycom.vvx.vvx_report
  - module: polycom.vvx.vvx_verdict
    description: Marks each phone as what the audit found.
  - module: polycom.vvx.vvx_config
    description: Sets the parameters.
"""

EXAMPLES = r"""
- name: Report drift without failing
  polycom.vvx.vvx_audit:
    details: reports/drift.json
    fail_on: []
  register: audit

- name: Show which parameters drift most
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
  description: How many phones were audited.
  returned: when the phones were audited
  type: int
  sample: 25
as_desired:
  description: How many phones match the inventory.
  returned: when the phones were audited
  type: int
  sample: 22
drifting:
  description: How many phones have parameters that differ.
  returned: when the phones were audited
  type: int
  sample: 2
hosts:
  description:
    - Hosts with drift, unknown parameters or an error, and hosts that were not compared; at most 200 of each.
  returned: when the phones were audited
  type: dict
  sample: {drift: [berlin-1001, berlin-1002], unknown: [], error: [lisbon-2007], not_compared: []}
parameters:
  description: How many phones differ, by parameter; the 200 most frequent.
  returned: when the phones were audited
  type: dict
  sample: {reg.1.label: 2}
secrets:
  description: On how many phones a secret can't be compared and is left alone, by parameter; the 200 most frequent.
  returned: when the phones were audited
  type: dict
  sample: {reg.1.auth.password: 2}
files:
  description: The file of O(details), if set.
  returned: when the phones were audited
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /reports/drift.json, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
part:
  description: The part that the task has left, of a slice.
  returned: when O(part) is set
  type: dict
  contains:
    name: {description: Name of its file., type: str, sample: audit-part-4f1c0a7be2d93586.json, returned: always}
    to: {description: Where it is., type: str, sample: /var/lib/polycom.vvx/parts, returned: always}
    run: {description: The run that it is of., type: str, sample: '7', returned: always}
    phones: {description: How many phones are in it., type: int, sample: 250, returned: always}
merged:
  description: Which parts were merged.
  returned: when O(parts) is set
  type: dict
  contains:
    run: {description: The run that all of them are of., type: str, sample: '7', returned: always}
    parts: {description: How many there were., type: int, sample: 4, returned: always}
    first: {description: When the first one was made., type: str, sample: '2026-11-27T08:00:00Z', returned: always}
    last: {description: When the last one was made., type: str, sample: '2026-11-27T08:02:10Z', returned: always}
ansible_stats:
  description:
    - What is handed over as C(polycom_vvx_audit), to AWX and to callbacks, as by C(set_stats). The page on AWX
      (C(docs/awx.md)) describes its keys. Where O(part) is set, the run of the part instead, as C(polycom_vvx_part).
  returned: success
  type: dict
  sample:
    aggregate: false
    data:
      polycom_vvx_audit: {phones: 25, as_desired: 22}
    per_host: false
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when the audit could not run
  type: dict
  sample:
    kind: settings
    host: null
    http_status: null
    status: null
    endpoint: null
"""
