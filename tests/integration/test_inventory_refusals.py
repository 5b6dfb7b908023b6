# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong in an inventory file is named, with a remedy: all files in one ansible-inventory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator import PhoneSpec
from support.cases import shared_run
from support.discovery import ask, write
from support.fixtures import StartFleet
from support.playbook import PASSWORD, Playground

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no source": ({"addresses": None}, "it lists no phones. Set addresses, hosts_file, csv or provisioning"),
    "no address": (
        {"addresses": ["10.1.20.300"]},
        "addresses: '10.1.20.300' is not an address, range, CIDR or host name. Examples: 10.1.20.11,",
    ),
    "too many": ({"addresses": ["10.0.0.0/8"]}, "16777214 addresses are too many"),
    "no exclusion": ({"exclude": ["front"]}, "exclude: 'front' is a name"),
    "no file": ({"hosts_file": "none.txt"}, "hosts_file: {folder}/none.txt can't be read (No such file"),
    "no csv": ({"csv": {"name": "x"}}, "csv: missing required arguments: path"),
    "unknown column option": (
        {"csv": {"path": "x", "ip": "IP"}},
        "Supported options in csv include: address, delimiter, encoding, mac, name, path, skip_bad_rows.",
    ),
    "delimiter": (
        {"csv": {"path": "x", "delimiter": ";;"}},
        "csv: delimiter must be one character, and no letter, digit, blank or quote, not ';;'.",
    ),
    "misspelt": ({"exlude": ["10.1.20.1"]}, "Unsupported options for (polycom.vvx.vvx) inventory plugin: exlude."),
    "which was meant": ({"exlude": ["10.1.20.1"], "gather_subsets": []}, "Did you mean exclude, gather_subset?"),
    "no option at all": ({"zzzz": 1}, "workers. Remove it."),
    "in a group": (
        {"keyed_groups": [{"key": "site", "prefx": "site"}]},
        "Unsupported options in keyed_groups for (polycom.vvx.vvx) inventory plugin: prefx.",
    ),
    "groups": ({"keyed_groups": ["site"]}, "keyed_groups must hold dictionaries."),
    "in csv": ({"csv": {"path": "x", "adress": "IP"}}, "Did you mean address?"),
    "as before": ({"keep_unreachable": True}, "keep_unreachable"),
    "no variables file": ({"vars_files": ["none.yml"]}, "vars_files: "),
    "no variables": ({"vars_files": ["list.yml"]}, "vars_files: list.yml must hold variables, not a list."),
    "passwords": ({"passwords": {"0004f2000001": 456}}, "the password of 0004f2000001 must be a text, not a int."),
    "no folder": ({"provisioning": "none"}, "provisioning: {folder}/none can't be read"),
    "no ca": ({"ca_path": "none.pem"}, "ca_path {folder}/none.pem: No such file"),
    "workers": ({"workers": 0}, "workers must be between 1 and 512, not 0."),
    "subnet": ({"subnet_prefix": 33}, "subnet_prefix must be between 1 and 32, not 33."),
    "hostname": (
        {"hostname": ["lable"]},
        "hostname: 'lable' is not a template and not one of name, mac, address, label, extension, model.",
    ),
    "lines": ({"hostname": ["label"]}, "hostname: label needs the subset lines. Add lines to gather_subset."),
    "subset": ({"gather_subset": ["line"]}, "gather_subset: 'line' is not a subset. Choose from all, min, device"),
    "prefix": ({"mac_prefixes": ["00:04"]}, "mac_prefixes: each must have 6 to 12 hexadecimal digits"),
    "timeout": ({"timeout": -1}, "timeout must be between 0 and"),
    "connect_timeout": ({"connect_timeout": 0}, "connect_timeout must be above 0"),
    "template": ({"addresses": "{{ nothing }}"}, "addresses: "),
    "password": (
        {"password": "{{ '' }}"},
        "Set the environment variable VVX_PASSWORD, or the option password or passwords",
    ),
}


def joined(text: str) -> str:
    """Without white space, because lines are broken anywhere."""
    return "".join(text.split())


@shared_run
def refusals(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> tuple[Path, str]:
    """The folder with the files, and what ansible-inventory printed."""
    site = start_shared_fleet(PhoneSpec(certificate="factory"))
    playground = shared_playground()
    playground.write("list.yml", "[a, b]\n")
    for case, (options, _told) in WRONG.items():
        write(playground, site, file(case), **{"password": PASSWORD, **options})
    output = ask(playground, "--graph", files=tuple(map(file, WRONG)), VVX_PASSWORD="")
    assert site.phones[0].log == [] and "Traceback" not in output, output
    return playground.folder, output


def file(case: str) -> str:
    return f"{case.replace(' ', '-')}.vvx.yml"


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_the_file_is_told_with_a_remedy(refusals: tuple[Path, str], case: str) -> None:
    folder, output = refusals
    path, told = folder / file(case), WRONG[case][1].format(folder=folder)
    _before, _path, after = joined(output).partition(joined(f"{path}:"))
    about, _unable, _after = after.partition(joined(f"Unable to parse {path}"))
    assert joined(told) in about, output
