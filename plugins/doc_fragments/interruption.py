# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that interrupt users: whether to, and how long to wait."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  when_busy:
    description:
      - What to do if the phone is in a call, or reports that it can't shut down now.
      - V(wait) waits up to O(busy_timeout) seconds until the phone is idle, then fails. V(skip) skips the phone.
        V(fail) fails at once.
      - V(proceed) sends the order anyway. For a restart, the phone itself then waits for the call to end; a reset cuts
        the call off.
      - Check mode does not wait.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait with O(when_busy=wait) until the phone is idle.
    type: float
    default: 600.0
  delay:
    description:
      - Seconds between the order and the first look at the phone. Keep this shorter than the phone's downtime, which
        may be the only proof that the application restarted.
    type: float
    default: 0.0
  wait_timeout:
    description:
      - Seconds from the order until the phone has gone down, is back and is ready.
      - A restart usually takes one to two minutes. Loading new firmware takes up to ten.
    type: float
    default: 300.0
"""
