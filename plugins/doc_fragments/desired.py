# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that say what parameters are desired, and by what they are checked."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  parameters:
    description:
      - The desired parameters, name to value. Names are those of UC Software, letter case included.
      - Booleans become V(1) and V(0), whole numbers their digits, and texts go untouched (where a parameter is known to be a boolean, a number or
        an enumeration, a text goes in the phone's own spelling). Put texts that look like something
        else to YAML in quotes (V('0123'), V('13:00'), V('1.10')); decimal numbers and dates without quotes are refused.
      - Values are compared by type where the type of the parameter is known (V(true) equals V(1), V(UDPonly) equals
        V(UDPOnly)), and to the letter otherwise.
      - A single parameter can't be unset over REST. An empty text is a value like any other.
      - O(parameters), O(src) or both are needed.
    type: dict
  src:
    description:
      - Provisioning files (C(.cfg)) with desired parameters. A later file wins over an earlier one, and O(parameters) over all of them.
      - All attributes are parameters, whatever the names of their elements. A C(device.*) whose C(.set) is C(0) is left out, as the phone would do; so is
        a C(.set) without its value, as exports have it for secrets, with a warning. Master files (C(000000000000.cfg)) hold no parameters, and are refused.
      - Relative paths are looked for in C(files) and beside the playbook or role, on the controller, also where the task is delegated.
    type: list
    elements: path
"""
