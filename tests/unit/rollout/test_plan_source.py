# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans from a file, a URL or the job before: verified wherever they come from, and never larger than they may be."""

from __future__ import annotations

import base64
import gzip
import random
import tracemalloc
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import Login
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan import dumps
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout.plan_source import (
    LARGEST_PACKED,
    Source,
    pack,
    read_plan,
    refuse_no_journal,
)

from support.fileserver import file_server
from support.plans import plan

KEY = "signs-the-plans-of-tests"


@pytest.mark.parametrize(
    ("content", "key", "said"),
    [
        (None, KEY, "plan: .*plan.json does not exist. Nothing was sent."),
        (b"{}", KEY, "is no plan"),
        (dumps(plan(), KEY), "another-key-of-16-letters", "was not signed with this vvx_plan_key"),
        (dumps(plan(), KEY), None, "vvx_plan_key is not set"),
        (dumps(plan(), KEY), "short", "at least 16 characters"),
    ],
)
def test_plans_that_are_refused(tmp_path: Path, content: bytes | None, key: str | None, said: str) -> None:
    path = tmp_path / "plan.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        read_plan(Source(str(path)), key)


def test_a_plan_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="plan: .* is a folder. Nothing was sent."):
        read_plan(Source(str(tmp_path)), KEY)


def test_a_plan_comes_from_a_url_or_the_job_before() -> None:
    made = dumps(plan(), KEY)
    packed = pack(made)
    assert packed == pack(made) and "{" not in packed
    assert read_plan(Source(packed=packed), KEY)[0].id == plan().id
    with file_server() as server:
        server.wanted, server.files["/vvx/plan.json"] = "Bearer t0ken", made
        assert read_plan(Source(f"{server.url}plan.json"), KEY, Login(token="t0ken"))[0].id == plan().id
        with pytest.raises(SettingsError, match=r"^plan: http.*wants a login. Nothing was sent\.$"):
            read_plan(Source(f"{server.url}plan.json"), KEY)
        server.wanted = ""
        with pytest.raises(SettingsError, match=r"^plan: http.*no such file \(HTTP 404\). Nothing was sent\.$"):
            read_plan(Source(f"{server.url}other.json"), KEY)


def test_a_plan_that_was_handed_over_is_verified_too() -> None:
    made = dumps(plan(), KEY)
    with pytest.raises(SettingsError, match="not signed with this"):
        read_plan(Source(packed=pack(made)), "another-key-of-16-letters")
    changed = made.replace(b'"phones"', b'"made": "2026", "phones"', 1)
    with pytest.raises(SettingsError, match="polycom_vvx_plan_file was changed"):
        read_plan(Source(packed=pack(changed)), KEY)


@pytest.mark.parametrize(
    "packed",
    [
        "x",
        "äöü",
        "{{ 7 * 7 }}",
        base64.b64encode(b"no gzip").decode(),
        pack(bytes(range(200)))[:40],
        "A" * (LARGEST_PACKED + 4),
        base64.b64encode(gzip.compress(bytes(140_000_000), 9)).decode(),
    ],
    ids=["short", "letters", "template", "no gzip", "torn", "too long", "bomb"],
)
def test_what_was_handed_over_can_not_do_harm(packed: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(SettingsError, match="^packed_plan: .*Nothing was sent"):
            read_plan(Source(packed=packed), KEY)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def test_a_plan_that_is_too_large_is_not_handed_over() -> None:
    assert pack(random.Random(1).randbytes(160_000)) == ""
    assert 190_000 < len(pack(random.Random(1).randbytes(148_000))) <= LARGEST_PACKED


@pytest.mark.parametrize("source", [Source(packed="x"), Source("https://files.example.com/plan.json")])
def test_a_journal_needs_a_place_that_lasts(source: Source) -> None:
    with pytest.raises(SettingsError, match=f"^journal: the plan comes from {source}, so .*Nothing was sent") as caught:
        refuse_no_journal(source, "", None)
    assert "vvx_journal or ansible_vvx_state_path" in caught.value.remedy
    refuse_no_journal(source, "/runner/vvx", None)
    refuse_no_journal(source, None, "/runner/vvx")
    refuse_no_journal(Source("/srv/plan.json"), None, None)
