#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_request
version_added: 0.1.0
short_description: Make any call of the REST API of a Polycom VVX phone
description:
  - Sends a request as all modules of this collection do, with their errors, one at a time, in the envelope that phones want. For what a newer
    firmware brings; M(ansible.builtin.uri) knows nothing of a phone's errors.
  - A V(POST) counts as a change, and is not sent in check mode. Say otherwise with C(changed_when) and C(check_mode).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  method:
    description:
      - Method.
    type: str
    choices: [GET, POST]
    default: GET
  path:
    description:
      - Path, from the first slash on, without a query.
    type: str
    required: true
  url_query:
    description:
      - Query of the path, by name.
    type: dict
  data:
    description:
      - What goes to the phone, below its key C(data). It is not shown in the task's output.
    type: raw
  accept:
    description:
      - Statuses beside V(2000) that are no failure. Such an answer is no change.
    type: list
    elements: str
    default: []
notes:
  - A V(GET) is repeated if its connection is lost, a V(POST) only where it is known to do no harm.
seealso:
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Ask what no module asks
  polycom.vvx.vvx_request:
    path: /api/v1/mgmt/device/info
  register: device

- name: See whether there is a call, which is no failure if there is none
  polycom.vvx.vvx_request:
    path: /api/v1/webCallControl/callStatus
    accept: ['4007']

- name: Write a parameter as the API has it
  polycom.vvx.vvx_request:
    method: POST
    path: /api/v1/mgmt/config/set
    data:
      up.idleTimeout: '60'
"""

RETURN = r"""
status:
  description: The phone's Status; null in check mode, where nothing was sent.
  returned: success
  type: str
  sample: '2000'
data:
  description: What the phone answered below C(data); of any type.
  returned: success
  type: raw
  sample: {ModelNumber: VVX 411}
reply:
  description: The whole answer; null unless the Status is 2000.
  returned: success
  type: dict
  sample: {data: {ModelNumber: VVX 411}, Status: '2000'}
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
    kind: not_supported
    http_status: 404
    status: null
    endpoint: GET /api/v9/new
    message: '192.0.2.11: the phone does not have GET /api/v9/new.'
    remedy: Check the path.
"""

from ..module_utils import _module
from ..module_utils._operations import request


def main() -> None:
    _module.run(request.run, request.SPEC)


if __name__ == "__main__":
    main()
