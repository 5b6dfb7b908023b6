# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install one firmware on a phone: point it at a server, have it look there, and wait until it runs what it should.

Sources: device.prov.upgradeServer is the address of an update server of one's own (guides to UC Software; public
provisioning systems write the URL of a folder with one image for each model). Phones look for firmware when they boot,
and install any other one that they find, also an older one (guides). REST has no call that installs firmware, and none
that tells how far an installation is. When a phone downloads is written nowhere: while it boots and does not answer, or
while it answers with its old firmware and then boots once more. Both are waited for. After an image that it can't use
it runs what it ran.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._parameters import packing
from .._parameters.knowledge import BUNDLED
from .._phone.api import Phone
from .._phone.errors import (
    AuthenticationFailed,
    DefaultPassword,
    NotReady,
    NotRestarted,
    NotSupported,
    NotUpdated,
    OtherPhone,
    PhoneError,
    RestDisabled,
    UnknownParameters,
)
from .._phone.shapes import device as device_shapes
from . import config_write
from .config_plan import WriteOptions, compare, read_settings
from .firmware_path import Leg, has
from .reboot import BootMark, boot_mark, is_ready, send_order
from .waiting import AWAY, pauses, until_answered

UPGRADE_SERVER = "device.prov.upgradeServer"

AWAY_STAGE = "restarting or loading"
LOOKING = "looking for firmware"
STARTING = "starting"


@dataclass(frozen=True)
class Limits:
    """``timeout``: seconds for each installation. ``watch``: seconds that a phone may answer with other firmware than
    it should have, before it counts as one that does not load it. ``trigger``: reboot or update. ``restart``: seconds
    for a restart without an installation."""

    timeout: float
    watch: float
    trigger: str
    restart: float


@dataclass
class Progress:
    """What an installation has done to the phone so far. ``wrote``: the address of the server. ``ordered``: the phone
    was told to look there. ``firmware``: what it was last seen with."""

    firmware: str
    wrote: bool = False
    ordered: bool = False

    @property
    def touched(self) -> bool:
        return self.wrote or self.ordered


def set_server(phone: Phone, server: str, timeout: float) -> bool:
    """Write the address of the server unless the phone has it, and read it back. Returns whether it was written.

    The phone may restart meanwhile, as after any device.* (guides). Raises UnknownParameters if it knows no such
    server, and what vvx_config raises.
    """
    wanted = {UPGRADE_SERVER: server}
    current = read_settings(phone, [UPGRADE_SERVER])
    if UPGRADE_SERVER not in current:
        raise UnknownParameters(
            f"the phone does not know {UPGRADE_SERVER}; nothing was written.",
            remedy="Leave server out, and name the firmware in the files of its provisioning server (APP_FILE_PATH).",
        )
    plan = compare(wanted, current, "never", BUNDLED)
    if not plan.wanted:
        return False
    options = WriteOptions(
        verify=True, restart=False, when_busy="proceed", rollback_on_failure=False, timeout=timeout, busy_timeout=0.0
    )
    verdict = config_write.carry_out(phone, plan, packing.pack(plan.wanted), options)
    if verdict.error is not None:
        raise verdict.error
    return True


def install(
    phone: Phone, leg: Leg, limits: Limits, progress: Progress, admit: Callable[[], None], admitted: bool
) -> BootMark:
    """Have the phone install ``leg``, and wait until it is ready with it. Returns the mark that it has then.

    ``admit``: raises if the phone must not be interrupted; ``admitted``: that was just asked. Raises NotUpdated,
    NotReady, OtherPhone, RestDisabled, DefaultPassword or AuthenticationFailed if the phone came back like this, or its
    last error if it did not come back. What was done is in ``progress`` in any case.
    """
    if not admitted:
        admit()
    mark = boot_mark(phone)
    wrote = leg.server is not None and set_server(phone, leg.server, limits.restart)
    if wrote:
        progress.wrote = True
        # As after any device.*, it may have restarted by itself, and may have looked at the server.
        mark = until_answered(phone, lambda: boot_mark(phone), limits.timeout)
    if not has(mark.firmware, leg.version):
        if wrote:
            admit()
        send_order(phone, lambda: _order(phone, limits.trigger))
        progress.ordered = True
    return _Wait(phone, leg, limits, mark, progress).until_there()


