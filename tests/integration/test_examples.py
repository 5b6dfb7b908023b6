# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example of the documentation runs."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from support import firmware
from support.cases import Case, shared_run
from support.certificates import made
from support.examples import ROOT, SITE, SPECS, USUAL
from support.playbook import Playground
from support.returns import MODULES, documentation

FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.yml"))
VARIABLES: dict[str, Any] = {
    "vvx_parameters_all": {"up.idleTimeout": 40},
    "vvx_confirm": 1,
    "vault_old_passwords": ["of-yesteryear"],
    "vault_vvx_plan_key": "signs-plans-of-examples",
    "sip_password": "an-unlikely-secret",
    "new_phone_password": "N3w-and-better",
    "new_user_password": "Us3r-and-better",
    "site": "berlin",
}
WARNED = {
    "vvx_reset": "A factory reset turns the REST API off",
    "vvx_find_passwords": "go over the network unencrypted",
}
"""What the example of a module warns of."""
VAULT = {"ANSIBLE_VAULT_PASSWORD_FILE": "vault.txt"}
"""The vault secret of the runs."""
IN_ORDER = {"vvx_call", "vvx_password"}
"""Each example needs what the one before has done, which check mode does not do."""


SLOW = {"vvx_restart", "vvx_reset", "vvx_config", "vvx_provision", "vvx_capture"}
"""Their examples wait for phones that boot, or for packets."""
QUICK = set(MODULES) - SLOW
FILTER_EXAMPLES = {
    path.stem: Case(yaml.safe_load(yaml.safe_load(path.read_text(encoding="utf-8"))["EXAMPLES"])) for path in FILTERS
}


KEY = "{{ vault_vvx_plan_key }}"
PLANNED = {"polycom.vvx.vvx_plan": {"path": "plan.json", "key": KEY}, "check_mode": False, "run_once": True}
BEGUN = {"polycom.vvx.vvx_rollout": {"plan": "plan.json", "key": KEY, "journal": "journals"}, "run_once": True}
BACKUPS = "backups/2026-11-25"
RESTORED = {"polycom.vvx.vvx_restore": {"from": BACKUPS, "journal": "journals"}, "run_once": True}
ENROLLED = {"polycom.vvx.vvx_enroll": {"folder": "provisioning"}, "run_once": True}
BEFORE = {
    "vvx_rollout": [PLANNED],
    "vvx_wave": [PLANNED, BEGUN],
    "vvx_apply": [PLANNED, BEGUN],
    "vvx_rollback": [PLANNED],
    "vvx_revert": [RESTORED],
    "vvx_enrolled": [ENROLLED],
}
"""What somebody has to do before the example of a module."""
OTHERWISE = {
    **dict.fromkeys(BEFORE, {"vvx_parameters_all": {"up.idleTimeout": 45}}),
    **{name: {"ansible_vvx_mac": SPECS[name].mac} for name in ("vvx_enroll", "vvx_enrolled")},
    **{name: {"ansible_vvx_password_next": "next-horse"} for name in ("vvx_rotate", "vvx_rotate_rollout")},
    "vvx_report": {"room": "2.14"},
    "vvx_deliver": {
        "files_url": "artifact",
        "vault_files_token": "t0ken",
        "mounted_folder": "{{ playbook_dir }}/mount",
    },
}
"""Variables of modules that need a phone that differs, is known by its MAC address, or gets another password."""


class Examples:
    """The examples of modules: first in check mode, then for real."""

    def __init__(self, run_cases: Any, modules: set[str], others: dict[str, Case]) -> None:
        cases = {
            module: Case(
                [*BEFORE.get(module, ()), *documentation(module)[1]],
                SPECS.get(module, USUAL),
                variables=VARIABLES | OTHERWISE.get(module, {}),
            )
            for module in sorted(modules)
        }
        first = ":!".join(["all", *sorted(IN_ORDER), *others])
        self.foretold = run_cases(cases | others, "--check", "--limit", first, before=_files, **VAULT)
        in_order = sorted(IN_ORDER & modules)
        self.first = self.foretold.again("--limit", ":".join(in_order), **VAULT) if in_order else None
        self.done = self.foretold.again(**VAULT)

    def check(self, module: str) -> None:
        foretold = WARNED.get(module, "")
        for run in (self.first if module in IN_ORDER else self.foretold, self.done):
            ran = [outcome.state for outcome in run.outcomes if outcome.action == f"polycom.vvx.{module}"]
            assert run.passed(module) and "ok" in ran, run.part(module)
            part = run.part(module)
            assert part.count("[WARNING]") == bool(foretold) and foretold in part, part
            assert "DEPRECATION" not in run.output, run.output


def _files(playground: Playground) -> None:
    """What the examples read."""
    for folder in ("provisioning", "mount"):
        (playground.folder / folder).mkdir()
    playground.write("vault.txt", "open sesame")
    playground.write("files/site.cfg", SITE)
    playground.write("old-files/000000000000.cfg", '<APPLICATION CONFIG_FILES="[PHONE_MAC_ADDRESS]-reg.cfg"/>')
    playground.write("old-files/0004f2aabbcc-reg.cfg", '<PHONE_CONFIG><ALL reg.1.label="Desk"/></PHONE_CONFIG>')
    playground.write("phones.csv", "mac,address,model,site\n0004f2aabbcc,192.0.2.7,VVX 411,berlin\n")
    for host in ("vvx_restore", "vvx_revert"):
        playground.write(f"{BACKUPS}/{host}.all.cfg", '<PHONE_BACKUP><WEB up.idleTimeout="50"/></PHONE_BACKUP>')
    playground.write("files/company-ca.pem", made().pem)
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
        warnings = [line for line in run.output.splitlines() if "WARNING" in line]
        assert not [line for line in warnings if not any(text in line for text in WARNED.values())], run.output
