# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the user's own firmware: what it says of parameters, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import table
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.fact import Fact
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.names import indices, pattern
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema import schema, xsd
from hypothesis import given
from hypothesis import strategies as st

from support import firmware

HEAD = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
SOURCE = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return firmware.schema(tmp_path)


def load(*paths: Path) -> schema.Schema:
    return schema.load_schema([str(path) for path in paths], keep=False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("firmware.new.enabled", {"type": "bool", "default": "0"}),
        ("firmware.new.volume", {"type": "int", "lowest": -57, "highest": 0, "may_be_empty": True, "default": "-10"}),
        ("pres.reg", {"type": "int", "lowest": 1, "highest": 34, "default": "1"}),
        (
            "device.syslog.facility",
            {"type": "int", "lowest": 0, "highest": 23, "may_be_empty": True, "default": None, "restart": "yes"},
        ),
        ("reg.2.label", {"type": "str", "lowest": 0, "highest": 256}),
        ("prov.polling.time", {"type": "str", "lowest": 5, "highest": 5, "default": "03:00"}),
        ("reg.1.auth.password", {"type": "str", "highest": 32, "secret": True}),
        ("firmware.gate.secretWord", {"secret": True}),
        ("reg.1.server.1.transport", {"type": "enum", "default": "DNSnaptr", "restart": "no", "basis": "4.1.6"}),
        (
            "device.prov.serverType",
            {"choices": (("0", "FTP"), ("1", "TFTP"), ("2", "HTTP"), ("3", "HTTPS")), "may_be_empty": True},
        ),
        ("reg.1.ringType", {"choices": (("1", "ringer1"), ("2", "ringer2"), ("default",))}),
        ("reg.1.type", {"type": "enum", "choices": (("private",), ("shared",)), "default": "private", "firm": False}),
        ("firmware.new.mode.1", {"type": "int"}),
        ("firmware.new.mode.2", {"type": "enum"}),
        ("up.idleTimeout", {"default": None, "highest": 65535}),
        ("up.idleTimeout.VVX411", {"highest": 65535}),
        ("call.callWaiting.enable", {"type": "bool", "firm": True}),
    ],
)
def test_types_limits_defaults_and_secrets_are_read(file: Path, name: str, expected: dict[str, object]) -> None:
    fact = load(file).fact(name)
    assert fact is not None
    assert {key: getattr(fact, key) for key in expected} == expected
    assert fact.firm is expected.get("firm", True)


def test_names_and_indices_are_judged(file: Path) -> None:
    loaded = load(file)
    assert loaded.name_problem("reg.3.label") is None
    assert loaded.name_problem("reg.3.label.VVX411") is None
    assert "4 (there are 3)" in (loaded.name_problem("reg.4.label") or "")
    assert "0 (there are 3)" in (loaded.name_problem("reg.0.label") or "")
    assert "not in the schema" in (loaded.name_problem("reg.1.lable") or "")


def test_a_folder_is_a_firmware_package(tmp_path: Path) -> None:
    folder = firmware.unpack(tmp_path)
    loaded = load(folder)
    assert loaded.complete and loaded == load(folder / "Config" / "polycomConfig.xsd"), "its templates are not read"


def test_templates_complete_a_schema_where_they_are_named(tmp_path: Path) -> None:
    folder = firmware.unpack(tmp_path) / "Config"
    loaded = load(folder / "polycomConfig.xsd", folder / "site.cfg")
    assert loaded.complete and loaded.name_problem("template.only") is None
    fact = loaded.fact("tcpIpApp.sntp.address")
    assert fact is not None and fact.default == "" and fact.firm, "the type is the schema's, the default the template's"


