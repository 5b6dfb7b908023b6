/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the sites: the values of a column by what is wrong with their phones, the worst first. */

const groupings = columns.filter((column) => column.by);
const COMMON = ["state", "status", "model", "firmware"];
const needsAttention = (cause) => causeNamed.get(cause)?.severity !== "notice";
const attentionQuery = () => `cause:${report.causes.map(({ cause }) => cause).filter(needsAttention)}`;

/* The column of the address; else the first one of the user's own, else the model. */
function chosenGrouping() {
  const named = (name) => groupings.find((column) => column.name === name);
  return named(state.by) || groupings.find(({ name }) => !COMMON.includes(name)) || named("model") || groupings[0];
}

const emptyGroup = (value) => ({ value, phones: 0, critical: 0, attention: 0, ok: 0, causes: new Map() });

/* Phones by a column's values: how many need attention, how many have nothing wrong, and how many have each cause. */
function groupRows(column, rows) {
  const groups = new Map();
  for (const row of rows) {
    const cell = row.cells[column.name];
    const values = Array.isArray(cell) && cell.length ? cell : [cell];
    for (const value of new Set(values.map((each) => text(each, Array.isArray(cell) ? "text" : column.kind)))) {
      if (!groups.has(value)) groups.set(value, emptyGroup(value));
      addTo(groups.get(value), row);
    }
  }
  return [...groups.values()];
}

function addTo(group, row) {
  const names = row.causes.map(({ cause }) => cause);
  const severities = new Set(names.map((name) => causeNamed.get(name)?.severity || "warning"));
  group.phones += 1;
  if (severities.has("critical")) group.critical += 1;
  if (severities.has("critical") || severities.has("warning")) group.attention += 1;
  if (row.cells.state === "ok") group.ok += 1;
  for (const name of names) group.causes.set(name, (group.causes.get(name) || 0) + 1);
}

/* Most critical phones first, then most that need attention, then the largest share of them, then by name. */
function worstFirst(one, other) {
  const byName = compareKeys(sortKey(one.value), sortKey(other.value), false);
  const share = ({ attention, phones: all }) => attention / all;
  return other.critical - one.critical || other.attention - one.attention || share(other) - share(one) || byName;
}

function sortGroups(groups) {
  groups.sort(worstFirst);
  if (state.order === null) return groups;
  const [by, descending] = [state.order.replace(/^-/, ""), state.order.startsWith("-")];
  const key = (group) => (by === "value" ? sortKey(group.value) : (group[by] ?? group.causes.get(by) ?? 0));
  return groups.sort((one, other) => compareKeys(key(one), key(other), descending));
}

/* Each head sorts: the largest number first, then the smallest, then the worst first again. */
function sortingHead(name, words) {
  const button = element("button", { type: "button", class: "sort", "data-key": name }, words);
  const orders = name === "value" ? [name, `-${name}`, null] : [`-${name}`, name, null];
  const at = state.order === null ? -1 : orders.indexOf(state.order);
  button.addEventListener("click", () => setState({ order: orders[at + 1] }));
  return { button, sorted: at < 0 ? null : state.order.startsWith("-") ? "descending" : "ascending" };
}

function groupChoice(column) {
  const options = groupings.map(({ name, title }) =>
    element("option", { value: name, selected: name === column.name }, title),
  );
  const select = element("select", { id: "sites-by" }, ...options);
  select.addEventListener("change", () => setState({ by: select.value }));
  return element("p", { class: "choice" }, element("label", { for: "sites-by" }, "Group by"), " ", select);
}

/* One row of the matrix. `terms`: the part of the query that names the group, empty for the totals. */
function groupCells(group, terms, causes) {
  const name = group.value || "(none)";
  const find = (query) => [...terms, query].filter(Boolean).join(" ");
  const number = (count, query, words) => (count ? countButton(count, find(query), `${words}, ${name}`) : null);
  const parts = [["critical", group.critical], ["warning", group.attention - group.critical]];
  const attention = number(group.attention, attentionQuery(), "need attention");
  return [
    element("bdi", {}, name),
    terms.length ? number(group.phones, "", "phones") : formatted(group.phones),
    shareCell(group.attention, parts, group.phones, attention),
    ...causes.map(({ cause, title }) => number(group.causes.get(cause), `cause:${cause}`, title)),
    number(group.ok, "state:ok", "with nothing wrong"),
  ];
}

views.sites = {
  title: "By site",
  draw(container, rows) {
    const column = chosenGrouping();
    if (!column || !rows.length) return fillView(container, viewNote(rows, ""));
    const had = new Set(rows.flatMap((row) => row.causes.map(({ cause }) => cause)));
    const causes = report.causes.filter(({ cause }) => had.has(cause));
    const heads = [
      { title: column.title, class: "value", ...sortingHead("value", column.title) },
      { title: "Phones", class: "number", ...sortingHead("phones", "Phones") },
      { title: "Need attention", class: "attention", ...sortingHead("attention", "Need attention") },
      ...causes.map(({ cause, title, severity }) => ({
        class: `number cause-${severity}`,
        ...sortingHead(cause, mark(severity, cause, title)),
      })),
      { title: "Nothing wrong", class: "number", ...sortingHead("ok", "Nothing wrong") },
    ];
    const groups = sortGroups(groupRows(column, rows));
    const body = groups.map((group) => groupCells(group, [term(column.name, group.value)], causes));
    const all = emptyGroup("All");
    rows.forEach((row) => addTo(all, row));
    const hint = "A phone with several causes counts for each of them.";
    fillView(
      container,
      element("div", { class: "view-head" }, groupChoice(column), viewNote(rows, hint)),
      ...viewTable(`${column.title} by state`, heads, body, groupCells(all, [], causes)),
    );
  },
};
