# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers are merged, and what differs or is wrong is told with the variable, the file and the line it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from ansible.release import __version__

from simulator import Fleet, PhoneSpec
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import PASSWORD, Playground, Run, inventory

KEEPS_ORIGINS = tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 19)
"""Older ones know the places of texts in YAML files only."""
PROJECT = {
    "group_vars/all.yml": """---
vvx_parameters_all:
  reg.1.label: Desk
  up.idleTimeout: 60
  call.callWaiting.enable: false
  reg.1.displayName: "{{ person }}"
vvx_parameters_empty:
""",
    "group_vars/site_berlin/vars.yml": """---
# The site's own.
vvx_parameters_site:
  device.sntp.serverName: ntp.example.org
  reg.1.label: Berlin
""",
    "group_vars/made.yml": """---
vvx_parameters_made: >-
  {{ {'up.backlight.timeout': 30, 'reg.1.address': extension} }}
""",
    "host_vars/one/main.yml": """---
person: Ann
extension: '4711'
vvx_parameters_host:
  reg.1.label: Reception
""",
    "host_vars/wrong.yml": """---
extension: '1'
person: Bob
vvx_parameters_host:
  reg.1.label: Hall
  up.idleTimeout:
  reg.1.displayName: 2026-01-31
""",
    "host_vars/typo.yml": """---
extension: '1'
person: Bob
vvx_parameters_host:

  reg.1.lable: x
""",
}
LAYERS = [f"vvx_parameters_{name}" for name in ("all", "empty", "site", "made", "group", "host", "nowhere", "line")]
ROLE = "polycom.vvx.configure : Set the parameters of the phone"
LINE = json.dumps({"vvx_parameters_line": {"tcpIpApp.sntp.address": "pool.ntp.org"}})
PLAY = """---
- name: Look
  hosts: phones
  gather_facts: false
  ignore_errors: true
  tasks:
    - name: audit
      polycom.vvx.vvx_audit:
        layers: "{{ layers }}"
        details: details.json
    - name: here
      polycom.vvx.vvx_config: &options
        layers: "{{ layers }}"
        parameters:
          reg.1.server.1.address: sip2.example.org
      check_mode: true
      diff: true
    - name: there
      polycom.vvx.vvx_config: *options
      check_mode: true
      diff: true
      delegate_to: jumphost
    - name: validate
      polycom.vvx.vvx_config_validate:
        layers: "{{ layers }}"
    - name: write
      ansible.builtin.import_role:
        name: polycom.vvx.configure
      vars:
        configure_layers: "{{ layers }}"
"""
WRITTEN = {
    "reg.1.label": "Reception",
    "up.idleTimeout": "60",
    "call.callWaiting.enable": "0",
    "reg.1.displayName": "Ann",
    "device.sntp.serverName": "ntp.example.org",
    "up.backlight.timeout": "30",
    "reg.1.address": "4711",
    "voice.volume.persist.handset": "1",
    "tcpIpApp.sntp.address": "pool.ntp.org",
}


def origins() -> dict[str, tuple[str | None, str | None, int | None]]:
    """Where each of them comes from, as this version of Ansible knows it."""
    found: dict[str, tuple[str | None, str | None, int | None]] = {
        "reg.1.label": ("vvx_parameters_host", "host_vars/one/main.yml", 5),
        "up.idleTimeout": ("vvx_parameters_all", "group_vars/all.yml", 4),
        "call.callWaiting.enable": ("vvx_parameters_all", "group_vars/all.yml", 5),
        "reg.1.displayName": ("vvx_parameters_all", "group_vars/all.yml", 6),
        "device.sntp.serverName": ("vvx_parameters_site", "group_vars/site_berlin/vars.yml", 4),
        "up.backlight.timeout": ("vvx_parameters_made", "group_vars/made.yml", 2),
        "reg.1.address": ("vvx_parameters_made", "group_vars/made.yml", 2),
        "voice.volume.persist.handset": ("vvx_parameters_group", "hosts.ini", 10),
        "tcpIpApp.sntp.address": ("vvx_parameters_line", "-e", None),
    }
    if not KEEPS_ORIGINS:
        for name, (layer, file, _line) in found.items():
            if file in ("hosts.ini", "-e"):
                found[name] = (layer, None, None)
    return found


def hosts_file(fleet: Fleet) -> str:
    lines = ["[made]"]
    lines += [f"{phone.name} ansible_host={phone.host} ansible_port={phone.port}" for phone in fleet]
    lines += ["[site_berlin:children]", "made", "[phones:children]", "site_berlin", "[phones:vars]"]
    lines += ['vvx_parameters_group={"voice.volume.persist.handset": True}']
    lines += [f"ansible_password={PASSWORD}", "ansible_vvx_use_ssl=false", "ansible_vvx_retries=0"]
    return "\n".join(lines) + "\n"


