#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_rotate_rollout
version_added: 0.1.0
short_description: Find out which admin password Polycom VVX phones have, and prepare to give them the next one
description:
  - Checks the next passwords (C(ansible_vvx_password_next)) of all phones of the play first. If one is missing, too
    short, a factory password or one that phones may not take at a login, the task fails and nothing is sent. A phone
    whose next password is the same as C(ansible_password) has nothing to get.
  - Then logs in to all phones, in one process, and prints which of them get their next password in which waves. Writes
    nothing to a phone. Each password is tried once at most, the one first that the phone took or was about to get in
    the latest run. A phone that has its next password costs one request.
  - Phones that have their next password are left out and counted. So are those that can't be read, refuse both
    passwords, or want a longer one; M(polycom.vvx.vvx_verdict) marks these as failed or unreachable.
  - Fails in a slice of an AWX job, because only a job with all phones can say when C(ansible_password) may be set to
    the next password.
  - A play behind it takes its hosts from the filter P(polycom.vvx.rollout_hosts#filter) and its batches from
    P(polycom.vvx.rollout_batches#filter). In each batch, M(polycom.vvx.vvx_wave) says whether to go on, and
    M(polycom.vvx.vvx_rotate) changes the phones. The playbook C(polycom.vvx.rotate_passwords) does all this.
  - No password is in the result, in the journal, or in any other file.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.walk
  - polycom.vvx.connection
  - polycom.vvx.memory
attributes:
  check_mode:
    support: full
    details:
      - Reads as usual, and makes no journal. A closed window causes a warning only.
options:
  min_length:
    description:
      - Shortest password to allow. The limit of each phone (C(sec.pwd.length.admin)) applies as well.
    type: int
    default: 8
  workers:
    description:
      - How many phones to read at once. Each gets one request at a time.
    type: int
    default: 128
seealso:
  - module: polycom.vvx.vvx_rotate
  - module: polycom.vvx.vvx_wave
"""

EXAMPLES = r"""
# A play on all phones; see playbooks/rotate_passwords.yml for the play behind it
- name: Find out which password each phone has
  polycom.vvx.vvx_rotate_rollout:
    canary: 2
    wave: 25%
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones get their next password, in how many waves; or what went wrong.
  returned: always
  type: str
  sample: 'Next passwords: 40 phones to change in 3 waves, canary phones first.'
all_next:
  description: Whether all phones of the play have their next password, so that C(ansible_password) can be set to it.
  returned: when there is no error
  type: bool
  sample: false
journal:
  description: The path of the journal; null in check mode, and if no phone is changed.
  returned: when there is no error
  type: str
  sample: /home/admin/.local/state/polycom.vvx/rollouts/rotate_passwords-5f0c6a1b2d3e4f50.journal
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
  description: How many phones there are, and why some of them are not changed.
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
      description: Phones that an earlier run has finished, and that were not looked at in this one.
      type: int
      sample: 0
    as_desired:
      description: Phones that have their next password already.
      type: int
      sample: 950
    refused_both:
      description: Phones that refused both passwords.
      type: int
      sample: 1
    not_read:
      description: Other phones that could not be asked, or that can't get their next password.
      type: int
      sample: 2
    busy:
      description: Phones in the waves that are in a call now.
      type: int
      sample: 3
  sample: {to_change: 40, resumed: 1, done: 0, as_desired: 950, refused_both: 1, not_read: 2, busy: 3}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when an option or a password is wrong, or the window is closed
  type: dict
  sample: {kind: bad_values, host: null, http_status: null, status: null, endpoint: null}
"""
