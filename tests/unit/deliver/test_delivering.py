# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files go to every place that takes them; an artifact stays small and holds no template."""

from __future__ import annotations

import io
import json
import os
import random
import tarfile
from pathlib import Path

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver import delivering
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.archive import archive
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.delivering import ARTIFACT, File, deliver, unpacked
from ansible_collections.polycom.vvx.plugins.plugin_utils._deliver.login import Login

from support.fileserver import file_server

PARAMS = dict.fromkeys(("username", "password", "token", "validate_certs", "ca_path")) | {"timeout": 5.0}


def test_a_place_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    files = [File("a.json", b"1"), File("b.json", b"2"), File("c.json", b"3")]
    with file_server() as server:
        server.answers = {"PUT /vvx/a.json": 413}
        done = deliver(files, [server.url, str(tmp_path)], Login())
        assert server.names() == ["b.json", "c.json"] and sorted(os.listdir(tmp_path)) == ["a.json", "b.json", "c.json"]
        assert [error.http_status for error in done.errors] == [413] and len(done.delivered) == 5
        assert {**done.delivered[0]} == {"name": "b.json", "to": server.url, "bytes": 1, "changed": True}


@pytest.mark.parametrize("status", [401, 403])
def test_a_login_that_is_refused_is_tried_once(status: int) -> None:
    with file_server() as server:
        server.answers = {"PUT": status}
        done = deliver([File(f"{n}.json", b"1") for n in range(5)], [server.url], Login("a", "b"))
        assert len(server.seen) == 1 and not done.delivered and len(done.errors) == 1


def test_check_mode_sends_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "same.json").write_bytes(b"1")
    with file_server() as server:
        done = deliver(
            [File("same.json", b"1")], [server.url, f"{tmp_path}", f"{tmp_path}/n"], Login(), check_mode=True
        )
        assert [each["changed"] for each in done.delivered] == [True, False]
        assert [error.message.partition(":")[0] for error in done.errors] == ["same.json"], "as without check mode"
        assert not server.seen and os.listdir(tmp_path) == ["same.json"]


def test_an_artifact_holds_text_as_it_is_and_nothing_that_looks_like_a_template() -> None:
    files = [
        File("a.md", "# Phones äé\n".encode()),
        File("b.md", b"{{ lookup('env', 'HOME') }}"),
        File("c.md", b"{%"),
        File("d.xlsx", bytes(range(256))),
        File("e.csv", b"1;" * 20_000),
        File("f.txt", b""),
    ]
    done = deliver(files, [ARTIFACT], Login())
    assert {name: each["encoding"] for name, each in done.files.items()} == {
        "a.md": "text", "b.md": "gzip", "c.md": "gzip", "d.xlsx": "gzip", "e.csv": "gzip", "f.txt": "gzip",
    }  # fmt: skip
    assert all(unpacked(done.files[file.name]) == file.content for file in files)
    assert not any(mark in json.dumps(done.files) for mark in ("{{", "{%", "{#"))
    assert delivering.statistics(done)["data"]["polycom_vvx_delivered_files"] == done.files


def test_what_is_too_large_for_an_artifact_is_not_put_there() -> None:
    noise = random.Random(1).randbytes(200_000)
    done = deliver([File("a.html", noise), File("b.md", b"b"), File("c.xlsx", noise[:120_000])], [ARTIFACT], Login())
    assert list(done.files) == ["b.md", "c.xlsx"] and len(json.dumps(done.files)) <= delivering.LARGEST_ARTIFACT
    assert [each["name"] for each in done.delivered] == ["b.md", "c.xlsx"]
    assert done.errors[0].message.startswith("a.html: not delivered as an artifact: ")


def test_the_list_of_files_is_bounded() -> None:
    done = deliver([File(f"{'x' * 150}{n}.json", b"1") for n in range(900)], [ARTIFACT], Login())
    assert len(json.dumps(delivering.statistics(done)["data"]["polycom_vvx_delivered"])) < 60_000
    entry = {"name": "ä" * 100, "to": f"https://h/{'ä' * 290}", "bytes": 1, "changed": True}
    done = delivering.Delivery([entry] * 100)
    assert len(json.dumps(delivering.statistics(done)["data"])) <= 60_000


def test_names_and_places_are_no_templates() -> None:
    done = deliver([File("{{ 7*7 }}.json", b"1")], [ARTIFACT], Login())
    done.delivered.append({"name": "a", "to": "/mnt/{% x %}", "bytes": 1, "changed": True})
    assert not any(mark in json.dumps(delivering.statistics(done)["data"], indent=1) for mark in ("{{", "{%"))


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
        assert tar.getnames() == ["2026-11-27/more/p2.cfg", "2026-11-27/p1-web.cfg", "one.cfg"]
        found = tar.extractfile("2026-11-27/p1-web.cfg")
        assert found is not None and found.read() == b"1"


def test_a_login_of_the_task_wins_as_a_whole() -> None:
    outside = Login("svc", "Bl4ckbird-77", "t0ken", False, "/ca.pem")
    assert delivering.login(PARAMS, outside) == Login("svc", "Bl4ckbird-77", "t0ken", False, "/ca.pem", 5)
    own = delivering.login(PARAMS | {"username": "me", "password": "p", "validate_certs": True}, outside)
    assert own == Login("me", "p", "", True, "/ca.pem", 5), "the token would go before the account"


def test_files_and_places_are_checked_before_anything_is_sent() -> None:
    assert delivering.places([" /a ", "", "/a", "artifact", "https://h/"]) == ["/a", "artifact", "https://h/"]
    for wrong in ("reports", "https://h/x", "artifacts"):
        with pytest.raises(SettingsError, match="^to: "):
            delivering.places(["/a", wrong])
    with pytest.raises(SettingsError, match="^files: .*a.json"):
        delivering.check_names("files", ["a.json", "b.json", "a.json"])
