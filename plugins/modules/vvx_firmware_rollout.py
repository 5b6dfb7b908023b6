#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_firmware_rollout
version_added: 0.1.0
short_description: Find the Polycom VVX phones that need other firmware, and prepare to update them in waves
description:
  - Reads model and firmware of all phones of the play, in one process, and compares them with the table of
    O(target_firmware). Prints which phones get what, over which releases, in which waves. Writes nothing to a phone.
  - A phone that has its firmware, has newer firmware, or whose model is not in the table, is left out and counted. So
    are phones that can't be read; M(polycom.vvx.vvx_verdict) marks these as failed or unreachable.
  - Fails before anything is written if the table is empty or wrong, if a release that is needed has no server, or if
    the maintenance window is closed.
  - A play behind it takes its hosts from the filter P(polycom.vvx.rollout_hosts#filter) and its batches from
    P(polycom.vvx.rollout_batches#filter). In each batch, M(polycom.vvx.vvx_wave) says whether to go on, and
    M(polycom.vvx.vvx_firmware) updates the phones. The playbook C(polycom.vvx.firmware) does all this.
  - Compares no parameters. But it says so if the variables of O(layers) name another C(device.prov.upgradeServer) than
    O(server), because C(polycom.vvx.configure) would write that back.
  - The journal keeps which phones were begun, with the lines that they had registered. Run the same again after a run
    that stopped, failed for some phones or was killed.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.fleet
  - polycom.vvx.survey
  - polycom.vvx.walk
  - polycom.vvx.connection
  - polycom.vvx.memory
attributes:
  check_mode:
    support: full
    details:
      - Reads as usual, and makes no journal. A closed window causes a warning only.
options:
  target_firmware:
    description:
      - Firmware that phones should have, by model, as in O(polycom.vvx.vvx_firmware#module:target_firmware).
    type: dict
    required: true
  server:
    description:
      - Where the firmware is, or a dictionary of version and server, as in O(polycom.vvx.vvx_firmware#module:server).
    type: raw
  hops:
    description:
      - Releases that have to be installed before newer ones, as release notes demand it.
    type: list
    elements: dict
    default: []
    suboptions:
      version:
        description:
          - The release that comes between.
        type: str
        required: true
      below:
        description:
          - Phones with firmware older than this install it first. O(hops[].version) by default.
        type: str
      models:
        description:
          - The models that need it. All by default.
        type: list
        elements: str
  trigger:
    description:
      - How phones are told to look for firmware, as in O(polycom.vvx.vvx_firmware#module:trigger).
    type: str
    choices: [reboot, update]
    default: reboot
  allow_downgrade:
    description:
      - Whether phones with newer firmware get the older one. They are left out otherwise.
    type: bool
    default: false
  server_after:
    description:
      - What becomes of C(device.prov.upgradeServer) afterwards, as in
        O(polycom.vvx.vvx_firmware#module:server_after).
    type: str
    choices: [keep, clear]
    default: keep
  watch:
    description:
      - Seconds that a phone may answer with other firmware than it should have, as in
        O(polycom.vvx.vvx_firmware#module:watch).
    type: float
    default: 300.0
  install_timeout:
    description:
      - Seconds that a phone gets for each release, as in O(polycom.vvx.vvx_firmware#module:install_timeout).
    type: float
    default: 1800.0
seealso:
  - module: polycom.vvx.vvx_firmware
  - module: polycom.vvx.vvx_wave
  - module: polycom.vvx.vvx_report
"""

EXAMPLES = r"""
# A play on all phones; see playbooks/firmware.yml for the play behind it
- name: Find the phones that need other firmware
  polycom.vvx.vvx_firmware_rollout:
    target_firmware:
      VVX 411: '5.9.3.2489'
      default: '6.4.3.1004'
    server:
      '5.9.3.2489': http://192.0.2.10/vvx/5.9.3
      '6.4.3.1004': http://192.0.2.10/vvx/6.4.3
    canary: 2
    wave: 25%
  run_once: true
"""

RETURN = r"""
msg:
  description: How many phones are updated, in how many waves; or what went wrong.
  returned: always
  type: str
  sample: 'Firmware 5.9.3.2489, 6.4.3.1004: 40 phones to update in 3 waves, canary phones first.'
journal:
  description: The path of the journal; null in check mode, and if no phone is updated.
  returned: when there is no error
  type: str
  sample: /home/admin/.local/state/polycom.vvx/rollouts/firmware-5f0c6a1b2d3e4f50.journal
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
  description: How many phones there are, and why some of them are not updated.
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
    resumed_elsewhere:
      description: Phones in the waves that an earlier run, with another table, has begun and not finished.
      type: int
      sample: 0
    as_desired:
      description: Phones that have their firmware.
      type: int
      sample: 950
    newer:
      description: Phones with newer firmware, which are left out.
      type: int
      sample: 2
    no_target:
      description: Phones whose model is not in the table.
      type: int
      sample: 5
    not_read:
      description: Phones that could not be read.
      type: int
      sample: 3
    overruled:
      description: Phones to update whose desired parameters name another server.
      type: int
      sample: 0
  sample:
    to_change: 40
    resumed: 1
    done: 0
    resumed_elsewhere: 0
    as_desired: 950
    newer: 2
    no_target: 5
    not_read: 3
    overruled: 0
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: when an option is wrong, or the window is closed
  type: dict
  sample: {kind: settings, host: null, http_status: null, status: null, endpoint: null}
"""
