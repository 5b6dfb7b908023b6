# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How people write provisioning files: a function for each habit, which adds to a draft what it does and means."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from . import names
from .sample import Cause, Kind

Note = tuple[Kind, str]


@dataclass
class Line:
    """One line of the file. ``notes``: what has to be said of it."""

    text: str
    notes: list[Note] = field(default_factory=list)


@dataclass
class Draft:
    """A file that is being written. ``breaks``: the cause and the name of what makes it unreadable."""

    rng: random.Random
    lines: list[Line] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    #: Whether device.set="1" is in the file.
    switched: bool = False
    break_at: int | None = None
    break_cause: Cause | None = None
    break_name: str = ""

    def name(self, pool: tuple[str, ...] | list[str]) -> str:
        """A parameter that the file does not have yet."""
        free = [name for name in pool if name not in self.used]
        chosen = self.rng.choice(free)
        self.used.add(chosen)
        return chosen

    def add(self, text: str, *notes: Note) -> None:
        self.lines.append(Line(text, list(notes)))

    def attribute(self, name: str, value: str, *notes: Note) -> None:
        """An element with one parameter, written as some tool or person would."""
        quote = self.rng.choice('"""\'')
        text = escape(value, {quote: "&quot;" if quote == '"' else "&apos;"})
        element = self.rng.choice(["reg", "X", "PHONE", "settings", name.partition(".")[0]])
        self.add(f"  <{element} {name}={quote}{text}{quote}/>", *notes)

    def breaks(self, cause: Cause, text: str, name: str = "") -> None:
        """A line that makes the file unreadable."""
        self.break_at, self.break_cause, self.break_name = len(self.lines), cause, name
        self.add(text)

    def secret(self) -> str:
        """A value that nobody may print; it may hold what elsewhere looks unfinished."""
        value = f"zq{self.rng.getrandbits(40):010x}{self.rng.choice(['', '$x', '{{x}}', '##A##', '%%', ' ', '[MAC]'])}"
        self.secrets.append(value.strip())
        return value


Habit = Callable[[Draft], None]


# -- what means what it says


def plain(draft: Draft) -> None:
    name = draft.name(list(names.PLAIN))
    draft.values[name] = draft.rng.choice(names.PLAIN[name])
    draft.attribute(name, draft.values[name])


def text(draft: Draft) -> None:
    """Texts that look a little like placeholders and are none."""
    name = draft.name(names.TEXTS)
    draft.values[name] = draft.rng.choice(
        [
            "Lobby", "2. OG", "Sales & Service", "<Main>", 'Room "7"', "O'Brien", "100%", "Cost $5", "Lobby {East}",
            "[2-9]11|0T|011xxx.T|[0-1][2-9]xxxxxxxxx", "*72", "##62", "$Tinvite$", "a##b", "50% {A}", "Desk #4",
            "https://user.example.org/a%20b?x=1&y=2", "Müller", "Café 1", "1001@sip.example.org", "=1+1", "[Desk]",
            "x%x", "$", "{}", "A{1}B", "::1",
        ]
    )  # fmt: skip
    draft.attribute(name, draft.values[name])


