# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page for each module and plugin in docs/modules and docs/plugins, made from its own documentation.

Options that several modules take from a fragment are described once, in docs/modules/shared-options.md.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from antsibull_docs_parser.dom import PluginIdentifier

from support.markup import Markup, code, linked, table, wrapped
from support.returns import COLLECTION, fragment, load

_ROOT = Path(__file__).parents[2]
_PACKAGE = "ansible_collections.polycom.vvx.plugins"
FOLDERS = (_ROOT / "docs" / "modules", _ROOT / "docs" / "plugins")
_MODULES, _PLUGINS = FOLDERS
SHARED_PAGE = _MODULES / "shared-options.md"
_KINDS = {"modules": "module", "callback": "callback", "connection": "connection", "filter": "filter"}
_KINDS["inventory"] = "inventory"
"""The folders of plugins, and what Ansible calls such a plugin."""
_SUPPORT = {"check_mode": "Check mode", "diff_mode": "C(--diff)", "async": "In the background"}
_HEAD = "<!-- `nox -s generate` writes this page. -->\n"
_SAMPLE = 160
"""Longer samples are left out: a line of a table is no place for them."""

Described = Mapping[str, Any]


class Plugin(NamedTuple):
    kind: str
    name: str
    documentation: dict[str, Any]
    examples: str
    returns: dict[str, Any]

    @property
    def page(self) -> Path:
        return (_MODULES if self.kind == "module" else _PLUGINS) / f"{self.name}.md"

    @property
    def identifier(self) -> PluginIdentifier:
        return PluginIdentifier(COLLECTION + self.name, self.kind)

    @property
    def fragments(self) -> list[str]:
        return list(self.documentation.get("extends_documentation_fragment", ()))


@functools.cache
def plugins() -> dict[PluginIdentifier, Plugin]:
    """All documented plugins of the collection."""
    paths = [path for folder in _KINDS for path in sorted((_ROOT / "plugins" / folder).iterdir())]
    found = [_read(path) for path in paths if path.suffix in (".py", ".yml") and path.stem != "__init__"]
    return {each.identifier: each for each in found if each}


def _read(path: Path) -> Plugin | None:
    if path.suffix == ".yml":
        texts = SimpleNamespace(**load(path.read_text(encoding="utf-8")))
    else:
        texts = importlib.import_module(f"{_PACKAGE}.{path.parent.name}.{path.stem}")
    found = (getattr(texts, name, {}) for name in ("DOCUMENTATION", "RETURN"))
    described, returns = (load(each) if isinstance(each, str) else each for each in found)
    if not described:  # a filter's code: its documentation is beside it
        return None
    return Plugin(_KINDS[path.parent.name], path.stem, described, getattr(texts, "EXAMPLES", "").strip(), returns)


@functools.cache
def shared() -> dict[str, dict[str, Any]]:
    """The fragments with options that several plugins take: their documentation by reference."""
    used = Counter(each for plugin in plugins().values() for each in plugin.fragments if each.startswith(COLLECTION))
    found = {reference: fragment(reference)[1] for reference, times in sorted(used.items()) if times > 1}
    return {reference: described for reference, described in found.items() if described["options"]}


def _section(reference: str) -> str:
    """The heading of a shared fragment."""
    return reference.removeprefix(COLLECTION).capitalize()


def _markup(page: Path, plugin: Plugin | None) -> Markup:
    def address(identifier: PluginIdentifier, part: str | None) -> str | None:
        target = plugins().get(identifier)
        if not target:
            return None
        place = "#return-values" if part == "return-values" else ""
        for reference in target.fragments if part else ():
            if reference in shared() and part in shared()[reference]["options"]:
                return _shared_address(reference, page)
        return None if target is plugin else f"{_relative(target.page, page)}{place}"

    return Markup(plugin.identifier if plugin else None, address)


def _shared_address(reference: str, page: Path) -> str:
    return f"{_relative(SHARED_PAGE, page)}#{_section(reference).lower()}"


def _relative(target: Path, page: Path) -> str:
    return target.name if target.parent == page.parent else f"../{target.parent.name}/{target.name}"


def pages() -> dict[Path, str]:
    """All pages, by file."""
    return {SHARED_PAGE: _shared_page(), **{each.page: _page(each) for each in plugins().values()}}


def _shared_page() -> str:
    markup = _markup(SHARED_PAGE, None)
    about = wrapped("Options that several modules have. The page of each module names those that it takes.")
    sections = [_HEAD, "# Shared options\n", f"{about}\n"]
    for reference, described in shared().items():
        sections += [f"## {_section(reference)}\n", f"{wrapped(fragment(reference)[0])}\n"]
        sections += [_options(markup, described["options"]), *_remarks(markup, described, "###")]
    return "\n".join(sections)


def _page(plugin: Plugin) -> str:
    markup, described = _markup(plugin.page, plugin), plugin.documentation
    sections = [_HEAD, f"# {COLLECTION}{plugin.name}\n", markup.prose(f"{described['short_description']}.")]
    sections += [markup.prose(described["description"]), "## Options\n", *_all_options(markup, plugin)]
    attributes = "".join(_attributes(markup, plugin))
    if attributes:
        sections += ["## Support\n", attributes]
    sections += _remarks(markup, described, "##")
    if plugin.examples:
        sections += ["## Examples\n", f"```yaml\n{plugin.examples}\n```\n"]
    if plugin.returns:
        rows = list(_return_rows(markup, plugin.returns, ""))
        sections += ["## Return values\n", table(("Key", "Type", "Returned", ""), rows)]
    if described.get("seealso"):
        sections += ["## See also\n", "".join(_see_also(markup, described["seealso"]))]
    return "\n".join(sections)


