# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where to look for phones, and which ones to expect: options of the inventory plugin."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  addresses:
    description:
      - Where to look for phones. Addresses (V(10.1.20.11), V(2001:db8::11)), names, ranges (V(10.1.20.11-40),
        V(10.1.20.11-10.1.21.40)) and CIDRs (V(10.1.20.0/24), without network and broadcast address). At most one
        million addresses.
    type: list
    elements: str
    default: []
  hosts_file:
    description: File with more O(addresses), one per line. C(#) starts a comment. Relative to this file's folder.
    type: str
  csv:
    description:
      - A CSV file, one row per phone, as spreadsheets and other tools save it. Columns without a role become host
        variables with the column's name (special characters become C(_)), such as C(site) or C(room).
      - A row with a MAC address belongs to the phone with that MAC address, wherever it is found. Any other row belongs
        to the phone at its address.
      - All rows that can't be used are reported at once. Columns that look like they hold passwords are refused.
    type: dict
    suboptions:
      path: {description: CSV file. Relative to this file's folder., type: str, required: true}
      address:
        description: Column with the address or name. If not set, C(address), C(IP), C(host) and the like are tried.
        type: str
      name:
        description: Column with the name for the host. If not set, C(name), C(hostname) and the like are tried.
        type: str
      mac:
        description: Column with the MAC address. If not set, C(mac), C(MAC address) and the like are tried.
        type: str
      delimiter:
        description: Separator of the columns, or V(tab). If not set, it is found in the file (comma, semicolon, tab or
          bar).
        type: str
      encoding:
        description:
          - Encoding of the file, such as V(windows-1250). If not set, UTF-8 and UTF-16 are recognized; anything else is
            read as Windows-1252, with a warning.
        type: str
      skip_bad_rows:
        description: Whether to go on without the rows that can't be used, with a warning that lists them.
        type: bool
        default: false
  provisioning:
    description:
      - Folder that phones load their files from. Each MAC address (see O(mac_prefixes)) in names of C(.cfg) files and
        folders, such as C(0004f2aabbcc.cfg) or C(phone-0004f2aabbcc.cfg), is an expected phone. The other sources must
        find its address.
    type: str
  exclude:
    description: Addresses, ranges and CIDRs to skip, whatever the source.
    type: list
    elements: str
    default: []
"""
