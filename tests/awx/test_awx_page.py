# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/awx.md and the example project speak of what is there."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import COMMON, PLAYBOOKS

from awx.jobs import ARTIFACTS
from awx.objects import CREDENTIAL_TYPES, JOB_TEMPLATES, ROOT, load

PAGE = (ROOT / "docs" / "awx.md").read_text(encoding="utf-8")
PROJECT = ROOT / "examples" / "awx-project"
ROLE = load(ROOT / "roles" / "awx" / "meta" / "argument_specs.yml")["argument_specs"]["main"]["options"]
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def commands() -> list[list[str]]:
    """Each line of a console, and each text in quotes as one word, however many lines it has."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        lines = re.split(r"\n(?=(?:[^']*'[^']*')*[^']*$)", block.replace("\\\n", " ").replace("|\n", "| "))
        found += [shlex.split(line, comments=True) for line in lines if line.strip()]
    return found


COMMANDS = commands()


def the_play() -> dict[str, Any]:
    (play,) = yaml.safe_load((PROJECT / "awx.yml").read_text(encoding="utf-8"))
    assert isinstance(play, dict)
    return play


def test_the_project_passes_what_the_role_takes() -> None:
    (role,) = the_play()["roles"]
    assert role["role"] == "polycom.vvx.awx"
    given = role["vars"]
    assert set(given) <= set(ROLE)
    fields = {field["id"] for field in CREDENTIAL_TYPES["phones"]["inputs"]["fields"]}
    assert set(given["awx_phones_inputs"]) <= fields
    assert (PROJECT / given["awx_inventory_source_path"]).exists()
    wanted = {template["playbook"] for template in JOB_TEMPLATES.values()}
    assert {name for name in wanted if not (PROJECT / name).exists() and (ROOT / "playbooks" / name).exists()} == set()


def test_the_secrets_of_the_page_are_those_of_the_project() -> None:
    (secrets,) = [yaml.safe_load(block) for block in BLOCKS if block.startswith("# secrets.yml")]
    wanted = set(re.findall(r"\{\{ (vault_\w+) \}\}", json.dumps(the_play())))
    assert set(secrets) == wanted
    assert all(len(secrets[name]) >= 16 for name in ("vault_plan_key", "vault_secrets_key"))


def test_variables_of_the_page_exist() -> None:
    known = {*COMMON, *(name for names in PLAYBOOKS.values() for name in names)}
    settings = {"ANSIBLE_COLLECTIONS_PATH", "ansible_vvx_state_path"}
    for block in BLOCKS:
        names = set(yaml.safe_load(block))
        pod = "kind: Pod" in block
        assert pod or names <= known | settings or all(name.startswith("vault_") for name in names), block
    assert set(re.findall(r"`(awx_\w+)", PAGE)) <= set(ROLE) | {"awx_state"}
    written = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "roles" / "awx" / "files").rglob("*.yml"))
    assert {name for name in re.findall(r"`(VVX_\w+)`", PAGE) if name not in written} == set()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_files_of_commands_are_there(command: list[str]) -> None:
    assert command[0] in {"ansible-builder", "ansible-galaxy", "ansible-playbook", "ansible-vault"} | {
        "cp", "cd", "git", "install", "podman", "curl", "export"
    }  # fmt: skip
    if command[0] == "ansible-playbook":
        assert (PROJECT / command[1]).exists()
    if command[0] == "ansible-vault" and ">" in command:
        assert (PROJECT / command[-1]).exists()
    if command[0] == "curl" and "--data" in command:
        assert isinstance(json.loads(command[command.index("--data") + 1]), dict)


FOREIGN = {
    "ErrImagePull",
    "already exists",
    "certificate verify failed",
    "is being deleted",
    "manifest unknown",
    "no hosts matched",
    "no hosts to target",
    "Playbook not found",
    "unauthorized",
    "unknown plugin 'polycom.vvx.vvx'",
    "Attempting to decrypt but no vault secrets found",
}
"""What AWX, Ansible, podman and curl say."""


def test_what_is_seen_is_what_is_said() -> None:
    """The messages in the tables of docs/awx-troubleshooting.md."""
    sources = "".join(
        re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in (ROOT / "plugins").rglob("*.py")
    )
    tables = (ROOT / "docs" / "awx-troubleshooting.md").read_text(encoding="utf-8")
    seen = {
        words for row in re.findall(r"^\| ([^|]+) \|", tables, re.MULTILINE) for words in re.findall("`(.+?)`", row)
    }
    assert len(seen) > 20 and seen >= FOREIGN
    ours = {words.strip(" .,") for words in seen - FOREIGN if "=" not in words}
    assert {words for words in ours if words.replace(": vvx_", "") not in sources} == set()


def test_each_artifact_is_on_the_page() -> None:
    """And each job under ansible-runner is checked to hand over no others (jobs.py)."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    of_kinds = {f"polycom_vvx_part_{kind}" for kind in ("audit", "plan", "report")}
    assert {"vvx_summary", *re.findall(r"\bpolycom_vvx_\w+", sources)} == {*ARTIFACTS} - of_kinds
    rows = set(re.findall(r"^\| `((?:polycom_vvx|vvx)_\w+)`", PAGE, re.MULTILINE))
    assert rows == {*ARTIFACTS} - of_kinds | {"polycom_vvx_part_report"}


def test_the_question_for_the_name_of_a_secret_is_not_written_into_its_file() -> None:
    """ansible-vault writes what it asks to where its output goes, and --prompt leaves --name out."""
    project = ROOT / "examples" / "awx-project"
    for path in (ROOT / "docs" / "awx.md", *project.rglob("*.yml")):
        for command in re.findall(r"ansible-vault encrypt_string --prompt.*", path.read_text(encoding="utf-8")):
            assert "--output " in command and ">" not in command and "--name" not in command, path
