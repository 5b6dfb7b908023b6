# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which variables the playbooks know, and what is said about the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards import names

ROOT = Path(__file__).parents[3]
FILES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "playbooks").glob("*.yml")}
HEADS = {name: text.partition("\n- name:")[0] for name, text in FILES.items()}
ROLES = {
    "configure": "configure",
    "enroll": "enroll",
    "firmware": "firmware",
    "import_cfg": "import_cfg",
    "install_ca": "install_ca",
    "merge": "report",
    "report": "report",
    "restore": "restore",
    "rollback": "rollback",
    "rotate_passwords": "rotate_passwords",
}
"""The playbooks that run a role, whose defaults read their variables."""
OWN = re.compile(r"(?<![\w.])vvx_[a-z_]+(?![\w*])")


def used(playbook: str) -> set[str]:
    """The variables that a playbook reads, in its own text or in the defaults of its role."""
    texts = [FILES[playbook].partition("\n- name:")[2]]
    if playbook in ROLES:
        texts.append((ROOT / "roles" / ROLES[playbook] / "defaults" / "main.yml").read_text(encoding="utf-8"))
    found = set(OWN.findall("\n".join(texts)))
    return {name for name in found if not name.startswith(names.LAYERS)}


def test_each_playbook_has_its_variables_in_the_table() -> None:
    assert set(names.PLAYBOOKS) == set(FILES)


@pytest.mark.parametrize("playbook", sorted(names.PLAYBOOKS))
def test_the_top_of_each_playbook_describes_what_it_reads(playbook: str) -> None:
    listed = set(names.PLAYBOOKS[playbook])
    assert used(playbook) <= listed | set(names.COMMON)
    assert listed <= used(playbook)
    heads = [playbook, *(("report", "audit", "plan") if playbook == "merge" else ())]  # which points to these
    described = {name for head in heads for name in re.findall(r"(vvx_[a-z_]+)(?=:|, vvx_)", HEADS[head])}
    assert described - {"vvx_hosts"} == listed, "the comment at the top"


def test_the_docs_describe_them_for_each_playbook() -> None:
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(vvx_[a-z_]+)` \| ([^|]*) \|", page, re.MULTILINE))
    assert set(rows) == names.ALL
    for name, playbooks in rows.items():
        reading = {playbook for playbook, listed in names.PLAYBOOKS.items() if name in listed}
        said = set(FILES) if playbooks == "all" else set(playbooks.replace(" and ", ", ").split(", "))
        assert said == (set(FILES) if name in names.COMMON else reading), name


@pytest.mark.parametrize("role", sorted(set(ROLES.values())))
def test_roles_use_the_same_names_with_their_prefix(role: str) -> None:
    defaults = yaml.safe_load((ROOT / "roles" / role / "defaults" / "main.yml").read_text(encoding="utf-8"))
    for name, value in defaults.items():
        if name in ("configure_surveyed", "report_parts"):  # what the play is like, which its author knows
            continue
        assert OWN.findall(value)[0] in (f"vvx_{name.removeprefix(f'{role}_')}", f"vvx_{name}"), name
    options = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    assert {name for entry in options["argument_specs"].values() for name in entry["options"]} == set(defaults)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("vvx_scpe", "vvx_scope"),
        ("vvx_host", "vvx_hosts"),
        ("vvx_Scope", "vvx_scope"),
        ("VVX_SCOPE", "vvx_scope"),
        ("vvx-scope", "vvx_scope"),
        ("vx_scope", "vvx_scope"),
        ("vxv_hosts", "vvx_hosts"),
        ("vvx_serail", "vvx_serial"),
        ("vvx_parameter_site", None),
        ("vvx_zzz", None),
    ],
)
def test_wrong_names_and_what_they_stand_for(name: str, meant: str | None) -> None:
    assert names.unknown([name, "vvx_hosts"]) == [(name, meant)]
    assert (f"did you mean {meant}?" in names.refusal(names.unknown([name]))) == (meant is not None)


@pytest.mark.parametrize(
    "name",
    [
        *sorted(names.ALL),
        "vvx_parameters_department",
        "vvx_mine_too",
        "_vvx_guard",
        "ansible_vvx_port",
        "scope",
        "vm_mode",
    ],
)
def test_names_that_are_fine(name: str) -> None:
    assert names.unknown([name], own=["vvx_mine*"]) == []


def test_variables_of_another_playbook_have_no_effect() -> None:
    told = names.idle(["vvx_mode", "vvx_scope", "vvx_hosts", "other"], "reset")
    assert told == [
        "vvx_mode has no effect: polycom.vvx.reset does not read it. It is for polycom.vvx.restart.",
    ]
