/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What the panel shows of a phone: functions of its row that return elements. */

const hostOf = (row) => text(row.cells[columns[0].name]);
const causeNamed = new Map(report.causes.map((cause) => [cause.cause, cause]));

/* How the history says that a cause has come, and that it has gone. */
const CAUSE_WORDS = {
  unmanaged: ["cannot be managed", "can be managed again"],
  unregistered: ["not registered", "registered again"],
  drifting: ["parameters differ", "parameters as wanted again"],
  behind: ["behind target firmware", "no longer behind target firmware"],
  restart: ["restart pending", "no restart pending any more"],
  certificate: ["certificate ends", "certificate in order again"],
  other: ["other problems", "other problems gone"],
  rebooted: ["rebooted", "not rebooted since"],
};

/* Cells that the panel shows in sections of their own. */
const SHOWN_ELSEWHERE = new Set([
  columns[0].name,
  ...["state", "problems", "drift", "lines", "reason"],
  ...["certificate", "certificate_issuer", "certificate_end", "certificate_expiring"],
]);

const CERTIFICATE_FACTS = [
  ["Subject", "subject"],
  ["Issuer", "issuer"],
  ["Valid from", "not_before"],
  ["Valid to", "not_after"],
  ["SHA-256", "fingerprint"],
  ["TLS", "protocol"],
];

const part = (name, title, ...content) =>
  element("section", { class: `part part-${name}` }, element("h3", {}, title), ...content);

/* The tables of the panel become lists of pairs on a narrow screen, where each cell says its column. */
function partTable(title, heads, lines) {
  const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)));
  const rows = lines.map((cells) => {
    const made = cells.map((cell, index) => element("td", { "data-title": heads[index] }, cell));
    return element("tr", {}, ...made);
  });
  const table = element("table", { class: "plain" }, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "scroll", role: "region", "aria-label": title, tabindex: "0" }, table);
}

