# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom, who may know Ansible, and where private parts of Ansible may be used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
PACKAGE = "ansible_collections.polycom.vvx.plugins"

FLOORS: dict[str, set[str]] = {
    "module_utils/_text": set(),
    "module_utils/_certificates": {"module_utils/_text"},
    "module_utils/_files": set(),
    "module_utils/_versions": set(),
    "module_utils/_phone": {"module_utils/_text", "module_utils/_certificates"},
    "module_utils/_parameters": {"module_utils/_text", "module_utils/_files", "module_utils/_certificates"},
    "module_utils/_options": {"module_utils/_text", "module_utils/_phone"},
    "module_utils/_steps": {
        f"module_utils/{each}" for each in ("_text", "_certificates", "_phone", "_parameters", "_options")
    },
    "module_utils/_ansible": set(),
    "plugin_utils/_ansible": {"module_utils/_text", "module_utils/_versions", "module_utils/_phone"},
    "plugin_utils/_console": {"module_utils/_text", "plugin_utils/_ansible"},
    "plugin_utils/_deliver": {
        *(f"module_utils/{each}" for each in ("_text", "_files", "_phone", "_options")),
        *("plugin_utils/_console", "plugin_utils/_handover"),
    },
    "plugin_utils/_handover": set(),
    "plugin_utils/_logins": set(),
    "plugin_utils/_parts": {"module_utils/_text", "module_utils/_phone", "plugin_utils/_console"},
    "plugin_utils/_passwords": {
        *("module_utils/_text", "module_utils/_files", "module_utils/_phone", "module_utils/_options"),
        *("plugin_utils/_console", "plugin_utils/_values", "plugin_utils/_vault"),
    },
    "plugin_utils/_refusals": {"module_utils/_phone"},
    "plugin_utils/_rollout": {
        *("module_utils/_text", "module_utils/_files", "module_utils/_phone", "module_utils/_parameters"),
        *(
            "module_utils/_options",
            "module_utils/_steps",
            "module_utils/_operations",
            "plugin_utils/_ansible",
            "plugin_utils/_console",
            "plugin_utils/_deliver",
        ),
        *("plugin_utils/_handover", "plugin_utils/_parts", "plugin_utils/_summary", "plugin_utils/_threads"),
    },
    "plugin_utils/_summary": {
        *("module_utils/_text", "module_utils/_files", "module_utils/_phone", "module_utils/_parameters"),
        *("module_utils/_steps", "plugin_utils/_console", "plugin_utils/_handover"),
    },
    "plugin_utils/_surveyed": {"module_utils/_phone", "module_utils/_files"},
    "plugin_utils/_threads": set(),
    "plugin_utils/_values": {"plugin_utils/_ansible"},
    "plugin_utils/_vault": {"module_utils/_text", "module_utils/_phone", "plugin_utils/_ansible"},
    "plugin_utils/_enroll": {
        *("module_utils/_files", "module_utils/_phone", "module_utils/_parameters", "module_utils/_options"),
        *("module_utils/_steps", "plugin_utils/_console", "plugin_utils/_threads"),
    },
    "plugin_utils/_verdicts": set(),
}
"""Each room, and the rooms that it may import from, besides itself. No room may lead back to itself."""
ENGINE = {
    f"module_utils/{each}"
    for each in ("_text", "_certificates", "_files", "_phone", "_parameters", "_options", "_steps")
}
FLOORS["module_utils/_operations"] = set(ENGINE)
FLOORS["module_utils/_module"] = {
    *ENGINE,
    "module_utils/_operations",
    "module_utils/_ansible",
    "module_utils/_versions",
}
LOW = {*ENGINE, "module_utils/_operations"}
_LOW = ("_ansible", "_console", "_deliver", "_enroll", "_handover", "_logins", "_parts", "_refusals", "_rollout")
_TOO = ("_passwords", "_summary", "_surveyed", "_threads", "_values", "_vault", "_verdicts")
LOW |= {f"plugin_utils/{each}" for each in _TOO}
LOW |= {f"plugin_utils/{each}" for each in _LOW}
ROOMS = {"plugin_utils/_discovery", "plugin_utils/_report", "plugin_utils/_doors"}
FLOORS.update({room: set(LOW) for room in ROOMS})
FLOORS["plugin_utils/_importing"] = {*ENGINE, "plugin_utils/_console", "plugin_utils/_discovery"}
FLOORS["plugin_utils/_guards"] = {*ENGINE, "plugin_utils/_console"}
FLOORS["plugin_utils/_doors"].add("plugin_utils/_guards")
FLOORS.update({"modules": {"module_utils/_module", "module_utils/_operations"}, "doc_fragments": set()})
FLOORS.update(
    dict.fromkeys(
        ("action", "inventory", "filter", "callback", "connection"),
        LOW | ROOMS | {"plugin_utils/_guards", "plugin_utils/_importing"},
    )
)

