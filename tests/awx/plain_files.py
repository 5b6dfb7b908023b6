# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the credential types and surveys of the role awx as files to paste or to send, for people without the role.

``nox -s generate`` writes them to examples/awx-project/awx.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from awx.objects import CREDENTIAL_TYPES, JOB_TEMPLATES, ROOT

FOLDER = ROOT / "examples" / "awx-project" / "awx"
HEADER = """\
# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
---
# `nox -s generate` writes this file. Paste it into the field {field} of a credential type.
"""


class Dumper(yaml.SafeDumper):
    """Lists are indented, as yamllint wants it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _form(field: str, value: Any) -> str:
    return HEADER.format(field=field) + yaml.dump(value, Dumper=Dumper, sort_keys=False, width=110)


def _body(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def files() -> dict[Path, str]:
    """Each file and what is in it."""
    made = {}
    for name, type_ in CREDENTIAL_TYPES.items():
        folder = FOLDER / "credential_types"
        made[folder / f"{name}.json"] = _body(type_)
        for field in ("inputs", "injectors"):
            made[folder / f"{name}_{field}.yml"] = _form(field, type_[field])
    for name, template in JOB_TEMPLATES.items():
        made[FOLDER / "surveys" / f"{name}.json"] = _body(template["survey_spec"])
    return made


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
