# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that make a phone upload a file."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  dest:
    description:
      - File to write on the controller, also when the task is delegated. Relative to the playbook's folder. Only a
        complete upload replaces it. A new file can be read by its owner only (mode 0600); one that exists keeps its
        mode.
      - The phone sends the file over plain HTTP to the computer where the task runs, to a port that is open during the
        upload only, under a path that can't be guessed. Phones must be able to reach that port.
    type: str
  receiver_address:
    description:
      - With O(dest), the address at which the phone reaches the computer where the task runs. The default is that
        computer's own address towards the phone, which is wrong behind NAT.
    type: str
  receiver_port:
    description:
      - With O(dest), the port to receive on; firewalls must allow it. V(0) is any free port. With a fixed port, phones
        must take turns (C(throttle) 1).
    type: int
    default: 0
  max_size:
    description:
      - With O(dest), the most bytes to accept.
    type: int
    default: 20000000
  wait_timeout:
    description:
      - Seconds to wait for the file.
    type: float
    default: 60.0
"""