def _order(phone: Phone, trigger: str) -> None:
    if trigger == "update":
        try:
            phone.act("update_configuration")
        except NotSupported as error:
            error.say_more("So it can't be told to look for firmware.", remedy="Use trigger: reboot.")
            raise
    else:
        phone.restart("reboot")


class _Wait:
    """One wait for a version. ``up_since``: since when the phone answers with another one."""

    def __init__(self, phone: Phone, leg: Leg, limits: Limits, before: BootMark, progress: Progress) -> None:
        self.phone = phone
        self.leg = leg
        self.limits = limits
        self.before = before
        self.progress = progress
        self.booted = False
        self.up_since: float | None = None
        self.missing: PhoneError = NotRestarted("")

    def until_there(self) -> BootMark:
        deadline = time.monotonic() + self.limits.timeout
        with self.phone.without_retries():
            for pause in pauses():
                asked = time.monotonic()
                now, found = self.look(asked)
                if found is not None:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    raise self.missing
                self.phone.say(f"{now}, up to {left:.0f} s more")
                self.phone.sleep(min(pause, left))
        raise AssertionError("pauses never end")

    def look(self, asked: float) -> tuple[str, BootMark | None]:
        """What the phone is doing, and its mark once it is there. Notes what is missing."""
        try:
            device = device_shapes.device(self.phone.device_info())
        except AWAY as error:
            self.up_since = None
            self.note_absence(error)
            return AWAY_STAGE, None
        except (DefaultPassword, AuthenticationFailed) as error:
            error.restate(
                f"the phone came back, but refuses the password that it accepted before: {error.message} It was to "
                f"install {self.leg.version}."
            )
            raise
        if device.get("mac") != self.before.mac:
            raise OtherPhone(
                f"the phone with MAC address {device.get('mac')} answers at the address of {self.before.mac}."
            )
        firmware = self.progress.firmware = device.get("firmware", "")
        if not has(firmware, self.leg.version):
            self.note_other(device, firmware, asked)
            return LOOKING, None
        if not is_ready(self.phone, device):
            self.missing = NotReady(f"the phone has {firmware}, but was not ready within {self.limits.timeout:g} s.")
            return STARTING, None
        return "", BootMark(device.get("mac"), device.get("uptime_seconds"), asked, frozenset(), firmware)

    def note_absence(self, error: PhoneError) -> None:
        if isinstance(error, RestDisabled):
            error.restate(f"the phone came back, but its REST API is off. It was to install {self.leg.version}.")
        else:
            error.say_more(
                f"The phone did not come back within {self.limits.timeout:g} s. It was to install {self.leg.version}."
            )
        self.missing = error

    def note_other(self, device: Mapping[str, Any], firmware: str, asked: float) -> None:
        """The phone answers with other firmware. Raises NotUpdated if it has done so for too long."""
        if not self.booted and self.before.proves_boot(device, asked):
            self.booted, self.up_since = True, asked
        if self.up_since is None:
            self.up_since = asked
        self.missing = self.not_updated(firmware)
        if asked - self.up_since >= self.limits.watch:
            raise self.missing

    def not_updated(self, firmware: str) -> NotUpdated:
        wanted, had = self.leg.version, self.before.firmware
        if firmware != had:
            return NotUpdated(f"the phone came back with {firmware}, which is neither {had} nor {wanted}.")
        how = "has restarted, and" if self.booted else "has not restarted, and"
        return NotUpdated(f"the phone {how} still runs {firmware} instead of {wanted}.")
