# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: the collection under its own name, how hard hypothesis searches, and who runs which test."""

from __future__ import annotations

import functools
import importlib
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase
from xdist.scheduler import LoadFileScheduling

sys.path.insert(0, str(Path(__file__).parent / "gates"))

import layout

# A plain `pytest` works too: the link is made here, and what a test starts (ansible-playbook) inherits the environment.
layout.link_collection()
importlib.invalidate_caches()  # pytest has put the link's folder on sys.path already, perhaps before there was one
os.environ.update(layout.environment())
os.environ["XDG_CACHE_HOME"] = str(layout.BUILD / "cache")  # where schemas are stored
os.environ["XDG_STATE_HOME"] = str(layout.BUILD / "state")  # where the memory of secrets is
os.environ["XDG_CONFIG_HOME"] = str(layout.BUILD / "config")  # where its key is

_EXAMPLES = DirectoryBasedExampleDatabase(layout.BUILD / "hypothesis")
settings.register_profile("default", database=_EXAMPLES, deadline=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("default"), max_examples=500)
settings.load_profile("ci" if os.environ.get("CI") else "default")

SLOWEST = (
    "test_large_rollout.py",
    "test_rollout_faults.py",
    "test_rollout_refusals.py",
    "test_large_fleet.py",
    "test_api_coverage.py",
    "test_examples.py",
    "test_restarts.py",
    "test_files.py",
)
"""Files whose tests take longest start first, so that no worker is left with one of them at the end."""


class TestsThatShareRunsTogether(LoadFileScheduling):  # type: ignore[misc]
    """Give a worker all tests of a file that share a run of ansible-playbook, and any other test alone."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if _shares_runs(file) else nodeid


@functools.cache
def _shares_runs(file: str) -> bool:
    return bool(re.search(r"shared_run|scope=.module", (layout.ROOT / file).read_text(encoding="utf-8")))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Replace ``--dist loadfile`` by the scheduler above; other choices stay as they are."""
    if config.option.dist != "loadfile":
        return None
    config.option.loadscopereorder = False
    return TestsThatShareRunsTogether(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: SLOWEST.index(item.path.name) if item.path.name in SLOWEST else len(SLOWEST))
