# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory plugin calls hosts and groups, and that nothing a phone says is ever run."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.discovery import FILE, ask, write
from support.playbook import PASSWORD, Playground

LABELS = ("{{ lookup('pipe', 'touch pwned') }}", "{% for x in [1] %}x{% endfor %}", "Front: desk & co", "all")


@pytest.mark.parametrize("hostname", ["label", "{{ label }}", "{{ vvx.lines[0].label }}-x"])
def test_what_a_phone_calls_itself_is_never_run(start_fleet: Any, playground: Playground, hostname: str) -> None:
    fleet = start_fleet(*(PhoneSpec(certificate="factory", layers={"web": {"reg.1.label": label}}) for label in LABELS))
    options = {
        "keyed_groups": [{"key": "vvx.lines[0].label", "prefix": "label"}],
        "compose": {"copy": "vvx.lines[0].label", "long": "'x' ~ vvx.lines[0].label"},
    }
    write(playground, fleet, gather_subset=["lines"], hostname=[hostname], **options)
    said = "{{ ansible_host }}|{{ vvx.lines[0].label }}|{{ copy }}|{{ long }}"
    tasks = [{"name": "say", "ansible.builtin.debug": {"msg": said}}]
    play = [{"hosts": "phones", "gather_facts": False, "connection": "local", "tasks": tasks}]
    run = playground.run(str(playground.write("play.yml", play)), "-i", FILE, VVX_PASSWORD=PASSWORD)
    expected = [f"{phone.host}|{label}|{label}|x{label}" for phone, label in zip(fleet, LABELS, strict=True)]
    assert sorted(outcome.result["msg"] for outcome in run.outcomes) == sorted(expected), run.output
    assert not list(playground.folder.rglob("pwned"))


def test_phones_with_one_name(site: Fleet, playground: Playground) -> None:
    write(playground, site, hostname=["model"])
    output = ask(playground, "--graph")
    first, second, third = (phone.mac for phone in site)
    assert (
        f"|--VVX_411-{first}\n" in output
        and f"|--VVX_411-{third}\n" in output
        and "|--VVX_250\n" in output
        and second not in output
    )
    assert "several phones would be called VVX_411" in " ".join(output.split())


def test_a_name_that_can_not_be_filled_in(site: Fleet, playground: Playground) -> None:
    write(playground, site, hostname=["{{ nothing }}", "{{ vvx.device.model[-3:] }}"])
    write(playground, site, "strict.vvx.yml", hostname=["{{ nothing }}"], strict=True)
    output = ask(playground, "--graph", files=("strict.vvx.yml", FILE))
    assert all(f"|--{name}\n" in output for name in ("411-0004f2000001", "250", "411-0004f2000003")), output
    assert "hostname: '{{ nothing }}' can't be rendered for 127.77.0.1" in " ".join(output.split())
