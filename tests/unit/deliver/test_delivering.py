# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files go to every place that takes them; an artifact stays small and holds no template."""

from __future__ import annotations

import io
import os
import socket
import tarfile
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils import _files
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver import delivering
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.archive import archive
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.artifact import Artifact
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.delivering import ARTIFACT, File, deliver
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import Login, NotDelivered

from support.fileserver import file_server

PARAMS = dict.fromkeys(("username", "password", "token", "validate_certs", "ca_path", "timeout")) | {"timeout": 5.0}


def test_a_place_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    files = [File("a.json", b"1"), File("b.json", b"2"), File("c.json", b"3")]
    with file_server() as server:
        server.answers = {"PUT /vvx/a.json": 413}
        done = deliver(files, [server.url, str(tmp_path)], Login(), Artifact())
        assert server.names() == ["b.json", "c.json"] and sorted(os.listdir(tmp_path)) == ["a.json", "b.json", "c.json"]
        assert [error.http_status for error in done.errors] == [413] and len(done.delivered) == 5
        assert {**done.delivered[0]} == {"name": "b.json", "to": server.url, "bytes": 1, "changed": True}


@pytest.mark.parametrize("status", [401, 403])
def test_a_login_that_is_refused_is_tried_once(status: int) -> None:
    with file_server() as server:
        server.answers = {"PUT": status}
        files = [File(f"{n}.json", b"1") for n in range(5)]
        done = deliver(files, [server.url], Login("a", "b"), Artifact())
        assert len(server.seen) == 1 and not done.delivered and len(done.errors) == 1
        assert "4 files were not tried." in str(done.failure())


def test_a_place_is_left_only_where_no_file_would_get_there(tmp_path: Path) -> None:
    files = [File("a.json", b"1"), File("b.json", b"2"), File("c.json", b"3")]
    (tmp_path / "a.json").mkdir()
    with file_server() as server, socket.create_server(("127.0.0.1", 0)) as taken:
        server.answers = {"PUT /vvx/a.json": 500, "PUT /vvx/b.json": 413}
        port = taken.getsockname()[1]
        taken.close()
        places = [str(tmp_path), server.url, f"http://127.0.0.1:{port}/", f"{tmp_path}/none"]
        done = deliver(files, places, Login(timeout=5), Artifact())
    assert [(each["name"], each["to"]) for each in done.delivered] == [
        ("b.json", str(tmp_path)), ("c.json", str(tmp_path)), ("c.json", server.url),
    ]  # fmt: skip
    assert (len(done.errors), done.untried) == (5, 4)
    failure = done.failure()
    assert failure and str(failure).endswith("1 more failed, 4 files were not tried.")
    for place in places[1:]:  # each with what happened there, and what to do
        assert place in failure.remedy
    assert all(error.remedy in failure.remedy for error in done.errors[:2])


def test_a_login_that_can_not_be_sent_is_no_reason_to_try_each_file() -> None:
    with file_server() as server:
        done = deliver([File("a", b"1"), File("b", b"2")], [server.url], Login(token="a b"), Artifact())
        assert not server.seen and [type(error) for error in done.errors] == [SettingsError]


def test_check_mode_sends_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "same.json").write_bytes(b"1")
    with file_server() as server:
        done = deliver(
            [File("same.json", b"1")],
            [server.url, f"{tmp_path}", f"{tmp_path}/n"],
            Login(),
            Artifact(),
            check_mode=True,
        )
        assert [each["changed"] for each in done.delivered] == [True, False]
        assert [error.message.partition(":")[0] for error in done.errors] == ["same.json"], "as without check mode"
        assert not server.seen and os.listdir(tmp_path) == ["same.json"]


def test_an_artifact_beside_other_places_gets_what_they_do_not() -> None:
    artifact = Artifact()
    with file_server() as server:
        server.answers = {"PUT": 500}
        done = deliver([File("a.md", b"a"), File("b.md", b"b")], [server.url, ARTIFACT], Login(), artifact)
    assert [each["to"] for each in done.delivered] == [ARTIFACT] * 2 and len(done.errors) == 2
    assert sorted(artifact.statistics()["polycom_vvx_delivered_files"]) == ["a.md", "b.md"]


