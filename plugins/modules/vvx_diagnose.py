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
  - Checks a phone step by step (DNS name, TCP connection, TLS, certificate, REST API, login, default password, clock,
    last boot, firmware, lines) and prints a table of what was found, and what to do where something is wrong. In a play
    with more than five phones, a phone without failures and warnings gets one line.
  - A restart that this controller knows to be pending is a warning, too.
  - Stops at the first step that fails. The steps after it are V(not checked), unless they were checked on the way.
  - Logs in once, like other modules, and sends few requests.
  - The task does not fail for a phone that can't be managed; see RV(manageable). The playbook C(polycom.vvx.diagnose)
    does so on request.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
options:
  certificate_warn_days:
    description:
      - How many days before the phone's certificate expires the step C(TLS) becomes a warning.
    type: int
    default: 30
seealso:
  - module: polycom.vvx.vvx_facts
"""

EXAMPLES = r"""
- name: Print what is right and wrong with the phone
  polycom.vvx.vvx_diagnose:
  register: diagnosis

- name: Stop if the phone can't be managed
  ansible.builtin.assert:
    that: diagnosis.manageable
    fail_msg: "{{ diagnosis.msg }}"

- name: List the lines that are not registered
  ansible.builtin.debug:
    msg: "{{ diagnosis.steps | selectattr('name', 'match', 'line ') | selectattr('outcome', 'eq', 'warning') }}"
"""

RETURN = r"""
host:
  description: Name or address of the phone.
  returned: success
  type: str
  sample: 192.0.2.11
manageable:
  description: Whether the phone can be managed. Warnings don't count.
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
  description:
    - All steps, in this order.
    - C(DNS name), whether the name has an address.
    - C(TCP connection), whether the port is open.
    - C(TLS), the version, and the certificate's name, issuer and dates; a V(warning) if it has expired or soon will, or
      belongs to another phone.
    - C(certificate), whether and how it was checked.
    - C(REST API), whether there is one.
    - C(login), whether the phone takes the password.
    - C(default password), whether it is the factory password.
    - C(clock), whether the phone's time is right.
    - C(last boot), when that was.
    - C(restart), only if this controller knows that parameters were written which need a restart of the phone, and that
      it has not started since. It is a V(warning).
    - C(firmware), the model, version and MAC address.
    - C(line 1) and so on, whether the line is registered, and where; C(lines) if the phone tells of none.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: What was checked., type: str, sample: TCP connection, returned: always}
    outcome:
      description: 'V(ok), V(warning), V(failed) or V(not checked).'
      type: str
      sample: ok
      returned: always
    found:
      description: What was found. Empty if a step before it failed.
      type: str
      sample: port 443 is open.
      returned: always
    remedy: {description: What to do; may be empty., type: str, sample: '', returned: always}
mac:
  description: MAC address of the phone; null if it does not tell.
  returned: success
  type: str
  sample: 00:04:f2:00:00:01
booted:
  description: When the phone has started, in UTC; null if it does not tell.
  returned: success
  type: str
  sample: '2026-11-24T08:00:00Z'
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
