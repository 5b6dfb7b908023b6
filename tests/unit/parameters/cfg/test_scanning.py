# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are read by the rules of XML, and what is against them is told in words, with place and name and no value."""

from __future__ import annotations

import re
from xml.parsers import expat

import pytest
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.cfg import scanning
from ansible_collections.polycom.vvx.plugins.module_utils._parameters.markup import SourceError
from hypothesis import given
from hypothesis import strategies as st

HEAD = '<?xml version="1.0"?>\n<P>\n'

MISTAKES = {
    '<a reg.1.label="Tom ¦& Zq7"/>': "reg.1.label contains a raw &: write &amp; for it",
    '<a reg.1.auth.password="Zq7¦&uuml;Zq7"/>': "reg.1.auth.password contains a raw &",
    '<a reg.1.label="Zq7¦&ouml;"/>': "contains &ouml; which HTML knows and XML does not: write .* &#246;",
    "<x.y>Zq7 ¦& Zq7</x.y>": "<x.y> contains a raw &",
    '<a x.y="Zq7¦&#0;"/>': "x.y contains &# that refers to no character",
    '<a x.y="¦&#x110000;"/>': "x.y contains &# that refers to no character",
    '<a x.y="1" up.idleTimeout=¦Zq7 />': "up.idleTimeout has a value without quotes",
    "<a x.y = ¦Zq7/>": "x.y has a value without quotes",
    "<a x.y=¦\u201cZq7\u201d/>": "x.y has curly quotes",
    '<a ¦x.y z.z="Zq7"/>': "x.y has no value",
    '<b\n x.y="Zq7" ¦<!-- reg.2.label="Zq7" -->\n/>': "a comment stands inside the tag <b>",
    '<b ¦<!-- z --> x.y="Zq7"/>': "a comment stands inside the tag <b>",
    "<!-- Zq7 ¦-- Zq7 -->": "a comment contains --",
    "<!--¦---- Zq7 ------>": "a comment contains --",
    "¦<!-- Zq7 >": "a comment is not closed",
    '<a x.y="Zq7¦<Zq7"/>': "x.y has a < in its value: write &lt;",
    '<a ¦x.y="Zq7>\n</a>': "x.y has no closing quote",
    '<a ¦x.y="Zq7 z.z="Zq7"/>': "x.y has no closing quote",
    '<a ¦x.y="Zq7\n z.z="Zq7"/>': "x.y has no closing quote",
    '<a ¦x.y="the "Zq7" one"/>': "x.y has a quote inside its value: write &quot;",
    '<a ¦x.y="Zq7" " z.z="Zq7"/>': "x.y has a quote inside its value",
    '<a x.y="Zq7"¦z.z="Zq7"/>': "x.y has no blank behind its value",
    '<a ¦1.y="Zq7"/>': "<a> has a name that begins with a digit",
    '<a x.y="Zq7"\n ¦<b/></P>': "<a> is not closed with > before the next <",
    '<a ¦/ x.y="Zq7"/>': "<a> has a / that does not end it",
    '<a ¦{% if Zq7 %} x.y="1" {% endif %}/>': "<a> contains a template that was not rendered",
    "¦< 5": "has a < that begins no element",
    "¦<%= Zq7 %>": "this seems to be a template that was not rendered",
    "<a><b>¦</P>": "<b> of line 3 is not closed before </P>",
    "<a>¦</b></P>": "</b> does not fit <a>",
    "<a x.y='¦\x07'/>": r"x.y contains the character U\+0007",
    "¦<![CDATA[Zq7": "a CDATA section is not closed",
}

OUTSIDE = [
    ("", "1:1: is empty"),
    (" \n ", "1:1: is empty"),
    ("<!-- x -->", "1:1: has no element"),
    ("reg.1.label=Zq7\nx.y=Zq7", "1:1: is no XML: reg.1.label stands here as text"),
    ('# lines\n\n"call.x.y": "Zq7",', "4:1: is no XML: call.x.y|3:1: is no XML: call.x.y"),
    ("Zq7 Zq7", "1:1: is no XML: it has no element"),
    ("hello <P/>", "1:1: has text before its first element"),
    ("<P/>\nZq7", "2:1: has text after the end of <P>"),
    ("<P/>\n<Q/>", "2:1: <Q> stands after the end of <P>"),
    ('<P/>\n<?xml version="1.0"?><P/>', "2:1: a second XML declaration"),
    ("<P>\n<a>", "2:1: <a> is not closed: </a> is missing"),
    ("</P>", "1:1: </P> closes an element that was not opened"),
    ("<P\n x.y='Zq7'", "1:1: the tag <P> is not closed"),
    ("<!DOCTYPE html><html/>", "1:1: has a DOCTYPE.*web page"),
    ("<HTML><body/></HTML>", "1:1: is a web page"),
    ("<!ELEMENT a><P/>", "1:1: has a <! that begins neither"),
]


