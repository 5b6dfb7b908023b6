/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything about one phone, in a dialog. */

function wantedBy({ layer, file, line }) {
  const place = file && line ? `${file}:${line}` : file;
  return [layer, place].filter(Boolean).join(", ");
}

const driftColumns = [
  ["Parameter", "parameter"],
  ["Wanted", "wanted"],
  ["Has", "has"],
  ["Source", "source"],
  ["Wanted by", wantedBy],
];
const lineColumns = [
  ["Line", "line"],
  ["Label", "label"],
  ["User", "user"],
  ["Registered", "registered"],
];

function smallTable(title, kinds, things) {
  const head = element("tr", {}, ...kinds.map(([name]) => element("th", { scope: "col" }, name)));
  const rows = things.map((thing) => element("tr", {}, ...kinds.map(([, key]) => element("td", {}, text(typeof key === "function" ? key(thing) : thing[key])))));
  const table = element("table", { class: "plain" }, element("thead", {}, head), element("tbody", {}, ...rows));
  const region = { class: "scroll", role: "region", "aria-label": title, tabindex: "0" };
  return [element("h3", {}, title), element("div", region, table)];
}

function detailOf(row) {
  const { lines, drift, problems, remedy } = row.detail;
  const parts = [];
  const items = problems.map((problem) => element("li", {}, problem));
  if (items.length) parts.push(element("h3", {}, "Problems"), element("ul", {}, ...items));
  if (remedy) parts.push(element("p", { class: "remedy" }, element("strong", {}, "What to do: "), remedy));
  const cells = columns.filter((column) => column.name !== "problems").flatMap((column) => {
    const shown = cellContent(column, row.cells[column.name]);
    return shown === "" ? [] : [element("div", {}, element("dt", {}, column.title), element("dd", {}, shown))];
  });
  parts.push(element("h3", {}, "Phone"), element("dl", {}, ...cells));
  if (lines.length) parts.push(...smallTable("Lines", lineColumns, lines));
  if (drift.length) parts.push(...smallTable("Parameters that differ", driftColumns, drift));
  return parts;
}

function makeDetail({ onClose }) {
  const dialog = byId("detail");
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    onClose();
  });
  dialog.addEventListener("click", (event) => {
    // The content covers the dialog, so a click on the dialog itself is a click outside.
    if (event.target === dialog || event.target.closest(".close")) dialog.close();
  });
  return (row) => {
    const name = text(row.cells[columns[0].name]) || "(no name)";
    const close = element("button", { type: "button", class: "close" }, "Close");
    const title = element("h2", { id: "detail-title", tabindex: "-1" }, element("bdi", {}, name));
    const top = element("div", { class: "top" }, title, close);
    dialog.replaceChildren(element("div", { class: "content" }, top, ...detailOf(row)));
    dialog.showModal();
    title.focus();
    dialog.scrollTop = 0;
  };
}
