/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Which phones are selected. A range begins at the phone that was selected last. */

const selectionListeners = [];
const onSelection = (listener) => selectionListeners.push(listener);
let rangeStart = null;

function selectionChanged() {
  // The filter may ask for is:selected.
  matchedRows.stale = true;
  selectionListeners.forEach((listener) => listener());
}

/* The beginning of the next range, unless there is one. */
function startRange(row) {
  if (!rangeStart) rangeStart = row;
  selected.add(row);
}

function selectRow(rows, index, whether, isRange) {
  const start = isRange && rangeStart ? rows.indexOf(rangeStart) : -1;
  const [from, to] = start < 0 ? [index, index] : [Math.min(start, index), Math.max(start, index)];
  for (const row of rows.slice(from, to + 1)) {
    if (whether) selected.add(row);
    else selected.delete(row);
  }
  if (!isRange) rangeStart = rows[index];
  selectionChanged();
}

/* All that match, or none at all. */
function selectAll(whether) {
  if (whether) matching().forEach((row) => selected.add(row));
  else selected.clear();
  rangeStart = null;
  selectionChanged();
}

/* The phones that an action is for: those selected, or all that match; in the order that somebody has chosen, else in
 * that of the report. */
function actedOn() {
  const meant = selected.size ? selected : new Set(matching());
  return (state.sort.length ? inOrder() : report.rows).filter((row) => meant.has(row));
}
