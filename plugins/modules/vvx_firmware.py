#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_firmware
version_added: 0.1.0
short_description: Install firmware on a Polycom VVX phone, and see that it works afterwards
description:
  - Compares the firmware of the phone with what its model should have. A phone that has it gets one request.
  - Otherwise points the phone at the server with the firmware (C(device.prov.upgradeServer)), reboots it when nobody is
    in a call, and waits until it is back with this firmware, is ready, and has registered the lines that were
    registered before.
  - Goes over other releases first where O(hops) says so, one after another.
  - Fails if the phone still has its old firmware, or has another one than was wanted. C(msg) names both, and
    C(error.kind) is V(not_updated). A phone that stopped between two releases is named with what it has installed.
  - The playbook C(polycom.vvx.firmware) does this for many phones, in waves. In a play that
    M(polycom.vvx.vvx_firmware_rollout) has prepared, the task also writes the journal of the rollout, and skips phones
    once the rollout has stopped.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.connection
attributes:
  check_mode:
    support: full
    details:
      - Says what would be installed, and looks for calls. Does not ask the server.
  diff_mode:
    support: full
options:
  target_firmware:
    description:
      - Firmware that phones should have, by model. V(default) is for all other models. The same table as
        O(polycom.vvx.vvx_report#module:target_firmware).
      - A shorter version such as V(5.9.3) stands for all that begin with it. Put versions in quotes.
      - A phone whose model is not in the table is skipped.
      - Required, unless M(polycom.vvx.vvx_firmware_rollout) has said it.
    type: dict
    default: {}
  server:
    description:
      - Where the firmware is, as phones want it in C(device.prov.upgradeServer), such as
        V(http://192.0.2.10/vvx/5.9.3). A dictionary has one for each version; V(default) is for all others.
      - Without it, the phone is only restarted, and has to find the firmware itself, on its provisioning server for
        example.
      - A login in the address is refused.
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
      - How the phone is told to look for firmware. V(reboot) reboots it. V(update) has it fetch its configuration;
        some firmware then also looks for new firmware.
    type: str
    choices: [reboot, update]
    default: reboot
  allow_downgrade:
    description:
      - Whether to install firmware that is older than what the phone has. Fails for such a phone otherwise.
    type: bool
    default: false
  server_after:
    description:
      - What becomes of C(device.prov.upgradeServer) afterwards. V(keep) leaves it as it is; the phone looks there at
        each boot. V(clear) empties it.
    type: str
    choices: [keep, clear]
    default: keep
  when_busy:
    description:
      - What to do if the phone is in a call, or reports that it can't shut down now. The same before each release.
      - V(wait) waits up to O(busy_timeout) seconds until the phone is idle, then fails. V(skip) skips the phone; if it
        is between two releases, the task fails. V(fail) fails at once. V(proceed) does not look for calls; the phone
        itself then waits for them to end.
      - Check mode does not wait.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait with O(when_busy=wait) until the phone is idle.
    type: float
    default: 600.0
  install_timeout:
    description:
      - Seconds that the phone gets for each release, to download it, to install it and to be ready.
    type: float
    default: 1800.0
  wait_timeout:
    description:
      - Seconds to wait for the lines afterwards; also for a phone that restarts because its server was set.
    type: float
    default: 300.0
  watch:
    description:
      - Seconds that the phone may answer with other firmware than it should have, before the task fails. Some phones
        download while they answer; raise it if that takes them longer.
    type: float
    default: 300.0
  wait_for_lines:
    description:
      - Whether the task fails if lines that were registered before are not registered afterwards.
    type: bool
    default: true
  lines:
    description:
      - Lines that have to be registered in the end, besides those that are registered before.
    type: list
    elements: int
    default: []
seealso:
  - module: polycom.vvx.vvx_firmware_rollout
  - module: polycom.vvx.vvx_report
  - module: polycom.vvx.vvx_restart
"""

EXAMPLES = r"""
- name: Install firmware that is on a server of our own
  polycom.vvx.vvx_firmware:
    target_firmware:
      VVX 411: '5.9.3.2489'
      default: '6.4.3.1004'
    server:
      '5.9.3.2489': http://192.0.2.10/vvx/5.9.3
      '6.4.3.1004': http://192.0.2.10/vvx/6.4.3

- name: Go over another release first, which phones older than 5.5 need
  polycom.vvx.vvx_firmware:
    target_firmware:
      default: '5.9.3.2489'
    hops:
      - version: '5.5.4.2255'
        below: '5.5'
    server:
      '5.5.4.2255': http://192.0.2.10/vvx/5.5.4
      '5.9.3.2489': http://192.0.2.10/vvx/5.9.3
"""

RETURN = r"""
target:
  description: The firmware that this model should have; null if the table has none.
  returned: when the phone answered
  type: str
  sample: 5.9.3.2489
firmware_before:
  description: The firmware that the phone had.
  returned: when the phone answered
  type: str
  sample: 5.4.7.2511
firmware_after:
  description: The firmware that it has now, or would have.
  returned: when the phone answered
  type: str
  sample: 5.9.3.2489
path:
  description: What is installed, one after another; empty if the phone has its firmware.
  returned: when the phone answered
  type: list
  elements: str
  sample: [5.5.4.2255, 5.9.3.2489]
installed:
  description: What of this is installed, and was ready.
  returned: when the phone answered
  type: list
  elements: str
  sample: [5.5.4.2255, 5.9.3.2489]
lines_before:
  description: Lines that have to be registered in the end.
  returned: when the phone was to be changed, with O(wait_for_lines)
  type: list
  elements: int
  sample: [1, 2]
elapsed:
  description: Seconds the task took, waiting for calls to end included.
  returned: when the phone answered
  type: float
  sample: 412.7
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
  sample: 38
error:
  description:
    - What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
    - RV(ignore:error.kind) may also be C(not_updated), C(in_call), C(not_ready), C(not_registered) or C(other_phone).
  returned: failure
  type: dict
  sample:
    kind: not_updated
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import firmware


def main() -> None:
    _module.run(firmware.run, firmware.SPEC)


if __name__ == "__main__":
    main()
