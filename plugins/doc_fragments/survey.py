# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that read all phones of a play in one task."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  layers:
    description:
      - Names of variables with the desired parameters of a phone, as in the role C(polycom.vvx.configure). Later ones
        win. A phone with none of them is not compared.
      - A secret differs if the phone returns another value, if its source is C(default), or if the desired value is not
        the one that the controller remembers. Other hidden secrets are not compared. Their values are never shown.
    type: list
    elements: str
    default: [vvx_parameters_all, vvx_parameters_model, vvx_parameters_site, vvx_parameters_group, vvx_parameters_host]
  sensitive:
    description:
      - Name patterns of more secret parameters, as in M(polycom.vvx.vvx_config).
    type: list
    elements: str
  workers:
    description:
      - How many phones to read at once. Each gets one request at a time.
    type: int
    default: 128
"""
