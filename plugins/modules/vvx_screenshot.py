#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_screenshot
version_added: 0.1.0
short_description: Save the screen of a Polycom VVX phone as a picture
description:
  - Writes what the phone shows on its screen to a file on the controller.
  - Needs C(up.screenCapture.enabled) set to 1, and the capture turned on at the phone itself (Settings, Basic,
    Preferences, Screen Capture). Every restart turns it off again.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.files
  - polycom.vvx.connection
options:
  dest:
    description:
      - File to write on the controller, also when the task is delegated. Relative to the playbook's folder. The phone
        chooses the format; see RV(files[].format).
    type: str
    required: true
seealso:
  - module: polycom.vvx.vvx_touch
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Allow screen capture
  polycom.vvx.vvx_config:
    parameters:
      up.screenCapture.enabled: true

- name: Save the screen
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
    dest:
      description: Path of the file on the controller.
      type: str
      returned: always
      sample: /screens/berlin-1001.png
    format: {description: 'V(png), V(jpeg) or V(bmp).', type: str, sample: png, returned: always}
    size: {description: Size in bytes., type: int, sample: 2184, returned: always}
    sha256:
      description: SHA-256 of the file.
      type: str
      returned: always
      sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    changed: {description: Whether the file changed., type: bool, sample: true, returned: always}
requests:
  description: How many HTTP requests the task sent.
  returned: when the phone was asked
  type: int
  sample: 2
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: not_supported
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: GET /captureScreen/mainScreen
"""

from ..module_utils import _module
from ..module_utils._operations import screenshot


def main() -> None:
    _module.run(screenshot.run, screenshot.SPEC)


if __name__ == "__main__":
    main()
