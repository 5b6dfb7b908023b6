# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m simulator: start, stop, and what it writes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from fleet_client import until
from simulator import running_fleet, scenario
from simulator.__main__ import main

TESTS = Path(__file__).resolve().parents[2]
FREE = ["--port", "0"]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Any]:
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        ready = tmp_path / "ready.json"
        process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *FREE, "--ready-file", str(ready), *arguments],
            cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        processes.append(process)
        until(lambda: ready.exists() or process.poll() is not None)
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        return process, json.loads(ready.read_text())

    yield start
    for process in processes:
        process.terminate()
        process.communicate(timeout=10)


Say = Callable[..., str]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """What the program says before it ends by itself with this exit code."""

    def say(code: int, *arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["simulator", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == code
        return "".join(capsys.readouterr())

    return say


@pytest.mark.filterwarnings("ignore:Unverified HTTPS")
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_start_and_stop(started: Any, tmp_path: Path, signum: signal.Signals) -> None:
    inventory = tmp_path / "phones.json"
    process, ready = started(
        "--phones", "1000", "--firmware", "mixed", "--model", "mixed", "--inventory", str(inventory)
    )
    assert len(ready["phones"]) == 1000
    info = requests.get(
        f"{ready['phones']['phone-3']}/api/v1/mgmt/device/info",
        auth=("Polycom", "correct-horse"),
        verify=False,
        timeout=5,
    )
    assert info.json()["data"]["FirmwareRelease"] == "6.1.0.2345"
    group = json.loads(inventory.read_text())["all"]["children"]["phones"]
    assert group["hosts"]["phone-3"]["ansible_vvx_mac"] == "0004f2000003"
    assert group["vars"]["ansible_vvx_verify_hostname"] == "none"
    process.send_signal(signum)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")
    assert "1000 simulated VVX phones: https://127.77.0.1:" in out
    assert "Polycom / correct-horse" in out
    assert "1 requests answered, 0 violations" in out


def test_some_models_with_a_ca_that_keeps_its_path(started: Any, tmp_path: Path) -> None:
    inventory, authority = tmp_path / "phones.json", tmp_path / "ca.pem"
    asked = ("--phones", "3", "--model", "VVX 411, VVX 601", "--firmware", "5.9.3.1111,6.1.0.2345")
    process, ready = started(*asked, "--inventory", str(inventory), "--ca-file", str(authority))
    found = []
    for url in ready["phones"].values():
        reply = requests.get(
            f"{url}/api/v1/mgmt/device/info", auth=("Polycom", "correct-horse"), verify=str(authority), timeout=5
        )
        found.append((reply.json()["data"]["ModelNumber"], reply.json()["data"]["FirmwareRelease"]))
    assert found == [("VVX 411", "5.9.3.1111"), ("VVX 601", "6.1.0.2345"), ("VVX 411", "5.9.3.1111")]
    group = json.loads(inventory.read_text())["all"]["children"]["phones"]
    assert group["vars"]["ansible_vvx_ca_path"] == ready["ca_path"] == str(authority)
    process.terminate()
    out, _err = process.communicate(timeout=10)
    assert f"ansible-playbook -i {inventory} polycom.vvx.facts\n" in out


def test_scenario(started: Any, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(
        json.dumps([
            {"name": "lobby", "admin_password": "456", "switches": {"default_password": "403"}},
            {"layers": {"web": {"reg.1.label": "Desk"}}, "boot_seconds": 1, "offline": True},
        ])
    )  # fmt: skip
    _process, ready = started("--scenario", str(scenario), "--http", "--latency", "0.01")
    url = ready["phones"]["lobby"]
    assert url.startswith("http://")
    refused = requests.get(f"{url}/api/v1/mgmt/device/info", auth=("Polycom", "456"), timeout=5)
    assert (refused.status_code, refused.json()) == (403, {"Status": "4010"})
    second = requests.get(f"{ready['control_url']}/phones/phone-2", timeout=5).json()
    assert (second["offline"], second["layers"]["web"], second["switches"]["latency"]) == (
        True,
        {"reg.1.label": "Desk"},
        0.01,
    )


def test_scenario_with_servers(started: Any, tmp_path: Path) -> None:
    file, inventory, folder = tmp_path / "scenario.json", tmp_path / "phones.json", tmp_path / "files"
    file.write_text(
        json.dumps({
            "phones": [{"rest": "off", "switches": {"poll_seconds": 0.05}}],
            "images": {"http://updates.example.org": {"*": {"version": "6.4.2.3456", "seconds": 0}}},
            "provisioning": "files",
            "vars": {"ansible_password": "battery-staple", "vvx_target_firmware": {"VVX 411": "6.4.2.3456"}},
        })
    )  # fmt: skip
    process, ready = started("--scenario", str(file), "--inventory", str(inventory), "--boot-seconds", "0.1")
    group = json.loads(inventory.read_text())["all"]["children"]["phones"]
    assert group["vars"]["ansible_password"] == "battery-staple"
    assert "ansible_password" not in group["hosts"]["phone-1"]
    (folder / "a.cfg").write_text(
        '<a apps.restapi.enabled="1" device.set="1" device.prov.upgradeServer.set="1"'
        ' device.prov.upgradeServer="http://updates.example.org/"/>'
    )
    (folder / "000000000000.cfg").write_text('<APPLICATION CONFIG_FILES="a.cfg"/>')

    def phone() -> Any:
        return requests.get(f"{ready['control_url']}/phones/phone-1", timeout=5).json()

    until(lambda: phone()["layers"]["config"].get("apps.restapi.enabled") == "1")
    assert phone()["fetched"][1] == {"file": "000000000000.cfg", "outcome": "read"}
    requests.post(f"{ready['control_url']}/phones/phone-1/restart", timeout=5)
    until(lambda: phone()["downloads"] and phone()["state"] == "up")
    assert phone()["firmware"] == "6.4.2.3456"
    process.terminate()
    out = process.communicate(timeout=10)[0]
    assert f"  provisioning {folder}\n  updates      http://updates.example.org\n" in out


@pytest.mark.parametrize("name", [path.stem for path in (TESTS / "simulator" / "scenarios").glob("*.json")])
def test_scenarios_of_the_simulator(name: str) -> None:
    loaded = scenario.load(TESTS / "simulator" / "scenarios" / f"{name}.json")
    with running_fleet(loaded.phones, images=loaded.images) as fleet:
        assert len(fleet) == 6
    assert f"`{name}`" in (TESTS / "simulator" / "README.md").read_text(encoding="utf-8")


def test_ports_and_plain_http_beside_tls(started: Any) -> None:
    process, ready = started(
        "--ports", "--phones", "2", "--http-port", "0", "--control-port", "0", "--admin-password", "pw"
    )
    assert {url.rpartition(":")[0] for url in ready["phones"].values()} == {"https://127.0.0.1"}
    plain = requests.get(f"{ready['control_url']}/phones", timeout=5).json()[1]["http_port"]
    info = f"http://127.0.0.1:{plain}/api/v1/mgmt/device/info"
    assert requests.get(info, auth=("Polycom", "pw"), timeout=5).status_code == 200
    process.terminate()
    assert "plain HTTP   http://127.0.0.1:" in process.communicate(timeout=10)[0]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('[{"nam": "x"}]', "phone 1: unknown key 'nam'; known are admin_password, "),
        ('[{}, {"switches": {"secret": 1}}]', "phone 2, switches: unknown key 'secret'"),
        ('[{"lines": "2"}]', "phone 1, lines: expected int, got '2'"),
        ('[{"firmware": "new"}]', "not a firmware version: 'new'"),
        ('[{"layers": {"user": {}}}]', "unknown layer 'user'"),
        ("{}", "expected a list of phones"),
        ('{"phones": [{}], "image": {}}', "unknown key 'image'; known are images, phones, provisioning, vars"),
        ('{"phones": [{}], "images": {"http://u": {"*": {"version": "6.4.2.1", "kind": "bad"}}}}', "'bad' is not one"),
        ("[", "is not JSON"),
    ],
)
def test_bad_scenario(tmp_path: Path, say: Say, document: str, message: str) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(document)
    assert message in say(2, "--scenario", str(scenario))


def test_help_and_bad_options(tmp_path: Path, say: Say) -> None:
    assert "curl -X POST" in say(0, "--help")
    assert "No such file" in say(2, "--scenario", str(tmp_path / "none.json"))
    assert "at least one" in say(2, "--phones", "0")
    assert "not a loopback address" in say(2, "--base-address", "10.0.0.1")
    assert "beyond 65535" in say(2, "--ports", "--port", "65534", "--phones", "5")


def test_port_in_use(say: Say) -> None:
    with socket.create_server(("", 0)) as taken:
        assert "Address already in use" in say(2, "--port", str(taken.getsockname()[1]))
