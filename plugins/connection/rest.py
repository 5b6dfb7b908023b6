# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: rest
author:
  - the polycom.vvx contributors (!UNKNOWN)
version_added: 0.1.0
short_description: Mark inventory hosts as Polycom VVX phones
description:
  - A phone has no shell, so this connection runs no commands and copies no files. The modules of this collection work
    on the controller, and read from it how to reach the phone.
  - It is optional; the modules work without it. With it, tasks for computers, such as M(ansible.builtin.command), fail
    with the reason, instead of running on the controller by mistake or trying SSH on a phone.
  - The modules read the variables below, with or without this connection. Task arguments and C(module_defaults) win
    over them, and they win over the environment (C(VVX_*)). Empty values are ignored, so even numbers have type V(raw)
    here; the modules check them.
options:
  host:
    description: Address or name of the phone.
    type: str
    vars:
      - name: inventory_hostname
      - name: ansible_host
      - name: ansible_vvx_host
  port:
    description: Port of the phone's web server. The default is 443, or 80 without O(use_ssl).
    type: raw
    vars:
      - name: ansible_port
      - name: ansible_vvx_port
  remote_user:
    description: Account to log in with. The default is C(Polycom). Also C(-u) and the keyword C(remote_user).
      V(root) counts as unset, except in C(ansible_vvx_username).
    type: str
    keyword:
      - name: remote_user
    vars:
      - name: ansible_user
      - name: ansible_vvx_username
  password:
    description: Password of the account. Also C(-k).
    type: str
    vars:
      - name: ansible_password
      - name: ansible_vvx_password
  password_next:
    description: Password that takes the place of the other one, while phones get it one after the other.
    type: str
    vars:
      - name: ansible_vvx_password_next
  auth:
    description: How to log in, C(auto), C(basic) or C(digest).
    type: str
    vars:
      - name: ansible_vvx_auth
  use_ssl:
    description: Whether to use HTTPS. The default is V(true).
    type: raw
    vars:
      - name: ansible_vvx_use_ssl
  validate_certs:
    description: Whether to verify the phone's certificate. The default is V(true).
    type: raw
    vars:
      - name: ansible_vvx_validate_certs
  ca_path:
    description: PEM file or folder with the authorities to trust instead of the system's.
    type: raw
    vars:
      - name: ansible_vvx_ca_path
  verify_hostname:
    description: Which name the certificate must have, C(name), C(mac) or C(none).
    type: str
    vars:
      - name: ansible_vvx_verify_hostname
  mac:
    description: MAC address of the phone. Another phone is refused.
    type: str
    vars:
      - name: ansible_vvx_mac
  fingerprint:
    description: SHA-256 fingerprint of the phone's certificate.
    type: str
    vars:
      - name: ansible_vvx_fingerprint
  tls_min_version:
    description: Oldest TLS version to accept.
    type: str
    vars:
      - name: ansible_vvx_tls_min_version
  ciphers:
    description: Ciphers to offer, in OpenSSL's notation.
    type: str
    vars:
      - name: ansible_vvx_ciphers
  timeout:
    description: Seconds to wait for each reply.
    type: raw
    vars:
      - name: ansible_vvx_timeout
  retries:
    description: How often to repeat a request when the phone is busy.
    type: raw
    vars:
      - name: ansible_vvx_retries
  max_refusals:
    description: After how many refusals, without one acceptance, a login is not tried on other phones.
    type: raw
    vars:
      - name: ansible_vvx_max_refusals
  lockout_time:
    description: For how many seconds a login is not tried again on a phone that has refused it.
    type: raw
    vars:
      - name: ansible_vvx_lockout_time
seealso:
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
# group_vars/phones/vars.yml
ansible_connection: polycom.vvx.rest
ansible_password: '{{ vault_phone_password }}'
"""

from typing import NoReturn

from ansible.errors import AnsibleError
from ansible.plugins.connection import ConnectionBase

from ..plugin_utils import _ansible


class Connection(ConnectionBase):
    """Opens no connection: holds the options, and rejects what a phone can't do."""

    transport = "polycom.vvx.rest"
    has_pipelining = False

    def _connect(self) -> Connection:
        self._connected = True
        return self

    def exec_command(self, cmd: str, in_data: bytes | None = None, sudoable: bool = True) -> tuple[int, bytes, bytes]:
        self._refuse("runs no commands")

    def put_file(self, in_path: str, out_path: str) -> None:
        self._refuse("accepts no files")

    def fetch_file(self, in_path: str, out_path: str) -> None:
        self._refuse("provides no files")

    def _refuse(self, what: str) -> NoReturn:
        if old := _ansible.complaint():
            raise AnsibleError(old)
        raise AnsibleError(
            f"{_ansible.connection_address(self)}: a phone {what}; this task is for computers. Use the modules of "
            "polycom.vvx (for facts, gather_facts: false in the play and polycom.vvx.vvx_facts as a task), or "
            "delegate_to: localhost if the task belongs on the controller."
        )

    def close(self) -> None:
        self._connected = False
