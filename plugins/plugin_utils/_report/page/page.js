/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Connects the controls, the views and the panel with the state. */

const search = byId("search");
const table = makeTable({ onOpen: (row) => openPhone(hostOf(row)) });

views.phones = {
  title: "Phones",
  draw(_container, rows) {
    byId("table").hidden = rows.length === 0;
    byId("nothing").hidden = rows.length > 0;
    table.show(rows);
    drawCards(rows);
    drawActions(rows);
  },
};

/* A message waits until the reader pauses: a term that is being written is rarely complete. */
let errorTimer = 0;
function drawErrors() {
  const errors = queryErrors();
  clearTimeout(errorTimer);
  const show = () => {
    byId("filter-error").textContent = errors.join(" ");
    byId("filter-error").hidden = errors.length === 0;
    if (errors.length) search.setAttribute("aria-invalid", "true");
    else search.removeAttribute("aria-invalid");
  };
  if (errors.length) errorTimer = setTimeout(show, 400);
  else show();
}

function drawQuery(rows) {
  if (search.value !== state.query) search.value = state.query;
  const all = phones(report.rows.length);
  byId("count").textContent = state.query.trim() ? `${formatted(rows.length)} of ${all}` : all;
  drawErrors();
  for (const button of document.querySelectorAll("button[data-query]")) {
    button.setAttribute("aria-pressed", String(hasTerm(state.query, button.dataset.query)));
  }
}

function drawColumns() {
  const shown = new Set(shownColumns());
  for (const box of byId("columns").querySelectorAll("input")) box.checked = shown.has(columnNamed.get(box.value));
  byId("usual-columns").disabled = state.columns === null;
}

function drawView(rows) {
  showView(state.view);
  views[state.view]?.draw(byId(`view-${state.view}`), rows);
}

function offerColumns() {
  const menu = byId("columns");
  const boxes = tableColumns.map((column) => {
    const box = element("input", { type: "checkbox", value: column.name, disabled: column.name === HOST });
    return element("label", {}, box, " ", column.title);
  });
  const usual = element("button", { type: "button", class: "link", id: "usual-columns" }, "Usual columns");
  menu.querySelector("fieldset").append(...boxes, usual);
  menu.addEventListener("change", () => {
    const chosen = [...menu.querySelectorAll("input:checked")].map((box) => box.value);
    setState({ columns: chosen });
  });
  usual.addEventListener("click", () => setState({ columns: null }));
}

function goToPhones(event) {
  event.preventDefault();
  setState({ view: "phones" });
  byId("phones").focus({ preventScroll: true });
  byId("phones").scrollIntoView();
}

function listen() {
  const read = () => setState({ query: search.value });
  search.addEventListener("input", read);
  makeSuggestions(search, byId("suggestions"), read);
  byId("clear").addEventListener("click", () => {
    setState({ query: "" });
    search.focus();
  });
  document.querySelector(".skip").addEventListener("click", goToPhones);
  for (const button of document.querySelectorAll("button[data-query]")) button.disabled = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-query]");
    if (button) setState({ query: toggleTerm(state.query, button.dataset.query), view: "phones" });
  });
  const print = matchMedia("print");
  print.addEventListener("change", () => table.setPrinting(print.matches));
  addEventListener("beforeprint", () => table.setPrinting(true));
  addEventListener("afterprint", () => table.setPrinting(print.matches));
}

function drawAll() {
  const rows = matching();
  drawColumns();
  drawView(rows);
  drawQuery(rows);
}

/* A phone that opens in the panel leaves the rest of the page as it is. */
onState((names) => {
  if (names.some((name) => name !== "phone")) drawAll();
});
onSelection(() => {
  if (/is:/i.test(state.query)) drawAll();
  table.markSelected();
  drawActions(matching());
});
sayTimes();
listenToTabs();
offerColumns();
offerActions();
listen();
startState();
// A search needs the texts of all phones. Make them after the first paint, while nothing else is to be done.
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 0, { timeRemaining: () => 0 }));
let prepared = 0;
function prepare(idle) {
  do {
    report.rows.slice(prepared, prepared + 200).forEach(searchText);
    prepared += 200;
  } while (prepared < report.rows.length && idle.timeRemaining() > 3);
  if (prepared < report.rows.length) whenIdle(prepare);
}
requestAnimationFrame(() => whenIdle(prepare));
