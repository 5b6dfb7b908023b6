# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which phones belong together, and what the groups and hosts are called."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.sources import Expected
from ansible_collections.polycom.vvx.plugins.plugin_utils._importing.importing import Present

from .conftest import MACS, Importing, master, parameters

SITE = parameters(x__y="1")


def lists(*listed: str) -> dict[str, str]:
    """Master files of phones with these lists, and the files in them."""
    files = {f"{mac}.cfg": master(each) for mac, each in zip(MACS, listed)}
    return {**{name.strip(): SITE for each in listed for name in each.split(",")}, **files}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (("site-berlin.cfg", "site-berlin.cfg", "site-lisbon.cfg"), {"site": ["berlin", "berlin", "lisbon"]}),
        (("berlin.cfg,all.cfg",) * 2 + ("new york.cfg,all.cfg",) * 2, {"site": ["berlin"] * 2 + ["new_york"] * 2}),
        (("sites/x.cfg",) * 2 + ("sites/y.cfg",) * 2, {"site": ["x", "x", "y", "y"]}),
        (("kyoto_site.cfg",) * 2 + ("lisbon_site.cfg",) * 2, {"site": ["kyoto"] * 2 + ["lisbon"] * 2}),
        (
            ("site-a.cfg,x.cfg", "site-a.cfg,x.cfg", "site-b.cfg,x.cfg", "site-b.cfg", "c.cfg", "c.cfg"),
            {"site": ["a", "a", "b", "b", "c", "c"], "group": ["x"] * 3 + [None] * 3},
        ),
        (("reception.cfg", "reception.cfg", "b.cfg"), {"group": ["reception", "reception", None]}),
        (("dept-x.cfg",) * 2 + ("dept-y.cfg",) * 2, {"group": ["x", "x", "y", "y"]}),
        (("vvx411.cfg",) * 2 + ("VVX-601.cfg",) * 2, {"model": ["vvx411"] * 2 + ["vvx601"] * 2}),
        (("vvx411_berlin.cfg",) * 2 + ("vvx601.cfg",) * 2, {"model": ["vvx411"] * 2 + ["vvx601"] * 2}),
        (("all.cfg",) * 3, {}),
    ],
)
def test_files_that_some_phones_share_make_groups(
    importing: Importing, listed: tuple[str, ...], expected: dict[str, list[str | None]]
) -> None:
    made = importing(lists(*listed))
    found = {kind.word: [kind.of.get(mac) for mac in MACS[: len(listed)]] for kind in made.kinds if kind.of}
    assert found == {word: [each and f"{word}_{each}" for each in groups] for word, groups in expected.items()}


def test_a_list_of_phones_says_it_best(importing: Importing) -> None:
    listed = [Expected(None, MACS[0], None, {"Site": "New York", "model": "VVX 601", "room": "7"})]
    present = {MACS[1]: Present("x", ["phones", "site_kyoto", "model_vvx301"], "VVX 301"),
               MACS[2]: Present("y", ["site_a", "site_b"])}  # fmt: skip
    made = importing(lists("site-a.cfg", "b.cfg", "c.cfg"), listed, present)
    model, site, group = made.kinds
    assert site.of == {MACS[0]: "site_new_york", "x": "site_kyoto"} and not group.of
    assert model.of == {MACS[0]: "model_vvx601", "x": "model_vvx301"}


def test_hosts_are_called_as_the_inventory_or_the_list_calls_them(importing: Importing) -> None:
    listed = [Expected(None, mac, name) for mac, name in zip(MACS, ["front", "desk", "desk", "all", "old"])]
    present = {MACS[0]: Present("berlin-1001"), "0004f2ffffff": Present("old")}
    made = importing(lists(*["a.cfg"] * 6), listed, present)
    assert list(made.phones) == [
        "berlin-1001", f"desk-{MACS[1]}", f"desk-{MACS[2]}", MACS[3], f"old-{MACS[4]}", MACS[5],
    ]  # fmt: skip


def test_folders_of_one_name_are_told_apart(importing: Importing) -> None:
    made = importing({f"{site}/phones/{mac}.cfg": SITE for site, mac in zip(("a", "b"), MACS)})
    assert made.kinds[1].of == {MACS[0]: "site_a_phones", MACS[1]: "site_b_phones"}
