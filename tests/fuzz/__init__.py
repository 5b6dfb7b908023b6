# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random files, replies and servers against the collection, each within a time limit: python -m fuzz --help"""
