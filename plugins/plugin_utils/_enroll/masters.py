# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Master files of a provisioning folder: which file of its own a phone reads there, and how it gets one.

A phone looks for a master file named after its MAC address, and where there is none, for 000000000000.cfg. A master
file holds no parameters, it lists the files that do (CONFIG_FILES); of two that set a parameter, the first counts. So
the parameters of a phone must not stand in ``<MAC>.cfg``, and not in the files that phones themselves write there.
Sources: the vendor's administrator guides (SIP 3.1, appendix A: per-phone, default and specified master file, and the
default one as the template of the others; CX5100: the phone looks for its own first) and the forum's list of files that
a phone downloads and uploads. ``[PHONE_MAC_ADDRESS]`` in CONFIG_FILES: configurations of several provisioning systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...module_utils._parameters.cfg.decoding import decode
from ...module_utils._parameters.cfg.document import MASTER, parse
from ...module_utils._parameters.markup import SourceError

DEFAULT = "000000000000.cfg"
SUFFIX = "-vvx.cfg"
"""Behind the MAC address: the phone's file, where no master file says otherwise."""
VARIABLE = "[PHONE_MAC_ADDRESS]"
MARK = "Written by polycom.vvx.enroll"
"""In the comment at the top of the files that are ours."""
_OF_PHONES = re.compile(r"-(phone|web|cloud|license|directory|calls|boot|app|profile)\b[^/]*$", re.IGNORECASE)
"""Behind the MAC address: files that phones write to the server, or that hold something else."""
_LISTS = re.compile(r"((?:^|\s)CONFIG_FILES(?:_\w+)?\s*=\s*)([\"'])(.*?)\2", re.DOTALL)
_DECLARATION = re.compile(r"\A\s*<\?xml.*?\?>\n?", re.DOTALL)
_MARK_WITHIN = 400


class NotAMaster(Exception):
    """Continues the sentence that begins with the file's name."""


@dataclass(frozen=True)
class Master:
    """``text``: as written. ``lists``: the files of CONFIG_FILES and of each of its forms for a model, in order."""

    text: str
    lists: Sequence[Sequence[str]]

    @classmethod
    def of(cls, data: bytes, name: str) -> Master:
        """Raises NotAMaster."""
        try:
            decoded = decode(data, name)
            document = parse(decoded, name)
        except SourceError as error:
            raise NotAMaster(f"can't be read ({str(error).removeprefix(f'{name}: ')})") from None
        found = [entry.value for entry in document.entries if entry.name.upper().startswith("CONFIG_FILES")]
        if not found:
            what = "names no files (CONFIG_FILES)" if document.root == MASTER else "is no master file"
            raise NotAMaster(what)
        return cls(decoded.text, [[part for part in map(str.strip, value.split(",")) if part] for value in found])

    def own(self, mac: str) -> Iterator[str]:
        """The files, relative to the folder, that only the phone with this MAC address reads, whatever its model is."""
        for part in self.lists[0]:
            name = part.replace(VARIABLE, mac).replace("\\", "/").lstrip("/")
            fit = mac in name.lower() and "[" not in name and ":" not in name and ".." not in name.split("/")
            its_master = name.lower() == f"{mac}.cfg"
            if fit and not its_master and not _OF_PHONES.search(name) and all(part in each for each in self.lists):
                yield name

    def with_first(self, name: str, mac: str) -> str:
        """The text with this file in front in all lists, as a master file of this phone: it does not list itself.
        Raises NotAMaster."""
        itself = {f"{mac}.cfg", f"{VARIABLE}.cfg".lower(), name.lower()}

        def extended(found: re.Match[str]) -> str:
            others = [part for part in map(str.strip, found[3].split(",")) if part and part.lower() not in itself]
            return f"{found[1]}{found[2]}{', '.join([name, *others])}{found[2]}"

        text, number = _LISTS.subn(extended, self.text)
        if number < len(self.lists):
            raise NotAMaster("has a CONFIG_FILES that can't be extended")
        return text


_EMPTY = ("APP_FILE_PATH", "MISC_FILES", "LOG_FILE_DIRECTORY", "OVERRIDES_DIRECTORY", "CONTACTS_DIRECTORY")
NEW = Master(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<APPLICATION\n    CONFIG_FILES=""\n'
    + "".join(f'    {name}=""\n' for name in _EMPTY)
    + "/>\n",
    [[]],
)
"""A master file that lists nothing yet. Its empty names leave the phones' firmware as it is, and what they upload in
the same folder."""


def default_master() -> bytes:
    """A master file for all phones that reads nothing but a file for each of them."""
    return marked(NEW.with_first(f"{VARIABLE}{SUFFIX}", ""), "for all phones")


def marked(text: str, about: str) -> bytes:
    """The text of a file of ours: in UTF-8, with a comment behind its declaration. ``about``: for whom it is."""
    found = _DECLARATION.match(text)
    declaration, rest = (found[0], text[found.end() :]) if found else ("", text)
    declaration = re.sub(r"""encoding\s*=\s*(["']).*?\1""", 'encoding="UTF-8"', declaration)
    if declaration and not declaration.endswith("\n"):
        declaration += "\n"
    return f"{declaration}<!-- {MARK} {about}. Run it again rather than edit this. -->\n{rest}".encode()


def is_ours(data: bytes | None) -> bool:
    return data is not None and MARK.encode() in data[:_MARK_WITHIN]
