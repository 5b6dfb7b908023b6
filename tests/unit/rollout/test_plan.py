# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a plan: its bytes, its signature, and what it does not tell."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import plan as plans
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import Change, Entry
from hypothesis import given
from hypothesis import strategies as st

from support.plans import CHANGED, KEY, LABEL, LOST, NEW_PASSWORD, SAME, entry, plan

WHOLE = plan(
    entry(
        "p10",
        LABEL,
        NEW_PASSWORD,
        restart="reboot",
        restart_reasons={"reg.1.label": "reboot (guide)"},
        unknown={"reg.1.lable": ["reg.1.label"]},
        secrets_left={"user.pin": "hidden"},
    ),
    entry("p2", LABEL),
    SAME,
    LOST,
    made="2030-01-02T03:04:05+00:00",
    sensitive=("my.*",),
)
TEXT = st.text(max_size=20)
CHANGES = st.builds(
    Change, TEXT, st.booleans(), TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | st.integers()
)
ENTRIES = st.builds(
    Entry,
    TEXT,
    TEXT,
    st.lists(CHANGES, max_size=3).map(tuple),
    st.sampled_from(plans.RESTARTS),
    st.dictionaries(TEXT, TEXT, max_size=2),
    st.dictionaries(TEXT, st.lists(TEXT, max_size=2), max_size=2),
    st.dictionaries(TEXT, TEXT, max_size=2),
    TEXT,
    st.none() | st.fixed_dictionaries({"kind": TEXT, "message": TEXT, "remedy": TEXT}),
)


def reason(data: bytes, key: str = KEY) -> str:
    with pytest.raises(SettingsError) as caught:
        plans.loads(data, key, "plan.json")
    assert caught.value.remedy
    return caught.value.message


def edited(change: Any) -> bytes:
    content = json.loads(plans.dumps(WHOLE, KEY))
    change(content)
    return json.dumps(content).encode()


def test_a_plan_comes_back_as_it_was() -> None:
    data = plans.dumps(WHOLE, KEY)
    assert plans.loads(data, KEY, "plan.json") == WHOLE
    assert list(json.loads(data)["phones"]) == ["lost", "p2", "p10", "same"]
    assert json.loads(data)["phones"]["same"] == {"desired": SAME.desired}


@given(st.lists(ENTRIES, max_size=3, unique_by=lambda each: each.host))
def test_whatever_is_in_it(entries: list[Entry]) -> None:
    whole = plan(*entries)
    data = plans.dumps(whole, KEY)
    found = plans.loads(data, KEY, "plan.json")
    assert (plans.dumps(found, KEY), found.id) == (data, whole.id)


def test_the_order_of_phones_does_not_count() -> None:
    other = plan(*reversed(WHOLE.phones.values()), made=WHOLE.made, sensitive=("my.*",))
    assert plans.dumps(other, KEY) == plans.dumps(WHOLE, KEY) and other.id == WHOLE.id


def test_each_change_is_a_line() -> None:
    lines = plans.dumps(WHOLE, KEY).decode().splitlines()
    assert [line for line in lines if '"reg.1.auth.password"' in line and '"(secret)"' in line]
    assert max(map(len, lines)) < 300


def test_the_id_names_the_content() -> None:
    assert re.fullmatch("[0-9a-f]{16}", WHOLE.id)
    ids = {WHOLE.id, plan(CHANGED).id, plan(entry("changed", LABEL)).id, plan(CHANGED, made="2030").id}
    assert len(ids) == 4


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b"null", b"{}", b'{"kind": "polycom.vvx.plan"}', b"\xff\xfe", b"[" * 100_000),
        b'{"kind": "polycom.vvx.plan", "format": "1"}',
        b"9" * 10_000,
    ],
)
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    assert reason(data) == "plan.json is no plan, or is damaged. Nothing was sent."


@pytest.mark.parametrize("depth", [500, 900, 990, 1_500, 5_000, 50_000])
def test_a_deep_file_is_refused(depth: int) -> None:
    signature = json.loads(plans.dumps(WHOLE, KEY))["signature"].encode()
    head = b'{"kind": "polycom.vvx.plan", "format": 1, "signature": "%s", "phones": ' % signature
    assert reason(head + b"[" * depth + b"]" * depth + b"}").startswith("plan.json ")


