/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Connects the controls, the table and the detail. */

const section = byId("phones");
const search = byId("search");
const jump = byId("jump");
let hashTimer = 0;

const table = makeTable({ onOpen: (row) => openDetail(row), onSort: sortBy });
const openDetail = makeDetail({ onClose: () => table.focus() });

/* Ascending, descending, then back to the order of the report. */
function sortBy(name) {
  if (state.sort !== name) Object.assign(state, { sort: name, descending: false });
  else if (!state.descending) state.descending = true;
  else Object.assign(state, { sort: null, descending: false });
  const had = document.activeElement?.dataset.column;
  update();
  if (had) section.querySelector(`thead button[aria-sort], thead button[data-column="${CSS.escape(had)}"]`)?.focus();
}

function chip(label, remove) {
  const attributes = { type: "button", class: "chip", "aria-label": `Remove filter ${label}` };
  const button = element("button", attributes, element("bdi", {}, label));
  button.addEventListener("click", () => {
    remove();
    update();
    (byId("chosen").querySelector("button") || search).focus();
  });
  return element("li", {}, button);
}

function drawChosen() {
  const chips = [];
  if (state.query.trim()) chips.push(chip(`Search: ${state.query.trim()}`, () => (state.query = "")));
  for (const [name, values] of state.filters) {
    for (const value of values) chips.push(chip(filterLabel(name, value), () => toggleFilter(name, value)));
  }
  byId("chosen").replaceChildren(...chips);
  for (const button of document.querySelectorAll("button[data-filter]")) {
    const { filter, value } = button.dataset;
    button.setAttribute("aria-pressed", String(Boolean(state.filters.get(filter)?.has(value))));
  }
  for (const box of byId("columns").querySelectorAll("input")) box.checked = !state.hidden.has(box.value);
}

function update() {
  const rows = matching();
  const chosen = Boolean(state.query.trim() || state.filters.size);
  if (search.value !== state.query) search.value = state.query;
  byId("table").hidden = rows.length === 0;
  byId("nothing").hidden = rows.length > 0;
  const all = phones(report.rows.length);
  byId("count").textContent = chosen ? `${formatted(rows.length)} of ${all}` : all;
  jump.textContent = `Show ${phones(rows.length)}`;
  jump.classList.toggle("wanted", chosen);
  table.show(rows);
  drawChosen();
  clearTimeout(hashTimer);
  hashTimer = setTimeout(stateToHash, 200);
}

function goToPhones(event) {
  event.preventDefault();
  section.focus({ preventScroll: true });
  section.scrollIntoView();
}

function offerColumns() {
  const menu = byId("columns");
  const boxes = columns.map((column, index) => {
    const box = element("input", { type: "checkbox", value: column.name, disabled: index === 0 });
    return element("label", {}, box, " ", column.title);
  });
  menu.querySelector("fieldset").append(...boxes);
  menu.addEventListener("change", (event) => {
    if (event.target.checked) state.hidden.delete(event.target.value);
    else state.hidden.add(event.target.value);
    update();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

function listen() {
  search.addEventListener("input", () => {
    state.query = search.value;
    update();
  });
  byId("clear").addEventListener("click", () => {
    clearFilters();
    update();
    search.focus();
  });
  document.querySelector(".skip").addEventListener("click", goToPhones);
  jump.addEventListener("click", goToPhones);
  for (const button of document.querySelectorAll("button[data-filter]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      toggleFilter(button.dataset.filter, button.dataset.value);
      update();
    });
  }
  addEventListener("hashchange", () => {
    stateFromHash();
    update();
  });
  // Offers the way to the phones that a filter has found while they are out of sight.
  new IntersectionObserver(([entry]) => jump.classList.toggle("near", entry.isIntersecting)).observe(byId("count"));
  const print = matchMedia("print");
  print.addEventListener("change", () => table.setPrinting(print.matches));
  addEventListener("beforeprint", () => table.setPrinting(true));
  addEventListener("afterprint", () => table.setPrinting(print.matches));
}

section.hidden = false;
jump.hidden = false;
offerColumns();
listen();
stateFromHash();
update();
