# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading polycomConfig.xsd: its known structure, and nothing else."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.fact import Fact
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema import xsd
from hypothesis import given
from hypothesis import strategies as st

from support import firmware

HEAD = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
USED = '<xsd:attribute name="a" type="T"/>'
SOURCE = (firmware.PACKAGE / "Config" / "polycomConfig.xsd").read_bytes()


def simple(name: str, body: str) -> str:
    """A named simple type."""
    return f'<xsd:simpleType name="{name}">{body}</xsd:simpleType>'


def restriction(base: str, body: str = "") -> str:
    return f'<xsd:restriction base="{base}">{body}</xsd:restriction>'


def parse(body: str) -> xsd.SchemaFile:
    return xsd.read(f"{HEAD}{body}</xsd:schema>".encode(), "polycomConfig.xsd")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "no global attributes"),
        ('<xsd:attribute name="a.b" type="Nowhere"/>', "a.b has type Nowhere"),
        ('<xsd:attribute name="a.b"/>', "without name or type"),
        ('<xsd:attribute name="a.b" type="xsd:duration"/>', "type duration"),
        (
            '<xsd:attribute name="a.b" type="xsd:boolean"><xsd:simpleType/></xsd:attribute>',
            "simpleType in a global attribute",
        ),
        ('<xsd:include schemaLocation="other.xsd"/>', "a global include"),
        (f"<xsd:simpleType>{restriction('xsd:string')}</xsd:simpleType>", "without a name"),
        (simple("T", '<xsd:list itemType="xsd:string"/>'), "list in a simpleType"),
        (simple("T", restriction("xsd:string", '<xsd:pattern value="x"/>')), "pattern in"),
        (simple("T", restriction("xsd:integer", '<xsd:maxInclusive value="x"/>')), "maxInclusive"),
        (simple("T", "") + USED, "based on nothing"),
        (simple("T", restriction("T")) + USED, "in a circle"),
        (simple("T", '<xsd:union memberTypes="xsd:string xsd:integer"/>') + USED, "union"),
        (simple("T", '<xsd:union memberTypes="U"/>') + USED, "union with U"),
    ],
)
def test_another_structure_is_rejected(body: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        parse(body)
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
    assert parse(simple("T", restriction("xsd:string", listed)) + USED).facts["a"].choices == choices


def test_unions_of_unions_take_no_time() -> None:
    last = simple("T7", restriction("xsd:string", '<xsd:enumeration value="a"/>'))
    unions = [simple(f"T{at}", f'<xsd:union memberTypes="{f"T{at + 1} " * 30}"/>') for at in range(7)]
    read = parse(f'{"".join(unions)}{last}<xsd:attribute name="a.b" type="T0"/>')
    assert read.facts["a.b"].choices == (("a",),)


@pytest.mark.parametrize("union", [False, True])
def test_an_enumeration_without_end_is_rejected(union: bool) -> None:
    values = "".join(f'<xsd:enumeration value="v{at}"/>' for at in range(6000))
    enumeration = restriction("xsd:string", values)
    kind = f"<xsd:union><xsd:simpleType>{enumeration}</xsd:simpleType></xsd:union>" if union else enumeration
    with pytest.raises(SourceError, match="more than 5000 values"):
        parse(simple("T", kind) + USED)


@pytest.mark.parametrize(
    ("data", "message"), [(b"<html/>", "root is html"), (b"<!DOCTYPE a><a/>", "DOCTYPE"), (b"", "no element")]
)
def test_anything_but_a_schema_is_rejected(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        xsd.read(data, "polycomConfig.xsd")


@given(st.data())
def test_any_damaged_schema_is_read_or_rejected(data: st.DataObject) -> None:
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
