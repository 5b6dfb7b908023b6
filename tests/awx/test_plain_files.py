# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files for people without the role have what the role makes, as AWX reads them."""

from __future__ import annotations

import json

import yaml

from awx.objects import CREDENTIAL_TYPES, JOB_TEMPLATES
from awx.plain_files import FOLDER, files


def test_they_are_current() -> None:
    made = files()
    there = {path for path in FOLDER.rglob("*") if path.is_file() and path.name != "README.md"}
    assert there == set(made), "run nox -s generate"
    assert [path.name for path, text in made.items() if path.read_text(encoding="utf-8") != text] == []


def test_a_form_reads_them_as_the_role_means_them() -> None:
    for name, type_ in CREDENTIAL_TYPES.items():
        for field in ("inputs", "injectors"):
            path = FOLDER / "credential_types" / f"{name}_{field}.yml"
            assert yaml.safe_load(path.read_text(encoding="utf-8")) == type_[field]
        assert json.loads((FOLDER / "credential_types" / f"{name}.json").read_text(encoding="utf-8")) == type_


def test_each_survey_can_be_sent() -> None:
    for name, template in JOB_TEMPLATES.items():
        sent = json.loads((FOLDER / "surveys" / f"{name}.json").read_text(encoding="utf-8"))
        assert sent == template["survey_spec"] and set(sent) == {"name", "description", "spec"}
