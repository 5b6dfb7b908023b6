# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin as a user meets it: ansible-inventory on files, against simulated phones on TLS."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.polycom.vvx.plugins.inventory import vvx

from simulator import Fleet, PhoneSpec, Switches
from support.discovery import FILE, ask, data, hostvars, listed, write
from support.playbook import PASSWORD, Playground
from support.recorder import recording


def test_a_site(site: Fleet, playground: Playground) -> None:
    write(playground, site)
    found = listed(playground)
    hosts = found["_meta"]["hostvars"]
    assert set(hosts) == {phone.mac for phone in site} == set(found["phones"]["hosts"])
    first = hosts[site.phones[0].mac]
    assert first["ansible_host"] == "127.77.0.1" and first["ansible_port"] == site.phones[0].port
    assert first["ansible_vvx_mac"] == "00:04:f2:00:00:01" and set(first) == {
        "ansible_host",
        "ansible_port",
        "ansible_vvx_mac",
        "vvx",
    }
    assert (
        first["vvx"]["device"]["model"] == "VVX 411"
        and first["vvx"]["subnet"] == "127.77.0.0/24"
        and "registration" not in first["vvx"]
    )
    assert [phone.count() for phone in site] == [1, 1, 1]
    assert PASSWORD not in json.dumps(found)


def test_groups_and_names(site: Fleet, playground: Playground) -> None:
    site.phones[2].fault("unregistered")
    site.phones[0].fault("unregistered", lines=[2])
    write(
        playground,
        site,
        gather_subset=["lines"],
        hostname=["berlin-{{ extension }}"],
        trust_phone_names=True,
        keyed_groups=[{"key": "vvx.device.model", "prefix": "keyed"}],
        group_by=["model", "Site", "firmware", "subnet", "registration", "reason"],
        groups={"behind": "vvx.device.firmware is version('5.9', '<')"},
        compose={"site": "'New Berlin'"},
    )
    graph = ask(playground, "--graph")
    expected = """
@all:
  |--@ungrouped:
  |--@phones:
  |  |--berlin-1001
  |  |--berlin-1002
  |  |--berlin-1003
  |--@keyed_VVX_411:
  |  |--berlin-1001
  |  |--berlin-1003
  |--@model_vvx411:
  |  |--berlin-1001
  |  |--berlin-1003
  |--@Site_new_berlin:
  |  |--berlin-1001
  |  |--berlin-1002
  |  |--berlin-1003
  |--@firmware_5_9_3_1111:
  |  |--berlin-1001
  |  |--berlin-1003
  |--@subnet_127_77_0_0_24:
  |  |--berlin-1001
  |  |--berlin-1002
  |  |--berlin-1003
  |--@registration_some:
  |  |--berlin-1001
  |--@behind:
  |  |--berlin-1002
  |--@keyed_VVX_250:
  |  |--berlin-1002
  |--@model_vvx250:
  |  |--berlin-1002
  |--@firmware_5_8_0_1234:
  |  |--berlin-1002
  |--@registration_all:
  |  |--berlin-1002
  |--@registration_none:
  |  |--berlin-1003
"""
    said, _at, tree = graph.partition("@all")
    assert said == "site.vvx.yml: 6 addresses: 3 phones, 3 refused the connection (see port)\n" or "broke" in said, said
    assert f"@all{tree}".strip() == expected.strip()
    assert hostvars(playground)["berlin-1002"]["site"] in ("New Berlin", {"__ansible_unsafe": "New Berlin"}), (
        "ansible-core 2.19 marks the outcome of compose"
    )


