# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the options that say how to reach a phone come from: the task, the host's variables, the command line."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...module_utils._options.connection import OWN
from .._values import is_constant, plain
from .templating import templating

HOST_VARIABLES = {
    "host": "ansible_host",
    "port": "ansible_port",
    "username": "ansible_user",
    "password": "ansible_password",
}
PASSWORD_VARIABLES = ("ansible_password", "ansible_ssh_password", "ansible_ssh_pass")
"""The variables that Ansible takes a connection's password from, best first."""
NO_ACCOUNT = "root"
"""Computers have it and phones do not: it was meant for computers, or AWX has filled it in, which passes ``-u root``
where no credential of a job has a user (seen on AWX 24.6.1). Each phone would count it as a refused login."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class Found(NamedTuple):
    """The value of an option. ``source``: the variable or the like that it comes from, to show to the user."""

    value: Any
    source: str


@dataclass(frozen=True)
class ConnectionOptions:
    """What besides the task's arguments says how to reach one phone. An empty text and null count as unset.

    ``root`` counts as a phone's account only where ``ansible_vvx_username`` says so.

    ``variables``: of the phone's host, as templates. ``set_by_user``: the names among them that are not Ansible's own
    additions; ``ansible_vvx_*`` always count. ``template``: renders a value. ``remote_user`` and ``password``: those
    of the connection (keyword, ``-u``, ``-k``); None where they belong to another host.
    """

    variables: Mapping[str, Any]
    set_by_user: Container[str]
    template: Callable[[Any], Any]
    remote_user: str | None = None
    password: str | None = None

    def complete(self, args: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
        """The arguments with the missing ones of these options added, and the source of each of these options."""
        options, sources = dict(args), {}
        for name in names:
            if name in options:
                sources[name] = "task"
            elif (found := self.find(name)) is not None:
                options[name], sources[name] = found
        return options, sources

    def find(self, name: str) -> Found | None:
        """The best value for an option. Raises SettingsError for a variable that can't be templated."""
        return next(filter(_is_given, self._candidates(name)), None)

    def variable(self, name: str) -> Any:
        """The value of a variable of the host; None if it is not set, or empty. Raises SettingsError."""
        value = self._variable(name).value if name in self.variables else None
        return None if value == "" else value

    def _candidates(self, name: str) -> Iterator[Found]:
        """Best first."""
        own = f"{OWN}{name}"
        if own in self.variables:
            yield self._variable(own)
        usual = HOST_VARIABLES.get(name)
        if usual is not None and usual in self.variables and usual in self.set_by_user:
            found = self._variable(usual)
            if name != "username" or found.value != NO_ACCOUNT:
                yield found
        if name == "host" and self.variables.get("inventory_hostname") not in LOCAL_NAMES:
            yield Found(self.variables.get("inventory_hostname"), "inventory_hostname")
        elif name == "username" and self.remote_user != NO_ACCOUNT:
            yield Found(self.remote_user, "remote_user")
        elif name == "password":
            yield Found(self.password, "connection password")

    def _variable(self, name: str) -> Found:
        with templating(f"the variable {name}"):
            return Found(self.render(self.variables[name]), name)

    def render(self, value: Any) -> Any:
        """A variable's value as a plain one, templated if it is a template."""
        return plain(value if is_constant(value) else self.template(value))


def _is_given(found: Found) -> bool:
    return found.value is not None and found.value != ""


def has_password(variables: Mapping[str, Any]) -> bool:
    """Whether these variables are where Ansible takes the connection's password from, rather than from ``-k``."""
    return any(name in variables for name in PASSWORD_VARIABLES)
