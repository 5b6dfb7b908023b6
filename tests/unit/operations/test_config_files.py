# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files as admins have them, and what of them gets to a phone."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._operations import config, config_validate, export
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config import SPEC as CONFIG
from ansible_collections.polycom.vvx.plugins.module_utils._operations.config_validate import SPEC as CONFIG_VALIDATE
from ansible_collections.polycom.vvx.plugins.module_utils._operations.export import SPEC as EXPORT
from ansible_collections.polycom.vvx.plugins.module_utils._steps.desired import MODEL, RENDER
from ansible_collections.polycom.vvx.plugins.module_utils._steps.result import CONTENTS

from simulator import Phone, PhoneSpec
from support.reach import params, run

MAC = "00:04:f2:0a:0b:0c"


def configure(phone: Phone, own: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    return run(config.run, phone, {**params(CONFIG, wait_timeout=30.0, **options), **(own or {})})


def sent(phone: Phone) -> dict[str, str]:
    return {
        name: value
        for request in phone.log
        if request.path.endswith("config/set")
        for name, value in request.data.items()
    }


def write(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.cfg").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.cfg") for name in texts]


def problems(**options: Any) -> list[dict[str, Any]]:
    result = config_validate.run({**params(CONFIG_VALIDATE, fail_on="never", **options)}, check_mode=False)
    found: list[dict[str, Any]] = result.values["problems"]
    return found


def test_what_the_phone_would_ignore_is_not_sent_and_told(phone: Phone, tmp_path: Path) -> None:
    text = (
        '<a device.set="1" device.sntp.serverName.set="1" device.sntp.serverName="ntp.example.org"\n'
        ' device.prov.serverName="prov" device.net.vlanId="20" reg.1.label="Desk"/>'
    )
    result = configure(phone, src=write(tmp_path, site=text))
    assert sent(phone) == {
        "reg.1.label": "Desk",
        "device.set": "1",
        "device.sntp.serverName.set": "1",
        "device.sntp.serverName": "ntp.example.org",
    }
    (warning,) = result["warnings"]
    assert "site.cfg:2: device.net.vlanId, device.prov.serverName: each is left out" in warning
    assert 'its own .set="1"' in warning and "set it in parameters" in warning


def test_parameters_get_their_switches_and_can_be_the_switches_of_files(phone: Phone, tmp_path: Path) -> None:
    src = write(tmp_path, site='<a device.sntp.serverName="ntp.example.org" device.sntp.gmtOffset="3600"/>')
    own = {"device.sntp.gmtOffset": "7200", "device.set": 1, "device.sntp.serverName.set": True}
    assert "warnings" not in configure(phone, src=src, parameters=own)
    values = sent(phone)
    assert values["device.sntp.serverName"] == "ntp.example.org" and values["device.sntp.gmtOffset"] == "7200"


@pytest.mark.parametrize(("order", "label", "winner"), [("last_wins", "Last", "b"), ("phone", "First", "a")])
def test_the_order_is_that_of_ansible_or_of_the_phone(
    phone: Phone, tmp_path: Path, order: str, label: str, winner: str
) -> None:
    files = {
        "a": '<a reg.1.label="First" up.idleTimeout="50" reg.1.auth.password="Zq7-a"/>',
        "b": '<a reg.1.label="Last" reg.1.auth.password="Zq7-b"/>',
    }
    result = configure(phone, src=write(tmp_path, **files), order=order, update_secrets="always")
    assert phone.value("reg.1.label")[0] == label and phone.value("up.idleTimeout")[0] == "50"
    assert sent(phone)["reg.1.auth.password"] == f"Zq7-{winner}"
    (warning,) = result["warnings"]
    other = "b" if winner == "a" else "a"
    assert (
        f"{winner}.cfg:1: reg.1.auth.password, reg.1.label: each is also in {other}.cfg with another value; "
        f"{winner}.cfg counts." in warning
    )
    assert "Zq7" not in json.dumps(result)


@pytest.mark.parametrize("content_wins", [True, False])
def test_a_text_counts_as_the_last_file(phone: Phone, tmp_path: Path, content_wins: bool) -> None:
    src = write(tmp_path, a='<a reg.1.label="File"/>')
    options = {"src": src, "content": '<a reg.1.label="Text" up.idleTimeout="50"/>'}
    configure(phone, **options, order="last_wins" if content_wins else "phone")
    assert sent(phone) == {"reg.1.label": "Text" if content_wins else "File", "up.idleTimeout": "50"}


def test_a_text_alone_is_enough_and_its_mistakes_have_a_place(phone: Phone) -> None:
    configure(phone, content='<a reg.1.label="Text"/>')
    assert phone.value("reg.1.label")[0] == "Text"
    result = configure(phone, content="<a>\n<b reg.1.label=Zq7/></a>")
    assert "content:2:16: reg.1.label has a value without quotes." in result["msg"] and "Zq7" not in json.dumps(result)
    assert "master file" in configure(phone, content='<APPLICATION CONFIG_FILES="a.cfg"/>')["msg"]


