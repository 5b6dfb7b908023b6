# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Knowledge: the bundled table, the schema and the names that the user calls secret, together."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED, Knowledge

from support import firmware


@pytest.fixture
def with_schema(tmp_path: Path) -> Knowledge:
    return Knowledge.of([str(firmware.schema(tmp_path))], None, keep=False)


def test_sensitive_patterns_are_secrets() -> None:
    knowledge = Knowledge.of(None, ["reg.*.auth.userId", "*.LABEL"], keep=False)
    assert (
        knowledge.is_secret("reg.12.auth.userId")
        and knowledge.is_secret("reg.1.label")
        and knowledge.is_secret("reg.1.auth.password")
    )
    assert not knowledge.is_secret("reg.1.address") and not knowledge.is_secret("reg.1.label.x")


def test_the_schema_knows_secrets(with_schema: Knowledge) -> None:
    assert with_schema.is_secret("firmware.gate.secretWord") and not BUNDLED.is_secret("firmware.gate.secretWord")
    assert not with_schema.is_secret("reg.1.label")


def test_only_names_of_the_schema_are_suggested(with_schema: Knowledge, tmp_path: Path) -> None:
    assert BUNDLED.closest("attendant.urii") == ["attendant.uri"]
    assert with_schema.closest("attendant.urii") == []
    templates = Knowledge.of([str(firmware.unpack(tmp_path / "templates") / "Config" / "site.cfg")], None, keep=False)
    assert templates.closest("attendant.urii") == ["attendant.uri"], "templates do not name all"


@pytest.mark.parametrize("wrong", ["reg.4.lable", "reg.0.lable", "reg.100.lable"])
def test_no_index_is_suggested_that_the_schema_does_not_have(with_schema: Knowledge, wrong: str) -> None:
    assert with_schema.closest("reg.3.lable") == ["reg.3.label"]
    assert with_schema.closest(wrong) == []
