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
  - Makes the phone upload its configuration as a file to a server (O(url)) or to the controller (O(dest)).
  - With O(dest), no server is needed. The task itself receives the file, and writes it only if it differs; so a backup
    reports a change only if the configuration changed. Check mode compares without writing.
  - Phones leave secrets out of exports.
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
      - What to export. V(all) is all layers except device settings (C(device.*)), which are V(device). V(config_files)
        comes from the provisioning server, V(local) was set in the phone's menu, V(web) over REST or in the web
        interface.
      - Each type is a separate file. With several, the type goes in front of the extension; C(phone.cfg) becomes
        C(phone.all.cfg) and C(phone.device.cfg).
    type: list
    elements: str
    choices: [all, device, config_files, local, web]
    default: [all]
  url:
    description:
      - Where the phone uploads the file, over HTTP, HTTPS, FTP or TFTP. Always reports a change.
      - Either this or O(dest) is required.
    type: str
seealso:
  - module: polycom.vvx.vvx_config_info
"""

EXAMPLES = r"""
- name: Back up everything, device settings included
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
  description: The uploaded files.
  returned: success
  type: list
  elements: dict
  contains:
    dest:
      description: Path of the file on the controller.
      type: str
      returned: with O(dest)
      sample: /backups/berlin-1001.cfg
    url:
      description: Where the phone uploaded the file.
      type: str
      returned: without O(dest)
      sample: https://files.example.org/berlin-1001.cfg
    type: {description: What was exported; see O(types)., type: str, sample: all, returned: always}
    size: {description: Size in bytes., type: int, sample: 2184, returned: with O(dest)}
    sha256:
      description: SHA-256 of the file.
      type: str
      returned: with O(dest)
      sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    changed:
      {description: Whether the file changed., type: bool, sample: true, returned: with O(dest)}
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 1
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: nothing_received
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import export


def main() -> None:
    _module.run(export.run, export.SPEC)


if __name__ == "__main__":
    main()
