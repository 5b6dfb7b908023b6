# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach a phone: the options that all modules share."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  host:
    description:
      - Address or name of the phone.
      - Taken from C(ansible_vvx_host), C(ansible_host) or the inventory host's name if not given, and from the environment
        variable E(VVX_HOST) for tasks on localhost.
    type: str
  port:
    description:
      - Port of the phone's web server. The default is 443, or 80 with O(use_ssl=false).
      - Taken from C(ansible_vvx_port), C(ansible_port) or E(VVX_PORT) if not given.
    type: int
  username:
    description:
      - Account to log in with. Phones have two, V(Polycom) (the admin) and V(User); nearly everything needs the admin.
      - Taken from C(ansible_vvx_username), C(ansible_user), C(remote_user) or C(-u), or E(VVX_USERNAME) if not given.
    type: str
    default: Polycom
  password:
    description:
      - Password of the account. It is tried once, because phones lock the account after a few wrong attempts.
      - Taken from C(ansible_vvx_password), C(ansible_password), C(-k) or E(VVX_PASSWORD) if not given. Keep it in a vault file.
    type: str
  use_ssl:
    description:
      - Whether to speak HTTPS. Set to V(false) for a phone that serves plain HTTP; the password then crosses the network readable.
      - Taken from C(ansible_vvx_use_ssl) if not given; E(VVX_USE_HTTP=true) turns it off.
    type: bool
    default: true
  validate_certs:
    description:
      - Whether to check the phone's certificate. Factory certificates are signed by Polycom's own authority and name the MAC
        address; see O(ca_path), O(verify_hostname) and O(fingerprint).
      - Taken from C(ansible_vvx_validate_certs) if not given; E(VVX_INSECURE=true) turns it off.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file, or folder prepared with C(openssl rehash), with the authorities to trust instead of the system's.
      - Taken from C(ansible_vvx_ca_path) or E(VVX_CA_PATH) if not given.
    type: path
  verify_hostname:
    description:
      - Which name the certificate must bear. V(name) is O(host), V(mac) is the MAC address as factory certificates have it
        (needs O(mac)), V(none) accepts any certificate of a trusted authority.
      - Taken from C(ansible_vvx_verify_hostname) or E(VVX_VERIFY_HOSTNAME) if not given.
    type: str
    choices: [name, mac, none]
    default: name
  mac:
    description:
      - MAC address of the phone, in any notation. Used with O(verify_hostname=mac).
      - Taken from C(ansible_vvx_mac) or E(VVX_MAC) if not given.
    type: str
  fingerprint:
    description:
      - SHA-256 fingerprint of the phone's certificate. If given, exactly this certificate is accepted, whoever signed it.
      - Taken from C(ansible_vvx_fingerprint) or E(VVX_FINGERPRINT) if not given.
    type: str
  tls_min_version:
    description:
      - Oldest version of TLS to accept. V(1.0) and V(1.1) also lower OpenSSL's security level, for phones with old firmware.
      - Taken from C(ansible_vvx_tls_min_version) or E(VVX_TLS_MIN_VERSION) if not given.
    type: str
    choices: ['1.0', '1.1', '1.2', '1.3']
    default: '1.2'
  ciphers:
    description:
      - Ciphers to offer, in OpenSSL's notation, for instance V(DEFAULT:@SECLEVEL=0).
      - Taken from C(ansible_vvx_ciphers) or E(VVX_CIPHERS) if not given.
    type: str
  timeout:
    description:
      - Seconds that a phone may take for one reply. A connection has to come about within 10 seconds at most.
      - Taken from C(ansible_vvx_timeout) or E(VVX_TIMEOUT) if not given.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is sent again when the phone is busy (HTTP 403 or Status 4001), or when a connection breaks and
        repeating does no harm. The pauses grow up to 10 seconds. A refused password and a time-out are never tried again.
      - Taken from C(ansible_vvx_retries) or E(VVX_RETRIES) if not given.
    type: int
    default: 5
requirements:
  - requests 2.31 and urllib3 2.2, or later, where the task runs (on the controller, unless the task is delegated)
notes:
  - The work is done on the controller, without connecting to the phone by SSH. Neither C(connection) nor C(delegate_to) has to be set.
    A task that is delegated to another host does its work from there.
  - The phone's REST API must be enabled, and its factory password changed, before any module can talk to it.
"""
