# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files in playbooks: templates, texts and master files, by both doors; what the filters say of files."""

from __future__ import annotations

from typing import Any

import pytest

from support.cases import Case, SharedRun, shared_run
from support.playbook import Playground, both_doors

FILES = {
    "files/line.cfg": '<a reg.1.label="{{ person.name | e }}"\n'
    ' {% if vvx.model is defined %}up.idleTimeout="50"{% endif %}/>',
    "files/lost.cfg": '<a reg.1.label="{{ nobody.told }}"/>',
    "files/torn.cfg": '<a\n reg.1.label="{{ Zq7 "/>',
    "files/raw.cfg": '<a reg.1.label="{{ person.name }}"/>',
    "files/fleet/000000000000.cfg": '<APPLICATION CONFIG_FILES="[PHONE_MAC_ADDRESS]-line.cfg, site.cfg"'
    ' CONFIG_FILES_VVX411="[PHONE_MODEL].cfg, site.cfg"/>',
    "files/fleet/0004f20d0e0f-line.cfg": '<a reg.1.label="By MAC"/>',
    "files/fleet/VVX411.cfg": '<a reg.1.label="By model"/>',
    "files/fleet/site.cfg": '<a reg.1.label="Site" up.idleTimeout="50"/>',
}
PERSON = {"person": {"name": "Tom & <Ann>"}, "ansible_vvx_mac": "00:04:F2:0D:0E:0F"}
MODEL = {**PERSON, "vvx": {"model": "VVX 411"}}


def configure(options: dict[str, Any]) -> list[dict[str, Any]]:
    return both_doors("set", "polycom.vvx.vvx_config", options, check_mode=True, ignore_errors=True)


MASTER = {"src": "fleet/000000000000.cfg"}
CASES = {
    "template": Case(configure({"src": "line.cfg", "template": True}), variables=MODEL),
    "other-host": Case(
        configure({"src": "line.cfg", "template": True}), variables={"person": {"name": "Ben"}, "vvx": {}}
    ),
    "undefined": Case(configure({"src": "lost.cfg", "template": True}), variables=PERSON),
    "broken": Case(configure({"src": "torn.cfg", "template": True}), variables=PERSON),
    "unescaped": Case(configure({"src": "raw.cfg", "template": True}), variables=PERSON),
    "as-it-is": Case(configure({"src": "raw.cfg"}), variables=PERSON),
    "text": Case(configure({"content": '<a reg.1.label="{{ person.name | e }}"/>'}), variables=PERSON),
    "number": Case(configure({"content": 5}), variables=PERSON),
    "by-mac": Case(configure(MASTER), variables=PERSON),
    "by-model": Case(configure(MASTER), variables=MODEL),
    "no-mac": Case(configure(MASTER), variables={"ansible_vvx_mac": ""}),
}


@shared_run
def tried(run_cases: Any) -> SharedRun:
    def before(playground: Playground) -> None:
        for name, text in FILES.items():
            playground.write(name, text)

    run: SharedRun = run_cases(CASES, before=before)
    return run


@pytest.mark.parametrize(
    ("case", "after"),
    [
        ("template", {"reg.1.label": "Tom & <Ann>", "up.idleTimeout": "50"}),
        ("other-host", {"reg.1.label": "Ben"}),
        ("as-it-is", {"reg.1.label": "{{ person.name }}"}),
        ("text", {"reg.1.label": "Tom & <Ann>"}),
        ("by-mac", {"reg.1.label": "By MAC", "up.idleTimeout": "50"}),
        ("by-model", {"reg.1.label": "By model", "up.idleTimeout": "50"}),
    ],
)
def test_a_file_says_what_it_means_for_this_host(tried: SharedRun, case: str, after: dict[str, str]) -> None:
    for door in ("action", "module"):
        assert tried.of(f"set ({door})", case).get("after") == after, tried.part(case)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("undefined", "lost.cfg can't be templated, because 'nobody' is undefined."),
        ("broken", "torn.cfg can't be templated"),
        ("unescaped", "raw.cfg:1:23: reg.1.label has a < in its value: write &lt; for it."),
        ("number", "content must be a text"),
        ("no-mac", "lists [PHONE_MAC_ADDRESS]-line.cfg, but the phone's MAC address is not known here"),
    ],
)
def test_what_stops_a_file_is_told_and_nothing_is_sent(tried: SharedRun, case: str, message: str) -> None:
    for door in ("action", "module"):
        result = tried.of(f"set ({door})", case)
        assert message in result["msg"] and "Zq7" not in result["msg"], result["msg"]
        assert result["error"]["kind"] in ("settings", "bad_values")
    assert tried.fleet[case].count() == 0


def test_a_placeholder_that_is_left_is_told(tried: SharedRun) -> None:
    told = "".join(tried.part("as-it-is").split())
    assert "raw.cfg:1:reg.1.labellooksunfinished" in told and "template:true" in told


TEXTS = {
    "device": (
        '<a device.set="1" device.a="1" device.b="2" device.b.set="1" reg.1.label="x"/>',
        {"device.b": "2", "reg.1.label": "x"},
        "the text:1: device.a is left out",
    ),
    "unfinished": ('<a x.y="%%NAME%%" reg.1.auth.password="{$Zq7}"/>', None, "x.y looks unfinished"),
    "text": ("<a>\n x.z=1\n<b x.y='2'/></a>", {"x.y": "2"}, "the text:2: x.z is not read"),
    "twice": ('<a x.y="1"\n x.y="2"/>', {"x.y": "2"}, "x.y is also in line 1 of the same element"),
}


def test_the_filter_leaves_out_what_the_phone_would_and_says_so(playground: Playground) -> None:
    tasks: list[dict[str, Any]] = [
        {"name": name, "ansible.builtin.set_fact": {"back": f"{{{{ texts.{name} | polycom.vvx.from_cfg }}}}"}}
        for name in TEXTS
    ]
    tasks.append(
        {
            "name": "round",
            "ansible.builtin.set_fact": {
                "round": "{{ texts.device | polycom.vvx.from_cfg | polycom.vvx.to_cfg | polycom.vvx.from_cfg }}"
            },
        }
    )
    texts = {name: text for name, (text, _values, _told) in TEXTS.items()}
    play = {"name": "Filters", "hosts": "localhost", "gather_facts": False, "vars": {"texts": texts}, "tasks": tasks}
    run = playground.run(str(playground.write("play.yml", [play])))
    assert run.code == 0, run.output
    output = "".join(run.output.split())
    for name, (_text, values, told) in TEXTS.items():
        assert values is None or run.of(name)["ansible_facts"]["back"] == values
        assert "".join(told.split()) in output, run.output
    assert run.of("round")["ansible_facts"]["round"] == TEXTS["device"][1]
    assert "auth.passwordlooks" not in output
