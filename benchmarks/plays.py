# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plays that are compared: the same work done in different ways."""

from __future__ import annotations

from typing import Any

CHANGING = 5
"""So many of the 40 parameters differ in the runs that change something."""

Task = dict[str, Any]


def parameters(version: str) -> dict[str, str]:
    """40 parameters as a fleet might set them. ``version`` is part of the values of CHANGING of them."""
    desired = {f"reg.{line}.label": f"Line {line}" for line in range(1, 13)}
    desired |= {f"reg.{line}.displayName": f"Desk {line}" for line in range(1, 13)}
    desired |= {f"reg.{line}.auth.userId": f"user-{line}" for line in range(1, 12)}
    desired |= {f"reg.{line}.address": f"100{line}-{version}" for line in range(1, CHANGING + 1)}
    assert len(desired) == 40
    return desired


def nothing(**arguments: Any) -> list[Task]:
    return [{"name": "Do nothing", "nothing": arguments}]


def facts() -> list[Task]:
    return [{"name": "Gather facts", "polycom.vvx.vvx_facts": {}}]


def config(version: str) -> list[Task]:
    return [{"name": "Configure", "polycom.vvx.vvx_config": {"parameters": parameters(version)}}]


def through_a_module(tasks: list[Task]) -> list[Task]:
    """The same tasks as any module runs: packed, copied, and started in a process of its own."""
    return [{**task, "delegate_to": "elsewhere"} for task in tasks]


def uri(version: str) -> list[Task]:
    """What people write by hand: read 20 and 20, see what differs, write that, read it back."""
    names = list(parameters(version))
    return [
        _call("Read 20", "get", names[:20], register="one"),
        _call("Read 20 more", "get", names[20:], register="two"),
        {
            "name": "See what differs",
            "ansible.builtin.set_fact": {
                "differs": "{{ desired | dict2items | difference(found | dict2items) | items2dict }}"
            },
            "vars": {"desired": parameters(version), "found": _values("(one.json.data | combine(two.json.data))")},
        },
        _call("Write that", "set", "{{ differs }}", when="differs | length > 0"),
        _call(
            "Read it back", "get", "{{ differs.keys() | list }}", when="differs | length > 0", register="back",
            failed_when="found != differs", vars={"found": _values("back.json.data")},
        ),
    ]  # fmt: skip


def _call(name: str, path: str, data: Any, **keywords: Any) -> Task:
    arguments = {
        "url": f"https://{{{{ ansible_host }}}}:{{{{ ansible_port }}}}/api/v1/mgmt/config/{path}",
        "method": "POST",
        "body_format": "json",
        "body": {"data": data},
        "url_username": "Polycom",
        "url_password": "{{ ansible_password }}",
        "force_basic_auth": True,
        "ca_path": "{{ lookup('ansible.builtin.env', 'VVX_CA_PATH') }}",
    }
    return {"name": name, "ansible.builtin.uri": arguments, "delegate_to": "elsewhere", **keywords}


def _values(data: str) -> str:
    return f"{{{{ dict({data}.keys() | zip({data}.values() | map(attribute='Value'))) }}}}"
