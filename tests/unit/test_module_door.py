# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module on another host: whatever goes wrong in it is printed as a result, never as a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils import _module
from ansible_collections.polycom.vvx.plugins.module_utils._operations import facts
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._options.connection import CONNECTION
from ansible_collections.polycom.vvx.plugins.module_utils._phone import transport
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import BadValues

SECRET = "zq-secret"


class Printed(Exception):
    """Ends a module as its last line does."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__()
        self.result = result


class FakeModule:
    """As much of AnsibleModule as the door uses."""

    check_mode = False
    argument_spec = CONNECTION.argument_spec

    def __init__(self) -> None:
        self.params = {name: option.get("default") for name, option in self.argument_spec.items()}
        self.params |= {"host": "192.0.2.1", "password": SECRET}

    def warn(self, text: str) -> None:
        raise AssertionError(text)

    def exit_json(self, **result: Any) -> NoReturn:
        raise Printed(result)

    def fail_json(self, **result: Any) -> NoReturn:
        raise Printed({"failed": True, **result})


def faulty(*_arguments: Any) -> Any:
    raise KeyError(SECRET)


def refusing(*_arguments: Any) -> Any:
    raise BadValues("x is wrong.", remedy="Correct x.")


@pytest.mark.parametrize("door", [_module.run, _module.run_offline])
@pytest.mark.parametrize(("operation", "kind"), [(faulty, "unexpected"), (refusing, "bad_values")])
def test_what_an_operation_raises_is_a_typed_error(
    door: Callable[..., None], operation: Callable[..., Any], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_module, "_module", lambda _spec: FakeModule())
    with pytest.raises(Printed) as printed:
        door(operation, ArgumentSpec())
    result = printed.value.result
    assert result["failed"] is True and result["error"]["kind"] == kind
    assert SECRET not in str(result)


def test_odd_settings_are_a_typed_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    module = FakeModule()
    module.params["timeout"] = "soon"
    monkeypatch.setattr(_module, "_module", lambda _spec: module)
    with pytest.raises(Printed) as printed:
        _module.run(faulty, ArgumentSpec())
    assert printed.value.result["error"]["kind"] == "unexpected"


def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_module, "_module", lambda _spec: FakeModule())
    monkeypatch.setattr(transport, "MISSING_LIBRARY", "urllib3")
    with pytest.raises(Printed) as printed:
        _module.run(facts.run, facts.SPEC)
    assert printed.value.result["error"]["kind"] == "settings"
    assert printed.value.result["msg"] == (
        "192.0.2.1: the Python library urllib3 is missing. Install it where this task runs: "
        f"{sys.executable} -m pip install 'requests>=2.31' 'urllib3>=2.2'"
    )
