# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a value comes from, in words and as data."""

from __future__ import annotations

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.origins import (
    Origin,
    as_plain,
    from_plain,
    placed,
)
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.validation import Wish, check, traced

SITE = Origin("vvx_parameters_site", "group_vars/site_berlin/vars.yml", 12)


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        (SITE, "x (vvx_parameters_site, group_vars/site_berlin/vars.yml:12)"),
        (Origin("layer"), "x (layer)"),
        (Origin("layer", "-e"), "x (layer, -e)"),
        (Origin(None, "play.yml", 3), "x (play.yml:3)"),
        (Origin(), "x"),
        (None, "x"),
    ],
)
def test_a_text_names_what_is_known_of_its_origin(origin: Origin | None, shown: str) -> None:
    assert placed("x", origin) == shown


def test_parentheses_are_shared() -> None:
    assert placed("x (did you mean y?)", Origin("layer")) == "x (did you mean y?; layer)"


def test_they_travel_as_data_and_what_is_not_one_is_left_out() -> None:
    origins = {"a": SITE, "b": Origin("layer")}
    data = as_plain(origins)
    assert data["a"] == {"layer": SITE.layer, "file": SITE.file, "line": 12} and from_plain(data) == origins
    assert as_plain(origins, ["b", "c"]) == {"b": {"layer": "layer", "file": None, "line": None}}
    assert from_plain({"a": 5, "b": {"line": "12", "file": "x\x1b[31m"}}) == {"b": Origin(None, "x")}
    assert from_plain(None) == {}


@pytest.mark.parametrize("name", ["up.idleTimeout", "reg 1", "x" * 300])
def test_problems_find_the_origin_of_their_parameter_even_if_its_name_is_none(name: str) -> None:
    (problem,) = traced(check([Wish(name, None)], BUNDLED).problems, {name: SITE})
    assert (problem.layer, problem.file, problem.line) == SITE
    assert str(problem).endswith("(vvx_parameters_site, group_vars/site_berlin/vars.yml:12)")


def test_a_value_that_does_not_fit_is_shown_unless_it_is_a_secret() -> None:
    wishes = [Wish("up.idleTimeout", "5x"), Wish("apps.push.password", "zq" * 40), Wish("pres.reg", "x" * 100)]
    fits, secret, long = check(wishes, BUNDLED).problems
    assert str(fits).startswith("up.idleTimeout: '5x' is not a whole number (built-in table; set schema to be sure")
    assert str(secret).startswith("apps.push.password is longer than 49") and "zq" not in repr(secret)
    assert str(long).startswith(f"pres.reg: '{'x' * 57}...' is not")


def test_problems_of_files_keep_their_place() -> None:
    (problem,) = traced(
        check([Wish("up.idleTimeout", None, 3, "site.cfg")], BUNDLED).problems, {"up.idleTimeout": SITE}
    )
    assert str(problem).startswith("site.cfg:3: up.idleTimeout ")
