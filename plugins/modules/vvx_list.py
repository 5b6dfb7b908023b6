#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_list
version_added: 0.1.0
short_description: Print a line about each Polycom VVX phone whose facts were gathered
description:
  - Prints host, model, firmware, MAC address and first line of each phone in aligned columns, from the facts of
    M(polycom.vvx.vvx_facts). Sends nothing. More than 200 phones are counted.
  - Prints at any verbosity, also with C(ANSIBLE_DISPLAY_OK_HOSTS=false).
  - Runs once for all hosts of the play, or of the batch if there is C(serial), on the controller. Hosts that have
    failed are left out.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Reads the facts of the play.
options: {}
seealso:
  - module: polycom.vvx.vvx_facts
  - module: polycom.vvx.vvx_report
    description: Writes more about each phone to files.
"""

EXAMPLES = r"""
- name: Gather facts
  polycom.vvx.vvx_facts:
    gather_subset: [device, lines]

- name: List the phones
  polycom.vvx.vvx_list:
"""

RETURN = r"""
msg:
  description: The number of phones in a sentence, or what is wrong.
  returned: always
  type: str
  sample: 25 phones.
phones:
  description: How many phones there are.
  returned: success
  type: int
  sample: 25
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
