# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several files set together is what the phone would do with them: no more, and nothing is dropped silently."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import document, writing
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.merging import Merged, merge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.names import is_companion
from hypothesis import example, given
from hypothesis import strategies as st

WITHOUT = 'as the phone ignores it without device.set="1" and its own .set="1"'


def merged(*texts: str, **options: bool) -> Merged:
    documents = [document.read(text.encode(), f"{number}.cfg") for number, text in enumerate(texts, 1)]
    return merge([[one] for one in documents], **options)


def told(result: Merged) -> str:
    return " ".join(str(remark) for remark in result.remarks)


def test_switches_are_no_parameters_and_say_what_counts() -> None:
    result = merged(
        '<a device.set="1" device.a="1" device.a.set="1" device.b="2" device.c="" device.c.set="0" '
        'device.d="4" device.d.set="0" device.e.set="1" device.f="x" device.f.set="true"/>'
    )
    assert result.values == {"device.a": "1", "device.f": "x"}
    assert "device.d is left out, as the phone ignores it: device.d.set is 0 in line 1." in told(result)
    assert "device.e.set is left out: the value it belongs to is missing" in told(result)
    assert f"1.cfg:1: device.b is left out, {WITHOUT}" in told(result) and "set it in parameters" in told(result)
    assert "device.c " not in told(result), "templates are full of these"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ('<a device.a="1"/>', False),
        ('<a device.a="1" device.a.set="1"/>', False),
        ('<a device.a="1" device.set="1"/>', False),
        ('<a device.a="1" device.set="0" device.a.set="1"/>', False),
        ('<a device.a="1" device.set="1" device.a.set="0"/>', False),
        ('<a device.a="1" device.set="1" device.a.set=""/>', False),
        ('<a device.a="1" device.set="1" device.A.set="1"/>', False),
        ('<a device.a="1" device.set=" 1" device.a.set="1&#10;"/>', True),
        ('<a><x device.a="1"/><y device.set="1"/><z device.a.set="1"/></a>', True),
    ],
)
def test_a_device_parameter_counts_with_both_switches_only(text: str, counts: bool) -> None:
    result = merged(text)
    assert result.values == ({"device.a": "1"} if counts else {})
    assert counts or "1.cfg:1: device.a is left out, as the phone ignores it" in told(result)


def test_the_switches_may_be_in_other_files() -> None:
    texts = ['<a device.a="1"/>', '<a device.set="1"/>', '<a device.a.set="1"/>']
    for first_wins in (False, True):
        assert merged(*texts, first_wins=first_wins).values == {"device.a": "1"}
        assert merged(*texts, first_wins=first_wins).remarks == []


@pytest.mark.parametrize(("first_wins", "counts"), [(False, False), (True, True)])
def test_a_switch_counts_where_its_file_does(first_wins: bool, counts: bool) -> None:
    on, off = '<a device.set="1" device.a="1" device.a.set="1"/>', '<a device.a.set="0"/>'
    result = merged(on, off, first_wins=first_wins)
    assert bool(result.values) is counts
    assert counts or "device.a.set is 0 in line 1 of 2.cfg" in told(result)


def test_certificates_share_a_switch_and_one_parameter_has_none() -> None:
    name = "device.sec.TLS.customDeviceCert1"
    text = f'<a device.set="1" {name}.set="1" {name}.publicCert="x" device.prov.masterConfigFile="m"/>'
    assert set(merged(text).values) == {f"{name}.publicCert", "device.prov.masterConfigFile"}
    assert merged(text).remarks == []


def test_an_export_leaves_out_secrets_and_says_so_itself() -> None:
    export = (
        '<PHONE_BACKUP><!-- not exported: device.auth.localAdminPassword --><DEVICE_SETTINGS device.set="1" '
        'device.auth.localAdminPassword.set="1" device.sntp.serverName="ntp" device.sntp.serverName.set="1"/>'
        "</PHONE_BACKUP>"
    )
    assert merged(export).values == {"device.sntp.serverName": "ntp"}
    assert merged(export).remarks == []


@pytest.mark.parametrize(("first_wins", "value", "winner"), [(False, "3", 3), (True, "1", 1)])
def test_the_order_says_which_file_counts(first_wins: bool, value: str, winner: int) -> None:
    texts = ['<a x.y="1" x.z="s"/>', '<a\n x.y="2" x.z="s"/>', '<a x.y="3"/>']
    result = merged(*texts, first_wins=first_wins)
    assert result.values == {"x.y": value, "x.z": "s"}
    assert f"{winner}.cfg:1: x.y is also in 2.cfg with another value; {winner}.cfg counts." in told(result)
    assert "x.z" not in told(result)
    assert [(entry.name, entry.value) for entry in result.overridden if entry.name == "x.y"] == [
        ("x.y", other) for other in ("123" if not first_wins else "321").replace(value, "")
    ]


def test_spellings_of_one_value_are_no_other_value() -> None:
    assert merged('<a up.idleTimeout="060"/>', '<a up.idleTimeout="60"/>').remarks == []
    assert merged('<a up.idleTimeout="061"/>', '<a up.idleTimeout="60"/>').remarks != []


def test_no_remark_has_a_value() -> None:
    name = "reg.1.auth.password"
    result = merged(f'<a {name}="Zq7-1"/>', f'<a {name}="Zq7-2"/>', f'<a device.prov.password="Zq7" {name}="Zq7-3"/>')
    assert len(result.remarks) == 3 and "Zq7" not in told(result)


def test_of_the_files_of_one_group_the_first_counts() -> None:
    group = [document.read(text, str(text)) for text in (b'<a x.y="1"/>', b'<a x.y="2" x.z="2"/>')]
    after = [document.read(b'<a x.y="3" x.z="3"/>', "after")]
    assert merge([group]).values == {"x.y": "1", "x.z": "2"}
    assert merge([group, after]).values == {"x.y": "3", "x.z": "3"}
    assert merge([group, after], first_wins=True).values == {"x.y": "1", "x.z": "2"}
    assert merge([after, group], first_wins=True).values == {"x.y": "3", "x.z": "3"}


NAMES = st.from_regex(r"[a-z][A-Za-z0-9_-]{0,8}(\.[a-zA-Z0-9][A-Za-z0-9_-]{0,8}){1,3}", fullmatch=True) | st.builds(
    "device.{}".format, st.sampled_from("abc")
)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t\r &<>\"'"),
    max_size=40,
)
DESIRED = st.dictionaries(NAMES.filter(lambda name: not is_companion(name)), TEXTS, max_size=12)


@given(DESIRED)
@example({"a.b": "  \n\t\r ", "device.x": "", "device.y": "0"})
def test_what_is_written_is_read_again_in_its_order(parameters: dict[str, str]) -> None:
    text = writing.write(parameters)
    result = merged(text)
    assert list(result.values.items()) == list(parameters.items())
    assert result.remarks == []
    assert writing.write(result.values) == text


def test_what_a_phone_ignores_does_not_come_to_life_on_the_way_through_a_dictionary() -> None:
    inert = merged('<a device.a="1" device.b="2" device.b.set="1" x.y="1"/>')
    assert "device" not in writing.write(inert.values)
