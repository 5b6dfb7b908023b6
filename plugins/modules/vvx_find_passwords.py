#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_find_passwords
version_added: 0.1.0
short_description: Find out which of several passwords each Polycom VVX phone of a play takes
description:
  - For fleets with an unknown past. Logs in to each phone with its password (C(ansible_password)), and to those that
    refuse it, with one candidate of O(password_candidates) in each run, never with one that the phone has refused.
  - Phones lock the account after several wrong logins (5 within 60 s, by default). So there is one candidate per phone
    and run at most, and none within C(ansible_vvx_lockout_time) seconds (60) of the one before. With the phone's own
    password, a run sends two wrong logins at most.
  - What phones have refused and taken is remembered in O(state_path), as keyed digests, before a candidate is sent. The
    task refuses to work where nothing can be remembered, and where another run looks for passwords at the same time.
  - What was found is written to a vault file (O(into)), encrypted with the vault secret of the run. No result, no log
    and no other file holds a candidate. The task refuses to work without a vault secret, before it sends anything.
  - A candidate is given to whoever answers at the phone's address, as every password is. With
    C(ansible_vvx_verify_hostname=mac) and C(ansible_vvx_mac), or C(ansible_vvx_fingerprint), it is certain beforehand
    that this is the phone. A warning names the phones of which it is not.
  - Other modules never try candidates.
  - Prints at most 40 lines. Runs once for all hosts of the play, on the controller, without C(serial). Each phone's
    address comes from the variables of its host; connection options of this task and of C(module_defaults) apply to all
    phones, with the first host's values.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.memory
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Asks all phones of the play from the controller.
  check_mode:
    support: full
    details:
      - Logs in with the phones' own passwords, tries no candidate, and writes nothing.
  diff_mode:
    support: N/A
    details:
      - Changes nothing on phones.
options:
  password_candidates:
    description:
      - Passwords that phones may have, most likely first, as a list; or as a text with one in each line. At most 20.
      - Each phone has its own list. If not set, it comes from C(ansible_vvx_password_candidates) of the phone. Keep it
        in a vault file. If C(ansible_vvx_password_next) is set, it is tried before them.
      - The factory password V(456) may be one of them, to learn which phones still have it. The REST API of such a
        phone is closed, so it is not written to O(into).
    type: raw
  into:
    description:
      - Vault file for the passwords that were found, a mapping C(vvx_found_passwords) by inventory host. If it exists,
        it must be a vault file of this kind; the passwords are added to it. Its mode is V(0600).
      - Relative to the playbook's folder. The default is C(found-passwords.yml) in the folder where C(ansible-playbook)
        was started; in AWX there is none.
    type: path
  retry_after:
    description:
      - After so many seconds, a candidate that a phone has refused may be tried again. Without it, never.
    type: float
  workers:
    description:
      - How many phones to ask at once. Each gets one request at a time.
    type: int
    default: 128
  fail:
    description:
      - Whether M(polycom.vvx.vvx_verdict) marks phones of which no password is known yet as failed, or as unreachable
        if they do not answer. The task itself fails only if its options are wrong.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_password
    description: Changes the password of a phone.
  - module: polycom.vvx.vvx_diagnose
    description: Finds out why a phone can't be managed.
"""

EXAMPLES = r"""
- name: Find out which passwords phones take
  polycom.vvx.vvx_find_passwords:
    password_candidates: "{{ vault_old_passwords }}"
    into: found-passwords.yml
  register: found

- name: Say of how many phones no password is known yet
  ansible.builtin.debug:
    msg: "{{ found.counts.refused + found.counts.waiting }} phones, {{ found.runs_left }} more runs"
  run_once: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '40 phones: 31 take their password, 6 take a candidate, 3 refused a candidate.'
phones:
  description: How many phones.
  returned: success
  type: int
  sample: 40
counts:
  description:
    - How many phones are in which state.
    - C(known) takes its password; C(found) takes a candidate.
    - C(would_try) would be tried with one (in check mode); C(refused) has refused one, and others are left.
    - C(waiting) was not tried, because a candidate was tried a short time ago.
    - C(exhausted) has refused all candidates; C(no_candidates) has refused its password and has none.
    - C(default_password) has the factory password, with which its REST API is closed.
    - C(unreachable) does not answer; C(failed) can't be asked for another reason.
  returned: success
  type: dict
  sample:
    known: 31
    found: 6
    would_try: 0
    refused: 3
    waiting: 0
    exhausted: 0
    no_candidates: 0
    default_password: 0
    unreachable: 0
    failed: 0
hosts:
  description: The hosts by state, without C(known), at most 200 of each.
  returned: success
  type: dict
  sample:
    found: [berlin-1001, berlin-1002, berlin-1003, berlin-1004, berlin-1005, berlin-1006]
    would_try: []
    refused: [berlin-1007, berlin-1008, berlin-1009]
    waiting: []
    exhausted: []
    no_candidates: []
    default_password: []
    unreachable: []
    failed: []
runs_left:
  description: How many more runs it takes at most to try all candidates.
  returned: success
  type: int
  sample: 2
wait:
  description: In how many seconds the next run can go on with all phones.
  returned: success
  type: int
  sample: 60
file:
  description: Path of the file with the passwords that were found.
  returned: success
  type: str
  sample: /home/admin/phones/found-passwords.yml
in_file:
  description: How many phones it holds a password of; 0 if there is no file.
  returned: success
  type: int
  sample: 6
ansible_stats:
  description:
    - The same as C(polycom_vvx_passwords), for AWX and for callbacks, as by C(set_stats).
  returned: success
  type: dict
  sample:
    aggregate: false
    per_host: false
    data:
      polycom_vvx_passwords: {phones: 40, runs_left: 2, wait: 60}
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
