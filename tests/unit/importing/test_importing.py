# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole folder becomes an inventory: Ansible reads of it, for each phone, exactly what the phone took."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.vars.manager import VariableManager
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing import importing as importing_module
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing import storing, text
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.importing import Import, read, result
from ansible_collections.polycom.vvx.plugins.plugin_utils._values import plain

from corpus.folder import ADMIN_PASSWORD, folder

from .conftest import MACS, Importing, master, parameters

LAYERS = [f"vvx_parameters_{layer}" for layer in ("all", "model", "site", "group", "host")]


def in_clear(secrets: str, _before: bytes | None) -> bytes:
    return secrets.encode()


def write(made: Import, into: Path) -> None:
    for path, content in storing.prepare(str(into), made.inventory, in_clear, False).contents.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)


def variables(into: Path) -> dict[str, dict[str, Any]]:
    """What Ansible knows of each host of the group phones, rendered."""
    loader = DataLoader()
    inventory = InventoryManager(loader, [str(into)])
    manager = VariableManager(loader, inventory)
    found = {}
    for host in inventory.get_hosts("phones"):
        raw = manager.get_vars(host=host, include_hostvars=False)
        wanted = {name: raw[name] for name in (*LAYERS, "ansible_password", "ansible_host", "room") if name in raw}
        found[host.name] = plain(Templar(loader=loader, variables=raw).template(wanted))
    return found


@pytest.mark.parametrize(("seed", "count"), [(1, 60), (2, 20), (3, 7), (4, 2)])
def test_ansible_reads_what_each_phone_takes(tmp_path: Path, seed: int, count: int) -> None:
    truth = folder(seed, count)
    made = read(str(truth.write(tmp_path / "old")), [], {}, False)
    write(made, tmp_path / "new")
    found = variables(tmp_path / "new")
    assert list(found) == list(truth.phones)
    for mac, phone in truth.phones.items():
        merged: dict[str, str] = {}
        for layer in LAYERS:
            merged |= found[mac].get(layer, {})
        assert merged == phone.values
        assert set(made.phones[mac].inert) == phone.inert
        assert found[mac]["ansible_password"] == ADMIN_PASSWORD


def test_sites_models_and_what_is_common_are_found(tmp_path: Path) -> None:
    truth = folder(1, 60)
    made = read(str(truth.write(tmp_path / "old")), [], {}, False)
    sites = {mac: f"site_{phone.site}" for mac, phone in truth.phones.items()}
    models = {mac: f"model_{phone.model.lower()}" for mac, phone in truth.phones.items() if phone.site != "kyoto"}
    assert [kind.of for kind in made.kinds] == [models, sites, {}]
    assert made.layers.all["prov.polling.time"] == "03:00"
    assert {group: values["reg.1.server.1.address"] for group, values in made.layers.groups["site"].items()} == {
        f"site_{site}": f"sip.{site}.example.org" for site in ("berlin", "kyoto", "lisbon")
    }
    assert all(len(values) < 9 for values in made.layers.phones.values())
    assert made.misspelled() == {"up.idelTimeout": "up.idleTimeout"} and made.unused == ["old-site.cfg"]


def test_secrets_are_nowhere_but_in_their_file(tmp_path: Path) -> None:
    truth = folder(5, 30)
    made = read(str(truth.write(tmp_path / "old")), [], {}, False)
    shown = [text.text(made, "new", 80, True, 5, []), str(result(made, [], [])), *made.inventory.plain.values()]
    secrets = made.inventory.secrets or ""
    assert made.inventory.hidden == len(truth.secrets) == 32
    for secret in truth.secrets:
        assert not any(secret in each for each in shown), secret
        assert secret.replace("'", "''") in secrets


def test_a_login_inside_of_a_url_is_a_secret(importing: Importing, tmp_path: Path) -> None:
    address, push = "http://boss:zq-in-url@web.example.org/x", "https://h.example.org/?user=u&amp;password=zq-query"
    files = {f"{mac}.cfg": master("site.cfg, own-" + mac + ".cfg") for mac in MACS[:3]}
    files |= {f"own-{mac}.cfg": parameters(reg__1__label=mac, apps__push__serverRootURL=push) for mac in MACS[:3]}
    made = importing({**files, "site.cfg": parameters(mb__main__home=address, up__idleTimeout="5")})
    shown = [text.text(made, "new", 80, True, 5, []), str(result(made, [], [])), *made.inventory.plain.values()]
    assert not any("zq-" in each for each in shown), shown
    assert "zq-in-url" in (made.inventory.secrets or "") and "zq-query" in (made.inventory.secrets or "")
    write(made, tmp_path / "new")
    for host, found in variables(tmp_path / "new").items():
        merged = {name: value for layer in LAYERS for name, value in (found.get(layer) or {}).items()}
        assert merged["mb.main.home"] == address and merged["apps.push.serverRootURL"].endswith("zq-query"), host


