#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_config
version_added: 0.1.0
short_description: Make the configuration parameters of a Polycom VVX phone what they should be
description:
  - Reads the running values of the parameters, writes those that differ, and reads them back to prove that they took.
  - A value that is already right is never written, whatever layer it comes from. Writing it would create a web override,
    which hides what the provisioning server says from then on.
  - One task takes any number of parameters. It sends as few requests as the phone's limits allow (20 parameters and 20 KB
    each), so give all parameters to one task instead of looping.
  - Parameters C(device.*) need C(device.set) and C(device.*.set) beside them. These are added by themselves; leave them out.
  - Parameters that make the phone restart by itself are written last. If the phone goes away while this task talks to it, it is awaited. Many
    phones go down only some seconds after they have answered; with O(restart=if_required) the task waits for that, too.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.changes
  - polycom.vvx.connection
  - polycom.vvx.desired
  - polycom.vvx.schema
options:
  sensitive:
    description:
      - Patterns of names (with V(*) and V(?), letter case does not count) of parameters that are to be treated as secrets, besides those that are known to be
        secrets. Their values are never shown, and O(update_secrets) says when they are written.
    type: list
    elements: str
  update_secrets:
    description:
      - When to write parameters that hold a secret (passwords, PINs, private keys). Many phones do not give their value back,
        so that it can't be compared. Where the phone does give it back and it is equal, it is not written in any case.
      - V(on_create) writes a secret if nobody has set it yet. V(always) writes it in each run, which then always reports a
        change. V(never) leaves it alone.
    type: str
    choices: [always, on_create, never]
    default: on_create
  verify:
    description:
      - Whether to read back what was written, and to fail if something did not take. Phones answer success even for values
        that they ignore.
    type: bool
    default: true
  restart:
    description:
      - Whether to restart the phone at the end when something was changed, to wait until it is back, and to read back again what was written.
      - V(if_required) restarts it when RV(restart_required) is V(yes); V(unknown) is no reason. V(always) restarts it after any change.
        A phone that has restarted by itself meanwhile is not restarted a second time.
      - Parameters C(device.*) get a reboot, because guides do not say for which of them a restart of the application would do.
    type: str
    choices: [never, if_required, always]
    default: never
  when_busy:
    description:
      - What to do if the phone is to be restarted and is in a call. V(wait) waits for O(wait_timeout) seconds at most and fails then, V(skip)
        does not restart it and warns, V(fail) fails, V(proceed) leaves the waiting to the phone. The parameters have been written in any case.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  rollback_on_failure:
    description:
      - If writing fails on the way, or something did not take, write back what was there before. Secrets can't be written back.
      - The old values become web overrides then, whatever layer they came from; M(polycom.vvx.vvx_reset) clears those.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for a phone that goes away while its parameters are written, and for one that is restarted.
    type: float
    default: 300.0
seealso:
  - module: polycom.vvx.vvx_config_validate
  - plugin: polycom.vvx.from_cfg
    plugin_type: filter
  - module: polycom.vvx.vvx_reset
  - module: polycom.vvx.vvx_restart
  - module: polycom.vvx.vvx_facts
"""

EXAMPLES = r"""
- name: Give the phone its line and its time server
  polycom.vvx.vvx_config:
    parameters:
      reg.1.address: '1001'
      reg.1.label: Reception
      reg.1.server.1.address: sip.example.org
      tcpIpApp.sntp.address: pool.ntp.org
      up.idleTimeout: 60
      call.callWaiting.enable: false

- name: Point the phone at the provisioning server, and restart it if that has changed something
  polycom.vvx.vvx_config:
    parameters:
      device.prov.serverName: prov.example.org
      device.prov.serverType: HTTPS
    restart: if_required

- name: Take what a provisioning file says, and another label
  polycom.vvx.vvx_config:
    src: site.cfg
    parameters:
      reg.1.label: Reception
    sensitive:
      - reg.*.auth.userId

- name: Write the SIP password anew
  polycom.vvx.vvx_config:
    parameters:
      reg.1.auth.userId: '1001'
      reg.1.auth.password: '{{ sip_password }}'
    update_secrets: always

