# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``make demo`` shows is what the playbooks say themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[1] / "demo" / "demo.py"


def test_the_demonstration_shows_the_playbooks_own_output(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(DEMO), "demo"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=440,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr
    intro, *steps = run.stdout.split("   $ ansible-playbook ")
    assert intro.startswith("25 simulated phones.")
    check, apply, again, audit, facts, report = steps
    for step, command, said in (
        (check, "polycom.vvx.configure --check --diff", "25 phones: 23 would change, 1 failed, 1 unreachable"),
        (apply, "polycom.vvx.configure", "25 phones: 23 changed, 1 failed, 1 unreachable"),
        (again, "polycom.vvx.configure", "25 phones: 0 changed, 23 unchanged, 1 failed, 1 unreachable"),
        (audit, "polycom.vvx.audit", "25 phones: 2 could not be read."),
        (facts, "polycom.vvx.facts", "25 phones: 23 ok, 1 failed, 1 unreachable"),
        (report, "polycom.vvx.report", "PLAY [Report on phones]"),
    ):
        assert step.splitlines()[0] == command and f"\n{said}" in step
    assert "\n--- before: 23 phones: " in check and "ok: [" not in run.stdout
    assert "Next, open the report in a browser: demo/reports/phones.html\n" in report
    assert (tmp_path / "demo" / "reports" / "phones.html").is_file()
