# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the credential types inject, as AWX renders it, is what the collection takes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.polycom.vvx.plugins.module_utils._options import connection
from ansible_collections.polycom.vvx.plugins.module_utils._options.argument_spec import ArgumentSpec
from ansible_collections.polycom.vvx.plugins.module_utils._phone.settings import Settings
from ansible_collections.polycom.vvx.plugins.module_utils._steps import secrets
from ansible_collections.polycom.vvx.plugins.plugin_utils._rollout import making, plan_source

from awx.controller import credentials
from awx.controller.store import Refusal, Store
from awx.objects import CREDENTIAL_TYPES
from support.certificates import made

HOSTILE = [
    "plain",
    "  spaces around  ",
    """quotes ' " and \\ backslashes""",
    "{{ username }}",
    "{% raw %}",
    "{# a comment #}",
    "lookup('pipe', 'false')",
    "$HOME `id` $(id)",
    "Zoë ☎ пароль",
    "True",
    "!unsafe x",
]
TEXTS = ("username", "password", "password_next")


def injected(name: str, inputs: dict[str, Any], folder: Path) -> dict[str, str]:
    """The environment of a job with such a credential. Its files are in the folder."""
    kind = CREDENTIAL_TYPES[name]
    rendered = credentials.render(kind["injectors"], credentials.given(kind, inputs))
    assert rendered["extra_vars"] == {}, "an extra variable would override a Machine credential"
    paths = {}
    for path, content in rendered["files"].items():
        paths[path] = str(folder / path.rpartition("/")[2])
        (folder / path.rpartition("/")[2]).write_text(content, encoding="utf-8")
    return {name: paths.get(value, value) for name, value in rendered["env"].items()}


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the collection makes of such a credential of phones."""

    def start(**inputs: Any) -> tuple[Settings, dict[str, Any]]:
        for name, value in injected("phones", inputs, tmp_path).items():
            monkeypatch.setenv(name, value)
        given = {
            "host": "192.0.2.11",
            "mac": "0004f2aabbcc",
            **({} if inputs.get("password") else {"password": "of-the-inventory"}),
        }
        validation = ArgumentSpecValidator(connection.CONNECTION.argument_spec).validate(given)
        assert validation.error_messages == []
        params = dict(validation.validated_parameters)
        return connection.settings(params), params

    return start


@pytest.mark.parametrize("kind", CREDENTIAL_TYPES)
def test_a_type_is_accepted(kind: str) -> None:
    described = CREDENTIAL_TYPES[kind]
    credentials.check_type(Store(), {**described}, None)
    assert described["kind"] in ("net", "cloud") and "required" not in described["inputs"]
    defaults = [field["id"] for field in described["inputs"]["fields"] if "default" in field]
    assert defaults == [], "AWX does not apply them"


@pytest.mark.parametrize(
    "inputs", [{}, {"username": "", "password": "", "ca": "", "verify_hostname": "", "insecure": False}]
)
def test_what_is_not_set_leaves_the_defaults(job: Any, inputs: dict[str, Any]) -> None:
    settings, params = job(**inputs)
    assert (settings.username, settings.password) == ("Polycom", "of-the-inventory")
    assert settings.tls.validate_certs and settings.tls.verify_hostname == "name"
    assert params["ca_path"] is None and params["password_next"] is None


def test_the_box_that_is_ticked_turns_checks_off(job: Any) -> None:
    assert job(insecure=True)[0].tls.validate_certs is False


@pytest.mark.parametrize("name", ["name", "mac", "none"])
def test_what_certificates_bear(job: Any, name: str) -> None:
    assert job(verify_hostname=name)[1]["verify_hostname"] == name


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_arrive_as_they_are(job: Any, text: str) -> None:
    settings, params = job(**dict.fromkeys(TEXTS, text))
    assert (settings.username, settings.password, settings.password_next) == (text, text, text)
    assert params["ca_path"] is None


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("spec", "option"), [(making.SPEC, "key"), (plan_source.SPEC, "key"), (secrets.MEMORY, "secrets_key")]
)
def test_keys_arrive_as_they_are(job: Any, spec: ArgumentSpec, option: str, text: str) -> None:
    job(plan_key=text, secrets_key=text)
    validation = ArgumentSpecValidator({option: spec.argument_spec[option]}).validate({})
    assert validation.validated_parameters == {option: text}


@pytest.mark.parametrize("name", ["", "name", "mac", "none"])
def test_a_credential_may_leave_out_what_certificates_bear(name: str) -> None:
    """The form of AWX sends an empty text for what was not chosen."""
    store = Store()
    number = store.add("credential_types", dict(CREDENTIAL_TYPES["phones"]))["id"]
    attrs = {"organization": 1, "credential_type": number}
    credentials.check(store, {**attrs, "inputs": {"verify_hostname": name}}, None)
    with pytest.raises(Refusal):
        credentials.check(store, {**attrs, "inputs": {"verify_hostname": "host"}}, None)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_type_for_files(tmp_path: Path, text: str) -> None:
    texts = dict.fromkeys(("to", "username", "password", "token", "ca"), text)
    got = injected("files", {**texts, "insecure": True}, tmp_path)
    assert {got[f"VVX_DELIVER_{name}"] for name in ("TO", "USERNAME", "PASSWORD", "TOKEN")} == {text}
    assert got["VVX_DELIVER_INSECURE"] == "True"
    assert Path(got["VVX_DELIVER_CA_PATH"]).read_text(encoding="utf-8") == text
    assert injected("files", {}, tmp_path)["VVX_DELIVER_CA_PATH"] == ""


def test_an_authority_is_a_file(job: Any, tmp_path: Path) -> None:
    pem = made().pem
    path = job(ca=pem)[1]["ca_path"]
    assert Path(path).read_text(encoding="utf-8") == pem.rstrip("\n") or Path(path).read_text(encoding="utf-8") == pem
    got = injected("files", {"ca": pem}, tmp_path)
    assert Path(got["VVX_DELIVER_CA_PATH"]).read_text(encoding="utf-8").strip() == pem.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_passwords_of_single_phones_are_a_file(tmp_path: Path, text: str) -> None:
    assert injected("phones", {}, tmp_path)["VVX_PASSWORDS_FILE"] == ""
    got = injected("phones", {"passwords": text, "ca": text}, tmp_path)
    assert [Path(got[name]).read_text(encoding="utf-8") for name in ("VVX_PASSWORDS_FILE", "VVX_CA_PATH")] == [text] * 2
    assert got["VVX_PASSWORDS_FILE"] != got["VVX_CA_PATH"]


def test_a_line_break_in_a_password_is_an_error_that_names_no_value(job: Any) -> None:
    with pytest.raises(Exception, match="password contains a character that can't be sent"):
        job(password="zq-secret\nX-Header: 1")
