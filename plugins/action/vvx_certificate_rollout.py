# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ..module_utils._operations import certificate
from ..module_utils._parameters.authorities import SLOTS
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.fleet import FleetDoor
from ..plugin_utils._doors.layers import Merged
from ..plugin_utils._doors.walk import Walking
from ..plugin_utils._rollout import trust
from ..plugin_utils._rollout.journal import HALF_WRITTEN


class ActionModule(Walking, FleetDoor):
    kind: ClassVar[str] = trust.INSTALL
    spec = trust.SPEC

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        terms = self.terms(params, hosts, task_vars)
        content, present = None, params["state"] == "present"
        if present or params["ca_file"]:
            content = trust.pem(params["ca_file"] and str(self._loader.path_dwim(params["ca_file"])))
        named = certificate.wanted({**params, "content": content}, "ca_file (vvx_ca_file)")
        authority = named if present else None
        self._wish = {SLOTS[params["slot"]]: authority.line if authority else ""}
        asked = {**params, "unknown_parameters": "skip"}
        found = {job.host: survey for job, survey in self.survey(hosts, task_vars, [], asked)}
        errand = trust.errand(params, authority)
        begun = {host for host, step in self.journal(errand).steps().items() if step.state in HALF_WRITTEN}
        sorting = trust.sort({host: found[host] for host in hosts}, params, named, begun)
        own = {name: params[name] for name in ("slot", "state", "replace", "restart")}
        result = self.begin_walk(
            errand,
            {host: {} for host in sorting.get},
            dataclasses.replace(terms, options={**terms.options, **own, "content": content}),
            params,
            task_vars,
            notes=trust.notes(sorting),
            settled=sorting.have,
            lost=sorting.lost,
        )
        warnings = [*result.get("warnings", ()), *([f"{authority.remark}."] if authority and authority.remark else [])]
        return {
            **result,
            "parameter": SLOTS[params["slot"]],
            "certificate": authority and certificate.shown(authority.certificate),
            **({"warnings": warnings} if warnings else {}),
        }

    def wanted(self, host: str, said: ConnectionOptions, layers: Sequence[str], roots: tuple[str, ...]) -> Merged:
        return Merged(dict(self._wish))
