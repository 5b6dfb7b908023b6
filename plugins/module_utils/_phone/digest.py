# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digest authentication (RFC 7616): read a server's challenge, and answer it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .._text import clean
from .errors import ProtocolError

ALGORITHMS = {"md5": "md5", "sha-256": "sha256", "sha-512-256": "sha512_256"}
"""The algorithms of RFC 7616, and their names in hashlib. Each may have the suffix ``-sess``."""
_REMEDY = "Update the phone's firmware. If it offers Basic, too, set ansible_vvx_auth: basic."


@dataclass(frozen=True)
class Challenge:
    """What a server wants to be answered with. ``protection``: qop, empty for the way of before RFC 2617.

    Texts are as they came, one character for each byte.
    """

    realm: str
    nonce: str
    algorithm: str = ""
    protection: str = ""
    opaque: str | None = None
    stale: bool = False

    def answer(self, login: tuple[str, str], method: str, target: str, body: bytes, count: int) -> str:
        """The value of the header Authorization. ``count``: how often this nonce has been used, with this time."""
        username, password = login
        name, session = _algorithm(self.algorithm)
        digest = _digest(name)
        own = secrets.token_hex(8)
        user, realm, nonce = (_bytes(username), self.realm.encode("latin-1"), self.nonce.encode("latin-1"))
        secret = digest(b":".join([user, realm, _bytes(password)]))
        if session:
            secret = digest(b":".join([secret.encode(), nonce, own.encode()]))
        what = _bytes(f"{method}:{target}")
        if self.protection == "auth-int":
            what += b":" + digest(body).encode()
        middle = nonce
        if self.protection:
            middle += f":{count:08x}:{own}:{self.protection}".encode()
        response = digest(b":".join([secret.encode(), middle, digest(what).encode()]))
        shown = {"username": user.decode("latin-1"), "realm": self.realm, "nonce": self.nonce, "uri": target}
        fields = {name: _quoted(text) for name, text in {**shown, "response": response}.items()}
        if self.algorithm:
            fields["algorithm"] = self.algorithm
        if self.opaque is not None:
            fields["opaque"] = _quoted(self.opaque)
        if self.protection:
            fields |= {"qop": self.protection, "nc": f"{count:08x}", "cnonce": _quoted(own)}
        elif session:
            fields["cnonce"] = _quoted(own)
        return f"Digest {', '.join(f'{name}={value}' for name, value in fields.items())}"


def challenges(header: str) -> list[tuple[str, dict[str, str]]]:
    """The challenges in WWW-Authenticate: scheme and parameters of each, in lower case. Several headers come as one,
    with commas between."""
    found: list[tuple[str, dict[str, str]]] = []
    for name, sign, quoted, plain in re.findall(
        r"""([^\s,="]+)(?:\s*(=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?""", header, re.DOTALL
    ):
        if not sign:
            found.append((name.lower(), {}))
        elif found:
            found[-1][1].setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted else plain)
    return found


def best(offered: list[tuple[str, dict[str, str]]], endpoint: str) -> Challenge:
    """The first Digest challenge that can be answered: servers offer the one they like best first.

    Raises ProtocolError if there is none; it says what is wrong with the first.
    """
    problems = []
    for scheme, parameters in offered:
        if scheme == "digest":
            problem = _problem(parameters)
            if not problem:
                return _read(parameters)
            problems.append(problem)
    raise ProtocolError(
        f"the phone asks for Digest authentication {problems[0]}.", endpoint=endpoint, http_status=401, remedy=_REMEDY
    )


def _problem(parameters: Mapping[str, str]) -> str:
    if "realm" not in parameters:
        return "without a realm"
    if not parameters.get("nonce"):
        return "without a nonce"
    for name in ("realm", "nonce", "opaque"):
        if not re.fullmatch(r"[ -~\x80-\xff]*", parameters.get(name, "")):
            return f"with control characters in its {name}"
    name, _session = _algorithm(parameters.get("algorithm", ""))
    if name not in ALGORITHMS or ALGORITHMS[name] not in hashlib.algorithms_available:
        return f"with the algorithm {clean(parameters['algorithm'], 40)!r}, which is not supported here"
    offered = parameters.get("qop", "")
    if offered.strip(" ,") and not _protection(offered):
        return f"with the protection (qop) {clean(offered, 40)!r}, which is not supported here"
    return ""


def _read(parameters: Mapping[str, str]) -> Challenge:
    return Challenge(
        parameters["realm"],
        parameters["nonce"],
        parameters.get("algorithm", ""),
        _protection(parameters.get("qop", "")),
        parameters.get("opaque"),
        parameters.get("stale", "").lower() == "true",
    )


def _protection(offered: str) -> str:
    choices = {each.strip().lower() for each in offered.split(",")}
    return next((each for each in ("auth", "auth-int") if each in choices), "")


def _algorithm(text: str) -> tuple[str, bool]:
    """Its name in lower case, and whether it has the suffix for sessions."""
    name = text.lower() or "md5"
    return name.removesuffix("-sess"), name.endswith("-sess")


def _digest(name: str) -> Callable[[bytes], str]:
    def digest(data: bytes) -> str:
        return hashlib.new(ALGORITHMS[name], data, usedforsecurity=False).hexdigest()

    return digest


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
