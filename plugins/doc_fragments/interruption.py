# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that interrupt people: whether to, and how long to wait."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  when_busy:
    description:
      - What to do while the phone is in a call, or says that it can't be shut down now.
      - V(wait) waits until it is idle, for O(busy_timeout) seconds at most, and fails then. V(skip) leaves the phone alone, and the
        task is I(skipped) for it. V(fail) fails at once.
      - V(proceed) gives the order all the same. A restart then still waits for the call, on the phone itself; a reset cuts it off.
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
      - Seconds to wait after the order before the phone is looked at for the first time. Keep it
        shorter than the phone's absence, since being seen away may be the only proof that the application alone has restarted.
    type: float
    default: 0.0
  wait_timeout:
    description:
      - Seconds that the phone has, from the order on, to go down, to come back and to be ready.
      - An ordinary restart takes one to two minutes. A phone that loads new firmware takes up to ten.
    type: float
    default: 300.0
"""
