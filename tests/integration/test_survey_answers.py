# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every variable of every playbook, answered as a survey of AWX does. An empty answer is none: phones see the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.names import ALL, COMMON, PLAYBOOKS

from simulator import PhoneSpec
from support.fixtures import StartFleet
from support.playbook import Playground, Run, inventory

LIMIT = ("--limit", "phones")
NEEDED: dict[str, dict[str, Any]] = {
    "enroll": {"vvx_folder": "provisioning", "vvx_wait_timeout": "0"},
    "import_cfg": {"vvx_folder": "provisioning", "vvx_into": "found"},
    "install_ca": {"vvx_ca_state": "absent"},
    "plan": {"vvx_plan_key": "zq-a-key-of-some-length"},
    "apply": {"vvx_plan_key": "zq-a-key-of-some-length"},
    "rollback": {"vvx_plan_key": "zq-a-key-of-some-length"},
    "reset": {"vvx_scope": "web"},
    "restore": {"vvx_from": "values.yml"},
    "test_call": {"vvx_caller": "desk-1", "vvx_callee": "desk-2"},
    "firmware": {"vvx_target_firmware": '{"default": "5.9.3"}'},
    "backup": {"vvx_name": "today"},
}
"""What a playbook can't do without, and what lets it end soon."""
ANSWERS: dict[str, Any] = {
    "vvx_allow_downgrade": "yes",
    "vvx_busy_timeout": 5,
    "vvx_ca_file": None,
    "vvx_ca_replace": "False",
    "vvx_ca_slot": "application2",
    "vvx_ca_state": "absent",
    "vvx_callee": "desk-2",
    "vvx_caller": "desk-1",
    "vvx_canary": '["desk-1"]',
    "vvx_certificate_warn_days": "20",
    "vvx_columns": "- name: room\n  variable: room\n",
    "vvx_confirm": "2",
    "vvx_csv": None,
    "vvx_csv_bom": "true",
    "vvx_csv_delimiter": "semicolon",
    "vvx_deliver_method": "PUT",
    "vvx_deliver_timeout": "30",
    "vvx_deliver_to": "delivered",
    "vvx_details": "details.json",
    "vvx_diff": "full",
    "vvx_facts_file": "facts.json",
    "vvx_fail": "False",
    "vvx_fail_on": [],
    "vvx_file_mode": "0600",
    "vvx_firmware_hops": '[{"version": "5.5.4.2255", "below": "5.5.4"}]',
    "vvx_firmware_server": '{"default": "http://192.0.2.10/"}',
    "vvx_firmware_server_after": "keep",
    "vvx_firmware_trigger": "reboot",
    "vvx_firmware_watch": 60,
    "vvx_folder": "provisioning",
    "vvx_force": "no",
    "vvx_formats": "csv\njson\n",
    "vvx_found_passwords": None,
    "vvx_from": "values.yml",
    "vvx_gather_subset": ["device"],
    "vvx_history": "history.jsonl",
    "vvx_history_runs": 30,
    "vvx_hosts": "desk-1\ndesk-2\n",
    "vvx_inherited": "leave",
    "vvx_install_timeout": "60",
    "vvx_into": "found",
    "vvx_journal": "journal",
    "vvx_layers": "vvx_parameters_all\nvvx_parameters_host",
    "vvx_line": 1,
    "vvx_lines_delay": 0,
    "vvx_markdown_phones": "5",
    "vvx_max_fail_percentage": 50.0,
    "vvx_max_failures": "50%",
    "vvx_max_loss": 2.5,
    "vvx_merge": "audit",
    "vvx_min_length": 8,
    "vvx_mode": "restart",
    "vvx_name": "today",
    "vvx_number": "",
    "vvx_only_if_overridden": "up.idleTimeout\nreg.1.label",
    "vvx_overwrite": "true",
    "vvx_own": "vvx_mine\nvvx_yours",
    "vvx_part": None,
    "vvx_part_run": None,
    "vvx_plan": "plan.json",
    "vvx_plan_key": "zq-a-key-of-some-length",
    "vvx_plan_markdown": "plan.md",
    "vvx_plan_markdown_size": 60000,
    "vvx_plan_project": None,
    "vvx_plan_timestamp": "False",
    "vvx_prometheus_phones": "no",
    "vvx_receiver_address": "127.0.0.1",
    "vvx_receiver_port": "0",
    "vvx_restart": "never",
    "vvx_retry_after": 60,
    "vvx_rollback": "false",
    "vvx_schema": None,
    "vvx_scope": "web",
    "vvx_seconds": "1",
    "vvx_secrets": "omit",
    "vvx_secrets_from": "leave",
    "vvx_serial": "1\n100%",
    "vvx_skip_bad_files": "True",
    "vvx_summary": "True",
    "vvx_summary_file": "summary.json",
    "vvx_survey": "true",
    "vvx_target_firmware": "default: 5.9.3\n",
    "vvx_time_zone": "Europe/Berlin",
    "vvx_timestamp": "no",
    "vvx_title": "Our phones",
    "vvx_types": ["all", "device"],
    "vvx_unknown_parameters": "skip",
    "vvx_update_secrets": "on_create",
    "vvx_verify": "yes",
    "vvx_wait_for_lines": "False",
    "vvx_wait_timeout": "30",
    "vvx_wave": 1,
    "vvx_wave_by": None,
    "vvx_when_busy": "skip",
    "vvx_window": "2025-01-01 00:00 - 2099-01-01 00:00",
    "vvx_workers": 4,
}
"""What a survey's form gives: texts, whole numbers, floats, choices, several choices as a list, and text areas."""
OF: dict[str, dict[str, Any]] = {
    "audit": {"vvx_fail_on": "drift,unknown"},
    "plan": {"vvx_fail_on": '["error"]'},
    "validate": {"vvx_fail_on": "error"},
    "find_passwords": {"vvx_into": "passwords.yml"},
    "report": {"vvx_folder": "reports"},
    "backup": {"vvx_folder": "backups"},
    "enroll": {"vvx_wait_timeout": "0"},
}
"""Answers that only these playbooks take."""
ASKING = [name for name in PLAYBOOKS if name != "merge"]
"""Those that can run alone: a merge needs parts first."""
PARAMETERS = {"up.idleTimeout": 50, "reg.1.label": "Desk"}


