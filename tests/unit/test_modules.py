# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each module has an action, a place in the action group, documentation of exactly its options, and a tested RETURN."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.fleet import FleetDoor

from support.returns import MODULES, NO_PHONE, disagreements, documentation, documented_options

ROOT = Path(__file__).parents[2]
GROUP = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]["vvx"]
ERROR = {"kind", "host", "http_status", "status", "endpoint"}
each_module = pytest.mark.parametrize("module", MODULES)


def action(module: str) -> Any:
    return importlib.import_module(f"ansible_collections.polycom.vvx.plugins.action.{module}").ActionModule


def test_the_action_group_has_all_modules_and_nothing_else() -> None:
    assert [module for module in MODULES if module not in NO_PHONE] == GROUP


def test_modules_and_actions_come_in_pairs() -> None:
    actions = sorted(path.stem for path in (ROOT / "plugins" / "action").glob("vvx_*.py"))
    assert actions == MODULES


@each_module
def test_the_options_are_documented_as_the_code_has_them(module: str) -> None:
    door = action(module)
    shared = door.shared if issubclass(door, FleetDoor) else ArgumentSpec()
    connection = ArgumentSpec() if module in NO_PHONE else CONNECTION
    spec = connection.merge(shared).merge(door.spec).argument_spec
    compare(spec, documented_options(module), module)


def compare(spec: dict[str, dict[str, Any]], documented: dict[str, dict[str, Any]], where: str) -> None:
    assert set(spec) == set(documented), where
    for name, option in spec.items():
        described = documented[name]
        for key, usual in (
            ("type", "str"),
            ("elements", None),
            ("choices", None),
            ("default", None),
            ("required", False),
        ):
            assert described.get(key, usual) == option.get(key, usual), f"{where}.{name}: {key}"
        assert described["description"], f"{where}.{name}"
        if "options" in option:
            compare(option["options"], described["suboptions"], f"{where}.{name}")


@each_module
def test_the_examples_show_the_module(module: str) -> None:
    """They run, and every result of this collection's modules is compared with its RETURN: see Playground.run."""
    assert any(f"polycom.vvx.{module}" in task for task in documentation(module)[1])


def descriptions(value: Any) -> Iterator[list[str]]:
    """All descriptions within a module's documentation, each as its paragraphs."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "description" and isinstance(part, (str, list)):
                yield [part] if isinstance(part, str) else part
            else:
                yield from descriptions(part)
    elif isinstance(value, list):
        for part in value:
            yield from descriptions(part)


@each_module
def test_no_description_is_cut_apart_at_a_comma(module: str) -> None:
    paragraphs = [text for part in documentation(module) for found in descriptions(part) for text in found]
    assert paragraphs and [text for text in paragraphs if text[-1] not in ".:"] == []


def test_an_example_that_reads_shows_what_it_has_read() -> None:
    for module in ("vvx_info", "vvx_config_info"):
        tasks = documentation(module)[1]
        for task, following in zip(tasks[::2], tasks[1::2], strict=True):
            assert f"polycom.vvx.{module}" in task and task["register"] in str(following["ansible.builtin.debug"])


@each_module
def test_errors_look_the_same_in_every_module(module: str) -> None:
    error = documentation(module)[2]["error"]
    assert set(error.get("contains") or error["sample"]) == ERROR


@each_module
def test_modules_that_talk_to_a_phone_count_their_requests(module: str) -> None:
    silent = {
        "vvx_certificate_rollout",
        "vvx_firmware_rollout",
        "vvx_import",
        *(
            "vvx_audit",
            "vvx_config_validate",
            "vvx_deliver",
            "vvx_enroll",
            "vvx_enrolled",
            "vvx_guard",
            "vvx_list",
            "vvx_plan",
        ),
        *(
            "vvx_find_passwords",
            "vvx_report",
            "vvx_restore",
            "vvx_rollback",
            "vvx_rollout",
            "vvx_rotate_rollout",
            "vvx_summary",
            "vvx_survey",
            "vvx_validate",
            "vvx_verdict",
            "vvx_wave",
        ),
    }
    assert ("requests" in documentation(module)[2]) == (module not in silent)


def test_to_apply_a_plan_returns_what_vvx_config_does() -> None:
    """Besides what the rollout says, and without the backup: vvx_apply makes none."""
    applied, configured = (dict(documentation(module)[2]) for module in ("vvx_apply", "vvx_config"))
    del applied["wave"], applied["not_begun"], applied["error"], configured["backup_path"], configured["error"]

    def shape(described: dict[str, Any]) -> dict[str, Any]:
        return {
            name: (more["type"], more.get("elements"), more.get("sample"), shape(more.get("contains", {})))
            for name, more in described.items()
        }

    assert shape(applied) == shape(configured)


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        ({"before": "a", "after": "b", "requests": 2, "more": 1}, "vvx_transfer_type: more is not documented"),
        ({"before": "a", "after": 1, "requests": 2}, "vvx_transfer_type: after is int, not str"),
        ({"before": "a", "requests": 2}, "vvx_transfer_type: after is missing (success)"),
    ],
)
def test_a_result_that_differs_from_its_documentation_is_found(result: dict[str, Any], problem: str) -> None:
    assert disagreements("polycom.vvx.vvx_transfer_type", "ok", result) == [problem]
    loop = {"results": [result], "changed": True, "msg": "All items completed"}
    assert disagreements("polycom.vvx.vvx_transfer_type", "ok", loop) == [problem]
    assert disagreements("ansible.builtin.debug", "ok", result) == []
