# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the user's own firmware: what it says of parameters, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.schema import schema, xsd

from support import firmware


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
    assert "4 (1 to 3)" in (loaded.name_problem("reg.4.label") or "")
    assert "0 (1 to 3)" in (loaded.name_problem("reg.0.label") or "")
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
    with pytest.raises(SourceError, match="contains no schema"):
        load(tmp_path)
    with pytest.raises(SourceError, match="No such file"):
        load(tmp_path / "none.xsd")


@pytest.mark.parametrize("part", ["\u00b2", "9" * 5000, "\u0663"])
def test_what_is_no_index_is_a_part_of_the_name(part: str) -> None:
    head = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
    read = xsd.read(
        f'{head}<xsd:attribute name="reg.1.{part}" type="xsd:string"/></xsd:schema>'.encode(), "polycomConfig.xsd"
    )
    assert list(read.facts) == [f"reg.x.{part}"] and read.highest == {f"reg.x.{part}": [1]}
    assert (
        schema.Schema(read.facts, highest=read.highest, complete=True).name_problem(f"reg.1.{part}x")
        == "is not in the schema"
    )
