# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files as people write them, made by a seeded generator, and what the collection has to say of each.

``habits.py`` knows the habits, ``generate.py`` mixes them into files. Neither knows the collection: what a file means
is decided where it is made. ``judge.py`` runs the collection over them. ``python -m corpus`` does all of it (``make
field``).
"""
