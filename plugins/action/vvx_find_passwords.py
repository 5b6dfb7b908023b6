# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from ..module_utils._options import connection
from ..module_utils._options.argument_spec import ArgumentSpec
from ..module_utils._options.validate import between
from ..module_utils._phone.errors import PhoneError, SettingsError, about
from ..plugin_utils import _ansible
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._console.words import count, some
from ..plugin_utils._doors import state
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.fleet import ASKED, FleetDoor
from ..plugin_utils._doors.known_passwords import KnownPasswords
from ..plugin_utils._doors.refusals import known_refusals
from ..plugin_utils._doors.storing import check_dest
from ..plugin_utils._guards.phones import refuse_slice
from ..plugin_utils._logins import RunLogins
from ..plugin_utils._passwords import candidates, found, telling
from ..plugin_utils._passwords.finding import FAILED, Finding, Question, find
from ..plugin_utils._threads import sweep
from ..plugin_utils._verdicts import Verdicts

_LOCK = "find-passwords"
_NONE = secrets.token_hex(16)
"""Stands for the password of a phone that has none. It is never sent."""


class ActionModule(FleetDoor):
    spec = candidates.SPEC
    shared: ClassVar[ArgumentSpec] = ASKED

    def look(self, params: Mapping[str, Any], hosts: Sequence[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        refuse_slice(_ansible.extra_variables(task_vars["hostvars"]), "its file would hold a part of the phones only")
        if params["retry_after"] is not None:
            between("retry_after", params["retry_after"], 0, candidates.LONGEST_RETRY, "seconds")
        candidates.read(params["password_candidates"])
        path = self._path(params)
        file = found.FoundFile(path, self._loader)
        self._connection_args["max_refusals"] = 0  # what other phones refuse says nothing about this one
        self._stores: dict[tuple[str | None, str | None, str], KnownPasswords] = {}
        self._store_of: dict[str, KnownPasswords] = {}
        said = self.said(hosts, task_vars)
        questions = list(apart([self._question(host, options, params) for host, options in said]))
        with self._alone():
            findings = telling.ordered(self._ask(questions, params["workers"]))
            changed, held = file.merge({each.host: each.password for each in findings if each.password is not None})
        Verdicts().put(hosts, telling.verdicts(findings) if params["fail"] else {})
        shown = min(path, os.path.relpath(path), key=len)
        told = telling.text(findings, columns(self._display), shown, held, bool(self._task.check_mode))
        tell(self._display, "\n".join(told))
        result = {"changed": changed, **telling.result(findings, path, held)}
        warnings = unproved(questions)
        return {**result, "warnings": warnings} if warnings else result

    def _path(self, params: Mapping[str, Any]) -> str:
        """Of the file. Raises SettingsError."""
        if params["into"]:
            return self.paths({"into": params["into"]})["into"]
        if state.is_job():
            raise SettingsError(
                "vvx_into is not set, and the files of this job go away with its container. Nothing was sent.",
                remedy="Set vvx_into to a file in a folder that is mounted into the container.",
            )
        path = os.path.abspath(found.USUAL)
        check_dest("into", found.USUAL, path)
        return path

    def _question(self, host: str, said: ConnectionOptions, params: Mapping[str, Any]) -> Question:
        address = host
        try:
            with about(host):
                args = self.options(said)
            address = str(args.get("host") or host)
            with about(address):
                reach = self.reach(args)
                given = params["password_candidates"] or said.variable(candidates.VARIABLE)
                listed = [*filter(None, [reach["password_next"]]), *candidates.read(given)]
                has_password = bool(reach["password"])
                reach = {**reach, "password": reach["password"] or _NONE, "password_next": None}
                refusals = known_refusals(reach, self._memory_args, said)
                settings = connection.settings(reach, RunLogins(), refusals)
                place = (*self.place(said), settings.username)
                if place not in self._stores:
                    self._stores[place] = KnownPasswords(*place)
                self._store_of[host] = self._stores[place]
                others = [password for password in dict.fromkeys(listed) if password != settings.password]
                return Question(
                    host, settings, others, has_password, None, reach["lockout_time"], params["retry_after"]
                )
        except PhoneError as error:
            return Question(host, trouble=error)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Raises SettingsError where nothing can be remembered, or another run is at work."""
        remedy = (
            "Set ansible_vvx_state_path to a folder that lasts; where the home folder does not last, also "
            "ansible_vvx_secrets_key."
        )
        with contextlib.ExitStack() as stack:
            for folder, store in {place[0]: store for place, store in self._stores.items()}.items():
                missing = store.missing()
                free = True
                try:
                    if missing is None:
                        free = stack.enter_context(state.alone(state.state_folder(folder).path, _LOCK))
                except state.Unusable as unusable:
                    missing = str(unusable)
                if missing is not None:
                    raise SettingsError(
                        f"what phones refuse can't be remembered, because {missing}. Nothing was sent: the next run "
                        "would try the same passwords again.",
                        remedy=remedy,
                    )
                if not free:
                    raise SettingsError(
                        "another run looks for passwords just now. Nothing was sent.",
                        remedy="Wait until it has ended: phones count the attempts of both.",
                    )
            yield

    def _ask(self, questions: Sequence[Question], workers: int) -> Iterator[Finding]:
        check_mode = bool(self._task.check_mode)

        def ask(question: Question) -> Finding:
            store = self._store_of.get(question.host)
            if store is None:
                return Finding(question.host, FAILED, error=question.trouble)
            return find(question, store, check_mode)

        swept = sweep(questions, ask, workers)
        for _question, finding in self.counted(swept, len(questions), lambda finding: finding.error):
            yield finding


def apart(questions: Sequence[Question]) -> Iterator[Question]:
    """The phones, without those that stand for the same one as another host: it would be tried twice."""
    keys = {
        question.host: {question.settings.base_url.lower(), question.phone_id}
        for question in questions
        if question.settings is not None
    }
    times = Counter(key for of_host in keys.values() for key in of_host)
    for question in questions:
        if all(times[key] == 1 for key in keys.get(question.host, ())):
            yield question
            continue
        trouble = SettingsError(
            "another host of the play has the same address or the same MAC address. Nothing was sent: one phone would "
            "be tried as two.",
            host=question.host,
            remedy="Correct the inventory, or leave one of them out with --limit.",
        )
        yield replace(question, settings=None, trouble=trouble)


def unproved(questions: Iterable[Question]) -> list[str]:
    """A warning of phones of which no certificate proves which phone they are, before they get a candidate."""
    hosts, plain = [], []
    for question in questions:
        if question.settings is None or not question.candidates:
            continue
        tls = question.settings.tls
        if not question.settings.use_ssl:
            plain.append(question.host)
        elif not tls.fingerprint and (not tls.validate_certs or tls.verify_hostname == "none"):
            hosts.append(question.host)
    told = []
    if hosts:
        told.append(
            f"No certificate proves which phone answers at the address of {count(len(hosts), 'host')}: whoever answers "
            f"there gets a candidate password: {some(hosts)}. Set ansible_vvx_verify_hostname: mac (with "
            "ansible_vvx_mac) or ansible_vvx_fingerprint."
        )
    if plain:
        told.append(
            f"Candidate passwords go over the network unencrypted, because ansible_vvx_use_ssl is false for "
            f"{count(len(plain), 'host')}: {some(plain)}."
        )
    return told