def test_the_phones_can_be_worked_on_at_once(site: Fleet, playground: Playground) -> None:
    """With nothing but the variables that come from the inventory and the environment that AWX has."""
    write(playground, site, exclude=["127.77.0.3"])
    environment = {"VVX_PASSWORD": PASSWORD, "VVX_CA_PATH": site.factory_ca_path, "VVX_VERIFY_HOSTNAME": "mac"}
    play = playground.write(
        "play.yml",
        [{"hosts": "phones", "gather_facts": False, "tasks": [{"name": "facts", "polycom.vvx.vvx_facts": {}}]}],
    )
    run = playground.run(str(play), "-i", FILE, **environment)
    assert run.code == 0 and {outcome.host for outcome in run.outcomes} == {phone.mac for phone in site.phones[:2]}, (
        run.output
    )


def test_everything_from_the_environment_and_empty_is_unset(site: Fleet, playground: Playground) -> None:
    write(playground, site, ca_path=None, verify_hostname=None, timeout=None, port=None)
    reach = {"VVX_CA_PATH": site.factory_ca_path, "VVX_VERIFY_HOSTNAME": "mac", "VVX_PORT": str(site.phones[0].port)}
    assert (
        len(
            hostvars(
                playground,
                VVX_TIMEOUT="",
                VVX_INSECURE="False",
                VVX_FINGERPRINT="",
                VVX_USERNAME="",
                VVX_RETRIES="",
                **reach,
            )
        )
        == 3
    )
    write(playground, site, ca_path="", verify_hostname=None)
    hosts = hostvars(playground, VVX_INSECURE="True")
    assert len(hosts) == 3 and "ansible_port" in hosts[site.phones[0].mac]


def test_options_may_be_templates_and_the_password_vaulted(site: Fleet, playground: Playground) -> None:
    playground.write("key", "vault-key\n")
    vaulted = playground.start(
        [sys.executable, "-m", "ansible", "vault", "encrypt_string", "--vault-password-file", "key", PASSWORD]
    ).stdout
    write(
        playground,
        site,
        addresses="{{ lookup('ansible.builtin.env', 'SITE') }}",
        ca_path="{{ lookup('ansible.builtin.env', 'CA') }}",
    )
    path = playground.folder / FILE
    path.write_text(f"{path.read_text()}password: {vaulted[vaulted.index('!vault') :]}")
    output = ask(
        playground,
        "--list",
        "--vault-password-file",
        "key",
        VVX_PASSWORD="",
        SITE="127.77.0.2",
        CA=site.factory_ca_path,
    )
    assert set(data(output)["_meta"]["hostvars"]) == {site.phones[1].mac}


def test_what_is_wrong_at_a_site_is_told_and_left_out(start_fleet: Any, playground: Playground) -> None:
    factory = {"certificate": "factory"}
    fleet = start_fleet(
        PhoneSpec(**factory),
        PhoneSpec(**factory, admin_password="another"),
        PhoneSpec(**factory, admin_password="456"),
        PhoneSpec(**factory, rest="off"),
        PhoneSpec(**factory),
        PhoneSpec(**factory),
        PhoneSpec(**factory, switches=Switches(latency=30)),
        PhoneSpec(),
    )
    fleet.phones[4].fault("html", times=0)
    fleet.phones[5].offline = True
    write(playground, fleet, addresses=["127.77.0.1-8", "127.77.0.9", "nowhere.invalid"], keep_unreachable="none")
    output = " ".join(ask(playground, "--graph").split())
    for told in (
        "2 left out, authentication_failed: 127.77.0.2, 127.77.0.3.",
        "1 left out, rest_disabled: 127.77.0.4.",
        "1 left out, protocol: 127.77.0.5.",
        "1 left out, timeout: 127.77.0.7.",
        "1 left out, unreachable: nowhere.invalid.",
        "1 left out, connection_lost: 127.77.0.9.",
        "user name or password refused",
        "apps.restapi.enabled",
    ):
        assert told in output, output
    assert "127.77.0.8" not in output and "127.77.0.6" not in output, "no phone, as far as can be told"
    assert output.count("WARNING") == 6 and "|--000" in output
    assert [phone.auth_failures for phone in fleet.phones] == [0, 1, 1, 0, 0, 0, 0, 0] and fleet.phones[7].log == []


