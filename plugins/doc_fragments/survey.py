# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of actions that look at all phones of a play in one task."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  layers:
    description:
      - Names of variables that hold what the parameters of a phone should be, the first weakest, as in the role C(polycom.vvx.configure). A phone
        that has none of them is not compared. Secrets are never compared, since phones do not tell them.
    type: list
    elements: str
    default: [vvx_parameters_all, vvx_parameters_model, vvx_parameters_site, vvx_parameters_group, vvx_parameters_host]
  sensitive:
    description:
      - Patterns of names whose values are secrets, beside those that are known to be, as in M(polycom.vvx.vvx_config).
    type: list
    elements: str
  workers:
    description:
      - Phones to look at at the same time. Each gets one request at a time.
    type: int
    default: 64
"""
