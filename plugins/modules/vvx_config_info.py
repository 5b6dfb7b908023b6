#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_config_info
version_added: 0.1.0
short_description: Read parameters of a Polycom VVX phone and the layers that set them
description:
  - Reads the running values of any number of parameters, 20 per request, and the layer that each comes from.
  - Never returns the value of a secret. O(schema) and O(sensitive) add to the known secrets.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
  - polycom.vvx.schema
options:
  names:
    description:
      - Parameter names. Brackets hold index ranges, V(reg.[1-6].address) or V(reg.[1,3-4].server.[1-2].address).
    type: list
    elements: str
    required: true
  sources:
    description:
      - Return only parameters whose value comes from one of these layers. The default is all layers.
      - V(default) is the phone's own default, V(config) the provisioning server, V(web) REST and the web interface,
        V(local) the phone's menu, V(device) flash memory, V(cloud) the cloud service, and V(sip) the file of that name
        in the firmware.
    type: list
    elements: str
    choices: [default, sip, config, cloud, web, local, device]
    default: []
  sensitive:
    description:
      - Name patterns of more secret parameters, as in M(polycom.vvx.vvx_config).
    type: list
    elements: str
seealso:
  - module: polycom.vvx.vvx_config
  - module: polycom.vvx.vvx_reset
"""

EXAMPLES = r"""
- name: Show the lines and the layers that set them
  polycom.vvx.vvx_config_info:
    names: ['reg.[1-6].address', 'reg.[1-6].label']
  register: lines

- name: Show their values
  ansible.builtin.debug:
    var: lines.parameters

- name: Find values set by hand or over REST, which override the provisioning server
  polycom.vvx.vvx_config_info:
    names:
      - reg.1.label
      - up.idleTimeout
      - tcpIpApp.sntp.address
    sources: [web, local]
  register: overrides

- name: Show them
  ansible.builtin.debug:
    msg: "{{ overrides.parameters | dict2items | map(attribute='key') | join(', ') }}"
"""

RETURN = r"""
parameters:
  description:
    - The parameters by name. C(parameters.<name>.value) is the phone's value, null for a secret;
      C(parameters.<name>.source) is its layer; C(parameters.<name>.secret) is whether it is a secret.
  returned: success
  type: dict
  sample:
    reg.1.label: {value: Reception, source: web, secret: false}
    reg.1.auth.password: {value: null, source: config, secret: true}
unknown:
  description: Names that the phone does not know, each with similar names.
  returned: success
  type: dict
  sample:
    reg.1.lable: [reg.1.label]
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
    kind: settings
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import config_info


def main() -> None:
    _module.run(config_info.run, config_info.SPEC)


if __name__ == "__main__":
    main()
