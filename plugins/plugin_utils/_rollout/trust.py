# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Let a fleet trust an authority: the PEM file, and which phones have it, are to get it, or hold something else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._files import FileError, read
from ...module_utils._operations import certificate
from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._parameters.authorities import SLOTS, Authority
from ...module_utils._phone.api import Setting
from ...module_utils._phone.errors import PhoneError, SettingsError, UnknownParameters
from ...module_utils._steps.survey import Survey
from .walking import WALK, Errand, Note

INSTALL = "install_ca"
_LARGEST = 1_000_000
"""Bytes of a PEM file."""

SPEC = WALK.merge(certificate.CHOICE).merge(
    ArgumentSpec(
        {
            "ca_file": {"type": "path"},
            "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "if_required"},
        }
    )
)


@dataclass
class Sorting:
    """Hosts that ``have`` what they should, are to ``get`` it, or are ``lost``: they could not be read, do not know the
    place, or it is ``taken`` by another certificate."""

    have: list[str] = field(default_factory=list)
    get: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    lost: dict[str, PhoneError] = field(default_factory=dict)


def pem(path: str | None) -> str:
    """The text of the PEM file. Raises SettingsError if there is none, or if it can't be read."""
    remedy = "Give a PEM file on the controller (vvx_ca_file)."
    if not path:
        raise SettingsError("ca_file is not set. Nothing was sent.", remedy=remedy)
    try:
        content = read(path, _LARGEST)
    except FileError as error:
        raise SettingsError(f"ca_file: {error}. Nothing was sent.", remedy=remedy) from error
    if content is None:
        raise SettingsError(f"ca_file: {path} does not exist. Nothing was sent.", remedy=remedy)
    return content.decode("utf-8", "replace")


def sort(
    found: Mapping[str, Survey], params: Mapping[str, Any], named: Authority | None, begun: Collection[str] = ()
) -> Sorting:
    """``found``: by host, compared with what is wanted. ``params``: of the task. ``named``: the certificate that is to
    be installed, or the only one to be removed. ``begun``: by an earlier run, which may not have restarted them."""
    sorting, name = Sorting(), SLOTS[params["slot"]]
    for host, survey in found.items():
        error = survey.error
        if error is None and name in survey.unknown:
            error = UnknownParameters(f"the phone does not know {name}.", remedy="Choose another place (vvx_ca_slot).")
        change = next((each for each in survey.changes if each.parameter == name), None)
        if error is None and change is not None:
            try:
                certificate.refuse_taken(params, Setting(change.has, change.source), named)
            except SettingsError as refused:
                error = refused
                sorting.taken.append(host)
        if error is not None:
            sorting.lost[host] = error
        elif change is None and host not in begun:
            sorting.have.append(host)
        else:
            sorting.get.append(host)
    return sorting


def notes(sorting: Sorting) -> list[Note]:
    """What the task says of phones besides the waves."""
    others = [host for host in sorting.lost if host not in set(sorting.taken)]
    return [
        Note("as_desired", sorting.have, "as desired already", named=False),
        Note("taken", sorting.taken, "with another certificate in this place, left out"),
        Note("not_read", others, "that could not be read, or lack this place, left out"),
    ]


def errand(params: Mapping[str, Any], authority: Authority | None) -> Errand:
    fingerprint = authority.certificate.fingerprint if authority else "none"
    mark = hashlib.sha256(f"{params['slot']} {fingerprint}".encode()).hexdigest()[:16]
    what = authority.certificate.name or authority.title if authority else "no certificate"
    return Errand(INSTALL, mark, f"{what} as {params['slot']}", "to change", "changed by an earlier run")
