/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The views beside the table, and what they share. A view counts the phones that match the filter. */

/* More rows than these are drawn only when somebody asks for them. */
const MANY_ROWS = 200;

/* Rounded, but 0% means no phone and 100% means all of them. */
function percent(number, all) {
  const share = all ? (100 * number) / all : 0;
  if (share > 0 && share < 1) return "< 1%";
  return share > 99 && share < 100 ? "> 99%" : `${Math.round(share)}%`;
}

/* What a view counts. */
function viewNote(rows, hint) {
  const all = report.rows.length;
  const some = `${formatted(rows.length)} of ${phones(all)}: those that match the filter.`;
  const words = rows.length === all ? `All ${phones(all)}.` : some;
  return element("p", { class: "note muted" }, `${words} ${hint}`);
}

/* A number that shows its phones. `words`: what the number counts, for those who don't see the table. */
function countButton(number, query, words) {
  const attributes = { type: "button", class: "link count", "data-query": query, "aria-pressed": "false" };
  return element("button", attributes, formatted(number), element("span", { class: "unseen" }, ` ${words}`));
}

/* Shares of a whole as one bar: `parts` are pairs of a class and a number. The numbers stand beside it in words. */
function shareBar(parts, all) {
  let from = 0;
  const drawn = parts.flatMap(([kind, number]) => {
    if (!number || !all) return [];
    // Even the smallest share is visible.
    const width = Math.min(Math.max((100 * number) / all, 1.5), 100 - from);
    const made = svg("rect", { class: `share ${kind}`, x: from.toFixed(2), width: width.toFixed(2), height: "8" });
    from += width;
    return [made];
  });
  const whole = svg("rect", { class: "whole", width: "100", height: "8" });
  const attributes = { class: "share-bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", { ...attributes, focusable: "false" }, whole, ...drawn);
}

/* A number that shows its phones, its share of all, and that share as a bar. */
function shareCell(number, parts, all, button) {
  const share = element("span", { class: "percent" }, percent(number, all));
  return element("div", { class: "shares" }, button || "", share, shareBar(parts, all));
}

/* A table in a view. `heads`: {title, class, button, sorted}; `body`: rows of cells, the header first; `foot`: one. */
function viewTable(title, heads, body, foot = null) {
  const cellOf = (content, index) => {
    const attributes = { class: heads[index].class || null, "data-title": heads[index].title };
    const cell = index ? element("td", attributes) : element("th", { ...attributes, scope: "row" });
    cell.append(...[content].flat().filter((each) => each !== null));
    return cell;
  };
  const line = (cells) => element("tr", {}, ...cells.map(cellOf));
  const head = heads.map(({ title: words, class: kind, sorted, button }) =>
    element("th", { scope: "col", class: kind || null, "aria-sort": sorted || null }, button || words),
  );
  const rows = element("tbody", {}, ...body.slice(0, MANY_ROWS).map(line));
  const caption = element("caption", { class: "unseen" }, title);
  const made = element("table", {}, caption, element("thead", {}, element("tr", {}, ...head)), rows);
  if (foot) made.append(element("tfoot", {}, line(foot)));
  // A matrix scrolls on a small screen; the rows of other tables become blocks.
  const kind = foot ? "matrix" : "matrix blocks";
  const region = element("div", { class: kind, role: "region", "aria-label": title, tabindex: "0" }, made);
  if (body.length <= MANY_ROWS) return [region];
  const more = element("button", { type: "button", class: "button" }, `Show all ${formatted(body.length)} rows`);
  more.addEventListener("click", () => {
    rows.append(...body.slice(MANY_ROWS).map(line));
    const first = rows.rows[MANY_ROWS];
    more.remove();
    (first.querySelector("button") || region).focus();
  });
  return [region, more];
}

/* Puts elements into a view. Where the focus was in it, the new element with the same id or data-key gets it. */
function fillView(container, ...children) {
  const had = container.contains(document.activeElement) && document.activeElement;
  container.replaceChildren(...children);
  if (!had) return;
  const same = had.id ? byId(had.id) : container.querySelector(`[data-key="${CSS.escape(had.dataset.key || "")}"]`);
  same?.focus();
}

/* Counts a phone for a key, whose entry begins as `first`. Returns the entry. */
function counted(map, key, first) {
  if (!map.has(key)) map.set(key, { ...first, phones: 0 });
  const entry = map.get(key);
  entry.phones += 1;
  return entry;
}

const mostFirst = (map) => [...map.values()].sort((one, other) => other.phones - one.phones);
