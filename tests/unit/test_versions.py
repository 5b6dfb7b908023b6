# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Too old a Python or ansible-core is refused in one sentence by every kind of plugin."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleError, AnsibleFilterError
from ansible_collections.polycom.vvx.plugins.callback import progress, summary
from ansible_collections.polycom.vvx.plugins.connection import rest
from ansible_collections.polycom.vvx.plugins.filter import cfg, marked, playbooks
from ansible_collections.polycom.vvx.plugins.module_utils import _versions
from ansible_collections.polycom.vvx.plugins.plugin_utils import _ansible

ROOT = Path(__file__).parents[2]
MODULES = "ansible_collections.polycom.vvx.plugins.module_utils"
OLD = "polycom.vvx requires ansible-core 2.16 or later, and this is 2.15.13. Update it."


def test_the_oldest_versions_are_those_of_the_metadata() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["requires_ansible"] == f">={'.'.join(map(str, _versions.OLDEST_CORE))}.0"
    tested = yaml.safe_load((ROOT / "tests" / "config.yml").read_text(encoding="utf-8"))
    assert tested["modules"]["python_requires"] == f">={'.'.join(map(str, _versions.OLDEST_PYTHON))}"


@pytest.mark.parametrize("version", [(3, 8, 17), (3, 8, 0)])
def test_a_module_on_an_old_python_prints_a_result_before_it_imports_the_rest(version: tuple[int, ...]) -> None:
    code = (
        f"import sys; sys.version_info = {version}\n"
        f"sys.modules['{MODULES}._ansible'] = sys.modules['{MODULES}._options'] = None\n"
        f"from {MODULES} import _module\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    result = json.loads(ran.stdout)
    assert ran.returncode == 1 and result["failed"] is True
    if "error" not in result:  # ansible-core 2.21 itself needs no less
        assert "Ansible requires Python 3.9 or newer" in result["msg"]
        return
    assert result["error"]["kind"] == "settings"
    assert f"requires Python 3.9 or later, and {sys.executable} is {'.'.join(map(str, version))}." in result["msg"]
    assert "ansible_python_interpreter" in result["msg"]


def test_an_old_python_can_read_what_refuses_it() -> None:
    for name in ("_versions", "_module"):
        path = ROOT / "plugins" / "module_utils" / f"{name}.py"
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("filters", [cfg, playbooks, marked])
def test_filters_refuse_an_old_core(filters: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = filters.FilterModule().filters()
    monkeypatch.setattr(_ansible, "complaint", lambda *_version: OLD)
    refusing = filters.FilterModule().filters()
    assert set(refusing) == set(usual)
    for each in refusing.values():
        with pytest.raises(AnsibleFilterError, match=r"requires ansible-core 2\.16 or later, and this is 2\.15\.13"):
            each("", option=1)


def test_the_connection_refuses_an_old_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ansible, "complaint", lambda: OLD)
    with pytest.raises(AnsibleError, match="requires ansible-core"):
        rest.Connection.exec_command(object.__new__(rest.Connection), "id")


@pytest.mark.parametrize("callback", [progress, summary])
def test_callbacks_warn_and_stay_silent_on_an_old_core(callback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    warned: list[str] = []
    monkeypatch.setattr(_ansible, "complaint", lambda: OLD)
    monkeypatch.setattr("ansible.utils.display.Display.warning", lambda _self, text, **_options: warned.append(text))
    monkeypatch.setattr(summary.CallbackModule, "_working", None)
    made = callback.CallbackModule()
    assert len(warned) == 1 and OLD in warned[0]
    if callback is summary:
        assert made.disabled and summary.CallbackModule._working is None
    else:
        assert made._line is None and not getattr(made, "disabled", False), "the run's output must go on"
