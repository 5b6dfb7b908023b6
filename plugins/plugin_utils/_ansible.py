# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that this collection uses on the controller although ansible-core does not promise to keep it.

Each function says what it replaces and what happens where that is gone. All were tried on ansible-core 2.16, 2.19 and
2.21. What the base classes of plugins hold for their subclasses (``_task``, ``_loader``, ``_templar``,
``_connection``, ``_display``, ``_execute_module``, ``_find_needle``) is used directly.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import multiprocessing
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

from ansible import constants, context
from ansible.errors import AnsibleError, AnsibleFilterError
from ansible.plugins.loader import action_loader
from ansible.plugins.test.core import vault_encrypted
from ansible.release import __version__
from ansible.template import Templar
from ansible.utils.display import Display

from ..module_utils._phone.errors import SettingsError
from ..module_utils._versions import old_core

try:
    from ansible.template import trust_as_template as _trusted
except ImportError:  # before ansible-core 2.19
    _trusted = None
try:
    from ansible.module_utils._internal import _messages
except ImportError:  # before ansible-core 2.19
    _messages = None


try:
    from ansible._internal._datatag._tags import Origin as _Origin
except ImportError:  # before ansible-core 2.19
    _Origin = None

_INVENTORY_SOURCE = re.compile(r"<inventory plugin .* with source '(.+)'>")


def refuse_old_core(version: str = __version__) -> None:
    """Raises SettingsError on a version of ansible-core that lacks what this collection needs."""
    if old := old_core(version):
        message, remedy = old
        raise SettingsError(message, remedy=remedy)


def complaint(version: str = __version__) -> str:
    """As ``refuse_old_core``, as a text for plugins that have errors of their own; empty if all is well."""
    return " ".join(old_core(version) or ())


def unless_old(filters: dict[str, Callable[..., Any]], version: str = __version__) -> dict[str, Callable[..., Any]]:
    """The filters, or on a version that is too old, filters that say so."""
    if not (old := complaint(version)):
        return filters

    def refuse(*_arguments: Any, **_options: Any) -> Any:
        raise AnsibleFilterError(old)

    return dict.fromkeys(filters, refuse)


def task_variables(hostvars: Any, host: str, play: Any, task: Any) -> dict[str, Any]:
    """The variables, not templated, that this task would have on another host of the play.

    Replaces ``hostvars[host]``, which lacks the variables of play, role and task. Raises SettingsError where hostvars
    does not lead to the variable manager.
    """
    try:
        variables: dict[str, Any] = hostvars._variable_manager.get_vars(
            play=play,
            host=hostvars._inventory.get_host(host),
            task=task,
            include_hostvars=False,
            _hosts=[host],
            _hosts_all=[host],
        )
    except (AttributeError, TypeError):
        raise SettingsError(
            "this version of ansible-core does not let a task read the variables of all hosts.",
            remedy="Update polycom.vvx, or use an older ansible-core.",
        ) from None
    return variables


def run_folder() -> str:
    """The folder that Ansible makes for a run and deletes at its end. Workers inherit its name."""
    return str(constants.DEFAULT_LOCAL_TMP)


def hosts_without_limit(hostvars: Any, pattern: Any) -> list[str]:
    """The hosts of a pattern, also those that ``--limit`` leaves out. Replaces nothing public; empty where hostvars
    does not lead to the inventory."""
    try:
        found = hostvars._inventory.get_hosts(pattern, ignore_limits=True, ignore_restrictions=True)
        return [host.name for host in found]
    except (AttributeError, TypeError):
        return []


def variable_names(hostvars: Any, host: str) -> Iterable[str]:
    """The names of a host's variables. ``raw_get`` replaces ``hostvars[host]``, which does for each host what
    templates need; where ``raw_get`` is gone, ``hostvars[host]`` is used."""
    names: Iterable[str] = hostvars.raw_get(host) if hasattr(hostvars, "raw_get") else hostvars[host]
    return names


def registered(hostvars: Any, hosts: Iterable[str], name: str) -> dict[str, Mapping[str, Any]]:
    """What these hosts have registered under this name; hosts without it are left out.

    Replaces ``hostvars[host][name]``, which puts all variables of each host together: 2,000 hosts take seconds. Where
    the variable manager does not show what hosts have registered, that is used.
    """
    kept = getattr(getattr(hostvars, "_variable_manager", None), "_nonpersistent_fact_cache", None)
    found = {}
    for host in hosts:
        variables = hostvars[host] if kept is None else kept.get(host, {})
        if name in variables and isinstance(variables[name], Mapping):
            found[host] = variables[name]
    return found


