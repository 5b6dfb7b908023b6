#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_enrolled
version_added: 0.1.0
short_description: Give each Polycom VVX phone its result after vvx_enroll
description:
  - M(polycom.vvx.vvx_enroll) is one task for all phones, so it can't fail for some of them. This task does it, one
    phone at a time - it fails, or is unreachable, for a phone that has not been seen. Sends nothing.
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
      - Finishes in milliseconds.
options: {}
seealso:
  - module: polycom.vvx.vvx_enroll
"""

EXAMPLES = r"""
# In the same playbook, behind polycom.vvx.vvx_enroll:
- name: Say what became of the phone
  polycom.vvx.vvx_enrolled:
"""

RETURN = r"""
outcome:
  description:
    - V(answered) if the phone could be managed before, V(enrolled) if it can be managed now, V(prepared) if its file is
      written and it was not waited for, V(missing) if it has not been seen.
  returned: when vvx_enroll has looked at the phone
  type: str
  sample: enrolled
file:
  description: The phone's provisioning file; null for a phone that could be managed before.
  returned: when vvx_enroll has looked at the phone
  type: str
  sample: /srv/provisioning/0004f2aabbcc-vvx.cfg
as_desired:
  description: Whether the phone's parameters are as desired.
  returned: when the phone can be managed
  type: bool
  sample: true
msg:
  description: Why the phone has not been seen, and what to do.
  returned: when it has not
  type: str
  sample: 'berlin-1004: the REST API is switched off (HTTP 404).'
error:
  description: The same, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when the phone has not been seen
  type: dict
  sample: {kind: rest_disabled, host: 10.0.0.4, http_status: 404, status: null, endpoint: null}
"""
