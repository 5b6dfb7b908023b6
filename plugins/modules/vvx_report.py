#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_report
version_added: 0.1.0
short_description: Write a report of all Polycom VVX phones of a play
description:
  - Looks at all phones of the play in one process, each with a few requests, and writes what they are and what is wrong with them as CSV, JSON,
    Markdown and as one HTML page that needs nothing else.
  - Every phone of the play has a row, also one that can't be reached or does not let anybody in, with the reason.
  - Compares firmware with O(target_firmware), parameters with what the inventory says they should be (O(layers)), and the whole with the report
    before (O(previous)). The same data gives the same bytes, so the task changes a file only when something has changed.
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
  title:
    description:
      - Heading of the report.
    type: str
    default: Phones
  csv:
    description:
      - File to write as CSV, one line a phone. No cell can be taken for a formula.
      - Paths are relative to the playbook's folder. Folders are made.
    type: path
  json:
    description:
      - File to write as JSON. Its shape is published as C(docs/report.schema.json).
    type: path
  markdown:
    description:
      - File to write as Markdown.
    type: path
  html:
    description:
      - File to write as an HTML page that loads nothing from anywhere.
    type: path
  mode:
    description:
      - Mode of the files, in octal digits.
    type: raw
    default: '0640'
  previous:
    description:
      - A report as JSON to compare with. By default the file that O(json) is about to replace; the report then tells of the last changes there were.
    type: path
  gather_subset:
    description:
      - What to read of each phone, as in M(polycom.vvx.vvx_info). V(device) always is, and what O(columns) speak of.
    type: list
    elements: str
    default: [device, lines]
  target_firmware:
    description:
      - Firmware that phones should have, by model; V(default) stands for all other models.
    type: dict
    default: {}
  columns:
    description:
      - Columns of your own, after the usual ones.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: [Name of the column, in CSV and JSON.]
        type: str
        required: true
      query:
        description: [A JMESPath expression on what was read, the same as RV(polycom.vvx.vvx_info#module:info).]
        type: str
        required: true
      title:
        description: [Heading of the column; its name by default.]
        type: str
      kind:
        description: [What the cells are, so that they sort well.]
        type: str
        choices: [text, number, boolean, list]
        default: text
seealso:
  - module: polycom.vvx.vvx_audit
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Write a report of all phones
  polycom.vvx.vvx_report:
    html: reports/phones.html
    csv: reports/phones.csv
    json: reports/phones.json
    target_firmware:
      VVX 601: 5.9.5.0614
      default: 5.9.3.1111
    columns:
      - name: vlan
        title: VLAN
        query: running_config.network.vlan
        kind: number
  register: report

- name: Say what is wrong
  ansible.builtin.debug:
    var: report.summary.problems
  run_once: true
"""

RETURN = r"""
files:
  description: The files.
  returned: success
  type: list
  elements: dict
  contains:
    path: {description: Where it is., type: str, sample: /reports/phones.html, returned: always}
    changed: {description: Whether it differs from the file that was there., type: bool, sample: true, returned: always}
summary:
  description: The report in numbers.
  returned: success
  type: dict
  contains:
    phones: {description: Phones in all., type: int, sample: 25, returned: always}
    status:
      description: Phones by status, V(ok), V(unreachable), V(unauthorized), V(default_password), V(rest_off), V(tls), V(busy), V(settings) or V(error).
      type: dict
      returned: always
      sample: {ok: 23, unreachable: 1, default_password: 1}
    models: {description: Phones by model., type: dict, sample: {VVX 411: 20, VVX 601: 3}, returned: always}
    firmwares: {description: Phones by firmware., type: dict, sample: {5.9.3.1111: 23}, returned: always}
    registration:
      description: Phones by how many of their lines are registered, V(all), V(some), V(none) or V(unknown).
      type: dict
      returned: always
      sample: {all: 22, none: 1, unknown: 2}
    behind: {description: Phones whose firmware is older than its target., type: int, sample: 3, returned: always}
    drifting: {description: Phones with parameters that differ from the inventory., type: int, sample: 2, returned: always}
    problems: {description: 'Phones by problem, the 200 most frequent.', type: dict, sample: {line 2 is not registered: 1, unreachable: 1}, returned: always}
changes:
  description:
    - What differs from the report before, the hosts that have appeared and disappeared, and the cells that have changed (host, column, before and after),
      200 of each at most, and how many there are (counts). Null if there is no report before.
  returned: success
  type: dict
  sample:
    appeared: [berlin-1012]
    disappeared: []
    changed:
      - {host: berlin-1001, column: firmware, before: 5.8.0.1234, after: 5.9.3.1111}
    counts: {appeared: 1, disappeared: 0, changed: 1}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    http_status: null
    status: null
    endpoint: null
    message: 'columns: the report already has a column model.'
    remedy: Choose another name.
"""