def umlauts(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.values[name] = draft.rng.choice(["Zürich", "Äußere Straße 5", "Niño", "Café", "Œuvre", "5 €"])
    draft.attribute(name, draft.values[name])


def vendor_names(draft: Draft) -> None:
    name = draft.name(list(names.UNLIKE))
    draft.values[name] = draft.rng.choice(names.UNLIKE[name])
    draft.attribute(name, draft.values[name])


def empty_value(draft: Draft) -> None:
    """The default, as shipped templates have it, whatever the type."""
    name = draft.name([*names.PLAIN, *names.TEXTS, *names.UNLIKE])
    draft.values[name] = ""
    draft.attribute(name, "")


def secret(draft: Draft) -> None:
    name = draft.name(names.SECRETS)
    draft.values[name] = draft.secret()
    draft.attribute(name, draft.values[name])


def empty_secret(draft: Draft) -> None:
    name = draft.name(names.SECRETS)
    draft.attribute(name, "", ("secret without value", name))


def several_in_one_element(draft: Draft) -> None:
    draft.add("  <PHONE_SETTINGS")
    for _each in range(draft.rng.randint(2, 4)):
        name = draft.name(list(names.PLAIN))
        draft.values[name] = draft.rng.choice(names.PLAIN[name])
        draft.add(f'    {name}="{draft.values[name]}"')
    draft.add("  />")


def nested(draft: Draft) -> None:
    outer, inner = draft.name(names.TEXTS), draft.name(list(names.PLAIN))
    draft.values[outer], draft.values[inner] = "outer", draft.rng.choice(names.PLAIN[inner])
    draft.add(f'  <reg {outer}="outer">')
    draft.add(f"    <deep><deeper {inner} = '{draft.values[inner]}'></deeper></deep>")
    draft.add("  </reg>")


def comment(draft: Draft) -> None:
    """What is commented out is meant to be."""
    name = draft.name(names.TEXTS)
    draft.add(f'  <!-- <old {name}="{{{{ old }}}}"/> & a - b -->')


# -- what needs a remark


def placeholder(draft: Draft) -> None:
    value = draft.rng.choice(
        [
            "{{ extension }}", "Desk {{ number | default('7') }}", "{$SERVER}", "sip.{$phone_domain}", "##Label##",
            "##YOUR NAME##", "%%ADDRESS%%", "%%Name%%", "[PHONE_MAC_ADDRESS]", "x-[PHONE_SERIAL_NUMBER]", "$label",
            "$SERVER_IP", "${extension}", "${LABEL}",
        ]
    )  # fmt: skip
    name = draft.name([*names.TEXTS, *names.PLAIN])
    draft.values[name] = value
    draft.attribute(name, value, ("unfinished", name))


def outer_blanks(draft: Draft) -> None:
    name = draft.name([name for name in names.TEXTS if "digitmap" not in name])
    value, written = draft.rng.choice([("1001 ", "1001 "), (" Lobby", " Lobby"), ("Lobby  ", "Lobby\t\t")])
    draft.values[name] = value
    draft.add(f'  <reg {name}="{written}"/>', ("outer blanks", name))


def line_end_in_value(draft: Draft) -> None:
    name = draft.name([name for name in names.TEXTS if "digitmap" not in name])
    draft.values[name] = "sip.example.org "
    draft.add(f'  <server {name}="sip.example.org', ("outer blanks", name))
    draft.add('"/>')


def device(draft: Draft) -> None:
    """With or without its own switch; whether device.set is in the file is decided for all of them."""
    name = draft.name(list(names.DEVICES))
    value = draft.rng.choice(names.DEVICES[name])
    own = draft.rng.random() < 0.6
    counts = own and draft.switched
    if counts:
        draft.values[name] = value
    pair = [f'{name}="{value}"', f'{name}.set="1"'] if own else [f'{name}="{value}"']
    draft.rng.shuffle(pair)
    notes: list[Note] = [] if counts else [("no effect on the phone", name)]
    draft.add(f"  <device {' '.join(pair)}/>", *notes)


def device_switched_off(draft: Draft) -> None:
    name = draft.name(list(names.DEVICES))
    value = draft.rng.choice(names.DEVICES[name])
    draft.add(f'  <device {name}="{value}" {name}.set="0"/>', ("no effect on the phone", name))


def twice_in_one_element(draft: Draft) -> None:
    name, same = draft.name(names.TEXTS), draft.rng.random() < 0.4
    first, last = ("Desk", "Desk") if same else ("Desk", "Lobby")
    draft.values[name] = last
    draft.add("  <ALERTS")
    draft.add(f'    {name}="{first}"')
    draft.add(f'    {name}="{last}"', ("twice", name))
    draft.add("  />")


def twice_in_the_file(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.values[name] = "Lobby"
    draft.add(f'  <first {name}="Desk"/>')
    draft.add(f'  <second {name}="Lobby"/>', ("twice", name))


def again_the_same(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.values[name] = "Desk"
    draft.add(f'  <first {name}="Desk"/><second {name}="Desk"/>')


def secret_twice(draft: Draft) -> None:
    name = draft.name(names.SECRETS)
    first, draft.values[name] = draft.secret(), draft.secret()
    draft.add(f'  <first {name}="{first}"/>')
    draft.add(f'  <second {name}="{draft.values[name]}"/>', ("twice", name))


def text_inside(draft: Draft) -> None:
    """Parameters as text between tags, under an element that a reader takes for a group."""
    draft.add("  <voice.alerts>")
    for _each in range(draft.rng.randint(1, 3)):
        name = draft.name(names.TEXTS)
        draft.add(f'    {name}="Desk"', ("not read", name))
    draft.add("  </voice.alerts>")


def value_as_element(draft: Draft) -> None:
    name = draft.name([*names.TEXTS, *names.PLAIN])
    draft.add(f"  <{name}>400</{name}>", ("not read", name))


def words_inside(draft: Draft) -> None:
    element = draft.rng.choice(["note", "site", "group"])
    draft.add(f"  <{element}>to be done later</{element}>", ("not read", f"<{element}>"))


def cdata(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.add(f'  <alerts><![CDATA[{name}="Desk & <Lobby>"]]></alerts>', ("not read", name))


def namespace(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.add(f'  <alerts xmlns:p="https://example.org/p" p:{name}="Desk"/>', ("not read", f"p:{name}"))


def typo(draft: Draft) -> None:
    name = draft.name(list(names.TYPOS))
    draft.values[name] = "1"
    draft.attribute(name, "1", ("typo", name))


def misfit(draft: Draft) -> None:
    name = draft.name(list(names.MISFITS))
    draft.values[name] = names.MISFITS[name]
    draft.attribute(name, names.MISFITS[name], ("not permitted", name))


READABLE: tuple[Habit, ...] = (
    plain, text, umlauts, vendor_names, empty_value, secret, empty_secret, several_in_one_element, nested, comment,
    placeholder,
    outer_blanks, line_end_in_value, device, device, device_switched_off, twice_in_one_element, twice_in_the_file,
    again_the_same, secret_twice, text_inside, value_as_element, words_inside, cdata, namespace, typo, misfit,
)  # fmt: skip


# -- what can't be read


def raw_ampersand(draft: Draft) -> None:
    name = draft.name([*names.TEXTS, *names.SECRETS])
    value = draft.rng.choice(["A & B", "a&b", "&", "x&&y", "R&D;", "5&"])
    if name in names.SECRETS:
        value = f"{draft.secret().strip()}{value}"
        draft.secrets[-1] = value
    draft.breaks("raw ampersand", f'  <reg {name}="{value}"/>', name)


def html_entity(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    entity = draft.rng.choice(["&eacute;", "&nbsp;", "&uuml;", "&euro;", "&copy;"])
    draft.breaks("unknown entity", f'  <reg {name}="Caf{entity}1"/>', name)


def unquoted(draft: Draft) -> None:
    name = draft.name(list(names.PLAIN))
    value = draft.rng.choice(names.PLAIN[name])
    end = draft.rng.choice(["/>", " />", "></reg>"])
    draft.breaks("unquoted value", f"  <reg {name}={value}{end}", name)


def missing_quote(draft: Draft) -> None:
    name, next_name = draft.name(names.TEXTS), draft.name(names.TEXTS)
    if draft.rng.random() < 0.5:
        draft.breaks("missing quote", f'  <reg {name}="Desk {next_name}="Lobby"/>', name)
    else:
        draft.breaks("missing quote", f'  <reg {name}="Desk />', name)


def curly_quotes(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.breaks("curly quotes", f"  <reg {name}=\u201cDesk\u201d/>", name)


def angle_in_value(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.breaks("< in a value", f'  <reg {name}="Desk <7"/>', name)


def no_value(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.breaks("no value", f"  <reg {name} />", name)


def comment_in_tag(draft: Draft) -> None:
    name = draft.name(list(names.PLAIN))
    draft.add("  <httpd")
    draft.breaks("comment in a tag", f'    {name}="1"     <!-- why not -->')
    draft.add("  />")


def dashes_in_comment(draft: Draft) -> None:
    draft.breaks("dashes in a comment", draft.rng.choice(["  <!-- ---- Site ---- -->", "  <!-- a -- b -->"]))


def comment_not_closed(draft: Draft) -> None:
    draft.breaks("comment not closed", "  <!-- the rest is for later")


def element_not_closed(draft: Draft) -> None:
    draft.breaks("element not closed", "  <group>", "<group>")


def wrong_end_tag(draft: Draft) -> None:
    draft.add("  <reg>")
    draft.breaks("wrong end tag", "  </Reg>", "Reg")


def doctype(draft: Draft) -> None:
    draft.breaks("DOCTYPE", '  <!DOCTYPE x [<!ENTITY a "b">]>')


def control_character(draft: Draft) -> None:
    name = draft.name(names.TEXTS)
    draft.breaks("control character", f'  <reg {name}="Desk\x07"/>')


UNREADABLE: tuple[Habit, ...] = (
    raw_ampersand, html_entity, unquoted, missing_quote, curly_quotes, angle_in_value, no_value, comment_in_tag,
    dashes_in_comment, comment_not_closed, element_not_closed, wrong_end_tag, doctype, control_character,
)  # fmt: skip
