/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the phones. The document holds only the rows in view and some around them; a print gets all rows. */

const AROUND = 15;
const nameOf = (column) => column.name;

/* A cell in the table or in the detail. A status is marked by a sign and a word, never by color alone. */
function cellContent(column, value) {
  if (column.name === "status" && typeof value === "string") {
    return element("span", { class: value === "ok" ? "status good" : "status bad" }, value.replace(/_/g, " "));
  }
  return text(value, column.kind);
}

/* As wide as the longest value, up to a limit. The detail and the print show what is cut off. */
function columnWidth(column) {
  let longest = column.title.length + 3;
  for (const row of report.rows) longest = Math.max(longest, text(row.cells[column.name], column.kind).length);
  return Math.min(longest, 32) * 1.1 + 4;
}

function makeTable({ onOpen, onSort }) {
  const container = byId("table");
  const table = container.querySelector("table");
  const [colgroup, head, body] = [table.querySelector("colgroup"), table.tHead, table.tBodies[0]];
  const widths = new Map(columns.map((column) => [column.name, columnWidth(column)]));
  let visible = columns;
  let rows = [];
  let drawn = new Map();
  let active = 0;
  let rowHeight = 36;
  let printing = false;

  function makeRow(row, index) {
    const cells = visible.map((column, position) => {
      const value = row.cells[column.name];
      const name = text(value, column.kind) || "(no name)";
      // A print wraps long values only.
      const kind = `${typeof value === "number" ? "number" : ""} ${name.length < 20 ? "short" : ""}`.trim() || null;
      if (position > 0) return element("td", { class: kind }, cellContent(column, value));
      const attributes = { class: "link", tabindex: index === active ? "0" : "-1", "aria-haspopup": "dialog" };
      const opener = element("button", { type: "button", ...attributes }, name);
      return element("th", { scope: "row", class: kind }, opener);
    });
    return element("tr", { "aria-rowindex": String(index + 2), "data-index": String(index) }, ...cells);
  }

  const spacer = (count) => {
    const cell = element("td", { colspan: String(visible.length) });
    const made = element("tr", { class: "space", "aria-hidden": "true" }, cell);
    cell.style.height = `${count * rowHeight}px`;
    return made;
  };

  function range() {
    if (printing) return [0, rows.length];
    const first = Math.floor(container.scrollTop / rowHeight);
    // The table grows with its rows up to the height of the window.
    const many = Math.ceil(Math.max(container.clientHeight, innerHeight) / rowHeight);
    return [Math.max(first - AROUND, 0), Math.min(first + many + AROUND, rows.length)];
  }

  /* Puts the rows in view into the document. Rows that stay in view keep their elements. */
  function draw(anew) {
    const [from, to] = range();
    const focused = body.contains(document.activeElement);
    if (anew) drawn = new Map();
    if (active < from || active >= to) setActive(Math.min(from + AROUND, to - 1));
    const next = new Map();
    for (let index = from; index < to; index += 1) next.set(index, drawn.get(index) || makeRow(rows[index], index));
    drawn = next;
    const above = from > 0 ? [spacer(from)] : [];
    const below = to < rows.length ? [spacer(rows.length - to)] : [];
    body.replaceChildren(...above, ...next.values(), ...below);
    if (focused) (opener(active) || container).focus({ preventScroll: true });
  }

  const opener = (index) => drawn.get(index)?.querySelector("button");

  /* The Tab key stops at one phone only. */
  function setActive(index) {
    opener(active)?.setAttribute("tabindex", "-1");
    active = Math.max(0, Math.min(index, rows.length - 1));
    opener(active)?.setAttribute("tabindex", "0");
  }

  function goTo(index) {
    setActive(index);
    const top = active * rowHeight;
    const room = container.clientHeight - head.offsetHeight - rowHeight;
    if (top < container.scrollTop) container.scrollTop = top;
    else if (top > container.scrollTop + room) container.scrollTop = top - Math.max(room, 0);
    draw(false);
    opener(active)?.focus({ preventScroll: true });
    // The page scrolls too if the table is only partly in view.
    opener(active)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function drawHead() {
    colgroup.replaceChildren(
      ...visible.map((column) => {
        const made = element("col");
        made.style.width = `${widths.get(column.name)}ch`;
        return made;
      }),
    );
    table.style.width = `${visible.reduce((sum, column) => sum + widths.get(column.name), 0)}ch`;
    const cells = visible.map((column) => {
      const button = element("button", { type: "button", class: "sort", "data-column": column.name }, column.title);
      return element("th", { scope: "col", class: column.kind === "number" ? "number" : null }, button);
    });
    head.replaceChildren(element("tr", { "aria-rowindex": "1" }, ...cells));
  }

  function markSorted() {
    for (const button of head.querySelectorAll("button")) {
      const direction = state.descending ? "descending" : "ascending";
      if (button.dataset.column === state.sort) button.parentNode.setAttribute("aria-sort", direction);
      else button.parentNode.removeAttribute("aria-sort");
    }
  }

  head.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) onSort(button.dataset.column);
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-index]");
    // Selecting text to copy it does not open the detail.
    if (!row || (!event.target.closest("button") && String(getSelection()))) return;
    setActive(Number(row.dataset.index));
    onOpen(rows[active]);
  });
  body.addEventListener("keydown", (event) => {
    const page = Math.max(Math.floor(container.clientHeight / rowHeight) - 2, 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    goTo(active + moves[event.key]);
  });
  let waiting = false;
  const drawSoon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const [from, to] = range();
      // Draw again only when few of the rows around are left.
      const spare = AROUND - 5;
      const enough = (from === 0 || drawn.has(from + spare)) && (to === rows.length || drawn.has(to - 1 - spare));
      if (!enough || (from === 0 && !drawn.has(0)) || (to === rows.length && !drawn.has(to - 1))) draw(false);
    });
  };
  container.addEventListener("scroll", drawSoon, { passive: true });
  addEventListener("resize", () => draw(false));

  return {
    /* Shows these rows from the top, without the hidden columns. */
    show(wanted) {
      const now = columns.filter((column) => !state.hidden.has(column.name));
      if (!head.rows.length || String(now.map(nameOf)) !== String(visible.map(nameOf))) {
        visible = now;
        drawHead();
      }
      rows = wanted;
      active = 0;
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      table.setAttribute("aria-colcount", String(visible.length));
      markSorted();
      container.scrollTop = 0;
      draw(true);
      const measured = drawn.get(0)?.getBoundingClientRect().height;
      if (measured && !printing && Math.abs(measured - rowHeight) > 0.1) {
        rowHeight = measured;
        draw(true);
      }
    },
    setPrinting(whether) {
      if (printing === whether) return;
      printing = whether;
      draw(false);
    },
    focus: () => (opener(active) || container).focus(),
  };
}
