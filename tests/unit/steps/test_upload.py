# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of an upload, and URLs without their login."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import Result
from ansible_collections.polycom.vvx.plugins.module_utils._steps.upload import (
    SCHEMES,
    UPLOAD,
    check,
    keep,
    without_login,
)
from hypothesis import given
from hypothesis import strategies as st

from support.reach import params


def refusal(**options: Any) -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        check(params(UPLOAD, **options))
    return refused.value


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("server", ["192.0.2.1", "user:pw@files.example.org:8080", "[2001:db8::1]:8080"])
def test_urls_that_a_phone_can_upload_to(scheme: str, server: str) -> None:
    check(params(UPLOAD, url=f"{scheme}://{server}/x.cfg?key=1"))
    check(params(UPLOAD, url=f"{scheme.upper()}://{server}"))


@pytest.mark.parametrize(
    "url", ["sftp://s/x", "//s/x", "http:s/x", "http://[2001:db8::1/x", "http://s/\x00", "http://s:0/"]
)
def test_a_wrong_url_is_not_shown_and_the_schemes_are(url: str) -> None:
    error = refusal(url=url)
    assert url not in f"{error.message} {error.remedy}" and "tftp://" in error.remedy


@pytest.mark.parametrize("url", ["http://user:pass/word@s/x", "http://user:pass#word@s/x", "http://user:a?b@s/x"])
def test_a_password_that_would_end_the_host_is_refused(url: str) -> None:
    """The rest of it would count as a path, and be shown."""
    assert "Percent-encode" in refusal(url=url).remedy


@pytest.mark.parametrize("port", [0, 1, 65535])
@pytest.mark.parametrize("address", [None, "192.0.2.1", "2001:db8::1", "controller.example.org"])
def test_a_receiver(port: int, address: str | None) -> None:
    check(params(UPLOAD, dest="/x", receiver_port=port, receiver_address=address, max_size=1))


def test_limits_of_a_receiver() -> None:
    assert "receiver_port must be between 0 and 65535" in refusal(dest="/x", receiver_port=65536).message
    assert "receiver_address is not an address" in refusal(dest="/x", receiver_address="192.0.2.1/24").message
    assert "max_size must be above 0" in refusal(dest="/x", max_size=0).message


WORD = st.text("abc019%:@._-", min_size=1, max_size=8)


@given(user=WORD, password=WORD, rest=st.sampled_from(["", "/x", "/a@b", "/x?who=a@b"]))
def test_a_login_is_removed_and_the_rest_stays(user: str, password: str, rest: str) -> None:
    assert without_login(f"http://{user}:{password}@s.example.org:8080{rest}") == f"http://s.example.org:8080{rest}"
    assert without_login(f"http://s.example.org:8080{rest}") == f"http://s.example.org:8080{rest}"


def test_a_file_is_kept_with_its_checksum() -> None:
    result = Result()
    keep(result, "/x", b"")
    assert keep(result, "/y", b"abc") is result.values["files"][1]
    assert result.changed and result.contents == {"/x": b"", "/y": b"abc"}
    assert result.values["files"][1] == {
        "dest": "/y",
        "size": 3,
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }
