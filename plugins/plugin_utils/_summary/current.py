# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary of this run, for all of Ansible's processes: forked workers inherit what is set here before they start.

``collector``: what makes the summary; None where no summary is made. ``diffs_once``: whether equal differences are
shown once, at the end, instead of with each result.
"""

from __future__ import annotations

from .collect import Collector

collector: Collector | None = None
diffs_once = False
