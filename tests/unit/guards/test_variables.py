# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of hosts that have no effect."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._guards.variables import misspelled, unlisted

KNOWN = {"ansible_vvx_port", "ansible_vvx_timeout", "ansible_vvx_use_ssl"}
LAYERS = ["vvx_parameters_all", "vvx_parameters_site"]


def test_misspelled_options() -> None:
    names = ["ansible_vvx_tiemout", "ansible_vvx_USE_SSL", "ansible_vvx_zz", "ansible_vvx", "ansible_port", *KNOWN]
    assert misspelled(names, KNOWN) == [
        "ansible_vvx_USE_SSL is not a variable of polycom.vvx and has no effect (did you mean ansible_vvx_use_ssl?).",
        "ansible_vvx_tiemout is not a variable of polycom.vvx and has no effect (did you mean ansible_vvx_timeout?).",
        "ansible_vvx_zz is not a variable of polycom.vvx and has no effect.",
    ]


def test_a_layer_in_no_list() -> None:
    variables = {"vvx_parameters_all": {}, "vvx_parameters_sit": {"a": 1}, "vvx_hosts": 1}
    assert unlisted(variables, LAYERS) == [
        "vvx_parameters_sit is in no list of layers and has no effect (did you mean vvx_parameters_site?)."
    ]
    assert unlisted(variables, []) == [], "a task without layers may use any"


@pytest.mark.parametrize(
    ("variables", "mentioned"),
    [
        ({"vvx_parameters_site": "{{ vvx_parameters_mine }}"}, ""),
        ({"vvx_parameters_site": {"reg.1.label": "{{ vvx_parameters_mine['reg.2.label'] }}"}}, ""),
        ({"vvx_parameters_more": "{{ vvx_parameters_mine }}", "vvx_parameters_all": "{{ vvx_parameters_more }}"}, ""),
        ({}, {"parameters": "{{ vvx_parameters_mine }}"}),
    ],
)
def test_a_layer_that_another_one_uses(variables: dict[str, Any], mentioned: Any) -> None:
    assert unlisted({"vvx_parameters_mine": {}, **variables}, LAYERS, mentioned) == []
