# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options with the desired parameters."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  parameters:
    description:
      - The desired parameters, name to value. Names are those of UC Software; case matters.
      - Booleans become V(1) and V(0), whole numbers their digits, and texts stay as they are. Where a parameter is
        known to be a boolean, a number or an enumeration, a text is sent in the phone's own spelling. Put texts that
        YAML would read as something else in quotes (V('0123'), V('13:00'), V('1.10')); decimal numbers and dates
        without quotes are rejected.
      - Values are compared by type where the type of the parameter is known (V(true) equals V(1), V(UDPonly) equals
        V(UDPOnly)), and exactly otherwise.
      - A single parameter can't be unset over REST. An empty text is a value like any other.
      - One of O(parameters), O(layers), O(src) and O(content) is required.
    type: dict
  layers:
    description:
      - Names of variables with desired parameters, such as V(vvx_parameters_site). Their dictionaries are merged. Later
        ones win, and O(parameters) wins over all of them. Undefined and empty variables are skipped.
      - Differences, problems and errors then name the variable that sets a value, and its file and line.
    type: list
    elements: str
    default: []
  src:
    description:
      - Provisioning files (C(.cfg)) with desired parameters. O(order) says which file wins; O(parameters) wins over all
        of them. The same parameter with different values causes a warning.
      - All attributes are parameters, whatever the names of their elements. What only looks like a parameter, such as
        text between tags, is not read and causes a warning.
      - A C(device.*) counts only with C(device.set="1") and its own C(.set="1") in the files, as on the phone. Without
        them it is left out with a warning. A C(.set) without its value is left out with a warning, but not in exports
        of phones, which have it for secrets.
      - A master file (C(000000000000.cfg)) stands for the files in its C(CONFIG_FILES), of which the first wins. Names
        are relative to it. V([PHONE_MAC_ADDRESS]) needs C(ansible_vvx_mac); V([PHONE_MODEL]) and
        C(CONFIG_FILES_VVX411) need the variable C(vvx), which the inventory plugin sets. Its other attributes are
        ignored.
      - Relative paths are looked up in C(files) and beside the playbook or role, on the controller, even if the task is
        delegated.
    type: list
    elements: path
  content:
    description:
      - The text of a provisioning file, for instance from a lookup that decrypts it. It counts as a file after those of
        O(src). A master file needs O(src).
    type: str
  order:
    description:
      - Which file of O(src) wins. V(last_wins) is the way of Ansible. V(phone) is the way of the phone; there, the
        first file in C(CONFIG_FILES) that sets a parameter wins.
    type: str
    choices: [last_wins, phone]
    default: last_wins
  template:
    description:
      - Whether the files of O(src) are Jinja templates. They are rendered on the controller with the variables of the
        task's host. Write C(| e) behind a value that may contain C(&), C(<) or a quote.
      - A master file and the files that it lists are rendered, too.
    type: bool
    default: false
"""