def test_every_variable_has_an_answer() -> None:
    assert set(ANSWERS) == ALL


class Survey:
    """Two phones of which one differs, for each run anew."""

    def __init__(self, start_fleet: StartFleet, new_playground: Callable[[], Playground]) -> None:
        self._start_fleet, self._new_playground = start_fleet, new_playground

    def run(self, playbook: str, answers: dict[str, Any], **environment: str) -> tuple[Run, list[list[str]]]:
        """The run, and what was asked of each phone."""
        playground = self._new_playground()
        fleet = self._start_fleet(*(PhoneSpec(name=f"desk-{number}", boot_seconds=0.1) for number in (1, 2)), tls=False)
        fleet["desk-2"].set_layer("web", {"up.idleTimeout": "50", "reg.1.label": "Desk"})
        variables = {"vvx_parameters_all": PARAMETERS, "ansible_vvx_password_next": "correct-horse", "room": "12"}
        hosts = inventory(fleet, variables)
        for phone in fleet:
            hosts["all"]["children"]["phones"]["hosts"][phone.name]["ansible_vvx_mac"] = phone.mac
        playground.write("hosts.yml", hosts)
        playground.write("values.yml", dict.fromkeys(("desk-1", "desk-2"), PARAMETERS))
        own = '<APPLICATION CONFIG_FILES="[PHONE_MAC_ADDRESS]-reg.cfg"/>\n'
        playground.write("provisioning/000000000000.cfg", own)
        playground.write("provisioning/0004f2aabbcc-reg.cfg", '<x up.idleTimeout="50"/>\n')
        arguments = ["-i", "hosts.yml", *LIMIT[: 0 if playbook == "import_cfg" else 2]]
        if playbook in ("apply", "rollback"):
            made = playground.run("polycom.vvx.plan", *arguments, "-e", json.dumps(NEEDED["plan"]))
            assert made.code == 0, made.output
        if answers.get("vvx_deliver_to"):
            answers = {**answers, "vvx_deliver_to": f"{playground.folder}/{answers['vvx_deliver_to']}\n"}
            (playground.folder / "delivered").mkdir()
        environment["ANSIBLE_VAULT_PASSWORD_FILE"] = str(playground.write("vault-password", "zq-vault"))
        before = [len(phone.log) for phone in fleet]
        run = playground.run(f"polycom.vvx.{playbook}", *arguments, "-e", json.dumps(answers), **environment)
        logs = [phone.log[number:] for phone, number in zip(fleet, before, strict=True)]
        return run, [[f"{each.method} {each.path}" for each in log] for log in logs]


