# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach many phones of which only addresses are known: the options of the inventory plugin."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  username:
    description:
      - Account to log in with; V(Polycom) (the admin) if nothing is said. Also E(VVX_USERNAME).
    type: str
  password:
    description:
      - Password of the account, of all phones alike. It is tried once for each address. It does not become part of the inventory.
      - Taken from E(VVX_PASSWORD) if not given. Keep it in a vault, not in the file.
    type: str
  port:
    description:
      - Port of the phones' web servers. The default is 443, or 80 with O(use_ssl=false). Also E(VVX_PORT).
      - If it is another one than the default, hosts get it as C(ansible_port).
    type: int
  use_ssl:
    description:
      - Whether to speak HTTPS; it does if nothing is said. E(VVX_USE_HTTP=true) turns it off.
      - Plain HTTP proves nothing about who answers, so V(false) needs O(probe=trusting).
    type: bool
  validate_certs:
    description:
      - Whether to check that certificates are signed by a trusted authority; they are checked if nothing is said. E(VVX_INSECURE=true) turns it off.
      - Without the check, a certificate still has to bear the MAC address of a phone, which anybody who wants to can make up.
    type: bool
  ca_path:
    description:
      - PEM file, or folder prepared with C(openssl rehash), with the authorities to trust instead of the system's. Also E(VVX_CA_PATH).
      - A path in the file is relative to the file's folder.
    type: str
  verify_hostname:
    description:
      - Which name certificates must bear. V(name) is the phone's address or name, as in certificates of one's own; V(mac) is the MAC address of any phone,
        as in factory certificates; V(none) is any name that a trusted authority has signed. V(name) if nothing is said. Also E(VVX_VERIFY_HOSTNAME).
    type: str
    choices: [name, mac, none]
  fingerprint:
    description:
      - SHA-256 fingerprint of the certificate, for phones that all have the same one. Then no other is accepted. Also E(VVX_FINGERPRINT).
    type: str
  tls_min_version:
    description:
      - Oldest version of TLS to accept; V(1.2) if nothing is said. V(1.0) and V(1.1) also lower OpenSSL's security level, for phones with old firmware.
        Also E(VVX_TLS_MIN_VERSION).
    type: str
    choices: ['1.0', '1.1', '1.2', '1.3']
  ciphers:
    description:
      - Ciphers to offer, in OpenSSL's notation. Also E(VVX_CIPHERS).
    type: str
  timeout:
    description:
      - Seconds that a phone may take for one reply; 10 if nothing is said. Also E(VVX_TIMEOUT).
    type: float
  connect_timeout:
    description:
      - Seconds until an address counts as unreachable. With O(workers), it decides how long a thinly populated network takes.
    type: float
    default: 2.0
  retries:
    description:
      - How often a request is sent again when a phone is busy, or when a connection breaks; 2 if nothing is said. A refused password and a time-out are
        never tried again. Also E(VVX_RETRIES).
    type: int
  workers:
    description:
      - How many addresses are looked at at once, 512 at most. Each gets one request at a time.
    type: int
    default: 64
  probe:
    description:
      - Who gets the password. With V(strict) only a server that has proved to be a phone, by its certificate, which bears the MAC address of a phone
        (see O(mac_prefixes)), is valid for the address by an authority that O(ca_path) names, or has the O(fingerprint).
      - V(trusting) sends the password to whatever answers at the addresses.
    type: str
    choices: [strict, trusting]
    default: strict
  mac_prefixes:
    description:
      - What the MAC addresses of phones begin with, six or more digits. The default is Polycom's and Poly's prefixes that are known of VVX phones.
    type: list
    elements: str
    default: ['00:04:f2', '64:16:7f', '48:25:67']
requirements:
  - requests 2.31 and urllib3 2.2, or later, on the controller
"""
