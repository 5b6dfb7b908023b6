# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a task of all phones looks at the phones of one slice and leaves a part, or makes its files of all parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._options.argument_spec import ArgumentSpec
from ...module_utils._options.connection import from_environment as environment_variable
from ...module_utils._phone.errors import SettingsError
from .._console.words import count
from .._deliver.files import NO_SUCH_METHOD, below, send
from .._deliver.login import Login, Missing, NotDelivered, NotFetched, from_environment
from .._deliver.places import check_place, is_url, shown
from .._deliver.several import Several
from .._guards.phones import refuse_slice
from .._handover import stats
from .._parts.gather import gather
from .._parts.part import Part, Seal, checked_run, digests, dumps, run_of
from .._rollout.plan import check_key
from .._rollout.slices import KeySeal
from . import state
from .storing import SHARED_MODE

SPEC = ArgumentSpec(
    {"part": {"type": "str"}, "parts": {"type": "str"}, "part_run": {"type": "str"}},
    mutually_exclusive=[("part", "parts")],
)
SEALED = SPEC.merge(
    ArgumentSpec({"key": {"type": "str", "no_log": True, "fallback": (environment_variable, ["VVX_PLAN_KEY"])}})
)
"""For what has no key of its own."""
STATISTIC = "polycom_vvx_part"
"""The custom statistic of a slice, in AWX an artifact: so the playbook merge knows which run it follows. With the kind
behind it, because each sliced job of a workflow is a run of its own."""


@dataclass(frozen=True)
class Slicing:
    """``kind``: of _parts/part.py. ``writes``: whether the task leaves a part. ``merges``: whether it takes parts
    instead of asking phones. ``place``: absolute folder or URL of the parts; empty if it does neither. ``run``: of the
    part; of all parts to merge. ``read_with``: digests of the options that decide what is read. ``seal``: signs the
    part, or checks those to merge; None if there is no key. ``warnings``: about the place."""

    kind: str
    writes: bool
    merges: bool
    place: str
    run: str
    read_with: Mapping[str, str]
    seal: Seal | None = None
    warnings: tuple[str, ...] = ()
    login: Login = field(default_factory=Login)

    @classmethod
    def of(
        cls,
        kind: str,
        params: Mapping[str, Any],
        options: Iterable[str],
        variables: Mapping[str, Any],
        resolve: Callable[[str], str],
    ) -> Slicing:
        """What the options of a task say. ``options``: the names of those that decide what is read. ``variables``: the
        extra ones. ``resolve``: makes a path absolute. Raises SettingsError, also in a slice that leaves no part."""
        part, parts, given = ((params[name] or "").strip() for name in ("part", "parts", "part_run"))
        writes, merges = bool(part), bool(parts)
        if not writes:
            what = "parts of all phones are merged" if merges else f"{_A[kind]} is of all phones"
            refuse_slice(
                variables,
                f"{what}, and a slice sees some of them only",
                "Set job slicing to 1 in the job template."
                if merges
                else "Set job slicing to 1 in the job template. Or set vvx_part (part) to a place for what each slice "
                "has read, and make one of all with polycom.vvx.merge.",
            )
        place, option = part or parts, "part" if writes else "parts"
        if place:
            place = place if is_url(place) else resolve(place)
            try:
                check_place(place)
            except SettingsError as error:
                error.restate(f"{option}: {error.message}")
                raise
        run = run_of(given, variables) if writes else checked_run(given)
        if merges and not run:
            raise SettingsError(
                "parts: nothing says which run to merge, so parts of an older one could be taken. Nothing was merged.",
                remedy="Set vvx_part_run (part_run) to the run of the slices. In AWX, let this job follow them in a "
                f"workflow: they hand it over as {STATISTIC}_{kind}.",
            )
        seal = KeySeal(check_key(params["key"])) if params["key"] and place else None
        warnings = tuple(state.of_files(f"{option} (vvx_part)", place))
        login = from_environment(os.environ) if place else Login()
        return cls(kind, writes, merges, place, run, digests(params, options), seal, warnings, login)

    def gathered(self, hosts: Sequence[str]) -> list[Part]:
        """The parts that cover these hosts. Raises PhoneError."""
        several = Several(self.login)

        def fetch(name: str) -> bytes | None:
            try:
                return several.fetch(below(self.place, name))
            except Missing:
                return None

        try:
            return gather(self.kind, hosts, fetch, self.read_with, self.run, self.seal)
        except NotFetched as error:
            error.restate(f"parts: {error.message} Nothing was merged.")
            raise
        except SettingsError as error:
            for warning in self.warnings:
                error.say_more(warning)
            raise

    def put(self, phones: Mapping[str, Any], made: str, check_mode: bool) -> dict[str, Any]:
        """Leave a part with what was read of these phones, and return the task's result. Raises PhoneError."""
        part = Part(self.kind, self.run, made, self.read_with, phones)
        content = dumps(part, self.seal)
        try:
            send(part.name, content, self.place, self.login, mode=SHARED_MODE, check_mode=check_mode)
        except NotDelivered as error:
            if error.http_status in NO_SUCH_METHOD:
                error.restate(remedy="Allow PUT there, which parts are sent with, or set vvx_part to another place.")
            raise
        told = f"{part.name}: {count(len(phones), 'phone')} of run {part.run}"
        handed_over = {STATISTIC: {"kind": part.of, "run": part.run}, f"{STATISTIC}_{part.of}": part.run}
        return {
            "changed": True,
            "msg": f"{told} would be left in {shown(self.place)}."
            if check_mode
            else f"{told}, in {shown(self.place)}. When all slices have run: polycom.vvx.merge.",
            "part": {"name": part.name, "to": shown(self.place), "run": part.run, "phones": len(phones)},
            "ansible_stats": stats(**({} if check_mode else handed_over)),
            **({"warnings": list(self.warnings)} if self.warnings else {}),
        }


_A = {"audit": "an audit", "plan": "a plan", "report": "a report"}
