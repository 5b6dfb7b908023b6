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
  - Does with a call what the user could do, and waits, if wished, until the call is where it should be. So one task is a test call.
  - An order is given once. Where its answer is lost, the calls of the phone tell whether it was carried out.
  - What is so already is not ordered. A phone without calls has nothing to end, and a call on hold is not put on hold.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  action:
    description:
      - What to do. Without it, the task only waits (O(wait_for)).
      - V(mute) and V(unmute) switch the phone's microphone. V(transfer) hands the call over at once, without talking to the third party.
        V(ignore) silences a call that rings, V(reject) turns it away. A call on hold can't be ended; resume it first.
    type: str
    choices: [dial, answer, ignore, reject, hold, resume, mute, unmute, transfer, dtmf, end]
  call:
    description:
      - Which call is meant, V(ringing), V(active), V(held), or a handle as M(polycom.vvx.vvx_info) and this module return it.
      - By default the ringing one for V(answer), V(ignore) and V(reject), the one on hold for V(resume), and the active one for all others.
        Does not go with O(action=dial).
      - Firmware before 5.8 tells only of one call.
    type: str
  destination:
    description:
      - Number or SIP address to dial, or to transfer the call to. Put it in quotes, since YAML takes zeros in front for an octal number.
    type: str
  line:
    description:
      - Line to dial on.
    type: int
    default: 1
  type:
    description:
      - Kind of O(destination). By default V(sip) for an address with an C(@), and V(tel) otherwise.
    type: str
    choices: [tel, sip, h323]
  digits:
    description:
      - Tones to send with O(action=dtmf), out of C(0) to C(9), C(*), C(#) and C(A) to C(D). Put them in quotes.
    type: str
  wait_for:
    description:
      - What to wait for after O(action). V(ringing) is that the far end rings, V(connected) that the call is answered, V(ended) that it is over.
      - Without O(action), V(ringing) is a call that rings here, V(connected) any call that is connected, and V(ended) a phone without calls; with
        O(call), that call.
      - A call that ends before it is what is waited for is an error.
    type: str
    choices: [ringing, connected, ended]
  wait_timeout:
    description:
      - Seconds to wait for O(wait_for).
    type: float
    default: 30.0
notes:
  - The playbook C(polycom.vvx.test_call) has one phone call another and measures the call.
  - The account of the phone's user may do all this, too.
seealso:
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Dial, and wait until it is answered
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

- name: Take it back
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
  description: The call, as the phone tells of it at the end, with the same keys as RV(polycom.vvx.vvx_info#module:info.calls); null if it is gone.
  returned: when the phone told its calls
  type: dict
  sample: {handle: 41c2c008, state: connected, direction: outgoing, line: 1, remote_number: '2002'}
calls:
  description: All calls of the phone at the end.
  returned: when the phone told its calls
  type: list
  elements: dict
  sample:
    - {handle: 41c2c008, state: connected, direction: outgoing, line: 1, remote_number: '2002'}
requests:
  description: HTTP requests that were sent to the phone.
  returned: success
  type: int
  sample: 4
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: no_such_call
    http_status: null
    status: null
    endpoint: null
    message: '192.0.2.11: there is no ringing call. The phone has no calls.'
    remedy: 'Calls come and go: polycom.vvx.vvx_info with the subset calls tells which there are.'
"""

from ..module_utils import _module
from ..module_utils._operations import call


def main() -> None:
    _module.run(call.run, call.SPEC)


if __name__ == "__main__":
    main()
