#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_rollout
version_added: 0.1.0
short_description: Prepare to apply a plan to Polycom VVX phones, in waves
description:
  - Reads a plan that M(polycom.vvx.vvx_plan) has made, decides which of its phones change in this run and in which
    waves, and prints the waves. Sends nothing to a phone. The playbook C(polycom.vvx.apply) begins with it.
  - Runs once for all hosts of the play. Phones of the plan that are no hosts of the play, because of C(--limit) for
    example, are left alone.
  - Fails if the plan is damaged, was signed with another O(key), or was changed since; if the desired parameters of
    one of its phones in the play are no longer those that the plan was made of; if the maintenance window is closed; or
    if another run, with its journal in the same folder, is changing one of these phones now.
  - In a slice of an AWX job, it walks through the phones of the slice; canary, waves and failures are counted in it
    alone. Each slice has a journal of its own, and all journals of the plan in the folder are read together.
  - A play behind it takes its hosts from the filter P(polycom.vvx.rollout_hosts#filter) and its batches from
    P(polycom.vvx.rollout_batches#filter). In each batch, M(polycom.vvx.vvx_wave) says whether to go on, and
    M(polycom.vvx.vvx_apply) changes the phones.
  - Phones that an earlier run of the same plan has finished are left out, as its journal says. So after a run that
    stopped, failed for some phones or was killed, run it again with the same plan.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.walk
  - polycom.vvx.plan
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Reads the variables of all hosts.
  check_mode:
    support: full
    details:
      - Makes no journal. A closed window causes a warning only.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
options:
  approved:
    description:
      - ID of the plan that was approved, as M(polycom.vvx.vvx_plan) returns it in RV(polycom.vvx.vvx_plan#module:plan).
        Any other plan is refused. Empty for any plan.
    type: str
  restart:
    description:
      - Whether to restart phones after the change, as in O(polycom.vvx.vvx_config#module:restart).
    type: str
    choices: [never, if_required, always]
    default: if_required
  rollback_on_failure:
    description:
      - Whether a phone that fails gets its old values back, as in
        O(polycom.vvx.vvx_config#module:rollback_on_failure).
    type: bool
    default: false
  verify:
    description:
      - Whether to read written values back.
    type: bool
    default: true
seealso:
  - module: polycom.vvx.vvx_plan
  - module: polycom.vvx.vvx_wave
  - module: polycom.vvx.vvx_apply
"""

EXAMPLES = r"""
# A play on all phones; see playbooks/apply.yml for the play behind it
- name: Prepare the rollout
  polycom.vvx.vvx_rollout:
    plan: plan.json
    key: "{{ vault_vvx_plan_key }}"
    canary: 2
    wave: 25%
    wave_by: site
    max_failures: 3
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones change, in how many waves; or what went wrong.
  returned: always
  type: str
  sample: 'Plan 5f0c6a1b2d3e4f50: 40 phones to change in 3 waves, canary phones first.'
plan_id:
  description: The ID of the plan, which names its journal.
  returned: when there is no error
  type: str
  sample: 5f0c6a1b2d3e4f50
plan_from:
  description: Where the plan was taken from, a path, a URL without its login, or V(polycom_vvx_plan_file).
  returned: when there is no error
  type: str
  sample: /srv/phones/plan.json
journal:
  description: The path of the journal; null in check mode, and if no phone changes.
  returned: when there is no error
  type: str
  sample: /home/admin/phones/5f0c6a1b2d3e4f50.journal
wave_count:
  description: How many waves there are.
  returned: when there is no error
  type: int
  sample: 3
waves:
  description: The first 1,000 waves.
  returned: when there is no error
  type: list
  elements: dict
  contains:
    number:
      description: From 1 on.
      type: int
      sample: 1
    canary:
      description: Whether it has canary phones.
      type: bool
      sample: true
    site:
      description: What its phones have in common, with O(wave_by); else empty.
      type: str
      sample: ''
    phones:
      description: How many phones it has.
      type: int
      sample: 1
    hosts:
      description: The first 100 of them.
      type: list
      elements: str
      sample: [berlin-1001]
    max_failures:
      description: With more failures than this, the rollout stops.
      type: int
      sample: 0
  sample: [{number: 1, canary: true, site: '', phones: 1, hosts: [berlin-1001], max_failures: 0}]
phones:
  description: How many phones there are, and why some of them do not change.
  returned: when there is no error
  type: dict
  contains:
    to_change:
      description: Phones in the waves.
      type: int
      sample: 40
    resumed:
      description: Phones among these that an earlier run has begun, and not finished.
      type: int
      sample: 1
    done:
      description: Phones that an earlier run has finished.
      type: int
      sample: 10
    as_desired:
      description: Phones that had nothing to change when the plan was made.
      type: int
      sample: 950
    not_read:
      description: Phones that the plan could not read. They are left out.
      type: int
      sample: 2
    unknown_parameters:
      description: Phones that don't know all parameters. They are left out unless the plan skips such parameters.
      type: int
      sample: 0
    outside:
      description: Phones that the plan changes and that are no hosts of this play.
      type: int
      sample: 0
    not_in_inventory:
      description: Phones of the plan that are not in the inventory.
      returned: unless the job is a slice
      type: int
      sample: 0
    other_slices:
      description: Phones of the plan that the inventory of this slice of an AWX job does not have.
      returned: in a slice
      type: int
      sample: 0
    not_in_plan:
      description: Hosts of the play that are not in the plan.
      type: int
      sample: 0
  sample:
    to_change: 40
    resumed: 1
    done: 10
    as_desired: 950
    not_read: 2
    unknown_parameters: 0
    outside: 0
    not_in_inventory: 0
    not_in_plan: 0
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when the plan can't be applied, or an option is wrong
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
