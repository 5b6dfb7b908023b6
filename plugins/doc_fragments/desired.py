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
      - O(parameters), O(src) or both are required.
    type: dict
  src:
    description:
      - Provisioning files (C(.cfg)) with desired parameters. A later file wins over an earlier one, and O(parameters)
        over all of them.
      - All attributes are parameters, whatever the names of their elements. A C(device.*) whose C(.set) is C(0) is left
        out, as the phone ignores it, too. A C(.set) without its value, as exports have it for secrets, is left out with
        a warning. Master files (C(000000000000.cfg)) have no parameters and are rejected.
      - Relative paths are looked up in C(files) and beside the playbook or role, on the controller, even if the task is
        delegated.
    type: list
    elements: path
"""
