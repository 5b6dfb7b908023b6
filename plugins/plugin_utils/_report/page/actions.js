/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar of actions above the table, and the menus there. */

const COPIED = [
  ["Hosts", "host", "host", "hosts"],
  ["Addresses", "address", "address", "addresses"],
  ["MACs", "mac", "MAC", "MACs"],
];

function copyColumn(name, one, many) {
  const rows = actedOn();
  const values = rows.map((row) => text(row.cells[name])).filter(Boolean);
  if (!values.length) say(`None of ${phones(rows.length)} has a known ${one}.`);
  else copyText(`${values.join("\n")}\n`, `${formatted(values.length)} ${values.length === 1 ? one : many}`);
}

async function copyCommand(playbook) {
  const rows = actedOn();
  const { text: line, file } = command(playbook, rows);
  await copyText(line, `the command for ${phones(rows.length)}`);
  if (!file) return;
  download(file.name, file.content, "text/plain");
  say(`Copied the command for ${phones(rows.length)}. It reads ${file.name}, which is in your downloads.`);
}

/* A menu closes with Escape, with a click elsewhere, and after a choice. */
function makeMenu(menu) {
  const close = () => {
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    close();
  });
  menu.addEventListener("click", (event) => {
    if (event.target.closest("button")) close();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

function fillMenu(id, entries) {
  const buttons = entries.map(([label, act]) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", act);
    return element("li", {}, button);
  });
  byId(id).querySelector("ul").append(...buttons);
}

/* Says for which phones the actions are. */
function drawActions(rows) {
  const count = selected.size;
  const shown = count && rows.filter((row) => selected.has(row)).length;
  const outside = count > shown ? ` (${formatted(count - shown)} not shown)` : "";
  byId("acted-on").textContent = `${formatted(count)} selected${outside}`;
  byId("acted-on").hidden = byId("clear-selection").hidden = count === 0;
  byId("actions").classList.toggle("chosen", count > 0);
  byId("actions").setAttribute("aria-label", `Actions for ${phones(count || rows.length)}`);
  byId("download").title = `Download ${phones(count || rows.length)} as CSV`;
  byId("download").disabled = !count && !rows.length;
  const box = byId("table").querySelector("thead input");
  if (!box) return;
  box.checked = rows.length > 0 && shown === rows.length;
  box.indeterminate = count > 0 && !box.checked;
  box.setAttribute("aria-label", `Select all ${phones(rows.length)}`);
}

function offerActions() {
  fillMenu("copy", COPIED.map(([label, ...column]) => [label, () => copyColumn(...column)]));
  fillMenu("command", PLAYBOOKS.map((playbook) => [playbook, () => copyCommand(playbook)]));
  byId("download").addEventListener("click", () => download(`${fileStem()}.csv`, toCsv(actedOn()), "text/csv"));
  byId("copy-link").addEventListener("click", () => {
    writeHash();
    copyText(location.href, "the link to this view");
  });
  byId("clear-selection").addEventListener("click", () => {
    selectAll(false);
    table.focus();
  });
  document.querySelectorAll("details.menu").forEach(makeMenu);
}
