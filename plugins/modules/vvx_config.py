#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_config
version_added: 0.1.0
short_description: Set configuration parameters of a Polycom VVX phone
description:
  - Reads the running values of the parameters, writes those that differ, and reads them back to prove the change.
  - Never writes a value that is already right, whatever its layer. Writing it would create a web override, which from
    then on hides the provisioning server's value.
  - One task takes any number of parameters and sends as few requests as the phone's limits allow (20 parameters and 20
    KB each), so pass all parameters to one task instead of looping.
  - Parameters C(device.*) need C(device.set) and C(device.*.set). The module adds both; leave them out.
  - Parameters that make the phone restart are written last. If the phone goes down meanwhile, the task waits for it.
    Many phones go down some seconds after their reply; O(restart=if_required) waits for these as well.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.changes
  - polycom.vvx.connection
  - polycom.vvx.desired
  - polycom.vvx.schema
  - polycom.vvx.memory
options:
  sensitive:
    description:
      - Name patterns (with V(*) and V(?), case-insensitive) of more secret parameters, besides the known ones. Their
        values are never shown, and O(update_secrets) decides when they are written.
    type: list
    elements: str
  update_secrets:
    description:
      - When to write secret parameters (passwords, PINs, private keys). A secret that the phone returns is compared
        like any other parameter. The password that the task logs in with is known as well. Many phones hide the others.
      - V(on_create) writes a hidden secret that is not set yet, or whose desired value has changed since the controller
        last wrote it. The controller remembers a keyed digest of each hidden secret that it writes; see O(state_path)
        and O(secrets_key). A hidden secret that something else has set is left alone.
      - Hidden secrets C(device.*) read the same whether they are set or not. V(on_create) writes such a secret once,
        warns, and remembers it. If nothing can be remembered, it leaves it alone and warns.
      - V(always) writes hidden secrets in every run, which always reports a change. V(never) leaves all secrets alone.
      - To remember needs the phone's MAC address. If O(mac) is not set, that costs one more request.
    type: str
    choices: [always, on_create, never]
    default: on_create
  origins:
    description:
      - Where the desired values were written. Leave it out; the controller sets it for a task that is delegated to
        another host.
    type: dict
  remembered:
    description:
      - What the controller remembers of this phone's secrets. Leave it out; the controller sets it for a task that is
        delegated to another host.
    type: dict
  warn:
    description:
      - Whether to warn about doubtful values and names. Errors do not depend on it.
    type: bool
    default: true
  verify:
    description:
      - Whether to read written values back, and to fail if one did not take effect. Phones report success even for
        values that they ignore.
    type: bool
    default: true
  restart:
    description:
      - Whether to restart the phone after a change, wait until it is back, and read the written values back again.
      - V(if_required) restarts it if RV(restart_required) is V(yes), but not for V(unknown). V(always) restarts it
        after any change. A phone that restarted by itself is not restarted again.
      - Parameters C(device.*) get a reboot, because guides do not say which of them need only an application restart.
    type: str
    choices: [never, if_required, always]
    default: never
  when_busy:
    description:
      - What to do if the phone needs a restart and is in a call. V(wait) waits up to O(wait_timeout) seconds, then
        fails. V(skip) warns and does not restart it. V(fail) fails. V(proceed) lets the phone wait for the call to end.
        The parameters are written in any case.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  rollback_on_failure:
    description:
      - If a write fails, or a value did not take effect, write the previous values back. Secrets can't be written back.
      - The old values then become web overrides, whatever their layer was; M(polycom.vvx.vvx_reset) clears those.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for a phone that goes down while its parameters are written, or that is restarted.
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
- name: Set line and time server
  polycom.vvx.vvx_config:
    parameters:
      reg.1.address: '1001'
      reg.1.label: Reception
      reg.1.server.1.address: sip.example.org
      tcpIpApp.sntp.address: pool.ntp.org
      up.idleTimeout: 60
      call.callWaiting.enable: false

- name: Set what the variables of all groups say, with a value of its own
  polycom.vvx.vvx_config:
    layers:
      - vvx_parameters_all
      - vvx_parameters_site
    parameters:
      up.idleTimeout: 60

- name: Set the provisioning server, and restart the phone if that needs it
  polycom.vvx.vvx_config:
    parameters:
      device.prov.serverName: prov.example.org
      device.prov.serverType: HTTPS
    restart: if_required

- name: Apply a provisioning file with another label
  polycom.vvx.vvx_config:
    src: site.cfg
    parameters:
      reg.1.label: Reception
    sensitive:
      - reg.*.auth.userId

