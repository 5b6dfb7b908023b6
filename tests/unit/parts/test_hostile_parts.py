# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A part without a signature may be anything: it is refused, or all that is made of it is as safe as of a good one."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._certificates import Certificate
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import Origin
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError, TlsFailed
from ansible_collections.polycom.vvx.plugins.module_utils._steps.survey import Difference, Survey
from ansible_collections.polycom.vvx.plugins.plugin_utils._parts.gather import gather, read_phones
from ansible_collections.polycom.vvx.plugins.plugin_utils._parts.part import Part, dumps, name_of
from ansible_collections.polycom.vvx.plugins.plugin_utils._report import audit, audit_text, making, report, report_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.columns import COLUMNS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.formats import FORMATS
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.reading import Reading
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.rows import row
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.slices import audit_of, read_columns, row_of, row_read
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.values import at
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import making as planning
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import plan as plans
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import plan_text
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_markdown import markdown
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.slices import Planned
from hypothesis import given, settings
from hypothesis import strategies as st

from support.plans import KEY, LABEL, NEW_PASSWORD, entry

MADE = "2026-11-27T08:00:00Z"
HOST = "a"
EVIL = "https://evil.example/"
DRIFT = Difference("reg.1.label", "Empfang", "Desk", "web", "vvx_parameters_all", "vars.yml", 3)
INFO = {
    "device": {"model": "VVX 411", "firmware": "5.9.3.1", "mac": "00:04:f2:00:00:01", "uptime_seconds": 60},
    "lines": [{"line": 1, "label": "köln", "user": "1001", "registered": False, "proxy": "sip.example.org"}],
}
FOUND = Survey(
    INFO,
    {"x": "lacks"},
    ["network"],
    compared=2,
    drift=[DRIFT],
    unknown={"a.b": ["a.c"]},
    origins={"a.b": Origin("x", "y", 1)},
    secrets={"reg.1.auth.password": "it is hidden"},
    certificate=Certificate("0" * 64, "CN=a", "CN=b"),
)
READING = Reading(HOST, "10.0.0.1", FOUND, {"default": "5.9.4"}, 30, at(MADE).astimezone(), "https://10.0.0.1/", {}, {})
OF_THE_REPORT = {"csv_delimiter": "comma", "csv_bom": False, "markdown_phones": 20, "prometheus_phones": True}
OF_THE_PLAN = {"layers": ["a"], "sensitive": None, "update_secrets": "on_create", "unknown_parameters": "skip"}


def use_report(rows: dict[str, Any]) -> None:
    for found in rows.values():
        assert EVIL not in str(found["detail"]["url"]), "no link to another host"
    made = making.make("Phones", rows.values(), COLUMNS, making.Run(MADE))
    for name, to_bytes in FORMATS.items():
        if name != "xlsx" or importlib.util.find_spec("xlsxwriter"):
            assert to_bytes(made.report, OF_THE_REPORT)
    to_bytes = FORMATS["json"]
    json.loads(to_bytes(made.report, OF_THE_REPORT).decode())
    harmless(report.result(made.told, []), report.verdicts(rows.values(), ["drift", "error", "unreachable"]))
    assert report_text.text(made.told, [], 80) and report.warnings(list(rows.values())) is not None


def use_audit(phones: dict[str, Reading]) -> None:
    found = audit.ordered(phones.values())
    json.loads(audit.details(found).encode("utf-8", "replace").decode())
    fail_on = ["drift", "unknown", "error"]
    harmless(audit.result(found, {"fail_on": fail_on}, []), audit.verdicts(found, fail_on), audit.notices(found, ["a"]))
    audit_text.text(found, 80, None)


def use_plan(planned: dict[str, Planned]) -> None:
    remarks = planning.Remarks(["a"])
    for each in planned.values():
        each.remark(remarks)
    plan = planning.make([each.entry for each in planned.values()], OF_THE_PLAN, None)
    assert plans.loads(plans.dumps(plan, KEY), KEY, "plan.json").id == plan.id
    markdown(plan, "/srv/plan.json", 1_000_000).encode("utf-8", "replace")
    harmless(planning.result(plan, [], plan_text.brief(plan)), planning.verdicts(plan, planning.FAIL_ON))
    harmless(plan_text.text(plan, 80, plan_text.Place("plan.json")), remarks.texts())


def harmless(*values: Any) -> None:
    """Ansible can make JSON of it."""
    assert json.dumps(values, allow_nan=False)


KINDS: dict[str, tuple[Any, Callable[[str, Any], Any], Callable[[Any], None]]] = {
    "report": (
        row_read(row(READING, read_columns(COLUMNS)), False),
        lambda host, read: row_of(host, read, COLUMNS, {}),
        use_report,
    ),
    "audit": (audit.detail(READING), audit_of, use_audit),
    "plan": (
        Planned(entry(HOST, LABEL, NEW_PASSWORD, unknown={"x": ["y"]}, restart="reboot"), True, ("old",)).read(),
        Planned.of,
        use_plan,
    ),
}
ERROR = audit.detail(Reading(HOST, "10.0.0.1", Survey(error=TlsFailed("a certificate.", remedy="Set ca_path."))))

TEXTS = st.text(st.characters()) | st.sampled_from(["\ud83d", EVIL, "{{ 7 * 7 }}", "\x1b[2J", "=1+1", "1" * 5000])
NUMBERS = st.integers(-(10**400), 10**400) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXTS, each, max_size=3),
    max_leaves=5,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everything in it that can be replaced: what holds it, and its key there."""
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        yield value, key
        yield from places(part)


def merge(kind: str, data: bytes) -> None:
    """As the task does it: refused with a remedy, or used."""
    _good, read, use = KINDS[kind]
    try:
        parts = gather(kind, [HOST], {name_of(kind, HOST): data}.get, {}, "7")
        made = read_phones(parts, [HOST], read)
    except SettingsError as error:
        refused = error
    else:
        use(made)
        return
    assert refused.message.endswith("Nothing was merged.") and refused.remedy


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_part_is_used(kind: str) -> None:
    good, read, use = KINDS[kind]
    use({HOST: read(HOST, json.loads(json.dumps(good)))})


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_part_it_is_refused_or_harmless(kind: str, data: st.DataObject) -> None:
    good = ERROR if kind == "audit" and data.draw(st.booleans(), label="could not be read") else KINDS[kind][0]
    content = json.loads(dumps(Part(kind, "7", MADE, {}, {HOST: copy.deepcopy(good)})))
    for _change in range(data.draw(st.integers(1, 3), label="changes")):
        holder, key = data.draw(st.sampled_from(list(places(content["phones"]))), label="where")
        if data.draw(st.integers(0, 4), label="how") and (isinstance(holder, list) or key in holder):
            holder[key] = data.draw(JSON, label="instead")
        elif isinstance(holder, dict):
            holder[data.draw(TEXTS, label="more")] = holder.pop(key, None)
    merge(kind, json.dumps(content).encode())


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_harmless(kind: str, data: st.DataObject) -> None:
    content = bytearray(dumps(Part(kind, "7", MADE, {}, {HOST: KINDS[kind][0]})))
    for _byte in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    merge(kind, bytes(content[: data.draw(st.integers(0, len(content)))]))
