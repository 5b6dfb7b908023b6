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
  - Text options may be templates, such as C({{ lookup('ansible.builtin.env', 'SITE') }}).
extends_documentation_fragment:
  - polycom.vvx.discovery
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Marks the file as meant for this plugin.
    type: str
    required: true
    choices: [polycom.vvx.vvx]
  addresses:
    description:
      - Where to look for phones. Addresses (V(10.1.20.11), V(2001:db8::11)), names, ranges (V(10.1.20.11-40),
        V(10.1.20.11-10.1.21.40)) and CIDRs (V(10.1.20.0/24), without network and broadcast address). At most one
        million addresses.
    type: list
    elements: str
    default: []
  hosts_file:
    description: File with more O(addresses), one per line. C(#) starts a comment. Relative to this file's folder.
    type: str
  csv:
    description:
      - A CSV file, one row per phone, as spreadsheets and other tools save it. Columns without a role become host
        variables with the column's name (special characters become C(_)), such as C(site) or C(room).
      - A row with a MAC address belongs to the phone with that MAC address, wherever it is found. Any other row belongs
        to the phone at its address.
      - All rows that can't be used are reported at once. Columns that look like they hold passwords are refused.
    type: dict
    suboptions:
      path: {description: CSV file. Relative to this file's folder., type: str, required: true}
      address:
        description: Column with the address or name. If not set, C(address), C(IP), C(host) and the like are tried.
        type: str
      name:
        description: Column with the name for the host. If not set, C(name), C(hostname) and the like are tried.
        type: str
      mac:
        description: Column with the MAC address. If not set, C(mac), C(MAC address) and the like are tried.
        type: str
      delimiter:
        description: Separator of the columns, or V(tab). If not set, it is found in the file (comma, semicolon, tab or
          bar).
        type: str
      encoding:
        description:
          - Encoding of the file, such as V(windows-1250). If not set, UTF-8 and UTF-16 are recognized; anything else is
            read as Windows-1252, with a warning.
        type: str
      skip_bad_rows:
        description: Whether to go on without the rows that can't be used, with a warning that lists them.
        type: bool
        default: false
  provisioning:
    description:
      - Folder that phones load their files from. Each MAC address (see O(mac_prefixes)) in names of C(.cfg) files and
        folders, such as C(0004f2aabbcc.cfg) or C(phone-0004f2aabbcc.cfg), is an expected phone. The other sources must
        find its address.
    type: str
  exclude:
    description: Addresses, ranges and CIDRs to skip, whatever the source.
    type: list
    elements: str
    default: []
  gather_subset:
    description:
      - What to read of each phone, with the names of M(polycom.vvx.vvx_facts). V(device) is always read, with one
        request; V(lines) costs two more.
    type: list
    elements: str
    default: [device]
  hostname:
    description:
      - How to name hosts; the first entry that gives a name wins. V(name) is the name in the CSV file, or the name in
        O(addresses); V(mac) is the MAC address as in file names; V(label) and V(extension) are label and user of the
        first line (need V(lines) in O(gather_subset)); also V(address) and V(model).
      - Anything else is a template, such as V({{ site }}-{{ extension }}), with the host's variables; these words are
        variables as well, unless the host has its own of that name.
      - A name with anything that a phone says (V(label), V(extension), V(model), a template that reads C(vvx)) always
        carries the phone's MAC address, as in C(1001-0004f2aabbcc). Without it a phone could take the name of any other
        host, and would get that host's password. See O(trust_phone_names).
      - Names that you have written (in O(csv) or O(addresses), or a template without what phones say) stay as they are.
        A host of that name that another inventory source defines is the same host, unless its C(ansible_vvx_mac) says
        otherwise.
      - Invalid characters become C(_). If several phones get the same name, the MAC address is appended to each.
    type: list
    elements: str
    default: [name, mac, address]
  trust_phone_names:
    description:
      - Whether names that phones say need no MAC address. Set it only if nobody but you decides what is on a phone's
        display, and no other host could be called like that.
      - A name that the inventory has already (a host or a group) still gets the MAC address, with a warning. Sources
        that Ansible reads after this one can't be seen, so give this file last (C(-i)), or with the last name in its
        folder.
    type: bool
    default: false
  group:
    description: Group of all phones. The playbooks of this collection use C(phones).
    type: str
    default: phones
  subnet_prefix:
    description: Prefix length of C(vvx.subnet) for IPv4 addresses. For IPv6 it is 64.
    type: int
    default: 24
  keep_unreachable:
    description:
      - Whether phones that could not be read also become hosts, with C(vvx_reason), C(vvx_message) and in the group
        C(vvx_unreachable). Every address counts as a phone until something else answers there, so an empty network
        gives many.
      - Otherwise they are left out, with a warning about those that are phones or expected ones.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_facts
notes:
  - Host variables are C(ansible_host), C(ansible_port) (if not the default), C(ansible_vvx_mac) and C(vvx), the facts
    of M(polycom.vvx.vvx_facts) with C(vvx.subnet) and, with V(lines) in O(gather_subset), C(vvx.registration) (V(all),
    V(some) or V(none) of the lines).
  - With O(cache), phones are read again only when the cache expires or with C(--flush-cache). It contains no passwords.
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
keyed_groups:
  - {key: vvx.device.model, prefix: model}
  - {key: vvx.device.firmware, prefix: firmware}
  - {key: vvx.subnet, prefix: subnet}
  - {key: vvx.registration, prefix: registered}
groups:
  behind: vvx.device.firmware is version('5.9.3', '<')
compose:
  site: "{'10.1.20.0/24': 'berlin', '10.1.21.0/24': 'lisbon'}[vvx.subnet]"
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache
cache_timeout: 3600

---
# Compare expected phones with those found.
plugin: polycom.vvx.vvx
csv:
  path: phones.csv
  name: Phone
provisioning: /srv/provisioning
keep_unreachable: true
keyed_groups:
  - {key: vvx_reason, prefix: reason}
"""

import contextlib
import difflib
import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._options.validate import refuse_unfit
from ..module_utils._phone.errors import SettingsError, unexpected
from ..plugin_utils._ansible import refuse_old_core
from ..plugin_utils._discovery import cache as findings_cache
from ..plugin_utils._discovery.addresses import Entry
from ..plugin_utils._discovery.hosts import Host, host_variables, left_out, match
from ..plugin_utils._discovery.names import Known, choose_names, wishes
from ..plugin_utils._discovery.options import CONNECTION, check_options, csv_options, fleet_settings, make_probe
from ..plugin_utils._discovery.probe import Finding, Probe
from ..plugin_utils._discovery.scan import Misses, Progress, scan
from ..plugin_utils._discovery.sources import Expected, Targets, read_list, read_provisioning
from ..plugin_utils._discovery.tables import read_csv
from ..plugin_utils._doors.refusals import KeptRefusals
from ..plugin_utils._logins import RunLogins
from ..plugin_utils._values import as_data, plain

UNREACHABLE_GROUP = "vvx_unreachable"
_SOURCES = {"addresses", "hosts_file", "csv", "provisioning"}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "polycom.vvx.vvx"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and f".{os.path.basename(path)}".endswith((".vvx.yml", ".vvx.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._path = path
        with self._error_context():
            refuse_old_core()
            self._parse(path, cache)

    def _parse(self, path: str, cache: bool) -> None:
        """Raises SettingsError and AnsibleError."""
        try:
            self._configured = self._read_config_data(path)
        except OverflowError:  # Ansible does not expect an infinite number
            refuse_unfit(self.option_definitions, self.loader.load_from_file(path))
            raise
        refuse_unfit(self.option_definitions, self._configured)
        keep_unreachable = self.get_option("keep_unreachable")
        self._refuse_unknown_options()
        probe = self._probe()
        targets = self._targets(probe)
        check_options(self.get_option("workers"), self.get_option("subnet_prefix"), self._hostnames(), probe.subsets)
        misses = Misses()
        matched = match(self._findings(targets, probe, cache, misses), targets.expected)
        hosts = [host for host in matched.hosts if keep_unreachable or host.finding.facts is not None]
        port = probe.settings.port_in_use
        self._add(hosts, None if port == probe.settings.default_port else port)
        warnings = list(left_out(matched, keep_unreachable))
        if not hosts and not warnings:
            warnings.append(f"no phone was found. {misses}".rstrip())
        for warning in warnings:
            self._warn(warning)

    # -- options

    @contextlib.contextmanager
    def _error_context(self, option: str = "") -> Iterator[None]:
        """Errors name the file and the option, and say what to do."""
        try:
            yield
        except AnsibleParserError:
            raise
        except Exception as error:
            fault = error if isinstance(error, (SettingsError, AnsibleError)) else unexpected(error)
            message = str(fault) if isinstance(fault, AnsibleError) else f"{fault} {fault.remedy}".strip()
            raise AnsibleParserError(f"{self._path}: {f'{option}: ' if option else ''}{message}") from None

    def _refuse_unknown_options(self) -> None:
        """Ansible ignores unknown options, and with a misspelled exclude the scan would reach excluded addresses."""
        unknown = sorted(set(self._configured) - set(self.get_options()) - {"plugin"})
        if unknown:
            near = difflib.get_close_matches(unknown[0], list(self.get_options()), n=1)
            raise SettingsError(
                f"unknown option {', '.join(unknown)}.", remedy=f"Did you mean {near[0]}?" if near else "Remove it."
            )

    def _option(self, name: str) -> Any:
        """An option's value with its templates rendered, as plain Python types; None for an empty text."""
        with self._error_context(name):
            value = plain(self.templar.template(self._unrendered(name)))
        if isinstance(value, (int, float)) and self.option_definitions[name].get("type", "str") == "str":
            return str(value)
        return None if value == "" else value

    def _unrendered(self, name: str) -> Any:
        """The value as the file has it, because get_option splits texts at commas, even inside templates."""
        return self._configured.get(name, self.get_option(name))

    def _texts(self, name: str) -> list[str]:
        """A list option as texts. It may be a text with commas, and templates in it may give lists."""
        values = self._option(name)
        parts = values.split(",") if isinstance(values, str) else values or []
        texts = [text for part in parts for text in (part if isinstance(part, list) else [part])]
        return [str(text) for text in texts if text not in (None, "")]

    def _hostnames(self) -> list[str]:
        """Keywords and templates; the templates are rendered for each host."""
        choices = self._unrendered("hostname")
        listed = choices if isinstance(choices, list) else [choices]
        return [
            choice if isinstance(choice, str) else str(choice) for choice in listed
        ]  # str() makes texts no templates

    def _absolute(self, path: str) -> str:
        return os.path.join(os.path.dirname(os.path.abspath(self._path)), os.path.expanduser(path))

    def _probe(self) -> Probe:
        args = {name: self._option(name) for name in CONNECTION.argument_spec if name in self._configured}
        if args.get("ca_path"):
            args["ca_path"] = self._absolute(args["ca_path"])
        kept = KeptRefusals(os.environ.get("VVX_STATE_PATH"), os.environ.get("VVX_SECRETS_KEY"))
        settings = replace(fleet_settings(args, self.get_option("connect_timeout"), kept), logins=RunLogins())
        subset, prefixes = self._texts("gather_subset"), self._texts("mac_prefixes")
        return make_probe(settings, self.get_option("probe"), subset, prefixes)

    def _targets(self, probe: Probe) -> Targets:
        entries: list[Entry] = []
        expected: list[Expected] = []
        with self._error_context("addresses"):
            entries += map(Entry.parse, self._texts("addresses"))
        with self._error_context("hosts_file"):
            if path := self._option("hosts_file"):
                entries += map(Entry.parse, read_list(self._absolute(path), self._warn))
        with self._error_context("csv"):
            if csv := self._option("csv"):
                expected += read_csv(csv_options(csv, self._absolute), self._warn)
        with self._error_context("provisioning"):
            if path := self._option("provisioning"):
                expected += read_provisioning(self._absolute(path), probe.prefixes, self._warn)
        if not entries and not expected and not _SOURCES & set(self._configured):
            raise SettingsError(
                "it lists no phones.", remedy="Set addresses, hosts_file, csv or provisioning to where the phones are."
            )
        return Targets.of(entries, expected, self._texts("exclude"))

    # -- finding

    def _findings(self, targets: Targets, probe: Probe, cache: bool, misses: Misses) -> list[Finding]:
        """From the cache if it may be used and holds the result of the same scan; else from the network."""
        if not self.get_option("cache"):
            return self._scan(targets, probe, misses)
        digest = findings_cache.key(targets, probe, self.get_option("keep_unreachable"))
        key = f"{self.get_cache_key(self._path)}_{digest}"
        findings = None
        if cache:
            with contextlib.suppress(Exception):  # whatever a cache plugin raises for a damaged file
                findings = findings_cache.load(plain(self._cache.get(key)))
        if findings is None:
            findings = self._scan(targets, probe, misses)
            self._cache[key] = findings_cache.dump(findings)
        return findings

    def _scan(self, targets: Targets, probe: Probe, misses: Misses) -> list[Finding]:
        progress = Progress(os.path.basename(self._path))
        workers, keep_unreachable = self.get_option("workers"), self.get_option("keep_unreachable")
        try:
            return scan(targets, probe, workers, keep_unreachable, progress, misses)
        finally:
            progress.close()

    # -- inventory

    def _add(self, hosts: Sequence[Host], port: int | None) -> None:
        strict = self.get_option("strict")
        prefix = self.get_option("subnet_prefix")
        variables_of = {id(host): as_data(host_variables(host, port, prefix)) for host in hosts}
        group = self.inventory.add_group(self._sanitize_group_name(self._option("group") or "phones"))
        if any(host.finding.reason for host in hosts):
            self.inventory.add_group(UNREACHABLE_GROUP)
        names = self._names(hosts, variables_of)
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

    def _names(self, hosts: Sequence[Host], variables_of: Mapping[int, Any]) -> Sequence[str]:
        macs = {name: host.vars.get("ansible_vvx_mac") for name, host in self.inventory.hosts.items()}
        chosen = choose_names(
            hosts,
            lambda host: wishes(
                self._hostnames(), host, variables_of[id(host)], functools.partial(self._rendered, host.finding.label)
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