def test_what_was_not_read_can_be_kept(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(PhoneSpec(certificate="factory"), PhoneSpec(certificate="factory", admin_password="another"))
    write(
        playground,
        fleet,
        addresses=["127.77.0.1-3"],
        keep_unreachable="all",
        keyed_groups=[{"key": "vvx_reason", "prefix": "reason"}],
    )
    found = listed(playground)
    hosts = found["_meta"]["hostvars"]
    refused = fleet.phones[1].mac
    assert set(hosts) == {fleet.phones[0].mac, refused, "127.77.0.3"}
    assert hosts[refused]["vvx_reason"] == "authentication_failed" and "refused" in hosts[refused]["vvx_message"]
    assert hosts["127.77.0.3"]["ansible_host"] == "127.77.0.3" and hosts["127.77.0.3"]["vvx"] == {
        "subnet": "127.77.0.0/24"
    }
    assert sorted(found["vvx_unreachable"]["hosts"]) == ["0004f2000002", "127.77.0.3"] and found[
        "reason_authentication_failed"
    ]["hosts"] == [refused]


def test_csv_and_provisioning(site: Fleet, playground: Playground) -> None:
    first, second, third = (phone.mac for phone in site)
    rows = [f"127.77.0.1,{second},front,2.17", f",{first.upper()},back,{{{{ 1 + 1 }}}}", "127.77.0.9,,gone,"]
    playground.write("lists/phones.csv", "\n".join(["IP,MAC address,Phone,room", *rows]))
    for name in (f"{third}.cfg", f"{first}-phone.cfg", "0004f2ffffff.cfg", "000000000000.cfg"):
        playground.write(f"prov/{name}", "<PHONE_CONFIG />\n")
    playground.write("lists/more.txt", "127.77.0.2 # the second\n")
    csv = {"path": "lists/phones.csv", "address": "IP", "mac": "MAC address", "name": "Phone"}
    write(
        playground,
        site,
        addresses=["127.77.0.3"],
        hosts_file="lists/more.txt",
        csv=csv,
        provisioning="prov",
        keep_unreachable="all",
    )
    hosts = hostvars(playground)
    reasons = {name: host.get("vvx_reason") for name, host in hosts.items()}
    assert reasons.pop("gone") in ("connection_lost", "unreachable"), "as fast as this machine is"
    assert reasons == {"front": None, "back": None, third: None, "0004f2ffffff": "not_found"}
    assert hosts["front"]["ansible_host"] == "127.77.0.2" and hosts["front"]["room"] == "2.17", (
        "by MAC, wherever the phone is"
    )
    assert hosts["back"]["ansible_host"] == "127.77.0.1" and hosts["back"]["room"] in (
        "{{ 1 + 1 }}",
        {"__ansible_unsafe": "{{ 1 + 1 }}"},
    )
    assert (
        "ansible_host" not in hosts["0004f2ffffff"] and hosts["0004f2ffffff"]["ansible_vvx_mac"] == "00:04:f2:ff:ff:ff"
    )
    assert [phone.count() for phone in site] == [1, 1, 1]


def test_a_list_that_a_spreadsheet_wrote(site: Fleet, playground: Playground) -> None:
    first, second, third = (phone.mac for phone in site)
    rows = [
        "sep=;",
        "MAC;IP;Site",
        f"{first.upper()};127.77.0.1\u200b;Köln",
        "4,82567E+11;127.77.0.9;x",
        f"{second};;y",
    ]
    (playground.folder / "phones.csv").write_bytes("\r\n".join(rows).encode("utf-16"))
    for name in (f"phone{third}.cfg", f"{first}{second}.cfg"):
        playground.write(f"prov/{name}", "")
    groups = [{"key": "Site", "prefix": "site"}]
    options = {
        "addresses": ["127.77.0.2-3"],
        "provisioning": "prov",
        "keyed_groups": groups,
        "keep_unreachable": "named",
    }
    write(playground, site, csv={"path": "phones.csv"}, **options)
    output = " ".join(ask(playground, "--graph").split())
    assert "1 of 3 rows can't be used. line 4: '4,82567E+11' is a number that a spreadsheet made" in output
    assert [phone.count() for phone in site] == [0, 0, 0]
    write(playground, site, csv={"path": "phones.csv", "skip_bad_rows": True}, **options)
    output = ask(playground, "--graph")
    assert [f"|--{mac}\n" in output for mac in (first, second, third)] == [True] * 3, output
    assert "|--@site_Köln:" in output or "|--@site_K_ln:" in output
    for told in ("1 of 3 rows left out", f"it is not clear which MAC address is meant by {first}{second}.cfg"):
        assert told in " ".join(output.split())


def test_the_documented_place_for_secrets_of_single_phones(site: Fleet, playground: Playground) -> None:
    first, second, _third = site
    page = (Path(__file__).parents[2] / "docs" / "inventory.md").read_text()
    page = page[page.index("## Secrets of single phones") :]
    for file in ("vault", "vars"):
        start = page.index(f"# group_vars/phones/{file}.yml")
        text = page[start : page.index("```", start)].replace("sip_password: ...", "sip_password: from-the-vault")
        text = text.replace("0004f2aabbcc", first.mac)
        playground.write(f"group_vars/phones/{file}.yml", text)
    playground.write("key", "vault-key\n")
    playground.start(
        [sys.executable, "-m", "ansible", "vault", "encrypt", "--vault-password-file", "key"]
        + ["group_vars/phones/vault.yml"]
    )
    playground.write("phones.csv", f"mac,ip,name\n{first.mac},{first.host},front\n,{second.host},berlin-1002\n")
    write(playground, site, addresses=None, csv={"path": "phones.csv"})
    tasks = [{"name": "say", "ansible.builtin.debug": {"var": "vvx_parameters_host"}}]
    play = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False, "tasks": tasks}])
    run = playground.run(str(play), "-i", FILE, "--vault-password-file", "key", VVX_PASSWORD=PASSWORD)
    assert {outcome.host: outcome.result["vvx_parameters_host"] for outcome in run.outcomes} == dict.fromkeys(
        ("front", "berlin-1002"), {"reg.1.auth.password": "from-the-vault"}
    ), run.output


