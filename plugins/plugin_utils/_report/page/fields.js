/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields that a filter can name: every column, and what a phone's causes, lines and parameters say. */

const columns = report.columns;
const columnNamed = new Map(columns.map((column) => [column.name, column]));
const CAUSES = ["unmanaged", "unregistered", "drifting", "behind", "restart", "certificate", "other", "rebooted"];
const STATUSES = ["unreachable", "unauthorized", "rest_off", "default_password", "tls", "busy", "settings", "error"];
const selected = new Set();

/* A name as people write it: Floor plan, floorplan and floor_plan are the same. */
const named = (name) => fold(name).replace(/[^\p{L}\p{N}]+/gu, "");
const foldMac = (value) => {
  const folded = fold(value);
  return isMac.test(folded) ? folded.replace(/[:-]/g, "") : folded;
};
/* A value as a filter compares it: times as they are written, all else as people read it. */
const plain = (value, kind) => text(value, kind === "time" ? "" : kind);
const cellValues = (name) => (row) => {
  const value = row.cells[name] ?? null;
  return value === null ? [] : Array.isArray(value) && columnNamed.get(name).kind === "list" ? value : [value];
};
const causesOf = (row) => row.causes.map(({ cause }) => cause);
const filled = (value) => (value ?? null) !== null;
const ofDrift = (key) => (row) => row.detail.drift.map((difference) => difference[key]).filter(filled);
/* drift:reg.1.label=Front finds the phones whose label is Front, though it should not be. */
const valuesOfDrift = (row) => row.detail.drift.map(({ parameter, has }) => `${parameter}=${text(has)}`);
const ofLines = (key) => (row) => row.detail.lines.map((line) => line[key]).filter(filled);

function statesOf(row) {
  const { state: worst, status } = row.cells;
  const states = [worst, ...causesOf(row)];
  if (status !== "managed") states.push(status);
  if (status === "unreachable") states.push("offline");
  return states;
}

/* The hosts of a list of changes; read when a filter first asks. */
const changedHosts = new Map();
function hostsOf(kind) {
  if (!changedHosts.has(kind)) {
    const listed = (report.changes && report.changes[kind]) || [];
    changedHosts.set(kind, new Set(listed.map((entry) => (typeof entry === "string" ? entry : entry.host))));
  }
  return changedHosts.get(kind);
}

/* What has happened to each host, by spans of time: week/broken/unregistered. changed.py groups in the same way. */
const SPANS = { day: 86_400, week: 7 * 86_400 };
const asPath = (span, [kind, what, before, after]) => {
  const how = columnNamed.get(what)?.kind;
  const about = kind === "changed" ? [what, plain(before, how), plain(after, how)] : [what].filter(filled);
  return [span, kind, ...about].join("/");
};
function readEvents() {
  const found = new Map();
  const add = (span, host, ...event) => {
    if (!found.has(host)) found.set(host, new Set());
    found.get(host).add(asPath(span, event));
  };
  for (const kind of ["appeared", "broken", "repaired", "changed"]) {
    for (const each of report.changes?.[kind] || []) {
      if (kind === "appeared") add("report", each, kind);
      else add("report", each.host, kind, each.cause ?? each.column, each.before, each.after);
    }
  }
  const age = (time) => (Date.parse(report.time) - Date.parse(time)) / 1000;
  for (const { time, events } of report.history) {
    for (const span of Object.keys(SPANS).filter((name) => age(time) < SPANS[name])) {
      for (const event of events) add(span, ...event);
    }
  }
  return found;
}
let eventPaths = null;
function happened(row) {
  eventPaths ??= readEvents();
  return [...(eventPaths.get(row.cells.host) || [])];
}

const IS = {
  new: (row) => hostsOf("appeared").has(row.cells.host),
  changed: (row) => hostsOf("changed").has(row.cells.host),
  broken: (row) => hostsOf("broken").has(row.cells.host),
  repaired: (row) => hostsOf("repaired").has(row.cells.host),
  known: (row) => row.detail.known === true,
  selected: (row) => selected.has(row),
};

