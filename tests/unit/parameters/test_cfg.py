# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files: attributes are parameters, whatever is around them, and nothing else gets in or out."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters import cfg
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.names import is_companion
from hypothesis import example, given
from hypothesis import strategies as st

SAMPLE = """\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!-- reg.9.label="no" -->
<polycomConfig xmlns="urn:x" xmlns:xsi="urn:y" xsi:noNamespaceSchemaLocation="polycomConfig.xsd">
  <any reg.1.label="A &amp; B"

    dialplan.digitmap = '[2-9]11|0T' up.idleTimeout="60"><deeper reg.2.label="Zürich &#10;☎"/></any>
</polycomConfig>
""".replace("\n", "\r\n")

NAMES = st.from_regex(r"[a-z][A-Za-z0-9_-]{0,8}(\.[a-zA-Z0-9][A-Za-z0-9_-]{0,8}){1,3}", fullmatch=True) | st.builds(
    "device.{}".format, st.sampled_from("abc")
)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t\r &<>\"'"),
    max_size=40,
)
DESIRED = st.dictionaries(NAMES.filter(lambda name: not is_companion(name)), TEXTS, max_size=12)


def read(text: str) -> cfg.Document:
    return cfg.read(text.encode(), "site.cfg")


def expected(text: str) -> str:
    return " ".join(cfg.warnings(read(text)))


def test_attributes_are_the_parameters_each_with_its_line() -> None:
    document = read(SAMPLE)
    assert [(entry.name, entry.value, entry.line) for entry in document.entries] == [
        ("reg.1.label", "A & B", 4),
        ("dialplan.digitmap", "[2-9]11|0T", 6),
        ("up.idleTimeout", "60", 6),
        ("reg.2.label", "Zürich \n☎", 6),
    ]
    assert document.remarks == []


def test_lines_are_counted_through_a_long_element() -> None:
    text = cfg.write({f"reg.{index}.label": "x\n>\"'" for index in range(1, 5000)})
    lines = text.splitlines()
    for entry in read(text).entries:
        assert lines[entry.line - 1].strip().startswith(entry.name + "=")


def test_a_new_line_in_an_attribute_is_a_blank() -> None:
    assert read('<a b.c="1|\n2"/>').values == {"b.c": "1| 2"}


def test_what_stands_there_twice_is_remarked_and_the_last_one_counts() -> None:
    document = read('<a>\n<b x.y="1"/>\n<c x.y="2" x.z="3"/>\n<d x.z="3"/></a>')
    assert document.values == {"x.y": "2", "x.z": "3"}
    assert cfg.warnings(document) == ["site.cfg:3: x.y is also in line 2 with another value; the last one counts."]


def test_companions_are_no_parameters_and_say_what_counts() -> None:
    text = (
        '<a device.set="1" device.a="1" device.a.set="1" device.b="2" device.c="" device.c.set="0" '
        'device.d="4" device.d.set="0" device.e.set="1"/>'
    )
    assert read(text).values == {"device.a": "1", "device.b": "2"}
    assert "device.d is left out: device.d.set is 0" in expected(text)
    assert "device.e.set is left out: the value it belongs to is missing" in expected(text)
    assert "device.c" not in expected(text), "templates are full of these"


def test_without_device_set_no_device_parameter_counts() -> None:
    assert read('<a device.set="0" device.a="1" device.a.set="1" b.c="2"/>').values == {"b.c": "2"}


def test_certificates_share_a_companion() -> None:
    name = "device.sec.TLS.customDeviceCert1"
    assert expected(f'<a {name}.set="1" {name}.publicCert="x"/>') == ""
    assert cfg.write({f"{name}.publicCert": "x", f"{name}.privateKey": "y"}).count(".set=") == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no element found"),
        (b"<a", "well-formed"),
        (b'<a b.c="1" b.c="2"/>', "duplicate attribute"),
        (b'<a b.c="&secret;"/>', "undefined entity"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a b="&z;"/>', "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/x"><a/>', "DOCTYPE"),
        (b'\n<APPLICATION CONFIG_FILES="a.cfg"/>', "master file"),
        (b'<a>\n<b c="\xff"/></a>', "UTF-8"),
        ("<a/>".encode("utf-16"), "UTF-8"),
        (b"$ANSIBLE_VAULT;1.1;AES256\n00", "polycom.vvx.from_cfg"),
        (b" " * (cfg.MOST_BYTES + 1), "8 MB"),
    ],
)
def test_what_is_no_provisioning_file_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        cfg.read(data, "site.cfg")
    assert str(caught.value).startswith("site.cfg")
    assert "secret" not in str(caught.value)


def test_files_that_can_not_be_read_are_told_as_such(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "none.cfg", "No such file"),
        (tmp_path, "is not a regular file"),
        (Path("/dev/zero"), "is not a regular file"),
    ):
        with pytest.raises(SourceError, match=message):
            cfg.read_file(str(path))


@given(DESIRED)
@example({"a.b": "  \n\t\r ", "device.x": "", "device.y": "0"})
def test_what_is_written_is_read_again_in_its_order(parameters: dict[str, str]) -> None:
    text = cfg.write(parameters)
    document = read(text)
    assert list(document.values.items()) == list(parameters.items())
    assert document.remarks == []
    assert cfg.write(document.values) == text


@pytest.mark.parametrize(
    "parameters",
    [{"a.b": "\x00"}, {"a.b": "\ufffe"}, {"a.b": "\ud800"}, {"1.2": "x"}, {"a b": "x"}, {'a"b': "x"}, {"": "x"}],
)
def test_what_no_file_can_hold_is_refused(parameters: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="XML does not allow|not a parameter name"):
        cfg.write(parameters)


@pytest.mark.parametrize("switch", ["device.foo.set", "device.set"])
@pytest.mark.parametrize("value", ["0", "", "false", "no"])
def test_a_switch_that_is_off_is_not_turned_on(switch: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"{switch} is not 1"):
        cfg.write({"device.foo": "x", switch: value})
    assert cfg.write({"device.foo": "x", switch: "true"}) == cfg.write({"device.foo": "x"})


def test_the_file_of_the_flash_memory_without_a_switch_gets_none() -> None:
    assert ".set" not in cfg.write({"device.prov.masterConfigFile": "x"})


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@given(st.data())
def test_any_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE.encode())
    for _time in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b'"', b">", b"&#0;", b"<!DOCTYPE ", b"]]>", b"<?"])
        )
    _read_or_refused(bytes(damaged))


def _read_or_refused(data: bytes) -> None:
    try:
        document = cfg.read(data, "site.cfg")
    except SourceError:
        return
    assert all(1 <= entry.line <= data.count(b"\n") + 1 for entry in document.entries)
