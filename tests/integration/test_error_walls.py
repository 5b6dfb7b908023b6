# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What 40 failing phones print: each sentence at most once per phone, however ansible-core shows errors."""

from __future__ import annotations

import re
from typing import Any

from simulator import PhoneSpec
from support.playbook import Playground

TASKS: list[dict[str, Any]] = [
    {"name": "facts", "polycom.vvx.vvx_facts": {"password": "stale"}, "ignore_errors": True},
    {"name": "typo", "polycom.vvx.vvx_config": {"parameters": {}, "updat_secrets": "always"}, "ignore_errors": True},
]


def test_40_failing_phones_say_each_sentence_once_each(start_fleet: Any, playground: Playground) -> None:
    phones = start_fleet(*[PhoneSpec()] * 20, *[PhoneSpec(rest="off")] * 20, tls=False).phones
    run = playground.play(phones, TASKS, "--forks", "10")
    for task in TASKS:
        results = [run.of(task["name"], phone.name) for phone in phones]
        assert all("error" in result for result in results)
        said = {result["msg"].removeprefix(f"{phone.host}: ") for result, phone in zip(results, phones)}
        assert 1 <= len(said) <= 2, said
        for sentence in {each for text in said for each in re.split(r"(?<=[.?]) +", text) if len(each) > 8}:
            assert 1 <= run.output.count(sentence.replace('"', '\\"')) <= len(phones), sentence
    blocks = re.findall(r"^\[ERROR\]: .*", run.output, re.MULTILINE)
    assert len(blocks) == len(set(blocks)) <= 4, "once for each kind of failure, not for each phone"
    assert not any(phone.count("config/set") for phone in phones), "nothing was sent with the typo"
