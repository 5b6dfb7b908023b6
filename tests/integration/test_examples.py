# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example of the documentation runs."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from support import firmware
from support.cases import Case, shared_run
from support.examples import ROOT, SITE, SPECS, USUAL
from support.playbook import Playground
from support.returns import MODULES, documentation

FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.yml"))
VARIABLES: dict[str, Any] = {
    "vvx_parameters_all": {"up.idleTimeout": 40},
    "vvx_confirm": 1,
    "sip_password": "an-unlikely-secret",
    "new_phone_password": "N3w-and-better",
    "new_user_password": "Us3r-and-better",
}
IN_ORDER = {"vvx_call", "vvx_password"}
"""Each example needs what the one before has done, which check mode does not do."""


SLOW = {"vvx_restart", "vvx_reset", "vvx_config", "vvx_provision", "vvx_capture"}
"""Their examples wait for phones that boot, or for packets."""
QUICK = set(MODULES) - SLOW
FILTER_EXAMPLES = {
    path.stem: Case(yaml.safe_load(yaml.safe_load(path.read_text(encoding="utf-8"))["EXAMPLES"])) for path in FILTERS
}


class Examples:
    """The examples of modules: first in check mode, then for real."""

    def __init__(self, run_cases: Any, modules: set[str], others: dict[str, Case]) -> None:
        cases = {
            module: Case(documentation(module)[1], SPECS.get(module, USUAL), variables=VARIABLES)
            for module in sorted(modules)
        }
        first = ":!".join(["all", *sorted(IN_ORDER), *others])
        self.foretold = run_cases(cases | others, "--check", "--limit", first, before=_files)
        in_order = sorted(IN_ORDER & modules)
        self.first = self.foretold.again("--limit", ":".join(in_order)) if in_order else None
        self.done = self.foretold.again()

    def check(self, module: str) -> None:
        foretold = "A factory reset turns the REST API off" if module == "vvx_reset" else ""
        for run in (self.first if module in IN_ORDER else self.foretold, self.done):
            ran = [outcome.state for outcome in run.outcomes if outcome.action == f"polycom.vvx.{module}"]
            assert run.passed(module) and "ok" in ran, run.part(module)
            part = run.part(module)
            assert part.count("[WARNING]") == bool(foretold) and foretold in part, part
            assert "DEPRECATION" not in run.output, run.output


def _files(playground: Playground) -> None:
    """What the examples read."""
    playground.write("files/site.cfg", SITE)
    playground.write("files/line.cfg", '<a reg.1.displayName="{{ inventory_hostname }}"/>')
    schema = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_text(encoding="utf-8")
    playground.write("files/polycomConfig.xsd", schema)


@shared_run
def quick_examples(run_cases: Any) -> Examples:
    return Examples(run_cases, QUICK, FILTER_EXAMPLES)


@shared_run
def slow_examples(run_cases: Any) -> Examples:
    return Examples(run_cases, SLOW, {})


@pytest.mark.parametrize("module", sorted(QUICK))
def test_every_example_runs_first_in_check_mode_and_then_for_real(quick_examples: Examples, module: str) -> None:
    quick_examples.check(module)


@pytest.mark.parametrize("module", sorted(SLOW))
def test_every_example_that_waits_runs_first_in_check_mode_and_then_for_real(
    slow_examples: Examples, module: str
) -> None:
    slow_examples.check(module)


@pytest.mark.parametrize("name", FILTER_EXAMPLES)
def test_every_example_of_a_filter_runs(quick_examples: Examples, name: str) -> None:
    run = quick_examples.done
    assert run.passed(name) and "WARNING" not in run.part(name), run.output
    changed = [outcome.result["changed"] for outcome in run.outcomes if outcome.host == name]
    assert changed in ([True], [name == "to_cfg"])


def test_examples_give_no_other_warnings(quick_examples: Examples) -> None:
    for run in (quick_examples.foretold, quick_examples.first, quick_examples.done):
        assert "WARNING" not in run.output, run.output
