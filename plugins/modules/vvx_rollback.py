#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_rollback
version_added: 0.1.0
short_description: Prepare to undo a plan on Polycom VVX phones, in waves
description:
  - Reads the phones that a plan of M(polycom.vvx.vvx_plan) changes, and prepares to give them the values back that they
    had before. The playbook C(polycom.vvx.rollback) begins with it.
  - A phone to which the plan was never applied, or only in part, gets back what differs. A phone with a value that is
    neither the one before the plan nor the one of the plan is left alone, unless O(force) is set.
  - Prints on at most 40 lines what is written back, which values were inherited and stay as overrides, and what can't
    be brought back and why. Sends nothing that changes a phone; the play behind it does, as behind
    M(polycom.vvx.vvx_rollout), with M(polycom.vvx.vvx_revert) on each phone.
  - Runs once for all hosts of the play. Phones that could not be read, or that somebody else has changed since, get a
    verdict for M(polycom.vvx.vvx_verdict).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.walk
  - polycom.vvx.plan
  - polycom.vvx.revert
  - polycom.vvx.survey
  - polycom.vvx.memory
  - polycom.vvx.connection
attributes:
  check_mode:
    support: full
    details:
      - Makes no journal. A closed window causes a warning only.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
options:
  force:
    description:
      - Whether phones that somebody else has changed since get their old values back as well.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_plan
  - module: polycom.vvx.vvx_revert
  - module: polycom.vvx.vvx_restore
"""

EXAMPLES = r"""
# A play on all phones; see playbooks/rollback.yml for the play behind it
- name: Prepare to undo the plan
  polycom.vvx.vvx_rollback:
    plan: plan.json
    key: "{{ vault_vvx_plan_key }}"
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones get something back, in how many waves; or what went wrong.
  returned: always
  type: str
  sample: 'Rollback of plan 5f0c6a1b2d3e4f50: 38 phones to change back in 2 waves, canary phones first.'
plan_id:
  description: The ID of the plan. The journal is C(rollback-ID.journal).
  returned: when there is no error
  type: str
  sample: 5f0c6a1b2d3e4f50
journal:
  description: The path of the journal; null in check mode, and if no phone gets anything back.
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
  description: How many phones there are, and why some of them get nothing back.
  returned: when there is no error
  type: dict
  contains:
    to_change:
      description: Phones in the waves.
      type: int
      sample: 38
    resumed:
      description: Phones among these that an earlier run has begun, and not finished.
      type: int
      sample: 1
    done:
      description: Phones that an earlier run has finished.
      type: int
      sample: 0
    as_before:
      description: Phones that have all that they are to get back.
      type: int
      sample: 2
    changed_since:
      description: Phones that somebody else has changed since. They are left alone.
      type: int
      sample: 1
    not_read:
      description: Phones that could not be read. They are left out.
      type: int
      sample: 0
    outside:
      description: Phones that the plan changes and that are no hosts of this play.
      type: int
      sample: 0
    not_in_inventory:
      description: Phones that the plan changes and that are not in the inventory.
      returned: unless the job is a slice
      type: int
      sample: 0
    other_slices:
      description: Phones that the plan changes and that the inventory of this slice of an AWX job does not have.
      returned: in a slice
      type: int
      sample: 0
  sample:
    to_change: 38
    resumed: 1
    done: 0
    as_before: 2
    changed_since: 1
    not_read: 0
    outside: 0
    not_in_inventory: 0
overrides:
  description: Parameters that were inherited and become overrides of phones, each with the number of these. The first
    100.
  returned: when there is no error
  type: dict
  sample:
    up.idleTimeout: 38
not_restored:
  description: Parameters that can't be brought back, each with the number of phones. The first 100.
  returned: when there is no error
  type: dict
  sample:
    reg.1.auth.password: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when the plan can't be used, or an option is wrong
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