function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return element("dl", {}, ...known.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

const statusWords = (status) => text(status).replace(/_/g, " ");

/* What a cell shows: a time in words, a status without its underscores. */
function fact(column, value) {
  if (value === null || value === undefined || value === "") return "";
  if (column.name === "status") return statusWords(value);
  return column.kind === "time" ? timeElement(value) : element("bdi", {}, text(value, column.kind));
}

/* "up for 12 days", or when the phone was last seen. */
function standing(row) {
  const { booted, last_seen: seen } = row.cells;
  if (seen) return element("span", {}, "last seen ", timeElement(seen));
  if (!booted || Number.isNaN(Date.parse(booted))) return "";
  return timeElement(booted, `up for ${inWords((Date.now() - Date.parse(booted)) / 1000)}`);
}

/* The command of a cause's playbook for one phone. */
const commandFor = (cause, row) => (cause?.playbook ? command(cause.playbook, [row]).text : null);

function causeItem(row, { cause: name, since }) {
  const cause = causeNamed.get(name) || { title: name, severity: "warning" };
  const status = name === "unmanaged" ? `: ${statusWords(row.cells.status)}` : "";
  const head = element("p", { class: "what" }, mark(cause.severity, name, cause.title + status));
  const when = () => ["since ", timeElement(since, dayOf(since)), ", ", ago(since)];
  if (since) head.append(" ", element("span", { class: "muted" }, ...when()));
  const item = element("li", { class: cause.severity }, head);
  const mine = name === "unmanaged";
  if (mine && row.cells.reason) item.append(element("p", {}, element("bdi", {}, text(row.cells.reason))));
  const remedy = mine && row.detail.remedy ? row.detail.remedy : cause.remedy;
  if (remedy) item.append(element("p", { class: "remedy" }, remedy));
  const line = commandFor(cause, row);
  if (line) {
    const copy = copyButton(["Copy", element("span", { class: "unseen" }, " the command")], "the command", () => line);
    item.append(element("div", { class: "command" }, element("code", {}, line), copy));
  }
  return item;
}

function stateOf(row) {
  const { problems, remedy, known, restart } = row.detail;
  const unmanaged = row.causes.some((each) => each.cause === "unmanaged");
  const parts = [];
  if (row.causes.length) {
    parts.push(element("ul", { class: "causes-here" }, ...row.causes.map((each) => causeItem(row, each))));
  } else if (row.cells.state === "ok") {
    parts.push(element("p", {}, mark("good", "ok", "Nothing is wrong.")));
  }
  if (row.cells.reason && !unmanaged) parts.push(element("p", {}, element("bdi", {}, text(row.cells.reason))));
  if (known) {
    const seen = row.cells.last_seen;
    const when = seen ? ["This was last known ", timeElement(seen), "."] : ["This was known earlier."];
    parts.push(element("p", { class: "known" }, "The phone could not be read. ", ...when));
  }
  if (problems.length) {
    const list = element("ul", {}, ...problems.map((problem) => element("li", {}, problem)));
    parts.push(element("h4", {}, "Problems"), list);
  }
  if (remedy && !unmanaged) parts.push(element("p", { class: "remedy" }, remedy));
  if (restart) {
    const list = element("ul", {}, ...restart.parameters.map((name) => element("li", {}, element("code", {}, name))));
    const since = restart.since ? [" since ", timeElement(restart.since)] : [];
    parts.push(element("h4", {}, "A restart is pending", ...since, " for"), list);
  }
  return part("state", "State", ...parts);
}

/* Yes, no, or not known: with a sign, since a color alone says nothing. */
function registeredMark(registered) {
  if (registered === null || registered === undefined) return element("span", { class: "muted" }, "not known");
  return registered ? mark("good", "ok", "yes") : mark("critical", "unregistered", "no");
}

function linesOf({ detail: { lines } }) {
  const made = lines.map((line) => [
    text(line.line),
    element("bdi", {}, text(line.label)),
    element("bdi", {}, text(line.user)),
    registeredMark(line.registered),
    element("bdi", {}, text(line.server)),
  ]);
  return part("lines", "Lines", partTable("Lines", ["Line", "Label", "User", "Registered", "Registrar"], made));
}

/* Where a wish stands: the layer, and the file with its line. */
function wishPlace({ layer, file, line }) {
  const place = file && line ? `${file}:${line}` : file;
  return [layer, place].filter(Boolean).map((words) => element("div", { class: "place" }, words));
}

function driftOf({ detail: { drift } }) {
  const made = drift.map((each) => [
    element("code", {}, each.parameter),
    element("span", {}, longText(text(each.wanted)), ...wishPlace(each)),
    longText(text(each.has)),
    text(each.source),
  ]);
  const title = "Parameters that differ";
  return part("drift", title, partTable(title, ["Parameter", "Wanted", "Has", "Source"], made));
}

function certificateOf({ cells, detail: { certificate } }) {
  const ending = mark("warning", "certificate", "It has ended, or ends soon.");
  const expiring = cells.certificate_expiring ? [element("p", {}, ending)] : [];
  const pairs = CERTIFICATE_FACTS.map(([title, key]) => [title, element("bdi", {}, text(certificate[key]))]);
  return part("certificate", "Certificate", ...expiring, facts(pairs.filter(([, value]) => value.textContent)));
}

/* All events of the history by host, each with its time; the newest first. */
let eventsByHost = null;
function eventsOf(host) {
  if (eventsByHost === null) {
    eventsByHost = new Map();
    for (const run of [...report.history].reverse()) {
      for (const [name, ...event] of run.events) {
        if (!eventsByHost.has(name)) eventsByHost.set(name, []);
        eventsByHost.get(name).push({ time: run.time, event });
      }
    }
  }
  return eventsByHost.get(host) || [];
}

/* An event in words: "not registered", "Firmware: 5.8.0 → 5.9.3". */
function eventWords([kind, what, before, after]) {
  if (kind === "appeared") return "new in the report";
  if (kind === "disappeared") return "no longer in the report";
  if (kind === "broken" || kind === "repaired") {
    const words = Object.hasOwn(CAUSE_WORDS, what) ? CAUSE_WORDS[what] : [text(what), `no longer: ${text(what)}`];
    return words[kind === "broken" ? 0 : 1];
  }
  const { title, kind: how } = columnNamed.get(what) || { title: text(what) };
  return `${title}: ${text(before, how) || "(empty)"} → ${text(after, how) || "(empty)"}`;
}

/* One line a run: its day, and what happened then. */
function historyOf(host) {
  const runs = new Map();
  for (const { time, event } of eventsOf(host)) runs.set(time, [...(runs.get(time) || []), event]);
  const items = [...runs].map(([time, events]) => {
    const signs = { broken: "broken", repaired: "repaired" };
    const made = events.map((event) => element("span", { class: `event ${signs[event[0]] || ""}` }, eventWords(event)));
    return element("li", {}, timeElement(time, dayOf(time)), element("span", {}, ...made));
  });
  const none = element("p", { class: "muted" }, "No changes are known.");
  return part("history", "History", items.length ? element("ol", { class: "events" }, ...items) : none);
}

function factsOf(row) {
  const shown = columns.filter((column) => !SHOWN_ELSEWHERE.has(column.name));
  return part("facts", "Phone", facts(shown.map((column) => [column.title, fact(column, row.cells[column.name])])));
}

/* The row as the report's JSON has it. It is written when it is opened. */
function rawOf(row) {
  const shown = element("pre", { tabindex: "0", "aria-label": "Raw data" });
  const made = element("details", { class: "part part-raw" }, element("summary", {}, "Raw data (JSON)"), shown);
  made.addEventListener("toggle", () => {
    if (made.open && !shown.textContent) shown.textContent = JSON.stringify(row, null, 2);
  });
  return made;
}

function phoneParts(row) {
  const { lines, drift, certificate } = row.detail;
  return [
    stateOf(row),
    ...(lines.length ? [linesOf(row)] : []),
    ...(drift.length ? [driftOf(row)] : []),
    factsOf(row),
    historyOf(hostOf(row)),
    ...(certificate ? [certificateOf(row)] : []),
    rawOf(row),
  ];
}

/* The phone as plain text, for a ticket or a mail. */
function phoneText(row) {
  const { cells, detail } = row;
  const out = [`${hostOf(row)} (${text(cells.address)})`];
  const line = (words) => out.push(words.replace(/\s+/g, " "));
  for (const { cause: name, since } of row.causes) {
    const title = causeNamed.get(name)?.title || name;
    const status = name === "unmanaged" ? `: ${statusWords(cells.status)}` : "";
    line(`- ${title}${status}${since ? `, since ${absolute(since)}` : ""}`);
  }
  if (cells.state === "ok") line("- Nothing is wrong.");
  if (cells.reason) line(`  ${cells.reason}`);
  for (const problem of detail.problems) line(`- ${problem}`);
  if (detail.remedy) line(`To do: ${detail.remedy}`);
  for (const column of columns) {
    const value = cells[column.name];
    const isKnown = value !== null && value !== undefined && value !== "";
    if (SHOWN_ELSEWHERE.has(column.name) || column.name === "address" || !isKnown) continue;
    line(`${column.title}: ${column.kind === "time" ? absolute(value) : text(value, column.kind)}`);
  }
  for (const each of detail.lines) {
    const registered = each.registered === null ? "not known" : each.registered ? "registered" : "not registered";
    const server = each.server ? `, ${each.server}` : "";
    line(`Line ${each.line}: ${text(each.label)} (${text(each.user)}), ${registered}${server}`);
  }
  for (const each of detail.drift) {
    line(`${each.parameter}: wanted ${text(each.wanted) || "(empty)"}, has ${text(each.has) || "(empty)"}`);
  }
  line(`Report of ${absolute(report.time)}`);
  return out.join("\n");
}
