# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vvx_export and vvx_capture on a simulated phone, which really uploads: to a server of the user's, or to here."""

from __future__ import annotations

import base64
import hashlib
import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import capture, export
from ansible_collections.polycom.vvx.plugins.module_utils._operations.capture import SPEC as CAPTURE
from ansible_collections.polycom.vvx.plugins.module_utils._operations.export import SPEC as EXPORT
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import CONTENTS

from simulator import Phone, PhoneSpec, Switches
from simulator.endpoints import uploads
from support.reach import params, run

CAPTURING = {"config": {"diags.pcap.enabled": "1", "diags.pcap.background.enabled": "1"}}
PATH = {"export": "config/export", "capture": "network/uploadBgCapture"}
BOTH = pytest.mark.parametrize("operation", ["export", "capture"])


def upload(operation: str, phone: Phone, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    connection = {name: options.pop(name) for name in ("password", "retries", "username") if name in options}
    module, spec = (export, EXPORT) if operation == "export" else (capture, CAPTURE)
    chosen = {**params(spec, **{"wait_timeout": 5.0, **options}), "timeout": 5.0}
    return run(module.run, phone, chosen, check_mode, **connection)


def contents(result: dict[str, Any]) -> dict[str, bytes]:
    return {path: base64.b64decode(content) for path, content in result.get(CONTENTS, {}).items()}


def start(start_fleet: Any, *, model: str = "VVX 411", firmware: str = "5.9.3.2489", **switches: Any) -> Phone:
    phone: Phone = start_fleet(
        PhoneSpec(model=model, firmware=firmware, layers=CAPTURING, switches=Switches(**switches)), tls=False
    ).phones[0]
    return phone


@pytest.fixture
def both(start_fleet: Any) -> Phone:
    """A phone that exports, and captures."""
    return start(start_fleet)


class _Store(http.server.BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        self.server.files[self.path] = self.rfile.read(int(self.headers["Content-Length"]))  # type: ignore[attr-defined]
        self.send_response(201)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def store() -> Iterator[tuple[str, dict[str, bytes]]]:
    """A server of the user's: its URL, and the files it has."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Store) as server:
        files = server.files = {}  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", files
        server.shutdown()
        thread.join()


# -- here


@BOTH
def test_a_file_comes_here(both: Phone, operation: str) -> None:
    result = upload(operation, both, dest="/backups/phone.cfg")
    assert "failed" not in result and result["changed"] is True, result
    content = contents(result)["/backups/phone.cfg"]
    file = {"dest": "/backups/phone.cfg", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert result["files"] == [{**file, "type": "all"} if operation == "export" else file]
    assert content.startswith(b"<?xml" if operation == "export" else b"\xd4\xc3\xb2\xa1")
    (request,) = both.log
    assert request.path == f"/api/v1/mgmt/{PATH[operation]}" and result["requests"] == 1
    url = request.data["Url" if operation == "export" else "url"]
    assert url.startswith("http://127.") and url.endswith(".cfg")
    assert request.data == ({"Url": url, "ConfigType": "All"} if operation == "export" else {"url": url})


def test_each_type_is_a_file(both: Phone) -> None:
    types = ["device", "web", "config_files", "local", "all", "web"]
    result = upload("export", both, dest="/backups/phone.cfg", types=types)
    assert [request.data["ConfigType"] for request in both.log] == ["Device", "Web", "ConfigFiles", "Local", "All"]
    assert [(file["type"], file["dest"]) for file in result["files"]] == [
        (name, f"/backups/phone.{name}.cfg") for name in types[:-1]
    ]
    found = contents(result)
    assert list(found) == [file["dest"] for file in result["files"]]
    assert (
        b"<DEVICE_SETTINGS" in found["/backups/phone.device.cfg"]
        and b"<DEVICE_SETTINGS" not in found["/backups/phone.all.cfg"]
    )
    urls = [request.data["Url"] for request in both.log]
    assert len(set(urls)) == len(urls), "each has a door of its own"


@pytest.mark.parametrize(
    ("path", "types", "name"),
    [
        ("phone.cfg", ["device"], "phone.cfg"),
        ("/b/phone.cfg", ["all", "device"], "/b/phone.device.cfg"),
        ("/b/phone", ["all", "device"], "/b/phone.device"),
        ("/b.d/phone", ["all", "device"], "/b.d/phone.device"),
        ("http://s/b/p.xml", ["all", "device"], "http://s/b/p.device.xml"),
    ],
)
def test_names_of_files(path: str, types: list[str], name: str) -> None:
    assert export.named(path, "device", types) == name


def test_check_mode_fetches_an_export_to_compare(both: Phone) -> None:
    result = upload("export", both, check_mode=True, dest="/backups/phone.cfg")
    assert contents(result) and both.count("config/export") == 1


@pytest.mark.parametrize("options", [{"url": "http://192.0.2.1/x.pcap"}, {"dest": "/x.pcap"}, {}])
def test_check_mode_captures_nothing(both: Phone, options: dict[str, str]) -> None:
    result = upload("capture", both, check_mode=True, **options)
    assert result["changed"] is True and "failed" not in result and both.count() == 0
    assert result["files"] == [options or {"url": None}]


@BOTH
def test_a_file_may_come_after_the_reply(start_fleet: Any, operation: str) -> None:
    result = upload(operation, start(start_fleet, upload="after_reply"), dest="/x.cfg")
    assert "failed" not in result and contents(result)["/x.cfg"]


@BOTH
@pytest.mark.parametrize("how", ["never", "wrong_path"])
def test_a_file_that_does_not_come(start_fleet: Any, operation: str, how: str) -> None:
    phone = start(start_fleet, upload=how)
    result = upload(operation, phone, dest="/x.cfg", wait_timeout=0.2)
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "nothing_received"
    assert result["error"]["host"] == phone.host
    assert "the phone accepted the order, but no file arrived at http://127." in result["msg"]
    assert ("Something else arrived: under a wrong path" in result["msg"]) is (how == "wrong_path")
    assert "receiver_address" in result["msg"] and CONTENTS not in result
    assert phone.count() == 1


@BOTH
@pytest.mark.parametrize("how", ["before_reply", "after_reply"])
def test_a_file_that_is_too_large(start_fleet: Any, operation: str, how: Any) -> None:
    phone = start(start_fleet, upload=how)
    result = upload(operation, phone, dest="/x.cfg", max_size=20)
    assert result["failed"] and result["error"]["kind"] == "too_large"
    assert (
        f"{phone.host}: the file that the phone sent is larger than 20 bytes." in result["msg"]
        and "Raise max_size." in result["msg"]
    )


@BOTH
def test_a_port_of_the_users(both: Phone, operation: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        result = upload(operation, both, dest="/x.cfg", receiver_port=port, receiver_address="127.0.0.1")
        assert (
            result["failed"]
            and result["error"]["kind"] == "settings"
            and f"{both.host}: can't receive a file on port {port}" in result["msg"]
        )
        assert both.count() == 0
    result = upload(operation, both, dest="/x.cfg", receiver_port=port, receiver_address="127.0.0.1")
    assert "failed" not in result, result
    assert str(both.log[0].data).count(f"http://127.0.0.1:{port}/") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90",
        b"",
        b"{}",
        b"<html><body a='1'/></html>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>\n<HTML/>",
        b'<?xml version="1.0"?>\n<!-- a -- b -->\n<html xmlns="x"><head/></html>',
        b"<title>404 Not Found</title>",
        b"<!-- " + b"-" * 100_000,
    ],
)
def test_what_comes_is_no_configuration(both: Phone, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    send = uploads._put
    monkeypatch.setattr(uploads, "_put", lambda url, _content, kind: send(url, content, kind))
    result = upload("export", both, dest="/x.cfg")
    assert result["failed"] and result["error"]["kind"] == "protocol" and CONTENTS not in result
    assert (
        result["error"]["host"] == both.host
        and f"the phone sent something other than a configuration file ({len(content)} bytes)." in result["msg"]
    )


@pytest.mark.parametrize(
    "content",
    [b"<PHONE_BACKUP/>", b'\xef\xbb\xbf<?xml version="1.0"?><!-- html -->\n<polycomConfig/>', b"<htmlx a='1'/>"],
)
def test_what_comes_is_a_configuration(both: Phone, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    send = uploads._put
    monkeypatch.setattr(uploads, "_put", lambda url, _content, kind: send(url, content, kind))
    assert "failed" not in upload("export", both, dest="/x.cfg")


# -- a server of the user's


@BOTH
def test_a_server_stores_the_file(both: Phone, store: tuple[str, dict[str, bytes]], operation: str) -> None:
    url, files = store
    result = upload(operation, both, url=f"{url}/phone.cfg")
    assert "failed" not in result and result["changed"] is True and CONTENTS not in result
    assert result["files"] == [
        {"type": "all", "url": f"{url}/phone.cfg"} if operation == "export" else {"url": f"{url}/phone.cfg"}
    ]
    assert list(files) == ["/phone.cfg"] and files["/phone.cfg"]


def test_a_server_stores_each_type(both: Phone, store: tuple[str, dict[str, bytes]]) -> None:
    url, files = store
    result = upload("export", both, url=f"{url}/b/phone.cfg", types=["device", "web"])
    assert [file["url"] for file in result["files"]] == [f"{url}/b/phone.device.cfg", f"{url}/b/phone.web.cfg"]
    assert list(files) == ["/b/phone.device.cfg", "/b/phone.web.cfg"]


def test_check_mode_sends_nothing_to_a_server(both: Phone) -> None:
    result = upload("export", both, check_mode=True, url="http://192.0.2.1/x.cfg", types=["device", "web"])
    assert result["changed"] is True and both.count() == 0
    assert [file["url"] for file in result["files"]] == ["http://192.0.2.1/x.device.cfg", "http://192.0.2.1/x.web.cfg"]


@BOTH
def test_a_server_that_can_not_be_reached(both: Phone, operation: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        result = upload(operation, both, url=f"http://127.0.0.1:{closed.getsockname()[1]}/x")
    assert result["failed"] and result["changed"] is False and result["error"]["kind"] == "upload_failed"
    assert result["error"]["status"] == ("4008" if operation == "export" else "5000")
    assert result["error"]["host"] == both.host and "HTTP PUT" in result["msg"]
    assert both.count() == 1


@BOTH
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"url": "s/x"}, "url is not a URL that a phone can upload to."),
        ({"url": "file:///etc/passwd"}, "url is not a URL"),
        ({"url": "http://"}, "url is not a URL"),
        ({"url": "http:///x"}, "url is not a URL"),
        ({"url": "http://s/\nx"}, "url is not a URL"),
        ({"dest": "/x", "receiver_port": 65536}, "receiver_port must be between 0 and 65535, not 65536"),
        ({"dest": "/x", "receiver_port": -1}, "receiver_port must be between 0 and 65535, not -1"),
        ({"dest": "/x", "max_size": 0}, "max_size must be above 0."),
    ],
)
def test_options_that_do_not_go_together_send_nothing(
    both: Phone, operation: str, options: dict[str, Any], expected: str
) -> None:
    result = upload(operation, both, **options)
    assert (
        result["failed"] and result["error"]["kind"] == "settings" and expected in result["msg"] and both.count() == 0
    )


def test_an_export_needs_types(both: Phone) -> None:
    result = upload("export", both, dest="/x", types=[])
    assert result["failed"] and "types is empty." in result["msg"] and both.count() == 0
