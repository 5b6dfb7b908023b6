/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The phones on a small screen: cards instead of the table. The document holds some; a button adds more. */

const CARDS = 40;
const narrow = matchMedia("(max-width: 40rem)");
const cardGroups = columns.filter(isOwnGroup).slice(0, 2);
const cards = { rows: [], shown: 0 };

function makeCard(row) {
  const { state: worst, model, address } = row.cells;
  const { severity } = severities.get(worst) || { severity: "warning" };
  const place = [...cardGroups.map(({ name, kind }) => text(row.cells[name], kind)), text(model) || text(address)];
  const [problem, ...others] = row.detail.problems;
  const parts = [element("b", {}, element("bdi", {}, text(row.cells[HOST]) || "(no name)")), stateMark(worst)];
  parts.push(element("span", { class: "place" }, element("bdi", {}, place.filter(Boolean).join(" \u00b7 "))));
  const more = others.length ? ` +${others.length}` : "";
  if (problem) parts.push(element("span", { class: "problem" }, element("bdi", {}, problem), more));
  const button = element("button", { type: "button", class: `panel card ${severity}` }, ...parts);
  button.addEventListener("click", () => openPhone(row.cells[HOST]));
  return element("li", {}, button);
}

function addCards() {
  const next = cards.rows.slice(cards.shown, cards.shown + CARDS);
  byId("cards").append(...next.map(makeCard));
  cards.shown += next.length;
  const left = cards.rows.length - cards.shown;
  byId("more-cards").hidden = left === 0;
  byId("more-cards").textContent = `Show ${formatted(Math.min(left, CARDS))} more of ${formatted(left)}`;
}

function drawCards(rows) {
  Object.assign(cards, { rows, shown: 0 });
  byId("cards").replaceChildren();
  if (narrow.matches) addCards();
}

byId("more-cards").addEventListener("click", () => {
  const first = cards.shown;
  addCards();
  byId("cards").children[first].firstChild.focus();
});
narrow.addEventListener("change", () => drawCards(cards.rows));
