# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from elsewhere, made safe to show: no control characters, no end, no login.

What a phone, a file or a server says is foreign text. ``clean`` is for text that gets into a message; ``hide_logins``
is for values, which stay as they are but for a login inside a URL.
"""

from __future__ import annotations

import base64
import difflib
import html
import json
import re
import urllib.parse
from collections.abc import Iterable
from typing import Any

MASK = "***"
LONGEST_LOOK = 10_000
"""Characters of a foreign text that are looked at. No message shows more than a few hundred."""
SURE_LENGTH = 8
"""A secret of this length that is no number is masked wherever it is; any other only where it stands alone."""

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colors, moves of the cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links, commands
    r"|\x1b[ -/]*[0-~]?"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""What Unicode calls default ignorable: zero-width characters, changes of direction, variation selectors, tags."""

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def clean(text: object, most: int = 200, secrets: Iterable[str] = ()) -> str:
    """Foreign text as one line that is safe to show, of at most ``most`` characters.

    Without control characters, escape codes, changes of direction and invisible characters; ``secrets`` are masked.
    """
    whole = str(text)
    line = _one_line(whole[:LONGEST_LOOK])
    longest = 0
    for secret in sorted((_one_line(each) for each in secrets), key=len, reverse=True):
        if secret:
            longest = max(longest, len(secret))
            line = _pattern(secret).sub(MASK, line)
    if len(whole) > LONGEST_LOOK:
        # A secret may have been cut in two there.
        line = line[: max(0, len(line) - longest)]
    if len(line) > most or len(whole) > LONGEST_LOOK:
        return line[: most - 3].rstrip() + "..."
    return line


def safe(text: str) -> str:
    """A whole message without control characters, escape codes, changes of direction, invisible characters and logins
    inside URLs."""
    text = hide_logins(text)
    return _printable(text[:LONGEST_LOOK])


def tame(value: str) -> str:
    """A value that can't harm a terminal: without escape codes, changes of direction and other control characters.

    What letters need stays, such as the joiners of Persian; so do ends of lines and tabs.
    """
    if value.isprintable() and value.isascii():
        return value
    return _CONTROLS.sub("", _ESCAPES.sub("", value))


def escaped(value: str) -> str:
    """The value with a visible escape (as in JSON) for each character that can't be seen."""
    return "".join(
        char if char.isprintable() and not _INVISIBLE.match(char) else json.dumps(char)[1:-1] for char in value
    )


def visible(text: str) -> str:
    """The text without invisible characters, such as a zero-width space that was pasted with an address."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def forms(username: str, password: str) -> tuple[str, ...]:
    """A password, and what stands for it: in a URL, in JSON, in HTML, and in the header of Basic authentication."""
    if not password:
        return ()
    found = [password, urllib.parse.quote(password, safe=""), urllib.parse.quote(password)]
    found += [urllib.parse.quote_plus(password), json.dumps(password)[1:-1], html.escape(password)]
    for text in (password, f"{username}:{password}"):
        for encoding in ("utf-8", "latin-1"):
            encoded = base64.b64encode(text.encode(encoding, "replace")).decode()
            found += [encoded, encoded.rstrip("="), encoded.rstrip("=").replace("+", "-").replace("/", "_")]
    return tuple(dict.fromkeys(found))


def _one_line(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _INVISIBLE.sub("", _ESCAPES.sub("", text))
    return "".join(char if char.isprintable() else " " for char in text)


def _pattern(secret: str) -> re.Pattern[str]:
    found = re.escape(secret)
    if len(secret) < SURE_LENGTH or secret.isdigit():
        found = rf"(?<![^\W_]){found}(?![^\W_])"
    return re.compile(found, re.IGNORECASE)


# -- logins inside URLs

_WORD = re.compile(r"[^\s\"'<>]+")
_SECRET_FIELD = re.compile(
    r"([?&](?:amp;)?(?:[a-z0-9]+[_-])*(?:user|username|login|pass|passwd|password|passphrase|pwd|pw|pin|secret|token|key|"
    r"apikey|auth|sig|signature|credentials?)=)([^&#\s\"'<>]+)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:://|(?<![^\s\"'(<,;=:]))\*{3}@|[?&][\w;-]+=\*{3}(?![^&#\s\"'<>])")
_NO_LOGIN = {"sip", "sips", "tel", "fax", "mail", "email", "e-mail", "mailto", "ext", "h323", "im", "pres", "xmpp"}
_NO_LOGIN |= {"urn", "cid", "mid", "news"}
"""What stands before an address that has an @ without a login: ``sip:1001@example.com``."""
_BARE_USER = re.compile(
    r"(?:(?<![^\"'(<,;=])|(?<=[,;] ))((?:sips?:)?)([^\s:/@\"'()<>,;=]{1,200}):(?!//)(?=\S)", re.IGNORECASE
)
"""Where a value may be ``user:password@host``: at its start only, as "Mon 10:00@Room.1" is a label."""
_BARE_HOST = re.compile(
    r"@(?:(?:[\w-]{1,63}\.){1,9}[a-z][a-z0-9-]{1,62}|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\]|[a-z][\w-]{0,62}(?=:\d|/))"
    r"(?![\w.-])",
    re.IGNORECASE,
)
_NO_BARE_LOGIN = re.compile(
    r"\d{1,2}:\d\d(?::\d\d|-\d{1,2}:\d\d)?"  # a time
    r"|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}"
    r"|sips?:[^:]+:50[6-9]\d"  # a port at the wrong place
    r"|(?:[\w-]+\.)+[\w-]+:\d{1,5}(?:[/?#].*)?",  # a host with its port
    re.IGNORECASE,
)
_LONGEST_LOGIN = 300


def hide_logins(text: str) -> str:
    """The text with ``***`` for each login inside a URL: user and password before the host, and fields of its query
    that hold one. The rest stays, such as an address of SIP, a time or a label with an @."""
    if "://" in text:
        text = _hide_authorities(text)
    if "=" in text and "?" in text:
        text = _WORD.sub(_hide_fields, text)
    if "@" in text and ":" in text:
        text = _hide_bare(text)
    return text


def shows_hidden_login(value: str) -> bool:
    """Whether the value was made by ``hide_logins`` from one with a login: it can't be used instead of that."""
    return _HIDDEN.search(value) is not None