def role_variable_names(task: Any) -> set[str]:
    """The names of the variables and defaults of the task's role. Replaces nothing public; empty where ``_role`` is
    gone."""
    role = getattr(task, "_role", None)
    return {*role.get_vars(), *role.get_default_vars()} if role is not None else set()


def variables_files(play: Any) -> list[Any]:
    """The entries of the play's ``vars_files``. Replaces nothing public; empty where ``get_vars_files`` is gone."""
    return list(play.get_vars_files()) if hasattr(play, "get_vars_files") else []


def delegate_variables(task_vars: Mapping[str, Any], delegate: str | None) -> Mapping[str, Any]:
    """The variables of the host that the task is delegated to. Replaces its hostvars, which lack what play and task
    set for it. Empty where ``ansible_delegated_vars`` is gone."""
    return (task_vars.get("ansible_delegated_vars") or {}).get(delegate) or {}


def hosts_in_batch(play: Any) -> int:
    """How many hosts the play runs on at once. Replaces nothing public: callbacks get no variables. 0 where the play
    does not show its variable manager."""
    try:
        return len(play.get_variable_manager().get_vars(play=play).get("ansible_play_batch", ()))
    except AttributeError:
        return 0


def is_for_all(task: Any) -> bool:
    """Whether a task runs once for all hosts because its action is made so. Replaces nothing public: callbacks do not
    see it. False where the loader finds no action."""
    action = action_loader.get(task.action, class_only=True, collection_list=getattr(task, "collections", None))
    return bool(getattr(action, "BYPASS_HOST_LOOP", False))


def play_variables(play: Any, names: Iterable[str]) -> dict[str, Any]:
    """These variables as the first host of the play has them, templated; those that are undefined or can't be
    templated are left out. Replaces nothing public: callbacks get no variables. Empty where the play does not show its
    variable manager."""
    try:
        manager = play.get_variable_manager()
        variables = manager.get_vars(play=play)
        batch = variables.get("ansible_play_batch")
        if batch:
            variables = manager.get_vars(play=play, host=manager._inventory.get_host(batch[0]))
        templar = Templar(loader=play.get_loader(), variables=variables)
    except (AttributeError, AnsibleError):
        return {}
    found = {}
    for name in names:
        if name in variables:
            with contextlib.suppress(AnsibleError):
                found[name] = templar.template(variables[name])
    return found


def pattern(play: Any) -> str:
    """Which hosts a play is for, as it says. Empty where the play does not show that."""
    hosts = getattr(play, "hosts", None)
    return ", ".join(map(str, hosts)) if isinstance(hosts, (list, tuple)) else str(hosts or "")


def is_of(play: Any, collection: str) -> bool:
    """Whether a play has a task or a role of a collection, as written in it. ``collection``: with the dot behind it."""
    actions, left = [], list(play.get_tasks())
    while left:
        each = left.pop()
        if isinstance(each, list):
            left += each
        elif hasattr(each, "block"):
            left += [*each.block, *each.rescue, *each.always]
        else:
            actions.append(str(each.action))
    return any(name.startswith(collection) for name in [*actions, *map(str, play.get_roles())])


@dataclass(frozen=True)
class Seen:
    """What a callback is told of a task on a host. ``action``: its full name."""

    host: str
    action: str
    result: Mapping[str, Any]
    check_mode: bool


def seen(result: Any) -> Seen:
    """A result as a callback gets it. From ansible-core 2.19 on it has names without an underscore; those with one go
    away. ``changed`` is no part of it in 2.21."""
    host, task = (getattr(result, name, None) or getattr(result, f"_{name}") for name in ("host", "task"))
    told = result.result if hasattr(result, "result") else result._result
    action = str(task.action)
    if "." not in action:
        action = str(getattr(task, "resolved_action", None) or action)
    return Seen(host.get_name(), action, {**told, "changed": result.is_changed()}, bool(task.check_mode))


