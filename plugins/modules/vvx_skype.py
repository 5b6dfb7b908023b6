#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_skype
version_added: 0.1.0
short_description: Sign a Polycom VVX phone in to or out of Skype for Business
description:
  - Signs in or out, and waits for the result, which takes up to 150 seconds.
  - Changes nothing if the phone is signed in as any user, because phones do not report which. To change the user,
    sign out first.
  - Needs a phone whose C(device.baseProfile) is V(Lync), and UC Software 5.7 or later.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  state:
    description:
      - Desired state. A presence of offline or unknown counts as signed out.
    type: str
    choices: [signed_in, signed_out]
    required: true
  address:
    description:
      - SIP address to sign in with. Required with O(state=signed_in), like O(user) and O(skype_password).
    type: str
  user:
    description:
      - User to sign in as.
    type: str
  skype_password:
    description:
      - That user's password (O(password) is the phone's own).
    type: str
  domain:
    description:
      - That user's domain.
    type: str
  lock_code:
    description:
      - Code that locks the phone, if the server requires one.
    type: str
seealso:
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Sign the user in
  polycom.vvx.vvx_skype:
    state: signed_in
    address: ann@example.org
    user: ann
    skype_password: "{{ sip_password }}"
    domain: example

- name: Sign the user out
  polycom.vvx.vvx_skype:
    state: signed_out
"""

RETURN = r"""
presence:
  description: The phone's presence at the end, in lower case; null if it reports none.
  returned: when the presence was read
  type: str
  sample: available
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 3
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: line_not_registered
    host: 192.0.2.11
    http_status: 200
    status: '4002'
    endpoint: POST /api/v1/mgmt/skype/signIn
"""

from ..module_utils import _module
from ..module_utils._operations import skype


def main() -> None:
    _module.run(skype.run, skype.SPEC)


if __name__ == "__main__":
    main()
