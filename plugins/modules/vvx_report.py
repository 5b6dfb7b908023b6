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
  - Prints how many phones need attention, why and which playbook helps, what has changed since the last report, and the
    paths of the files.
  - Every phone of the play gets a row; one that can't be reached or refuses the login gets the reason.
  - With C(--limit), only these phones are read. The others keep their rows of the JSON report that O(json) replaces
    (or of O(previous)), and a column C(as_of) says when they were read.
  - A phone that does not answer keeps what was last known of it (model, MAC address, firmware, lines, certificate),
    marked so, with the time when it was last read. Each cause says since when a phone has it.
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
  - polycom.vvx.parts
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
      - Excel workbook to write. Its sheets are tables with filters - what needs attention, the phones, the drift, and
        the sites (O(columns[].group) and other columns that group phones). Times are dates, in UTC.
      - Needs the Python library C(XlsxWriter) 3.1 or later on the controller
        (C(python3 -m pip install 'XlsxWriter>=3.1'); in AWX, a Python dependency of the execution environment).
    type: path
  markdown:
    description:
      - Markdown file to write, a message for a mail or a chat. It has the verdict, each cause with its phones, the
        drift, what has changed, and the sites, in 16,000 bytes at most.
    type: path
  markdown_phones:
    description:
      - How many phones the Markdown file names for each cause; more are counted. From 0 to 1000.
    type: int
    default: 20
  html:
    description:
      - HTML file to write. The page loads nothing from other places.
    type: path
  prometheus:
    description:
      - File to write with metrics in the text format of Prometheus, for the textfile collector of C(node_exporter),
        which wants the ending C(.prom). The number of series does not grow with the number of phones.
    type: path
  prometheus_phones:
    description:
      - Whether O(prometheus) also has a few series for each phone, with its address, MAC address, model, firmware,
        state, and your own columns of variables and groups as labels.
    type: bool
    default: false
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
  timestamp:
    description:
      - Whether the time in the report is the time of this run. Without it, it is the time of the last change, so that
        a run without changes leaves the files as they are.
    type: bool
    default: false
  fail_on:
    description:
      - Which phones M(polycom.vvx.vvx_verdict) marks as failed, or as unreachable. The task itself fails only if its
        options are wrong or a file can't be written.
      - V(unreachable) is a phone that does not answer, V(error) one that could not be read for another reason, V(drift)
        one with parameters that differ from the inventory.
    type: list
    elements: str
    choices: [unreachable, error, drift]
    default: []
  history:
    description:
      - File with a line of JSON for each run - numbers, and what has appeared, disappeared, changed, broken and been
        repaired. The report shows the newest part of it. The default is a file beside O(json),
        C(phones.history.jsonl) for C(phones.json).
      - Of runs without changes in a row, only the last has a line. The task's C(changed) and RV(files) do not count
        this file.
    type: path
  history_runs:
    description:
      - How many runs with changes the file keeps. With V(0) there is no history.
    type: int
    default: 400
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
  certificate_warn_days:
    description:
      - How many days before a phone's certificate expires to say so, as a problem of the phone and in a warning.
        V(0) tells of those that have expired.
    type: int
    default: 30
  columns:
    description:
      - Your own columns, after the standard ones. Each has one of O(columns[].query), O(columns[].variable) and
        O(columns[].group).
      - Columns of variables and groups come from the inventory, so phones that do not answer have them too. The page
        and the summary group phones by them.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - Name of the column in CSV and JSON, such as V(Room). Standard columns and your other ones must have other
            names, also if case is ignored.
        type: str
        required: true
      query:
        description: ["A JMESPath expression on the phone's data (RV(polycom.vvx.vvx_info#module:info))."]
        type: str
      variable:
        description:
          - A variable of the hosts, such as V(room), or V(location.room) for a key of a dictionary. It may be a
            template.
          - A report holds no secrets. Names such as C(ansible_password) or C(vault_room) are refused. A value that
            comes from a vault, and one that can't be templated, leaves the cell empty, with a warning.
        type: str
      group:
        description:
          - A group of the inventory, or a pattern of groups with one star, such as V(site_*). The cell is what the star
            stands for, V(berlin) for C(site_berlin). Without a star it is the name of the group.
          - If a phone can be in several of these groups, the cells are lists. If the inventory has no such group, the
            report has no such column.
        type: str
      title:
        description: [Heading of the column. The default is its name.]
        type: str
      kind:
        description:
          - Type of the cells, for sorting. V(duration) shows a number of seconds as V(3 d 4 h). Columns of groups do
            not need it.
        type: str
        choices: [text, number, boolean, list, duration]
        default: text
  key:
    description:
      - Signs the part, and checks the parts that are merged, so that nobody changes in between what slices have read.
        At least 16 characters; slices and merge need the same one, from a vault file or from C(VVX_PLAN_KEY) in the
        environment. Without it, parts aren't signed, and signed ones are refused.
      - It is for O(part) and O(parts) alone.
    type: str
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
      - name: site
        title: Site
        group: site_*
      - name: Room
        variable: room
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
msg:
  description: Which part the task has left, or which parts it has merged.
  returned: when O(part) or O(parts) is set
  type: str
  sample: Merged from 4 parts of run 7, made from 2026-11-27T08:00:00Z to 2026-11-27T08:02:10Z.
