# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fleets from a file, mixed fleets, and the inventory of a fleet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .auth import ADMIN
from .certificates import MOST_ADDRESSES
from .reading import ReadingError, read
from .software import Image
from .spec import PhoneSpec

if TYPE_CHECKING:
    from .fleet import Fleet

MODELS = (
    "VVX 411", "VVX 250", "VVX 601", "VVX 350", "VVX 450", "VVX 150", "VVX 311", "VVX 501", "VVX 301", "VVX 201",
)  # fmt: skip
FIRMWARES = ("5.9.3.1111", "5.8.0.1234", "6.1.0.2345", "5.9.5.0614", "5.7.0.1111", "6.4.2.3456", "5.4.1.1111")


@dataclass(slots=True)
class Scenario:
    """A fleet, and what it needs."""

    phones: list[PhoneSpec]
    #: What update servers have, as Fleet.images.
    images: dict[str, dict[str, Image]] = field(default_factory=dict)
    #: The folder of the provisioning server, relative to the file.
    provisioning: str = ""
    #: Variables of the inventory, for all phones. A password here replaces those that the phones have now.
    vars: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> Scenario:
    """The fleet that a JSON file describes: a Scenario, or only a list of its phones."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReadingError(f"{path} is not JSON: {error}") from None
    phones = document.get("phones") if isinstance(document, dict) else document
    if not isinstance(phones, list) or not phones:
        raise ReadingError(f"{path}: expected a list of phones, or an object with one")
    others = {name: value for name, value in document.items() if name != "phones"} if document is not phones else {}
    scenario = read(Scenario, {"phones": [], **others}, str(path))
    scenario.phones = [read(PhoneSpec, item, f"{path}, phone {number}") for number, item in enumerate(phones, 1)]
    if scenario.provisioning:
        scenario.provisioning = str(path.absolute().parent / scenario.provisioning)
    return scenario


def mix(count: int, model: str, firmware: str) -> list[PhoneSpec]:
    """Phones of these models and firmwares, separated by commas, in turn; "mixed" stands for all."""
    models = MODELS if model == "mixed" else _listed("--model", model)
    firmwares = FIRMWARES if firmware == "mixed" else _listed("--firmware", firmware)
    return [
        PhoneSpec(model=models[index % len(models)], firmware=firmwares[index % len(firmwares)])
        for index in range(count)
    ]


def _listed(option: str, text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise ReadingError(f"{option}: names none")
    return names


def inventory(fleet: Fleet, variables: Mapping[str, Any]) -> dict[str, Any]:
    """An Ansible inventory with all phones in the group "phones", which has these variables, too."""
    shared: dict[str, Any] = {"ansible_user": ADMIN, "ansible_vvx_use_ssl": fleet.tls}
    if fleet.tls:
        shared["ansible_vvx_ca_path"] = fleet.ca_path
        if len(fleet) > MOST_ADDRESSES:
            shared["ansible_vvx_verify_hostname"] = "none"
    hosts = {
        phone.name: {
            "ansible_host": phone.host,
            "ansible_port": phone.port,
            **({} if "ansible_password" in variables else {"ansible_password": phone.spec.admin_password}),
            "ansible_vvx_mac": phone.mac,
        }
        for phone in fleet.phones
    }
    return {"all": {"children": {"phones": {"hosts": hosts, "vars": {**shared, **variables}}}}}
