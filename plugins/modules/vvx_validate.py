#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_validate
version_added: 0.1.0
short_description: Check the desired parameters of all Polycom VVX phones of a play without a phone
description:
  - Merges the variables in O(layers) for each host of the play, as the role C(polycom.vvx.configure) does, and checks
    the parameters that come of it. Sends nothing, and needs no phone, address or password. Meant for pipelines.
  - Prints each problem once, with the variable, file and line that it comes from and the hosts that have it, in at most
    40 lines and a last one that counts. Values of secrets are never shown.
  - An error is what can't be sent, also a variable that can't be templated. What does not fit the collection's own
    table, names that look like a typo, and variables that have no effect are warnings. With O(schema), wrong names
    and values are errors.
  - Runs once for all hosts of the play, on the controller, without C(serial). M(polycom.vvx.vvx_config_validate) checks
    provisioning files, or the parameters of one host.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.schema
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Reads the variables of the play.
  check_mode:
    support: full
    details:
      - Checks as usual, and writes no file.
  diff_mode:
    support: N/A
    details:
      - Changes nothing on phones.
options:
  layers:
    description:
      - Names of variables with the desired parameters of a phone, as in the role C(polycom.vvx.configure). Later ones
        win.
    type: list
    elements: str
    default: [vvx_parameters_all, vvx_parameters_model, vvx_parameters_site, vvx_parameters_group, vvx_parameters_host]
  sensitive:
    description:
      - Name patterns of more secret parameters, as in M(polycom.vvx.vvx_config). Their values are not shown.
    type: list
    elements: str
  fail_on:
    description:
      - V(error) fails on errors, V(warning) also on warnings, V(never) only returns RV(problems).
    type: str
    choices: [error, warning, never]
    default: error
  details:
    description:
      - JSON file for all problems, by host. Relative to the playbook's folder.
    type: path
  mode:
    description:
      - Mode of that file in octal digits, in quotes. Without it, a file that exists keeps its mode, and a new one gets
        V(0640).
    type: raw
seealso:
  - module: polycom.vvx.vvx_config_validate
  - module: polycom.vvx.vvx_audit
    description: Compares the phones themselves with the inventory.
"""

EXAMPLES = r"""
- name: Check what the inventory says, and fail on warnings as well
  polycom.vvx.vvx_validate:
    fail_on: warning

- name: Check against the schema of the firmware in use
  polycom.vvx.vvx_validate:
    schema: polycomConfig.xsd
    fail_on: never
  register: checked

- name: Show the problems
  ansible.builtin.debug:
    var: checked.problems
  run_once: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '25 hosts: 2 problems, 1 warning.'
hosts:
  description: How many hosts were checked.
  returned: when the hosts were checked
  type: int
  sample: 25
errors:
  description: How many errors there are. One that several hosts have counts once.
  returned: when the hosts were checked
  type: int
  sample: 2
warned:
  description: How many warnings there are. One that several hosts have counts once.
  returned: when the hosts were checked
  type: int
  sample: 1
problems:
  description: Errors and warnings; the first 200. A failed task has printed them instead.
  returned: success
  type: list
  elements: dict
  contains:
    severity: {description: V(error) or V(warning)., type: str, sample: error, returned: always}
    text:
      description: What is wrong, with its place.
      type: str
      returned: always
      sample: "up.idleTimeout: '5x' is not a whole number (vvx_parameters_site, group_vars/site_berlin/vars.yml:12)"
    hosts:
      description: The hosts that have the problem; the first 200.
      type: list
      elements: str
      returned: always
      sample: [berlin-1001, berlin-1002]
    count: {description: How many hosts have it., type: int, sample: 2, returned: always}
files:
  description: The file of O(details), if set.
  returned: when the hosts were checked
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /reports/problems.json, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: bad_values
    host: null
    http_status: null
    status: null
    endpoint: null
"""
