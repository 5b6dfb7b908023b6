#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_transfer_type
version_added: 0.1.0
short_description: Set the transfer type of a Polycom VVX phone
description:
  - Sets what the transfer key does first, and reads it back.
  - Needs UC Software 5.7 or later. Older phones fail with C(error.kind) V(not_supported).
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.changes
  - polycom.vvx.connection
options:
  type:
    description:
      - V(consultative) talks to the third party first, V(blind) transfers the call at once, and V(safe) transfers it
        but keeps it until the third party answers.
    type: str
    choices: [consultative, blind, safe]
    required: true
seealso:
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Transfer calls at once
  polycom.vvx.vvx_transfer_type:
    type: blind
"""

RETURN = r"""
before:
  description: The previous transfer type; V(unknown) if the phone can't report it.
  returned: success
  type: str
  sample: consultative
after:
  description: The transfer type now (or as it would be).
  returned: success
  type: str
  sample: blind
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
    kind: not_supported
    host: 192.0.2.11
    http_status: 404
    status: null
    endpoint: GET /api/v1/mgmt/transferType/get
"""

from ..module_utils import _module
from ..module_utils._operations import transfer_type


def main() -> None:
    _module.run(transfer_type.run, transfer_type.SPEC)


if __name__ == "__main__":
    main()
