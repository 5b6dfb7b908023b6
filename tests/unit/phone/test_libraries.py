# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A missing library is named, with the command that installs it for the Python that runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone import libraries

PACKAGE = "ansible_collections.polycom.vvx.plugins"
ROOT = Path(__file__).parents[3]
ASKED = f"{sys.executable} -m pip install 'requests>=2.31' 'urllib3>=2.2'"

PHONE = f"from {PACKAGE}.module_utils._phone"
DOORS = {
    "task": f"{PHONE}.transport import Transport\n{PHONE}.settings import Settings\n"
    "Transport(Settings('p', '192.0.2.1'))",
    "inventory": f"from {PACKAGE}.plugin_utils._discovery.options import fleet_settings\nfleet_settings({{}}, 2.0)",
}


@pytest.mark.parametrize("library", ["requests", "urllib3", "certifi"])
@pytest.mark.parametrize("door", DOORS)
def test_what_is_missing_is_said_with_the_command(door: str, library: str) -> None:
    code = f"import sys; sys.modules['{library}'] = None\ntry:\n    " + DOORS[door].replace("\n", "\n    ")
    code += "\nexcept Exception as error:\n    print(error, error.remedy)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"the Python library {library} is missing." in ran.stdout and ASKED in ran.stdout


def test_an_old_urllib3_is_named_by_its_own_name() -> None:
    error = libraries.missing("urllib3 2.2 or later")
    assert error.message == "the Python library urllib3 2.2 or later is missing." and ASKED in error.remedy


def test_a_path_with_a_blank_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/my tools/python3")
    assert "'/opt/my tools/python3' -m pip" in libraries.missing("requests").remedy
    monkeypatch.setattr(sys, "executable", None)
    assert "runs: python3 -m pip" in libraries.missing("requests").remedy


def test_the_requirements_are_those_of_the_documentation() -> None:
    environment = (ROOT / "meta" / "ee-requirements.txt").read_text(encoding="utf-8")
    named = set(re.findall(r"^[a-z].*", environment, re.MULTILINE))
    time_zones = "tzdata>=2024.1"  # which images without them need
    assert named == {*libraries.HTTP, *libraries.REQUIREMENTS["jmespath"], time_zones}
    assert f"'{libraries.REQUIREMENTS['XlsxWriter'][0]}'" in (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
