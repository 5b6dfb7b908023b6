/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of the page and their tabs. The arrow keys go from tab to tab. */

/* By name, in the order of the tabs: the title, and what draws it from the rows that pass. views.js fills it. */
const views = {};
const tabs = [...document.querySelectorAll(".views [role=tab]")];

function showView(name) {
  for (const tab of tabs) {
    const chosen = tab.dataset.view === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(`view-${tab.dataset.view}`).hidden = !chosen;
  }
}

function listenToTabs() {
  const list = document.querySelector(".views");
  list.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length };
    if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const index = tabs.indexOf(document.activeElement) + moves[event.key];
    const tab = Math.abs(moves[event.key]) > 1 ? tabs.at(event.key === "Home" ? 0 : -1) : tabs.at(index % tabs.length);
    tab.focus();
    setState({ view: tab.dataset.view });
  });
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.disabled = false;
    button.addEventListener("click", () => setState({ view: button.dataset.view }));
  }
  list.hidden = false;
}