def test_half_a_plan_is_refused() -> None:
    data = plans.dumps(WHOLE, KEY)
    assert "no plan, or is damaged" in reason(data[: len(data) // 2])


def test_a_newer_plan_is_refused() -> None:
    assert "newer version" in reason(edited(lambda content: content.update(format=2)))


def test_another_key_is_refused() -> None:
    assert reason(plans.dumps(WHOLE, KEY), f"{KEY}!") == (
        "plan.json was not signed with this vvx_plan_key. Nothing was sent."
    )
    assert "not signed with this vvx_plan_key" in reason(edited(lambda content: content.pop("signature")))


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["phones"]["p2"]["changes"][0].update(after="Lobby"),
        lambda content: content["phones"].pop("p10"),
        lambda content: content["options"].update(update_secrets="always"),
        lambda content: content.pop("made"),
        lambda content: content.update(more=1),
        lambda content: content.update(id="0123456789abcdef"),
        lambda content: content.pop("id"),
    ],
)
def test_a_plan_that_was_changed_by_hand_is_refused(change: Any) -> None:
    assert reason(edited(change)) == "plan.json was changed since it was made. Nothing was sent."


def test_other_spaces_are_no_change() -> None:
    assert plans.loads(edited(lambda content: None), KEY, "plan.json") == WHOLE


@pytest.mark.parametrize(
    "broken",
    [
        {"phones": []},
        {"phones": {"a": {"changes": [{}]}}},
        {"phones": {"a": {"restart": "maybe"}}},
        {"phones": {"a": {"more": 1}}},
        {"phones": {"a": {"desired": 1}}},
        {"phones": {"a": {"unknown": "x"}}},
        {"options": {}},
    ],
)
def test_a_signed_file_of_another_shape_is_refused(broken: dict[str, Any]) -> None:
    content = {**json.loads(plans.dumps(WHOLE, KEY)), **broken}
    content["signature"] = plans._signature(content, KEY)
    assert reason(json.dumps(content).encode()) == "plan.json is damaged. Nothing was sent."


@pytest.mark.parametrize(("key", "told"), [(None, "is not set"), ("", "is not set"), ("x" * 15, "at least 16")])
def test_a_key_is_needed(key: str | None, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        plans.check_key(key)
    assert told in caught.value.message and "openssl rand" in caught.value.remedy
    assert plans.check_key("x" * 16) == "x" * 16


def test_who_gets_a_task() -> None:
    strange = entry("strange", LABEL, unknown={"x": []})
    whole = plan(SAME, LOST, CHANGED, strange)
    assert whole.targets == ["changed"]
    assert plan(SAME, LOST, CHANGED, strange, unknown_parameters="skip").targets == ["changed", "strange"]


SECRETS = {"reg.1.auth.password": "hunter2", "reg.1.label": "Desk"}


def test_the_mark_tells_nothing_and_knows_all() -> None:
    mark = plans.desired_mark(KEY, "a", SECRETS)
    assert re.fullmatch("[0-9a-f]{32}", mark)
    assert mark == plans.desired_mark(KEY, "a", dict(reversed(SECRETS.items())))
    others = [
        plans.desired_mark(f"{KEY}!", "a", SECRETS),
        plans.desired_mark(KEY, "b", SECRETS),
        plans.desired_mark(KEY, "a", {**SECRETS, "reg.1.auth.password": "hunter3"}),
        plans.desired_mark(KEY, "a", {"reg.1.label": "Desk"}),
        plans.desired_mark(KEY, "a", {**SECRETS, "reg.1.auth.password": None}),
    ]
    assert len({mark, *others}) == 6


def test_the_mark_does_not_mind_how_a_value_is_written() -> None:
    marks = {plans.desired_mark(KEY, "a", {"up.oneTouchVoiceMail": value}) for value in (1, "1", True, "true", "yes")}
    assert len(marks) == 1


def test_halves_of_emojis_are_kept() -> None:
    whole = plan(entry("a", Change("reg.1.label", False, "x\ud83d", "web", "Zoë ☎")))
    data = plans.dumps(whole, KEY)
    assert plans.loads(data, KEY, "plan.json") == whole and "Zoë ☎".encode() in data
