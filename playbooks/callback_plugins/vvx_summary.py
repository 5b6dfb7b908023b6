# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback polycom.vvx.summary, where Ansible loads it without being told to."""

from __future__ import annotations

DOCUMENTATION = r"""
name: vvx_summary
type: aggregate
short_description: What a run did to the phones, in one screen
description:
  - The callback P(polycom.vvx.summary#callback), for the playbooks beside it.
author:
  - the polycom.vvx contributors (!UNKNOWN)
"""

from ansible_collections.polycom.vvx.plugins.callback import summary


class CallbackModule(summary.CallbackModule):
    CALLBACK_NAME = "vvx_summary"