const pseudoFields = [
  {
    name: "state",
    title: "State",
    values: statesOf,
    words: ["ok", ...CAUSES, "offline", ...STATUSES],
  },
  { name: "cause", title: "Cause", values: causesOf, words: CAUSES },
  { name: "happened", title: "What has happened", values: happened },
  { name: "is", title: "Is", values: (row) => Object.keys(IS).filter((word) => IS[word](row)), words: Object.keys(IS) },
  {
    name: "drift",
    title: "Parameter that differs",
    kind: "number",
    values: (row) => [...ofDrift("parameter")(row), ...valuesOfDrift(row), ...cellValues("drift")(row)],
    some: (row) => row.detail.drift.length > 0,
  },
  { name: "wanted", title: "Wanted value of a parameter that differs", values: ofDrift("wanted") },
  { name: "has", title: "Value that the phone has", values: ofDrift("has") },
  { name: "layer", title: "Variable that sets the wanted value", values: ofDrift("layer") },
  { name: "user", title: "User of a line", values: ofLines("user") },
  { name: "server", title: "Registrar of a line", values: ofLines("server") },
  {
    name: "registered",
    title: "Registered",
    kind: "pair",
    values: (row) => [...cellValues("registered")(row), registration(row)],
  },
  {
    name: "since",
    title: "Since when something is wrong",
    kind: "time",
    values: (row) => row.causes.map((cause) => cause.since).filter(filled),
  },
  {
    name: "mac",
    title: "MAC",
    values: (row) => cellValues("mac")(row).flatMap((mac) => [mac, String(mac).replace(/[:-]/g, "")]),
  },
];

const ALIASES = {
  name: "host",
  phone: "host",
  fw: "firmware",
  version: "firmware",
  ip: "address",
  label: "lines",
  line: "lines",
  problem: "problems",
  parameter: "drift",
  registrar: "server",
  extension: "user",
  seen: "last_seen",
  expires: "certificate_end",
  expiring: "certificate_expiring",
  issuer: "certificate_issuer",
};

const fields = new Map();
for (const field of pseudoFields) fields.set(field.name, field);
for (const { name, title, kind } of columns) {
  if (!fields.has(name)) fields.set(name, { name, title, kind, values: cellValues(name) });
}
const fieldsByWord = new Map();
for (const field of fields.values()) {
  for (const word of [field.name, named(field.name)]) {
    if (word && !fieldsByWord.has(word)) fieldsByWord.set(word, field);
  }
}
for (const { name, title } of columns) {
  if (named(title) && !fieldsByWord.has(named(title))) fieldsByWord.set(named(title), fields.get(name));
}
for (const [alias, name] of Object.entries(ALIASES)) {
  if (fields.has(name) && !fieldsByWord.has(alias)) fieldsByWord.set(alias, fields.get(name));
}

/* The field that a name, a title or an alias means. */
const fieldNamed = (name) => fieldsByWord.get(name) || fieldsByWord.get(named(name)) || null;
const fieldNames = () => [...fields.keys()];

/* All of a row's texts, folded. They are made when a search first needs them. */
const searchTexts = new Map();
function searchText(row) {
  let made = searchTexts.get(row);
  if (made === undefined) {
    const { lines, problems } = row.detail;
    const cells = columns.map((column) => plain(row.cells[column.name], column.kind));
    const ofLine = lines.map((line) => `${text(line.label)} ${text(line.user)} ${text(line.server)}`);
    made = fold([...cells, ...ofLine, ...problems].join("\n"));
    searchTexts.set(row, made);
  }
  return made;
}

/* Words are found anywhere; a MAC in any of its spellings. */
function wordTest(item) {
  if (item.parts.length > 1) {
    const anywhere = pattern(item, fold, false);
    return (row) => anywhere.test(searchText(row));
  }
  const wanted = fold(item.text);
  if (isMac.test(wanted)) {
    const mac = foldMac(wanted);
    return (row) => foldMac(text(row.cells.mac)) === mac || searchText(row).includes(wanted);
  }
  return (row) => searchText(row).includes(wanted);
}
