#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_import
version_added: 0.1.0
short_description: Make an inventory of a folder of provisioning files for Polycom VVX phones
description:
  - Reads the folder that phones are provisioned from, works out what each phone takes from its files, and writes it as
    C(group_vars) and C(host_vars) for C(polycom.vvx.configure), with a list of the phones and their groups. Sends
    nothing, and needs no phone.
  - A phone is known by its MAC address in the name of a C(.cfg) file or of a folder. It reads C(<MAC>.cfg), or else
    C(000000000000.cfg), and the files that this lists in C(CONFIG_FILES); the first file that sets a parameter wins.
    C([PHONE_MAC_ADDRESS]), C([PHONE_MODEL]) and lists for single models (C(CONFIG_FILES_VVX411)) are understood.
    Upper and lower case of names does not matter, as on many servers. A listed URL is looked for in the folder.
  - What phones have in common is lifted. A parameter gets into C(vvx_parameters_all) if all phones have it and more
    than half of them have the same value; phones with another value keep theirs in C(vvx_parameters_host). The same
    holds for models, sites and groups, where it saves lines. Merged again, the layers give back exactly what the
    files said for each phone.
  - Models come from O(csv), from the inventory, or from names of files (C(vvx411.cfg)). Sites are folders with master
    files of their own, or files that some phones use and others don't (C(site-berlin.cfg)); a second kind of such
    files makes groups. See the page "Import provisioning files" of the collection.
  - Secrets get into one file that is encrypted with the vault password of the run. If there is none, the task fails
    and writes nothing. They are never in a file in clear, also not in a temporary one.
  - C(device.*) without its C(.set), secrets without a value and what C(polycom.vvx.configure) would refuse are left
    out and listed. Values are written in quotes, so YAML changes none of them, and with the file that they are from.
  - Never overwrites. Files of an earlier import are compared; if one would change, or if another file of the
    inventory sets the same variables, the task fails and writes nothing.
  - Runs once, on the controller, without C(serial). Prints what it did in at most 40 lines.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.files
  - polycom.vvx.connection
attributes:
  async:
    support: none
    details:
      - Reads the variables of all hosts.
  check_mode:
    support: full
    details:
      - Reads and compares as usual, and writes nothing.
options:
  folder:
    description:
      - Folder with the provisioning files, or a copy of it. Relative to the playbook's folder.
    type: path
    required: true
  into:
    description:
      - Folder of the inventory, also a new one. Relative to the playbook's folder.
    type: path
    required: true
  csv:
    description:
      - CSV file with a row for each phone, as for the inventory plugin P(polycom.vvx.vvx#inventory), with usual
        headers. The MAC address tells the phone; its name, address, C(model) and C(site) are used, and other columns
        become variables. Phones that have no file of their own are known by this list only.
    type: path
  overwrite:
    description:
      - Whether files of an earlier import may be replaced. Other files never are.
    type: bool
    default: false
  skip_bad_files:
    description:
      - Whether to go on without phones whose files can't be read. Otherwise all problems are told and nothing is
        written.
    type: bool
    default: false
seealso:
  - plugin: polycom.vvx.from_cfg
    plugin_type: filter
    description: Reads one file.
  - module: polycom.vvx.vvx_validate
    description: Checks what came of it.
"""

EXAMPLES = r"""
- name: Make an inventory of the files on the provisioning server
  polycom.vvx.vvx_import:
    folder: old-files
    into: inventory

- name: Make it again, with models, sites and addresses from a list
  polycom.vvx.vvx_import:
    folder: old-files
    into: inventory
    csv: phones.csv
    overwrite: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence.
  returned: always
  type: str
  sample: '300 phones, 508 files read: 9 parameters for all, 25 for groups, 1577 for single phones, 302 secrets.'
phones:
  description: How many phones were imported.
  returned: success
  type: int
  sample: 300
parameters:
  description: How many parameters are in which layer.
  returned: success
  type: dict
  contains:
    all: {description: In C(vvx_parameters_all)., type: int, sample: 9, returned: always}
    groups: {description: In the variables of models sites and groups., type: int, sample: 25, returned: always}
    hosts: {description: In C(vvx_parameters_host) of all phones together., type: int, sample: 1577, returned: always}
groups:
  description: The groups that the phones are in, besides C(phones); the first 200.
  returned: success
  type: list
  elements: str
  sample: [model_vvx301, site_berlin]
secrets:
  description: How many secrets there are.
  returned: success
  type: int
  sample: 302
files_read:
  description: How many provisioning files were read.
  returned: success
  type: int
  sample: 508
ignored:
  description: How many files of other kinds there are, by kind.
  returned: success
  type: dict
  sample: {log: 300, override file: 172}
unused:
  description: Configuration files that no phone reads; the first 200.
  returned: success
  type: list
  elements: str
  sample: [old-site.cfg]
missing:
  description: Files that lists name and that are not there; the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    file: {description: The name in the list., type: str, sample: features.cfg, returned: always}
    count: {description: How many phones have it in their list., type: int, sample: 100, returned: always}
respelled:
  description: Files that lists write with other capitals than they have, which some servers would not find; the first
    200.
  returned: success
  type: list
  elements: dict
  contains:
    file: {description: The file., type: str, sample: Site-Kyoto.CFG, returned: always}
    count: {description: How many phones have it in their list., type: int, sample: 100, returned: always}
left_out:
  description: Parameters that were left out; the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    parameter: {description: Name of the parameter., type: str, sample: device.net.vlanId, returned: always}
    reason:
      description:
        - V(inert) if the phones ignore it, V(empty) for a secret without a value, V(refused) for what
          C(polycom.vvx.configure) would not take.
      type: str
      sample: inert
      returned: always
    text: {description: The same in words., type: str, sample: the phones ignore it, returned: always}
    count: {description: On how many phones., type: int, sample: 96, returned: always}
misspelled:
  description: Parameters whose names look wrong; they are imported. The first 200.
  returned: success
  type: list
  elements: dict
  contains:
    parameter: {description: The name., type: str, sample: up.idelTimeout, returned: always}
    suggestion: {description: What was probably meant., type: str, sample: up.idleTimeout, returned: always}
doubts:
  description: What is not sure about how the phones read their files; the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    text:
      description: The doubt.
      type: str
      sample: its model is not known, so CONFIG_FILES was read, not a list for its model
      returned: always
    count: {description: On how many phones., type: int, sample: 12, returned: always}
remarks:
  description: Probable mistakes in the files; the first 200.
  returned: success
  type: list
  elements: str
  sample: ["site.cfg:12: reg.1.lable is not read: it is text between tags, not an attribute"]
skipped_phones:
  description: Phones that were left out because of O(skip_bad_files); the first 200.
  returned: success
  type: list
  elements: dict
  contains:
    phone: {description: Its MAC address., type: str, sample: 0004f2aabbcc, returned: always}
    reason: {description: What is wrong with its files., type: str, sample: "site.cfg:3:9: is no XML", returned: always}
stale:
  description: Files of an earlier import for hosts and groups that are no more. They are left alone. The first 200.
  returned: success
  type: list
  elements: str
  sample: [host_vars/0004f2aabbcd/imported.yml]
written:
  description: How many files were written, or would be in check mode.
  returned: success
  type: int
  sample: 309
files:
  description: The files that were written, or would be; the first 200.
  returned: success
  type: list
  elements: str
  sample: [/home/admin/inventory/group_vars/phones/imported.yml]
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: settings
    host: null
    http_status: null
    status: null
    endpoint: null
"""
