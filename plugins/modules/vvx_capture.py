#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_capture
version_added: 0.1.0
short_description: Fetch the packet capture of a Polycom VVX phone
description:
  - Makes the phone upload its background capture to a server (O(url)), to the controller (O(dest)), or, with neither,
    to the server in the phone's own settings.
  - The capture runs while C(diags.pcap.enabled) and C(diags.pcap.background.enabled) are both 1.
  - Phones refuse a second upload within 10 seconds, so the task waits if needed.
  - Needs UC Software 5.7 or later. VVX 101, VVX 150 and VVX 201 have no background capture.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.files
  - polycom.vvx.connection
  - polycom.vvx.upload
options:
  url:
    description:
      - Where the phone uploads the file, over HTTP, HTTPS, FTP or TFTP.
    type: str
seealso:
  - module: polycom.vvx.vvx_config
  - module: polycom.vvx.vvx_info
"""

EXAMPLES = r"""
- name: Turn on the background capture
  polycom.vvx.vvx_config:
    parameters:
      diags.pcap.enabled: true
      diags.pcap.background.enabled: true
    restart: if_required

- name: Fetch the capture
  polycom.vvx.vvx_capture:
    dest: "captures/{{ inventory_hostname }}.pcap"
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
    kind: not_supported
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: POST /api/v1/mgmt/network/uploadBgCapture
"""

from ..module_utils import _module
from ..module_utils._operations import capture


def main() -> None:
    _module.run(capture.run, capture.SPEC)


if __name__ == "__main__":
    main()
