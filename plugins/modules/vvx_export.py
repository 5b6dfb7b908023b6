#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_export
version_added: 0.1.0
short_description: Back up the configuration of a Polycom VVX phone
description:
  - Has the phone export its configuration as a file, to a server (O(url)) or to the computer that runs the playbook (O(dest)).
  - With O(dest) no server is needed. The task itself takes the file from the phone, and stores it if it differs from what is there; so a
    backup shows as changed only when the configuration has changed. Check mode compares, and stores nothing.
  - Phones leave secrets out of what they export.
  - Needs UC Software 5.8 or later.
  - The playbook C(polycom.vvx.backup) stores the configuration of all phones in a folder.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.files
  - polycom.vvx.connection
  - polycom.vvx.upload
options:
  types:
    description:
      - What to export. V(all) is all layers but the device settings (C(device.*)), which V(device) is. V(config_files) is what came from the
        provisioning server, V(local) what was set in the phone's menu, V(web) what was set over REST and in the web interface.
      - Each is a file of its own. If there is more than one, its type comes before the file's ending, C(phone.cfg) becomes C(phone.all.cfg) and
        C(phone.device.cfg).
    type: list
    elements: str
    choices: [all, device, config_files, local, web]
    default: [all]
  url:
    description:
      - Address to which the phone sends the file, with HTTP, HTTPS, FTP or TFTP. Such a task counts as a change each time.
      - Either this or O(dest) has to be given.
    type: str
seealso:
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Back up all that there is, the device settings included
  polycom.vvx.vvx_export:
    dest: "backups/{{ inventory_hostname }}.cfg"
    types: [all, device]

- name: Back up what was set over REST, through a firewall that lets phones reach port 8090
  polycom.vvx.vvx_export:
    dest: "backups/{{ inventory_hostname }}-web.cfg"
    types: [web]
    receiver_port: 8090
"""

RETURN = r"""
files:
  description: The files.
  returned: success
  type: list
  elements: dict
  contains:
    dest: {description: 'Where the file is, on the computer that runs the playbook.', type: str, sample: /backups/berlin-1001.cfg, returned: with O(dest)}
    url: {description: Where the phone sent it., type: str, sample: https://files.example.org/berlin-1001.cfg, returned: without O(dest)}
    type: {description: 'What was exported, as in O(types).', type: str, sample: all, returned: always}
    size: {description: Bytes., type: int, sample: 2184, returned: with O(dest)}
    sha256: {description: Its SHA-256., type: str, sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, returned: with O(dest)}
    changed: {description: Whether it differs from the file that was there., type: bool, sample: true, returned: with O(dest)}
requests:
  description: HTTP requests that were sent to the phone.
  returned: success
  type: int
  sample: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: nothing_received
    http_status: null
    status: null
    endpoint: null
    message: '192.0.2.11: the phone accepted the order, but no file arrived at http://192.0.2.1:41234/... within 60 s.'
    remedy: 'Check that phones can reach this computer: a firewall or address translation may be in between.'
"""

from ..module_utils import _module
from ..module_utils._operations import export


def main() -> None:
    _module.run(export.run, export.SPEC)


if __name__ == "__main__":
    main()
