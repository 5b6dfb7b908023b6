# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach a phone: the options of every module."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  host:
    description:
      - Address or name of the phone.
      - If not set, comes from C(ansible_vvx_host), C(ansible_host) or the inventory host's name; for tasks on
        localhost, from the environment variable E(VVX_HOST).
    type: str
  port:
    description:
      - Port of the phone's web server. The default is 443, or 80 with O(use_ssl=false).
      - If not set, comes from C(ansible_vvx_port), C(ansible_port) or E(VVX_PORT).
    type: int
  username:
    description:
      - Account to log in with. Phones have two, V(Polycom) (the admin) and V(User). Nearly everything needs the admin.
      - If not set, comes from C(ansible_vvx_username), C(ansible_user), C(remote_user) or C(-u), or E(VVX_USERNAME).
      - V(root) is no phone's account and counts as unset, unless the task or C(ansible_vvx_username) sets it. AWX
        passes it with C(-u) to jobs without a user.
    type: str
    default: Polycom
  password:
    description:
      - Password of the account. It is tried once, because phones lock the account after a few wrong attempts.
      - If not set, comes from C(ansible_vvx_password), C(ansible_password), C(-k) or E(VVX_PASSWORD). Keep it in a
        vault file.
    type: str
  password_next:
    description:
      - The password that takes the place of O(password), while phones get it one after the other. With it, a task logs
        in with the one that the phone takes, so all tasks work in the middle of such a change.
      - The one that the phone took or was about to get in the latest run is tried first, as far as C(state_path) tells
        (see M(polycom.vvx.vvx_config)), otherwise O(password). Each is tried once at most.
      - If not set, comes from C(ansible_vvx_password_next) or E(VVX_PASSWORD_NEXT). Keep it in a vault file.
    type: str
  auth:
    description:
      - How to log in. V(auto) sends the password with the first request (HTTP Basic), as nearly all phones want it, and
        uses HTTP Digest with phones that offer nothing else. Such phones may count the first attempt as a failed login;
        this is remembered until the playbook ends, so it happens once for each phone at most.
      - V(digest) never sends the password itself, and costs one request more for each phone. Best for phones that want
        Digest, and for plain HTTP.
      - V(basic) never uses Digest.
      - If not set, comes from C(ansible_vvx_auth) or E(VVX_AUTH).
    type: str
    choices: [auto, basic, digest]
    default: auto
  use_ssl:
    description:
      - Whether to use HTTPS. V(false) is for phones that serve plain HTTP; the password then crosses the network
        unencrypted.
      - If not set, comes from C(ansible_vvx_use_ssl); E(VVX_USE_HTTP=true) turns it off.
    type: bool
    default: true
  validate_certs:
    description:
      - Whether to verify the phone's certificate. Polycom's own authority signs factory certificates, which name the
        MAC address; see O(ca_path), O(verify_hostname) and O(fingerprint).
      - If not set, comes from C(ansible_vvx_validate_certs); E(VVX_INSECURE=true) turns it off.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file, or folder prepared with C(openssl rehash), with the authorities to trust instead of the system's.
      - If not set, comes from C(ansible_vvx_ca_path) or E(VVX_CA_PATH).
    type: path
  verify_hostname:
    description:
      - Which name the certificate must have. V(name) is O(host), V(mac) is the MAC address, as in factory certificates
        (needs O(mac)), V(none) accepts any certificate of a trusted authority.
      - If not set, comes from C(ansible_vvx_verify_hostname) or E(VVX_VERIFY_HOSTNAME).
    type: str
    choices: [name, mac, none]
    default: name
  mac:
    description:
      - MAC address of the phone, in any notation. A phone that proves or claims another one is C(other_phone), and if
        its certificate proves it, gets no password. O(verify_hostname=mac) requires the proof.
      - If not set, comes from C(ansible_vvx_mac) or E(VVX_MAC).
    type: str
  fingerprint:
    description:
      - SHA-256 fingerprint of the phone's certificate. If set, only this certificate is accepted, signed by anyone.
      - If not set, comes from C(ansible_vvx_fingerprint) or E(VVX_FINGERPRINT).
    type: str
  tls_min_version:
    description:
      - Oldest TLS version to accept. V(1.0) and V(1.1) also lower OpenSSL's security level, for phones with old
        firmware.
      - If not set, comes from C(ansible_vvx_tls_min_version) or E(VVX_TLS_MIN_VERSION).
    type: str
    choices: ['1.0', '1.1', '1.2', '1.3']
    default: '1.2'
  ciphers:
    description:
      - Ciphers to offer, in OpenSSL's notation, for instance V(DEFAULT:@SECLEVEL=0).
      - If not set, comes from C(ansible_vvx_ciphers) or E(VVX_CIPHERS).
    type: str
  timeout:
    description:
      - Seconds for each request, from the start of connecting to the last byte of the reply. Connecting may take up to
        10 of them, and so may a TLS handshake. Looking up a host name may take another 10.
      - If not set, comes from C(ansible_vvx_timeout) or E(VVX_TIMEOUT).
    type: float
    default: 30.0
  retries:
    description:
      - How often to repeat a request when the phone is busy (HTTP 403 or Status 4001), or when the connection breaks
        and repeating is safe. Pauses grow up to 10 seconds. A refused password and a timeout are never retried.
      - If not set, comes from C(ansible_vvx_retries) or E(VVX_RETRIES).
    type: int
    default: 5
  max_refusals:
    description:
      - After this many refusals of the same account and password in a run, without one acceptance, other phones are
        not tried with them. Their tasks fail with the kind C(not_tried), and nothing is sent. One acceptance ends the
        counting for the rest of the run.
      - Before the first acceptance, at most this many phones are tried at once; others wait up to 2 seconds for their
        answers. Only if phones answer more slowly can more of them be tried in vain, at most as many more as there are
        forks (or workers, in tasks that have this option).
      - V(0) tries every phone.
      - If not set, comes from C(ansible_vvx_max_refusals) or E(VVX_MAX_REFUSALS).
    type: int
    default: 5
  lockout_time:
    description:
      - For so many seconds after a phone has refused an account and password, they are not tried again on it, even in
        the next run. Another password is tried at once. Phones lock an account for 60 seconds after 5 wrong attempts
        (C(httpd.cfg.lockWebUI.*)).
      - Kept on the controller until the run ends, and for later runs where C(state_path) says (see
        M(polycom.vvx.vvx_config)), as a keyed digest.
      - V(0) tries again each time.
      - If not set, comes from C(ansible_vvx_lockout_time) or E(VVX_LOCKOUT_TIME).
    type: float
    default: 60.0
requirements:
  - requests >= 2.31 and urllib3 >= 2.2 where the task runs (on the controller, unless the task is delegated)
notes:
  - Runs on the controller, without SSH to the phone. Neither C(connection) nor C(delegate_to) is needed. A delegated
    task runs on the host that C(delegate_to) names.
  - Enable the phone's REST API and change its factory password before you use any module.
"""
