# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A get-pip for ansible-test that needs nothing but the package index.

ansible-test makes its virtual environments without pip and downloads a get-pip script from its own web server. Where
only a package index is reachable that fails, and most sanity tests with it. ansible-test uses a script that is already
in its cache, and the sanity session puts this one there: it runs the pip that every Python brings along (ensurepip, or
Debian's folder of wheels) to install the requested pip.
"""

from __future__ import annotations

import glob
import os
import runpy
import sys


def bundled_pip() -> str:
    """Return the path of the newest pip wheel that came with this Python."""
    folders = ["/usr/share/python-wheels"]
    try:
        import ensurepip

        folders.insert(0, os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"))
    except ImportError:  # Debian without python3-venv
        pass
    for folder in folders:
        wheels = sorted(glob.glob(os.path.join(folder, "pip-*.whl")))
        if wheels:
            return wheels[-1]
    sys.exit(f"no pip wheel came with {sys.executable}; looked in {', '.join(folders)}")


if __name__ == "__main__":
    sys.path.insert(0, bundled_pip())
    # get-pip's arguments are those of `pip install`, but for two that say what not to install beside pip.
    sys.argv = [
        "pip",
        "install",
        *(argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")),
    ]
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