@pytest.fixture
def survey(start_fleet: StartFleet, shared_playground: Callable[[], Playground]) -> Survey:
    return Survey(start_fleet, shared_playground)


@pytest.mark.parametrize("playbook", ASKING)
def test_an_empty_answer_is_none(survey: Survey, playbook: str) -> None:
    needed = NEEDED.get(playbook, {})
    empty = {name: (None, "")[number % 2] for number, name in enumerate(_names(playbook))}
    run, seen = survey.run(playbook, needed)
    again, seen_again = survey.run(playbook, {**empty, **needed})
    assert (again.code, _told(again)) == (run.code, _told(run)), again.output
    assert seen_again == seen


@pytest.mark.parametrize("playbook", ASKING)
def test_the_answers_of_a_form_are_taken(survey: Survey, playbook: str) -> None:
    answers = {name: ANSWERS[name] for name in _names(playbook)}
    run, _seen = survey.run(playbook, {**answers, **NEEDED.get(playbook, {}), **OF.get(playbook, {})})
    refused = [each for each in run.outcomes if each.state == "failed" and "verdict" not in each.result]
    assert run.code in (0, 2) and not refused, run.output


def _names(playbook: str) -> list[str]:
    return sorted({*COMMON, *PLAYBOOKS[playbook]})


def _told(run: Run) -> list[tuple[str, str, str]]:
    return sorted((each.host, each.task, each.state) for each in run.outcomes)


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "formats": ("report", {"vvx_formats": "html, cvs"}, "formats: 'cvs' is none of html, csv,"),
    "columns": ("report", {"vvx_columns": "room"}, "columns: 'room' is not a list of dictionaries. Write it as"),
    "hops": ("firmware", {"vvx_firmware_hops": "[5.5"}, "hops: '[5.5' is not a list of dictionaries. Write it as"),
    "table": (
        "firmware",
        {"vvx_target_firmware": "5.9.3"},
        "target_firmware: '5.9.3' is not a dictionary. Write it as",
    ),
    "fail_on": ("audit", {"vvx_fail_on": "[drift"}, "fail_on: '[drift' is not a list. Write it as JSON or YAML, like"),
    "own": ("facts", {"vvx_own": "[vvx_"}, "vvx_own: '[vvx_' is not a list."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_text_names_what_it_is_for(survey: Survey, case: str) -> None:
    playbook, answers, told = WRONG[case]
    run, seen = survey.run(playbook, {**NEEDED.get(playbook, {}), **answers})
    assert run.code != 0 and told in re.sub(r"\s+", " ", run.output), run.output
    assert seen == [[], []]


@pytest.mark.parametrize("time_zone", ["", "Europe/Berlin"])
def test_a_window_in_the_time_of_a_container_is_told(survey: Survey, time_zone: str) -> None:
    answers = {"vvx_window": ANSWERS["vvx_window"], "vvx_time_zone": time_zone, "vvx_ca_state": "absent"}
    run, _seen = survey.run("install_ca", answers, AWX_HOST="https://awx.example.org", TZ="UTC")
    told = "The window is in UTC, the time of the execution environment. Set vvx_time_zone."
    assert run.code == 0 and (told in re.sub(r"\s+", " ", run.output)) == (not time_zone), run.output