def hide_all_logins(value: Any) -> Any:
    """The same for every text in nested lists and mappings; what is not text stays."""
    if isinstance(value, str):
        return hide_logins(value)
    if isinstance(value, dict):
        return {key: hide_all_logins(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(hide_all_logins(each) for each in value)
    return value


def _hide_authorities(text: str) -> str:
    done, parts = 0, []
    while (start := text.find("://", done)) >= 0:
        start += 3
        end = _end_of_login(text, start)
        parts += [text[done:start], f"{MASK}@" if end else ""]
        done = end or start
    return "".join([*parts, text[done:]])


def _end_of_login(text: str, start: int) -> int:
    """The index after the @ that ends a URL's login; 0 if there is none. ``start``: where its host or login begins."""
    stop = re.compile(r"[\s/?#\"<>]").search(text, start)
    authority = text[start : stop.start() if stop else len(text)]
    if "@" in authority:
        return start + authority.rindex("@") + 1
    if stop and re.fullmatch(r"[^:\[\]]+:(?!\d*$).*", authority):
        # "ftp://user:pa/ss@host": a port is a number, so this is a password, and it goes on to the next @.
        next_url = text.find("://", start)
        return text.find("@", start, next_url if next_url >= 0 else len(text)) + 1
    return 0


def _hide_fields(match: re.Match[str]) -> str:
    """A URL without the secrets in its query. What has neither a dot nor a slash before the ? is no URL."""
    word = match[0]
    address, mark, _query = word.partition("?")
    return _SECRET_FIELD.sub(rf"\1{MASK}", word) if mark and ("." in address or "/" in address) else word


def _hide_bare(text: str) -> str:
    """``***@host`` for ``user:password@host`` without a scheme, and for ``sip:user:password@host``."""
    done, tried, parts = 0, 0, []
    for match in _BARE_USER.finditer(text):
        scheme, user = match.groups()
        if match.start() < done or user.lower() in _NO_LOGIN:
            continue
        end = match.end() + _LONGEST_LOGIN
        stop = re.compile(r"[\s\"<>]").search(text, match.end(), end)
        end = stop.start() if stop else end
        at = _last_host(text, max(tried, match.end()), end)
        if at < 0:
            tried = end
        elif not _NO_BARE_LOGIN.fullmatch(text, match.start(), at):
            parts += [text[done : match.start()], scheme, MASK]
            done = at
    return "".join([*parts, text[done:]])


def _last_host(text: str, start: int, end: int) -> int:
    """The index of the last @ in this part of the text that a host follows; -1 if there is none."""
    at = text.rfind("@", start, end)
    while at >= 0 and not _BARE_HOST.match(text, at):
        at = text.rfind("@", start, at)
    return at


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that somebody probably meant who wrote this one, whatever its case, hyphens and dots; None if
    none is near."""
    spelled = {each.lower(): each for each in known}
    near = difflib.get_close_matches(re.sub("[-. ]", "_", name[:200]).lower(), spelled, n=1, cutoff=0.7)
    return spelled[near[0]] if near else None