def test_the_cache(site: Fleet, playground: Playground) -> None:
    cached = {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(playground.folder / "cache"),
    }
    write(playground, site, **cached)
    before = hostvars(playground)
    assert hostvars(playground) == before and [phone.count() for phone in site] == [1, 1, 1]
    stored = [path.read_text() for path in (playground.folder / "cache").iterdir()]
    assert len(stored) == 1 and "facts" in stored[0] and PASSWORD not in stored[0] and "__ansible" not in stored[0]
    play = playground.write("play.yml", [{"hosts": "phones", "gather_facts": False}])
    playground.run(str(play), "-i", FILE, "--list-hosts", "--flush-cache", VVX_PASSWORD=PASSWORD)
    assert [phone.count() for phone in site] == [2, 2, 2]
    file = next((playground.folder / "cache").iterdir())
    whole = stored[0].encode()
    for count, damaged in enumerate((whole.replace(b"format", b"older"), b"{", b"null", b"[]", whole[:-40]), 3):
        file.write_bytes(damaged)
        graph = ask(playground, "--graph")
        assert all(phone.mac in graph for phone in site) and [phone.count() for phone in site] == [count] * 3, graph
        assert json.loads(file.read_text()), "written anew"
    file.unlink()
    file.mkdir()
    graph = ask(playground, "--graph")
    assert all(phone.mac in graph for phone in site), graph
    file.rmdir()
    write(playground, site, **cached, gather_subset=["lines"], hostname=["extension"])
    names = {f"{extension}-{phone.mac}" for extension, phone in zip((1001, 1002, 1003), site, strict=True)}
    assert set(hostvars(playground)) == names, "another plan is not answered from what is cached"


