# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation: everything at once, with its place; errors by the user's schema, warnings by the bundled table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import table, validation
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import document
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.merging import merge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.fact import Fact
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED, Knowledge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.validation import Problem, Wish
from hypothesis import given
from hypothesis import strategies as st

from support import firmware


@pytest.fixture
def with_schema(tmp_path: Path) -> Knowledge:
    return Knowledge.of([str(firmware.schema(tmp_path))], None, keep=False)


def problems(parameters: dict[Any, Any], knowledge: Knowledge = BUNDLED) -> list[Problem]:
    return validation.check([Wish(name, value) for name, value in parameters.items()], knowledge).problems


BAD = {
    "reg.1.lable": "x",
    "reg.4.label": "x",
    "pres.reg": 35,
    "firmware.new.enabled": "maybe",
    "reg.1.server.1.transport": "carrier pigeon",
    "prov.polling.time": "3:00",
    "call.callWaiting.enable": "",
    "reg.1.label": "fine",
    "device.prov.serverType": "https",
    "firmware.new.mode.2": "tls",
}


def test_with_a_schema_all_that_does_not_fit_is_an_error(with_schema: Knowledge) -> None:
    found = {problem.parameter: problem for problem in problems(BAD, with_schema)}
    assert {problem.severity for problem in found.values()} == {"error"}
    fit = {"reg.1.label", "device.prov.serverType", "firmware.new.mode.2", "call.callWaiting.enable"}
    assert set(found) == set(BAD) - fit
    assert found["reg.1.lable"].suggestion == "reg.1.label"
    assert str(found["reg.1.lable"]) == "reg.1.lable is not in the schema (did you mean reg.1.label?)"
    assert found["reg.4.label"].suggestion is None and "4 (1 to 3)" in found["reg.4.label"].message
    assert found["pres.reg"].message == "is above the maximum of 34"
    assert found["firmware.new.enabled"].message == "is not a boolean (1 or 0, true or false)"
    assert "UDPOnly, TCPpreferred" in found["reg.1.server.1.transport"].message
    assert found["prov.polling.time"].message == "is shorter than 5 characters"


def test_with_bundled_knowledge_only_it_is_a_warning_and_unknown_names_are_none() -> None:
    found = {problem.parameter: problem for problem in problems(BAD)}
    assert {problem.severity for problem in found.values()} == {"warning"}
    assert set(found) == {"pres.reg", "reg.1.server.1.transport", "prov.polling.time"}
    assert all("(built-in table; set schema to be sure)" in problem.message for problem in found.values())


def test_enumerations_that_only_guides_know_stay_warnings(with_schema: Knowledge) -> None:
    (problem,) = problems({"reg.1.type": "public"}, with_schema)
    assert problem.severity == "warning"


def test_values_go_in_the_schemas_spelling(with_schema: Knowledge) -> None:
    parameters = {
        "firmware.new.enabled": "yes",
        "firmware.new.volume": "-010",
        "device.prov.serverType": "HTTPS",
        "device.prov.serverType.set": True,
    }
    wishes = [Wish(name, value) for name, value in parameters.items()]
    checked = validation.check(wishes, with_schema)
    assert checked.problems == []
    assert checked.values == {"firmware.new.enabled": "1", "firmware.new.volume": "-10", "device.prov.serverType": "3"}


def test_with_templates_only_a_name_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    knowledge = Knowledge.of([str(firmware.unpack(tmp_path) / "Config" / "site.cfg")], None, keep=False)
    (problem,) = problems({"template.onyl": 1, "template.only": 1}, knowledge)
    assert (problem.severity, problem.message, problem.suggestion) == (
        "warning",
        "is not in the templates",
        "template.only",
    )


def test_problems_of_files_have_their_place() -> None:
    site = document.read(b'<a>\n<b pres.reg="99"/>\n<c pres.reg="98"/></a>', "site.cfg")
    wishes, remarks = validation.gather({}, merge([[site]]))
    assert [str(problem) for problem in remarks] == [
        "site.cfg:3: pres.reg is also in line 2 with another value; the last one counts"
    ]
    (problem,) = validation.check(wishes, BUNDLED).problems
    assert (problem.file, problem.line) == ("site.cfg", 3)


def test_parameters_win_over_files_and_later_files_over_earlier_ones() -> None:
    documents = [
        [document.read(text, name)]
        for name, text in (("1.cfg", b'<a x.a="1" x.b="1" x.c="1"/>'), ("2.cfg", b'<a x.b="2" x.c="2"/>'))
    ]
    wanted = {"x.c": 3, "x.d": 3}
    wishes, remarks = validation.gather(wanted, merge(documents, parameters=wanted))
    assert {wish.name: (wish.value, wish.file) for wish in wishes} == {
        "x.a": ("1", "1.cfg"),
        "x.b": ("2", "2.cfg"),
        "x.c": (3, None),
        "x.d": (3, None),
    }
    assert [str(remark) for remark in remarks] == ["2.cfg:1: x.b is also in 1.cfg with another value; 2.cfg counts"]


