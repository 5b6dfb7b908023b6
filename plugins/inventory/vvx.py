# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: vvx
version_added: 0.1.0
short_description: Find Polycom VVX phones on the network
author:
  - the polycom.vvx contributors (!UNKNOWN)
description:
  - Looks for phones at addresses, ranges and networks, in lists, CSV files and a provisioning server's folder, reads
    what they are, and turns them into inventory hosts and groups. Ten thousand phones take a minute.
  - Logs in once to each phone, and sends the password to phones only; see O(probe).
  - The file name must end in C(.vvx.yml) or C(.vvx.yaml). Empty environment variables are ignored.
  - Text options may be templates, such as V({{ lookup('ansible.builtin.env', 'SITE'\) }}).
extends_documentation_fragment:
  - polycom.vvx.sources
  - polycom.vvx.discovery
  - polycom.vvx.naming
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Marks the file as meant for this plugin.
    type: str
    required: true
    choices: [polycom.vvx.vvx]
  gather_subset:
    description:
      - What to read of each phone, with the names of M(polycom.vvx.vvx_facts). V(device) is always read, with one
        request; V(lines) costs two more.
    type: list
    elements: str
    default: [device]
  subnet_prefix:
    description: Prefix length of C(vvx.subnet) for IPv4 addresses. For IPv6 it is 64.
    type: int
    default: 24
seealso:
  - module: polycom.vvx.vvx_facts
notes:
  - Host variables are C(ansible_host), C(ansible_port) (if not the default), C(ansible_vvx_mac) and C(vvx), the facts
    of M(polycom.vvx.vvx_facts) with C(vvx.subnet) and, with V(lines) in O(gather_subset), C(vvx.registration) (V(all),
    V(some) or V(none) of the lines).
  - With O(cache), phones are read again only when the cache expires or with C(--flush-cache). It contains no passwords.
  - Each scan prints a line on standard error that says what was seen, such as C(294 addresses, 39 phones, 2 refused the
    password, 253 silent). With C(-v), it also says where.
"""

EXAMPLES = r"""
# site.vvx.yml: the minimum. The password is in VVX_PASSWORD.
plugin: polycom.vvx.vvx
addresses: [10.1.20.0/24]

---
# Verify factory certificates; group by model, firmware, subnet and registration; name hosts by extension.
plugin: polycom.vvx.vvx
addresses:
  - 10.1.20.11-10.1.21.40
exclude: [10.1.20.100-120]
ca_path: polycom-root.pem
verify_hostname: mac
gather_subset: [device, lines]
hostname: [extension, mac]
group_by: [model, site, firmware, subnet, registration]
groups:
  behind: vvx.device.firmware is version('5.9.3', '<')
compose:
  site: "{'10.1.20.0/24': 'berlin', '10.1.21.0/24': 'lisbon'}[vvx.subnet]"
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache
cache_timeout: 3600

---
# Phones that are off keep their names, as remembered in a file.
plugin: polycom.vvx.vvx
addresses: [10.1.20.0/24]
gather_subset: [device, lines]
hostname: [extension, mac]
roster: phones.roster.json

---
# Compare expected phones with those found.
plugin: polycom.vvx.vvx
csv:
  path: phones.csv
  name: Phone
provisioning: /srv/provisioning
group_by: [model, site, reason]

