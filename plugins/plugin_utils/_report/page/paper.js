/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a print shows: the filter in words, and the table whatever view the screen shows. */

const SIGNS = { "": "is", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least" };

function valueInWords({ text: value }, field) {
  const cause = field && ["state", "cause"].includes(field.name) ? severities.get(value) : null;
  return cause ? cause.title : value || "(empty)";
}

function termInWords({ field, op, negated, items }) {
  const verb = op === "~" ? "contains" : SIGNS[items[0].sign];
  const values = items.map((item) => valueInWords(item, field)).join(" or ");
  const words = field ? `${field.title} ${verb} ${values}` : `contains ${values}`;
  return negated ? `not (${words})` : words;
}

/* "State is Not registered, and Site is berlin". */
const filterInWords = () => activeFilter.terms.map(termInWords).join(", and ");

onState(() => {
  const words = filterInWords();
  byId("asked").textContent = words && `Only phones of which this is true: ${words}`;
});

/* The table draws its rows while it is seen; page.js makes it draw all of them for a print. */
function drawForPrint() {
  if (state.view !== "phones") views.phones.draw(byId("view-phones"), matching());
}
addEventListener("beforeprint", drawForPrint);
matchMedia("print").addEventListener("change", (event) => event.matches && drawForPrint());
