# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent arrives, what is fetched is what was sent, and each failure says what to do without telling a login."""

from __future__ import annotations

import base64
import os
import socket
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import PhoneError, SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.files import below, fetch, send
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import (
    Login,
    Missing,
    NotDelivered,
    NotFetched,
    from_environment,
)

from support.fileserver import file_server
from support.misbehaving import BEHAVIORS, misbehaving, within

NAME = "phones äé 100%.json"
BASIC = "Basic " + base64.b64encode(b"svc-vvx:Bl4ckbird-77").decode()


def told(error: PhoneError) -> str:
    return f"{error.message} {error.remedy} {error.as_dict()}"


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("secure", [False, True])
def test_what_is_sent_can_be_fetched(tmp_path: Path, method: str, secure: bool) -> None:
    with file_server(tmp_path if secure else None) as server:
        login = Login(token="t0ken-Of-Yore", ca_path=server.ca or None)
        server.wanted = "Bearer t0ken-Of-Yore"
        assert send(NAME, b"[1]", server.url, login, method)
        assert server.files == {f"/vvx/{NAME}": b"[1]"}
        assert server.seen[0][0] == method and server.seen[0][2]["Content-Type"] == "application/json"
        assert fetch(below(server.url, NAME), login) == b"[1]"


def test_two_slashes_do_not_lead_to_another_host() -> None:
    with file_server() as server:
        send("a.csv", b"a", server.url.replace("/vvx/", "//evil.example/vvx/"), Login())
        assert server.files == {"/evil.example/vvx/a.csv": b"a"}


def test_a_login_may_be_a_password_or_in_the_url() -> None:
    with file_server() as server:
        server.wanted = BASIC
        send("a.csv", b"a", server.url, Login("svc-vvx", "Bl4ckbird-77"))
        send("b.csv", b"b", server.url.replace("://", "://svc-vvx:Bl4ckbird%2D77@"), Login())
        assert server.names() == ["a.csv", "b.csv"]


def test_the_login_of_the_environment_goes_to_its_own_server_only(tmp_path: Path) -> None:
    with file_server() as own, file_server() as other, file_server(tmp_path) as secure:
        own.wanted = secure.wanted = "Bearer t0ken-Of-Yore"
        found = {"VVX_DELIVER_TOKEN": "t0ken-Of-Yore", "VVX_DELIVER_CA_PATH": secure.ca}
        login = from_environment({**found, "VVX_DELIVER_TO": f"/mnt, {own.url}"})
        send("a.csv", b"a", own.url.replace("/vvx/", "/other/"), login)
        send("a.csv", b"a", other.url, login)
        assert "Authorization" not in other.seen[0][2]
        other.wanted = BASIC
        send("a.csv", b"a", other.url.replace("://", "://svc-vvx:Bl4ckbird%2D77@"), login)
        with pytest.raises(NotDelivered, match="HTTP 401, the server wants a login") as caught:
            send("a.csv", b"a", secure.url, login)
        assert "VVX_DELIVER_TO" in caught.value.remedy and "t0ken" not in told(caught.value)
        unbound = from_environment({**found, "VVX_DELIVER_TO": "/mnt"})
        send("a.csv", b"a", secure.url, unbound)
        with pytest.raises(NotDelivered, match="HTTP 401"):
            send("a.csv", b"a", own.url, unbound)
        with pytest.raises(NotFetched, match="HTTP 401") as missed:
            fetch(f"{own.url}a.csv", unbound)
        assert "VVX_DELIVER_TO" in missed.value.remedy


def test_the_query_of_a_signed_url_stays() -> None:
    with file_server() as server:
        send("a.csv", b"a", f"{server.url}?sig=x%2Fy", Login())
        assert server.seen[0][1] == "/vvx/a.csv?sig=x/y"
        send("b.csv", b"b", f"{server.url}?q=\u00fc \u00e4&t=a?b", Login())
        assert server.seen[1][1] == "/vvx/b.csv?q=\u00fc \u00e4&t=a?b"
        assert below("https://files.example.com/vvx/?sig=1", "a b") == "https://files.example.com/vvx/a%20b?sig=1"


