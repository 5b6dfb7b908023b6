# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning files that are none, or were damaged: read or refused in words, soon, and without telling a secret."""

from __future__ import annotations

import contextlib

from ansible_collections.polycom.vvx.plugins.module_utils._parameters import validation
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import document
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.merging import merge
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg.writing import write
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.knowledge import BUNDLED
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from hypothesis import strategies as st

from corpus.generate import files
from corpus.sample import Sample

LONGEST = 5.0
"""Seconds that a file may take."""
_LONGEST_MESSAGE = 1000
_LARGE = 300_000
_TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"=", b"/", b"/>", b"<!--", b"-->", b"--", b"<![CDATA[", b"]]>", b"<?", b"?>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<?xml version='1.0' encoding='utf-16'?>", b"<!DOCTYPE a>", b"<!",
    b"</", b"<a>", b"</a>", b"<a/>", b"<a b='", b" b.c=\"1\"", b"&#0;", b"&#x110000;", b"&#55296;", b"&amp;", b"&#10;",
    b"&nbsp;", b"&x", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\xc3\xbc", b"\xe2\x80\xae", b"\r", b"\r\n",
    b"\t", b" ", b"\x0c", b"\x1b[31m", b"{{", b"}}", b"{%", b"##", b"%%", b"$", b"${", b"[", b"]", b"x:y", b"xmlns",
    b' device.set="1"', b' device.set="0"', b".set", b"reg.1.auth.password", b"APPLICATION", b"CONFIG_FILES", b"html",
)  # fmt: skip


@st.composite
def _damaged(draw: st.DrawFn) -> tuple[bytes, tuple[str, ...]]:
    """A file of the corpus with pieces put in, taken out and doubled; and the secrets that still are values in it."""
    sample: Sample = next(files(draw(st.integers(0, 1 << 32)), 1))
    content = bytearray(sample.content)
    for _each in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        how = draw(st.sampled_from(["insert", "insert", "cut", "double", "end"]))
        if how == "insert":
            content[at:at] = draw(st.sampled_from(_TOKENS))
        elif how == "cut":
            del content[at : at + draw(st.integers(1, 20))]
        elif how == "double":
            content[at:at] = content[max(0, at - draw(st.integers(1, 40))) : at]
        else:
            del content[at:]
    return bytes(content), tuple(secret for secret in sample.secrets if _is_value(secret.encode(), bytes(content)))


def _is_value(secret: bytes, content: bytes) -> bool:
    """Whether it stands behind a quote, wherever it stands; what became the name of an element is told."""
    return content.count(secret) == content.count(b'="' + secret) + content.count(b"='" + secret)


@st.composite
def _repeated(draw: st.DrawFn) -> tuple[bytes, tuple[str, ...]]:
    """A few pieces again and again: what takes more than linear time takes for ever."""
    start = draw(st.sampled_from([b"", b"<a ", b"<a b='", b'<a b="1" ', b"<a>", b"<!--", b"<?x "]))
    piece = b"".join(draw(st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=3)))
    return start + piece * (_LARGE // len(piece)), ()


_pieces = st.lists(st.sampled_from(_TOKENS) | st.binary(max_size=8), max_size=40).map(lambda all_: (b"".join(all_), ()))
cases = st.one_of(_damaged(), _damaged(), _damaged(), _pieces, _repeated())


def check(case: tuple[bytes, tuple[str, ...]]) -> None:
    content, secrets = case
    said: list[str] = []
    try:
        read = document.read(content, "fuzz.cfg")
    except SourceError as error:
        said.append(str(error))
    else:
        merged = merge([[read]])
        wishes, remarks = validation.gather({}, merged)
        checked = validation.check(wishes, BUNDLED)
        problems = [*remarks, *checked.problems, *validation.doubtful_names(wishes, BUNDLED)]
        said += [str(problem) for problem in problems]
        with contextlib.suppress(ValueError):
            again = document.read(write(merged.values).encode(), "again.cfg")
            assert merge([[again]]).values == merged.values, "to_cfg writes something else than was read"
    for text in said:
        assert text.isprintable() and len(text) < _LONGEST_MESSAGE, text[:_LONGEST_MESSAGE]
        assert not any(secret in text for secret in secrets), "a secret is told"
