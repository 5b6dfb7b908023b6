#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_password
version_added: 0.1.0
short_description: Change the admin or user password of a Polycom VVX phone safely
description:
  - Changes the password of an account, and proves that the new one works. If anything fails halfway, the result says
    which password works.
  - Tries the new password first. If it works, the task has nothing to do, so you can repeat it, also after an
    interruption. Otherwise it uses the old one. Each is tried once, because phones lock the account after a few wrong
    attempts.
  - A phone with its factory password does not answer over REST. Change that one in its web interface or from the
    provisioning server.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  account:
    description:
      - The account to change, V(admin) (C(Polycom)) or V(user) (C(User)).
    type: str
    choices: [admin, user]
    default: admin
  new_password:
    description:
      - The new password, at most 32 ASCII characters. Factory passwords are refused.
    type: str
    required: true
  old_password:
    description:
      - Current password of the admin account, if it differs from O(password). Set it when the inventory already has the
        new password.
    type: str
  min_length:
    description:
      - Shortest password to allow. The phone's own limit (C(sec.pwd.length.admin), C(sec.pwd.length.user)) applies as
        well.
    type: int
    default: 8
  wait_timeout:
    description:
      - Seconds to wait if the phone restarts for the change.
    type: float
    default: 300.0
notes:
  - If the provisioning server also sets the password, change it there as well; the phone takes the server's at its next
    restart.
seealso:
  - module: polycom.vvx.vvx_config
  - module: polycom.vvx.vvx_rotate
"""

EXAMPLES = r"""
- name: Change the admin password while the inventory has the old one
  polycom.vvx.vvx_password:
    new_password: "{{ new_phone_password }}"

- name: Change the user password with the new admin password
  polycom.vvx.vvx_password:
    account: user
    new_password: "{{ new_user_password }}"
    password: "{{ new_phone_password }}"
"""

RETURN = r"""
account:
  description: The account, as in O(account).
  returned: when the phone answered
  type: str
  sample: admin
working:
  description:
    - Which password works at the end, as tried. V(new), V(old), V(none) if the phone refuses both, or V(unknown) if it
      did not answer after the change was sent.
    - The user's old password is not known, so V(old) then means that the phone refuses the new one while the admin's
      login works.
    - In check mode, V(old) if the task would change the password.
  returned: when the phone answered
  type: str
  sample: new
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
    kind: authentication_failed
    host: 192.0.2.11
    http_status: 401
    status: null
    endpoint: POST /api/v1/mgmt/config/get
"""

from ..module_utils import _module
from ..module_utils._operations import password


def main() -> None:
    _module.run(password.run, password.SPEC)


if __name__ == "__main__":
    main()
