#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_diagnose
version_added: 0.1.0
short_description: Find out why a Polycom VVX phone can't be managed
description:
  - Checks a phone step by step (name, port, TLS, certificate, web server, clock, REST API, password, firmware), and
    reports for each step whether it is fine, and what to do if not.
  - Stops at the first step that fails. Logs in once, like other modules.
  - The task does not fail for a phone that can't be managed; see RV(manageable).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options: {}
seealso:
  - module: polycom.vvx.vvx_facts
"""

EXAMPLES = r"""
- name: Diagnose the phone
  polycom.vvx.vvx_diagnose:
  register: diagnosis

- name: Show the result
  ansible.builtin.debug:
    msg: "{{ diagnosis.msg }}"
"""

RETURN = r"""
manageable:
  description: Whether the phone can be managed.
  returned: success
  type: bool
  sample: false
msg:
  description: What is wrong and what to do, or what the phone is.
  returned: always
  type: str
  sample: >-
    192.0.2.11: the REST API is switched off (HTTP 404). Turn the REST API on: set apps.restapi.enabled="1" on the
    provisioning server, or use Settings, Applications, REST API in the phone's web interface. It can't be turned on
    over REST.
steps:
  description: The steps, in their order.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description:
        - What was checked, name, connection, tls, certificate dates, certificate, web server, clock, authentication,
          REST API, login, password, firmware, state or phone.
      type: str
      sample: connection
      returned: always
    outcome: {description: 'V(ok), V(warning) or V(failed).', type: str, sample: ok, returned: always}
    found: {description: What was found., type: str, sample: port 443 is open., returned: always}
    remedy: {description: What to do; may be empty., type: str, sample: '', returned: always}
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 2
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import diagnose


def main() -> None:
    _module.run(diagnose.run, diagnose.SPEC)


if __name__ == "__main__":
    main()
