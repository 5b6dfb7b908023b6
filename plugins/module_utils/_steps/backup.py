# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep a phone's configuration in a file before it is changed: ``backup`` and ``backup_options``, as in modules for
switches and routers."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from typing import Any

from .._options.argument_spec import ArgumentSpec
from .._phone.api import Phone
from .._phone.errors import PhoneError, SettingsError
from . import exporting, upload
from .result import Result
from .upload import UPLOAD

BACKUP = ArgumentSpec(
    {
        "backup": {"type": "bool", "default": False},
        "backup_options": {
            "type": "dict",
            "options": {
                "filename": {"type": "str"},
                "dir_path": {"type": "path"},
                **{name: UPLOAD.argument_spec[name] for name in ("receiver_address", "receiver_port")},
            },
        },
    }
)
FOLDER = "backup"
"""Relative to the playbook's folder."""
_DEVICE = "device."
"""The settings that phones leave out of an export of all."""


def placed(params: Mapping[str, Any], host: str, now: time.struct_time) -> dict[str, Any]:
    """The options with the file's place filled in, as far as it is not. ``host``: the phone's name in the inventory.
    Raises SettingsError for what is no file name."""
    given = params["backup_options"] or {}
    filename = given.get("filename")
    if filename is None:
        filename = f"{host}_config.{time.strftime('%Y-%m-%d@%H:%M:%S', now)}.cfg".replace(os.sep, "_")
    elif os.path.basename(filename) != filename or filename in ("", ".", ".."):
        raise SettingsError(
            "backup_options: filename must be a name without a folder.", remedy="Set dir_path to the folder."
        )
    dir_path = given.get("dir_path") or FOLDER
    return {**params, "backup_options": {**given, "filename": filename, "dir_path": dir_path}}


def path(params: Mapping[str, Any]) -> str:
    """Where ``placed`` puts the backup."""
    options = params["backup_options"]
    return os.path.join(str(options["dir_path"]), str(options["filename"]))


def take(phone: Phone, params: Mapping[str, Any], names: Iterable[str]) -> Result:
    """The backup, as a result with ``backup_path`` and the contents to store. ``params``: the options of
    BACKUP, and ``timeout``. ``names``: of the parameters to write; for ``device.*`` there is a second file.

    Raises a PhoneError where the phone does not send its configuration.
    """
    params = placed(params, phone.host, time.localtime())
    options = params["backup_options"]
    receiving = {name: option.get("default") for name, option in UPLOAD.argument_spec.items()}
    receiving |= {name: options.get(name, receiving[name]) for name in ("receiver_address", "receiver_port")}
    receiving["timeout"] = params["timeout"]
    result, dest = Result(), path(params)
    base, ending = os.path.splitext(dest)
    try:
        upload.check(receiving)
        exporting.fetch(phone, "all", receiving, dest, result)
        if any(name.startswith(_DEVICE) for name in names):
            exporting.fetch(phone, "device", receiving, f"{base}.device{ending}", result)
    except PhoneError as error:
        error.say_more("The phone's configuration could not be backed up, so nothing was written.")
        raise
    result.values = {"backup_path": dest}
    return result
