# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses as people write them, compared with a naive model: a set of all addresses."""

from __future__ import annotations

import ipaddress

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.addresses import (
    Entry,
    addresses,
    contains,
    count,
    merged,
    without,
)
from hypothesis import given
from hypothesis import strategies as st

BASE = int(ipaddress.IPv4Address("10.1.19.200"))
NUMBERS = st.integers(BASE, BASE + 600)


def text(number: int) -> str:
    return str(ipaddress.IPv4Address(number))


@st.composite
def entries(draw: st.DrawFn, whole: bool = False) -> tuple[str, set[str]]:
    """An entry, and the addresses that it means. ``whole``: of a network, all of them."""
    kind = draw(st.sampled_from(["single", "short", "long", "cidr"]))
    first = draw(NUMBERS)
    if kind == "single":
        return text(first), {text(first)}
    if kind == "cidr":
        network = ipaddress.ip_network(f"{text(first)}/{draw(st.integers(22, 32))}", strict=False)
        return draw(st.sampled_from([str(network), f"{text(first)}/{network.prefixlen}"])), {
            str(address) for address in (network if whole else network.hosts())
        }
    last = draw(st.integers(first, first | 0xFF if kind == "short" else BASE + 600))
    dash = draw(st.sampled_from(["-", " - "]))
    return f"{text(first)}{dash}{text(last).rpartition('.')[2] if kind == 'short' else text(last)}", {
        text(number) for number in range(first, last + 1)
    }


@given(st.lists(entries(), max_size=6), st.lists(entries(whole=True), max_size=6))
def test_the_addresses_are_those_of_a_naive_model(
    listed: list[tuple[str, set[str]]], excluded: list[tuple[str, set[str]]]
) -> None:
    model = set().union(*(each for _entry, each in listed)) - set().union(*(each for _entry, each in excluded))
    gaps = [Entry.parse(entry, whole=True).span for entry, _each in excluded]
    spans = without([Entry.parse(entry).span for entry, _each in listed], gaps)
    found = list(addresses(spans))
    assert found == sorted(model, key=ipaddress.ip_address), "each once, in order"
    assert count(spans) == len(model)
    assert all(contains(spans, text(number)) == (text(number) in model) for number in range(BASE - 1, BASE + 602, 7))
    assert merged(spans) == spans


def test_networks_of_both_kinds_do_not_mix() -> None:
    network = Entry.parse("10.0.1.0/24").span
    spans = without([Entry.parse("::a00:100-::a00:1ff").span, network], [network])
    assert list(addresses(spans))[0] == "::a00:100" and count(spans) == 256


@pytest.mark.parametrize(
    ("entry", "first", "last"),
    [
        ("2001:DB8::11", "2001:db8::11", "2001:db8::11"),
        ("2001:db8::/126", "2001:db8::1", "2001:db8::3"),
        ("2001:db8::1-2001:db8::9", "2001:db8::1", "2001:db8::9"),
        ("10.1.20.0/31", "10.1.20.0", "10.1.20.1"),
        ("10.1.20.7/32", "10.1.20.7", "10.1.20.7"),
    ],
)
def test_entries(entry: str, first: str, last: str) -> None:
    found = list(addresses([Entry.parse(entry).span]))
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("name", ["phone-7.example.org", "berlin-10-1", "localhost", "x"])
def test_names(name: str) -> None:
    assert Entry.parse(f" {name} ").text == name and Entry.parse(name).span is None and Entry.parse(name).single


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "10.1.20",
        "10.1.20.300",
        "10.1.20.0/33",
        "10.1.20.40-11",
        "10.1.20.1-300",
        "10.1.20.1-phone",
        "10.1.20.1-2001:db8::1",
        "https://10.1.20.1",
        "a b",
        "10.1.20.1:443",
    ],
)
def test_other_texts_are_refused_with_examples(entry: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Entry.parse(entry)
    assert "10.1.20.11" in caught.value.remedy


def test_a_large_network_costs_nothing_before_it_is_scanned() -> None:
    assert count(without([Entry.parse("10.0.0.0/8").span, Entry.parse("2001:db8::/32").span], [])) > 2**96


@pytest.mark.parametrize(
    "pasted", ["10.1.20.11\u200b", "\ufeff10.1.20.11", "10.1.\u206020.11", "\u00a010.1.20.11\u00a0"]
)
def test_invisible_characters_that_were_pasted_are_ignored(pasted: str) -> None:
    assert Entry.parse(pasted) == Entry.parse("10.1.20.11")
    assert Entry.parse(f"{pasted}-40").span == Entry.parse("10.1.20.11-40").span
    assert Entry.parse("phone-7\u200b") == Entry.parse("phone-7")