WITHOUT_ANSIBLE = {
    "module_utils/_text",
    "module_utils/_certificates",
    "module_utils/_files",
    "module_utils/_versions",
    "module_utils/_phone",
    "module_utils/_parameters",
    "module_utils/_steps",
    "module_utils/_operations",
    "plugin_utils/_console",
    "plugin_utils/_deliver",
    "plugin_utils/_enroll",
    "plugin_utils/_handover",
    "plugin_utils/_guards",
    "plugin_utils/_parts",
    "plugin_utils/_rollout",
    "plugin_utils/_threads",
    "plugin_utils/_discovery",
    "plugin_utils/_importing",
    "plugin_utils/_report",
}
MAY_USE_PRIVATE = {"module_utils/_ansible", "plugin_utils/_ansible"}
PRIVATE_ATTRIBUTES = {
    "_play_context", "_variable_manager", "_inventory", "_role", "_result", "_host", "_task_fields", "raw_get",
    "no_log_values", "get_variable_manager", "get_vars_files", "CLIARGS", "__ENCRYPTED__", "__UNSAFE__", "_block",
    "_parent", "_hostvars", "_nonpersistent_fact_cache",
}  # fmt: skip
PRIVATE_MODULES = {
    "ansible.context", "ansible._internal", "ansible.module_utils._internal", "ansible.utils.unsafe_proxy",
    "ansible.template", "ansible.parsing.ajson", "ansible.parsing.yaml.objects", "ansible.executor", "ansible.vars",
}  # fmt: skip
PRIVATE_KEYS = {"ansible_delegated_vars"}


def room_of(module: str) -> str:
    """The room of a module, from its path below plugins: module_utils/_phone/api -> module_utils/_phone."""
    parts = module.split("/")
    return "/".join(parts[:2]) if parts[0] in ("module_utils", "plugin_utils") else parts[0]


