/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Search, filters, order and hidden columns. The address keeps them after the #, so that bookmarks work. */

const columns = report.columns;
const columnNamed = new Map(columns.map((column) => [column.name, column]));
const state = { query: "", sort: null, descending: false, hidden: new Set(), filters: new Map() };

const changed = report.changes ? report.changes.changed : [];
const appeared = new Set(report.changes ? report.changes.appeared : []);
const essence = (change) => JSON.stringify([change.column, change.before, change.after]);
const changedHosts = new Map();

/* The hosts with the same change as the one at an index, or with any change. */
function hostsChanged(value) {
  if (!changedHosts.has(value)) {
    const wanted = changed[value] && essence(changed[value]);
    const same = value === "any" ? changed : changed.filter((change) => essence(change) === wanted);
    changedHosts.set(value, new Set(same.map((change) => change.host)));
  }
  return changedHosts.get(value);
}

function changeLabel(value) {
  const change = changed[value];
  if (!change) return "any";
  const { title, kind } = columnNamed.get(change.column) || { title: change.column };
  return `${title}, ${text(change.before, kind) || "(empty)"} → ${text(change.after, kind) || "(empty)"}`;
}

/* Whether a cell has a value; for numbers "yes" stands for all but zero. */
function cellPasses(column, value, row) {
  const cell = row.cells[column.name];
  if (Array.isArray(cell) && column.kind === "list") return cell.includes(value);
  if (value === "yes" && typeof cell === "number") return cell !== 0;
  return (cell ?? null) !== null && text(cell, column.kind) === value;
}

const columnFilter = (column) => ({ title: column.title, passes: (row, value) => cellPasses(column, value, row) });

/* By name: the title, whether a row passes for a value, and how the value reads. Every column is a filter, too. */
const filters = {
  ...Object.fromEntries(columns.map((column) => [column.name, columnFilter(column)])),
  status: {
    title: "Status",
    passes: (row, value) => row.cells.status === value,
    label: (value) => value.replace(/_/g, " "),
  },
  unread: { title: "Not read", passes: (row) => row.cells.status !== "ok" },
  registration: { title: "Registration", passes: (row, value) => registration(row) === value },
  behind: { title: "Behind target firmware", passes: (row) => row.cells.behind === true },
  drifting: { title: "Drifting", passes: (row) => row.detail.drift.length > 0 },
  problem: { title: "Problem", passes: (row, value) => row.detail.problems.includes(value) },
  problems: { title: "With problems", passes: (row) => row.detail.problems.length > 0 },
  appeared: { title: "New", passes: (row) => appeared.has(row.cells.host) },
  change: { title: "Changed", passes: (row, value) => hostsChanged(value).has(row.cells.host), label: changeLabel },
};

function filterLabel(name, value) {
  const filter = filters[name];
  return value === "yes" ? filter.title : `${filter.title}: ${filter.label ? filter.label(value) : value || "(empty)"}`;
}

function toggleFilter(name, value) {
  const values = state.filters.get(name) || new Set();
  if (!values.delete(value)) values.add(value);
  if (values.size) state.filters.set(name, values);
  else state.filters.delete(name);
}

function clearFilters() {
  state.query = "";
  state.filters.clear();
}

const searchTexts = report.rows.map((row) => {
  const cells = columns.map((column) => text(row.cells[column.name], column.kind));
  const lines = row.detail.lines.map((line) => `${text(line.label)} ${text(line.user)}`);
  return fold([...cells, ...lines, ...row.detail.problems].join("\n"));
});

const sorted = { by: null, descending: false, order: report.rows.map((_row, index) => index) };

/* The indexes of all rows in the chosen order. */
function order() {
  if (sorted.by !== state.sort || sorted.descending !== state.descending) {
    sorted.by = state.sort;
    sorted.descending = state.descending;
    sorted.order = report.rows.map((_row, index) => index);
    if (state.sort !== null) {
      const keys = report.rows.map((row) => sortKey(row.cells[state.sort]));
      sorted.order.sort((one, other) => compareKeys(keys[one], keys[other], state.descending) || one - other);
    }
  }
  return sorted.order;
}

/* The rows to show: those that contain every word of the search, and pass one of the chosen values of every filter. */
function matching() {
  const words = fold(state.query).split(/\s+/).filter(Boolean);
  const wanted = [...state.filters].map(([name, values]) => [filters[name].passes, [...values]]);
  return order()
    .filter((index) => words.every((word) => searchTexts[index].includes(word)))
    .map((index) => report.rows[index])
    .filter((row) => wanted.every(([passes, values]) => values.some((value) => passes(row, value))));
}

function stateToHash() {
  const hash = new URLSearchParams();
  if (state.query.trim()) hash.append("search", state.query.trim());
  if (state.sort !== null) hash.append(state.descending ? "down" : "up", state.sort);
  for (const name of state.hidden) hash.append("hide", name);
  for (const [name, values] of state.filters) values.forEach((value) => hash.append(`is-${name}`, value));
  const written = hash.toString();
  if (written !== location.hash.slice(1)) history.replaceState(null, "", `#${written}`);
}

/* Reads the address, and ignores what this report does not have. */
function stateFromHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const known = (name) => (columnNamed.has(name) ? name : null);
  state.query = hash.get("search") || "";
  state.descending = hash.has("down");
  state.sort = known(hash.get("down") || hash.get("up"));
  state.hidden = new Set(hash.getAll("hide").filter((name) => known(name) && name !== columns[0].name));
  state.filters.clear();
  for (const [key, value] of hash) {
    const name = key.replace(/^is-/, "");
    if (name !== key && Object.hasOwn(filters, name)) toggleFilter(name, value);
  }
}
