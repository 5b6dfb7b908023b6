/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of the table: which columns are shown, how wide they are, and what stands in them. */

const HOST = "host";
const USUAL = ["state", "model", "firmware", "lines", "registered", "problems"];
const isOwnGroup = (column) => column.by && !["state", "status", "model", "firmware"].includes(column.name);

/* What the inventory or this run says of a phone, even if it did not answer. */
const ALWAYS_NEW = new Set([HOST, "address", "state", "status", "reason", "target", "problems", "last_seen"]);
const isLastKnown = (column, row) => row.detail.known && !ALWAYS_NEW.has(column.name) && !isOwnGroup(column);

const isEmpty = (value) => text(value) === "";
const filledColumns = new Map();
function isFilled({ name }) {
  if (!filledColumns.has(name)) filledColumns.set(name, report.rows.some((row) => !isEmpty(row.cells[name])));
  return filledColumns.get(name);
}

/* All columns as the table orders them: the host, its state, the groups that people have named, the rest. */
const tableColumns = (() => {
  const first = columns.filter(({ name }) => name === HOST || name === "state");
  const own = columns.filter(isOwnGroup);
  return [...first, ...own, ...columns.filter((column) => !first.includes(column) && !own.includes(column))];
})();
const isUsual = (column) => USUAL.includes(column.name) || isOwnGroup(column);
const usualColumns = () =>
  tableColumns.filter((column) => column.name === HOST || (isUsual(column) && isFilled(column)));
const isShown = ({ name }) => name === HOST || state.columns.includes(name);
const shownColumns = () => (state.columns ? tableColumns.filter(isShown) : usualColumns());

/* A cell in the table. What it cuts off, its title, the panel and a print show. */
function cellContent(column, value) {
  if (column.name === "state" && typeof value === "string") return stateMark(value);
  if (column.name === "status" && typeof value === "string") return value.replace(/_/g, " ");
  if (column.kind === "time" && typeof value === "string") return timeElement(value);
  if (column.name === "problems" && Array.isArray(value) && value.length > 1) {
    return `${value.length} problems: ${value.join(", ")}`;
  }
  if (column.name === "lines" && Array.isArray(value) && value.length > 1) {
    return `${text(value[0]) || "(empty)"} +${value.length - 1}`;
  }
  return text(value, column.kind);
}

function cellText(column, value) {
  if (column.name === "state") return severities.get(value)?.title || text(value);
  if (column.name === "lines" && Array.isArray(value)) return `${text(value[0])} +1`;
  return text(value, column.kind);
}

const SAMPLE = 1000;
const LONGEST = 22;
const LEAST = 8;

/* The width of a column in characters: as its longest value in a sample of the rows, within limits. */
const wantedWidths = new Map();
function wantedWidth(column) {
  if (!wantedWidths.has(column.name)) {
    let longest = column.title.length + 2;
    const step = Math.max(1, Math.floor(report.rows.length / SAMPLE));
    for (let index = 0; index < report.rows.length; index += step) {
      longest = Math.max(longest, cellText(column, report.rows[index].cells[column.name]).length);
    }
    const extra = { state: 2, [HOST]: 1.5 }[column.name] || 0;
    wantedWidths.set(column.name, Math.max(Math.min(longest, LONGEST), 5) * 1.1 + 3.5 + extra);
  }
  return wantedWidths.get(column.name);
}

/* Widths in characters. The usual columns fit into `room`; problems get what is left of it. */
function columnWidths(shown, room) {
  const widths = new Map(shown.map((column) => [column.name, wantedWidth(column)]));
  const sum = (values) => values.reduce((all, one) => all + one, 0);
  const missing = sum([...widths.values()]) - room;
  if (!state.columns && missing > 0) {
    // Each gives of what it has above the least; beside an open phone, the state keeps enough to be read.
    const kept = { [HOST]: LONGEST, state: state.phone ? 26 : LEAST };
    const spare = ([name, width]) => Math.max(width - (kept[name] || LEAST), 0);
    const part = Math.min(missing / sum([...widths].map(spare)), 1);
    for (const each of widths) widths.set(each[0], each[1] - spare(each) * part);
  }
  const flexible = widths.has("problems") ? "problems" : shown.at(-1).name;
  widths.set(flexible, widths.get(flexible) + Math.max(room - sum([...widths.values()]), 0));
  return widths;
}
