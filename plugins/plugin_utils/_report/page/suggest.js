/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions of fields and values while a filter is typed: a combobox with a list. */

const MOST_SUGGESTED = 8;
const valuesOfField = new Map();

/* The values of a field with their numbers of phones, the most frequent first. */
function fieldValues(field) {
  if (!valuesOfField.has(field) || field.name === "is") {
    const counts = new Map();
    for (const row of report.rows) {
      for (const value of new Set(field.values(row).map((each) => plain(each, field.kind)))) {
        if (value !== "") counts.set(value, (counts.get(value) || 0) + 1);
      }
    }
    valuesOfField.set(field, [...counts].sort(([, one], [, other]) => other - one));
  }
  return valuesOfField.get(field);
}

function suggestedValues(field, word, start) {
  const folded = fold(word);
  const found = fieldValues(field).filter(([value]) => fold(value).includes(folded));
  const begins = ([value]) => fold(value).startsWith(folded);
  const sorted = [...found.filter(begins), ...found.filter((each) => !begins(each))];
  const all = sorted.filter(([value]) => fold(value) !== folded || sorted.length > 1);
  return all.map(([value, count]) => ({ start, insert: `${valueToken(value)} `, label: value, note: phones(count) }));
}

/* What can stand where the query ends: {start, insert, label, note}; `insert` replaces all from `start` on. */
function suggestions(query) {
  const last = readTerms(query).at(-1);
  const isOpen = last && last.end === query.length && !/\s$/u.test(query);
  if (!isOpen) return [];
  const item = last.items.at(-1);
  if (last.field) {
    const start = item ? item.start + item.sign.length : last.end;
    return suggestedValues(last.field, item?.text || "", start).slice(0, MOST_SUGGESTED);
  }
  if (last.error || item.quoted) return [];
  const word = named(item.text);
  const start = last.start + (last.negated ? 1 : 0);
  const isMeant = (field) => named(field.name).startsWith(word) || named(field.title).startsWith(word);
  const isByTitle = (field) => Number(!named(field.name).startsWith(word));
  const meant = [...fields.values()].filter(isMeant).sort((one, other) => isByTitle(one) - isByTitle(other));
  const names = meant.map((field) => ({
    start,
    insert: `${fieldToken(field.name)}:`,
    label: `${fieldToken(field.name)}:`,
    note: named(field.title) === named(field.name) ? "" : field.title,
  }));
  const groups = columns.filter((column) => column.by).map((column) => fields.get(column.name));
  const values = groups.flatMap((field) =>
    suggestedValues(field, item.text, start)
      .filter(({ label }) => fold(label).startsWith(fold(item.text)))
      .map((each) => ({ ...each, insert: `${term(field.name, each.label)} `, label: term(field.name, each.label) })),
  );
  return [...names.slice(0, MOST_SUGGESTED - 3), ...values].slice(0, MOST_SUGGESTED);
}

/* Connects the box with its list. `onChange`: called after a suggestion was taken. */
function makeSuggestions(box, list, onChange) {
  let offered = [];
  let active = -1;

  function mark(index) {
    active = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function show(found) {
    offered = found;
    list.replaceChildren(
      ...offered.map(({ label, note }, index) =>
        element(
          "li",
          { role: "option", id: `suggestion-${index}`, "aria-selected": "false" },
          element("bdi", {}, label),
          " ",
          element("span", { class: "muted" }, note),
        ),
      ),
    );
    list.hidden = offered.length === 0;
    box.setAttribute("aria-expanded", String(offered.length > 0));
    mark(-1);
  }

  const close = () => show([]);
  const typed = () => box.value.slice(0, box.selectionStart);
  const offer = () => show(suggestions(typed()));

  function take(index) {
    const { start, insert } = offered[index];
    const before = box.value.slice(0, start) + insert;
    const after = box.value.slice(box.selectionStart).replace(/^\s+/u, insert.endsWith(" ") ? "" : " ");
    box.value = before + after;
    box.setSelectionRange(before.length, before.length);
    onChange();
    if (insert.endsWith(":")) offer();
    else close();
  }

  box.addEventListener("input", offer);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (Object.hasOwn(steps, event.key)) {
      event.preventDefault();
      if (!offered.length) offer();
      if (!offered.length) return;
      const places = offered.length + 1;
      mark(((active + 1 + steps[event.key] + places) % places) - 1);
    } else if (event.key === "Enter") {
      if (active >= 0) {
        event.preventDefault();
        take(active);
      } else close();
    } else if (event.key === "Escape" && offered.length) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) take(index);
  });
}
