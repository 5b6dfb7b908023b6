# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts of a play that applies a plan, and its waves. The .yml files here document them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._phone.errors import SettingsError
from ..plugin_utils import _ansible
from ..plugin_utils._rollout.run import Run
from ..plugin_utils._rollout.running import hold
from ..plugin_utils._surveyed import NOBODY, pattern_of


def rollout_hosts(_anything: Any) -> list[str]:
    """Patterns for the hosts that the rollout of this run changes, wave by wave. From here on no other run may change
    them: the main process, which lasts as long as the run, looks for the hosts of a play."""
    run = Run()
    journal, hosts = run.journal(), run.hosts()
    if journal is not None and hosts and multiprocessing.parent_process() is None:
        try:
            hold(journal, hosts)
        except SettingsError as error:
            raise AnsibleFilterError(f"{error.message} {error.remedy}") from error
    return list(map(pattern_of, hosts)) or NOBODY


def rollout_batches(_anything: Any) -> list[str]:
    """The sizes of its waves, for ``serial``."""
    return list(map(str, Run().sizes())) or ["100%"]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return _ansible.unless_old({"rollout_hosts": rollout_hosts, "rollout_batches": rollout_batches})