def test_a_name_and_an_address_of_one_phone_are_one_login(site: Fleet, playground: Playground) -> None:
    write(playground, site, addresses=["127.77.0.1", "127.77.0.1-2", "127.77.0.0/29", "127.77.0.1"], password="wrong")
    ask(playground, "--list")
    assert [phone.auth_failures for phone in site] == [1, 1, 1] and [phone.count() for phone in site] == [1, 1, 1]


@pytest.mark.parametrize("probe", ["strict", "trusting"])
def test_who_gets_the_password(playground: Playground, probe: str) -> None:
    with (
        recording(playground.folder, "intranet") as first,
        recording(playground.folder, None, "127.78.0.2", first.port) as second,
    ):
        options = {
            "plugin": "polycom.vvx.vvx",
            "addresses": "127.78.0.1-2",
            "port": first.port,
            "validate_certs": False,
            "probe": probe,
            "retries": 0,
        }
        playground.write(FILE, options)
        ask(playground, "--list")
    sent = [b"".join(server.received) for server in (first, second)]
    assert [b"Authorization" in each for each in sent] == [probe == "trusting"] * 2
    assert probe == "trusting" or sent == [b"", b""], "not one byte"


def test_plain_http_needs_trust(start_fleet: Any, playground: Playground) -> None:
    fleet = start_fleet(tls=False)
    usual = {"ca_path": None, "verify_hostname": None, "addresses": ["127.77.0.1"], "use_ssl": False}
    write(playground, fleet, **usual)
    assert "probe: trusting" in ask(playground, "--graph") and fleet.phones[0].log == []
    write(playground, fleet, **usual, probe="trusting")
    assert set(hostvars(playground)) == {"0004f2000001"}


def test_an_empty_inventory_says_why(start_fleet: Any, playground: Playground) -> None:
    """A wrong port; certificates without MAC addresses where these are asked for."""
    fleet = start_fleet()
    write(playground, fleet, addresses=["127.77.0.1-3"], ca_path=fleet.ca_path)
    write(playground, fleet, "port.vvx.yml", addresses=["127.77.0.1-3"], port=1)
    output = " ".join(ask(playground, "--graph", files=(FILE, "port.vvx.yml")).split())
    assert "site.vvx.yml: no phone was found. " in output, output
    assert "1 not_a_phone, as 127.77.0.1: its certificate is for" in output, output
    assert "port.vvx.yml: no phone was found. 3 unreachable, as 127.77.0.1: connection refused." in output, output


def test_files_that_are_its_own(tmp_path: Path) -> None:
    plugin = vvx.InventoryModule()
    for name in ("a.vvx.yml", "a.vvx.yaml", "vvx.yml", "vvx.yaml", "a.yml", "myvvx.yml", "a.vvx.json"):
        (tmp_path / name).touch()
        assert plugin.verify_file(str(tmp_path / name)) == (
            name in ("a.vvx.yml", "a.vvx.yaml", "vvx.yml", "vvx.yaml")
        ), name
    assert not plugin.verify_file(str(tmp_path / "missing.vvx.yml"))


def test_the_documentation_can_be_read(playground: Playground) -> None:
    shown = playground.start(
        [sys.executable, "-m", "ansible", "doc", "-t", "inventory", "polycom.vvx.vvx", "--json"]
    ).stdout
    options = json.loads(shown[shown.index("{") :])["polycom.vvx.vvx"]["doc"]["options"]
    assert {"addresses", "probe", "password", "keyed_groups", "cache"} <= set(options)
    examples = list(yaml.safe_load_all(vvx.EXAMPLES))
    assert len(examples) == 5 and all(set(example) <= set(options) for example in examples)
