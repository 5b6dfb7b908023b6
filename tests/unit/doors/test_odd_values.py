# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever value an option gets, in whatever action: an error with its kind, the option and what to do, or none."""

from __future__ import annotations

import datetime
import importlib
import json
import re
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.plugin_utils._doors.fleet import FleetDoor

from simulator import Phone
from support.door import PACKAGE, run_action
from support.reach import PASSWORD
from support.returns import MODULES, NO_PHONE

SECRET = "zq-no-such-password"

ODD: list[Any] = [
    float("inf"), float("nan"), "-inf", "1e999", 10**400, "9" * 5000, -1, 2**63, 1.5, True, None,
    "", " ", "nul\0", "half \ud800", "\u202e", "'", "[", "{}", "%s%n", "http://[::1", "~nobody/\0", "x" * 100_000,
    [], [None], [5], [[5]], [{}], ["nul\0"], [{"name": [], "query": "["}], [{"name": "x", "query": "[" * 5000}],
    {}, {"a": {"b": [1]}}, {1: float("inf")}, {"x": "half \ud800"}, b"bytes", datetime.date(2026, 1, 2),
]  # fmt: skip

REQUIRED: dict[str, dict[str, Any]] = {
    "vvx_call": {"action": "dial", "destination": "100"},
    "vvx_capture": {"dest": "x"},
    "vvx_certificate": {"state": "absent"},
    "vvx_certificate_rollout": {"state": "absent"},
    "vvx_config": {"parameters": {"up.idleTimeout": 5}},
    "vvx_config_info": {"names": ["up.idleTimeout"]},
    "vvx_config_validate": {"parameters": {"up.idleTimeout": 5}},
    "vvx_deliver": {"files": ["snapshot.yml"], "to": ["artifact"]},
    "vvx_enroll": {"folder": "."},
    "vvx_export": {"dest": "x"},
    "vvx_firmware": {"target_firmware": {"default": "5.9.3"}},
    "vvx_firmware_rollout": {"target_firmware": {"default": "5.9.3"}},
    "vvx_import": {"folder": "old", "into": "inventory", "overwrite": True},
    "vvx_password": {"new_password": "zq-another-one"},
    "vvx_rotate": {"password_next": "zq-another-one"},
    "vvx_rotate_rollout": {"password_next": "zq-another-one"},
    "vvx_request": {"path": "/api/v1/mgmt/device/info"},
    "vvx_plan": {"key": "zq-a-key-of-some-length"},
    "vvx_reset": {"scope": "web", "confirm": True},
    "vvx_restore": {"from": "snapshot.yml"},
    "vvx_rollback": {"key": "zq-a-key-of-some-length", "plan": "made.json"},
    "vvx_rollout": {"key": "zq-a-key-of-some-length", "plan": "made.json"},
    "vvx_screenshot": {"dest": "x"},
    "vvx_summary": {"results": "outcome"},
    "vvx_skype": {"state": "signed_out"},
    "vvx_touch": {"action": "key", "key": "Home"},
    "vvx_transfer_type": {"type": "blind"},
}
"""What a task needs besides, so that the odd value is all that can be wrong."""

FILES = {
    "snapshot.yml": "phone: {up.idleTimeout: 5}\n",
    "old/000000000000.cfg": '<APPLICATION CONFIG_FILES="[PHONE_MAC_ADDRESS]-reg.cfg"/>\n',
    "old/0004f2aabbcc-reg.cfg": '<x reg.1.label="Desk"/>\n',
}
"""What is in the folder of the task, for REQUIRED."""


