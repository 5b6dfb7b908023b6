# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files as people write them: what is said of each is right, and nothing else is said."""

from __future__ import annotations

import typing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.generate import files
from corpus.judge import judge
from corpus.sample import Cause, Kind, Refusal, Remark, Sample

SEED, COUNT = 12, 200
UNREADABLE = b'<?xml version="1.0"?>\n<P>\n<reg reg.1.label="Sales & Service"/></P>\n'
TWICE = b'<P>\n<reg reg.1.label="Desk"\n reg.1.label="Lobby" reg.1.auth.password="zq-secret"/></P>\n'
SAID = frozenset({Remark("twice", "reg.1.label", 3)})
RIGHT = Sample("right.cfg", TWICE, {"reg.1.label": "Lobby", "reg.1.auth.password": "zq-secret"}, SAID)


def test_the_collection_says_what_is_right(tmp_path: Path) -> None:
    verdict = judge(files(SEED, COUNT), tmp_path)
    assert verdict.good, verdict.report(SEED)
    assert verdict.parsed + verdict.refused.total() == COUNT and verdict.parsed > 100
    assert verdict.true.total() > 300 and verdict.values > 400


def test_the_same_seed_makes_the_same_files() -> None:
    assert list(files(SEED, 20)) == list(files(SEED, 20)) != list(files(SEED + 1, 20))


def test_every_habit_occurs() -> None:
    samples = list(files(SEED, 5 * COUNT))
    assert {remark.kind for sample in samples for remark in sample.remarks} == set(typing.get_args(Kind))
    assert {sample.refusal.cause for sample in samples if sample.refusal} == set(typing.get_args(Cause))


def test_what_is_right_passes(tmp_path: Path) -> None:
    refused = Sample("refused.cfg", UNREADABLE, refusal=Refusal("raw ampersand", 3, "reg.1.label"))
    verdict = judge([RIGHT, refused], tmp_path)
    assert verdict.good and verdict.true == {"twice": 1} and verdict.refused == {"raw ampersand": 1}
    assert "warnings: 1 true, 0 false, 0 missed" in verdict.report(1)


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        (replace(RIGHT, remarks=frozenset()), "FALSE right.cfg:3: reg.1.label is also in line 2"),
        (replace(RIGHT, remarks=SAID | {Remark("typo", "reg.1.label", 3)}), "MISSED right.cfg:3: typo reg.1.label"),
        (replace(RIGHT, values={}), "FAULT right.cfg: reg.1.label is 'Lobby', not None"),
        (replace(RIGHT, refusal=Refusal("empty", None)), "FAULT right.cfg: was read, but has"),
        (replace(RIGHT, secrets=("line 2",)), "FAULT right.cfg: a secret is shown"),
        (Sample("wrong.cfg", UNREADABLE), "FAULT wrong.cfg (): was refused: "),
        (Sample("wrong.cfg", UNREADABLE, refusal=Refusal("raw ampersand", 2)), "FAULT wrong.cfg: Refusal("),
        (Sample("wrong.cfg", UNREADABLE, refusal=Refusal("no value", 3)), "FAULT wrong.cfg: Refusal("),
        (Sample("wrong.cfg", UNREADABLE, refusal=Refusal("raw ampersand", 3, "reg.2.x")), "FAULT wrong.cfg: Refusal("),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, sample: Sample, told: str) -> None:
    verdict = judge([sample], tmp_path)
    assert not verdict.good and told in verdict.report(1)
