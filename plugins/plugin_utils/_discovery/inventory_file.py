# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of one inventory file: where to look for phones, and how."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...module_utils._options.validate import between, kind_of, refuse_unfit
from ...module_utils._phone.errors import SettingsError
from .._logins import RunLogins
from .._refusals.run import Kept, Known
from .addresses import Entry
from .names import usable
from .options import CONNECTION, check_options, csv_options, fleet_settings, make_probe, refuse_unknown
from .passwords import read_passwords, with_sources
from .probe import Probe
from .roster import MOST_DAYS, Roster
from .sources import Expected, Targets, read_list, read_provisioning
from .tables import read_csv
from .texts import Remark

_SOURCES = {"addresses", "hosts_file", "csv", "provisioning"}


@dataclass
class InventoryFile:
    """``configured``: its content. ``definitions``: of all options, as documented. ``get``: the value of an option that
    is no template. ``render``: a value with its templates rendered, as plain Python types; raises SettingsError.
    ``load``: the content of a file of variables. ``remark``: tells the user.

    ``variables``: those that the options' templates may use, from ``vars_files``. Methods raise SettingsError that
    names the option.
    """

    path: str
    configured: Mapping[str, Any]
    definitions: Mapping[str, Mapping[str, Any]]
    get: Callable[[str], Any]
    render: Callable[[Any, Mapping[str, Any]], Any]
    load: Callable[[str], Any]
    remark: Remark
    variables: dict[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what would otherwise be ignored, or fail without a word."""
        refuse_unfit(self.definitions, self.configured)
        refuse_unknown(self.configured, self.definitions)

    def read_variables(self) -> None:
        """Read ``vars_files``; later ones win."""
        for path in self.texts("vars_files"):
            with about_option("vars_files"):
                content = self.load(self._absolute(path))
                if content is not None and not isinstance(content, Mapping):
                    raise SettingsError(
                        f"{path} must hold variables, not {kind_of(content)}.", remedy="Write name: value in it."
                    )
            self.variables.update(content or {})

    def option(self, name: str) -> Any:
        """An option's value with its templates rendered; None for an empty text."""
        with about_option(name):
            value = self.render(self._unrendered(name), self.variables)
        if isinstance(value, (int, float)) and self.definitions[name].get("type", "str") == "str":
            return str(value)
        return None if value == "" else value

    def _unrendered(self, name: str) -> Any:
        """The value as the file has it, because Ansible splits texts at commas, even inside templates."""
        return self.configured.get(name, self.get(name))

    def texts(self, name: str) -> list[str]:
        """A list option as texts. It may be a text with commas, and templates in it may give lists."""
        values = self.option(name)
        parts = values.split(",") if isinstance(values, str) else values or []
        texts = [text for part in parts for text in (part if isinstance(part, list) else [part])]
        return [str(text) for text in texts if text not in (None, "")]

    def hostnames(self) -> list[str]:
        """Keywords and templates; the templates are rendered for each host."""
        choices = self._unrendered("hostname")
        listed = choices if isinstance(choices, list) else [choices]
        return [
            choice if isinstance(choice, str) else str(choice) for choice in listed
        ]  # str() makes texts no templates

    def _absolute(self, path: str) -> str:
        return os.path.join(os.path.dirname(os.path.abspath(self.path)), os.path.expanduser(path))

    def plan(self, kept: Kept | None = None, known: Known | None = None) -> tuple[Probe, Targets]:
        """How to look, and where. ``kept``: what is known of logins that phones refused. ``known``: of their
        passwords."""
        args = {name: self.option(name) for name in CONNECTION.argument_spec if name in self.configured}
        if args.get("ca_path"):
            args["ca_path"] = self._absolute(args["ca_path"])
        passwords = self.option("passwords")
        own = read_passwords(passwords) if passwords else {}
        following = self.option("passwords_next")
        settings = fleet_settings(args, self.get("connect_timeout"), kept, bool(own), known, bool(following))
        settings = replace(settings, logins=RunLogins())
        probe = make_probe(settings, self.get("probe"), self.texts("gather_subset"), self.texts("mac_prefixes"))
        targets = self._targets(probe)
        check_options(self.get("workers"), self.get("subnet_prefix"), self.hostnames(), probe.subsets)
        if own:
            usual = settings.password or None
            probe = replace(probe, passwords=with_sources(own, usual, targets.expected, usable))
        if following:
            with about_option("passwords_next"):
                later = with_sources(read_passwords(following), settings.password_next, targets.expected, usable)
            probe = replace(probe, passwords_next=later)
        return probe, targets

    def roster(self) -> Roster:
        """What is remembered of phones."""
        days = self.get("roster_days")
        between("roster_days", days, 1, MOST_DAYS)
        with about_option("roster"):
            path = self.option("roster")
            return Roster(self._absolute(path) if path else None, days)

    def _targets(self, probe: Probe) -> Targets:
        entries: list[Entry] = []
        expected: list[Expected] = []
        with about_option("addresses"):
            entries += map(Entry.parse, self.texts("addresses"))
        with about_option("hosts_file"):
            if path := self.option("hosts_file"):
                entries += map(Entry.parse, read_list(self._absolute(path), self.remark))
        with about_option("csv"):
            if csv := self.option("csv"):
                expected += read_csv(csv_options(csv, self._absolute), self.remark)
        with about_option("provisioning"):
            if path := self.option("provisioning"):
                expected += read_provisioning(self._absolute(path), probe.prefixes, self.remark)
        if not entries and not expected and not _SOURCES & set(self.configured):
            raise SettingsError(
                "it lists no phones.", remedy="Set addresses, hosts_file, csv or provisioning to where the phones are."
            )
        return Targets.of(entries, expected, self.texts("exclude"))


@contextlib.contextmanager
def about_option(option: str) -> Iterator[None]:
    """Name the option in every SettingsError, unless the text begins with it."""
    try:
        yield
    except SettingsError as error:
        if not error.message.startswith(f"{option}: "):
            error.restate(f"{option}: {error.message}")
        raise