@dataclass
class Project:
    run: Run
    fleet: Fleet
    details: dict[str, Any]


@shared_run
def project(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Project:
    """A project as people have it, whose play asks three phones through all doors: ``one`` is right."""
    fleet = start_shared_fleet(*(PhoneSpec(name=name) for name in ("one", "wrong", "typo")), tls=False)
    playground = shared_playground()
    for path, text in PROJECT.items():
        playground.write(path, text)
    playground.write("hosts.ini", hosts_file(fleet))
    playground.write("jump.yml", inventory([]))
    playground.write("play.yml", PLAY)
    layers = json.dumps({"layers": LAYERS})
    run = playground.run("play.yml", "-i", "hosts.ini", "-i", "jump.yml", "-e", LINE, "-e", layers)
    return Project(run, fleet, json.loads((playground.folder / "details.json").read_text(encoding="utf-8")))


def told(result: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(origin.values()) for name, origin in result["origins"].items()}


def test_layers_are_merged_and_written(project: Project) -> None:
    one = project.fleet["one"]
    assert {name: one.value(name)[0] for name in WRITTEN} == WRITTEN
    written = project.run.of(ROLE, "one")
    assert written["after"] == WRITTEN and told(written) == origins()
    texts = [str(text) for text in written.get("warnings", [])]
    assert not any("reg.1.label" in text for text in texts), "a parameter in three layers is normal"


@pytest.mark.parametrize("door", ["here", "there"])
def test_each_difference_has_its_origin(project: Project, door: str) -> None:
    result = project.run.of(door, "one")
    line = [number for number, text in enumerate(PLAY.splitlines(), 1) if "sip2.example.org" in text][0]
    assert told(result) == {**origins(), "reg.1.server.1.address": (None, "play.yml", line)}
    assert result["diff"]["before_header"] == result["diff"]["after_header"] == "one"
    assert "reg.1.label: Reception\n" in result["diff"]["after"] and "vvx_" not in result["diff"]["after"]
    assert "reg.1.label: from vvx_parameters_host, host_vars/one/main.yml:5\n" in result["diff"]["prepared"]
    assert "reg.1.label: from vvx_parameters_host, host_vars/one/main.yml:5" in project.run.output


def test_an_audit_names_it_too(project: Project) -> None:
    drift = {each["parameter"]: (each["layer"], each["file"], each["line"]) for each in project.details["one"]["drift"]}
    assert drift == origins()


def test_who_needs_a_restart_is_said_without_v_and_usable_in_conditions(project: Project) -> None:
    results = [project.run.of(task, "one") for task in ("here", "there")]
    assert [result["restart_needed"] for result in results] == [True, True]
    assert "A restart is needed before device.sntp.serverName takes effect." in " ".join(project.run.output.split())


@pytest.mark.parametrize("door", ["here", "there", "validate", ROLE])
def test_bad_values_name_it_and_nothing_is_sent(project: Project, door: str) -> None:
    message = project.run.of(door, "wrong")["msg"]
    assert "up.idleTimeout is null; write '' for an empty text (vvx_parameters_host, host_vars/wrong.yml:6)" in message
    assert "(vvx_parameters_host, host_vars/wrong.yml:7)" in message and "date" in message
    assert project.fleet["wrong"].count("config") == 0


def test_problems_have_layer_file_and_line(project: Project) -> None:
    problems = project.run.of("validate", "wrong")["problems"]
    assert [(each["parameter"], each["layer"], each["file"], each["line"]) for each in problems] == [
        ("up.idleTimeout", "vvx_parameters_host", "host_vars/wrong.yml", 6),
        ("reg.1.displayName", "vvx_parameters_host", "host_vars/wrong.yml", 7),
    ]
    (typo,) = project.run.of("validate", "typo")["problems"]
    assert (typo["severity"], typo["file"], typo["line"]) == ("warning", "host_vars/typo.yml", 6)


@pytest.mark.parametrize("door", ["here", "there", ROLE])
def test_unknown_names_name_it_and_nothing_is_written(project: Project, door: str) -> None:
    result = project.run.of(door, "typo")
    assert "reg.1.lable (did you mean reg.1.label?; vvx_parameters_host, host_vars/typo.yml:6)" in result["msg"]
    assert told(result) == {"reg.1.lable": ("vvx_parameters_host", "host_vars/typo.yml", 6)}
    assert project.fleet["typo"].count("config/set") == 0
