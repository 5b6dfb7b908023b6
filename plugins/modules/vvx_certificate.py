#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_certificate
version_added: 0.1.0
short_description: Let a Polycom VVX phone trust a certificate authority
description:
  - Puts the certificate of an authority (CA) into one of the phone's places for such certificates, so that the phone
    trusts servers with certificates of that authority, or empties the place.
  - Refuses a private key, a certificate that is no authority's, that has expired, or that is too long for a phone.
    Then nothing is sent. The filter P(polycom.vvx.ca_certificate#filter) makes the same value for a task of your own.
  - Does not touch the certificate that the phone presents to others, so that no connection to the phone breaks.
  - Works as M(polycom.vvx.vvx_config) does. A phone that has the certificate stays as it is, whether it keeps it on one
    line or on several.
  - Behind M(polycom.vvx.vvx_certificate_rollout), as in the playbook C(polycom.vvx.install_ca), it has the options of
    that task.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.changes
  - polycom.vvx.connection
options:
  content:
    description:
      - The text of a PEM file with one certificate, as from the lookup P(ansible.builtin.file#lookup).
      - Required with O(state=present), unless M(polycom.vvx.vvx_certificate_rollout) was run before.
      - With O(state=absent), only this certificate is removed, and a phone that has another one in this place is left
        alone. Without this option, the place is emptied whatever it holds.
    type: str
  slot:
    description:
      - The place for the certificate. V(platform1) and V(platform2) are C(device.sec.TLS.customCaCert1) and
        C(device.sec.TLS.customCaCert2), V(application1) to V(application6) are C(sec.TLS.customCaCert.1) and so on.
      - Only platform places count for 802.1X, provisioning and syslog. A change of them restarts the phone.
      - Which places a TLS profile uses, and which profile SIP, provisioning or LDAP use, are parameters as well
        (C(sec.TLS.profile.x.caCert.application1), C(sec.TLS.profileSelection.SIP) and so on). Set them with
        M(polycom.vvx.vvx_config).
    type: str
    choices: [platform1, platform2, application1, application2, application3, application4, application5, application6]
    default: application1
  state:
    description:
      - Whether the certificate is to be in this place, or the place is to be empty.
    type: str
    choices: [present, absent]
    default: present
  replace:
    description:
      - Whether to replace another certificate in this place. Without it, a phone that has another one there is left
        alone, because something may need it.
    type: bool
    default: false
  restart:
    description:
      - Whether to restart the phone after a change, wait until it is back, and read the written values back again.
      - V(if_required) restarts it if RV(restart_required) is V(yes), but not for V(unknown). V(always) restarts it
        after any change. A phone that restarted by itself is not restarted again.
      - Parameters C(device.*) get a reboot, because guides do not say which of them need only an application restart.
    type: str
    choices: [never, if_required, always]
    default: never
  warn:
    description:
      - Whether to warn about doubtful values and names. Errors do not depend on it.
    type: bool
    default: true
  when_busy:
    description:
      - What to do if the phone is to be changed and is in a call. V(wait) waits up to O(busy_timeout) seconds, then
        fails. V(skip) leaves it as it is. V(fail) fails. V(proceed) lets the phone wait for the call to end.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait for a call to end, with O(when_busy=wait).
    type: float
    default: 600.0
  wait_timeout:
    description:
      - Seconds to wait for a phone that goes down while its parameters are written, or that is restarted, and for its
        lines.
    type: float
    default: 300.0
  wait_for_lines:
    description:
      - After a change, wait until the lines that were registered before are registered again, at most O(wait_timeout)
        seconds, and fail if they are not. A line whose C(reg.x.address) this task empties is not awaited.
      - A phone that needs no change is not asked about its lines, unless O(lines) names some.
    type: bool
    default: false
  lines_delay:
    description:
      - With O(wait_for_lines), how many seconds to wait before looking at the lines of a phone that was not restarted.
        It takes a moment to register with another server, and shows its old state until then.
    type: float
    default: 5.0
  lines:
    description:
      - With O(wait_for_lines), lines that have to be registered in the end, also if they are not before, and also if
        nothing is left to write. These are the lines that an earlier task, which failed, may have lost.
    type: list
    elements: int
    default: []
  resume:
    description:
      - Whether to finish what an earlier task began, which may not have restarted the phone. If O(restart) asks for it,
        the phone is restarted even if nothing is left to write.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_certificate_rollout
  - module: polycom.vvx.vvx_config
  - plugin: polycom.vvx.ca_certificate
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Let the phone trust the company's authority
  polycom.vvx.vvx_certificate:
    content: "{{ lookup('ansible.builtin.file', 'company-ca.pem') }}"
    slot: application2

- name: No longer trust it
  polycom.vvx.vvx_certificate:
    slot: application2
    state: absent
"""

RETURN = r"""
parameter:
  description: The parameter of the place.
  returned: when the phone answered
  type: str
  sample: sec.TLS.customCaCert.2
certificate:
  description: The certificate that is there now (or would be); null for none. Its last day is in UTC.
  returned: when the phone answered
  type: dict
  sample: {subject: 'CN=Example Root CA, O=Example', not_after: '2036-11-24', fingerprint: 9f86d081884c7d65}
replaced:
  description: The certificate that was there before; null if there was none, or if nothing has changed.
  returned: when the phone answered
  type: dict
  sample: {subject: 'CN=Old Root CA, O=Example', not_after: '2026-12-01', fingerprint: 0263829989b6fd95}
before:
  description: Previous value of the parameter, if it was (or would be) changed.
  returned: when the phone answered
  type: dict
  sample:
    sec.TLS.customCaCert.2: ''
after:
  description: Its value now (or as it would be), as read back.
  returned: when the phone answered
  type: dict
  sample:
    sec.TLS.customCaCert.2: -----BEGIN CERTIFICATE----- MIIBszCCAVmg... -----END CERTIFICATE-----
restart_required:
  description:
    - Whether the change needs a restart (or makes the phone restart by itself).
    - V(unknown) means undocumented; a restart may be needed. V(no) after this task has restarted the phone.
  returned: when the phone answered
  type: str
  sample: 'unknown'
restart_needed:
  description:
    - Whether RV(restart_required) is V(yes), for use in C(when).
  returned: when the phone answered
  type: bool
  sample: false
restart_reasons:
  description:
    - The changed parameters that need a restart, each with its effect and the source of that.
  returned: when the phone answered
  type: dict
  sample:
    device.sec.TLS.customCaCert1: yes (guides flag device.* as a family)
restarted:
  description: Whether the phone was restarted (or would be), or restarted by itself.
  returned: when the phone answered
  type: bool
  sample: false
batches:
  description: How many write requests the changes took (or would take).
  returned: when the phone answered
  type: int
  sample: 1
wave:
  description: The number of the phone's wave, from 1 on.
  returned: in a rollout, when the phone was asked
  type: int
  sample: 2
not_begun:
  description: Why the phone was left as it is, because the rollout has stopped.
  returned: when the rollout has stopped before this phone; the task is skipped then
  type: str
  sample: 2 of 3 phones failed in wave 1, where more than 1 may not
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 3
unknown:
  description: Parameters that the phone does not know, each with similar names.
  returned: when the phone does not know all parameters
  type: dict
  sample:
    sec.TLS.customCaCert.6: []
lines_before:
  description: Lines that were registered before the change.
  returned: when the phone was to be changed, with O(wait_for_lines)
  type: list
  elements: int
  sample: [1, 2]
lines_after:
  description: Lines that are registered after the change, or after its rollback.
  returned: when the phone was changed and still answers, with O(wait_for_lines)
  type: list
  elements: int
  sample: [1, 2]
firmware_before:
  description: The firmware before the change.
  returned: when the phone was to be changed, with O(wait_for_lines)
  type: str
  sample: 5.9.3.2489
firmware_after:
  description: The firmware after the change. A restart may have installed another.
  returned: when the phone was changed and still answers, with O(wait_for_lines)
  type: str
  sample: 5.9.3.2489
stale:
  description: The parameter, if it was changed by somebody else while this task ran.
  returned: when that has happened; nothing is written then
  type: dict
  sample:
    sec.TLS.customCaCert.2:
      expected: {value: '', source: default}
      found: {value: '-----BEGIN CERTIFICATE----- ...', source: web}
applied:
  description: Parameters that were changed, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: [sec.TLS.customCaCert.2]
not_applied:
  description: Parameters that still differ, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: []
unconfirmed:
  description:
    - Parameters that were sent but could not be read back.
  returned: when the change failed halfway and the phone did not come back
  type: list
  elements: str
  sample: [device.prov.serverName]
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample: {kind: settings, host: 192.0.2.11, http_status: null, status: null, endpoint: null}
"""

from ..module_utils import _module
from ..module_utils._operations import certificate


def main() -> None:
    _module.run(certificate.run, certificate.SPEC)


if __name__ == "__main__":
    main()