def test_templates_name_parameters_and_are_no_authority(tmp_path: Path) -> None:
    loaded = load(firmware.unpack(tmp_path) / "Config" / "site.cfg")
    assert not loaded.complete
    assert loaded.name_problem("reg.1.label") == "is not in the templates"
    fact = loaded.fact("template.only")
    assert fact is not None and fact.default == "7" and not fact.firm
    flash = loaded.fact("device.sntp.serverName")
    assert flash is not None and flash.default is None and flash.type == "str"


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no schema"):
        load(tmp_path)
    with pytest.raises(SourceError, match="No such file"):
        load(tmp_path / "none.xsd")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "no global attributes"),
        ('<xsd:attribute name="a.b" type="Nowhere"/>', "a.b is of the type Nowhere"),
        ('<xsd:attribute name="a.b"/>', "without name or type"),
        ('<xsd:attribute name="a.b" type="xsd:duration"/>', "type duration"),
        (
            '<xsd:attribute name="a.b" type="xsd:boolean"><xsd:simpleType/></xsd:attribute>',
            "simpleType in a global attribute",
        ),
        ('<xsd:include schemaLocation="other.xsd"/>', "a global include"),
        ('<xsd:simpleType><xsd:restriction base="xsd:string"/></xsd:simpleType>', "without a name"),
        ('<xsd:simpleType name="T"><xsd:list itemType="xsd:string"/></xsd:simpleType>', "list in a simpleType"),
        (
            '<xsd:simpleType name="T"><xsd:restriction base="xsd:string"><xsd:pattern value="x"/></xsd:restriction></xsd:simpleType>',
            "pattern in",
        ),
        (
            '<xsd:simpleType name="T"><xsd:restriction base="xsd:integer"><xsd:maxInclusive value="x"/></xsd:restriction></xsd:simpleType>',
            "maxInclusive",
        ),
        ('<xsd:simpleType name="T"/><xsd:attribute name="a" type="T"/>', "based on nothing"),
        (
            '<xsd:simpleType name="T"><xsd:restriction base="T"/></xsd:simpleType><xsd:attribute name="a" type="T"/>',
            "of one another",
        ),
        (
            '<xsd:simpleType name="T"><xsd:union memberTypes="xsd:string xsd:integer"/></xsd:simpleType><xsd:attribute name="a" type="T"/>',
            "union",
        ),
        (
            '<xsd:simpleType name="T"><xsd:union memberTypes="U"/></xsd:simpleType><xsd:attribute name="a" type="T"/>',
            "union with U",
        ),
    ],
)
def test_another_grammar_is_refused_loudly(body: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        xsd.read(f"{HEAD}\n{body}</xsd:schema>".encode(), "polycomConfig.xsd")
    assert str(caught.value).startswith("polycomConfig.xsd")


@pytest.mark.parametrize(
    ("values", "choices"),
    [
        (["0", "unlimited"], (("0",), ("unlimited",))),
        (["0", "off", "1", "on"], (("0", "off"), ("1", "on"))),
        (["0", "off", "2", "on"], (("0",), ("off",), ("2",), ("on",))),
    ],
)
def test_a_number_and_a_word_are_one_value_only_where_they_take_turns(values: list[str], choices: object) -> None:
    listed = "".join(f'<xsd:enumeration value="{value}"/>' for value in values)
    kind = f'<xsd:simpleType name="T"><xsd:restriction base="xsd:string">{listed}</xsd:restriction></xsd:simpleType>'
    read = xsd.read(f'{HEAD}{kind}<xsd:attribute name="a.b" type="T"/></xsd:schema>'.encode(), "polycomConfig.xsd")
    assert read.facts["a.b"].choices == choices


def test_unions_of_unions_take_no_time() -> None:
    last = '<xsd:simpleType name="T7"><xsd:restriction base="xsd:string"><xsd:enumeration value="a"/></xsd:restriction></xsd:simpleType>'
    unions = [
        f'<xsd:simpleType name="T{at}"><xsd:union memberTypes="{f"T{at + 1} " * 30}"/></xsd:simpleType>'
        for at in range(7)
    ]
    read = xsd.read(
        f'{HEAD}{"".join(unions)}{last}<xsd:attribute name="a.b" type="T0"/></xsd:schema>'.encode(), "polycomConfig.xsd"
    )
    assert read.facts["a.b"].choices == (("a",),)


@pytest.mark.parametrize("union", [False, True])
def test_an_enumeration_without_end_is_refused(union: bool) -> None:
    values = "".join(f'<xsd:enumeration value="v{at}"/>' for at in range(6000))
    enumeration = f'<xsd:restriction base="xsd:string">{values}</xsd:restriction>'
    kind = f"<xsd:union><xsd:simpleType>{enumeration}</xsd:simpleType></xsd:union>" if union else enumeration
    with pytest.raises(SourceError, match="more than 5000 values"):
        xsd.read(
            f'{HEAD}<xsd:simpleType name="T">{kind}</xsd:simpleType><xsd:attribute name="a" type="T"/></xsd:schema>'.encode(),
            "polycomConfig.xsd",
        )


@pytest.mark.parametrize("part", ["\u00b2", "9" * 5000, "\u0663"])
def test_what_is_no_index_is_a_part_of_the_name(part: str) -> None:
    read = xsd.read(
        f'{HEAD}<xsd:attribute name="reg.1.{part}" type="xsd:string"/></xsd:schema>'.encode(), "polycomConfig.xsd"
    )
    assert list(read.facts) == [f"reg.x.{part}"] and read.highest == {f"reg.x.{part}": [1]}
    assert (
        schema.Schema(read.facts, highest=read.highest, complete=True).name_problem(f"reg.1.{part}x")
        == "is not in the schema"
    )


@pytest.mark.parametrize(
    ("data", "message"), [(b"<html/>", "root is html"), (b"<!DOCTYPE a><a/>", "DOCTYPE"), (b"", "no element")]
)
def test_what_is_no_schema_at_all_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        xsd.read(data, "polycomConfig.xsd")


@given(st.data())
def test_any_damaged_schema_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(SOURCE)
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<xsd:union>", b"</xsd:schema>", b'value="', b"-", b"9"])
        )
    try:
        found = xsd.read(bytes(damaged), "polycomConfig.xsd")
    except SourceError:
        return
    assert all(isinstance(fact, Fact) for fact in found.facts.values())


@given(st.sampled_from(sorted(table.TABLE)), st.lists(st.integers(1, 99), min_size=3, max_size=3))
def test_patterns_and_indices_are_what_a_name_consists_of(known: str, numbers: list[int]) -> None:
    places = dict(zip("xyz", map(str, numbers)))
    name = ".".join(places.get(part, part) for part in known.split("."))
    assert pattern(name) == pattern(f"{name}.VVX411") == known
    assert indices(name) == [places[part] for part in known.split(".") if part in places]
