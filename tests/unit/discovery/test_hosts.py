# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Matching findings with expected phones, the variables and names of hosts, warnings."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.hosts import (
    Host,
    host_variables,
    left_out,
    match,
    registration,
    subnet,
)
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.probe import Finding
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected

A, B, C = "0004f2aaaaaa", "0004f2bbbbbb", "0004f2cccccc"


def phone(address: str, mac: str, **device: Any) -> Finding:
    return Finding(address, mac=mac, facts={"device": {"mac": mac, **device}})


def silent(address: str) -> Finding:
    return Finding(address, reason="unreachable", message="connection refused.")


def test_a_row_belongs_to_the_phone_with_its_mac_wherever_that_is() -> None:
    matched = match([phone("10.0.0.1", A), phone("10.0.0.2", B)], [Expected("10.0.0.1", B, "front", {"site": "x"})])
    assert [(host.finding.address, host.given_name, host.variables) for host in matched.hosts] == [
        ("10.0.0.1", None, {}),
        ("10.0.0.2", "front", {"site": "x"}),
    ]


def test_another_phone_at_the_address_of_a_row_does_not_get_its_variables() -> None:
    matched = match([phone("10.0.0.1", A)], [Expected("10.0.0.1", B, "front", {"site": "x"})])
    found, missing = matched.hosts
    assert found.variables == {} and found.given_name is None
    assert (
        missing.finding.reason == "other_phone"
        and missing.mac == B
        and missing.finding.host == ""
        and missing.variables == {"site": "x"}
    )
    assert "00:04:f2:aa:aa:aa" in str(missing.finding.message)


def test_a_row_without_a_mac_belongs_to_whatever_phone_is_there() -> None:
    matched = match([phone("10.0.0.1", A)], [Expected("10.0.0.1", None, "front")])
    assert matched.hosts[0].given_name == "front" and matched.hosts[0].mac == A


def test_a_phone_that_does_not_answer_is_identified_by_its_row() -> None:
    matched = match([silent("10.0.0.1")], [Expected(mac=A), Expected("10.0.0.1", A, "front")])
    assert len(matched.hosts) == 1 and matched.hosts[0].mac == A and matched.hosts[0].given_name == "front"


def test_provisioned_and_not_found() -> None:
    matched = match(
        [phone("10.0.0.1", A)],
        [Expected(mac=C), Expected(mac=A), Expected(mac=B), Expected(mac=B, variables={"site": "x"})],
    )
    reasons = [(host.mac, host.finding.reason) for host in matched.hosts]
    assert reasons == [(A, None), (B, "not_found"), (C, "not_found")]
    assert matched.hosts[1].variables == {"site": "x"}


def test_a_phone_with_two_addresses_is_one_host() -> None:
    matched = match([phone("10.0.0.1", A), phone("2001:db8::1", A)], [Expected("2001:db8::1", name="front")])
    assert (
        len(matched.hosts) == 1
        and matched.hosts[0].given_name == "front"
        and [duplicate.address for duplicate in matched.duplicates] == ["2001:db8::1"]
    )


def test_other_devices_do_not_become_hosts() -> None:
    matched = match([Finding("10.0.0.1", reason="not_a_phone", message="...")], [Expected("10.0.0.1")])
    assert matched.hosts == [] and [other.address for other in matched.strangers] == ["10.0.0.1"]


def test_the_first_source_that_sets_a_value_wins() -> None:
    rows = [
        Expected("10.0.0.1", name="a", variables={"x": "1"}),
        Expected("10.0.0.1", name="b", variables={"x": "2", "y": "2"}),
    ]
    host = match([phone("10.0.0.1", A)], rows).hosts[0]
    assert host.given_name == "a" and host.variables == {"x": "1", "y": "2"}


def test_two_rows_for_one_phone_are_told_and_not_joined() -> None:
    """One by address, one by MAC: only the search shows that they are about one phone."""
    rows = [Expected("10.0.0.1", name="a", line=2), Expected(mac=A, name="b", variables={"x": "1"}, line=3)]
    matched = match([phone("10.0.0.1", A)], [*rows, Expected("10.0.0.1")])
    assert [(host.given_name, host.variables) for host in matched.hosts] == [("a", {})]
    assert list(left_out(matched, "none")) == ["csv: line 3 is about the same phone as line 2, and was not used."]


def test_variables() -> None:
    host = Host(phone("10.1.20.11", A, model="VVX 411"), variables={"site": "x", "vvx": "never"})
    host.finding.facts = {
        **(host.finding.facts or {}),
        "lines": [{"registered": True, "label": "Front", "user": "1001"}, {"registered": False}],
    }
    assert host_variables(host, 8443, 22) == {
        "site": "x",
        "vvx": {**host.finding.facts, "subnet": "10.1.20.0/22", "registration": "some"},
        "ansible_host": "10.1.20.11",
        "ansible_port": 8443,
        "ansible_vvx_mac": "00:04:f2:aa:aa:aa",
    }


