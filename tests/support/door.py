# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions run in this process, without ansible-playbook: a thousand odd tasks in a few seconds."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultSecret
from ansible.playbook.play import Play
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.template import Templar

PACKAGE = "ansible_collections.polycom.vvx.plugins"


class _Connection:
    """As much of the connection local as actions use."""

    ansible_name = "ansible.builtin.local"
    _shell = SimpleNamespace(tmpdir="/nowhere")

    def get_option(self, option: str) -> Any:
        raise KeyError(option)


class HostVars(dict[str, Any]):
    """What leads to the extra variables: there are none."""

    _variable_manager = SimpleNamespace(extra_vars={})


def run_action(name: str, args: Mapping[str, Any], folder: Path, check_mode: bool = False) -> dict[str, Any]:
    """The result of the action as the action returns it. Actions on all phones find none in their play."""
    loader = DataLoader()
    loader.set_basedir(str(folder))
    loader.set_vault_secrets([("default", VaultSecret(b"open sesame"))])
    play = Play.load({"hosts": "all"}, loader=loader)
    task = Task()
    task.action, task.args, task.check_mode, task._loader = f"polycom.vvx.{name}", dict(args), check_mode, loader
    task.run_once = True  # as vvx_summary demands; the others don't look
    task._parent = SimpleNamespace(_play=play, play=play, get_vars=dict, get_dep_chain=list)
    lists = dict.fromkeys(("ansible_play_hosts_all", "ansible_play_hosts", "ansible_play_batch"), [])
    variables = {"inventory_hostname": "phone", "hostvars": HostVars(phone={}), "groups": {"all": []}, **lists}
    play_context = PlayContext()
    action = importlib.import_module(f"{PACKAGE}.action.{name}").ActionModule(
        task, _Connection(), play_context, loader, Templar(loader, variables), None
    )
    result: dict[str, Any] = action.run(task_vars=variables)
    return result
