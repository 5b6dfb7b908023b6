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
  surveyed:
    description:
      - Whether M(polycom.vvx.vvx_survey) has looked at the phones in this run. A phone that it could not reach, or that
        refused the login, is then not asked again for ten minutes, and fails with the error that the survey met. On a
        host that the task is delegated to, this has no effect.
    type: bool
    default: false
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
      - What to do if the phone needs a restart and is in a call. V(wait) waits up to O(busy_timeout) seconds, then
        fails. V(skip) warns and does not restart it. V(fail) fails. V(proceed) lets the phone wait for the call to end.
        The parameters are written in any case, unless O(check_busy=before_write).
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait for a call to end, with O(when_busy=wait).
    type: float
    default: 600.0
  check_busy:
    description:
      - When O(when_busy) looks for calls. V(before_restart) does so only if this task is about to restart the phone.
      - V(before_write) does so before anything is written, too. V(skip) and V(fail) then leave the phone as it is, and
        after a wait the parameters are read again. A phone that needs no change is not asked.
    type: str
    choices: [before_restart, before_write]
    default: before_restart
  unknown_parameters:
    description:
      - What to do if the phone does not know all parameters. V(fail) writes nothing and fails.
      - V(skip) leaves them out, warns, and lists them in RV(unknown). Use it for a list of parameters that serves
        several models. A misspelled name is skipped on every phone, so read the warning.
    type: str
    choices: [fail, skip]
    default: fail
  expected:
    description:
      - What the parameters must be before this task writes them, as in a reviewed plan. If the phone differs from that,
        the task writes nothing and fails with RV(error.kind) V(stale).
      - Every parameter that would be written must be listed, with the value and source that the phone has. None of
        them may be as desired already, unless all are.
      - Secrets are compared by their source only, and are written if they are listed, whatever is remembered of them.
      - A dictionary of parameters, each with C(value) (as in RV(before), any text for secrets) and
        C(source) (the layer, as M(polycom.vvx.vvx_config_info) returns it).
    type: dict
  resume:
    description:
      - With O(expected), whether to finish what an earlier task began. Parameters may then be as desired already, or
        have their expected value from the layer C(web), because it was written back. Nobody knows whether the earlier
        task restarted the phone, so if O(restart) asks for it, the phone is restarted even if nothing is left to write.
    type: bool
    default: false
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
  rollback_on_failure:
    description:
      - If a write fails, or a value did not take effect, write the previous values back. The same if the phone is not
        ready again after O(restart), or with O(wait_for_lines) does not register its lines. Secrets can't be written
        back.
      - If the change had restarted the phone, it is restarted once more, unless it is in a call.
      - The old values then become web overrides, whatever their layer was; M(polycom.vvx.vvx_reset) clears those.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for a phone that goes down while its parameters are written, or that is restarted, and for its
        lines.
    type: float
    default: 300.0
  backup:
    description:
      - Whether to keep the phone's configuration in a file on the controller before the first parameter is written. A
        phone that is as desired, and check mode, get no file. If the backup fails, nothing is written.
      - The phone sends the file to a port of the computer where the task runs, as in M(polycom.vvx.vvx_export) with
        O(polycom.vvx.vvx_export#module:dest). UC Software 5.8 and later can do this.
      - The file has no secrets, because phones don't export them, and no C(device.*). If such parameters are written,
        a second file beside it, C(NAME.device.cfg), has those.
    type: bool
    default: false
  backup_options:
    description:
      - Where the backup goes, and the way to there.
    type: dict
    suboptions:
      filename:
        description:
          - Name of the file. The default is C(HOST_config.DATE@TIME.cfg), with the phone's name in the inventory.
        type: str
      dir_path:
        description:
          - Folder of the file, relative to the playbook's folder. Missing folders are created. The default is
            C(backup).
        type: path
      receiver_address:
        description:
          - As O(polycom.vvx.vvx_export#module:receiver_address).
        type: str
      receiver_port:
        description:
          - As O(polycom.vvx.vvx_export#module:receiver_port).
        type: int
        default: 0
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

- name: Keep the configuration of the phones that will change
  polycom.vvx.vvx_config:
    parameters:
      up.idleTimeout: 60
    backup: true
    backup_options:
      dir_path: backups/before

- name: Set what each model knows of a list for all models
  polycom.vvx.vvx_config:
    layers: [vvx_parameters_all]
    unknown_parameters: skip

- name: Move to another SIP server, and go back if the lines do not register there
  polycom.vvx.vvx_config:
    parameters:
      reg.1.server.1.address: sip2.example.org
    wait_for_lines: true
    rollback_on_failure: true

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
backup_path:
  description: The file with the phone's configuration from before the change.
  returned: with O(backup), if something was written
  type: str
  sample: /playbooks/backup/berlin-1001_config.2026-11-27@22:15:03.cfg
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
    - Parameters that the phone does not know, each with similar names. O(unknown_parameters) decides whether the
      others are written.
  returned: when the phone does not know all parameters
  type: dict
  sample:
    reg.1.adress: [reg.1.address]
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
  description:
    - Parameters that are not as O(expected) says. C(expected) is null for a parameter that is not listed there, and
      C(found) for one that the phone does not know.
  returned: when the phone is not as O(expected) says
  type: dict
  sample:
    up.idleTimeout:
      expected: {value: '40', source: default}
      found: {value: '45', source: web}
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
          C(unknown_parameters), C(bad_values), C(not_applied); with O(expected) also C(stale); with O(restart) also
          C(in_call), C(not_restarted), C(not_ready), C(other_phone); with O(check_busy=before_write) also C(in_call);
          with O(wait_for_lines) also C(not_registered), C(not_ready), C(other_phone).
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
