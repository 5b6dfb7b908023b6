# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the collection over generated provisioning files: python -m corpus --help"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .generate import files
from .judge import judge

SEED = 12
COUNT = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"other files (default: {SEED})")
    parser.add_argument("--files", type=int, default=COUNT, help=f"how many (default: {COUNT})")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write them there, and leave them")
    options = parser.parse_args()
    samples = files(options.seed, options.files)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        verdict = judge(samples, options.keep)
    else:
        with tempfile.TemporaryDirectory(prefix="vvx-corpus-") as folder:
            verdict = judge(samples, Path(folder))
    print(verdict.report(options.seed))
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main())
