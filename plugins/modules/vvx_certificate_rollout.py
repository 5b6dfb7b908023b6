#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_certificate_rollout
version_added: 0.1.0
short_description: Prepare to let Polycom VVX phones trust a certificate authority, in waves
description:
  - Checks a PEM file, reads from all phones of the play what is in the place for it, in one process, and prints which
    phones get it in which waves. Writes nothing to a phone. The playbook C(polycom.vvx.install_ca) begins with it.
  - Fails before anything is sent if the file is no certificate of an authority, has a private key, has expired, or is
    too long for a phone.
  - Phones that have the certificate are left out and counted. So are phones that have another one in this place, unless
    O(replace) is set, that lack the place, or that can't be read; M(polycom.vvx.vvx_verdict) marks these as failed or
    unreachable.
  - A play behind it takes its hosts from the filter P(polycom.vvx.rollout_hosts#filter) and its batches from
    P(polycom.vvx.rollout_batches#filter). In each batch, M(polycom.vvx.vvx_wave) says whether to go on, and
    M(polycom.vvx.vvx_certificate) changes the phones.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.walk
  - polycom.vvx.survey
  - polycom.vvx.memory
  - polycom.vvx.connection
attributes:
  check_mode:
    support: full
    details:
      - Reads as usual, and makes no journal. A closed window causes a warning only.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
options:
  ca_file:
    description:
      - PEM file on the controller with one certificate. Required with O(state=present).
      - With O(state=absent), only this certificate is removed, and a phone that has another one in this place is left
        alone. Without this option, the place is emptied whatever it holds.
    type: path
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
      - Whether to restart phones after the change, as in O(polycom.vvx.vvx_config#module:restart).
    type: str
    choices: [never, if_required, always]
    default: if_required
seealso:
  - module: polycom.vvx.vvx_certificate
  - module: polycom.vvx.vvx_wave
"""

EXAMPLES = r"""
# A play on all phones; see playbooks/install_ca.yml for the play behind it
- name: Find out which phones trust the authority
  polycom.vvx.vvx_certificate_rollout:
    ca_file: files/company-ca.pem
    slot: application2
    wave: 25%
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones are changed, in how many waves; or what went wrong.
  returned: always
  type: str
  sample: 'Example Root CA as application1: 40 phones to change in 3 waves, canary phones first.'
parameter:
  description: The parameter of the place.
  returned: when there is no error
  type: str
  sample: sec.TLS.customCaCert.1
certificate:
  description: The certificate; null with O(state=absent). Its last day is in UTC.
  returned: when there is no error
  type: dict
  sample: {subject: 'CN=Example Root CA, O=Example', not_after: '2036-11-24', fingerprint: 9f86d081884c7d65}
journal:
  description: The path of the journal; null in check mode, and if no phone is changed.
  returned: when there is no error
  type: str
  sample: /home/admin/.local/state/polycom.vvx/rollouts/install_ca-5f0c6a1b2d3e4f50.journal
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
      description: Phones that are as desired already.
      type: int
      sample: 950
    taken:
      description: Phones that have another certificate in this place.
      type: int
      sample: 1
    not_read:
      description: Phones that could not be read, or lack this place.
      type: int
      sample: 2
  sample: {to_change: 40, resumed: 1, done: 0, as_desired: 950, taken: 1, not_read: 2}
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when an option or the file is wrong, or the window is closed
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
