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
  - Reads all phones of the play in one process, with a few requests each, and writes what they are and what is wrong
    with them as CSV, Excel workbook, JSON, Markdown and one self-contained HTML page.
  - Prints the report in numbers, what has changed since the last one, and the paths of the files.
  - Every phone of the play gets a row; one that can't be reached or refuses the login gets the reason.
  - With C(--limit), only these phones are read. The others keep their rows of the JSON report that O(json) replaces
    (or of O(previous)), and a column C(as_of) says when that report was written.
  - Compares firmware with O(target_firmware), parameters with the desired ones in the inventory (O(layers)), and the
    whole with an earlier report (O(previous)). The same data gives the same bytes, so a file changes only if the data
    did.
  - Runs once for all hosts of the play, on the controller, without C(serial). Each phone's address comes from the
    variables of its host; connection options of this task and of C(module_defaults) apply to all phones, with the first
    host's values.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.memory
  - polycom.vvx.connection
options:
  title:
    description:
      - Heading of the report.
    type: str
    default: Phones
  csv:
    description:
      - CSV file to write, one line per phone. Spreadsheets never read a cell as a formula.
      - Paths are relative to the playbook's folder. Missing folders are created.
    type: path
  json:
    description:
      - JSON file to write. C(docs/report.schema.json) is its schema.
    type: path
  csv_delimiter:
    description:
      - What separates the cells of the CSV file. Excel expects V(semicolon) where the comma is the decimal sign, as in
        most of Europe.
    type: str
    choices: [comma, semicolon, tab]
    default: comma
  csv_bom:
    description:
      - Whether the CSV file begins with a byte order mark. Without one, Excel breaks umlauts and accents.
    type: bool
    default: false
  xlsx:
    description:
      - Excel workbook to write, with a sheet of the phones and one of the drift. Needs the Python library
        C(XlsxWriter) 3.1 or later on the controller (C(python3 -m pip install 'XlsxWriter>=3.1')).
    type: path
  markdown:
    description:
      - Markdown file to write.
    type: path
  html:
    description:
      - HTML file to write. The page loads nothing from other places.
    type: path
  mode:
    description:
      - Mode of the files in octal digits, in quotes. Without it, a file that exists keeps its mode, and a new one gets
        V(0640).
    type: raw
  previous:
    description:
      - JSON report to compare with. The default is the file that O(json) replaces; the report then shows the latest
        changes.
    type: path
  gather_subset:
    description:
      - What to read of each phone, as in M(polycom.vvx.vvx_info). V(device) and everything that O(columns) use is
        always read.
    type: list
    elements: str
    default: [device, lines]
  target_firmware:
    description:
      - Desired firmware by model; V(default) is for all other models.
    type: dict
    default: {}
  columns:
    description:
      - Your own columns, after the standard ones.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: [Name of the column in CSV and JSON.]
        type: str
        required: true
      query:
        description: ["A JMESPath expression on the phone's data (RV(polycom.vvx.vvx_info#module:info))."]
        type: str
        required: true
      title:
        description: [Heading of the column. The default is its name.]
        type: str
      kind:
        description: ["Type of the cells, for sorting. V(duration) shows a number of seconds as V(3 d 4 h)."]
        type: str
        choices: [text, number, boolean, list, duration]
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
      - name: uptime
        title: Up for
        query: device.uptime_seconds
        kind: duration
  register: report

- name: Show what is wrong
  ansible.builtin.debug:
    var: report.summary.problems
  run_once: true
"""

RETURN = r"""
files:
  description: The written files.
  returned: success
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /reports/phones.html, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
summary:
  description: The report in numbers.
  returned: success
  type: dict
  contains:
    phones: {description: How many phones., type: int, sample: 25, returned: always}
    status:
      description:
        - Phones by status, V(ok), V(unreachable), V(unauthorized), V(default_password), V(rest_off), V(tls), V(busy),
          V(settings) or V(error).
      type: dict
      returned: always
      sample: {ok: 23, unreachable: 1, default_password: 1}
    models: {description: Phones by model., type: dict, sample: {VVX 411: 20, VVX 601: 3}, returned: always}
    firmwares: {description: Phones by firmware., type: dict, sample: {5.9.3.1111: 23}, returned: always}
    registration:
      description: Phones by share of registered lines, V(all), V(some), V(none) or V(unknown).
      type: dict
      returned: always
      sample: {all: 22, none: 1, unknown: 2}
    behind: {description: Phones with firmware older than its target., type: int, sample: 3, returned: always}
    drifting:
      description: Phones with parameters that differ from the inventory.
      type: int
      returned: always
      sample: 2
    problems:
      description: 'Phones by problem; the 200 most frequent.'
      type: dict
      returned: always
      sample: {line 2 is not registered: 1, unreachable: 1}
changes:
  description:
    - What differs from the earlier report. Hosts that appeared and disappeared, cells that changed (host, column,
      before and after), at most 200 of each, and their number (counts). Null without an earlier report.
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
    host: null
    http_status: null
    status: null
    endpoint: null
"""