def test_the_password_follows_its_layer(importing: Importing, tmp_path: Path) -> None:
    def own(password: str) -> str:
        return (
            f'<P device.set="1" device.auth.localAdminPassword.set="1" device.auth.localAdminPassword="{password}"'
            ' up.idleTimeout="5"/>'
        )

    made = importing(
        {
            **{f"{mac}.cfg": master("site-a.cfg") for mac in MACS[:2]},
            **{f"{mac}.cfg": master("site-b.cfg") for mac in MACS[2:4]},
            **{f"{mac}.cfg": own(f"Own-{mac}") for mac in MACS[4:]},
            **{f"site-{site}.cfg": own(f"Site-{site}") for site in "ab"},
        }
    )
    write(made, tmp_path / "new")
    found = {host: said["ansible_password"] for host, said in variables(tmp_path / "new").items()}
    expected = ["Site-a", "Site-a", "Site-b", "Site-b", f"Own-{MACS[4]}", f"Own-{MACS[5]}"]
    assert found == dict(zip(MACS, expected))
    write(made, tmp_path / "rotated")
    for of in (f"host_vars/{MACS[5]}", "group_vars/site_a"):
        (tmp_path / "rotated" / of / "rotated.yml").write_text("ansible_password: next-one", encoding="utf-8")
    rotated = variables(tmp_path / "rotated")
    parameter = "device.auth.localAdminPassword"
    assert rotated[MACS[0]]["vvx_parameters_site"][parameter] == "next-one", "or configure would undo a rotation"
    assert rotated[MACS[5]]["vvx_parameters_host"][parameter] == "next-one"
    assert rotated[MACS[2]]["vvx_parameters_site"][parameter] == "Site-b"


def test_what_a_list_says_of_phones_becomes_variables(importing: Importing, tmp_path: Path) -> None:
    listed = [Expected("192.0.2.7", MACS[0], "front", {"room": "{{ 2 }}.17", "site": "Zürich"})]
    made = importing({f"{mac}.cfg": parameters(x__y="1", a__pin=mac) for mac in MACS[:3]}, listed)
    assert made.without_address == 2
    write(made, tmp_path / "new")
    said = variables(tmp_path / "new")["front"]
    assert said["ansible_host"] == "192.0.2.7" and said["room"] == "{{ 2 }}.17"
    assert said["vvx_parameters_host"] == {"a.pin": MACS[0]}


def test_a_screen_is_enough_whatever_there_is_to_say(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {}
    for number, mac in enumerate(MACS):
        inert = " ".join(f'device.x{number}.y{index}="1"' for index in range(9))
        files |= {f"{mac}.cfg": master(f"a{mac}.cfg, gone{number}.cfg"), f"a{mac}.cfg": f"<P {inert}>a.b{number}=1</P>"}
    wrong = " ".join(f'reg.{number}.lable="1"' for number in range(1, 30))
    files |= {f"a{MACS[0]}.cfg": f"<P {wrong}/>"} | {f"unused{number}.cfg": "" for number in range(50)}
    made = importing({**files, "bad-0004f2ffff01.cfg": "x"}, skip=True)
    for width in (60, 80, 200):
        lines = text.text(made, "inventory", width, False, 7, ["host_vars/x/imported.yml"]).splitlines()
        assert len(lines) <= text.MOST_LINES and max(map(len, lines)) <= width
        assert lines[-1].startswith("then: ansible-playbook polycom.vvx.configure -i inventory")
    for title in ("Left out:", "Look at these names:", "Not sure:", "Phones that are left out:", "Not read:"):
        assert title in lines


def test_the_result_stays_small(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_module, "MOST", 2)
    files = {f"{mac}.cfg": master("a.cfg,b.cfg,c.cfg,d.cfg") for mac in MACS} | {"a.cfg": parameters(x__y="1")}
    made = importing(files)
    told = result(made, [{"path": f"{number}", "changed": True} for number in range(5)], ["a", "b", "c"])
    assert told["written"] == 5 and len(told["files"]) == len(told["stale"]) == len(told["missing"]) == 2
    assert told["missing"] == [{"file": "b.cfg", "count": 6}, {"file": "c.cfg", "count": 6}]
