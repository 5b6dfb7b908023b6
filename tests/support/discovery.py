# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A site of simulated phones on TLS, and ansible-inventory on files that look for them."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.fixtures import StartFleet
from support.playbook import PASSWORD, Playground

FILE = "site.vvx.yml"


@pytest.fixture
def site(start_fleet: StartFleet) -> Fleet:
    """Three phones with factory certificates, one of them with other firmware."""
    return start_fleet(
        PhoneSpec(certificate="factory", lines=2),
        PhoneSpec(certificate="factory", model="VVX 250", firmware="5.8.0.1234"),
        PhoneSpec(certificate="factory"),
    )


def write(playground: Playground, fleet: Fleet, file: str = FILE, **options: Any) -> None:
    """An inventory file for a fleet with factory certificates, and what is beside the usual."""
    usual = {
        "plugin": "polycom.vvx.vvx",
        "addresses": ["127.77.0.1-6"],
        "port": fleet.phones[0].port,
        "ca_path": fleet.factory_ca_path,
        "verify_hostname": "mac",
        "retries": 0,
        "timeout": 2.0,
    }
    playground.write(file, {name: value for name, value in {**usual, **options}.items() if value is not None})


def ask(playground: Playground, *arguments: str, files: tuple[str, ...] = (FILE,), **environment: str) -> str:
    """All that ansible-inventory prints, warnings too."""
    sources = [argument for file in files for argument in ("-i", file)]
    command = [sys.executable, "-m", "ansible", "inventory", *sources, *arguments]
    return playground.start(command, check=False, **{"VVX_PASSWORD": PASSWORD, **environment}).stdout


def data(output: str) -> dict[str, Any]:
    """What ``ansible-inventory --list`` printed, without the lines on standard error that say what was seen."""
    said, brace, listing = output.partition("{")
    assert re.fullmatch(r"(\S+\.vvx\.yml: [^\n]+\n)*", said), output
    return json.loads(f"{brace}{listing}")


def listed(playground: Playground, **environment: str) -> dict[str, Any]:
    """``ansible-inventory --list``, without a warning."""
    return data(ask(playground, "--list", **environment))


def hostvars(playground: Playground, **environment: str) -> dict[str, Any]:
    return listed(playground, **environment)["_meta"]["hostvars"]
