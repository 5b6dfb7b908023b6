# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each row of the table in docs/import.md: what an import does when something is not as it should be."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.folder import Made, folder
from support.cases import shared_run
from support.playbook import Playground, Run

KEY = ("--vault-password-file", "vault-password")
SITE = '<P up.idleTimeout="60"/>'
OWN = '<P reg.1.label="Own" reg.1.auth.password="zq-own"/>'
ONE, TWO, THREE = "0004f2000001", "0004f2000002", "0004f2000003"
MADE = folder(7, 9)


def task(name: str, old: str, new: str = "", **options: Any) -> dict[str, Any]:
    module = {"folder": f"old/{old}", "into": f"new/{new or name}", **options}
    return {"name": name, "polycom.vvx.vvx_import": module, "ignore_errors": True}


def chain(listed: str, *macs: str) -> dict[str, str]:
    return {f"{mac}.cfg": f'<APPLICATION CONFIG_FILES="{listed}"/>' for mac in macs}


FOLDERS: dict[str, dict[str, str]] = {
    "bad": {**chain("own.cfg", ONE), "own.cfg": OWN, **chain("site.cfg", TWO, THREE), "site.cfg": "<P\n a.b='1'\n"},
    "models": {**chain("[PHONE_MODEL].cfg", ONE), "VVX411.cfg": SITE, "VVX601.cfg": SITE},
    "missing": {**chain("gone.cfg, site.cfg", ONE), "site.cfg": SITE},
    "before": {**chain("own.cfg, site.cfg", ONE, TWO), "own.cfg": OWN, "site.cfg": SITE},
    "after": {**chain("own.cfg, site.cfg", ONE), "own.cfg": OWN, "site.cfg": '<P up.idleTimeout="5"/>'},
}
TASKS = [
    {**task("check", "whole", "all-well"), "check_mode": True},
    task("all-well", "whole"),
    task("run-again", "whole", "all-well"),
    task("unreadable", "bad"),
    task("unreadable-skipped", "bad", skip_bad_files=True),
    task("model-unknown", "models"),
    task("listed-and-missing", "missing"),
    task("first", "before", "changed"),
    task("files-have-changed", "after", "changed"),
    {**task("overwrite-check", "after", "changed", overwrite=True), "check_mode": True},
    task("overwrite", "after", "changed", overwrite=True),
    task("variables-of-your-own", "before", overwrite=True),
    task("not-writable", "missing", "file/inventory"),
]


def begin(playground: Playground, made: Made = MADE) -> None:
    playground.write("vault-password", "only for this test")
    made.write(playground.folder / "old" / "whole")
    for name, files in FOLDERS.items():
        for path, text in files.items():
            playground.write(f"old/{name}/{path}", text)
    playground.write("new/variables-of-your-own/group_vars/phones/vars.yml", {"vvx_parameters_all": {"a.b": 1}})
    playground.write("new/file", "no folder")


@dataclass
class Tried:
    run: Run
    folder: Path

    def msg(self, name: str) -> str:
        return str(self.run.of(name)["msg"])

    def written(self, name: str) -> dict[str, str]:
        """The files in a folder of an inventory."""
        root = self.folder / "new" / name
        files = (path for path in root.rglob("*") if path.is_file())
        return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in files}

    def refused(self, name: str) -> str:
        """Why a task was refused that has written nothing."""
        result = self.run.of(name)
        assert self.run.state(name, "localhost") == "failed" and result["error"]["kind"] == "settings"
        assert "Nothing was written." in result["msg"]
        return " ".join(result["msg"].split())


@shared_run
def tried(shared_playground: Callable[[], Playground]) -> Iterator[Tried]:
    playground = shared_playground()
    begin(playground)
    play = {"name": "Import", "hosts": "localhost", "gather_facts": False, "tasks": TASKS}
    run = playground.run(str(playground.write("play.yml", [play])), *KEY)
    assert run.code == 0, run.output
    yield Tried(run, playground.folder)


def test_all_well(tried: Tried) -> None:
    result = tried.run.of("all-well")
    files = tried.written("all-well")
    assert result["changed"] and result["phones"] == 9 and result["secrets"] == len(MADE.secrets) == 11
    assert result["written"] == len(files) and set(files) >= {"imported.yml", f"host_vars/{ONE}/imported.yml"}
    assert files["group_vars/phones/imported_vault.yml"].startswith("$ANSIBLE_VAULT;1.1;AES256\n")
    for secret in MADE.secrets:
        assert not any(secret in text for text in (*files.values(), tried.run.output, str(tried.run.outcomes)))
    assert "Next: ansible-playbook polycom.vvx.validate -i new/all-well --ask-vault-pass" in tried.run.output