def refused(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        scanning.scan(text, "f")
    return str(caught.value)


@pytest.mark.parametrize("text", MISTAKES)
def test_each_mistake_is_told_in_words_with_its_place_and_name(text: str) -> None:
    before, _mark, after = f"{HEAD}{text}".partition("¦")
    told = refused(before + after)
    place, _colon, words = told.partition(": ")
    assert re.search(MISTAKES[text], words), told
    assert place == f"f:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}", told
    assert "Zq7" not in told and "token" not in told


def test_mistakes_that_leave_the_rest_readable_are_all_told_at_once() -> None:
    text = """<a>
<!-- one -- two -->
<b reg.1.label="Tom & Zq7 &eacute;" <!-- why --> reg.2.auth.password='Zq7&x;Zq7' reg.3.label="&lt;"
  reg.4.label=Zq7/>
<c reg.5.label="&"/></a>"""
    told = refused(text)
    assert re.split("; (?=[0-9])", told) == [
        "f:2:10: a comment contains --, which XML allows only at its end: write - or =",
        "3:21: reg.1.label contains a raw &: write &amp; for it",
        "3:27: reg.1.label contains &eacute; which HTML knows and XML does not: write the character itself, or &#233;",
        "3:37: a comment stands inside the tag <b>: move it in front of the tag or behind it",
        "3:74: reg.2.auth.password contains a raw &: write &amp; for it",
        "4:15: reg.4.label has a value without quotes",
    ]


def test_after_some_mistakes_no_more_are_looked_for() -> None:
    told = refused("<a>" + '<b reg.1.label="&"/>\n' * 50 + "</a>")
    assert told.count("raw &") == 10 and told.endswith("; there may be more")
    told = refused("<a>" + "&#0;" * 50 + "</a>")
    assert told.count("that XML allows") == 10
    told = refused("<a>" + f'<b reg.1.{"x" * 200}="&"/>\n' * 50 + "</a>")
    assert 2 <= told.count("raw &") < 10 and len(told) < 1000 and told.endswith("; there are more")


@pytest.mark.parametrize(("text", "message"), OUTSIDE)
def test_what_is_no_file_of_this_kind_is_told_as_such(text: str, message: str) -> None:
    told = refused(text)
    assert re.match("|".join(f"f:{one}" for one in message.split("|")), told), told
    assert "Zq7" not in told


def test_no_message_is_longer_than_a_few_lines_or_ends_one() -> None:
    for name in ("x" * 100_000, "x\u202e\u200b"):
        for text in (f"<{name}", f"<a {name}='1", f"<a {name}=1/>", f"<a></{name}>", f"<a><{name}>"):
            told = refused(text)
            assert len(told) < 500 and "\u202e" not in told


SECRET = st.lists(
    st.sampled_from(
        ["Zq7", "Zq7.x", "&", "&Zq7;", "&#7;", '"', "'", "=", " ", "<", "<!--", "\n", "/", "{{", "\u201c", "\x01"]
    ),
    max_size=8,
).map("".join)


@given(SECRET, st.sampled_from(["reg.1.auth.password", "device.auth.localAdminPassword"]))
def test_no_message_has_a_piece_of_a_secret(value: str, name: str) -> None:
    try:
        scanning.scan(f'<a>\n<b up.x="1" {name}="{value}" up.y="2"/></a>', "f")
    except SourceError as error:
        message = str(error)
    else:
        message = ""
    assert "Zq7" not in message


PIECES = st.sampled_from(
    ["<a", "<b.c", "</a>", "</b.c>", "<a>", "</a >", "/>", ">", " ", "\n", ' x.y="1"', " z.z='2'", ' x.y="&lt;&#65;"']
    + ["<!-- c -->", "<!--", "-->", "--", "&", "&amp;", "&x;", '"', "'", "=", "<", "<![CDATA[t]]>", "text", "<?p i?>"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_files_are_read_as_a_strict_parser_reads_them(text: str) -> None:
    """What the strict parser refuses is refused, but for an attribute twice in one element and ]]> in a text."""
    strict: list[tuple[str, str]] = []
    parser = expat.ParserCreate("UTF-8")
    parser.ordered_attributes = True
    parser.StartElementHandler = lambda _tag, found: strict.extend(zip(found[::2], found[1::2]))
    code = None
    try:
        parser.Parse(f"<r>{text}</r>".encode(), True)
    except expat.ExpatError as error:
        code = error.code
    if code == expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE] or "]]>" in text.replace("[t]]>", ""):
        return
    try:
        ours = scanning.scan(f"<r>{text}</r>", "f")
    except SourceError:
        assert code is not None
        return
    assert code is None and [(attribute.name, attribute.value) for attribute in ours.attributes] == strict


@pytest.mark.parametrize(
    "text",
    [
        "&" * 8_000_000,
        f'<a b.c="{"&" * 8_000_000}"/>',
        "<a>" * 2_600_000,
        "<" * 8_000_000,
        "<!--" * 2_000_000,
        '<a b.c="' * 1_000_000,
        "<a " + 'b="" ' * 1_600_000 + "/>",
        "<a " + " " * 8_000_000,
        "<a>" + "x.y=" * 2_000_000,
        "a.b " * 2_000_000,
        '<a b.c="' + "&#0" * 2_600_000,
        "<a" + "\n" * 4_000_000 + "<b",
        "<a" + " b.c" * 2_000_000 + ">",
        "<a.b" + ".c" * 4_000_000,
        "<a>" + "x<a/>" * 1_500_000,
        "<a>" + "<!---->" * 1_100_000,
        "<a>" + "<?x y?>" * 1_100_000,
    ],
)
def test_hostile_files_are_refused_at_once(text: str) -> None:
    assert len(refused(text)) < 500
