# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Chromium is. The first of these is used: the program that VVX_CHROMIUM names; chromium, google-chrome or
chromium-browser on PATH; the one that ``playwright install chromium`` has downloaded."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Playwright

_MISSING = """\
Chromium was not found. Install it, for instance
    apt-get install chromium                                      (Debian; Ubuntu: snap install chromium)
    .nox/browser/bin/python -m playwright install chromium        (other systems)
or set VVX_CHROMIUM to the program of a Chromium or Chrome."""


def chromium(playwright: Playwright) -> str:
    """The path of the browser. Raises FileNotFoundError, with what to do, if there is none."""
    asked = os.environ.get("VVX_CHROMIUM")
    if asked:
        found = shutil.which(asked)
        if not found:
            raise FileNotFoundError(f"VVX_CHROMIUM is {asked}, which is not a program.\n{_MISSING}")
        return found
    on_path = filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser")))
    path = next(on_path, playwright.chromium.executable_path)
    if not os.path.exists(path):
        raise FileNotFoundError(_MISSING)
    return path