def action(module: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.action.{module}").ActionModule


def own_options(module: str) -> list[str]:
    door = action(module)
    return [*door.spec.argument_spec, *(door.shared.argument_spec if issubclass(door, FleetDoor) else ())]


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is looked up: an odd host is none at once."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if host != "127.0.0.1" and not str(host).startswith("127."):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def nobody() -> Iterator[dict[str, Any]]:
    """Connection options for an address where nothing listens, and nothing will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield {"host": "127.0.0.1", "port": held.getsockname()[1], "password": SECRET, "retries": 0, "timeout": 1}


def complaint(result: Mapping[str, Any], option: str) -> str | None:
    """What is wrong with the result of a task with an odd value for this option."""
    text = json.dumps(result, default=str)
    if SECRET in text or "Traceback" in text:
        return f"shows what it must not: {text[:300]}"
    if not result.get("failed") and not result.get("unreachable"):
        return None
    error = result.get("error")
    if not error or error["kind"] in ("unexpected", "error"):
        return f"no typed error: {result['msg'][:300]}"
    if error["kind"] in ("settings", "bad_values"):
        if option not in result["msg"] and option != "host":
            return f"does not name the option: {result['msg'][:300]}"
        if not re.search(r"\s[A-Z][a-z]+ .*\.$", result["msg"], re.DOTALL):
            return f"does not say what to do: {result['msg'][:300]}"
    return None


def tried(module: str, options: list[str], usual: Mapping[str, Any], folder: Path, check_mode: bool) -> list[str]:
    found = []
    if module in ("vvx_rollout", "vvx_rollback"):  # they need a plan
        run_action("vvx_plan", {"key": REQUIRED[module]["key"], "path": REQUIRED[module]["plan"]}, folder)
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    for option in options:
        for odd in ODD:
            args = {**({} if module in NO_PHONE else usual), **REQUIRED.get(module, {}), option: odd}
            try:
                problem = complaint(run_action(module, args, folder, check_mode), option)
            except Exception as error:
                problem = f"escaped: {type(error).__name__} {error}"
            if problem is not None and not _is_refusal(module, problem):
                found.append(f"{module} {option}={str(odd)[:40]!r}: {problem}")
    return found


def _is_refusal(module: str, problem: str) -> bool:
    """Whether this is what the module is for: it names what the user should set instead of its option. vvx_apply needs
    a rollout; its options are those of vvx_config. Others do nothing in a rollout that failed before. Journals
    are below the folder that state_path names. Without a state, a certificate needs its file."""
    return (
        (module == "vvx_guard" and "Nothing was sent." in problem)
        or "no plan is being rolled out" in problem
        or "nothing was prepared" in problem
        or problem.startswith(("does not name the option: journal: ", "does not name the option: ca_file is not set."))
    )


@pytest.mark.parametrize("module", MODULES)
def test_no_value_of_any_option_makes_an_action_fail_without_a_typed_error(
    module: str, nobody: dict[str, Any], tmp_path: Path
) -> None:
    assert tried(module, own_options(module), nobody, tmp_path, check_mode=False) == []


@pytest.mark.parametrize("module", ["vvx_facts", "vvx_config_validate", "vvx_diagnose", "vvx_report", "vvx_export"])
def test_nor_does_any_value_of_the_connections_options(module: str, nobody: dict[str, Any], tmp_path: Path) -> None:
    assert tried(module, list(CONNECTION.argument_spec), nobody, tmp_path, check_mode=False) == []


@pytest.mark.parametrize("module", MODULES)
def test_nor_with_a_phone_that_answers(module: str, phone: Phone, tmp_path: Path) -> None:
    usual = {"host": phone.host, "port": phone.port, "use_ssl": False, "password": PASSWORD, "retries": 0}
    assert tried(module, own_options(module), usual, tmp_path, check_mode=True) == []


@pytest.mark.parametrize(
    ("option", "odd"),
    [("timeout", float("inf")), ("timeout", -5), ("retries", "x"), ("port", 70_000), ("auth", "ntlm")],
)
def test_a_task_for_all_phones_fails_at_once_where_its_own_option_is_wrong(
    phone: Phone, tmp_path: Path, option: str, odd: Any
) -> None:
    """The report of before stays: it does not become one that says for each phone what the task got wrong."""
    report = tmp_path / "phones.csv"
    report.write_text("of yesterday")
    usual = {"host": phone.host, "port": phone.port, "use_ssl": False, "password": PASSWORD}
    result = run_action("vvx_report", {**usual, "csv": str(report), option: odd}, tmp_path)
    assert result["failed"] and result["error"]["kind"] == "settings" and result["error"]["host"] is None, result
    assert option in result["msg"]
    assert report.read_text() == "of yesterday"
