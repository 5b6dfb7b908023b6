# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts name the variable of a phone that sets a connection option; the inventory plugin's have its options' names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION, OWN, as_options
from ansible_collections.polycom.vvx.plugins.module_utils._phone import errors
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding

PLUGINS = Path(__file__).parents[3] / "plugins"
ROOMS = ("_phone", "_steps", "_operations", "_options")
OPTIONS = "|".join(CONNECTION.argument_spec)
UNMISTAKABLE = "ca_path|use_ssl|validate_certs|verify_hostname|tls_min_version|max_refusals|lockout_time"
BARE = re.compile(
    rf"\b({UNMISTAKABLE})\b|\boptions? ({OPTIONS})\b|\b(?i:set|raise|correct|with) (auth|mac|ciphers|"
    rf"fingerprint|timeout|retries|port|username|password)\b(?!,)|\b(auth|mac|ciphers|timeout|retries|port): "
)


def texts(tree: ast.AST) -> Iterator[str]:
    """All texts of several words, without docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in docstrings and " " in str(node.value):
            yield str(node.value)


def files() -> list[Path]:
    utils = PLUGINS / "module_utils"
    return sorted(path for room in ROOMS for path in (utils / room).rglob("*.py")) + sorted(
        path for room in ("_refusals", "_doors") for path in (PLUGINS / "plugin_utils" / room).rglob("*.py")
    )


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_texts_name_variables(path: Path) -> None:
    wrong = [text for text in texts(ast.parse(path.read_text())) if BARE.search(text)]
    assert wrong == [], f"write {OWN}NAME, as the user would"


@pytest.mark.parametrize(
    "text",
    ["Set ca_path to it.", "Raise the option timeout.", "Set auth: basic.", "pin it with fingerprint.", "Set port."],
)
def test_the_check_finds_bare_names(text: str) -> None:
    assert BARE.search(text)


def test_remedies_name_what_the_user_would_set() -> None:
    assert "ansible_vvx_timeout" in errors.PhoneTimeout.remedy_text
    assert "ansible_vvx_retries" in errors.Busy.remedy_text
    assert "factory password 456" in errors.AuthenticationFailed.remedy_text
    assert len(errors.AuthenticationFailed.remedy_text) < 220, "it is printed once for each phone"


@pytest.mark.parametrize("option", sorted(CONNECTION.argument_spec))
def test_the_inventory_names_its_options(option: str) -> None:
    assert as_options(f"Set {OWN}{option}: it counts.") == f"Set {option}: it counts."


def test_other_variables_stay() -> None:
    text = "See ansible_vvx_own, my_ansible_vvx_timeout and ansible_vvx_timeouts."
    assert as_options(text) == text
    assert as_options("ansible_password, ansible_user") == "password, username"


def test_what_a_scan_says_of_a_phone_names_options() -> None:
    finding = Finding("192.0.2.11").failed(errors.PhoneTimeout("no reply in 3 s."))
    assert finding.message == "no reply in 3 s. Raise timeout, or check whether the phone is overloaded."