def imports(tree: ast.Module, module: str) -> Iterator[str]:
    """Everything that a module imports: names in the collection as paths below plugins, all others dotted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                above = module.split("/")[: -node.level]
                start = ".".join([PACKAGE, *above, *filter(None, [node.module])])
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            inside = name.removeprefix(f"{PACKAGE}.")
            yield inside.replace(".", "/") if inside != name else name


def problems(plugins: Path) -> list[str]:
    """What breaks the rules, one text each."""
    found = []
    leads_to: dict[str, set[str]] = {}
    modules = {path.relative_to(plugins).with_suffix("").as_posix(): path for path in sorted(plugins.rglob("*.py"))}
    for module, path in modules.items():
        room = room_of(module)
        if room not in FLOORS:
            found.append(f"{module}: {room} is not in the table")
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in imports(tree, module):
            if "/" in name:
                target = room_of(name)
                if target != room and target not in FLOORS[room]:
                    found.append(f"{module} must not import {name}")
                leads_to.setdefault(module, set()).add(name if name in modules else name.rpartition("/")[0])
            elif name.startswith("ansible_collections."):
                found.append(f"{module} imports {name}, from outside this collection")
            elif name == "ansible" or name.startswith("ansible."):
                if room in WITHOUT_ANSIBLE:
                    found.append(f"{module} must not know Ansible: {name}")
                if room not in MAY_USE_PRIVATE and any(f"{name}.".startswith(f"{each}.") for each in PRIVATE_MODULES):
                    found.append(f"{module} uses {name}, which Ansible does not promise")
        if room not in MAY_USE_PRIVATE:
            found += [f"{module}:{line} uses {name}, which Ansible does not promise" for line, name in _private(tree)]
    return found + [f"circle: {' -> '.join(circle)}" for circle in _circles(leads_to)]


def _private(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PRIVATE_ATTRIBUTES:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Constant) and node.value in PRIVATE_KEYS | PRIVATE_ATTRIBUTES:
            yield node.lineno, str(node.value)


def _circles(leads_to: dict[str, set[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            found.append([*way[way.index(module) :], module])
        elif module not in done:
            for target in sorted(leads_to.get(module, ())):
                if target != module:
                    visit(target, [*way, module])
            done.add(module)

    for module in leads_to:
        visit(module, [])
    return found


def test_the_house_keeps_its_rules() -> None:
    assert problems(PLUGINS) == []


def test_every_room_of_the_table_exists() -> None:
    rooms = {room_of(path.relative_to(PLUGINS).with_suffix("").as_posix()) for path in PLUGINS.rglob("*.py")}
    assert set(FLOORS) == rooms and rooms >= WITHOUT_ANSIBLE and rooms >= MAY_USE_PRIVATE


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("module_utils/_phone/a.py", "from .._steps import b", "must not import module_utils/_steps/b"),
        ("module_utils/_phone/a.py", "from .._steps.b import c", "must not import module_utils/_steps/b/c"),
        ("module_utils/_phone/shapes/a.py", "from ..._steps.b import c", "must not import module_utils/_steps/b/c"),
        ("module_utils/_phone/a.py", f"import {PACKAGE}.module_utils._steps.b", "must not import"),
        ("module_utils/_phone/a.py", f"from {PACKAGE}.module_utils._steps import b", "must not import"),
        ("module_utils/_phone/a.py", "def f():\n    from .._parameters import b", "must not import"),
        ("module_utils/_parameters/a.py", "from .._phone import b", "must not import module_utils/_phone/b"),
        ("module_utils/_steps/a.py", "from .._operations import b", "must not import module_utils/_operations/b"),
        ("module_utils/_operations/a.py", "from .. import _module", "must not import module_utils/_module"),
        ("module_utils/_operations/a.py", "from ...plugin_utils import _values", "must not import"),
        ("plugin_utils/_values.py", "from ._doors import a", "must not import plugin_utils/_doors/a"),
        ("plugin_utils/_doors/a.py", "from .._report import b", "must not import plugin_utils/_report/b"),
        ("plugin_utils/_discovery/a.py", "from .._doors import b", "must not import plugin_utils/_doors/b"),
        ("plugin_utils/_report/a.py", "from .._discovery import b", "must not import plugin_utils/_discovery/b"),
        ("modules/a.py", "from ..plugin_utils import _values", "must not import plugin_utils/_values"),
        ("module_utils/_phone/a.py", "import ansible", "must not know Ansible"),
        ("module_utils/_parameters/a.py", "from ansible.errors import AnsibleError", "must not know Ansible"),
        ("module_utils/_steps/a.py", "import ansible.errors", "must not know Ansible"),
        ("module_utils/_operations/a.py", "from ansible import constants", "must not know Ansible"),
        ("action/a.py", "from ansible_collections.ansible.netcommon import b", "outside this collection"),
        ("action/a.py", "from ansible import context", "does not promise"),
        ("action/a.py", "from ansible.utils.unsafe_proxy import wrap_var", "does not promise"),
        ("inventory/a.py", "from ansible._internal import b", "does not promise"),
        ("connection/a.py", "x = self._play_context.remote_addr", "_play_context"),
        ("action/a.py", "x = getattr(self, '_play_context')", "_play_context"),
        ("callback/a.py", "x = result._result", "_result"),
        ("plugin_utils/_doors/a.py", "x = task_vars['ansible_delegated_vars']", "ansible_delegated_vars"),
        ("module_utils/_module.py", "module.no_log_values = set()", "no_log_values"),
        ("strategy/a.py", "", "strategy is not in the table"),
    ],
)  # fmt: skip
def test_each_kind_of_offence_is_found(tmp_path: Path, path: str, text: str, problem: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert len(found := problems(tmp_path)) == 1 and problem in found[0], found


def test_circles_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "module_utils" / "_phone"
    folder.mkdir(parents=True)
    for name, text in {
        "a": "from . import b",
        "b": "from .c import x",
        "c": "from .a import y",
        "d": "from . import a",
    }.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    assert [problem.count("->") for problem in problems(tmp_path)] == [3]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("module_utils/_steps/a.py", "from .._phone.errors import PhoneError\nfrom . import b\nimport requests"),
        ("action/a.py", "from ansible.plugins.action import A\nfrom ..plugin_utils._doors import b\nself._task.args"),
        ("plugin_utils/_ansible.py", "from ansible import context\nx = plugin._play_context"),
    ],
)  # fmt: skip
def test_what_is_allowed_is_not_found(tmp_path: Path, path: str, text: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert problems(tmp_path) == []
