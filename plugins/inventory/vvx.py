# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: vvx
version_added: 0.1.0
short_description: Polycom VVX phones, found on the network
author:
  - the polycom.vvx contributors (!UNKNOWN)
description:
  - Looks for phones among addresses, ranges and networks, in lists, CSV files and a provisioning server's folder, reads what they are, and makes
    inventory hosts and groups of them. Ten thousand phones take a minute.
  - A phone gets one login, and nothing but a phone gets the password; see O(probe).
  - The file's name has to end in C(.vvx.yml) or C(.vvx.yaml). An environment variable that is empty counts as not set.
  - Texts in the options may be templates, such as C({{ lookup('ansible.builtin.env', 'SITE') }}).
extends_documentation_fragment:
  - polycom.vvx.discovery
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Says that the file is for this plugin.
    type: str
    required: true
    choices: [polycom.vvx.vvx]
  addresses:
    description:
      - Where phones may be. Addresses (V(10.1.20.11), V(2001:db8::11)), names, ranges (V(10.1.20.11-40), V(10.1.20.11-10.1.21.40)) and CIDRs
        (V(10.1.20.0/24), without its network and broadcast address). A million addresses at most.
    type: list
    elements: str
    default: []
  hosts_file:
    description: Path of a file with more of O(addresses), one a line. What follows a C(#) is a comment. Relative to this file's folder.
    type: str
  csv:
    description:
      - A CSV file in UTF-8, with a phone a row. Columns that have no meaning here become variables of the host, with the column's name (blanks and the like
        become C(_)).
      - With a MAC address a row belongs to the phone that has it, at whatever address it is found. Without, it belongs to whatever phone is at the address.
    type: dict
    suboptions:
      path: {description: Path of the file. Relative to this file's folder., type: str, required: true}
      address: {description: Column with the address or name., type: str, default: address}
      name: {description: Column with the name for the host., type: str, default: name}
      mac: {description: Column with the MAC address., type: str, default: mac}
      delimiter: {description: What is between columns., type: str, default: ','}
  provisioning:
    description:
      - Path of the folder that phones fetch their files from. Each MAC address that files such as C(0004f2aabbcc.cfg) or C(0004f2aabbcc-phone.cfg) begin with
        is a phone that ought to be there. Where it is, the other sources have to find out.
    type: str
  exclude:
    description: Addresses, ranges and CIDRs to leave alone, whatever names them.
    type: list
    elements: str
    default: []
  gather_subset:
    description:
      - What to read of each phone, as M(polycom.vvx.vvx_facts) does, and with the same names. V(device) is read in any case, with one request;
        V(lines) costs two more.
    type: list
    elements: str
    default: [device]
  hostname:
    description:
      - What hosts are called; the first that gives a name counts. V(name) is the name in the CSV file, or the name that the phone is reached by; V(mac) is the
        MAC address as in file names; V(label) and V(extension) are label and user of the first line (with V(lines) in O(gather_subset)); further V(address)
        and V(model).
      - Anything else is a template, with the host's variables, and with these words as variables where the host has none of that name,
        such as V({{ site }}-{{ extension }}).
      - Characters that a host's name can't have become C(_). Where several phones would get the same name, all of them get their MAC address behind it.
    type: list
    elements: str
    default: [name, mac, address]
  group:
    description: A group for all of them. The playbooks of this collection are meant for C(phones).
    type: str
    default: phones
  subnet_prefix:
    description: How many bits of IPv4 addresses are the subnet of a site, for C(vvx.subnet). Of IPv6 addresses it is 64.
    type: int
    default: 24
  keep_unreachable:
    description:
      - Whether phones that could not be read become hosts, too, with C(vvx_reason), C(vvx_message) and in the group C(vvx_unreachable). All addresses count
        as phones until something else answers there, so that an empty network gives many.
      - If not, they are left out, and a warning tells of those that are phones or ought to be.
    type: bool
    default: false
seealso:
  - module: polycom.vvx.vvx_facts
notes:
  - A host has the variables C(ansible_host), C(ansible_port) (if it is not the usual one), C(ansible_vvx_mac) and C(vvx), which is what
    M(polycom.vvx.vvx_facts) returns and C(vvx.subnet), C(vvx.registration) (V(all), V(some) or V(none) of the lines, with V(lines) in O(gather_subset)).
  - With O(cache), phones are not asked again until it expires, or C(--flush-cache) is given. Passwords are not in it.
"""

EXAMPLES = r"""
# site.vvx.yml: the smallest one. The password is in VVX_PASSWORD.
plugin: polycom.vvx.vvx
addresses: [10.1.20.0/24]

---
# Factory certificates, checked; groups by model, firmware, subnet and registration; hosts called by their extension.
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
# What ought to be there, and whether it is.
plugin: polycom.vvx.vvx
csv:
  path: phones.csv
  address: IP
  mac: MAC address
  name: Phone
provisioning: /srv/provisioning
keep_unreachable: true
keyed_groups:
  - {key: vvx_reason, prefix: reason}
"""

import contextlib
import dataclasses
import difflib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._phone.errors import SettingsError
from ..plugin_utils._discovery import addresses as _addresses
from ..plugin_utils._discovery import hosts as _hosts
from ..plugin_utils._discovery import options as _options
from ..plugin_utils._discovery import sources as _sources
from ..plugin_utils._discovery.hosts import Host
from ..plugin_utils._discovery.probe import Finding, Probe
from ..plugin_utils._discovery.scan import Progress, scan
from ..plugin_utils._values import as_data, plain

UNREACHABLE_GROUP = "vvx_unreachable"
_CSV = {
    "path": {"type": "str", "required": True},
    "address": {"type": "str", "default": "address"},
    "name": {"type": "str", "default": "name"},
    "mac": {"type": "str", "default": "mac"},
    "delimiter": {"type": "str", "default": ","},
}
_MOST_TOLD = 5


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "polycom.vvx.vvx"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and f".{os.path.basename(path)}".endswith((".vvx.yml", ".vvx.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._path = path
        self._said = self._read_config_data(path)
        with self._telling():
            self._refuse_unknown()
            probe = self._probe()
            plan = self._plan(probe)
            self._check(probe)
            roster = _hosts.join(self._found(plan, probe, cache), plan.expected)
        hosts = (
            roster.hosts
            if self.get_option("keep_unreachable")
            else [host for host in roster.hosts if host.finding.facts is not None]
        )
        port = probe.settings.port_in_use
        self._add(hosts, None if port == probe.settings.default_port else port)
        self._tell(roster, left_out=not self.get_option("keep_unreachable"))

    # -- options

    @contextlib.contextmanager
    def _telling(self, option: str = "") -> Iterator[None]:
        """Errors that name the file and the option, and say what to do."""
        try:
            yield
        except (SettingsError, AnsibleError) as error:
            if isinstance(error, AnsibleParserError):
                raise
            told = " ".join(
                part for part in (getattr(error, "message", str(error)), getattr(error, "remedy", "")) if part
            )
            raise AnsibleParserError(f"{self._path}: {f'{option}: ' if option else ''}{told}") from None

    def _refuse_unknown(self) -> None:
        """A misspelt exclude would have phones asked that nobody wanted to be asked. Ansible itself takes no notice of it."""
        unknown = sorted(set(self._said) - set(self.get_options()) - {"plugin"})
        if unknown:
            near = difflib.get_close_matches(unknown[0], list(self.get_options()), n=1)
            raise SettingsError(
                f"there is no option {', '.join(unknown)}.",
                remedy=f"Did you mean {near[0]}?" if near else "Leave it out.",
            )

    def _option(self, name: str) -> Any:
        """An option's value with its templates filled in, as plain Python types; None for an empty text."""
        with self._telling(name):
            value = plain(self.templar.template(self._given(name)))
        return None if value == "" else value

    def _given(self, name: str) -> Any:
        """As the file has it: to make a list of a text, Ansible would cut it at its commas, those in templates too."""
        return self._said.get(name, self.get_option(name))

    def _texts(self, name: str) -> list[str]:
        values = self._option(name)
        parts = values.split(",") if isinstance(values, str) else values or []
        return [
            str(text)
            for part in parts
            for text in (part if isinstance(part, list) else [part])
            if text not in (None, "")
        ]

    def _hostnames(self) -> list[str]:
        """Words and templates, the latter not filled in yet."""
        given = self._given("hostname")
        return [given] if isinstance(given, str) else given

    def _file(self, path: str) -> str:
        return os.path.join(os.path.dirname(os.path.abspath(self._path)), os.path.expanduser(path))

    def _probe(self) -> Probe:
        given = {name: self._option(name) for name in _options.SPEC if name in self._said}
        if given.get("ca_path"):
            given["ca_path"] = self._file(given["ca_path"])
        settings = _options.settings(given, self.get_option("connect_timeout"))
        return _options.probe(
            settings, self.get_option("probe"), self._texts("gather_subset"), self._texts("mac_prefixes")
        )

    def _plan(self, probe: Probe) -> _sources.Plan:
        entries: list[_addresses.Entry] = []
        expected: list[_sources.Expected] = []
        with self._telling("addresses"):
            entries += [_addresses.parse(text) for text in self._texts("addresses")]
        with self._telling("hosts_file"):
            if path := self._option("hosts_file"):
                entries += [_addresses.parse(text) for text in _sources.read_list(self._file(path))]
        with self._telling("csv"):
            if given := self._option("csv"):
                expected += self._csv(given)
        with self._telling("provisioning"):
            if path := self._option("provisioning"):
                expected += _sources.read_provisioning(self._file(path), probe.prefixes)
        if not entries and not expected and not {"addresses", "hosts_file", "csv", "provisioning"} & set(self._said):
            raise SettingsError(
                "it names no phones.", remedy="Say with addresses, hosts_file, csv or provisioning where they are."
            )
        return _sources.plan(entries, expected, self._texts("exclude"))

    def _check(self, probe: Probe) -> None:
        """What would otherwise fail only after phones have been looked for."""
        workers, subnet_prefix = self.get_option("workers"), self.get_option("subnet_prefix")
        if not 1 <= workers <= _options.MOST_WORKERS:
            raise SettingsError(
                f"workers: {workers} is not between 1 and {_options.MOST_WORKERS}.",
                remedy="The default, 64, fits most networks.",
            )
        if not 1 <= subnet_prefix <= 32:
            raise SettingsError(
                f"subnet_prefix: {subnet_prefix} is not between 1 and 32.", remedy="24 is the usual one."
            )
        for choice in self._hostnames():
            if choice not in _hosts.KEYWORDS and "{{" not in choice:
                raise SettingsError(
                    f"hostname: {choice!r} is no template, and none of {', '.join(_hosts.KEYWORDS)}.",
                    remedy="Correct it.",
                )
            if choice in _hosts.NEED_LINES and "lines" not in probe.subsets:
                raise SettingsError(f"hostname: only lines tell the {choice}.", remedy="Add lines to gather_subset.")

    def _csv(self, given: Any) -> Iterable[_sources.Expected]:
        validation = ArgumentSpecValidator(_CSV).validate(given)
        if validation.error_messages:
            raise SettingsError("; ".join(validation.error_messages), remedy=f"It takes {', '.join(_CSV)}.")
        columns = dict(validation.validated_parameters)
        path, delimiter = columns.pop("path"), columns.pop("delimiter")
        if len(delimiter) != 1:
            raise SettingsError(
                f"delimiter {delimiter!r} is not one character.",
                remedy="It is what stands between two cells, such as ';'.",
            )
        return _sources.read_csv(self._file(path), columns, delimiter)

    # -- finding

    def _found(self, plan: _sources.Plan, probe: Probe, cache: bool) -> list[Finding]:
        """From the cache, if it may be used and has been filled with the same plan; else from the network."""
        if not self.get_option("cache"):
            return self._scan(plan, probe)
        key = self._key(plan, probe)
        if cache:
            with contextlib.suppress(KeyError):
                return [Finding(**entry) for entry in plain(self._cache[key])["findings"]]
        findings = self._scan(plan, probe)
        self._cache[key] = {"findings": [dataclasses.asdict(finding) for finding in findings]}
        return findings

    def _key(self, plan: _sources.Plan, probe: Probe) -> str:
        """Another one whenever something else would be found. Without the password: the key is the name of a file."""
        settings = dataclasses.replace(probe.settings, password="")
        looked_at = [
            plan.spans,
            plan.names,
            plan.excluded,
            [phone.address for phone in plan.expected if phone.address],
            self.get_option("keep_unreachable"),
        ]
        asked = [dataclasses.asdict(settings), probe.subsets, probe.prefixes, probe.trusting]
        digest = hashlib.sha256(json.dumps([looked_at, asked], sort_keys=True, default=str).encode()).hexdigest()
        return f"{self.get_cache_key(self._path)}_{digest[:16]}"

    def _scan(self, plan: _sources.Plan, probe: Probe) -> list[Finding]:
        progress = Progress(os.path.basename(self._path))
        try:
            return scan(plan, probe, self.get_option("workers"), self.get_option("keep_unreachable"), progress)
        finally:
            progress.close()

    # -- inventory

    def _add(self, hosts: Sequence[Host], port: int | None) -> None:
        strict = self.get_option("strict")
        known = {id(host): as_data(_hosts.variables(host, port, self.get_option("subnet_prefix"))) for host in hosts}
        names, wanted_twice = _hosts.named(hosts, lambda host: self._wishes(host, known[id(host)]))
        for name in sorted(wanted_twice):
            self.display.warning(
                f"{self._path}: hostname: several phones would be called {name}; all of them got their MAC address behind it."
            )
        group = self.inventory.add_group(self._sanitize_group_name(self._option("group") or "phones"))
        unreachable = (
            self.inventory.add_group(UNREACHABLE_GROUP) if any(host.finding.reason for host in hosts) else None
        )
        for host, name in zip(hosts, names):
            variables = known[id(host)]
            self.inventory.add_host(name, group=group)
            if host.finding.reason:
                self.inventory.add_host(name, group=unreachable)
            for variable, value in variables.items():
                self.inventory.set_variable(name, variable, value)
            self._set_composite_vars(self.get_option("compose"), variables, name, strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)

    def _wishes(self, host: Host, variables: Mapping[str, Any]) -> Iterator[str | None]:
        """What the host may be called, best first. A template that can't be filled in for this host gives nothing, or fails with ``strict``."""
        words = _hosts.keywords(host)
        for choice in self._hostnames():
            if choice in words:
                yield words[choice]
                continue
            self.templar.available_variables = {
                **as_data({word: text for word, text in words.items() if text}),
                **variables,
            }
            try:
                yield self.templar.template(choice)
            except AnsibleError as error:
                if self.get_option("strict"):
                    raise AnsibleParserError(
                        f"{self._path}: hostname: {choice!r} can't be filled in for {host.finding.host or host.mac}: {error}"
                    ) from None

    def _tell(self, roster: _hosts.Roster, left_out: bool) -> None:
        """Warnings about what is or ought to be a phone and is not in the inventory, in a line for each reason."""
        unread: dict[str, list[Finding]] = {}
        for finding in [host.finding for host in roster.hosts if left_out] + roster.strangers:
            if finding.reason:
                unread.setdefault(finding.reason, []).append(finding)
        for reason, findings in sorted(unread.items()):
            some = ", ".join(finding.host or finding.mac or "" for finding in findings[:_MOST_TOLD])
            more = f" and {len(findings) - _MOST_TOLD} more" if len(findings) > _MOST_TOLD else ""
            self.display.warning(
                f"{self._path}: {len(findings)} left out, {reason}: {some}{more}. The first: {findings[0].message}"
            )
        for finding in roster.doubles:
            self.display.warning(
                f"{self._path}: {finding.host} leads to a phone that was found before, {finding.mac}, and was left out."
            )
