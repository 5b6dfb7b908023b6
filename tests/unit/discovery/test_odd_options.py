# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever value an option of the inventory plugin gets: an error of Ansible that names the option, or none."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.inventory.vvx import DOCUMENTATION
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION

TESTS = Path(__file__).parents[2]
ODD: list[Any] = [
    float("inf"), float("nan"), "-inf", 10**400, "9" * 5000, -1, 1.5, True, None, "", "nul\0",
    "\u202e", "[", "10.0.0.0/99", "10.0.0.9-10.0.0.1", [], [None], [5], [["x"]],
    [{}], ["nul\0"], {}, {"a": {"b": [1]}}, {"path": "x"}, {"path": "nul\0"}, {"path": ["x"]},
    {"path": "x", "delimiter": ";;"},
]  # fmt: skip
OPTIONS = [
    *(name for name in yaml.safe_load(DOCUMENTATION)["options"] if name != "plugin"),
    *CONNECTION.argument_spec, "workers", "connect_timeout", "probe", "mac_prefixes", "subnet_prefix", "cache_timeout",
    "strict", "compose", "groups", "keyed_groups", "addresses", "hosts_file", "csv", "provisioning", "exclude",
    "passwords", "vars_files",
]  # fmt: skip


@pytest.fixture
def usual() -> Iterator[dict[str, Any]]:
    """An inventory of one address where nothing listens, and nothing will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield {
            "plugin": "polycom.vvx.vvx",
            "addresses": ["127.0.0.1"],
            "port": held.getsockname()[1],
            "password": "zq-password",
            "timeout": 1,
            "retries": 0,
        }


def test_no_value_of_any_option_is_told_in_other_than_ansibles_errors(usual: dict[str, Any], tmp_path: Path) -> None:
    cases = [(option, odd) for option in dict.fromkeys(OPTIONS) for odd in ODD]
    ran = subprocess.run(
        [sys.executable, "-m", "support.odd_inventory", str(tmp_path)],
        input=json.dumps([{**usual, option: odd} for option, odd in cases]),
        capture_output=True,
        text=True,
        check=True,
        cwd=TESTS,
    )
    found = json.loads(ran.stdout)
    assert len(found) == len(cases) > 900
    wrong = []
    for (option, odd), error in zip(cases, found, strict=True):
        if error is not None:
            *classes, text = error
            if "AnsibleError" not in classes or "unexpected" in text or "zq-password" in text or option not in text:
                wrong.append(f"{option}={str(odd)[:40]!r}: {classes[0]} {text[:300]}")
    assert wrong == []
    assert "Traceback" not in ran.stderr
