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
  - Changes the password of an account, and proves that the new one works. Whatever breaks on the way, the result says which password the phone has.
  - The new password is tried first. If it works, there is nothing to do; so the task can be repeated, and can go on after an interruption. Otherwise
    the old one is used. Each is tried once, since phones lock their accounts after several wrong ones.
  - A phone that still has its factory password does not answer over REST. Change that one in its web interface or from the provisioning server.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.actions
  - polycom.vvx.connection
options:
  account:
    description:
      - Whose password to change, that of the administrator (C(Polycom)) or that of the phone's user (C(User)).
    type: str
    choices: [admin, user]
    default: admin
  new_password:
    description:
      - The new password, 32 characters of ASCII at most. The passwords that phones come with are refused.
    type: str
    required: true
  old_password:
    description:
      - The password that the administrator's account has, if it is not O(password). Give it when the inventory holds the new password already.
    type: str
  min_length:
    description:
      - Shortest password to allow. The phone's own limit (C(sec.pwd.length.admin), C(sec.pwd.length.user)) counts as well.
    type: int
    default: 8
  wait_timeout:
    description:
      - Seconds that the phone has to come back, if it restarts for it.
    type: float
    default: 300.0
notes:
  - Where the provisioning server sets the password, too, change it there; a phone takes the server's at its next restart.
seealso:
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Change the admin password; the inventory still has the old one
  polycom.vvx.vvx_password:
    new_password: "{{ new_phone_password }}"

- name: Change the user's password (the inventory still has the old admin password, which has just been changed)
  polycom.vvx.vvx_password:
    account: user
    new_password: "{{ new_user_password }}"
    password: "{{ new_phone_password }}"
"""

RETURN = r"""
account:
  description: The option O(account).
  returned: when the phone answered
  type: str
  sample: admin
working:
  description:
    - Which password works at the end. V(new), V(old), V(none) if the phone refuses both, or V(unknown) if it has not answered since it was told the new one.
    - In check mode, V(old) if there is something to change.
  returned: when the phone answered
  type: str
  sample: new
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
    kind: authentication_failed
    http_status: 401
    status: null
    endpoint: POST /api/v1/mgmt/config/get
    message: '192.0.2.11: the phone refuses the old admin password and the new one; nothing was changed.'
    remedy: Give the one that it has as old_password, or as the connection's.
"""

from ..module_utils import _module
from ..module_utils._operations import password


def main() -> None:
    _module.run(password.run, password.SPEC)


if __name__ == "__main__":
    main()
