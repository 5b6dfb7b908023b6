/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the phones. The document holds only the rows in view and some around them; a print gets all rows. */

const AROUND = 15;
const BOX = 2.5; // rem, the column of the check boxes

function makeTable({ onOpen }) {
  const container = byId("table");
  const table = container.querySelector("table");
  const [colgroup, head, body] = [table.querySelector("colgroup"), table.tHead, table.tBodies[0]];
  let visible = [];
  let rows = [];
  let drawn = new Map();
  let active = 0;
  let rowHeight = 36;
  let printing = false;
  let laidOut = "";

  function makeCell(column, row) {
    const value = row.cells[column.name];
    const kind = typeof value === "number" ? "number" : null;
    if (isEmpty(value)) return element("td", { class: kind });
    const content = cellContent(column, value);
    if (isLastKnown(column, row)) {
      const seen = row.cells.last_seen ? `last seen ${absolute(row.cells.last_seen)}` : "last known";
      const note = element("span", { class: "unseen" }, " (last known)");
      return element("td", { class: `known ${kind || ""}`.trim(), title: seen }, element("em", {}, content), note);
    }
    const isList = column.kind === "list" && Array.isArray(value) && value.length > 1;
    return element("td", { class: kind, title: isList ? value.join("\n") : null }, content);
  }

  function makeRow(row, index) {
    const name = text(row.cells[HOST]) || "(no name)";
    const tabindex = index === active ? "0" : "-1";
    const isChosen = selected.has(row);
    const box = element("input", { type: "checkbox", "aria-label": `Select ${name}`, tabindex });
    box.checked = isChosen;
    const opener = element("button", { type: "button", class: "link", tabindex, "aria-haspopup": "dialog" }, name);
    const [, ...others] = visible;
    return element(
      "tr",
      { "aria-rowindex": String(index + 2), "data-index": String(index), class: isChosen ? "chosen" : null },
      element("td", { class: "box" }, box),
      element("th", { scope: "row" }, opener),
      ...others.map((column) => makeCell(column, row)),
    );
  }

  const spacer = (count) => {
    const cell = element("td", { colspan: String(visible.length + 1) });
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
    const focused = body.contains(document.activeElement) && document.activeElement.localName;
    if (anew) drawn = new Map();
    if (active < from || active >= to) setActive(Math.min(from + AROUND, to - 1));
    const next = new Map();
    for (let index = from; index < to; index += 1) next.set(index, drawn.get(index) || makeRow(rows[index], index));
    drawn = next;
    const above = from > 0 ? [spacer(from)] : [];
    const below = to < rows.length ? [spacer(rows.length - to)] : [];
    body.replaceChildren(...above, ...next.values(), ...below);
    if (focused) (control(active, focused) || container).focus({ preventScroll: true });
  }

  const control = (index, kind) => drawn.get(index)?.querySelector(kind);
  const controls = (index) => drawn.get(index)?.querySelectorAll("button, input") || [];

  /* The Tab key stops at one phone only: at its check box and at its name. */
  function setActive(index) {
    for (const each of controls(active)) each.tabIndex = -1;
    active = Math.max(0, Math.min(index, rows.length - 1));
    for (const each of controls(active)) each.tabIndex = 0;
  }

  function goTo(index, kind) {
    setActive(index);
    const top = active * rowHeight;
    const room = container.clientHeight - head.offsetHeight - rowHeight;
    if (top < container.scrollTop) container.scrollTop = top;
    else if (top > container.scrollTop + room) container.scrollTop = top - Math.max(room, 0);
    draw(false);
    const target = control(active, kind);
    target?.focus({ preventScroll: true });
    // The page scrolls too if the table is only partly in view.
    target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function sortButton(column) {
    const level = state.sort.findIndex((each) => each.column === column.name);
    const direction = level < 0 ? null : state.sort[level].descending ? "descending" : "ascending";
    const isFirstOfOne = state.sort.length === 1;
    const button = element(
      "button",
      {
        type: "button",
        class: "sort",
        "data-column": column.name,
        "data-sorted": direction,
        "data-level": level < 0 || isFirstOfOne ? null : String(level + 1),
        title: "Click to sort. Shift and click, or Shift and Enter, to sort by several columns.",
      },
      column.title,
    );
    // Of several, assistive technology expects aria-sort at one header; the others say it in words.
    if (level > 0) button.append(element("span", { class: "unseen" }, ` (sorted ${direction}, level ${level + 1})`));
    const sorted = level === 0 ? direction : null;
    const kind = column.kind === "number" ? "number" : null;
    return element("th", { scope: "col", class: kind, "aria-sort": sorted }, button);
  }

  function drawHead() {
    const had = head.contains(document.activeElement) && document.activeElement.dataset.column;
    const box = head.querySelector("input") || element("input", { type: "checkbox" });
    const cells = visible.map(sortButton);
    head.replaceChildren(
      element("tr", { "aria-rowindex": "1" }, element("th", { scope: "col", class: "box" }, box), ...cells),
    );
    if (had) [...head.querySelectorAll("button")].find((button) => button.dataset.column === had)?.focus();
  }

  /* Gives each column its width, once for each width of the window. */
  function layOut() {
    const key = JSON.stringify([visible.map((column) => column.name), container.clientWidth, state.columns === null]);
    if (key === laidOut || !container.clientWidth) return;
    laidOut = key;
    const probe = element("span", { class: "unseen" }, "0".repeat(100));
    container.append(probe);
    const character = probe.scrollWidth / 100 || 8;
    probe.remove();
    const box = BOX * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const widths = columnWidths(visible, Math.floor((container.clientWidth - box) / character));
    const made = [box, ...visible.map((column) => widths.get(column.name) * character)].map((width) => {
      const col = element("col");
      col.style.width = `${Math.floor(width)}px`;
      return col;
    });
    colgroup.replaceChildren(...made);
    table.style.width = `${made.reduce((sum, col) => sum + parseFloat(col.style.width), 0)}px`;
  }

  /* Ascending, descending, then not at all. With `adding`, the other columns stay. */
  function sortBy(name, adding) {
    const had = state.sort.find((each) => each.column === name);
    const next = had?.descending ? [] : [{ column: name, descending: Boolean(had) }];
    if (!adding) setState({ sort: next });
    else if (!had) setState({ sort: [...state.sort, ...next] });
    else setState({ sort: state.sort.flatMap((each) => (each === had ? next : [each])) });
  }

  const rowOf = (event) => event.target.closest("tr[data-index]");

  head.addEventListener("click", (event) => {
    if (event.target.matches("input")) selectAll(event.target.checked);
    const button = event.target.closest("button");
    if (button) sortBy(button.dataset.column, event.shiftKey);
  });
  head.addEventListener("keydown", (event) => {
    const button = event.target.closest("button");
    if (!button || event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    sortBy(button.dataset.column, true);
  });
  body.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (!row) return;
    const index = Number(row.dataset.index);
    if (event.target.closest(".box")) {
      const box = row.querySelector("input");
      if (event.target !== box) box.checked = !box.checked;
      setActive(index);
      selectRow(rows, index, box.checked, event.shiftKey);
      return;
    }
    // Selecting text to copy it does not open the panel.
    if (!event.target.closest("button") && String(getSelection())) return;
    setActive(index);
    onOpen(rows[active]);
  });
  // Shift and a click select a range of phones, not of text.
  body.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest(".box")) event.preventDefault();
  });
  body.addEventListener("keydown", (event) => {
    const row = rowOf(event);
    if (!row || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== "a") return;
      event.preventDefault();
      selectAll(true);
      return;
    }
    if (event.key === " " && event.shiftKey) {
      event.preventDefault();
      selectRow(rows, active, true, true);
      return;
    }
    const page = Math.max(Math.floor(container.clientHeight / rowHeight) - 2, 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    if (event.shiftKey) startRange(rows[active]);
    goTo(active + moves[event.key], event.target.localName);
    if (event.shiftKey) selectRow(rows, active, true, true);
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
  addEventListener("resize", () => {
    layOut();
    draw(false);
  });

  return {
    /* Shows these rows from the top. */
    show(found) {
      visible = shownColumns();
      drawHead();
      layOut();
      rows = found;
      active = 0;
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      table.setAttribute("aria-colcount", String(visible.length + 1));
      container.scrollTop = 0;
      draw(true);
      const measured = drawn.get(0)?.getBoundingClientRect().height;
      if (measured && !printing && Math.abs(measured - rowHeight) > 0.1) {
        rowHeight = measured;
        draw(true);
      }
    },
    /* Marks the rows that are selected. */
    markSelected() {
      for (const [index, made] of drawn) {
        const isChosen = selected.has(rows[index]);
        made.classList.toggle("chosen", isChosen);
        made.querySelector("input").checked = isChosen;
      }
    },
    setPrinting(whether) {
      if (printing === whether) return;
      printing = whether;
      draw(false);
    },
    focus: () => (control(active, "button") || container).focus(),
  };
}