def before_recap(hand_over: Callable[[Any], None]) -> bool:
    """Call this function with the statistics of the run right before the output plugin gets them, so that it can still
    add some of its own. To be called from a method of a callback.

    Replaces ``set_stats``, which is a task: a callback has none, and no task runs where all hosts of a play are
    unreachable, or ``max_fail_percentage`` ends it. Callbacks get the statistics after the output plugin, which passes
    them on (ansible-runner, and so AWX). The manager of the run is not given to them; it is what calls them. Where it
    is not found this is False, and the function is never called.
    """
    frame: FrameType | None = sys._getframe(1)
    manager: Any = None
    while frame is not None and type(manager).__name__ != "TaskQueueManager":
        manager, frame = frame.f_locals.get("self"), frame.f_back
    if type(manager).__name__ != "TaskQueueManager" or not hasattr(manager, "send_callback"):
        return False
    send = manager.send_callback

    @functools.wraps(send)
    def first(method_name: str, *args: Any, **kwargs: Any) -> Any:
        if method_name == "v2_playbook_on_stats":
            try:
                hand_over(args[0])
            except Exception as error:  # as after an error of any callback, the run goes on
                Display().warning(f"polycom.vvx.summary can't hand its summary over: {error!r}")
        return send(method_name, *args, **kwargs)

    manager.send_callback = first
    return True


def run_statistics(stats: Any) -> dict[str, Any]:
    """What the tasks of a run have handed over for the run, not for a host, from the statistics of ``before_recap``.
    Replaces nothing public: callbacks can set such a value and not read it. Empty where ``custom`` is gone."""
    found: dict[str, Any] = getattr(stats, "custom", {}).get("_run", {})
    return found


def connection_password(action: Any) -> str | None:
    """The password that Ansible would log in with: ``-k``, or a variable. Replaces the connection's option
    ``password``, which the connection local lacks. Where the play context is gone, that option is used."""
    return _of_play_context(action, "password", "password")


def connection_address(plugin: Any) -> str | None:
    """The address that Ansible would connect to. Replaces the connection's option ``host``, which not all connections
    have. Where the play context is gone, that option is used. ``plugin``: an action or a connection."""
    return _of_play_context(plugin, "remote_addr", "host")


def _of_play_context(plugin: Any, field: str, option: str) -> str | None:
    play_context = getattr(plugin, "_play_context", None)
    if play_context is not None:
        value = getattr(play_context, field, None)
    else:
        try:
            value = getattr(plugin, "_connection", plugin).get_option(option)
        except KeyError:
            value = None
    return None if value is None else str(value)


def is_limited() -> bool:
    """Whether ansible-playbook was started with ``--limit``. Replaces the variable ``ansible_limit``, which the
    environment of a play may set itself. False where ``CLIARGS`` is gone."""
    return bool(getattr(context, "CLIARGS", {}).get("subset"))


def playbooks_asked() -> tuple[str, ...]:
    """The playbooks that ansible-playbook was started with. Replaces nothing public: a play does not know what imports
    it. Empty where ``CLIARGS`` is gone."""
    return tuple(getattr(context, "CLIARGS", {}).get("args") or ())


def extra_variables(hostvars: Any) -> Mapping[str, Any]:
    """The variables of ``-e``, not templated. Replaces nothing public: a task sees them mixed with all others. Raises
    SettingsError where hostvars does not lead to the variable manager."""
    try:
        variables: Mapping[str, Any] = hostvars._variable_manager.extra_vars
    except AttributeError:
        raise SettingsError(
            "this version of ansible-core does not let a task read the extra variables.",
            remedy="Update polycom.vvx, or use an older ansible-core.",
        ) from None
    return variables


def is_check_run() -> bool:
    """Whether ansible-playbook was started with ``--check``. Replaces the variable ``ansible_check_mode``, which
    filters do not see. False where ``CLIARGS`` is gone."""
    return bool(getattr(context, "CLIARGS", {}).get("check"))


def is_diff_run() -> bool:
    """Whether ansible-playbook was started with ``--diff``. Replaces the variable ``ansible_diff_mode``, which
    callbacks do not see. False where ``CLIARGS`` is gone."""
    return bool(getattr(context, "CLIARGS", {}).get("diff"))


def inventories() -> list[str]:
    """What ansible-playbook was started with as ``-i``; paths as seen from the working folder where that is shorter.
    Replaces ``ansible_inventory_sources``, which holds whole paths. Empty where ``CLIARGS`` is gone, or where the
    inventory is a default."""
    given = [str(each) for each in getattr(context, "CLIARGS", {}).get("inventory") or ()]
    if given == list(constants.DEFAULT_HOST_LIST):
        return []
    return [min(each, os.path.relpath(each), key=len) if os.path.isabs(each) else each for each in given]


