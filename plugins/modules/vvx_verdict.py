#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_verdict
version_added: 0.1.0
short_description: Mark each Polycom VVX phone as what an audit in the same run found
description:
  - Fails for a phone that M(polycom.vvx.vvx_audit) found to be different, is unreachable for one that it could not
    reach, and is ok for all others. Sends nothing.
  - An audit is one task for all phones, so it can't fail for some of them. This task does it, one phone at a time.
  - Marks what O(polycom.vvx.vvx_audit#module:fail_on), or the same option of M(polycom.vvx.vvx_plan) and
    M(polycom.vvx.vvx_report), names.
  - In a play of its own with C(hosts) from the filter P(polycom.vvx.marked_hosts#filter), only marked phones cost a
    task.
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
  - module: polycom.vvx.vvx_audit
  - plugin: polycom.vvx.marked_hosts
    plugin_type: filter
"""

EXAMPLES = r"""
# In the same playbook, behind polycom.vvx.vvx_audit:
- name: Give each phone its verdict
  polycom.vvx.vvx_verdict:
"""

RETURN = r"""
verdict:
  description: V(ok), V(failed) or V(unreachable).
  returned: when there is no error
  type: str
  sample: failed
msg:
  description: Why the phone is marked.
  returned: when it is
  type: str
  sample: 'berlin-1001: 1 of 3 differ: reg.1.label.'
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when an option is wrong
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
