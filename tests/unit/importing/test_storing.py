# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is there already is compared, and never lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing import storing
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.importing import Import

from .conftest import MACS, Importing, master, parameters

ONE = MACS[0]
HOST = f"host_vars/{ONE}"
ALL = "group_vars/phones/imported.yml"
VAULT = "group_vars/phones/imported_vault.yml"
SITE_A = "group_vars/site_a/imported.yml"


def seal(secrets: str, before: bytes | None) -> bytes:
    """As a vault does: another text each time, unless it is the same inside."""
    if before is not None and before.startswith(b"$ANSIBLE_VAULT") and before.endswith(secrets.encode()):
        return before
    return b"$ANSIBLE_VAULT" + os.urandom(4) + secrets.encode()


def files(**own: str) -> dict[str, str]:
    """Four phones at two sites."""
    made = {
        f"{mac}.cfg": master(f"{mac}-x.cfg,site-{'aabb'[number]}.cfg,all.cfg") for number, mac in enumerate(MACS[:4])
    }
    made |= {f"{mac}-x.cfg": parameters(reg__1__label=mac, **own) for mac in MACS[:4]}
    sites = {f"site-{site}.cfg": parameters(tcpIpApp__sntp__address=site) for site in "ab"}
    return {**made, **sites, "all.cfg": parameters(up__idleTimeout="5", dir__corp__password="zq-secret")}


def put(made: Import, into: Path, overwrite: bool = False) -> storing.Ready:
    ready = storing.prepare(str(into), made.inventory, seal, overwrite)
    for path, content in ready.contents.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)
    return ready


def test_the_order_keeps_a_half_written_inventory_unseen(importing: Importing, tmp_path: Path) -> None:
    paths = [os.path.relpath(path, tmp_path) for path in put(importing(files()), tmp_path).contents]
    assert paths[0] == VAULT and paths[-1] == "imported.yml"
    assert paths.index(f"{HOST}/imported.yml") < paths.index(SITE_A) < paths.index(ALL)


def test_the_same_again_is_the_same(importing: Importing, tmp_path: Path) -> None:
    first = put(importing(files()), tmp_path)
    assert put(importing(files()), tmp_path) == first


def test_a_change_is_refused_unless_it_may_overwrite(importing: Importing, tmp_path: Path) -> None:
    put(importing(files()), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("imported*.yml")}
    changed = {**files(), "site-a.cfg": parameters(tcpIpApp__sntp__address="other")}
    with pytest.raises(
        SettingsError, match=rf"1 file of an earlier import would change: {SITE_A}\. Nothing"
    ) as refused:
        put(importing(changed), tmp_path)
    assert "vvx_overwrite=true" in refused.value.remedy
    assert {path: path.read_bytes() for path in tmp_path.rglob("imported*.yml")} == before
    put(importing(changed), tmp_path, overwrite=True)
    assert "other" in (tmp_path / SITE_A).read_text(encoding="utf-8")


def test_what_is_not_written_any_more_is_emptied_or_told(importing: Importing, tmp_path: Path) -> None:
    put(importing(files(x__pin="1")), tmp_path)
    kept = {name: text for name, text in files().items() if MACS[3] not in name}
    kept["all.cfg"] = parameters(tcpIpApp__sntp__address="x")
    kept["site-a.cfg"] = parameters(up__idleTimeout="5")
    ready = put(importing(kept | {"site-b.cfg": kept["site-a.cfg"]}), tmp_path, overwrite=True)
    assert ready.stale == [f"host_vars/{MACS[3]}/imported.yml"]
    for path in (SITE_A, VAULT):
        assert (tmp_path / path).read_text(encoding="utf-8").endswith("\n---\n")


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        (f"{HOST}.yml", "a: 1\n", rf"{HOST}\.yml would have no effect beside a folder {HOST}"),
        ("group_vars/phones.yaml", "a: 1\n", r"group_vars/phones\.yaml would have no effect"),
        (f"{HOST}/vars.yml", "vvx_parameters_host:\n  a.b: 1\n", "vars.yml sets vvx_parameters_host, too"),
        ("group_vars/all/own.yml", "a: 1\n'vvx_parameters_all' : {}\n", "own.yml sets vvx_parameters_all, too"),
        ("group_vars/site_c/x.json", '\n"vvx_parameters_site": {}\n', "x.json sets vvx_parameters_site, too"),
        (ALL, "vvx_parameters_all: {}\n", f"{ALL} was not written by an import"),
        ("imported.yml", "phones: {}\n", "imported.yml was not written by an import"),
        (VAULT, "in clear\n", f"{VAULT} was not written by an import"),
    ],
)
@pytest.mark.parametrize("overwrite", [False, True])
def test_files_of_others_are_never_touched(
    importing: Importing, tmp_path: Path, path: str, content: str, message: str, overwrite: bool
) -> None:
    there = tmp_path / "into" / path
    there.parent.mkdir(parents=True)
    there.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        put(importing(files()), tmp_path / "into", overwrite)
    assert there.read_text(encoding="utf-8") == content
    assert [found for found in (tmp_path / "into").rglob("*") if found.is_file()] == [there]


def test_other_variables_beside_it_are_no_matter(importing: Importing, tmp_path: Path) -> None:
    for path in (f"{HOST}/vars.yml", "group_vars/phones/vars.yml", "group_vars/model_x.yml", "host_vars/other.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x: 1\n# vvx_parameters_host: {}\nvvx_parameters_model: {}\n", encoding="utf-8")
    put(importing(files()), tmp_path)


def test_what_can_not_be_read_stops_it(importing: Importing, tmp_path: Path) -> None:
    (tmp_path / "imported.yml").mkdir()
    with pytest.raises(SettingsError, match=r"imported\.yml is a folder"):
        put(importing(files()), tmp_path)
