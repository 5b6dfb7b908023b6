# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fleets from a file, mixed fleets, and the inventory of a fleet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .auth import ADMIN
from .certificates import MOST_ADDRESSES
from .reading import ReadingError, read
from .spec import PhoneSpec

if TYPE_CHECKING:
    from .fleet import Fleet

MODELS = (
    "VVX 411", "VVX 250", "VVX 601", "VVX 350", "VVX 450", "VVX 150", "VVX 311", "VVX 501", "VVX 301", "VVX 201",
)  # fmt: skip
FIRMWARES = ("5.9.3.1111", "5.8.0.1234", "6.1.0.2345", "5.9.5.0614", "5.7.0.1111", "6.4.2.3456", "5.4.1.1111")


def load(path: Path) -> list[PhoneSpec]:
    """The phones that a JSON file describes: a list of objects with the fields of PhoneSpec."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReadingError(f"{path} is not JSON: {error}") from None
    if not isinstance(document, list) or not document:
        raise ReadingError(f"{path}: expected a list of phones")
    return [read(PhoneSpec, item, f"{path}, phone {number}") for number, item in enumerate(document, 1)]


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


def inventory(fleet: Fleet) -> dict[str, Any]:
    """An Ansible inventory with all phones in the group "phones"."""
    shared: dict[str, Any] = {"ansible_user": ADMIN, "ansible_vvx_use_ssl": fleet.tls}
    if fleet.tls:
        shared["ansible_vvx_ca_path"] = fleet.ca_path
        if len(fleet) > MOST_ADDRESSES:
            shared["ansible_vvx_verify_hostname"] = "none"
    hosts = {
        phone.name: {
            "ansible_host": phone.host,
            "ansible_port": phone.port,
            "ansible_password": phone.spec.admin_password,
            "ansible_vvx_mac": phone.mac,
        }
        for phone in fleet.phones
    }
    return {"all": {"children": {"phones": {"hosts": hosts, "vars": shared}}}}