def test_nothing_of_a_query_is_shown() -> None:
    query = "?code=S3cret-1&t=S3cret-2&S3cret-3"
    with file_server() as server:
        server.answers, server.location = {"PUT": 307, "GET": 500}, f"/elsewhere{query}"
        with pytest.raises(NotDelivered, match=r"redirects to /elsewhere\?\*\*\*") as caught:
            send("a.csv", b"a", f"{server.url}{query}", Login())
        with pytest.raises(NotFetched) as failed:
            fetch(f"{server.url}a.csv{query}", Login())
    text = told(caught.value) + told(failed.value)
    assert "S3cret" not in text and f"{server.url}?***" in text
    with pytest.raises(SettingsError, match=r"https://h/x\?\*\*\* does not end with a slash"):
        send("a.csv", b"a", f"https://h/x{query}", Login())


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"VVX_DELIVER_TOKEN": "S3cret\nX-Other: 1"}, "VVX_DELIVER_TOKEN has a character"),
        ({"VVX_DELIVER_TOKEN": "S3cret\u00e4"}, "VVX_DELIVER_TOKEN has a character"),
        ({"VVX_DELIVER_USERNAME": "a", "VVX_DELIVER_PASSWORD": "S3cret\udcff"}, "VVX_DELIVER_PASSWORD has a byte"),
        ({"VVX_DELIVER_USERNAME": "S3cret\udcff", "VVX_DELIVER_PASSWORD": "b"}, "VVX_DELIVER_USERNAME has a byte"),
    ],
)
def test_a_login_that_can_not_be_sent_is_named(variables: dict[str, str], name: str) -> None:
    with file_server() as server:
        login = from_environment({**variables, "VVX_DELIVER_TO": server.url})
        for action in (lambda: send("a", b"1", server.url, login), lambda: fetch(f"{server.url}a", login)):
            with pytest.raises(SettingsError, match=f"^{name}") as caught:
                action()
            assert "S3cret" not in told(caught.value) and caught.value.remedy
        with pytest.raises(SettingsError, match="^token has"):
            send("a", b"1", server.url, Login(token="a b"))
        server.wanted = "Bearer t0ken"
        pasted = from_environment({"VVX_DELIVER_TOKEN": "t0ken\n", "VVX_DELIVER_TO": server.url})
        assert send("a", b"1", server.url, pasted)
        with pytest.raises(SettingsError, match="no UTF-8"):
            send("a", b"1", server.url.replace("://", "://me:S3cret\udcff@"), Login())


@pytest.mark.parametrize("text", ["x", "0", "-5", "1e9", "nan", "60 s", "\udcff"])
def test_a_time_out_that_is_none_is_named(text: str) -> None:
    with pytest.raises(SettingsError, match="^VVX_DELIVER_TIMEOUT is .* from 0.1 to 3600") as caught:
        from_environment({"VVX_DELIVER_TIMEOUT": text})
    assert "seconds" in caught.value.remedy
    assert from_environment({"VVX_DELIVER_TIMEOUT": " 90.5\n"}).timeout == 90.5
    assert from_environment({"VVX_DELIVER_TIMEOUT": " "}).timeout == 60


def test_a_time_out_says_how_to_raise_it() -> None:
    with misbehaving(BEHAVIORS["says nothing"][0]) as server, pytest.raises(NotDelivered) as caught:
        send("a.json", b"1", f"http://127.0.0.1:{server.port}/", Login(timeout=0.3))
    assert "VVX_DELIVER_TIMEOUT" in caught.value.remedy and "vvx_deliver_timeout" in caught.value.remedy


def test_files_are_replaced_and_folders_are_not_made(tmp_path: Path) -> None:
    place = str(tmp_path / "mount")
    for check_mode in (True, False):
        with pytest.raises(NotDelivered, match="^a.json: not delivered: there is no folder .*/mount") as caught:
            send("a.json", b"1", place, Login(), check_mode=check_mode)
        assert "/var/lib/polycom.vvx" in caught.value.remedy and not os.path.exists(place)
    os.mkdir(place)
    assert send("a.json", b"1", place, Login(), mode=0o640)
    assert not send("a.json", b"1", place, Login())
    assert send("a.json", b"2", place, Login())
    assert fetch(below(place, "a.json"), Login()) == b"2"
    assert os.stat(f"{place}/a.json").st_mode & 0o777 == 0o640


def test_nothing_is_overwritten_that_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    os.mkfifo(tmp_path / "b.json")
    for name in ("a.json", "b.json"):
        with pytest.raises(NotDelivered, match=f"^{name}: not delivered: .*{name} is ") as caught:
            send(name, b"1", str(tmp_path), Login())
        assert "mount" in caught.value.remedy
        with pytest.raises(NotFetched):
            fetch(str(tmp_path / name), Login())


@pytest.mark.parametrize(
    ("status", "what", "remedy"),
    [
        (401, "refuses the login", "VVX_DELIVER_TOKEN"),
        (403, "may not", "Grant"),
        (404, "no such folder", "Make the folder"),
        (405, "takes no PUT", "vvx_deliver_method: POST"),
        (409, "conflicts", "Make the folder"),
        (413, "5 bytes is too large", "Raise its limit"),
        (418, "no success", "Check the URL"),
        (500, "has failed", "See its log"),
        (503, "busy", "later"),
        (507, "no space", "Free"),
    ],
)
def test_each_refusal_says_what_to_do(status: int, what: str, remedy: str) -> None:
    login = Login("svc-vvx", "Bl4ckbird-77")
    with file_server() as server:
        server.answers = {"PUT": status, "GET": status}
        with pytest.raises(NotDelivered) as caught:
            send("a.json", b"12345", server.url.replace("://", "://me:Hidden-99@"), login)
        text = told(caught.value)
        assert text.startswith(f"a.json: not delivered to {server.url.replace('://', '://***@')}: HTTP {status}, ")
        assert what in text and remedy in text and caught.value.kind == "not_delivered"
        with pytest.raises(NotFetched) as failed:
            fetch(below(server.url, "a.json"), login)
        assert isinstance(failed.value, Missing) == (status == 404)
        for secret in ("Bl4ckbird-77", "Hidden-99", BASIC.partition(" ")[2]):
            assert secret not in text + told(failed.value)


