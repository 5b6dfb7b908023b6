/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of what has changed. Its lines are in the page already; the script shows one span of time of them. */

const windows = [...document.querySelectorAll(".window")];

function showWindow(name) {
  for (const each of windows) each.hidden = each.id !== name;
  for (const button of document.querySelectorAll("#spans button")) {
    button.setAttribute("aria-pressed", String(button.dataset.window === name));
  }
}

function offerWindows() {
  const buttons = windows.map(({ id, dataset }) =>
    element("button", { type: "button", class: "button", "data-window": id, "aria-pressed": "false" }, dataset.title),
  );
  const group = element("div", { id: "spans", role: "group", "aria-label": "Span of time" }, ...buttons);
  group.addEventListener("click", (event) => {
    if (event.target.dataset.window) showWindow(event.target.dataset.window);
  });
  windows[0].before(group);
  showWindow(windows[0].id);
}

if (windows.length > 1) offerWindows();
for (const button of document.querySelectorAll("button[data-phone]")) {
  button.disabled = false;
  button.addEventListener("click", () => setState({ phone: button.dataset.phone }));
}
/* All of it is in the page. */
views.changes = { title: "Changes", draw() {} };
