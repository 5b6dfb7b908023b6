# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a filter is given: a result, or an error of Ansible that names the filter and shows no value."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.polycom.vvx.plugins.filter import certificates, cfg, installed, playbooks

from support.certificates import made

FILTERS = {
    name: wanted for file in (cfg, certificates, installed) for name, wanted in file.FilterModule().filters().items()
}
ODD: list[Any] = [
    None, True, 5, 1.5, float("inf"), 10**400, b"bytes", datetime.date(2026, 1, 2), object(), "", " ", "zq-secret\0",
    "half \ud800", "<a", "<a zq='zq-secret' zq='x'>", "<a" * 50_000, "&" * 50_000, "nul\0.xsd", "/dev/null", [], [5],
    [None], [[]], [{}], ["half \ud800"], ["nul\0"], {}, {"a": None}, {"a": ["zq-secret"]}, {1: 2}, {None: "x"},
    {"half \ud800": "x"}, {"a": "half \ud800 zq-secret"}, {"a": "nul\0 zq-secret"}, {"a b": "zq-secret"}, {"": "x"},
    {"a": float("inf")}, {"x" * 100_000: "y"}, {"a": b"zq-secret"},
]  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.filterwarnings("ignore")
def test_no_value_escapes_a_filter(name: str) -> None:
    wrong = []
    for odd in ODD:
        for arguments in ((odd,), *(((["up.idleTimeout"], odd),) if name == "parameter_defaults" else ())):
            try:
                FILTERS[name](*arguments)
            except AnsibleFilterError as error:
                text = str(error)
                shown = "zq-secret" in text and name != "parameter_defaults"  # which is given names and paths
                if f"polycom.vvx.{name}" not in text or shown:
                    wrong.append(f"{str(odd)[:40]!r}: {text[:200]}")
            except Exception as error:
                wrong.append(f"{str(odd)[:40]!r}: {type(error).__name__} {str(error)[:200]}")
    assert wrong == []


def test_the_certificate_of_an_authority() -> None:
    one, other = made().pem, made("Other Root").pem
    line = " ".join(one.strip().split("\n"))
    wanted = FILTERS["ca_certificate"]
    assert wanted(one) == line and wanted(one, form="pem") == one.strip() and wanted(one, wantlist=True) == [line]
    assert len(wanted(one + other, wantlist=True)) == 2
    with pytest.raises(AnsibleFilterError, match=r"2 certificates \(CN=Example Root CA, .*wantlist=true"):
        wanted(one + other)
    with pytest.raises(AnsibleFilterError, match="form must be line or pem"):
        wanted(one, form="der")
    with pytest.raises(AnsibleFilterError, match="contains a private key"):
        wanted(made().key_pem)


def test_an_intermediate_authority_without_its_root_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(certificates.Display, "warning", lambda _self, text: said.append(text))
    root = made()
    between = made("Example Issuing CA", signer=root)
    FILTERS["ca_certificate"](between.pem + root.pem, wantlist=True)
    assert said == []
    FILTERS["ca_certificate"](between.pem)
    assert len(said) == 1 and "is an intermediate authority, signed by CN=Example Root CA" in said[0]


def test_collections_that_are_not_there() -> None:
    assert FILTERS["missing_collections"](["polycom.vvx", "nobody.nothing", "nowhere.at_all"]) == [
        "nobody.nothing",
        "nowhere.at_all",
    ]


def test_a_place_is_an_absolute_path_or_a_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = playbooks.FilterModule().filters()["place"]
    assert [place(each) for each in (None, "", " ", "\n")] == [""] * 4
    assert place(" parts ") == str(tmp_path / "parts") and place("/a/../b") == "/b"
    assert place("https://files.example.com/vvx/?a=b") == "https://files.example.com/vvx/?a=b"
    for odd in (5, ["a"], {}, True, "a\0"):
        with pytest.raises(AnsibleFilterError, match="polycom.vvx.place takes a path or a URL"):
            place(odd)