- name: Set all of these parameters, or none of them
  polycom.vvx.vvx_config:
    parameters:
      voice.volume.persist.handset: true
      up.backlight.timeout: 30
    rollback_on_failure: true
"""

RETURN = r"""
before:
  description: What the phone had, for the parameters that were (or would be) changed. Can be fed back as O(parameters). Holds no secrets.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: ''
    up.idleTimeout: '40'
after:
  description: What the phone has now (or would have), for the same parameters, as it was read back. Holds no secrets.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: Reception
    up.idleTimeout: '60'
secrets_written:
  description: Names of the secret parameters that were (or would be) written.
  returned: when the phone answered
  type: list
  elements: str
  sample: [reg.1.auth.password]
secrets_skipped:
  description: Names of the secret parameters that differ or could not be compared, and were left alone because of O(update_secrets).
  returned: when the phone answered
  type: list
  elements: str
  sample: []
restart_required:
  description:
    - Whether the phone has to restart (or restarts by itself) before the change has its full effect.
    - V(unknown) means that nobody has documented it; it does not mean no. V(no) after a restart that this task has made.
  returned: when the phone answered
  type: str
  sample: 'unknown'
restart_reasons:
  description: The changed parameters because of which RV(restart_required) is V(yes), each with the effect and how it is known.
  returned: when the phone answered
  type: dict
  sample:
    device.theme: reboot (seen on UC Software 6.1)
restarted:
  description: Whether the phone was (or would be) restarted, or has restarted by itself, because of O(restart).
  returned: when the phone answered
  type: bool
  sample: false
batches:
  description: How many requests were (or would be) needed to write the changes.
  returned: when the phone answered
  type: int
  sample: 1
requests:
  description: How many requests were sent in all, those that did not reach the phone included.
  returned: when the phone answered
  type: int
  sample: 3
unknown:
  description: The parameters that the phone does not know, each with the closest names that are known. Nothing is written then.
  returned: when the phone does not know all parameters
  type: dict
  sample:
    reg.1.adress: [reg.1.address]
applied:
  description: The parameters that were changed, according to a read back.
  returned: when the change failed on the way
  type: list
  elements: str
  sample: [up.idleTimeout]
not_applied:
  description: The parameters that still differ, according to a read back.
  returned: when the change failed on the way
  type: list
  elements: str
  sample: [reg.1.label]
rolled_back:
  description: The parameters that have again what they had before, according to a read back.
  returned: when the change failed on the way, with O(rollback_on_failure=true)
  type: list
  elements: str
  sample: [up.idleTimeout]
unconfirmed:
  description: The parameters that were sent, and about which nothing is known, because the phone could not be read any more.
  returned: when the change failed on the way and the phone did not come back
  type: list
  elements: str
  sample: [device.prov.serverName]
error:
  description: What went wrong, for playbooks to decide on.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - A stable name, one of C(settings), C(unreachable), C(connection_lost), C(timeout), C(tls), C(authentication_failed),
          C(default_password), C(rest_disabled), C(busy), C(invalid_parameters), C(not_supported), C(not_allowed), C(too_large),
          C(phone_failed), C(refused), C(protocol), C(unknown_parameters), C(bad_values), C(not_applied); with O(restart) also
          C(in_call), C(not_restarted), C(not_ready), C(other_phone).
      type: str
      sample: busy
    http_status:
      description: The HTTP status of the phone's reply, if there was one.
      type: int
      sample: 403
    status:
      description: The Status in the phone's reply, if there was one.
      type: str
      sample: '4001'
    endpoint:
      description: The call that failed.
      type: str
      sample: POST /api/v1/mgmt/config/set
    message:
      description: What happened, with the name of the phone.
      type: str
      sample: '192.0.2.11: device busy (Status 4001).'
    remedy:
      description: What helps.
      type: str
      sample: Raise the option retries, or stop the other client.
"""

from ..module_utils import _module
from ..module_utils._operations import config


def main() -> None:
    _module.run(config.run, config.SPEC)


if __name__ == "__main__":
    main()