def test_variables_of_one_that_was_not_read() -> None:
    missing = match([], [Expected(mac=A)]).hosts[0]
    assert set(host_variables(missing, 8443, 24)) == {"vvx", "ansible_vvx_mac", "vvx_reason", "vvx_message"}
    assert host_variables(Host(silent("2001:db8::1")), None, 24)["vvx"] == {"subnet": "2001:db8::/64"}


def test_subnets() -> None:
    assert subnet("10.1.20.11", 24) == "10.1.20.0/24" and subnet("10.1.20.11", 32) == "10.1.20.11/32"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([True, True], "all"),
        ([True, False], "some"),
        ([False], "none"),
        ([], "none"),
        ([None], "none"),
        ([True, None], "all"),
    ],
)
def test_registration(lines: list[Any], expected: str) -> None:
    assert registration([{} if line is None else {"registered": line} for line in lines]) == expected


def test_warnings_group_what_is_left_out_by_reason() -> None:
    findings = [phone("10.0.0.1", A), phone("10.0.0.2", A), *(silent(f"10.0.1.{last}") for last in range(1, 8))]
    findings.append(Finding("10.0.2.1", reason="not_a_phone", message="its certificate is for 'x'."))
    matched = match(findings, [Expected(mac=B)])
    others = [
        "1 left out, not_a_phone: 10.0.2.1. 10.0.2.1: its certificate is for 'x'.",
        f"10.0.0.2 left out, duplicate: the phone {A} was found at another address, too.",
    ]
    assert list(left_out(matched, "all")) == others
    assert list(left_out(matched, "none")) == [
        others[0],
        f"1 left out, not_found: {B}. {B}: no phone with this MAC address was found among the addresses.",
        "7 left out, unreachable: 10.0.1.1, 10.0.1.2, 10.0.1.3, 10.0.1.4, 10.0.1.5 and 2 more. "
        "10.0.1.1: connection refused.",
        others[1],
    ]


def proved(address: str, mac: str, **fields: Any) -> Finding:
    """A phone whose certificate was checked."""
    return Finding(address, mac=mac, **{"facts": {"device": {"mac": mac}}, "proved": True, **fields})


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("claimed", [phone("10.0.0.1", A), Finding("10.0.0.1", mac=A, reason="tls", message="no.")])
def test_a_certificate_beats_a_claim_wherever_it_was_found(claimed: Finding, order: int) -> None:
    claim = dataclasses.replace(claimed)
    rows = [Expected("10.0.0.1", name="back"), Expected("10.0.0.1", A, "front", {"pin": "1"})]
    matched = match([claim, proved("10.0.0.2", A)][::order], rows)
    assert [(host.finding.address, host.given_name, host.variables) for host in matched.hosts] == [
        ("10.0.0.2", "front", {"pin": "1"})
    ]
    assert matched.strangers == [claim] and (claim.reason, claim.mac, claim.facts) == ("other_phone", None, None)
    assert "00:04:f2:aa:aa:aa" in str(claim.message) and "10.0.0.2" in str(claim.message)


def test_a_phone_that_was_read_beats_one_that_was_not() -> None:
    refused = Finding("10.0.0.1", mac=A, reason="tls", message="no.")
    matched = match([refused, phone("10.0.0.2", A)], [])
    assert [host.finding.address for host in matched.hosts] == ["10.0.0.2"] and matched.duplicates == [refused]


@pytest.mark.parametrize("row", [Expected("10.0.0.1", name="front"), Expected("10.0.0.1", A, "front", {"pin": "1"})])
def test_a_phone_that_contradicts_its_certificate_gets_nothing(row: Expected) -> None:
    impostor = Finding("10.0.0.1", ["front.example.org"], reason="other_phone", message="it claims another's.")
    matched = match([impostor], [row])
    assert matched.strangers == [impostor] and impostor.mac is None
    assert [(host.mac, host.finding.host, host.finding.reason) for host in matched.hosts] == (
        [(A, "", "other_phone")] if row.mac else []
    )


def test_who_stays_in_the_inventory_without_being_read() -> None:
    """Named by a row, a name or a single address, or by a file in the provisioning folder; or only met in a range."""
    refused = Finding("10.0.0.4", mac=C, reason="authentication_failed", message="no.")
    findings = [phone("10.0.0.1", A), silent("10.0.0.2"), silent("10.0.0.3"), refused]
    matched = match(findings, [Expected("10.0.0.2"), Expected(mac=B)])
    reasons = {keep: [host.finding.label for host in matched.kept(keep)] for keep in ("none", "named", "all")}
    assert reasons == {
        "none": ["10.0.0.1"],
        "named": ["10.0.0.1", "10.0.0.2", B],
        "all": ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", B],
    }
    assert [text.split(":")[0] for text in left_out(matched, "named")] == [
        "1 left out, authentication_failed",
        "1 left out, unreachable",
    ]
