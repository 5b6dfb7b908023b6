#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_enroll
version_added: 0.1.0
short_description: Write provisioning files for new Polycom VVX phones, and wait until the phones can be managed
description:
  - The REST API of a new phone is off, and only a provisioning file or the phone's web interface can switch it on. This
    task writes such a file for each phone of the play that can't be managed yet. It switches the REST API on, sets the
    admin password to the one of the connection (C(ansible_password)), and holds the parameters of the phone in
    O(layers).
  - Phones that answer to their password are left alone, and so are their files.
  - Then it waits until the phones answer, to this password, and as the phones with these MAC addresses. It sends no
    login before the REST API answers, and at most two to each phone, the second one only after the phone has been away.
  - A phone reads the master file that is named after its MAC address, or else C(000000000000.cfg). These list the
    files with parameters, and the first that sets a parameter counts. The phone's file gets the first name there that
    belongs to this phone alone and is not taken. Without a master file, this task writes C(000000000000.cfg), which
    lists C(MAC-vvx.cfg). If C(000000000000.cfg) lists no such file, the phone gets a master file of its own, a copy
    with its file in front.
  - Files that others wrote are not replaced; see O(overwrite). Everything is checked before anything is written.
  - Runs once for all hosts of the play, on the controller, without C(serial). Each phone needs C(ansible_vvx_mac).
    M(polycom.vvx.vvx_enrolled) behind it gives each phone its result.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.memory
  - polycom.vvx.connection
options:
  folder:
    description:
      - The folder from which the phones get their files, or a copy of it. Relative to the playbook's folder.
    type: path
    required: true
  secrets:
    description:
      - What becomes of secrets in the files. They stand there in clear text, because phones read them so.
      - With V(remove_after), all C(device.*) are taken out of a file as soon as its phone can be managed, and with them
        the admin password. The phone has them in its memory, and a file that goes on setting them would undo later
        changes at every restart. Other secrets, such as C(reg.1.auth.password), stay, because the phone needs them at
        each start.
      - With V(omit), the files do not get other secrets in the first place. M(polycom.vvx.vvx_config) sets them over
        REST afterwards.
      - With V(include), nothing is removed.
    type: str
    choices: [omit, remove_after, include]
    default: remove_after
  overwrite:
    description:
      - Whether to replace files that others wrote, where there is no other way. A copy of each is kept beside it, with
        a name that ends with C(.bak).
    type: bool
    default: false
  mode:
    description:
      - Mode of the phones' files in octal digits, in quotes; V(0640) if not set. The provisioning server must be able
        to read them. Master files, which hold no secrets, get V(0644).
    type: raw
  wait_timeout:
    description:
      - Seconds to wait for the phones. With V(0), the task only writes files.
    type: float
    default: 900
seealso:
  - module: polycom.vvx.vvx_enrolled
  - module: polycom.vvx.vvx_diagnose
    description: Finds out why a phone does not answer.
"""

EXAMPLES = r"""
- name: Enroll all new phones of the play
  polycom.vvx.vvx_enroll:
    folder: provisioning
    wait_timeout: 1800
  run_once: true

- name: Give each phone its result
  polycom.vvx.vvx_enrolled:
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '4 phones: 2 enrolled, 1 could be managed before, 1 not seen.'
phones:
  description: How many phones there are.
  returned: success
  type: int
  sample: 4
counts:
  description:
    - How many phones could be managed before (C(answered)), can be managed now (C(enrolled)), have a file and were not
      waited for (C(prepared)), or have not been seen (C(missing)).
  returned: success
  type: dict
  sample: {answered: 1, enrolled: 2, prepared: 0, missing: 1}
missing:
  description: Phones that have not been seen; the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    host: {description: The inventory host., type: str, sample: berlin-1004, returned: always}
    kind: {description: As C(kind) in RV(error)., type: str, sample: rest_disabled, returned: always}
    why: {description: The same in words., type: str, sample: REST API still off, returned: always}
differing:
  description: Phones that can be managed and whose parameters are not as desired; the first 200.
  returned: success
  type: list
  elements: str
  sample: [berlin-1003]
files:
  description: Files in O(folder) that were written, or compared; the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    path: {description: Path of the file., type: str, sample: /srv/provisioning/0004f2aabbcc-vvx.cfg, returned: always}
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample: {kind: bad_values, host: null, http_status: null, status: null, endpoint: null}
"""
