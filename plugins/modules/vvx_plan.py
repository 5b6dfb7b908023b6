#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_plan
version_added: 0.1.0
short_description: Write down what would change on all Polycom VVX phones, to review and apply it later
description:
  - Compares the parameters of all phones of the play with the desired ones in the inventory (O(layers)), in one
    process, and writes a plan. Changes nothing on phones.
  - The plan has each phone's changes with the old value and its source, the new value and where it is written, whether
    a restart is needed and why, and the phones that could not be read. C(polycom.vvx.apply) does exactly what it says.
  - Values of secrets are neither in the plan nor on the screen. C(apply) takes them from the inventory. The plan is
    signed with O(key), and holds a digest of each phone's desired parameters that is keyed with it, so that C(apply)
    refuses a plan that was changed, or whose desired parameters have changed.
  - The same phones and the same project give the same bytes on each computer with the same version of ansible-core.
    What is known of secrets may differ between computers that don't share O(state_path).
  - Prints at most 40 lines. Runs once for all hosts of the play, on the controller, without C(serial). Each phone's
    address comes from the variables of its host; connection options of this task and of C(module_defaults) apply to all
    phones, with the first host's values.
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
  path:
    description:
      - JSON file of the plan. Relative to the playbook's folder. The page on plans (C(docs/plans.md)) and
        C(docs/plan.schema.json) describe it.
    type: path
    default: plan.json
  markdown:
    description:
      - Markdown file of the plan, for the description of a merge request. Relative to the playbook's folder.
    type: path
  markdown_size:
    description:
      - How many characters of Markdown to write at most. What is left out is counted. The default fits a merge request
        of GitLab; a comment on GitHub holds V(65536).
    type: int
    default: 1000000
  key:
    description:
      - Signs the plan. At least 16 characters; C(openssl rand -hex 32) makes a good one. Keep it in a vault file.
      - Also E(VVX_PLAN_KEY). One of the two is required.
    type: str
  timestamp:
    description:
      - Whether the plan says when it was made. It then has other bytes and another name each time.
    type: bool
    default: false
  project:
    description:
      - The folder that file names in the plan are relative to. By default, the nearest folder from the inventory
        upwards with C(ansible.cfg) or C(.git) in it, or else the inventory's own.
    type: path
  journal:
    description:
      - Folder of the journals, as in M(polycom.vvx.vvx_rollout). The folder of the plan by default.
      - A plan that is made once more, because the same phones have the same old values again, has the journal of its
        first rollout. It is begun anew then, so that no phone is left out.
      - If not set, that is done in the folder of the plan, in the folders of C(vvx_deliver_to) or
        E(VVX_DELIVER_TO), and in C(rollouts) of C(ansible_vvx_state_path). There, M(polycom.vvx.vvx_rollout) has the
        journal of a plan from a URL or from O(polycom.vvx.vvx_rollout#module:packed_plan).
    type: path
  update_secrets:
    description:
      - When to write secrets, as in M(polycom.vvx.vvx_config). The plan is applied with the same value.
    type: str
    choices: [always, on_create, never]
    default: on_create
  unknown_parameters:
    description:
      - With V(fail), a phone that does not know one of its parameters is left out of the plan. With V(skip), the others
        are planned. The plan is applied with the same value.
    type: str
    choices: [fail, skip]
    default: fail
  fail_on:
    description:
      - Which phones M(polycom.vvx.vvx_verdict) marks as failed, or as unreachable if they do not answer.
      - V(change) is a phone with changes, V(unknown) one that is left out because of unknown parameters, V(error) one
        that could not be read.
      - V(nothing) is for workflows in which nobody is to be asked to approve nothing. If no phone would change,
        M(polycom.vvx.vvx_verdict) fails on C(localhost), because no phone has failed; where C(--limit) leaves that out,
        on the first phone, and says so. All files are written before.
    type: list
    elements: str
    choices: [change, unknown, error, nothing]
    default: []
  mode:
    description:
      - Mode of the files in octal digits, in quotes. Without it, files that exist keep their mode, and new ones get
        V(0640).
    type: raw
seealso:
  - module: polycom.vvx.vvx_audit
  - module: polycom.vvx.vvx_verdict
    description: Marks each phone as what the plan says.
  - module: polycom.vvx.vvx_config
    description: Sets the parameters.
"""

EXAMPLES = r"""
- name: Plan changes
  polycom.vvx.vvx_plan:
    path: plan.json
    markdown: plan.md
    key: "{{ vault_vvx_plan_key }}"
  register: plan

- name: Say how many phones would change
  ansible.builtin.debug:
    var: plan.counts.change
  run_once: true
"""

RETURN = r"""
msg:
  description: The plan in a sentence.
  returned: always
  type: str
  sample: '25 phones: 3 change, 20 are as desired, 1 does not know some parameters, 1 could not be read.'
plan:
  description: The name of exactly this plan, 16 hexadecimal digits.
  returned: when the plan was made
  type: str
  sample: 4f1c0a7be2d93586
summary:
  description:
    - The plan for a notification, with the most frequent changes, restarts and failures. At most 20 lines and 2,000
      characters.
  returned: when the plan was made
  type: str
  sample: |-
    Plan 4f1c0a7be2d93586: 25 phones: 3 change, 22 are as desired.
    Parameters that would change:
      up.idleTimeout: '40' -> '55'  3 phones  vvx_parameters_all, group_vars/phones.yml:4
phones:
  description: How many phones are in the plan.
  returned: when the plan was made
  type: int
  sample: 25
counts:
  description:
    - How many phones change, are as desired (C(same)), are left out because of unknown parameters, or could not be
      read.
  returned: when the plan was made
  type: dict
  sample: {change: 3, same: 20, unknown: 1, error: 1}
hosts:
  description:
    - The hosts that change, are left out because of unknown parameters, or could not be read; at most 200 of each.
  returned: when the plan was made
  type: dict
  sample: {change: [berlin-1001, berlin-1002, berlin-1003], unknown: [lisbon-2001], error: [lisbon-2007]}
parameters:
  description: On how many phones a parameter changes; the 200 most frequent.
  returned: when the plan was made
  type: dict
  sample: {reg.1.label: 3}
restarts:
  description:
    - How many of the phones that change need a reboot, or a restart, or it is unknown whether they do.
  returned: when the plan was made
  type: dict
  sample: {reboot: 1, restart: 0, unknown: 2}
files:
  description: The files of O(path) and O(markdown).
  returned: when the plan was made
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /srv/phones/plan.json, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
ansible_stats:
  description:
    - The same, without the files, as C(polycom_vvx_plan) for AWX and for callbacks, as by C(set_stats). Where O(part)
      is set, the run of the part, as C(polycom_vvx_part).
    - C(polycom_vvx_plan_file) is the plan itself, for C(polycom.vvx.apply) in a later job of a workflow, as base64 of
      the compressed file. It is left out in check mode, and where it would have more than 200,000 characters. Deliver
      the file then.
  returned: when the plan or a part was made
  type: dict
  sample:
    aggregate: false
    data:
      polycom_vvx_plan: {plan: 4f1c0a7be2d93586, phones: 25}
      polycom_vvx_plan_file: H4sIAAAAAAACA62OQQrDIBBF7zLr
    per_host: false
part:
  description: The part that the task has left, of a slice.
  returned: when O(part) is set
  type: dict
  contains:
    name: {description: Name of its file., type: str, sample: plan-part-4f1c0a7be2d93586.json, returned: always}
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
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when no plan could be made
  type: dict
  sample:
    kind: settings
    host: null
    http_status: null
    status: null
    endpoint: null
"""
