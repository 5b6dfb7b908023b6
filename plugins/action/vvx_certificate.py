# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..module_utils._operations import certificate
from ..module_utils._options.validate import validated
from ..module_utils._steps import config_report
from ..plugin_utils._doors.walked import WalkedDoor
from ..plugin_utils._rollout.run import Job
from ..plugin_utils._rollout.trust import INSTALL


class ActionModule(WalkedDoor):
    operation = staticmethod(certificate.run)
    notice = staticmethod(config_report.restart_notice)
    spec = certificate.SPEC
    kinds: ClassVar[tuple[str, ...]] = (INSTALL,)
    unprepared: ClassVar[tuple[str, str]] = (
        "nothing was prepared: vvx_certificate_rollout has failed in this run.",
        "Mend what it says, and run it again.",
    )
    left_out: ClassVar[str] = "the phone has the certificate, or could not be asked"

    def wished(self, job: Job, params: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        asked = validated(certificate.SPEC, dict(job.options))
        return {**params, **asked, "lines": list(job.lines), "resume": job.resumed}
