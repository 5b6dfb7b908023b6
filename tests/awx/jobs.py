# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks under a real ansible-runner, started as AWX starts a job, and what AWX would see of them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from support.playbook import kill_all

LARGEST_EVENT = 700_000
"""AWX keeps no result that is larger."""
LONGEST = 300
"""Seconds after which a job hangs."""
ARTIFACTS = {
    "vvx_summary": 400_000,
    "polycom_vvx_audit": 60_000,
    "polycom_vvx_backup": 60_000,
    "polycom_vvx_configure": 60_000,
    "polycom_vvx_delivered": 60_000,
    "polycom_vvx_delivered_files": 210_000,
    "polycom_vvx_facts": 60_000,
    "polycom_vvx_part": 60_000,
    "polycom_vvx_part_audit": 60_000,
    "polycom_vvx_part_plan": 60_000,
    "polycom_vvx_part_report": 60_000,
    "polycom_vvx_passwords": 60_000,
    "polycom_vvx_plan": 60_000,
    "polycom_vvx_plan_file": 200_100,
    "polycom_vvx_report": 60_000,
}
"""All that jobs hand over, and the most bytes of each."""
RESULTS = ("runner_on_ok", "runner_on_failed", "runner_on_unreachable", "runner_on_skipped")


@dataclass
class Job:
    """A finished job. ``events``: in their order. ``partial``: names of events that were begun and never completed."""

    code: int
    stdout: str
    events: list[dict[str, Any]]
    partial: list[str]

    @property
    def artifacts(self) -> dict[str, Any]:
        """What AWX keeps of ``set_stats``."""
        found = [event["event_data"]["artifact_data"] for event in self.events if event["event"] == "playbook_on_stats"]
        assert len(found) == 1, self.stdout
        return dict(found[0])

    def results(self, *names: str) -> list[dict[str, Any]]:
        """The events about a host and a task; of these kinds, if any are named."""
        return [event for event in self.events if event["event"] in (names or RESULTS)]

    def hosts(self, *names: str) -> set[str]:
        """The hosts with events of these kinds."""
        return {event["event_data"]["host"] for event in self.results(*names)}

    def check(self) -> None:
        """What has to be true of every job."""
        assert "errantly sent" not in self.stdout, self.stdout
        assert "Traceback" not in self.stdout, self.stdout
        assert self.partial == [], self.stdout
        large = [len(json.dumps(event["event_data"])) for event in self.events]
        assert max(large) < LARGEST_EVENT, sorted(large)[-5:]
        sizes = {name: len(json.dumps(value)) for name, value in self.artifacts.items()}
        assert {name: size for name, size in sizes.items() if size > ARTIFACTS.get(name, 0)} == {}
        seen = [(event["event_data"]["task_uuid"], event["event_data"]["host"]) for event in self.results()]
        assert len(seen) == len(set(seen)), "two results of one task on one host"


class Runner:
    """A private data folder of ansible-runner, with a project as AWX has it."""

    def __init__(self, folder: Path, inventory: Mapping[str, Any]) -> None:
        self.folder = folder
        self._jobs = 0
        self.write("inventory/hosts.json", inventory)
        self.write("project/ansible.cfg", "[defaults]\n")

    def write(self, path: str, content: Any) -> Path:
        """A file in the folder; what is no text, as YAML (of which JSON is a part)."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    def environment(self, **extra: str) -> dict[str, str]:
        """As an execution environment has it: nothing of the user's, and a home that is gone after the job."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "VVX_", "XDG_"))}
        return {
            **kept,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
            "HOME": str(self.folder / "home"),
            **extra,
        }

    def run(self, name: str, *arguments: str, variables: Mapping[str, Any] | None = None, **environment: str) -> Job:
        """Run a playbook of the collection by a wrapper, as AWX needs it. ``arguments``: of ansible-playbook."""
        ident = self._prepare(name, arguments, variables)
        self._pipe(("run", str(self.folder), *self._playbook(name, ident), "--quiet"), **environment)
        return self.job(self.folder / "artifacts" / ident)

    def stream(self, name: str, *arguments: str, variables: Mapping[str, Any] | None = None) -> Job:
        """The same as AWX's nodes do it: one transmits, one works, and the first one processes what comes back."""
        ident = self._prepare(name, arguments, variables)
        transmitted, _job, _processed = self._pipe(
            ("transmit", str(self.folder), *self._playbook(name, ident)),
            ("worker", "--private-data-dir", str(self.folder / ident)),
            ("process", str(self.folder), "--ident", ident),
        )
        assert transmitted == 0
        return self.job(self.folder / "artifacts" / ident)

    def _playbook(self, name: str, ident: str) -> tuple[str, ...]:
        return ("-p", f"{name}.yml", "--ident", ident, "--forks", "10")

    def _pipe(self, *commands: tuple[str, ...], **environment: str) -> list[int]:
        """The codes of these commands of ansible-runner, each of which reads what the one before writes. Whatever
        happens, they leave nothing running."""
        with contextlib.ExitStack() as stack:
            started: list[subprocess.Popen[bytes]] = []
            for command in commands:
                process = subprocess.Popen(
                    [sys.executable, "-m", "ansible_runner", *command],
                    env=self.environment(**environment),
                    stdin=started[-1].stdout if started else subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                )
                stack.callback(_end, stack.enter_context(process))
                if started and started[-1].stdout:
                    started[-1].stdout.close()  # the next one has it
                started.append(process)
            started[-1].communicate(timeout=LONGEST)
            return [process.wait(LONGEST) for process in started]

    def _prepare(self, name: str, arguments: tuple[str, ...], variables: Mapping[str, Any] | None) -> str:
        """Write what AWX writes for a job. Returns the name of the job's folder."""
        self._jobs += 1
        wrapper = [{"ansible.builtin.import_playbook": f"polycom.vvx.{name}"}]
        self.write(f"project/{name}.yml", yaml.safe_dump(wrapper))
        job = {"awx_job_id": self._jobs, "awx_job_template_name": name}
        self.write("env/extravars", {**job, **(variables or {})})
        self.write("env/cmdline", " ".join(("-u root", *arguments)))
        return f"{name}-{self._jobs}"

    @staticmethod
    def job(artifacts: Path) -> Job:
        """What a job has left in its folder of artifacts."""
        files = list((artifacts / "job_events").iterdir())
        events = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.name.endswith(".json")]
        complete = [event for event in events if "counter" in event]
        return Job(
            int((artifacts / "rc").read_text(encoding="utf-8")),
            (artifacts / "stdout").read_text(encoding="utf-8"),
            sorted(complete, key=lambda event: event["counter"]),
            [file.name for file in files if "partial" in file.name],
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        kill_all(process.pid)
