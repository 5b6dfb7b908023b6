# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV lists of phones with odd cells, quotes, delimiters and encodings: read, or refused in words with the line."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from ansible_collections.polycom.vvx.plugins.module_utils._phone.errors import SettingsError
from ansible_collections.polycom.vvx.plugins.plugin_utils._discovery.tables import CsvOptions, read_csv
from hypothesis import strategies as st

LONGEST = 5.0
_LONGEST_MESSAGE = 8000
"""A message tells of up to 20 rows."""
_CELLS = (
    "", " ", "mac", "MAC address", "address", "ip", "name", "site", "reg.1.label", "reg 1 label", "password", "Bypass",
    "0004f2aabbcc", "00:04:F2:AA:BB:CD", "4.82567E+11", "4F2AABBCC", "192.0.2.7", "192.0.2.7\u200b", "desk.example.org",
    "Berlin", '"', '""', "'", ";", ",", "\t", "|", "\n", "\r", "\r\n", "\x00", "\x0b", "\x0c", "\u2028", "\u202e",
    "\ufeff", "sep=;", "=cmd()", "{{ 7*7 }}", "Müller", "x" * 3000, "x" * 140_000, "\ud83d\ude00", "\x1b[31m",
)  # fmt: skip
_texts = st.lists(
    st.lists(st.sampled_from(_CELLS) | st.text(max_size=6), min_size=1, max_size=5), min_size=1, max_size=8
)
_joined = st.tuples(_texts, st.sampled_from([",", ",", ";", "\t"]), st.sampled_from(["\n", "\r\n", "\r"])).map(
    lambda parts: parts[2].join(parts[1].join(row) for row in parts[0])
)
_encodings = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
_contents = st.tuples(_joined, _encodings).map(lambda pair: pair[0].encode(pair[1], "replace")) | st.binary(max_size=99)
cases = st.tuples(
    st.sampled_from(
        [
            b"",
            b"mac,address,name\n",
            b"address;mac;site\r\n",
            b"ip\tname\n",
            b"sep=;\nmac;ip\n",
            b'sep="\n',
            b"sep=\x0b\n",
            b"sep= \r",
        ]
    ),
    _contents,
    st.sampled_from([None, None, ",", ";", "|"]),
    st.booleans(),
)


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="vvx-fuzz-")


def check(case: tuple[bytes, bytes, str | None, bool]) -> None:
    header, content, delimiter, skip = case
    path = Path(_folder().name, "phones.csv")
    path.write_bytes(header + content)
    said: list[str] = []
    try:
        read_csv(CsvOptions(str(path), delimiter=delimiter, skip_bad_rows=skip), said.append)
    except SettingsError as error:
        said.append(str(error))
    for text in said:
        assert text.isprintable() and len(text) < _LONGEST_MESSAGE, text[:_LONGEST_MESSAGE]
