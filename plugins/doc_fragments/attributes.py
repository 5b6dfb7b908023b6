# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes that the modules share."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  action_group:
    description:
      - Belongs to the action group C(group/polycom.vvx.vvx), so C(module_defaults) can set connection options once for
        a play.
    support: full
    membership:
      - polycom.vvx.vvx
  async:
    description:
      - Can run in the background. A phone can't run tasks itself, so C(delegate_to) must name the controller or a jump
        host.
    support: partial
    details:
      - Only with C(delegate_to).
  check_mode:
    description:
      - Can run in check mode and report what would change, without changing anything.
  diff_mode:
    description:
      - Returns what changed (or would change) when the task runs with C(--diff).
"""

    READS = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - Only reads, with or without check mode.
  diff_mode:
    support: N/A
    details:
      - Changes nothing.
"""

    CHANGES = r"""
options: {}
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
"""

    ACTIONS = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - Reads from the phone as usual, and sends no order.
  diff_mode:
    support: N/A
    details:
      - There is no text to compare.
"""

    FILES = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - Stores nothing.
  diff_mode:
    support: N/A
    details:
      - The files are not compared line by line.
"""

    FLEET = r"""
options: {}
attributes:
  async:
    support: none
    details:
      - Reads all phones of the play from the controller.
  check_mode:
    support: full
    details:
      - Reads as usual, and writes no files.
  diff_mode:
    support: N/A
    details:
      - Changes nothing on phones.
"""
