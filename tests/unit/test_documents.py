# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages are wrapped, links between them work, and what is written in several places agrees."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from simulator import Switches
from support import module_docs, switch_docs

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for pattern in (
        "*.md",
        ".github/**/*.md",
        "docs/**/*.md",
        "examples/**/*.md",
        "extensions/**/*.md",
        "roles/*/*.md",
        "tests/**/*.md",
    )
    for page in ROOT.glob(pattern)
)
FOR_USERS = sorted(
    path
    for folder in ("docs", "examples", "extensions", "meta", "playbooks", "plugins", "roles")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".png"
)
WIDTH = 120


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page get."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_lines_are_wrapped(page: Path) -> None:
    prose = re.sub(r"^( *)```.*?^\1```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    long = [line for line in prose.splitlines() if len(line) > WIDTH and not line.startswith("|") and "://" not in line]
    assert long == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            path = page.parent / target if target else page
            assert path.exists(), target
            assert not anchor or anchor in anchors(path), f"{target}#{anchor}"


def test_only_galaxy_yml_has_the_address_of_our_repository() -> None:
    for path in {*PAGES, *FOR_USERS}:
        assert not re.search(r"(https?|git|ssh)://\S*polycom[./]vvx", path.read_text(encoding="utf-8")), name(path)


def test_hooks_have_the_pinned_versions() -> None:
    pins = (ROOT / "tests" / "requirements" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert [pin for hook in hooks for pin in hook["additional_dependencies"] if pin not in pins] == []


def test_every_module_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[`polycom\.vvx\.(vvx_\w+)`\]\(docs/modules/\1\.md\) \|", readme, re.MULTILINE)
    assert listed == sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("vvx_*.py"))


def test_every_page_of_a_module_or_plugin_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [page for folder in module_docs.FOLDERS for page in folder.glob("*.md")]
    assert [name(page) for page in pages if f"]({name(page)}" not in readme] == []


def test_the_simulators_readme_has_its_switches() -> None:
    page = switch_docs.PAGE.read_text(encoding="utf-8")
    assert page == switch_docs.page(), "run nox -s generate"
    assert [each.name for each in fields(Switches) if f"\n| `{each.name}` |" not in page] == []


FAULTS = {
    "firmware": "test_firmware_faults",
    "enroll": "test_enroll_faults",
    "find-passwords": "test_find_passwords_faults",
    "install-ca": "test_install_ca_faults",
    "rollback": "test_rollback_faults",
    "import": "test_import_faults",
    "rollouts": "test_rollout_faults test_rollout_refusals",
    "rotate-passwords": "test_rotate_passwords_faults",
}
"""Pages with a table of faults, and the tests of its rows."""


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_a_test_and_a_row(name: str) -> None:
    page = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    rows = re.findall(r'^\| <a id="([a-z-]+)"></a>', page, re.MULTILINE)
    files = [ROOT / "tests" / "integration" / f"{module}.py" for module in FAULTS[name].split()]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    tests = [found.replace("_", "-") for found in re.findall(r"^def test_(\w+)", source, re.MULTILINE)]
    assert sorted(rows) == sorted(tests) and len(set(rows)) == len(rows)