def test_a_master_file_leads_to_the_files_that_the_phone_reads(phone: Phone, tmp_path: Path) -> None:
    master, *_rest = write(
        tmp_path,
        master='<APPLICATION CONFIG_FILES="[PHONE_MAC_ADDRESS].cfg, site.cfg" '
        'CONFIG_FILES_VVX411="model.cfg, site.cfg"/>',
        **{"0004f20a0b0c": '<a reg.1.label="Own"/>'},
        site='<a reg.1.label="Site" up.idleTimeout="50"/>',
        model='<a reg.1.label="Model"/>',
    )
    assert "set mac, or ansible_vvx_mac" in configure(phone, src=[master])["msg"] and phone.count() == 0
    result = configure(phone, {"mac": MAC, MODEL: "VVX 250"}, src=[master])
    assert sent(phone) == {"reg.1.label": "Own", "up.idleTimeout": "50"}
    assert "0004f20a0b0c.cfg counts" in result["warnings"][0] and len(result["warnings"]) == 1
    configure(phone, {"mac": MAC, MODEL: "VVX 411"}, src=[master])
    assert sent(phone)["reg.1.label"] == "Model"


def test_a_template_is_rendered_and_travels_rendered(phone: Phone, tmp_path: Path) -> None:
    src = write(tmp_path, site='<?xml version="1.0" encoding="latin1"?><a reg.1.label="{{ label }}"/>')
    options = params(CONFIG, src=src, template=True)
    assert "template needs the host's variables" in run(config.run, phone, options)["msg"] and phone.count() == 0
    result = run(
        config.run, phone, {**options, RENDER: lambda text, path: text.replace("{{ label }}", f"Kö {Path(path).stem}")}
    )
    assert sent(phone) == {"reg.1.label": "Kö site"} and "warnings" not in result


def test_unfinished_values_are_remarked_and_sent(phone: Phone, tmp_path: Path) -> None:
    src = write(tmp_path, site='<a reg.1.label="##LABEL##"\n up.idleTimeout="{{ idle }}"/>')
    parameters = {"reg.1.displayName": " Desk\n", "reg.2.label": "$line", "reg.1.auth.password": "{{ Zq7 }} "}
    found = [
        (problem["parameter"], problem["severity"], problem["line"], problem["message"].partition(":")[0])
        for problem in problems(src=src, parameters=parameters)
    ]
    assert found == [
        (
            "reg.1.displayName",
            "warning",
            None,
            "begins or ends with a blank or line end, which the phone may take for a part of it",
        ),
        ("reg.2.label", "warning", None, "looks unfinished"),
        ("reg.1.label", "warning", 1, "looks unfinished"),
        ("up.idleTimeout", "warning", 2, "looks unfinished"),
    ]
    del parameters["reg.1.auth.password"]
    result = configure(phone, src=write(tmp_path, site='<a reg.1.label="##LABEL##"/>'), parameters=parameters)
    assert sent(phone) == {**parameters, "reg.1.label": "##LABEL##"} and len(result["warnings"]) == 3


def test_what_the_user_calls_a_secret_is_never_called_unfinished(phone: Phone) -> None:
    options = {"parameters": {"reg.1.label": "{{ Zq7 }}"}, "sensitive": ["*.label"]}
    assert "warnings" not in configure(phone, **options, update_secrets="always")


def test_a_backup_is_restored_without_a_word(start_fleet: Any, tmp_path: Path) -> None:
    layers = {
        "config": {"up.idleTimeout": "50", "reg.1.label": "From file", "reg.1.auth.password": "Zq7"},
        "web": {"reg.1.label": "From web", "up.backlight.timeout": "30", "voice.volume.persist.handset": "1"},
        "local": {"reg.1.label": "From phone"},
        "device": {
            "device.sntp.serverName": "ntp.example.org",
            "device.prov.password": "Zq7",
            "device.auth.localUserPassword": "Zq7",
        },
    }
    old, new = start_fleet(PhoneSpec(layers=layers), PhoneSpec(), tls=False).phones
    dest = str(tmp_path / "phone.cfg")
    options = params(EXPORT, dest=dest, types=["all", "device"], wait_timeout=5.0)
    files = run(export.run, old, {**options, "timeout": 5.0})[CONTENTS]
    src = []
    for path, content in files.items():
        Path(path).write_bytes(base64.b64decode(content))
        src.append(path)
    assert len(src) == 2
    same = configure(old, src=src)
    assert same["changed"] is False and "warnings" not in same
    restored = configure(new, src=src)
    assert "warnings" not in restored and "Zq7" not in json.dumps(restored)
    assert new.value("reg.1.label")[0] == "From phone" and new.value("up.idleTimeout")[0] == "50"
    assert new.value("device.sntp.serverName")[0] == "ntp.example.org"
