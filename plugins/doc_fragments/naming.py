# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones become hosts, what these are called, and in which groups they are: options of the inventory plugin."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  hostname:
    description:
      - How to name hosts; the first entry that gives a name wins. V(name) is the name in the CSV file, or the name in
        O(addresses); V(mac) is the MAC address as in file names; V(label) and V(extension) are label and user of the
        first line (need V(lines) in O(gather_subset)); also V(address) and V(model).
      - Anything else is a template, such as V({{ site }}-{{ extension }}), with the host's variables; these words are
        variables as well, unless the host has its own of that name.
      - A name with anything that a phone says (V(label), V(extension), V(model), a template that reads C(vvx)) always
        carries the phone's MAC address, as in C(1001-0004f2aabbcc). Without it a phone could take the name of any other
        host, and would get that host's password. See O(trust_phone_names).
      - Names that you have written (in O(csv) or O(addresses), or a template without what phones say) stay as they are.
        A host of that name that another inventory source defines is the same host, unless its C(ansible_vvx_mac) says
        otherwise.
      - Invalid characters become C(_). If several phones get the same name, the MAC address is appended to each.
    type: list
    elements: str
    default: [name, mac, address]
  trust_phone_names:
    description:
      - Whether names that phones say need no MAC address. Set it only if nobody but you decides what is on a phone's
        display, and no other host could be called like that.
      - A name that the inventory has already (a host or a group) still gets the MAC address, with a warning. Sources
        that Ansible reads after this one can't be seen, so give this file last (C(-i)), or with the last name in its
        folder.
    type: bool
    default: false
  group:
    description: Group of all phones. The playbooks of this collection use C(phones).
    type: str
    default: phones
  group_by:
    description:
      - Groups to make, with names that also fit files in C(group_vars), such as C(model_vvx411) and C(site_berlin).
        V(model), V(firmware), V(subnet), V(registration) (needs V(lines) in O(gather_subset)) and V(reason) (why a
        phone could not be read) are what was found. Anything else is a variable of the hosts, such as a column of
        O(csv) or a key of O(compose); a variable counts before what was found.
      - Values are in lower case and without blanks before digits; other characters become C(_).
    type: list
    elements: str
    default: [model, site]
  keep_unreachable:
    description:
      - Which phones that could not be read also become hosts, with C(vvx_reason), C(vvx_message) and in the group
        C(vvx_unreachable). V(named) keeps the phones that somebody has named, in O(csv), O(provisioning), O(hosts_file)
        or O(addresses), so that a phone that is off stays in the inventory. V(none) keeps none.
      - V(all) also keeps what is in ranges and networks. Every address counts as a phone until something else answers
        there, so an empty network gives many.
      - A warning tells of phones that are left out.
    type: str
    choices: [named, all, none]
    default: named
  roster:
    description:
      - File in which to remember what each phone was when it was read last. A phone that was found in a range or
        network is then expected there; while it is off it keeps its name, groups and variables, as O(keep_unreachable)
        says of phones that are named.
      - Without it, a phone that is off has no extension, label or model to make a name of, so that a O(hostname) of
        these changes, and one in a range or network is left out.
      - Another phone at its address is another host. The MAC address tells them apart.
      - Relative to this file's folder. The folder must exist; in AWX, it is a path that is mounted into the container.
        Several inventory files may share one. It holds no passwords.
    type: str
  roster_days:
    description: For how many days to remember a phone that was not read again.
    type: int
    default: 30
"""
