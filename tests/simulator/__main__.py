# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a fleet of simulated VVX phones: python -m simulator --help"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from . import scenario
from .fleet import DEFAULT_BASE_ADDRESS, Fleet, new_event_loop
from .spec import PhoneSpec

EPILOG = """\
examples:
  python -m simulator
      three phones on 127.77.0.1 to 127.77.0.3, port 8443
  python -m simulator --phones 1000 --firmware mixed --inventory phones.json
      a thousand phones of all models and firmwares, and an inventory for ansible-playbook -i phones.json
  python -m simulator --scenario broken.json --control-port 8080
      phones as the file describes them: [{"name": "lobby", "offline": true}, {"admin_password": "456"}, ...]
  curl -X POST http://127.0.0.1:8080/phones/phone-1/faults -d '{"kind": "http", "status": "403", "times": 3}'
      phone-1 is busy for its next three requests

switches, faults and the control API are described in README.md beside this program.
"""


_SCENARIOS = sorted(path.stem for path in Path(__file__).with_name("scenarios").glob("*.json"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Simulated Polycom VVX phones with their REST API, each on its own loopback address.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    fleet = parser.add_argument_group("the fleet")
    fleet.add_argument("--phones", type=int, default=3, metavar="N", help="how many phones (default: 3)")
    fleet.add_argument(
        "--scenario",
        metavar="FILE",
        help="JSON list of phones, instead of --phones; or one of the scenarios here: " + ", ".join(_SCENARIOS),
    )
    fleet.add_argument("--model", default="VVX 411", help="models in turn, by commas, or 'mixed' (default: VVX 411)")
    fleet.add_argument(
        "--firmware", default="5.9.3.1111", help="their UC Software, by commas, or 'mixed' (default: 5.9.3.1111)"
    )
    fleet.add_argument(
        "--admin-password", default=PhoneSpec().admin_password, metavar="TEXT", help="of user Polycom (with --phones)"
    )
    fleet.add_argument(
        "--user-password", default=PhoneSpec().user_password, metavar="TEXT", help="of user User (with --phones)"
    )
    fleet.add_argument(
        "--boot-seconds", type=float, default=5.0, metavar="S", help="how long a restart takes (default: 5)"
    )
    fleet.add_argument(
        "--latency", type=float, default=0.0, metavar="S", help="how long every request takes (default: 0)"
    )
    fleet.add_argument(
        "--provisioning",
        type=Path,
        metavar="FOLDER",
        help="the folder from which the phones fetch their files when they boot; made if it does not exist",
    )
    network = parser.add_argument_group("the network")
    network.add_argument("--port", type=int, default=8443, help="port of all phones, 0 for a free one (default: 8443)")
    network.add_argument("--http", action="store_true", help="plain HTTP instead of HTTPS on --port")
    network.add_argument("--http-port", type=int, metavar="PORT", help="plain HTTP as well, on this port")
    network.add_argument(
        "--base-address",
        default=DEFAULT_BASE_ADDRESS,
        metavar="IP",
        help="address of the first phone (default: %(default)s)",
    )
    network.add_argument(
        "--ports", action="store_true", help="all on 127.0.0.1, a port each from --port on (as on macOS)"
    )
    network.add_argument(
        "--control-port", type=int, default=0, metavar="PORT", help="port of the control API (default: a free one)"
    )
    files = parser.add_argument_group("files to write")
    files.add_argument(
        "--inventory", type=Path, metavar="FILE", help="an Ansible inventory of the fleet (JSON, which is YAML)"
    )
    files.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="the CA of the phones; each run makes a new one, in the same file"
    )
    files.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="written when the phones answer: URLs and the CA, as JSON"
    )
    return parser


def main() -> int:
    parser = _parser()
    options = parser.parse_args()
    try:
        fleet = _fleet(options)
    except (OSError, ValueError) as error:
        _fail(parser, str(error))
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        try:
            runner.run(_run(fleet, options))
        except OverflowError:
            _fail(parser, "the ports of so many phones end beyond 65535; try a lower --port or --port 0")
        except OSError as error:
            _fail(parser, f"can't listen: {error.strerror or error}. Is something else on that port? Try --port 0.")
        except KeyboardInterrupt:
            pass
    return 0


