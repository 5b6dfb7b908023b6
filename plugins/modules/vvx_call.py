#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_call
version_added: 0.1.0
short_description: Make, answer and end calls on a Polycom VVX phone
description:
  - Handles a call as the user could, and can wait for the outcome, so one task makes a test call.
  - Sends an order once. If the reply is lost, the phone's list of calls shows whether it was carried out.
  - Changes nothing if the phone is already in the wanted state, such as V(end) without calls, or V(hold) for a call on
    hold.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  action:
    description:
      - What to do. If not set, the task only waits (O(wait_for)).
      - V(mute) and V(unmute) switch the microphone. V(transfer) is a blind transfer. V(ignore) silences a ringing call,
        V(reject) declines it. A call on hold can't be ended; resume it first.
    type: str
    choices: [dial, answer, ignore, reject, hold, resume, mute, unmute, transfer, dtmf, end]
  call:
    description:
      - The call to handle, V(ringing), V(active), V(held), or a handle from M(polycom.vvx.vvx_info) or this module.
      - The default is the ringing call for V(answer), V(ignore) and V(reject), the held call for V(resume), and the
        active call for all others. Not allowed with O(action=dial).
      - Firmware before 5.8 reports one call only.
    type: str
  destination:
    description:
      - Number or SIP address to dial or to transfer to. Quote it, because YAML reads leading zeros as an octal number.
    type: str
  line:
    description:
      - Line to dial on.
    type: int
    default: 1
  type:
    description:
      - Kind of O(destination). The default is V(sip) for an address with C(@), otherwise V(tel).
    type: str
    choices: [tel, sip, h323]
  digits:
    description:
      - Tones to send with O(action=dtmf), C(0) to C(9), C(*), C(#) and C(A) to C(D). Quote them.
    type: str
  wait_for:
    description:
      - What to wait for after O(action). V(ringing) means the far end rings, V(connected) the call is answered,
        V(ended) it is over.
      - Without O(action), V(ringing) means a call rings here, V(connected) any call is connected, V(ended) the phone
        has no calls; with O(call), only that call counts.
      - The task fails if the call ends first.
    type: str
    choices: [ringing, connected, ended]
  wait_timeout:
    description:
      - Seconds to wait for O(wait_for).
    type: float
    default: 30.0
notes:
  - The playbook C(polycom.vvx.test_call) makes one phone call another and measures the call.
  - The user account is enough for this module.
seealso:
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Dial, and wait for the answer
  polycom.vvx.vvx_call:
    action: dial
    destination: '2002'
    wait_for: connected

- name: Enter a code
  polycom.vvx.vvx_call:
    action: dtmf
    digits: '1234#'

- name: Put the call on hold
  polycom.vvx.vvx_call:
    action: hold

- name: Resume the call
  polycom.vvx.vvx_call:
    action: resume

- name: Hang up
  polycom.vvx.vvx_call:
    action: end
    wait_for: ended
"""

RETURN = r"""
msg:
  description: What was done, or would be.
  returned: success
  type: str
  sample: dialled 2002 on line 1
call:
  description:
    - The call at the end, with the same keys as RV(polycom.vvx.vvx_info#module:info.calls); null if it is gone.
  returned: when the phone listed its calls
  type: dict
  sample: {handle: 41c2c008, state: connected, direction: outgoing, line: 1, remote_number: '2002'}
calls:
  description: All calls of the phone at the end.
  returned: when the phone listed its calls
  type: list
  elements: dict
  sample:
    - {handle: 41c2c008, state: connected, direction: outgoing, line: 1, remote_number: '2002'}
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 4
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: no_such_call
    host: 192.0.2.11
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import call


def main() -> None:
    _module.run(call.run, call.SPEC)


if __name__ == "__main__":
    main()
