# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that say which plan a module is about."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  plan:
    description:
      - The plan, a JSON file. Also an http(s) URL that it was delivered to; E(VVX_DELIVER_USERNAME) and the other
        variables of M(polycom.vvx.vvx_deliver) log in there.
      - One of this and O(packed_plan) is required.
    type: str
  packed_plan:
    description:
      - The plan itself, as M(polycom.vvx.vvx_plan) hands it over in the custom statistic C(polycom_vvx_plan_file).
    type: str
  key:
    description:
      - The key that the plan was signed with. Also E(VVX_PLAN_KEY).
    type: str
"""