def test_check_mode(tried: Tried) -> None:
    checked, done = dict(tried.run.of("check")), dict(tried.run.of("all-well"))
    assert checked == done and checked["changed"]
    texts = [
        " ".join(tried.run.output.partition(f"TASK [{name}]")[2].partition("changed: [")[0].strip("* \n").split())
        for name in ("check", "all-well")
    ]
    assert texts[0].replace("would be written", "written") == texts[1] and "Left out:" in texts[1]


def test_run_again(tried: Tried) -> None:
    result = tried.run.of("run-again")
    assert not result["changed"] and result["written"] == 0 and result["files"] == []
    assert "All files are there already" in " ".join(tried.run.output.split())


def test_unreadable(tried: Tried) -> None:
    said = tried.refused("unreadable")
    assert said.startswith("the files of 2 of 3 phones can't be read. site.cfg:") and f"({TWO}, {THREE})" in said
    assert tried.written("unreadable") == {}


def test_unreadable_skipped(tried: Tried) -> None:
    result = tried.run.of("unreadable-skipped")
    assert result["phones"] == 1 and [each["phone"] for each in result["skipped_phones"]] == [TWO, THREE]
    files = tried.written("unreadable-skipped")
    assert f"host_vars/{ONE}/imported.yml" in files and TWO not in files["imported.yml"]


def test_model_unknown(tried: Tried) -> None:
    said = tried.refused("model-unknown")
    assert f"{ONE}.cfg:1: lists [PHONE_MODEL].cfg, and the phone's model is not known" in said and "vvx_csv" in said
    assert tried.written("model-unknown") == {}


def test_listed_and_missing(tried: Tried) -> None:
    assert tried.run.of("listed-and-missing")["missing"] == [{"file": "gone.cfg", "count": 1}]
    assert "up.idleTimeout: '60'" in tried.written("listed-and-missing")[f"host_vars/{ONE}/imported.yml"]


def test_files_have_changed(tried: Tried) -> None:
    said = tried.refused("files-have-changed")
    assert "3 files of an earlier import would change: " in said and "vvx_overwrite=true" in said


def test_overwrite(tried: Tried) -> None:
    checked, done = tried.run.of("overwrite-check"), tried.run.of("overwrite")
    assert done["changed"] and checked == done and done["stale"] == [f"host_vars/{TWO}/imported.yml"][:0]
    files = tried.written("changed")
    assert "up.idleTimeout: '5'" in files[f"host_vars/{ONE}/imported.yml"] and TWO not in files["imported.yml"]
    assert files["group_vars/phones/imported.yml"].endswith("\n---\n")


def test_variables_of_your_own(tried: Tried) -> None:
    said = tried.refused("variables-of-your-own")
    assert said.startswith("group_vars/phones/vars.yml sets vvx_parameters_all, too.")
    assert list(tried.written("variables-of-your-own")) == ["group_vars/phones/vars.yml"]


def test_not_writable(tried: Tried) -> None:
    result = tried.run.of("not-writable")
    assert "new/file" in result["msg"] and result["error"]["kind"] == "settings"
    assert (tried.folder / "new" / "file").read_text(encoding="utf-8") == "no folder"


def test_no_vault_password(playground: Playground) -> None:
    begin(playground)
    asked = ("-e", "vvx_folder=old/whole", "-e", "vvx_into=new/inventory")
    run = playground.run("polycom.vvx.import_cfg", *asked)
    assert run.code != 0
    result = run.of("polycom.vvx.import_cfg : Import")
    assert "no vault password to encrypt them with. Nothing was written." in result["msg"]
    assert not (playground.folder / "new" / "inventory").exists()
    assert not any(secret in run.output for secret in MADE.secrets)


def test_controller_killed(playground: Playground) -> None:
    made = folder(8, 200)
    begin(playground, made)
    asked = ("-e", "vvx_folder=old/whole", "-e", "vvx_into=new", *KEY)
    shutil.rmtree(playground.folder / "new")
    new = playground.folder / "new"
    playground.run_until(lambda: list(new.glob("host_vars/*/.vvx-*")), "polycom.vvx.import_cfg", *asked)
    assert not (new / "imported.yml").exists()
    left = [path.read_text(encoding="utf-8") for path in new.rglob("*") if path.is_file()]
    assert not any(secret in text for text in left for secret in made.secrets)
    again = playground.run("polycom.vvx.import_cfg", *asked)
    assert again.code == 0 and (new / "imported.yml").exists(), again.output
    assert again.of("polycom.vvx.import_cfg : Import")["phones"] == 200
    assert len(list(new.glob("host_vars/*/imported.yml"))) == 200
