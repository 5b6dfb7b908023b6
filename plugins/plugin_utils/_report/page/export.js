/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the page: copies, commands and CSV. */

const MOST_IN_COMMAND = 20;
const PLAYBOOKS = ["configure", "restart", "diagnose", "report"];

/* A file name from the title: "Phones of Example" is phones-of-example. */
function fileStem() {
  const stem = fold(report.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return stem || "phones";
}

function download(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  // The browser may not have read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  say(`${name} is in your downloads.`);
}

/* Copies a text, says so, and resolves to whether it worked. Where the browser has no clipboard for pages, the text is
 * selected for the reader. */
async function copyText(value, what) {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    if (!copySelected(value, what)) return false;
  }
  say(`Copied ${what}.`);
  return true;
}

/* Copies from a box with the selected text. The box stays if the browser does not copy from it either. */
function copySelected(value, what) {
  const had = document.activeElement;
  const box = element("textarea", { readonly: true, rows: "6", "aria-label": `Text to copy: ${what}` });
  box.value = value;
  const close = element("button", { type: "button", class: "button" }, "Close");
  const hint = element("p", {}, "Press Ctrl+C (⌘C on a Mac) to copy.");
  const dialog = element("dialog", { class: "copy", "aria-label": `Copy ${what}` }, hint, box, close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    had?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  box.select();
  const isCopied = document.execCommand("copy");
  if (isCopied) dialog.close();
  return isCopied;
}

/* Announces what was done, and shows it for a while. */
let sayTimer = 0;
function say(words) {
  const place = byId("said");
  place.textContent = words;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => (place.textContent = ""), 6_000);
}

/* A host as Ansible's --limit takes it: a name with unusual characters as a regular expression that hides them. */
function limitPattern(host) {
  if (/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u.test(host)) return host;
  const hidden = (character) => `\\U${character.codePointAt(0).toString(16).padStart(8, "0")}`;
  return `~^${host.replace(/[^A-Za-z0-9_]/gu, hidden)}$`;
}

const quotedForShell = (value) => `'${value.replace(/'/g, "'\\''")}'`;

/* A command that runs a playbook for phones; for many, with a file that must be beside it. */
function command(playbook, rows) {
  const limits = rows.map((row) => limitPattern(row.cells.host));
  const isFile = rows.length > MOST_IN_COMMAND;
  const file = `${fileStem()}-limit.txt`;
  const limit = isFile ? `@${file}` : quotedForShell(limits.join(","));
  return {
    text: `ansible-playbook polycom.vvx.${playbook} -i inventory --limit ${limit}`,
    file: isFile ? { name: file, content: `${limits.join("\n")}\n` } : null,
  };
}

const FORMULA = ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"];
const BREAKS = "\\n\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const IN_QUOTES = new RegExp(`[,;\\t"${BREAKS}]`);
// As Python's whitespace.
const SPACES = "(?:[^\\S\\ufeff]|[\\x1c-\\x1f\\x85])*";
// As the option csv_delimiter says.
const SEPARATOR = byId("download").dataset.separator;
const OTHERS = SEPARATOR === "," ? ";\t" : ",;\t";
const CELL_START = new RegExp(`([${OTHERS}${BREAKS}]${SPACES})(?=[=+\\-@＝＋－＠])`, "g");

const LONGEST_CELL = 32_767;
const twoDigits = (number) => String(number).padStart(2, "0");

/* A cell in the form that spreadsheets take for what it is. */
function typed(value, kind) {
  if (kind === "pair" && Array.isArray(value)) return value.map((part) => text(part)).join(" of ");
  if (kind === "duration" && typeof value === "number") {
    const seconds = Math.abs(Math.trunc(value));
    const minutes = twoDigits(Math.floor(seconds / 60) % 60);
    return `${value < 0 ? "-" : ""}${Math.floor(seconds / 3600)}:${minutes}:${twoDigits(seconds % 60)}`;
  }
  const isTime = kind === "time" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
  return isTime ? value.replace("T", " ").replace("Z", "") : plain(value, kind);
}

/* A cell that no spreadsheet runs as a formula; formats.py writes the same. */
function csvCell(value, kind) {
  let cell = typed(value, kind).replace(/\r\n?/g, "\n").replace(/\0/g, "\ufffd");
  const characters = cell.length > LONGEST_CELL ? [...cell] : [];
  if (characters.length > LONGEST_CELL) cell = `${characters.slice(0, LONGEST_CELL - 3).join("")}...`;
  if (typeof value === "string" || Array.isArray(value)) {
    cell = cell.replace(CELL_START, "$1'");
    if (FORMULA.some((sign) => cell.startsWith(sign))) cell = `'${cell}`;
  }
  return IN_QUOTES.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

/* All columns of these rows, with the mark by which Excel knows UTF-8. */
function toCsv(rows) {
  const lines = [
    columns.map((column) => csvCell(column.name, "text")),
    ...rows.map((row) => columns.map((column) => csvCell(row.cells[column.name], column.kind))),
  ];
  return `\ufeff${lines.map((line) => `${line.join(SEPARATOR)}\n`).join("")}`;
}