def test_a_server_that_wants_a_login_is_told_apart() -> None:
    with file_server() as server:
        server.wanted = BASIC
        with pytest.raises(NotDelivered, match="wants a login"):
            send("a.json", b"1", server.url, Login())


def test_a_redirect_is_not_followed() -> None:
    with file_server() as server, file_server() as other:
        server.answers, server.location = {"PUT": 307, "GET": 302}, other.url.replace("://", "://me:Hidden-99@")
        login = Login("svc-vvx", "Bl4ckbird-77")
        with pytest.raises(NotDelivered, match="redirects to") as caught:
            send("a.json", b"1", server.url, login)
        with pytest.raises(NotFetched, match="redirects to"):
            fetch(f"{server.url}a.json", login)
        assert not other.seen and "Hidden-99" not in told(caught.value) and "***@" in told(caught.value)


def test_a_certificate_is_checked_unless_told_otherwise(tmp_path: Path) -> None:
    with file_server(tmp_path) as server:
        with pytest.raises(NotDelivered, match="no TLS connection: .*does not trust") as caught:
            send("a.json", b"1", server.url, Login())
        assert "VVX_DELIVER_CA_PATH" in caught.value.remedy and "ansible_vvx" not in told(caught.value)
        assert send("a.json", b"1", server.url, Login(validate_certs=False))
        with pytest.raises(NotDelivered) as caught:
            send("a.json", b"1", server.url.replace("https:", "http:"), Login())
        assert "write https:" in caught.value.remedy
        with pytest.raises(SettingsError, match="^ca_path /no/such"):
            send("a.json", b"1", server.url, Login(ca_path="/no/such"))


def test_nobody_there_is_not_delivered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for place in (f"http://127.0.0.1:{port}/", "http://no-such-host.invalid/"):
        with pytest.raises(NotDelivered, match="not delivered to http") as caught:
            send("a.json", b"1", place, Login(timeout=5))
        assert "firewall" in caught.value.remedy and "phone" not in told(caught.value)


@pytest.mark.parametrize("behavior", sorted(BEHAVIORS))
def test_no_server_can_hold_it(behavior: str) -> None:
    login, said = Login("svc-vvx", "Bl4ckbird-77", timeout=0.5), []
    with misbehaving(BEHAVIORS[behavior][0]) as server:
        place = f"http://127.0.0.1:{server.port}/"
        try:
            within(60, lambda: send("a.json", b"1" * 5_000_000, place, login))
        except NotDelivered as error:
            said.append(told(error))
        try:
            within(60, lambda: fetch(f"{place}a.json", login, 100_000))
        except NotFetched as error:
            said.append(told(error))
    assert not any("Bl4ckbird-77" in text or "phone" in text for text in said), said


def test_what_is_fetched_is_bounded(tmp_path: Path) -> None:
    with file_server() as server:
        server.files["/vvx/a"] = b"x" * 100_001
        with pytest.raises(NotFetched, match="larger than 100000 bytes"):
            fetch(f"{server.url}a", Login(), 100_000)
        assert len(fetch(f"{server.url}a", Login(), 100_001)) == 100_001
    (tmp_path / "a").write_bytes(b"x" * 2_000_001)
    with pytest.raises(NotFetched, match="larger than 2 MB"):
        fetch(str(tmp_path / "a"), Login(), 2_000_000)
    with pytest.raises(Missing):
        fetch(str(tmp_path / "b"), Login())


@pytest.mark.parametrize(
    "place", ["", "reports", "ftp://a/", "https://", "https://h:x/", "https://h/vvx", "file:///x/"]
)
def test_a_place_that_can_not_be_is_refused(place: str) -> None:
    with pytest.raises(SettingsError):
        send("a.json", b"1", place, Login())


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "x" * 300, "a\0", "a\udcff"])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError):
        send(name, b"1", str(tmp_path), Login())


def test_the_environment_gives_the_login() -> None:
    assert from_environment({}) == Login(origins=())
    empty = {f"VVX_DELIVER_{name}": "" for name in ("USERNAME", "PASSWORD", "TOKEN", "INSECURE", "CA_PATH")}
    assert from_environment(empty) == Login(origins=()) == from_environment({"VVX_DELIVER_INSECURE": "False"})
    found = from_environment({"VVX_DELIVER_INSECURE": "True", "VVX_DELIVER_TOKEN": "t", "VVX_DELIVER_CA_PATH": "/c"})
    assert found == Login(token="t", validate_certs=False, ca_path="/c", origins=()) and "token" not in repr(found)
