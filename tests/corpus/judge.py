# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection says of generated files, compared to what should be said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from ansible_collections.polycom.vvx.plugins.filter import cfg as filters
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config_validate
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import BadValues
from ansible_collections.polycom.vvx.plugins.module_utils._steps import desired

from .sample import Cause, Kind, Remark, Sample

KINDS: dict[Kind, str] = {
    "encoding": r"is (UTF-16|ISO-8859-1|windows-1252) text, which not all phones may read",
    "something before the declaration": r"has something before its XML declaration",
    "unfinished": r"looks unfinished",
    "outer blanks": r"begins or ends with a blank or line end",
    "no effect on the phone": r"is left out, as the phone ignores it",
    "twice": r"is also in |is twice in one element",
    "not read": r"is not read|, which is not read",
    "typo": r"looks like a typo",
    "not permitted": r"\(built-in table",
    "secret without value": r"is a secret without a value",
}
CAUSES: dict[Cause, str] = {
    "raw ampersand": r"contains a raw &",
    "unknown entity": r"which HTML knows and XML does not",
    "unquoted value": r"has a value without quotes",
    "missing quote": r"has no closing quote",
    "curly quotes": r"has curly quotes",
    "< in a value": r"has a < in its value",
    "no value": r"has no value",
    "comment in a tag": r"a comment stands inside the tag",
    "dashes in a comment": r"a comment contains --",
    "comment not closed": r"a comment is not closed",
    "element not closed": r"is not closed",
    "wrong end tag": r"does not fit|closes an element that",
    "text outside": r"has text after the end",
    "no XML": r"is no XML",
    "web page": r"web page \(HTML\)",
    "empty": r"is empty",
    "two roots": r"stands after the end",
    "DOCTYPE": r"has a DOCTYPE",
    "undeclared encoding": r"is not UTF-8 text",
    "control character": r"contains the character U\+0007",
}


@dataclass
class Verdict:
    """``faults``: in words, each with the file. ``true``: the remarks that were made and had to be."""

    parsed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    values: int = 0

    @property
    def good(self) -> bool:
        return not (self.false or self.missed or self.faults)

    def report(self, seed: int) -> str:
        """The counts."""
        files = self.parsed + self.refused.total()
        lines = [
            f"{files} files (seed {seed}): {self.parsed} parsed, {self.refused.total()} refused",
            f"values: {self.values} right, {len(self.faults)} faults",
            f"warnings: {self.true.total()} true, {len(self.false)} false, {len(self.missed)} missed",
            f"  {_listed(self.true)}",
            f"refused: {_listed(self.refused)}",
        ]
        for title, wrong in (("FALSE", self.false), ("MISSED", self.missed), ("FAULT", self.faults)):
            lines += [f"{title} {text}" for text in wrong]
        return "\n".join(lines)


def judge(samples: Iterable[Sample], folder: Path) -> Verdict:
    """Run the collection over files, which are written into the folder."""
    verdict = Verdict()
    for sample in samples:
        path = folder / sample.name
        path.write_bytes(sample.content)
        _judge(sample, path, verdict)
    return verdict


def _judge(sample: Sample, path: Path, verdict: Verdict) -> None:
    params = {"src": [str(path)], "parameters": None, "schema": None, "fail_on": "never"}
    said: list[str] = []
    try:
        problems: list[dict[str, Any]] = config_validate.run(params, check_mode=True).values["problems"]
        wanted = desired.read(params, keep=False)
    except BadValues as error:
        said.append(str(error))
        _judge_refusal(sample, str(error), verdict)
    else:
        verdict.parsed += 1
        said += [problem["message"] for problem in problems] + wanted.warnings
        if sample.refusal is not None:
            verdict.faults.append(f"{sample.name}: was read, but has {sample.refusal}")
            return
        _judge_remarks(sample, problems, verdict)
        _judge_values(sample, wanted.values, verdict)
        said += _judge_filters(sample, verdict)
    for secret in sample.secrets:
        if any(secret in text for text in said):
            verdict.faults.append(f"{sample.name}: a secret is shown")


def _judge_refusal(sample: Sample, message: str, verdict: Verdict) -> None:
    expected = sample.refusal
    if expected is None:
        verdict.faults.append(f"{sample.name} {sample.habits}: was refused: {message}")
        return
    verdict.refused[expected.cause] += 1
    place = re.search(rf"{re.escape(sample.name)}(?::(\d+):(\d+))?: ", message)
    right = place is not None and re.search(CAUSES[expected.cause], message) and expected.name in message
    if place is None or not right or (expected.line is not None and place[1] != str(expected.line)):
        verdict.faults.append(f"{sample.name}: {expected} was told as: {message}")


def _judge_remarks(sample: Sample, problems: list[dict[str, Any]], verdict: Verdict) -> None:
    left = set(sample.remarks)
    for problem in problems:
        remark = _remark(problem)
        if remark in left:
            left.remove(remark)
            verdict.true[remark.kind] += 1
        elif problem["severity"] == "error" or remark not in sample.remarks:
            place = f"{sample.name}:{problem['line']}"
            verdict.false.append(f"{place}: {problem['parameter']} {problem['message']} {sample.habits}")
    verdict.missed += [f"{sample.name}:{remark.line}: {remark.kind} {remark.name}" for remark in sorted(left)]


def _remark(problem: dict[str, Any]) -> Remark | None:
    for kind, pattern in KINDS.items():
        if re.search(pattern, problem["message"]):
            name = problem["parameter"]
            return Remark(kind, "" if name == "file" else name, problem["line"])
    return None


def _judge_values(sample: Sample, values: dict[str, str], verdict: Verdict) -> None:
    for name in sorted({*sample.values, *values}):
        if sample.values.get(name) == values.get(name):
            verdict.values += 1
        else:
            verdict.faults.append(f"{sample.name}: {name} is {values.get(name)!r}, not {sample.values.get(name)!r}")


def _judge_filters(sample: Sample, verdict: Verdict) -> list[str]:
    """from_cfg and to_cfg mean the same as src, and lose nothing on the way. Returns what from_cfg warns of."""
    try:
        text = sample.content.decode("utf-8")
    except UnicodeDecodeError:
        return []
    with mock.patch.object(filters, "Display") as display:
        read = filters.from_cfg(text)
        again = filters.from_cfg(filters.to_cfg(read))
    warnings = [str(call.args[0]) for call in display().warning.call_args_list]
    # from_cfg keeps the empty secrets that src leaves out.
    kept = {name: value for name, value in read.items() if value or name in sample.values}
    if kept != sample.values:
        verdict.faults.append(f"{sample.name}: from_cfg reads {sorted(set(kept.items()) ^ set(sample.values.items()))}")
    if again != read:
        verdict.faults.append(f"{sample.name}: to_cfg writes something else than from_cfg reads")
    return warnings


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"