files:
  description: The written files.
  returned: when the report was made
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /reports/phones.html, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
summary:
  description: The report in numbers.
  returned: when the report was made
  type: dict
  contains:
    phones: {description: How many phones., type: int, sample: 25, returned: always}
    attention:
      description: Phones with something wrong, apart from those that have only rebooted.
      type: int
      returned: always
      sample: 4
    states:
      description:
        - Phones by the worst that is wrong with each, V(ok), V(unmanaged), V(unregistered), V(drifting), V(behind),
          V(restart), V(certificate), V(other) or V(rebooted).
      type: dict
      returned: always
      sample: {ok: 21, unmanaged: 2, unregistered: 1, drifting: 1}
    status:
      description:
        - Phones by status, V(managed), V(unreachable), V(unauthorized), V(default_password), V(rest_off), V(tls),
          V(busy), V(settings) or V(error).
      type: dict
      returned: always
      sample: {managed: 23, unreachable: 1, default_password: 1}
    models: {description: Phones by model., type: dict, sample: {VVX 411: 20, VVX 601: 3}, returned: always}
    firmwares: {description: Phones by firmware., type: dict, sample: {5.9.3.1111: 23}, returned: always}
    registration:
      description: Phones by share of registered lines, V(all), V(some), V(none) or V(unknown).
      type: dict
      returned: always
      sample: {all: 22, none: 1, unknown: 2}
    expiring:
      description: Phones with a certificate that has expired, is not valid yet, or expires soon.
      type: int
      returned: always
      sample: 0
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
    parameters: {description: How many parameters differ on some phone., type: int, sample: 3, returned: always}
    registrars:
      description:
        - By the server of lines, how many of them are registered, and how many there are. Lines of phones that did not
          answer do not count. At most 200 servers, those with the most lines.
      type: dict
      returned: always
      sample: {sip.example.com: [46, 48]}
    by:
      description:
        - For each of O(columns) of a variable or group and each of its values, how many phones there are, how many of
          them need attention, and how many are in which state. Phones without a value count for an empty text. At most
          200 values of a column, those with the most phones that need attention.
      type: dict
      returned: always
      sample: {site: {berlin: {phones: 20, attention: 2, states: {ok: 18, unmanaged: 1, drifting: 1}}}}
attention:
  description:
    - How many phones need attention, because something is wrong with them. A phone that has only rebooted since the
      last report does not.
  returned: when the report was made
  type: int
  sample: 4
causes:
  description:
    - What is wrong with phones, worst first. At most one entry for each of C(unmanaged), C(unregistered), C(drifting),
      C(behind), C(restart), C(certificate), C(other) and C(rebooted).
  returned: when the report was made
  type: list
  elements: dict
  contains:
    cause: {description: Name of the cause., type: str, sample: unmanaged, returned: always}
    severity:
      description: V(critical), V(warning) or V(notice).
      type: str
      sample: critical
      returned: always
    title: {description: The cause in words., type: str, sample: Cannot be managed, returned: always}
    phones: {description: How many phones have it., type: int, sample: 2, returned: always}
    new: {description: How many of them did not have it in the earlier report., type: int, sample: 1, returned: always}
    since:
      description: When the first of these phones had it, in UTC. Null if that is unknown.
      type: str
      sample: '2026-11-20T08:00:00Z'
      returned: always
    remedy: {description: What to do., type: str, sample: "See the remedy of each status.", returned: always}
    playbook:
      description: Playbook of this collection that helps. Null if there is none.
      type: str
      sample: diagnose
      returned: always
    statuses:
      description: Of C(unmanaged), the phones by their status, most phones first; otherwise empty.
      type: list
      elements: dict
      returned: always
      contains:
        status: {description: Status of the phones., type: str, sample: unreachable, returned: always}
        phones: {description: How many phones have it., type: int, sample: 2, returned: always}
        remedy:
          description: What to do.
          type: str
          sample: Check power, cable and network of the phones, and their addresses in the inventory.
          returned: always
        playbook:
          description: Playbook of this collection that helps. Null if there is none.
          type: str
          sample: diagnose
          returned: always
changes:
  description:
    - What differs from the earlier report. Hosts that appeared and disappeared, cells that changed (host, column,
      before and after), causes that phones have got (broken) and lost (repaired), at most 200 of each, and their number
      (counts). Null without an earlier report.
  returned: when the report was made
  type: dict
  sample:
    appeared: [berlin-1012]
    disappeared: []
    changed:
      - {host: berlin-1001, column: firmware, before: 5.8.0.1234, after: 5.9.3.1111}
    broken:
      - {host: berlin-1002, cause: unregistered}
    repaired: []
    counts: {appeared: 1, disappeared: 0, changed: 1, broken: 1, repaired: 0}
history:
  description: The file with the history; null if there is none (O(history)).
  returned: when the report was made
  type: dict
  contains:
    path: {description: Path of the file., type: str, sample: /reports/phones.history.jsonl, returned: always}
    runs: {description: How many lines it has., type: int, sample: 57, returned: always}
part:
  description: The part that the task has left, of a slice.
  returned: when O(part) is set
  type: dict
  contains:
    name: {description: Name of its file., type: str, sample: report-part-4f1c0a7be2d93586.json, returned: always}
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
    - What is handed over as C(polycom_vvx_report), to AWX and to callbacks, as by C(set_stats). The page on AWX
      (C(docs/awx.md)) describes its keys. Where O(part) is set, the run of the part instead, as C(polycom_vvx_part).
  returned: success
  type: dict
  sample:
    aggregate: false
    data:
      polycom_vvx_report: {title: Phones, phones: 25, attention: 3}
    per_host: false
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
