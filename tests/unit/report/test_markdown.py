# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The message for a mail or a chat: it says what a person must know, stays small, and no text in it is markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.polycom.vvx.plugins.plugin_utils._report.markdown import SIZE, to_markdown
from hypothesis import given
from hypothesis import strategies as st

from support import cockpit

HOSTILE = "a|b`c`` <img src=x onerror=alert(1)> @all <!channel> [x](http://x) #1 \\| **b** \n/close\n\n# x\u202e"


def lines(text: str, title: str) -> list[str]:
    """The lines of the section whose heading begins so."""
    found = re.search(rf"^## {re.escape(title)}.*?\n\n(.*?)(?=\n\n## |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1].strip("\n").split("\n") if found else []


def sick(cause: str, number: int, **cells: Any) -> dict[str, Any]:
    """A phone with one cause."""
    row = cockpit.report(phones=number, sick=0)["rows"][-1]
    row["causes"] = [{"cause": cause, "since": cockpit.ago(days=2)}]
    row["cells"] |= {"state": cause, **cells}
    return row


def drifting(number: int, wanted: str, has: str, **where: Any) -> dict[str, Any]:
    row = sick("drifting", number, drift=1)
    place = {"layer": "vvx_parameters_all", "file": "group_vars/all.yml", "line": 3, **where}
    row["detail"]["drift"] = [{"parameter": "reg.1.label", "wanted": wanted, "has": has, "source": "web", **place}]
    return row


def test_the_title_the_verdict_and_the_time_come_first() -> None:
    made = cockpit.report(phones=2400)
    ill = made["summary"]["attention"]
    assert to_markdown(made).startswith(
        f"# Phones of Example\n\n**{ill} of 2,400 phones need attention.** Data of 2026-11-27 08:00 UTC.\n\n## Cannot"
    )


@pytest.mark.parametrize(
    ("phones", "words"), [(0, "There are no phones."), (1, "The phone is fine."), (40, "All 40 phones are fine.")]
)
def test_nothing_is_wrong(phones: int, words: str) -> None:
    text = to_markdown(cockpit.report(phones=phones, sick=0, runs=0))
    assert f"\n\n**{words}** Data of " in text and "(critical" not in text


def test_the_causes_come_by_severity_with_counts_age_and_remedy() -> None:
    made = cockpit.report(phones=400)
    headings = re.findall(
        r"^## (.*): (\d+) phones? \((critical|warning|notice)(?:, (\d+) new)?, since", to_markdown(made), re.M
    )
    expected = [(each["title"], each["phones"], each["severity"], each["new"]) for each in made["causes"]]
    assert [(title, int(phones), kind, int(new or 0)) for title, phones, kind, new in headings] == expected
    for cause in made["causes"]:
        if not cause["statuses"]:
            assert lines(to_markdown(made), cause["title"])[0] == cause["remedy"]


def test_phones_that_cannot_be_managed_stand_beside_what_to_do() -> None:
    rows = [sick("unmanaged", number, status="unreachable") for number in range(1, 93)]
    rows += [sick("unmanaged", number, status="rest_off") for number in (101, 102)]
    text = to_markdown(cockpit.report(rows=rows))
    silent, off = lines(text, "Cannot be managed")
    assert silent.startswith("* unreachable (92 phones): `hamburg-1001`, `köln-1002`, ")
    assert " and 74 more. Check " in silent and silent.count("`") == 2 * 18
    assert off.startswith("* rest off (2 phones): `zürich-1101`, `berlin-1102`. Set apps.restapi.enabled"), off


@pytest.mark.parametrize(("phones", "named"), [(0, 0), (1, 1), (20, 20), (92, 92), (1000, 92)])
def test_how_many_phones_are_named_can_be_chosen(phones: int, named: int) -> None:
    rows = [sick("rebooted", number) for number in range(1, 93)]
    text = to_markdown(cockpit.report(rows=rows, runs=0), phones)
    assert "## Rebooted since the last report: 92 phones (notice" in text
    assert len(re.findall("`[^`]+-1[0-9]+`", text.partition("## By")[0])) == named
    assert (f" and {92 - named} more" in text) == (0 < named < 92)


def test_drift_says_what_is_wanted_and_what_the_phones_have() -> None:
    rows = [drifting(number, "Reception", "Desk") for number in range(1, 31)]
    rows += [drifting(31, "Reception", "", line=4), drifting(32, "Fax", "Desk", file=None, line=None)]
    text = to_markdown(cockpit.report(rows=rows))
    first, many, empty, other = lines(text, "Parameters differ: 32 phones")[2:]
    assert first == "* `reg.1.label` (32 phones)"
    assert many.startswith("  * wanted `Reception` (`group_vars/all.yml:3`), has `Desk` (30 phones): `hamburg-1001`, ")
    assert many.endswith(" and 12 more")
    assert empty == "  * wanted `Reception` (`group_vars/all.yml:4`), has empty (1 phone): `hamburg-1031`"
    assert other == "  * wanted `Fax` (`vvx_parameters_all`), has `Desk` (1 phone): `köln-1032`"


def test_values_of_many_places_name_what_these_share() -> None:
    by_site = [drifting(number, "A", "B", file=f"group_vars/{number}.yml") for number in (1, 2)]
    by_line = [drifting(number, "C", "D", line=number) for number in (3, 4)]
    by_layer = [drifting(number, "E", "F", file=None, layer=f"vvx_parameters_{number}") for number in (5, 6)]
    text = to_markdown(cockpit.report(rows=[*by_site, *by_line, *by_layer]))
    assert "wanted `A` (`vvx_parameters_all`), has" in text and "wanted `C` (`group_vars/all.yml`), has" in text
    assert "wanted `E`, has `F`" in text


def test_many_values_and_many_parameters_are_counted() -> None:
    rows = [drifting(number, str(number), "x") for number in range(1, 41)]
    for number in range(20):
        rows[0]["detail"]["drift"].append({**rows[0]["detail"]["drift"][0], "parameter": f"p.{number}"})
    told = lines(to_markdown(cockpit.report(rows=rows)), "Parameters differ")
    assert "  * other values (36 phones)" in told and told[-1] == "* and 13 more parameters"


def test_what_tells_the_phones_of_a_cause_apart() -> None:
    old = sick("behind", 1, firmware="5.8.0.1", target="5.9.3")
    none, some = sick("unregistered", 2, registered=[0, 2]), sick("unregistered", 3, registered=[1, 2])
    restart = sick("restart", 4)
    restart["detail"]["restart"] = {"since": cockpit.ago(), "parameters": ["a.b", "c_d", "e.f"]}
    ending, other = sick("certificate", 5, certificate_end="2026-12-20"), sick("other", 6)
    other["detail"]["problems"] = ["unknown parameter reg.1.lable"]
    text = to_markdown(cockpit.report(rows=[old, none, some, restart, ending, other]))
    for line in (
        "* `5.8.0.1` instead of `5.9.3` (1 phone): `hamburg-1001`",
        "* no line is registered (1 phone): `köln-1002`",
        "* some lines are not (1 phone): `münchen-1003`",
        "* for `a.b`, `c_d` and 1 more (1 phone): `wien-1004`",
        "* ends `2026-12-20` (1 phone): `zürich-1005`",
        "* `unknown parameter reg.1.lable` (1 phone): `berlin-1006`",
    ):
        assert f"\n{line}\n" in text


def test_what_has_changed_since_the_last_report() -> None:
    made = cockpit.report(phones=12, sick=0)
    host = {"host": "a", "column": "firmware", "before": "5.8", "after": None}
    made["changes"] = {
        "appeared": ["new"],
        "disappeared": [],
        "changed": [host, {**host, "host": "b"}, {**host, "column": "state"}, {**host, "column": "gone_column"}],
        "broken": [{"host": "c", "cause": "unregistered"}, {"host": "c", "cause": "rebooted"}],
        "repaired": [{"host": "d", "cause": "drifting"}],
    }
    assert lines(to_markdown(made), "Since 2026-11-26 08:00 UTC") == [
        "* appeared (1 phone): `new`",
        "* broken: not registered (1 phone): `c`",
        "* repaired: parameters differ (1 phone): `d`",
        "* Firmware was `5.8`, is empty (2 phones): `a`, `b`",
        "* gone_column was `5.8`, is empty (1 phone): `a`",
    ]
    made["changes"] = {key: [] for key in made["changes"]}
    assert lines(to_markdown(made), "Since") == ["Nothing has changed."]
    made["changes"]["changed"] = [{**host, "before": str(number)} for number in range(15)]
    assert lines(to_markdown(made), "Since")[10:] == ["* and 5 more changes"]
    assert "## Since" not in to_markdown({**made, "changes": None})


def test_a_phone_at_two_sites_counts_for_each() -> None:
    sites = (["north", "south"], ["south"], None)
    rows = [sick("unregistered", number, site=site) for number, site in enumerate(sites, 1)]
    text = to_markdown(cockpit.report(rows=rows))
    assert "\n| `south` | 2 | 2 | 2 |\n" in text and "\n| `north` | 1 | 1 | 1 |\n" in text
    assert "\n| empty | 1 | 1 | 1 |\n" in text


def test_a_table_of_the_sites() -> None:
    made = cockpit.report(phones=60)
    table = lines(to_markdown(made), "By Site")
    assert table[:2] == ["| Site | Phones | Need attention | Critical |", "|---|---:|---:|---:|"] and len(table) == 8
    counts = [[int(cell) for cell in line.split("|")[2:5]] for line in table[2:]]
    assert sum(row[0] for row in counts) == 60 and sum(row[1] for row in counts) == made["summary"]["attention"]
    assert [row[1] for row in counts] == sorted((row[1] for row in counts), reverse=True)
    for number, row in enumerate(made["rows"]):
        row["cells"]["site"] = f"s{number}"
    table = lines(to_markdown(made), "By Site")
    assert len(table) == 23 and table[-1].startswith("| 40 more | 40 | 0 | 0 |")
    made["columns"] = [{**column, "by": column["name"] in ("model", "status")} for column in made["columns"]]
    assert "## By" not in to_markdown(made)


@pytest.mark.parametrize("hostile", [False, True])
def test_ten_thousand_sick_phones_make_a_short_message(hostile: bool) -> None:
    made = cockpit.report(phones=10_000, sick=1, hostile=hostile)
    for row in made["rows"][: 2000 if hostile else 0]:
        row["cells"]["host"] += HOSTILE * 5
    for phones in (0, 20, 1000):
        text = to_markdown(made, phones)
        assert len(text.encode()) <= SIZE < 20_000
        assert hostile or ("more lines." in text) == (phones == 1000)


def outside(text: str) -> str:
    """The text without its code spans, read as CommonMark reads them."""
    return re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", text)


def hostile_report(text: str) -> dict[str, Any]:
    """A report with this text wherever a phone or the inventory can bring one."""
    rows = [
        drifting(1, text, text, file=text, line=1),
        drifting(2, text, text, file=None, layer=text),
        sick("behind", 3, firmware=text, target=text),
        sick("certificate", 4, certificate_end=text),
        sick("other", 5),
        sick("restart", 6),
        sick("unmanaged", 7, status="rest_off"),
    ]
    rows[0]["detail"]["drift"][0]["parameter"] = text
    rows[4]["detail"]["problems"] = [text]
    rows[5]["detail"]["restart"] = {"since": cockpit.ago(), "parameters": [text]}
    for number, row in enumerate(rows):
        row["cells"] |= {"host": f"{text}{number}", "site": f"{number % 2}{text}"}
    made = cockpit.report(rows=rows)
    made["changes"]["changed"] += [{"host": text, "column": "lines", "before": [text], "after": text}]
    made["changes"]["appeared"] = [text]
    return made


@given(
    st.text(max_size=70) | st.sampled_from([HOSTILE, "`", "``", " `` ", "|", "\\", "\\`", "", " ", "\ud800", "<!here>"])
)
def test_no_text_is_markup(word: str) -> None:
    text = to_markdown(hostile_report(word))
    text.encode()
    assert not re.search(r"[<@\\\[\]#]|\*\*", re.sub("^#+ |^[*][*]|[.][*][*] ", "", outside(text), flags=re.M)), text
    assert "<!" not in text
    for line in text.split("\n"):
        assert re.match(r"#|\*|  \*|\||$|[A-Z]", line), line
        assert line.isprintable()
    table = [line for line in text.split("\n") if line.startswith("|")]
    assert {line.count("|") for line in table} == {5}


def test_a_title_is_shown_as_it_is() -> None:
    text = to_markdown(cockpit.report(phones=1, title="Phones_of *Example*\n# <b> & `x` [y](z) |"))
    assert text.startswith("# Phones_of \\*Example\\* \\# \\<b\\> \\& \\`x\\` \\[y\\](z) \\|\n\n**")
