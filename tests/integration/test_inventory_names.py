# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory plugin calls hosts and groups, and that nothing a phone says is ever run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import Fleet, PhoneSpec
from support.discovery import FILE, ask, data, write
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
    write(playground, site, hostname=["model"], trust_phone_names=True)
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
    assert all(f"|--{name}\n" in output for name in ("411-0004f2000001", "250-0004f2000002", "411-0004f2000003")), (
        output
    )
    assert "hostname: '{{ nothing }}' can't be rendered for 127.77.0.1" in " ".join(output.split())


ROOT = {"ansible_user": "root", "ansible_password": "of-root", "ansible_host": "127.99.0.1"}
SERVERS = {
    "all": {
        "hosts": dict.fromkeys(("db1", "1002", "VVX_411"), ROOT),
        "children": {"web": {"vars": ROOT}, "VVX_250": {}},
    }
}


@pytest.mark.parametrize(
    ("files", "trust"),
    [(("servers.yml", FILE), False), ((FILE, "servers.yml"), False), (("servers.yml", FILE), True)],
)
def test_a_phone_never_becomes_another_host(
    start_fleet: Any, playground: Playground, files: tuple[str, str], trust: bool
) -> None:
    """It would get the other's user and password, and the other host the phone's address. Where phones' names are
    trusted, this source must come last, as the documentation says."""
    labels = ("db1", "web", "desk")
    fleet = start_fleet(*(PhoneSpec(certificate="factory", layers={"web": {"reg.1.label": label}}) for label in labels))
    first, second, third = (phone.mac for phone in fleet)
    playground.write("servers.yml", SERVERS)
    write(playground, fleet, gather_subset=["lines"], hostname=["label"], trust_phone_names=trust)
    reach = {"VVX_PASSWORD": PASSWORD, "VVX_CA_PATH": fleet.factory_ca_path, "VVX_VERIFY_HOSTNAME": "mac"}
    tasks = [
        {"name": "facts", "polycom.vvx.vvx_facts": {}},
        {"name": "db1", "ansible.builtin.debug": {"var": "hostvars.db1"}, "run_once": True},
    ]
    play = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    before = [phone.count() for phone in fleet]
    run = playground.run(str(play), *(f"-i{file}" for file in files), **reach)
    names = {outcome.host for outcome in run.outcomes if outcome.task == "facts"}
    assert names == {f"db1-{first}", f"web-{second}", "desk" if trust else f"desk-{third}"}, run.output
    assert run.code == 0 and all(phone.count() > count for phone, count in zip(fleet, before, strict=True))
    assert [phone.auth_failures for phone in fleet] == [0, 0, 0], "no other login was sent"
    server = next(outcome for outcome in run.outcomes if outcome.task == "db1").result["hostvars.db1"]
    assert server["ansible_host"] == "127.99.0.1" and "phones" not in server["group_names"] and "vvx" not in server
    assert ("would be called db1, as another host or group" in " ".join(run.output.split())) == trust


def test_two_sites_with_phones_that_say_the_same(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(*(PhoneSpec(certificate="factory", model="VVX 250") for _each in range(2)))
    for file, phone in zip((FILE, "other.vvx.yml"), fleet, strict=True):
        playground.write(f"{file}.csv", f"address,name,room\n{phone.host},front,{phone.host}\n")
        options = {"csv": {"path": f"{file}.csv"}, "addresses": None, "keyed_groups": []}
        write(
            playground, fleet, file, **options, hostname=["{{ 'a' if room[-1] == '1' else vvx.device.model }}", "name"]
        )
    found = data(ask(playground, "--list", files=(FILE, "other.vvx.yml")))["_meta"]["hostvars"]
    assert set(found) == {f"a-{fleet.phones[0].mac}", f"VVX_250-{fleet.phones[1].mac}"}
    for file in (FILE, "other.vvx.yml"):
        write(playground, fleet, file, csv={"path": f"{file}.csv"}, addresses=None, hostname=["name"])
    output = ask(playground, "--graph", files=(FILE, "other.vvx.yml"))
    assert "|--front\n" in output and f"|--front-{fleet.phones[1].mac}\n" in output, output
    assert "would be called front, as another host" in " ".join(output.split())


def test_a_phone_that_claims_another_phones_mac_gets_nothing(start_fleet: Any, playground: Playground) -> None:
    own, other, third = "0004f2000001", "0004f2000002", "0004f2000003"
    fleet = start_fleet(
        PhoneSpec(certificate="factory", claimed_mac=other), PhoneSpec(certificate="factory", mac=third)
    )
    impostor, honest = fleet
    playground.write("phones.csv", f"mac,name,floor\n{other},front,12\n{own},back,13\n{third},desk,14\n")
    for name in ("front", "back", "desk", own, other, impostor.host):
        playground.write(f"host_vars/{name}.yml", {"ansible_password": "of-another"})
    write(playground, fleet, addresses=["127.77.0.1-2"], csv={"path": "phones.csv"})
    output = " ".join(ask(playground, "--graph", "--vars").split())
    assert (
        "1 left out, other_phone: 127.77.0.1. 127.77.0.1: its certificate is for the MAC address 00:04:f2:00:00:01, "
        "but it claims 00:04:f2:00:00:02. It gets no name and no variables." in output
    ), output
    write(playground, fleet, addresses=["127.77.0.1-2"], csv={"path": "phones.csv"}, keep_unreachable="named")
    output = ask(playground, "--list")
    hosts = json.loads(output[output.index("\n{") :])["_meta"]["hostvars"]
    assert {name: (host.get("ansible_host"), host.get("vvx_reason")) for name, host in hosts.items()} == {
        "front": (None, "not_found"),
        "back": (None, "not_found"),
        "desk": (honest.host, None),
    }
    assert (impostor.count(), honest.count()) == (2, 2)