def _fleet(options: argparse.Namespace) -> Fleet:
    known = scenario.Scenario([])
    if options.scenario:
        known = scenario.load(_scenario_file(options.scenario))
        specs = known.phones
    elif options.phones < 1:
        raise ValueError("--phones: at least one")
    else:
        specs = scenario.mix(options.phones, options.model, options.firmware)
        for spec in specs:
            spec.admin_password, spec.user_password = options.admin_password, options.user_password
    folder = options.provisioning or (Path(known.provisioning) if known.provisioning else None)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    options.vars = known.vars
    if options.latency:
        for spec in specs:
            spec.switches.latency = options.latency
    return Fleet(
        specs,
        tls=not options.http,
        http=options.http or options.http_port is not None,
        port=options.port,
        http_port=options.http_port or 0,
        control_port=options.control_port,
        boot_seconds=options.boot_seconds,
        base_address=options.base_address,
        address_mode="ports" if options.ports else "auto",
        images=known.images,
        provisioning=folder,
    )


def _scenario_file(text: str) -> Path:
    """A file, or one of the scenarios beside this program by its name."""
    return Path(__file__).with_name("scenarios") / f"{text}.json" if text in _SCENARIOS else Path(text)


async def _run(fleet: Fleet, options: argparse.Namespace) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stop.set)
    try:
        await fleet.start()
        if options.ca_file and fleet.tls:
            options.ca_file.write_bytes(Path(fleet.ca_path).read_bytes())
            fleet.ca_path = str(options.ca_file.absolute())
        if options.inventory:
            inventory = scenario.inventory(fleet, options.vars)
            options.inventory.write_text(json.dumps(inventory, indent=2) + "\n", encoding="utf-8")
        print(_banner(fleet, options), flush=True)
        if options.ready_file:
            _write_ready_file(options.ready_file, fleet)
        await stop.wait()
    finally:
        await fleet.stop()
    print(
        f"\n{sum(phone.count() for phone in fleet.phones)} requests answered, {len(fleet.violations)} violations. Bye."
    )


def _banner(fleet: Fleet, options: argparse.Namespace) -> str:
    first, last = fleet.phones[0], fleet.phones[-1]
    span = first.url if first is last else f"{first.url} to {last.url}"
    lines = [
        f"{len(fleet)} simulated VVX phone{'s' if len(fleet) > 1 else ''}: {span}",
        f"  log in as    Polycom / {first.spec.admin_password}  (administrator), User / {first.spec.user_password}",
        f"  control API  {fleet.control_url}/phones",
    ]
    if fleet.tls:
        lines.append(f"  CA           {fleet.ca_path}")
    if options.http_port is not None and fleet.tls:
        lines.append(f"  plain HTTP   http://{first.host}:{first.http_port}")
    if fleet.provisioning is not None:
        lines.append(f"  provisioning {fleet.provisioning}")
    lines += [f"  updates      {server}" for server in fleet.images]
    if options.inventory:
        lines.append(f"  inventory    {options.inventory}")
        lines.append(f"  ansible      ansible-playbook -i {options.inventory} polycom.vvx.facts")
    verify = f"--cacert {fleet.ca_path} " if fleet.tls else ""
    lines += [
        f"  try          curl {verify}-u Polycom:{first.spec.admin_password} {first.url}/api/v1/mgmt/device/info",
        "Ctrl-C ends it.",
    ]
    return "\n".join(lines)


def _write_ready_file(path: Path, fleet: Fleet) -> None:
    ready = {
        "pid": os.getpid(),
        "control_url": fleet.control_url,
        "ca_path": fleet.ca_path,
        "factory_ca_path": fleet.factory_ca_path,
        "phones": {phone.name: phone.url for phone in fleet.phones},
    }
    # Renamed into place, so that whoever waits for the file never reads half of it.
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(ready) + "\n", encoding="utf-8")
    part.replace(path)


def _fail(parser: argparse.ArgumentParser, message: str) -> NoReturn:
    print(f"{parser.prog}: {message}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main())