def test_files_of_some_hosts_have_names_of_their_own() -> None:
    parts = {delivering.part_of(hosts, False) for hosts in (["a"], ["a", "b"], ["b", "c"])}
    assert len(parts) == 3 and delivering.part_of(["b", "a"], False) == delivering.part_of(["a", "b"], False)
    assert delivering.part_of(["a"], True) == "" and delivering.in_part("a.json", "") == "a.json"
    assert delivering.in_part("backup-1.tar.gz", "0f") == "backup-1.0f.tar.gz"
    assert delivering.in_part("facts.json", "0f") == "facts.0f.json"
    assert delivering.in_part("facts", "0f") == "facts.0f" and delivering.in_part(".x", "0f") == ".x.0f"


def test_an_archive_has_all_files_and_the_same_bytes_again(tmp_path: Path) -> None:
    day = tmp_path / "backups" / "2026-11-27"
    (day / "more").mkdir(parents=True)
    (day / "p1-web.cfg").write_text("1")
    (day / "more" / "p2.cfg").write_text("2")
    os.mkfifo(day / "pipe")
    (day / "link").symlink_to("/etc/passwd")
    (tmp_path / "one.cfg").write_text("3")
    made = archive("x.tar.gz", [str(day), str(tmp_path / "one.cfg")])
    assert made == archive("x.tar.gz", [f"{tmp_path}/one.cfg", f"{day}/"])
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        assert tar.getnames() == ["2026-11-27/more/p2.cfg", "2026-11-27/p1-web.cfg", f"{tmp_path.name}/one.cfg"]
        found = tar.extractfile("2026-11-27/p1-web.cfg")
        assert found is not None and found.read() == b"1"


def test_an_archive_has_each_file_in_its_folder(tmp_path: Path) -> None:
    for folder in ("a/day", "b/day"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "p1.cfg").write_text("1")
    chosen = str(tmp_path / "a" / "day" / "p1.cfg")
    with tarfile.open(fileobj=io.BytesIO(archive("x.tar.gz", [chosen, chosen]))) as tar:
        assert tar.getnames() == ["day/p1.cfg"]
    with pytest.raises(SettingsError, match="would both be day/p1.cfg in x.tar.gz"):
        archive("x.tar.gz", [chosen, str(tmp_path / "b" / "day" / "p1.cfg")])
    with pytest.raises(NotDelivered, match="there is no .*p2.cfg"):
        archive("x.tar.gz", [str(tmp_path / "p2.cfg")])


def test_a_file_that_goes_away_after_it_was_read_is_in_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p1.cfg").write_bytes(b"one")
    read = _files.read

    def and_remove(path: str, most: int) -> bytes | None:
        content = read(path, most)
        Path(path).unlink()
        return content

    monkeypatch.setattr(_files, "read", and_remove)
    with tarfile.open(fileobj=io.BytesIO(archive("x.tar.gz", [str(tmp_path)]))) as tar:
        assert [member.size for member in tar] == [3]


def test_a_login_of_the_task_wins_as_a_whole() -> None:
    outside = Login("svc", "Bl4ckbird-77", "t0ken", False, "/ca.pem")
    assert delivering.login(PARAMS, outside) == Login("svc", "Bl4ckbird-77", "t0ken", False, "/ca.pem", 5)
    own = delivering.login(PARAMS | {"username": "me", "password": "p", "validate_certs": True}, outside)
    assert own == Login("me", "p", "", True, "/ca.pem", 5), "the token would go before the account"
    patient = Login(timeout=200.0)
    assert delivering.login(PARAMS | {"timeout": None}, patient).timeout == 200
    assert delivering.login(PARAMS | {"token": " t0ken\n"}, patient) == Login(token="t0ken", timeout=5)


def test_files_and_places_are_checked_before_anything_is_sent() -> None:
    assert delivering.places([" /a ", "", "/a", "artifact", "https://h/"]) == ["/a", "artifact", "https://h/"]
    assert delivering.places(["nowhere"]) == delivering.places([" nowhere ", ""]) == []
    for wrong in ("reports", "https://h/x", "artifacts", "nowhere"):
        with pytest.raises(SettingsError, match="^to: "):
            delivering.places(["/a", wrong])
    with pytest.raises(SettingsError, match="^files: .*a.json"):
        delivering.check_names("files", ["a.json", "b.json", "a.json"])
