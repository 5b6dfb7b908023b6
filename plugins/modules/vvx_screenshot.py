#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_screenshot
version_added: 0.1.0
short_description: Fetch the picture on the screen of a Polycom VVX phone
description:
  - Stores what the phone shows on its screen as a file on the computer that runs the playbook.
  - Phones show their screen only if C(up.screenCapture.enabled) is 1, and the capture has been switched on at the phone itself (Settings, Basic,
    Preferences, Screen Capture), which every restart switches off again.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.files
  - polycom.vvx.connection
options:
  dest:
    description:
      - File to store the picture in, on the computer that runs the playbook, wherever the task runs. Relative to the playbook's folder. The
        format is the phone's own, RV(files[].format).
    type: str
    required: true
seealso:
  - module: polycom.vvx.vvx_touch
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Allow it
  polycom.vvx.vvx_config:
    parameters:
      up.screenCapture.enabled: true

- name: See what the phone shows
  polycom.vvx.vvx_screenshot:
    dest: "screens/{{ inventory_hostname }}.png"
"""

RETURN = r"""
files:
  description: The picture, as a list of one.
  returned: success
  type: list
  elements: dict
  contains:
    dest: {description: 'Where the file is, on the computer that runs the playbook.', type: str, sample: /screens/berlin-1001.png, returned: always}
    format: {description: 'V(png), V(jpeg) or V(bmp).', type: str, sample: png, returned: always}
    size: {description: Bytes., type: int, sample: 2184, returned: always}
    sha256: {description: Its SHA-256., type: str, sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, returned: always}
    changed: {description: Whether it differs from the file that was there., type: bool, sample: true, returned: always}
requests:
  description: HTTP requests that were sent to the phone.
  returned: success
  type: int
  sample: 2
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: not_supported
    http_status: 404
    status: null
    endpoint: GET /captureScreen/mainScreen
    message: '192.0.2.11: the phone does not show its screen.'
    remedy: Set up.screenCapture.enabled to 1 with polycom.vvx.vvx_config, and switch the capture on at the phone itself.
"""

from ..module_utils import _module
from ..module_utils._operations import screenshot


def main() -> None:
    _module.run(screenshot.run, screenshot.SPEC)


if __name__ == "__main__":
    main()