def test_doubtful_names_are_told_where_no_phone_is_asked(with_schema: Knowledge) -> None:
    wishes = [
        Wish(name, "1")
        for name in ("reg.1.lable", "reg.1.labell", "apps.restapi.enabled", "brand.new.thing", "device.set", 7)
    ]
    found = validation.doubtful_names(wishes, BUNDLED)
    assert [(problem.parameter, problem.suggestion) for problem in found] == [
        ("reg.1.lable", "reg.1.label"),
        ("reg.1.labell", "reg.1.label"),
        ("apps.restapi.enabled", None),
    ]
    assert [problem.parameter for problem in validation.doubtful_names(wishes, with_schema)] == ["apps.restapi.enabled"]


def test_a_wrong_schema_does_not_take_forever(with_schema: Knowledge) -> None:
    found = problems({f"some.other.thing{index}": "x" for index in range(2000)}, with_schema)
    assert len(found) == 2000


def test_a_name_of_any_length_is_told_at_once() -> None:
    wishes = [Wish(letter * 100_000, "1") for letter in "abc"] + [Wish("d" * 255, "1")]
    checked = validation.check(wishes, BUNDLED)
    assert [problem.message for problem in checked.problems] == [
        "is not a parameter name: it has more than 255 characters"
    ] * 3
    assert validation.doubtful_names(wishes, BUNDLED) == [] and all(
        len(str(problem)) < 150 for problem in checked.problems
    )


VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.integers(), max_size=1)
)
NAMES = (
    st.text(max_size=12)
    | st.integers()
    | st.sampled_from(["reg.1.label", "up.idleTimeout", "device.set", "device.x", "device.x.set", "pres.reg"])
)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_whatever_is_desired_each_parameter_is_sent_or_told(parameters: dict[Any, Any]) -> None:
    wishes, _remarks = validation.gather(parameters, merge([]))
    checked = validation.check(wishes, BUNDLED)
    expected = {problem.parameter for problem in checked.problems}
    for name in parameters:
        switch = isinstance(name, str) and (
            name == "device.set" or (name.startswith("device.") and name.endswith(".set"))
        )
        assert switch or name in checked.values or str(name) in expected or repr(str(name)) in expected


def test_an_empty_value_gives_no_warning_for_any_type() -> None:
    passwords = (table.ADMIN_PASSWORD, table.USER_PASSWORD)
    names = [name.replace(".x", ".1").replace(".y", ".1") for name in table.TABLE if name not in passwords]
    wishes = [Wish(name, "") for plain in names for name in (plain, f"{plain}.VVX311")]
    assert validation.check(wishes, BUNDLED).problems == validation.check(wishes, STRICT).problems == []


class _Strict(Knowledge):
    """Bundled types, as binding as those of a schema."""

    def fact(self, name: str) -> Fact:
        return replace(super().fact(name), firm=True)


STRICT = _Strict()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dialplan.impossibleMatchHandling", 3),
        ("dialplan.2.impossibleMatchHandling", "3"),
        ("dialplan.impossibleMatchHandling.timeOut", 8),
        ("dialplan.1.impossibleMatchHandling.timeOut", 4),
        ("powerSaving.officeHours.duration.monday", 24),
        ("powerSaving.officeHours.duration.sunday", "13"),
        ("bg.color.selection.VVX250", ""),
        ("log.level.change.httpa.EdgeE220", 4),
        ("voice.rxPacketFilter", True),
        ("powerSaving.enable.TrioVisualPlus", 0),
    ],
)
def test_what_later_firmware_takes_gives_no_warning(name: str, value: Any) -> None:
    wishes = [Wish(name, value)]
    assert [*validation.check(wishes, BUNDLED).problems, *validation.doubtful_names(wishes, BUNDLED)] == []


def test_a_limit_of_later_firmware_is_told_with_the_firmware() -> None:
    (problem,) = problems({"powerSaving.officeHours.duration.friday": 25})
    assert problem.message == "is above the maximum of 24 (built-in table, from UC Software 5.9; set schema to be sure)"


def test_a_letter_where_a_number_belongs_is_told() -> None:
    found = validation.doubtful_names([Wish("reg.x.server.1.adress", "x"), Wish("reg.x.server.1.port", 5060)], BUNDLED)
    assert [str(problem) for problem in found] == [
        "reg.x.server.1.port has a letter where a number belongs (did you mean reg.1.server.1.port?)"
    ]


def test_a_check_that_is_kept_is_that_of_the_value_its_type_and_the_knowledge() -> None:
    name, own = "lcl.datetime.date.format", Knowledge.of(None, ["lcl.*"], keep=False)
    assert Knowledge.of(None, ["lcl.*"], keep=False) is own
    for _again in range(2):
        said = {
            (value, knowledge is own): [problem.message for problem in problems({name: value}, knowledge)]
            for value in ("1", 1.5, "{{ site }}")
            for knowledge in (BUNDLED, own)
        }
        assert said["{{ site }}", False] and said["{{ site }}", False] != said["{{ site }}", True]
        assert not said["1", False]
        kinds = [problems({name: value}, own) for value in (True, 1, "1")]
        assert [bool(found) for found in kinds] == [True, True, False]  # a secret that YAML may have changed
        assert all(found.message.startswith("is a secret") for each in kinds for found in each)
        places = [(f"{line}.cfg", line) for line in (1, 2)]
        found = validation.check([Wish(name, "{{ x }}", line, file) for file, line in places], BUNDLED).problems
        assert [(each.file, each.line) for each in found] == places
