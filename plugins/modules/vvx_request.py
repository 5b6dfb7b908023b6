#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_request
version_added: 0.1.0
short_description: Send any REST API request to a Polycom VVX phone
description:
  - Sends a request like all modules of this collection, one at a time, in the envelope that phones require, with the
    same errors. Use it for calls of newer firmware; M(ansible.builtin.uri) does not understand a phone's errors.
  - A V(POST) counts as a change, and is not sent in check mode. Override this with C(changed_when) and C(check_mode).
    The same goes for C(webSignIn) and C(webSignInCancel), which are V(GET) but change something.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  method:
    description:
      - HTTP method.
    type: str
    choices: [GET, POST]
    default: GET
  path:
    description:
      - Path, starting with a slash, without a query.
    type: str
    required: true
  url_query:
    description:
      - Query parameters by name.
    type: dict
  data:
    description:
      - What to send in the request's key C(data). Not shown in the task's output.
    type: raw
  accept:
    description:
      - Statuses to accept besides V(2000). Such a reply counts as no change.
    type: list
    elements: str
    default: []
notes:
  - Secrets in the phone's reply are V(***). These are values of members such as C(H235DHKey), of secret parameters, and
    logins inside URLs.
  - If the connection breaks, a V(GET) is repeated, a V(POST) only if repeating is known to be safe.
seealso:
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Read what no module reads
  polycom.vvx.vvx_request:
    path: /api/v1/mgmt/device/info
  register: device

- name: Read the call, and accept that there is none
  polycom.vvx.vvx_request:
    path: /api/v1/webCallControl/callStatus
    accept: ['4007']

- name: Write a parameter
  polycom.vvx.vvx_request:
    method: POST
    path: /api/v1/mgmt/config/set
    data:
      up.idleTimeout: '60'
"""

RETURN = r"""
status:
  description: The phone's Status; null if check mode sent nothing.
  returned: success
  type: str
  sample: '2000'
data:
  description: The reply's key C(data), of any type.
  returned: success
  type: raw
  sample: {ModelNumber: VVX 411}
reply:
  description: The whole reply; null unless the Status is 2000.
  returned: success
  type: dict
  sample: {data: {ModelNumber: VVX 411}, Status: '2000'}
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
    kind: not_supported
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: GET /api/v9/new
"""

from ..module_utils import _module
from ..module_utils._operations import request


def main() -> None:
    _module.run(request.run, request.SPEC)


if __name__ == "__main__":
    main()
