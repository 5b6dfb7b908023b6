/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the parameters: which ones differ from the inventory, on how many phones, and who wishes what. */

const FEW_VALUES = 3;
const FEW_PLACES = 2;

/* The differences of the phones by parameter, the most frequent first. */
function differencesOf(rows) {
  const found = new Map();
  for (const { detail } of rows) {
    for (const { parameter, wanted, has, layer, file, line } of detail.drift) {
      if (!found.has(parameter)) found.set(parameter, { parameter, phones: 0, wanted: new Map(), has: new Map() });
      const entry = found.get(parameter);
      entry.phones += 1;
      const wish = counted(entry.wanted, JSON.stringify(wanted), { value: wanted, places: new Map() });
      counted(wish.places, JSON.stringify([layer, file, line]), { layer, file, line });
      counted(entry.has, JSON.stringify(has), { value: has });
    }
  }
  const byName = (one, other) => compareKeys(sortKey(one.parameter), sortKey(other.parameter), false);
  return [...found.values()].sort((one, other) => other.phones - one.phones || byName(one, other));
}

/* A value with its number of phones; that of a wish stands at `places`, others can be asked for by `query`. */
function valueLine({ value, phones: number, places }, several, query) {
  const shown = text(value) === "" ? element("span", { class: "muted" }, "(empty)") : longText(text(value));
  const how = query ? [" ", countButton(number, query, `phones have ${text(value) || "an empty value"}`)] : [];
  if (several && !query) how.push(element("span", { class: "muted" }, ` ${phones(number)}`));
  const lines = places ? mostFirst(places).map((place) => element("div", {}, ...wishPlace(place))) : [];
  return element("li", {}, shown, ...how, ...someOf(lines, FEW_PLACES, (some) => some));
}

/* The first of some elements; the others can be opened. */
function someOf(elements, few, wrap) {
  if (elements.length <= few + 1) return wrap(elements);
  const rest = elements.slice(few, few + MANY_ROWS);
  const words = elements.length > few + MANY_ROWS ? `, the first ${MANY_ROWS} here` : "";
  const summary = element("summary", {}, `${formatted(elements.length - few)} more${words}`);
  return [...wrap(elements.slice(0, few)), element("details", {}, summary, ...wrap(rest))];
}

function valueList(map, parameter = null) {
  const query = ({ value }) => parameter && term("drift", `${parameter}=${text(value)}`);
  const lines = mostFirst(map).map((entry) => valueLine(entry, map.size > 1, query(entry)));
  return someOf(lines, FEW_VALUES, (some) => [element("ul", {}, ...some)]);
}

views.parameters = {
  title: "Parameters",
  draw(container, rows) {
    const found = differencesOf(rows);
    if (!found.length) {
      const compared = rows.some((row) => row.cells.drift !== null && row.cells.drift !== undefined);
      const words = compared
        ? mark("good", "ok", "No parameter differs from the inventory.")
        : "No parameter was compared: the inventory sets none for these phones.";
      return fillView(container, viewNote(rows, ""), element("p", {}, words));
    }
    const heads = [
      { title: "Parameter", class: "value" },
      { title: "Phones", class: "attention" },
      { title: "Wanted", class: "values" },
      { title: "Has", class: "values" },
    ];
    const body = found.map((entry) => [
      element("code", {}, entry.parameter),
      shareCell(
        entry.phones,
        [["warning", entry.phones]],
        rows.length,
        countButton(entry.phones, term("drift", entry.parameter), `phones differ in ${entry.parameter}`),
      ),
      valueList(entry.wanted),
      valueList(entry.has, entry.parameter),
    ]);
    const words = `${formatted(found.length)} ${found.length === 1 ? "parameter differs" : "parameters differ"}.`;
    fillView(
      container,
      element("div", { class: "view-head" }, viewNote(rows, words)),
      ...viewTable("Parameters that differ", heads, body),
    );
  },
};
