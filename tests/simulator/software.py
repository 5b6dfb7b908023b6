# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Software on update servers, and what a phone makes of it.

Evidence: a master file names the software in APP_FILE_PATH, which may be a URL of its own; a phone compares what it
finds there with what it runs, takes it if it is another one, and checks its signature (administrator guides of SIP 1.5
to 3.1). ``device.prov.upgradeServer`` is the URL of a custom update server (UC Software administrator guides). When a
phone looks there is nowhere written: a switch. It installs an older version as well as a newer one: so one downgrades.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .phone import Phone

UPGRADE_SERVER = "device.prov.upgradeServer"
#: Stands for all models that a server has nothing else for.
ANY_MODEL = "*"

Trigger = Literal["reboot", "restart", "update"]
_TRIGGERS: Mapping[str, tuple[Trigger, ...]] = {
    "boot": ("reboot", "restart"),
    "reboot": ("reboot",),
    "update": ("reboot", "restart", "update"),
    "never": (),
}


@dataclass(slots=True)
class Image:
    """What an update server has for a model."""

    version: str
    #: Seconds that the download takes.
    seconds: float = 0.3
    #: "wrong_model": the image is for another model. "damaged": its signature is wrong. "missing": the server lists it
    #: and does not have it. "interrupted": the connection breaks half-way. After each the phone runs what it ran.
    kind: Literal["good", "wrong_model", "damaged", "missing", "interrupted"] = "good"
    #: The lowest version that it can be installed on, as "5.5.4"; "" for any.
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """One attempt of a phone to get other software."""

    server: str
    version: str
    outcome: Literal["installed", "wrong_model", "damaged", "missing", "interrupted", "too_old"]


def find(phone: Phone, trigger: Trigger) -> tuple[str, Image] | None:
    """The update server and its image, if the phone looks there now and finds other software than it runs."""
    if trigger not in _TRIGGERS[phone.switches.upgrade_on]:
        return None
    server = phone.parameters.value(UPGRADE_SERVER) or phone.software_path
    images = next((images for url, images in phone.fleet.images.items() if _same(url, server)), {})
    image = images.get(phone.model, images.get(ANY_MODEL))
    return (server, image) if image is not None and image.version != phone.firmware else None


async def download(phone: Phone, server: str, image: Image) -> bool:
    """Get an image; whether it can be installed."""
    outcome: Literal["installed", "wrong_model", "damaged", "missing", "interrupted", "too_old"]
    if image.kind == "missing":
        outcome, seconds = "missing", 0.0
    elif image.needs and numbers(phone.firmware) < numbers(image.needs):
        outcome, seconds = "too_old", 0.0
    elif image.kind == "good":
        outcome, seconds = "installed", image.seconds
    else:
        outcome, seconds = image.kind, image.seconds / 2 if image.kind == "interrupted" else image.seconds
    await asyncio.sleep(seconds)
    phone.downloads.append(Download(server, image.version, outcome))
    return outcome == "installed"


async def update_in_boot(phone: Phone, trigger: Trigger) -> None:
    """Download and install while the phone is down, where it does so."""
    found = find(phone, trigger)
    if found is None or phone.switches.download != "down":
        return
    if await download(phone, *found):
        phone.install(found[1].version)


def update_in_use(phone: Phone, trigger: Trigger) -> None:
    """Begin to get other software while the phone answers; it then waits for its calls to end, and reboots."""
    found = find(phone, trigger)
    if found is None or (trigger != "update" and phone.switches.download != "up"):
        return
    phone.lifecycle.begin(_update_in_use(phone, *found))


async def _update_in_use(phone: Phone, server: str, image: Image) -> None:
    if phone.switches.download == "down":
        phone.lifecycle.go_down("reboot", safely=True)
    elif await download(phone, server, image):
        phone.lifecycle.go_down("reboot", safely=True, change=lambda: phone.install(image.version))


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")