def print_text(display: Any, text: str) -> None:
    """Print a text from an action, at any verbosity, in the order of the task's other output.

    ``Display.display`` sends it from a worker to the main process. ansible-runner up to 2.4.0 (AWX 24) wraps that
    method with one that writes to the worker's own stdout, of which ansible-core 2.19 warns ("errantly sent data
    directly to stdout"). So a worker calls the method that ``ansible.utils.display`` defined; the main process, where
    ansible-runner makes an event of it, prints as usual. Where no such method is found, the one that is there is
    called.
    """
    method = type(display).display
    if multiprocessing.parent_process() is not None:
        inner = inspect.unwrap(method, stop=_is_ansibles)
        method = inner if _is_ansibles(inner) else method
    method(display, text)


def shown_once(outcome: dict[str, Any], text: str) -> None:
    """Let the block "[ERROR]: Task failed" above a failed task's result say this text and nothing of ``msg``, which
    the result shows anyway. Ansible prints equal blocks once in a run, so ``text`` is to be alike for all hosts.
    Replaces nothing public: from ansible-core 2.19 on that block is made from ``exception``, or else from ``msg``.
    Where its class is gone, Ansible says ``msg`` twice."""
    if _messages is not None and outcome.get("failed"):
        with contextlib.suppress(AttributeError, TypeError):
            outcome["exception"] = _messages.ErrorSummary(event=_messages.Event(msg=text))


def _is_ansibles(function: Any) -> bool:
    return getattr(function, "__globals__", {}).get("__name__") == "ansible.utils.display"


def origin(value: Any) -> tuple[str, int | None] | None:
    """Where a value was written: its file, or ``-e`` for the command line, and the line; None if that is not known.

    Replaces nothing public. Before ansible-core 2.19 only texts of YAML files know it (``ansible_pos``).
    """
    if _Origin is None:
        position = getattr(value, "ansible_pos", None)
        if not position or not str(position[0] or "").startswith("/"):
            return None
        return str(position[0]), int(position[1])
    tag = _Origin.get_tag(value)
    if tag is None:
        return None
    if tag.path:
        return str(tag.path), tag.line_num or None
    source = _INVENTORY_SOURCE.fullmatch(str(tag.description))
    if source:
        return source[1], None
    return ("-e", None) if str(tag.description) == "<CLI option '-e'>" else None


def load_variables(loader: Any, path: str) -> Any:
    """What a YAML or JSON file of variables holds, which may be vaulted, with its templates. Replaces nothing public:
    ``load_from_file`` is how Ansible reads ``vars_files``, and marks templates only when it is told to, from
    ansible-core 2.19 on."""
    return loader.load_from_file(path, **({} if _trusted is None else {"trusted_as_template": True}))


def vault_secrets(loader: Any) -> list[tuple[str, Any]]:
    """The vault secrets of the run, each with its vault id. Replaces nothing public: ansible-core has no plugin that
    encrypts a file with them. Raises SettingsError where the loader does not show them."""
    try:
        return list(loader._vault.secrets or ())
    except AttributeError:
        raise SettingsError(
            "this version of ansible-core does not let a task use the vault secrets of the run.",
            remedy="Update polycom.vvx, or use an older ansible-core.",
        ) from None


def decrypted(value: Any) -> Any:
    """A vaulted text decrypted; any other value as it is. Replaces templating, which costs a tenth of a millisecond.
    From ansible-core 2.19 on vaulted texts are not marked ``__ENCRYPTED__``; templating has decrypted those in task
    arguments."""
    return str(value) if getattr(value, "__ENCRYPTED__", False) else value


def is_vaulted(value: Any) -> bool:
    """Whether a value is a vaulted text, decrypted or not. Replaces the test ``vault_encrypted`` in a template, by a
    call of what makes it."""
    return bool(vault_encrypted(value))


def never_template(text: str) -> str:
    """The text, marked so that Ansible never runs it as a template. Replaces the YAML tag ``!unsafe``.

    From ansible-core 2.19 on only trusted texts are templates, so the bare text does. ``wrap_var``, for older
    versions, goes away in 2.23.
    """
    if _trusted is not None:
        return str(text)
    from ansible.utils.unsafe_proxy import wrap_var

    marked: str = wrap_var(text)
    return marked


def as_trusted(text: str) -> str:
    """A text as the user's own YAML would give it: a template if it holds one. ``ansible-inventory --list`` shows
    others as unsafe. Before ansible-core 2.19 there is no such mark, and the text stays as it is."""
    marked: str = text if _trusted is None else _trusted(text)
    return marked
