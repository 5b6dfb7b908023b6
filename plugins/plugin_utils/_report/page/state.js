/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown. The address keeps it after the #, so that links, bookmarks and Back work. */

const state = { query: "", sort: [], columns: null, view: "phones", by: null, order: null, phone: null };

/* By what the matrix of the sites can be sorted; with a minus before it, descending. */
const SITE_ORDERS = ["value", "phones", "attention", "ok", ...CAUSES];

const stateListeners = [];
const PUSHED = ["view", "phone"];
let hashTimer = 0;

/* Called after each change with the names of what has changed, in the order of registration. */
const onState = (listener) => stateListeners.push(listener);

/* The last filter without errors; one that is being written does not hide what is shown. */
let activeFilter = parseFilter("");
let writtenFilter = activeFilter;

function readQuery() {
  writtenFilter = parseFilter(state.query);
  if (!writtenFilter.errors.length) activeFilter = writtenFilter;
}

/* What is wrong with the query. */
const queryErrors = () => writtenFilter.errors;

function apply(changes) {
  const names = Object.keys(changes).filter((name) => JSON.stringify(changes[name]) !== JSON.stringify(state[name]));
  Object.assign(state, changes);
  if (names.includes("query")) readQuery();
  return names;
}

const isPushed = (changes) => PUSHED.some((name) => Object.hasOwn(changes, name) && changes[name] !== state[name]);

/* Changes what is shown. A new view and a phone are steps that Back undoes, unless the caller says otherwise. */
function setState(changes, isStep = isPushed(changes)) {
  if (isStep) writeHash();
  const names = apply(changes);
  if (!names.length) return;
  if (isStep) writeHash("pushState");
  else {
    clearTimeout(hashTimer);
    hashTimer = setTimeout(writeHash, 200);
  }
  stateListeners.forEach((listener) => listener(names));
}

/* Safe in an address, and still readable. A minus at the beginning means descending. */
const PLAIN = { "%20": "+", "%3A": ":", "%2F": "/" };
const inHash = (value) => encodeURIComponent(value.toWellFormed()).replace(/%20|%3A|%2F/g, (code) => PLAIN[code]);
const nameInHash = (name) => inHash(name).replace(/^-/, "%2D");

function stateToHash() {
  const { query, sort, columns: shown, view, by, order, phone } = state;
  const sorting = sort.map(({ column, descending }) => (descending ? "-" : "") + nameInHash(column)).join(",");
  const parts = [
    ["q", inHash(query.trim()).replace(/%2C/g, ",")],
    ["sort", sorting],
    ["columns", shown && (shown.map(nameInHash).join(",") || "-")],
    ["view", view === "phones" ? "" : inHash(view)],
    ["by", by && inHash(by)],
    ["order", order],
    ["phone", phone && inHash(phone)],
  ];
  return parts.filter(([, value]) => value).map((part) => part.join("=")).join("&");
}

function writeHash(how = "replaceState") {
  clearTimeout(hashTimer);
  const hash = stateToHash();
  if (hash !== location.hash.slice(1)) history[how](null, "", `#${hash}`);
}

function fromHash(value) {
  try {
    return decodeURIComponent(value.replace(/\+/g, " "));
  } catch {
    return value;
  }
}

/* Reads the address, and ignores what this report does not have. */
function stateFromHash() {
  const parts = location.hash.slice(1).split("&").map((part) => part.split(/=(.*)/s));
  const raw = new Map(parts.map(([key, value]) => [key, value || ""]));
  const names = (key) => (raw.get(key) || "").split(",").filter(Boolean);
  const known = (name) => (columnNamed.has(name) ? name : null);
  const sort = names("sort")
    .map((name) => ({ column: fromHash(name.replace(/^-/, "")), descending: name.startsWith("-") }))
    .filter(({ column }, index, all) => known(column) && all.findIndex((other) => other.column === column) === index);
  const view = fromHash(raw.get("view") || "");
  return {
    query: fromHash(raw.get("q") || ""),
    sort,
    columns: raw.get("columns") ? names("columns").map(fromHash).filter(known) : null,
    view: Object.hasOwn(views, view) ? view : "phones",
    by: known(fromHash(raw.get("by") || "")),
    order: SITE_ORDERS.includes((raw.get("order") || "").replace(/^-/, "")) ? raw.get("order") : null,
    phone: fromHash(raw.get("phone") || "") || null,
  };
}

/* Follows the address from now on. Call it when all listeners are there. */
function startState() {
  const read = () => {
    clearTimeout(hashTimer);
    const names = apply(stateFromHash());
    if (names.length) stateListeners.forEach((listener) => listener(names));
  };
  addEventListener("popstate", read);
  addEventListener("pagehide", () => writeHash());
  apply(stateFromHash());
  stateListeners.forEach((listener) => listener(Object.keys(state)));
}

const sortKeys = new Map();

/* The sort keys of a column. States sort by severity, the worst first. */
function keysOf(name) {
  if (!sortKeys.has(name)) {
    const severity = (cell) => (CAUSES.includes(cell) ? CAUSES.indexOf(cell) : CAUSES.length);
    const key = name === "state" ? severity : sortKey;
    sortKeys.set(name, new Map(report.rows.map((row) => [row, key(row.cells[name])])));
  }
  return sortKeys.get(name);
}

const WORST_FIRST = [{ column: "state", descending: false }];
const sortedRows = {};

/* All rows in the chosen order, else the worst first; the report's order decides between equal ones. */
function inOrder() {
  const sort = state.sort.length ? state.sort : WORST_FIRST;
  const by = JSON.stringify(sort);
  if (sortedRows.by !== by) {
    const levels = sort.map(({ column, descending }) => [keysOf(column), descending]);
    const compare = (one, other) => {
      for (const [keys, descending] of levels) {
        const found = compareKeys(keys.get(one), keys.get(other), descending);
        if (found) return found;
      }
      return 0;
    };
    Object.assign(sortedRows, { by, rows: [...report.rows].sort(compare) });
  }
  return sortedRows.rows;
}

const matchedRows = {};

/* The rows to show: those that pass the filter, in the chosen order. */
function matching() {
  const rows = inOrder();
  if (matchedRows.rows !== rows || matchedRows.filter !== activeFilter || matchedRows.stale) {
    Object.assign(matchedRows, { rows, filter: activeFilter, stale: false, found: rows.filter(activeFilter.passes) });
  }
  return matchedRows.found;
}

/* A button that adds a term to the query, or takes it away. */
function queryButton(query, attributes, ...children) {
  const pressed = String(hasTerm(state.query, query));
  const all = { type: "button", "data-query": query, "aria-pressed": pressed, ...attributes };
  return element("button", all, ...children);
}
