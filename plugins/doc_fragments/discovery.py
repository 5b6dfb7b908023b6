# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach phones that are known by address only: options of the inventory plugin."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  username:
    description:
      - Account to log in with. Also E(VVX_USERNAME). The default is V(Polycom) (the admin).
    type: str
  password:
    description:
      - Password of the account, for all phones that have none of their own in O(passwords). It is tried once for each
        address, and stays out of the inventory.
      - If not set, comes from E(VVX_PASSWORD). Keep it in a vault, not in this file.
    type: str
  passwords:
    description:
      - Passwords of single phones, as a dictionary by MAC address (in any notation), name (of the host, the CSV file or
        DNS) or address. A value may also be a dictionary with the key C(password), beside other secrets.
      - A phone gets one password, tried once. It is the first that there is for the MAC address in its certificate, for
        the name in the row of O(csv) with that MAC address, for its names and then its address in the sources, or else
        O(password). If its certificate names no MAC address, the one in the row of O(csv) with its address counts.
      - Usually a template with variables of O(vars_files).
    type: raw
  password_next:
    description:
      - The password that takes the place of O(password), while phones get it one after the other. A phone that refuses
        the one is tried with the other, each once. Also E(VVX_PASSWORD_NEXT).
    type: str
  passwords_next:
    description:
      - The same for phones with passwords of their own, as a dictionary with the keys of O(passwords). All other phones
        may have O(password_next).
    type: raw
  vars_files:
    description:
      - YAML files with variables for templates in this file's options, such as O(password) and O(passwords). They may
        be encrypted with ansible-vault. Relative to this file's folder.
    type: list
    elements: str
    default: []
  port:
    description:
      - Port of the phones' web servers. The default is 443, or 80 with O(use_ssl=false). Also E(VVX_PORT).
      - Hosts get any other port as C(ansible_port).
    type: int
  use_ssl:
    description:
      - Whether to use HTTPS. The default is V(true); E(VVX_USE_HTTP=true) turns it off.
      - Plain HTTP can't prove who answers, so V(false) requires O(probe=trusting).
    type: bool
  validate_certs:
    description:
      - Whether to check that a trusted authority signed the certificates. The default is V(true); E(VVX_INSECURE=true)
        turns it off.
      - Without this check, a certificate must still name the MAC address of a phone, which anyone can forge.
    type: bool
  ca_path:
    description:
      - PEM file, or folder prepared with C(openssl rehash), with the authorities to trust instead of the system's. Also
        E(VVX_CA_PATH).
      - A path is relative to the folder of this file.
    type: str
  verify_hostname:
    description:
      - Which name certificates must have. V(name) is the phone's address or name, as in your own certificates; V(mac)
        is the MAC address of any phone, as in factory certificates; V(none) is any name that a trusted authority
        signed. The default is V(name). Also E(VVX_VERIFY_HOSTNAME).
    type: str
    choices: [name, mac, none]
  fingerprint:
    description:
      - SHA-256 fingerprint of the only certificate to accept, for phones that share one. Also E(VVX_FINGERPRINT).
    type: str
  tls_min_version:
    description:
      - Oldest TLS version to accept. The default is V(1.2). V(1.0) and V(1.1) also lower OpenSSL's security level, for
        phones with old firmware. Also E(VVX_TLS_MIN_VERSION).
    type: str
    choices: ['1.0', '1.1', '1.2', '1.3']
  ciphers:
    description:
      - Ciphers to offer, in OpenSSL's notation. Also E(VVX_CIPHERS).
    type: str
  auth:
    description:
      - How to log in, V(auto), V(basic) or V(digest); see C(ansible-doc polycom.vvx.vvx_facts). The default is V(auto).
        Also E(VVX_AUTH).
    type: str
    choices: [auto, basic, digest]
  timeout:
    description:
      - Seconds for each request, from the start of connecting to the last byte of the reply. The default is 10. Also
        E(VVX_TIMEOUT).
    type: float
  connect_timeout:
    description:
      - Seconds until an address counts as unreachable. This and O(workers) decide how long a sparse network takes. A
        name is looked up before, in at most 10 seconds.
    type: float
    default: 2.0
  retries:
    description:
      - How often to repeat a request when a phone is busy or the connection breaks. The default is 2. A refused
        password and a timeout are never retried. Also E(VVX_RETRIES).
    type: int
  max_refusals:
    description:
      - After this many refusals of the password, without one acceptance, it is not tried on other phones; V(0) tries
        every phone. See C(ansible-doc polycom.vvx.vvx_facts). The default is 5. Also E(VVX_MAX_REFUSALS).
    type: int
  lockout_time:
    description:
      - For so many seconds after a phone has refused the password, it is not tried again on this phone, even in the
        next run. The default is 60. Also E(VVX_LOCKOUT_TIME).
    type: float
  workers:
    description:
      - How many addresses to probe at once, at most 512. Each gets one request at a time.
    type: int
    default: 64
  probe:
    description:
      - Who gets the password. V(strict) sends it only to servers whose certificate proves a phone. It names the MAC
        address of a phone (see O(mac_prefixes)), is valid for the address and signed by an authority in O(ca_path), or
        has the O(fingerprint).
      - V(trusting) sends the password to anything that answers at the addresses.
    type: str
    choices: [strict, trusting]
    default: strict
  mac_prefixes:
    description:
      - First digits of the phones' MAC addresses, six or more. The default is the Polycom and Poly prefixes seen on VVX
        phones.
    type: list
    elements: str
    default: ['00:04:f2', '64:16:7f', '48:25:67']
requirements:
  - requests >= 2.31 and urllib3 >= 2.2 on the controller
"""
