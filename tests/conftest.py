# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: the collection under its own name, and how hard hypothesis searches."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

sys.path.insert(0, str(Path(__file__).parent / "gates"))

import layout

# A plain `pytest` works too: the link is made here, and what a test starts (ansible-playbook) inherits the environment.
layout.link_collection()
importlib.invalidate_caches()  # pytest has put the link's folder on sys.path already, perhaps before there was one
os.environ.update(layout.environment())
os.environ["XDG_CACHE_HOME"] = str(layout.BUILD / "cache")  # where schemas are stored

_EXAMPLES = DirectoryBasedExampleDatabase(layout.BUILD / "hypothesis")
settings.register_profile("default", database=_EXAMPLES, deadline=None)
settings.register_profile("ci", settings.get_profile("default"), max_examples=500, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
