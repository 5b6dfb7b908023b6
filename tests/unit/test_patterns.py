# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patterns for Automation Controller keep the rules of their specification, version 1.0, and fit our playbooks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import COMMON, PLAYBOOKS

ROOT = Path(__file__).parents[2]
PATTERNS = sorted((ROOT / "extensions" / "patterns").iterdir())
KINDS = {"text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect"}


def meta(pattern: Path) -> dict[str, Any]:
    found = json.loads((pattern / "meta" / "pattern.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda path: path.name)
def test_a_pattern_is_complete(pattern: Path) -> None:
    said = meta(pattern)
    assert said["schema_version"] == "1.0" and said["name"] == pattern.name
    assert re.fullmatch("[a-z0-9_]{1,64}", pattern.name) and len(said["title"]) <= 64
    assert said["description"] and said["short_description"].rstrip(".") == said["short_description"]
    assert len(set(said["tags"])) == len(said["tags"])
    assert (pattern / "README.md").exists()
    resources = said["aap_resources"]
    assert set(resources["controller_project"]) == {"name", "description"}
    assert {"name", "description", "image_name"} <= set(resources["controller_execution_environment"])
    templates = resources["controller_job_templates"]
    assert len([template for template in templates if template.get("primary")]) == 1
    for template in templates:
        assert {"name", "description", "playbook"} <= set(template)
        assert template["execution_environment"] == resources["controller_execution_environment"]["name"]
        assert set(template["labels"]) <= set(resources["controller_labels"])
        assert (pattern / "playbooks" / template["playbook"]).exists()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda path: path.name)
def test_each_answer_means_something(pattern: Path) -> None:
    for template in meta(pattern)["aap_resources"]["controller_job_templates"]:
        playbook = pattern / "playbooks" / template["playbook"]
        plays = [play["ansible.builtin.import_playbook"].removeprefix("polycom.vvx.") for play in read(playbook)]
        known = {*COMMON, *(name for play in plays for name in PLAYBOOKS[play])}
        options = read(playbook.with_suffix(".meta.yml"))["argument_specs"][playbook.stem]["options"]
        questions = template["survey"]["spec"]
        assert {question["variable"] for question in questions} == set(options) <= known
        for question in questions:
            assert {"type", "question_name", "question_description", "variable", "required"} <= set(question)
            assert question["type"] in KINDS and question["required"] is False
            assert isinstance(question.get("default", ""), str)
            assert question.get("choices") == options[question["variable"]].get("choices")
