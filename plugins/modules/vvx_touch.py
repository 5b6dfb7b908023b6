#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_touch
version_added: 0.1.0
short_description: Touch the screen or press keys of a Polycom VVX phone
description:
  - Touches the screen, presses a key or types text, as a user at the phone could.
  - Needs C(httpd.ta.enabled) set to 1 (UC Software 5.7 or later).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  action:
    description:
      - V(tap), V(press), V(release) and V(swipe) touch the screen at O(positions). V(key) presses O(key), and V(text)
        types O(text) at the cursor; both need UC Software 6.0 or later.
    type: str
    choices: [tap, press, release, swipe, key, text]
    required: true
  positions:
    description:
      - Where to touch, in pixels from the upper left corner. One position, or two to five for V(swipe).
    type: list
    elements: dict
    default: []
    suboptions:
      x: {description: [Pixels from the left.], type: int, required: true}
      y: {description: [Pixels from the top.], type: int, required: true}
  duration:
    description:
      - How long to touch, in milliseconds, at most 60,000. The default is the phone's own.
    type: int
  easing:
    description:
      - How a swipe speeds up and slows down, a number from 0 to 40 in the phone's own list.
    type: int
  key:
    description:
      - Key to press.
    type: str
    choices:
      - Dialpad0
      - Dialpad1
      - Dialpad2
      - Dialpad3
      - Dialpad4
      - Dialpad5
      - Dialpad6
      - Dialpad7
      - Dialpad8
      - Dialpad9
      - DialpadStar
      - DialpadPound
      - ArrowUp
      - ArrowDown
      - ArrowLeft
      - ArrowRight
      - Select
      - Home
      - Delete
      - Redial
      - MicMute
      - VolUp
      - VolDown
      - SoftKey1
      - SoftKey2
      - SoftKey3
      - SoftKey4
  text:
    description:
      - Text to type. Not shown in the task's output.
    type: str
  replace:
    description:
      - Whether the text replaces existing text.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_screenshot
"""

EXAMPLES = r"""
- name: Allow remote touch
  polycom.vvx.vvx_config:
    parameters:
      httpd.ta.enabled: true

- name: Tap a soft key on the screen
  polycom.vvx.vvx_touch:
    action: tap
    positions:
      - {x: 60, y: 250}

- name: Swipe to the next page
  polycom.vvx.vvx_touch:
    action: swipe
    positions:
      - {x: 300, y: 120}
      - {x: 20, y: 120}
    duration: 300
"""

RETURN = r"""
msg:
  description: What was done, or would be.
  returned: success
  type: str
  sample: tap at 60/250
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
    kind: not_allowed
    host: 192.0.2.11
    http_status: 200
    status: '4003'
    endpoint: POST /api/v1/mgmt/simulateTouch
"""

from ..module_utils import _module
from ..module_utils._operations import touch


def main() -> None:
    _module.run(touch.run, touch.SPEC)


if __name__ == "__main__":
    main()
