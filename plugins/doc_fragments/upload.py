# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that have a phone upload a file."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  dest:
    description:
      - File to store it in, on the computer that runs the playbook, wherever the task runs. Relative to the playbook's folder. It is for its
        owner alone (mode 0600), and is replaced only when all of it is there.
      - The phone sends the file to the computer on which the task runs, on a port that is open only meanwhile, in clear over HTTP, under a path that
        nobody can guess. Phones have to be able to reach it there.
    type: str
  receiver_address:
    description:
      - Address at which the phone reaches the computer on which the task runs, with O(dest). By default the one from which that computer reaches
        the phone, which is wrong where addresses are translated in between.
    type: str
  receiver_port:
    description:
      - Port for O(dest), which a firewall has to let through; V(0) is any that is free. With a fixed port, phones have to take turns (C(throttle) 1).
    type: int
    default: 0
  max_size:
    description:
      - Bytes that the file may have with O(dest).
    type: int
    default: 20000000
  wait_timeout:
    description:
      - Seconds that the phone has to send the file.
    type: float
    default: 60.0
"""
