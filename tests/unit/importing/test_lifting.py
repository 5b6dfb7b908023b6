# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What phones have in common, lifted out of them and merged again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.lifting import Kind, Layers, lift
from hypothesis import given
from hypothesis import strategies as st

NAMES = [f"a.{letter}" for letter in "bcdefg"]
VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["0", "1", "2", ""]))
FLEETS = st.lists(
    st.tuples(VALUES, *(st.sampled_from([None, f"{word}_1", f"{word}_2", f"{word}_3"]) for word in ("model", "site"))),
    max_size=12,
)


def merged(phone: str, layers: Layers, kinds: Sequence[Kind]) -> dict[str, str]:
    """What configure makes of the layers, the weakest first."""
    values = dict(layers.all)
    for kind in kinds:
        values |= layers.groups.get(kind.word, {}).get(kind.of.get(phone, ""), {})
    return values | layers.phones[phone]


def lines(layers: Layers) -> int:
    groups = [values for found in layers.groups.values() for values in found.values()]
    return sum(map(len, [layers.all, *groups, *layers.phones.values()]))


@given(FLEETS)
def test_each_phone_gets_exactly_its_own_back(
    fleet: list[tuple[Mapping[str, str], str | None, str | None]],
) -> None:
    phones = {f"phone-{number}": values for number, (values, _model, _site) in enumerate(fleet)}
    kinds = [
        Kind(word, {f"phone-{number}": each[index] for number, each in enumerate(fleet) if each[index]})  # type: ignore[misc]
        for index, word in ((1, "model"), (2, "site"))
    ]
    layers = lift(phones, kinds)
    assert {phone: merged(phone, layers, kinds) for phone in phones} == phones
    assert lines(layers) <= sum(map(len, phones.values()))
    assert all(values for found in layers.groups.values() for values in found.values())


def fleet(*values: str | None, **sites: str) -> Layers:
    """Phones a, b, c ... with one parameter each."""
    phones = {letter: {} if value is None else {"x.y": value} for letter, value in zip("abcdefgh", values)}
    return lift(phones, [Kind("site", {phone: f"site_{site}" for site, members in sites.items() for phone in members})])


def test_what_all_agree_on_is_for_all() -> None:
    layers = fleet("1", "1", "1", berlin="ab", lisbon="c")
    assert layers == Layers({"x.y": "1"}, {}, {"a": {}, "b": {}, "c": {}})


def test_the_odd_one_out_keeps_its_own() -> None:
    layers = fleet("1", "1", "2")
    assert layers.all == {"x.y": "1"} and layers.phones == {"a": {}, "b": {}, "c": {"x.y": "2"}}


def test_what_one_phone_lacks_is_not_lifted_over_it() -> None:
    layers = fleet("1", "1", "1", None, berlin="ab", lisbon="cd")
    assert layers.all == {} and layers.groups == {"site": {"site_berlin": {"x.y": "1"}}}
    assert layers.phones == {"a": {}, "b": {}, "c": {"x.y": "1"}, "d": {}}


def test_sites_that_differ_have_their_own() -> None:
    layers = fleet("1", "1", "2", "2", berlin="ab", lisbon="cd")
    assert layers.all == {}
    assert layers.groups == {"site": {"site_berlin": {"x.y": "1"}, "site_lisbon": {"x.y": "2"}}}


def test_a_site_that_differs_from_all_others_has_its_own() -> None:
    layers = fleet("1", "1", "1", "1", "2", "2", berlin="ab", lisbon="cd", kyoto="ef")
    assert layers.all == {"x.y": "1"} and layers.groups == {"site": {"site_kyoto": {"x.y": "2"}}}


@pytest.mark.parametrize("values", [("1", "2", "3"), ("1", "1", "2", "2"), ("1",)])
def test_what_is_not_common_to_most_stays_with_the_phones(values: tuple[str, ...]) -> None:
    layers = fleet(*values)
    assert layers.all == {} and [each["x.y"] for each in layers.phones.values()] == list(values)


def test_a_model_that_happens_to_be_at_one_site_takes_nothing_of_it() -> None:
    phones = {letter: {"x.y": value} for letter, value in zip("abcdefghi", "111122233")}
    models = Kind("model", dict(zip("abcdefghi", ["m1", "m1", "m1", "m2", "m1", "m2", "m2", "m2", "m2"])))
    sites = Kind("site", dict(zip("abcdefghi", "bbbbllllk")))
    sites.of = {**sites.of, "h": "k"}
    layers = lift(phones, [models, sites])
    assert layers.groups == {"site": {"b": {"x.y": "1"}, "k": {"x.y": "3"}, "l": {"x.y": "2"}}}


def test_no_phones_have_no_layers() -> None:
    assert lift({}, [Kind("site", {})]) == Layers()