def _fragments(plugin: Plugin) -> list[tuple[str, dict[str, Any]]]:
    return [(each, fragment(each)[1]) for each in plugin.fragments if each.startswith(COLLECTION)]


def _all_options(markup: Markup, plugin: Plugin) -> Iterator[str]:
    """The table of what only this plugin has, and where the rest is described."""
    own, elsewhere = dict(plugin.documentation.get("options", {})), []
    for reference, described in _fragments(plugin):
        if reference in shared():
            link = linked(_section(reference), _shared_address(reference, plugin.page))
            elsewhere.append(wrapped(f"{link}: {', '.join(map(code, described['options']))}", "* ") + "\n")
        else:
            own.update(described["options"])
    if own:
        yield _options(markup, own)
    if elsewhere:
        yield "Options that several modules share:\n" if own else "Only options that several modules share:\n"
        yield "".join(elsewhere)
    foreign = [code(each) for each in plugin.fragments if not each.startswith(COLLECTION)]
    if foreign:
        command = code(f"ansible-doc -t {plugin.kind} {COLLECTION}{plugin.name}")
        yield wrapped(f"Options of {' and '.join(foreign)}, which come with Ansible: see {command}.") + "\n"
    if not (own or elsewhere or foreign):
        yield "None.\n"


def _options(markup: Markup, options: Mapping[str, Described]) -> str:
    return table(("Option", "Type", "Default", ""), list(_option_rows(markup, options, "")))


def _option_rows(markup: Markup, options: Mapping[str, Described], path: str) -> Iterator[list[str]]:
    for name, option in options.items():
        default = code(_text(option["default"])) if option.get("default") is not None else ""
        kind = _type(option)
        if option.get("choices"):
            kind += ": " + ", ".join(code(_text(each)) for each in option["choices"])
        required = "**required**" if option.get("required") else default
        text = "<br>".join([markup.cell(option["description"]), *_sources(option)])
        yield [_name(path, name), kind, required, text]
        below = f"{path}{name}{'[]' if option['type'] == 'list' else ''}."
        yield from _option_rows(markup, option.get("suboptions", {}), below)


def _sources(option: Described) -> Iterator[str]:
    """Where else the option of a plugin may be set."""
    for key, title in (("vars", "Variables"), ("env", "Environment"), ("keyword", "Keyword"), ("cli", "Command line")):
        if option.get(key):
            yield f"{title}: {', '.join(code(each['name']) for each in option[key])}"
    if option.get("ini"):
        keys = [code(f"[{each['section']}] {each['key']}") for each in option["ini"]]
        yield f"In {code('ansible.cfg')}: {', '.join(keys)}"


def _return_rows(markup: Markup, returns: Mapping[str, Described], path: str) -> Iterator[list[str]]:
    for name, value in returns.items():
        text = markup.cell(value["description"])
        sample = _text(value.get("sample"))
        if value.get("sample") is not None and len(sample) <= _SAMPLE and "contains" not in value:
            text += f"<br>For example {code(sample)}"
        yield [_name(path, name), _type(value), markup.cell(value.get("returned", "always")), text]
        below = f"{path}{name}{'[]' if value['type'] == 'list' else ''}."
        yield from _return_rows(markup, value.get("contains", {}), below)


def _name(path: str, name: str) -> str:
    """A filter's input and value have no name to write."""
    return f"*{name[1:]}*" if name.startswith("_") else code(path + name)


def _type(described: Described) -> str:
    elements = described.get("elements")
    return f"{described['type']} of {elements}" if elements else str(described["type"])


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=str)


def _attributes(markup: Markup, plugin: Plugin) -> Iterator[str]:
    merged: dict[str, dict[str, Any]] = {}
    for source in (*(described for _reference, described in _fragments(plugin)), plugin.documentation):
        for name, attribute in source.get("attributes", {}).items():
            merged.setdefault(name, {}).update(attribute)
    for name, title in _SUPPORT.items():
        if name in merged:
            support, details = merged[name]["support"], merged[name].get("details", [])
            yield markup.prose(" ".join([f"{title}: {support}.", *details]), "* ")


def _remarks(markup: Markup, described: Described, level: str) -> Iterator[str]:
    for key in ("requirements", "notes"):
        if described.get(key):
            yield f"{level} {key.capitalize()}\n"
            yield markup.prose(described[key], "* ")


def _see_also(markup: Markup, entries: list[dict[str, str]]) -> Iterator[str]:
    for each in entries:
        target = f"M({each['module']})" if "module" in each else f"P({each['plugin']}#{each['plugin_type']})"
        yield markup.prose(f"{target}: {each['description']}" if each.get("description") else target, "* ")


def stale() -> list[Path]:
    """Pages of what is no longer there."""
    return sorted({page for folder in FOLDERS for page in folder.glob("*")} - set(pages()))


if __name__ == "__main__":
    for folder in FOLDERS:
        folder.mkdir(exist_ok=True)
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
    for page in stale():
        page.unlink()