- name: Fill in files with the variables of each phone, and let the first file win as on the phone
  polycom.vvx.vvx_config:
    src:
      - line.cfg
      - site.cfg
    template: true
    order: phone

- name: Write the SIP password again
  polycom.vvx.vvx_config:
    parameters:
      reg.1.auth.userId: '1001'
      reg.1.auth.password: '{{ sip_password }}'
    update_secrets: always

- name: Set all of these parameters or none
  polycom.vvx.vvx_config:
    parameters:
      voice.volume.persist.handset: true
      up.backlight.timeout: 30
    rollback_on_failure: true
"""

RETURN = r"""
before:
  description:
    - Previous values of the parameters that were (or would be) changed, without secrets. Can be used as O(parameters).
    - A login inside a URL is shown as C(***); put it back in before you use such a value.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: ''
    up.idleTimeout: '40'
after:
  description: Values of the same parameters now (or as they would be), as read back, without secrets.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.label: Reception
    up.idleTimeout: '60'
secrets_written:
  description: Secret parameters that were (or would be) written.
  returned: when the phone answered
  type: list
  elements: str
  sample: [reg.1.auth.password]
secrets_skipped:
  description:
    - Secret parameters that differ or could not be compared, and that O(update_secrets) left alone.
  returned: when the phone answered
  type: list
  elements: str
  sample: []
secrets_reasons:
  description:
    - Why each of these secrets was written or left alone.
  returned: when the phone answered
  type: dict
  sample:
    reg.1.auth.password: the value is new, or the phone did not confirm it
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
    device.theme: reboot (seen on UC Software 6.1)
restarted:
  description: Whether O(restart) restarted the phone (or would), or the phone restarted by itself.
  returned: when the phone answered
  type: bool
  sample: false
batches:
  description: How many write requests the changes took (or would take).
  returned: when the phone answered
  type: int
  sample: 1
origins:
  description:
    - Where the desired values of the parameters in RV(after), RV(secrets_written), RV(secrets_skipped) and RV(unknown)
      were written. Those from O(src) and O(content) are left out.
    - C(layer) is the variable in O(layers) that sets the value, null for a value in O(parameters). C(file) is relative
      to where Ansible was started or to the playbook's folder, and otherwise absolute; C(-e) for the command line.
      C(line) is counted from 1. What is not known is null. Before ansible-core 2.19 only values in YAML files have a
      file and line.
  returned: when the phone answered
  type: dict
  sample:
    up.idleTimeout:
      layer: vvx_parameters_site
      file: group_vars/site_berlin/vars.yml
      line: 12
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 3
unknown:
  description:
    - Parameters that the phone does not know, each with similar names. Nothing is written then.
  returned: when the phone does not know all parameters
  type: dict
  sample:
    reg.1.adress: [reg.1.address]
applied:
  description: Parameters that were changed, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: [up.idleTimeout]
not_applied:
  description: Parameters that still differ, as read back.
  returned: when the change failed halfway
  type: list
  elements: str
  sample: [reg.1.label]
rolled_back:
  description: Parameters that have their previous value again, as read back.
  returned: when the change failed halfway, with O(rollback_on_failure=true)
  type: list
  elements: str
  sample: [up.idleTimeout]
unconfirmed:
  description:
    - Parameters that were sent but could not be read back.
  returned: when the change failed halfway and the phone did not come back
  type: list
  elements: str
  sample: [device.prov.serverName]
error:
  description: What went wrong, for use in playbooks. C(msg) says in words what happened and what to do.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - A stable name, one of C(settings), C(unreachable), C(connection_lost), C(timeout), C(tls),
          C(authentication_failed), C(default_password), C(rest_disabled), C(busy), C(invalid_parameters),
          C(not_supported), C(not_allowed), C(too_large), C(phone_failed), C(refused), C(protocol),
          C(unknown_parameters), C(bad_values), C(not_applied); with O(restart) also C(in_call), C(not_restarted),
          C(not_ready), C(other_phone).
      type: str
      sample: busy
    host:
      description: The phone's address or name; null if no phone was asked.
      type: str
      sample: 192.0.2.11
    http_status:
      description: The HTTP status of the phone's reply, if there was one.
      type: int
      sample: 403
    status:
      description: The Status in the phone's reply, if there was one.
      type: str
      sample: '4001'
    endpoint:
      description: The API call that failed.
      type: str
      sample: POST /api/v1/mgmt/config/set
"""

from ..module_utils import _module
from ..module_utils._operations import config


def main() -> None:
    _module.run(config.run, config.SPEC)


if __name__ == "__main__":
    main()
