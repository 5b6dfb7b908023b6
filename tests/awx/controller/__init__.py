# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small AWX for tests: its API as far as awx.awx asks, with the refusals of AWX 24.6.1. It runs no jobs."""

from .server import Controller

__all__ = ["Controller"]
