# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/find-passwords.md: a test for each row, named after it. Most rows have phones of their own in the
same few runs. All phones lock their account as real ones do, and every password that reaches one is noted."""

from __future__ import annotations

import base64
import fcntl
import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from simulator import Fleet, Phone, PhoneSpec, Switches
from simulator.auth import Authenticator, Credentials
from support.canned import serve
from support.cases import shared_run
from support.fixtures import StartFleet
from support.playbook import PASSWORD, Playground, Run, inventory

FIRST, SECOND, THIRD = "Kestrel-old-41", "Harbour-{{ 2019 }}", "Lantern-of-the-reseller"
CANDIDATES = [FIRST, SECOND, THIRD]
UNKNOWN = "nobody-knows-it"
VAULT, OTHER_VAULT = "open sesame", "close sesame"
LIST = "ansible_vvx_password_candidates"


def spec(password: str, **options: Any) -> PhoneSpec:
    return PhoneSpec(admin_password=password, switches=Switches(lockout="on"), **options)


ROWS: dict[str, tuple[PhoneSpec, dict[str, Any]]] = {
    "own": (spec(PASSWORD), {}),
    "first": (spec(FIRST), {}),
    "second": (spec(SECOND), {}),
    "digest": (PhoneSpec(admin_password=FIRST, switches=Switches(lockout="on", challenge="digest")), {}),
    "by-lines": (spec(THIRD), {LIST: f"{THIRD}\n{FIRST}\n"}),
    "next": (spec(THIRD), {"ansible_vvx_password_next": THIRD}),
    "exhausted": (spec(UNKNOWN), {LIST: [FIRST, SECOND]}),
    "patient": (spec(UNKNOWN), {}),
    "locked": (spec(FIRST), {LIST: [FIRST]}),
    "factory": (spec("456"), {LIST: ["456", FIRST]}),
    "none": (spec(UNKNOWN), {LIST: []}),
    "no-password": (spec(FIRST), {"ansible_password": ""}),
    "offline": (spec(FIRST, offline=True), {}),
    "lost": (spec(FIRST), {}),
    "rest-off": (spec(FIRST, rest="off"), {"ansible_password": ""}),
    "other": (
        spec(FIRST, certificate="factory"),
        {"ansible_vvx_verify_hostname": "mac", "ansible_vvx_mac": "0004f2000001"},
    ),
    "moved": (
        spec(FIRST, certificate="factory"),
        {"ansible_vvx_verify_hostname": "none", "ansible_vvx_mac": "0004f2000002"},
    ),
    "twin-1": (spec(FIRST), {}),
    "twin-2": (spec(FIRST), {}),
    "number": (spec(FIRST), {LIST: ["text", 41]}),
    "mapping": (spec(FIRST), {LIST: {"password": FIRST}}),
}  # fmt: skip
IN_USE = ["own", "first", "second", "by-lines", "no-password"]
SENT: list[tuple[str, str]] = []
"""Name of the phone and password of each login that has reached a phone; a Digest has an empty password."""


@dataclass
class Story:
    """The runs, in this order, and what each sent to whom."""

    playground: Playground
    fleet: Fleet
    runs: dict[str, Run] = field(default_factory=dict)
    sent: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    requests: dict[str, dict[str, int]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def run(self, name: str, *arguments: str, **variables: Any) -> Run:
        SENT.clear()
        before = {phone.name: phone.count() for phone in self.fleet}
        run = self.playground.run(
            "polycom.vvx.find_passwords", "-i", "hosts.yml", "--vault-password-file", "vault.txt",
            "-e", json.dumps(variables), *arguments, COLUMNS="100", ANSIBLE_VERBOSITY="4" if name == "one" else "0",
        )  # fmt: skip
        self.runs[name], self.sent[name] = run, list(SENT)
        self.requests[name] = {phone.name: phone.count() - before[phone.name] for phone in self.fleet}
        path = self.playground.folder / "found-passwords.yml"
        self.files[name] = path.read_bytes() if path.exists() else b""
        return run

    def time_passes(self, seconds: int = 100) -> None:
        """As far as the controller and the phones know."""
        state = self.playground.folder / "state" / "polycom.vvx"
        refusals = state / "refusals"
        lines = refusals.read_text().splitlines()
        refusals.write_text("".join(f"{x[0]}{int(x.split()[0][1:]) - seconds} {x.split()[1]}\n" for x in lines))
        for path in (state / "passwords").rglob("*.json"):
            document = json.loads(path.read_text())
            for mark in document["passwords"].values():
                mark.update({what: when and when - seconds for what, when in mark.items()})
            path.write_text(json.dumps(document))
        for phone in self.fleet:
            phone.authenticator.forget()

    def result(self, name: str) -> dict[str, Any]:
        return self.runs[name].of("Find passwords")

    def state(self, name: str, host: str) -> str:
        hosts = self.result(name)["hosts"]
        return next((state for state, listed in hosts.items() if host in listed), "known")

    def tried(self, name: str, host: str) -> list[str]:
        """The passwords that a phone got in a run."""
        return [password for phone, password in self.sent[name] if phone == host]

    def found(self, name: str) -> dict[str, str]:
        """The file after a run."""
        return opened(self.files[name]) if self.files[name] else {}

    def screen(self, name: str) -> str:
        """What the task has printed, as one line."""
        printed = re.search(r"^[0-9]+ phones: .*?(?=^(ok|changed): )", self.runs[name].output, re.DOTALL | re.MULTILINE)
        assert printed, self.runs[name].output
        return " ".join(printed[0].split())


def opened(content: bytes, secret: str = VAULT) -> dict[str, str]:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    plain = VaultLib([("default", VaultSecret(secret.encode()))]).decrypt(content)
    found: dict[str, str] = yaml.load(plain, Loader=Loader)["vvx_found_passwords"]
    return found


@pytest.fixture(scope="module", autouse=True)
def spy() -> Iterator[None]:
    check = Authenticator.check

    def noted(self: Authenticator, credentials: Credentials | None, method: str, target: str) -> bool:
        if credentials is not None:
            SENT.append((self._phone.name, credentials.password))
        return check(self, credentials, method, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Authenticator, "check", noted)
        yield


def lock(phone: Phone) -> None:
    """As another tool does that has an old password."""
    login = base64.b64encode(b"Polycom:of-the-other-tool").decode()
    for _attempt in range(5):
        request = Request(f"{phone.url}/api/v1/mgmt/device/info", headers={"Authorization": f"Basic {login}"})
        with pytest.raises(HTTPError, match="401"):
            urlopen(request, context=ssl._create_unverified_context())


@shared_run
def story(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground], spy: None) -> Iterator[Story]:
    """All runs, in which time passes where it has to."""
    fleet = start_shared_fleet(*(_named(name, each) for name, (each, _variables) in ROWS.items()), tls=True)
    playground = shared_playground()
    playground.write("vault.txt", VAULT)
    hosts = inventory(fleet, {LIST: CANDIDATES}, fleet.ca_path)
    listed = hosts["all"]["children"]["phones"]["hosts"]
    for name, (_spec, variables) in ROWS.items():
        listed[name] |= variables
    for name in ("other", "moved"):
        listed[name]["ansible_vvx_ca_path"] = fleet.factory_ca_path
    listed["twin-2"] |= {name: listed["twin-1"][name] for name in ("ansible_host", "ansible_port")}
    with serve((200, [("Content-Type", "text/html")], b"<html>Printer</html>")) as server:
        listed["printer"] = {
            **{"ansible_host": "127.0.0.1", "ansible_port": server.port},
            **{"ansible_vvx_use_ssl": False, "ansible_password": ""},
        }  # fmt: skip
        made_hosts(playground, hosts)
        made = Story(playground, fleet)
        made.run("check", "--check")
        made.time_passes()
        fleet["lost"].fault("drop_after", after=1)
        lock(fleet["locked"])
        made.run("one", vvx_fail=True)
        made.time_passes()
        made.run("two")
        made.run("at once")
        made.time_passes(4000)
        made.run("retried", vvx_retry_after=3600)
        hosts["all"]["children"]["phones"]["vars"]["ansible_password"] = (
            f"{{{{ vvx_found_passwords[inventory_hostname] | default('{PASSWORD}') }}}}"
        )
        for host in listed.values():
            host.pop("ansible_password", None)
        made_hosts(playground, hosts)
        made.time_passes()
        made.run("in use", "-e", "@found-passwords.yml", vvx_hosts=IN_USE)
        made.requests["printer"] = {"all": len(server.requests), "logins": sum(map(bool, server.authorizations))}
    yield made


def made_hosts(playground: Playground, hosts: dict[str, Any]) -> None:
    text = yaml.safe_dump(hosts)
    assert f"- {SECOND}" in text
    playground.write("hosts.yml", text.replace(f"- {SECOND}", f"- !unsafe '{SECOND}'"))


def _named(name: str, each: PhoneSpec) -> PhoneSpec:
    each.name = name
    return each


class TestAllRuns:
    def test_no_phone_was_locked_by_us_or_got_a_password_twice(self, story: Story) -> None:
        for name, sent in story.sent.items():
            basic = [login for login in sent if login[1]]
            assert len(basic) == len(set(basic)), name
            assert all(
                len(story.tried(name, phone.name)) <= (4 if phone.name == "digest" else 2) for phone in story.fleet
            )
        for phone in story.fleet:
            sent = [login for name in ("one", "two", "at once") for login in story.tried(name, phone.name)]
            refused = [login for login in sent if login in CANDIDATES and login != phone.spec.admin_password]
            assert len(refused) == len(set(refused)), phone.name

    def test_no_candidate_is_shown_or_stored_in_clear(self, story: Story) -> None:
        shown = "".join(run.output + json.dumps([each.result for each in run.outcomes]) for run in story.runs.values())
        stored = [path for path in story.playground.folder.rglob("*") if path.is_file() and path.name != "hosts.yml"]
        for password in CANDIDATES:
            assert password not in shown
            assert not [path for path in stored if password.encode() in path.read_bytes()]
        assert (story.playground.folder / "found-passwords.yml").stat().st_mode & 0o777 == 0o600


def test_all_well(story: Story) -> None:
    assert story.tried("one", "own") == [PASSWORD] and story.state("one", "own") == "known"
    assert story.tried("one", "first") == [PASSWORD, FIRST] and story.state("one", "first") == "found"
    assert story.tried("one", "second") == [PASSWORD, FIRST] and story.state("one", "second") == "refused"
    assert story.tried("two", "second") == [PASSWORD, SECOND] and story.state("two", "second") == "found"
    found = {"first": FIRST, "digest": FIRST, "by-lines": THIRD, "next": THIRD, "no-password": FIRST}
    assert story.found("one") == found and story.runs["one"].code != 0
    assert story.found("two") == {**found, "second": SECOND, "lost": FIRST}
    assert "Candidate 1 of 3 was refused: 2 phones: patient, second. The next run tries" in story.screen("one")
    assert story.result("one")["runs_left"] == 2 and story.result("one")["wait"] == 60
    assert "found-passwords.yml (encrypted) now holds 5 phones." in story.screen("one")
    assert [o.state for o in story.runs["one"].by("vvx_verdict") if o.host == "second"] == ["failed"]
    assert "first" not in {outcome.host for outcome in story.runs["one"].by("vvx_verdict")}
    assert story.runs["two"].code == 0


def test_run_again(story: Story) -> None:
    assert story.tried("at once", "patient") == [] and story.state("at once", "patient") == "waiting"
    assert "Nothing was tried, because a candidate was tried just now" in story.screen("at once")
    assert 0 < story.result("at once")["wait"] <= 60 and story.files["at once"] == story.files["two"]
    assert not story.result("at once")["changed"]


def test_all_found(story: Story) -> None:
    result = story.result("in use")
    assert result["counts"]["known"] == result["phones"] == 5 and not result["changed"]
    assert [story.requests["in use"][name] for name in IN_USE] == [1] * len(IN_USE)
    assert story.tried("in use", "second") == [SECOND] and story.files["in use"] == story.files["retried"]


def test_check_mode(story: Story) -> None:
    assert {password for _phone, password in story.sent["check"]} == {PASSWORD, ""}
    assert story.files["check"] == b"" and story.state("check", "second") == "would_try"
    assert story.state("check", "own") == "known" and story.state("check", "offline") == "unreachable"
    assert "Candidate 1 of 3 would be tried: " in story.screen("check")
    assert "Next: the same command without --check." in story.screen("check")


def test_exhausted(story: Story) -> None:
    runs = ("one", "two", "at once")
    assert [story.tried(name, "exhausted") for name in runs] == [[PASSWORD, FIRST], [PASSWORD, SECOND], []]
    assert [story.state(name, "exhausted") for name in runs] == ["refused", "exhausted", "exhausted"]
    assert "All candidates refused: 2 phones: exhausted, locked." in story.screen("at once")


def test_locked(story: Story) -> None:
    assert story.tried("one", "locked") == [PASSWORD, FIRST] and story.state("one", "locked") == "exhausted"
    assert "A phone that is locked refuses the right password, too" in story.screen("one")
    assert story.tried("two", "locked") == [PASSWORD]
    assert story.tried("retried", "locked") == [PASSWORD, FIRST] and story.found("retried")["locked"] == FIRST


def test_factory_password(story: Story) -> None:
    assert story.tried("one", "factory") == [PASSWORD, "456"] and story.state("one", "factory") == "default_password"
    assert "Factory password 456: 1 phone: factory. The REST API stays closed" in story.screen("one")
    assert "factory" not in story.found("retried")


def test_no_candidates(story: Story) -> None:
    assert story.tried("one", "none") == [PASSWORD] and story.state("one", "none") == "no_candidates"
    assert "No candidates: 1 phone: none. Set ansible_vvx_password_candidates" in story.screen("one")


def test_no_password(story: Story) -> None:
    assert story.tried("one", "no-password") == [FIRST] and story.state("one", "no-password") == "found"
    assert story.requests["one"]["no-password"] == 2


def test_offline(story: Story) -> None:
    assert story.state("one", "offline") == "unreachable" and story.tried("two", "offline") == []
    assert [o.state for o in story.runs["one"].by("vvx_verdict") if o.host == "offline"] == ["unreachable"]


def test_lost_answer(story: Story) -> None:
    assert story.tried("one", "lost") == [PASSWORD, FIRST] and story.state("one", "lost") == "unreachable"
    assert story.tried("two", "lost") == [PASSWORD, FIRST] and story.found("two")["lost"] == FIRST


def test_rest_off(story: Story) -> None:
    assert story.tried("one", "rest-off") == [] and story.state("one", "rest-off") == "failed"
    assert "the REST API is switched off" in story.screen("check")


def test_no_phone(story: Story) -> None:
    assert story.state("one", "printer") == "failed" and "asks for no login" in story.screen("check")
    assert story.requests["printer"]["all"] > 0 == story.requests["printer"]["logins"]


def test_other_phone(story: Story) -> None:
    for name in ("other", "moved"):
        assert story.tried("one", name) == [] and story.state("one", name) == "failed"
    assert "the certificate is for another name" in story.screen("check")
    assert "its certificate belongs to the phone" in story.screen("check")


def test_same_phone_twice(story: Story) -> None:
    assert [story.state("one", f"twin-{number}") for number in (1, 2)] == ["failed", "failed"]
    assert story.requests["one"]["twin-1"] == story.requests["one"]["twin-2"] == 0
    assert "2 phones: another host of the play has the same address" in story.screen("one")


def test_bad_list(story: Story) -> None:
    assert [story.state("one", host) for host in ("number", "mapping")] == ["failed", "failed"]
    assert story.requests["one"]["number"] == story.requests["one"]["mapping"] == 0
    assert "entry 2 must be a text" in story.screen("one") and "password_candidates is no list" in story.screen("one")


def refused(tasks: Run) -> dict[str, str]:
    """What each task of a run has said that refused to work."""
    return {each.task: each.result["msg"] for each in tasks.by("vvx_find_passwords") if each.state == "failed"}


def few_phones(start_fleet: StartFleet, playground: Playground) -> Fleet:
    """Phones that would take a candidate."""
    fleet = start_fleet(*(_named(name, spec(FIRST)) for name in ("a", "b", "c")), tls=False)
    playground.write("vault.txt", VAULT)
    made_hosts(playground, inventory(fleet, {LIST: CANDIDATES}))
    SENT.clear()
    return fleet


@pytest.fixture
def few(start_fleet: StartFleet, playground: Playground) -> tuple[Fleet, Playground]:
    return few_phones(start_fleet, playground), playground


def sealed(text: str, secret: str = VAULT) -> str:
    return VaultLib([("default", VaultSecret(secret.encode()))]).encrypt(text).decode()


def attempt(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, "polycom.vvx.vvx_find_passwords": options, "ignore_errors": True}


@shared_run
def refusals(start_shared_fleet: StartFleet, shared_playground: Callable[[], Playground], spy: None) -> dict[str, str]:
    """What several tasks of one run say that must send nothing."""
    playground = shared_playground()
    fleet = few_phones(start_shared_fleet, playground)
    files = {
        "wrong secret": sealed("vvx_found_passwords: {}\n", OTHER_VAULT),
        "in clear": "vvx_found_passwords: {}\n",
        "other variables": sealed("vvx_found_passwords: {}\nvault_other: x\n"),
        "no mapping": sealed("vvx_found_passwords: [a]\n"),
        "numbers": sealed("vvx_found_passwords: {a: 0123}\n"),
    }
    for name, content in files.items():
        playground.write(f"{name}.yml", content)
    tasks = [attempt(name, into=f"{name}.yml") for name in files]
    tasks.append(attempt("no memory", state_path="vault.txt/folder", secrets_key="a key of many letters"))
    tasks.append(attempt("twice", state_path=str(playground.folder / "busy"), secrets_key="a key of many letters"))
    (playground.folder / "busy").mkdir()
    playground.write("play.yml", [{"name": "Test", "hosts": "phones", "gather_facts": False, "tasks": tasks}])
    with (playground.folder / "busy" / "find-passwords.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run = playground.run("play.yml", "-i", "hosts.yml", "--vault-password-file", "vault.txt")
    assert all((playground.folder / f"{name}.yml").read_text() == content for name, content in files.items())
    assert SENT == [] and sum(phone.count() for phone in fleet) == 0, run.output
    return refused(run)


def test_other_vault_secret(refusals: dict[str, str]) -> None:
    assert "can't be decrypted with the vault secrets of this run" in refusals["wrong secret"]
    assert "is not encrypted" in refusals["in clear"]
    assert "holds something else than vvx_found_passwords" in refusals["other variables"]
    assert "holds something else than vvx_found_passwords" in refusals["no mapping"]
    assert "is no text" in refusals["numbers"]


def test_no_memory(refusals: dict[str, str]) -> None:
    assert "can't be remembered" in refusals["no memory"] and "ansible_vvx_state_path" in refusals["no memory"]


def test_at_the_same_time(refusals: dict[str, str]) -> None:
    assert "another run looks for passwords just now. Nothing was sent." in refusals["twice"]


def test_no_vault_secret(few: tuple[Fleet, Playground]) -> None:
    fleet, playground = few
    run = playground.run("polycom.vvx.find_passwords", "-i", "hosts.yml")
    assert run.code != 0 and "--ask-vault-pass" in run.of("Find passwords")["msg"]
    assert SENT == [] and sum(phone.count() for phone in fleet) == 0


def search(playground: Playground) -> Run:
    return playground.run("polycom.vvx.find_passwords", "-i", "hosts.yml", "--vault-password-file", "vault.txt")


def test_file_not_writable(few: tuple[Fleet, Playground]) -> None:
    fleet, playground = few
    path = playground.folder / "found-passwords.yml"
    thread = threading.Thread(target=_put_a_folder_there, args=(path,))
    fleet["a"].fault("latency", seconds=0.5)
    thread.start()
    run = search(playground)
    thread.join()
    assert run.code != 0 and "into: " in run.of("Find passwords")["msg"] and "is a folder" in run.output
    assert len(SENT) == 6
    path.rmdir()
    SENT.clear()
    assert search(playground).of("Find passwords")["counts"]["found"] == 3
    assert [password for _phone, password in SENT] == [FIRST] * 3
    assert opened(path.read_bytes()) == dict.fromkeys(("a", "b", "c"), FIRST)


def _put_a_folder_there(path: Path) -> None:
    deadline = time.monotonic() + 200
    while not SENT and time.monotonic() < deadline:
        time.sleep(0.01)
    path.mkdir()


def accepted(playground: Playground) -> int:
    """How many phones have taken a password, as the controller remembers."""
    files = (playground.folder / "state" / "polycom.vvx" / "passwords").glob("*/*.json")
    marks = (mark for path in files for mark in json.loads(path.read_text())["passwords"].values())
    return sum(bool(mark["accepted"]) for mark in marks)


def test_killed(few: tuple[Fleet, Playground]) -> None:
    fleet, playground = few
    fleet["b"].fault("hang", after=1)
    arguments = ("-i", "hosts.yml", "--vault-password-file", "vault.txt")
    playground.run_until(
        lambda: fleet["b"].count() == 2 and accepted(playground) == 2, "polycom.vvx.find_passwords", *arguments
    )
    assert sorted([*SENT, ("b", FIRST)]) == sorted((name, login) for name in "abc" for login in (PASSWORD, FIRST))
    assert not (playground.folder / "found-passwords.yml").exists()
    SENT.clear()
    for phone in fleet:
        phone.clear()
    result = search(playground).of("Find passwords")
    assert result["hosts"]["found"] == ["a", "c"] and result["hosts"]["waiting"] == ["b"]
    assert sorted(SENT) == [("a", FIRST), ("c", FIRST)]
    story = Story(playground, fleet)
    story.time_passes()
    story.run("later")
    assert story.tried("later", "b") == [PASSWORD, FIRST] and set(story.found("later")) == {"a", "b", "c"}