---
# Phones with passwords of their own, by MAC address or name, in a vault file. All others have the usual one.
plugin: polycom.vvx.vvx
addresses: [10.1.20.0/24]
vars_files: [group_vars/phones/vault.yml]
password: "{{ vault_phone_password }}"
passwords: "{{ vault_phones }}"
"""

import contextlib
import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._files import FileError
from ..module_utils._options.connection import as_options
from ..module_utils._options.validate import refuse_unfit
from ..module_utils._phone.errors import SettingsError, unexpected
from ..module_utils._text import nearest
from ..plugin_utils._ansible import load_variables, refuse_old_core
from ..plugin_utils._console.words import count
from ..plugin_utils._discovery import cache as findings_cache
from ..plugin_utils._discovery import grouping
from ..plugin_utils._discovery.hosts import Host, host_variables, left_out, match
from ..plugin_utils._discovery.inventory_file import InventoryFile, about_option
from ..plugin_utils._discovery.names import Known, choose_names, wishes
from ..plugin_utils._discovery.probe import Finding, Probe
from ..plugin_utils._discovery.roster import Roster
from ..plugin_utils._discovery.scan import Progress, scan
from ..plugin_utils._discovery.sources import Targets
from ..plugin_utils._discovery.tally import Tally
from ..plugin_utils._doors.known_passwords import OfPhone
from ..plugin_utils._doors.refusals import KeptRefusals
from ..plugin_utils._doors.storing import alone
from ..plugin_utils._values import as_data, plain

UNREACHABLE_GROUP = "vvx_unreachable"


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "polycom.vvx.vvx"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and f".{os.path.basename(path)}".endswith((".vvx.yml", ".vvx.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._path = path
        with self._errors_named():
            refuse_old_core()
            self._parse(path, cache)

    def _parse(self, path: str, cache: bool) -> None:
        """Raises SettingsError and AnsibleError."""
        try:
            configured = self._read_config_data(path)
        except OverflowError:  # Ansible does not expect an infinite number
            refuse_unfit(self.option_definitions, self.loader.load_from_file(path))
            raise
        self._file = InventoryFile(
            path, configured, self.option_definitions, self.get_option, self._render, self._variables_in, self._warn
        )
        self._file.check()
        self._file.read_variables()
        place = os.environ.get("VVX_STATE_PATH"), os.environ.get("VVX_SECRETS_KEY")
        probe, targets = self._file.plan(KeptRefusals(*place), OfPhone(*place))
        roster = self._file.roster()
        targets = roster.among(targets)
        findings, tally, origin = self._findings(targets, probe, cache)
        matched = match(findings, targets.expected)
        if not origin:
            self._remember(roster, matched.hosts)
        roster.recall(matched.hosts)
        keep_unreachable = self.get_option("keep_unreachable")
        hosts = matched.kept(keep_unreachable)
        port = probe.settings.port_in_use
        self._add(hosts, None if port == probe.settings.default_port else port)
        warnings = list(left_out(matched, keep_unreachable))
        if not hosts and not warnings:
            warnings.append(f"no phone was found. {tally.explain()}".rstrip())
        for warning in warnings:
            self._warn(warning)
        for detail in tally.details():
            self.display.v(f"{path}: {detail}")
        unread = sum(host.finding.reason is not None for host in hosts)
        kept = f"; {count(unread, 'phone')} in {UNREACHABLE_GROUP}" if unread else ""
        # On standard error, because ansible-inventory prints data.
        self.display.display(f"{os.path.basename(path)}: {tally}{kept}{origin}", stderr=True)

    @contextlib.contextmanager
    def _errors_named(self) -> Iterator[None]:
        """Errors name the file, and say what to do."""
        try:
            yield
        except AnsibleParserError:
            raise
        except Exception as error:
            fault = error if isinstance(error, (SettingsError, AnsibleError)) else unexpected(error)
            message = str(fault) if isinstance(fault, AnsibleError) else as_options(f"{fault} {fault.remedy}".strip())
            raise AnsibleParserError(f"{self._path}: {message}") from None

    def _render(self, value: Any, variables: Mapping[str, Any]) -> Any:
        self.templar.available_variables = variables
        try:
            return plain(self.templar.template(value))
        except AnsibleError as error:
            raise SettingsError(str(error)) from None

    def _variables_in(self, path: str) -> Any:
        try:
            return load_variables(self.loader, path)
        except AnsibleError as error:
            raise SettingsError(str(error)) from None

    # -- finding

    def _findings(self, targets: Targets, probe: Probe, cache: bool) -> tuple[list[Finding], Tally, str]:
        """From the cache if it may be used and holds the result of the same scan, which the text says; else from the
        network."""
        if not self.get_option("cache"):
            return *self._scan(targets, probe), ""
        digest = findings_cache.key(targets, probe, self.get_option("keep_unreachable") == "all")
        key = f"{self.get_cache_key(self._path)}_{digest}"
        if cache:
            with contextlib.suppress(Exception):  # whatever a cache plugin raises for a damaged file
                cached = findings_cache.load(plain(self._cache.get(key)))
                if cached is not None:
                    return cached[0], Tally(cached[1]), " (from the cache; --flush-cache scans again)"
        findings, tally = self._scan(targets, probe)
        self._cache[key] = findings_cache.dump(findings, tally.counts)
        return findings, tally, ""

    def _scan(self, targets: Targets, probe: Probe) -> tuple[list[Finding], Tally]:
        progress, tally = Progress(os.path.basename(self._path)), Tally()
        workers, keep_all = self.get_option("workers"), self.get_option("keep_unreachable") == "all"
        try:
            return scan(targets, probe, workers, keep_all, progress, tally), tally
        finally:
            progress.close()

    def _remember(self, roster: Roster, hosts: Sequence[Host]) -> None:
        try:
            with about_option("roster"), alone(filter(None, [roster.path])):
                roster.note(hosts)
        except FileError as error:
            self._warn(f"roster: {error}. What was read now is not remembered.")

    # -- inventory

    def _add(self, hosts: Sequence[Host], port: int | None) -> None:
        strict = self.get_option("strict")
        prefix = self.get_option("subnet_prefix")
        variables_of = {id(host): as_data(host_variables(host, port, prefix)) for host in hosts}
        group = self.inventory.add_group(self._sanitize_group_name(self._file.option("group") or "phones"))
        if any(host.finding.reason for host in hosts):
            self.inventory.add_group(UNREACHABLE_GROUP)
        names = self._names(hosts, variables_of)
        words = self._file.texts("group_by")
        unused = set(words) if hosts and "group_by" in self._file.configured else set()
        for host, name in zip(hosts, names):
            variables = variables_of[id(host)]
            self.inventory.add_host(name, group=group)
            if host.finding.reason:
                self.inventory.add_host(name, group=UNREACHABLE_GROUP)
            for variable, value in variables.items():
                self.inventory.set_variable(name, variable, value)
            self._set_composite_vars(self.get_option("compose"), variables, name, strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)
            for word, wanted in grouping.groups_of(words, self.inventory.get_host(name).vars):
                self.inventory.add_host(name, group=self.inventory.add_group(self._sanitize_group_name(wanted)))
                unused.discard(word)
        for word in sorted(unused - {"registration", "reason"}):
            near = nearest(word, {*grouping.KEYWORDS, *(name for host in hosts for name in host.variables)} - {word})
            self._warn(f"group_by: no host has {word}.{f' Did you mean {near}?' if near else ''}")

    def _names(self, hosts: Sequence[Host], variables_of: Mapping[int, Any]) -> Sequence[str]:
        macs = {name: host.vars.get("ansible_vvx_mac") for name, host in self.inventory.hosts.items()}
        choices = self._file.hostnames()
        chosen = choose_names(
            hosts,
            lambda host: wishes(
                choices, host, variables_of[id(host)], functools.partial(self._rendered, host.finding.label)
            ),
            Known(macs, self.inventory.groups),
            self.get_option("trust_phone_names"),
        )
        for name in sorted(chosen.shared):
            self._warn(f"hostname: several phones would be called {name}; their MAC addresses were appended.")
        for name in sorted(chosen.refused):
            self._warn(
                f"hostname: a phone would be called {name}, as another host or group in the inventory; its MAC address "
                "was appended."
            )
        return chosen.names

    def _rendered(self, label: str, template: str, variables: Mapping[str, Any]) -> Any:
        """A template for a host's name with these variables. None if it can't be rendered, or fails with ``strict``."""
        self.templar.available_variables = variables
        try:
            return self.templar.template(template)
        except AnsibleError as error:
            if self.get_option("strict") and "vvx" in variables:
                raise AnsibleParserError(
                    f"{self._path}: hostname: {template!r} can't be rendered for {label}: {error}"
                ) from None
            return None

    def _warn(self, message: str) -> None:
        self.display.warning(f"{self._path}: {message}")
