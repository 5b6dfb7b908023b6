/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* A phone's panel: a sheet beside the table, or the whole of a small screen. The address names the phone. */

const panel = element("dialog", { id: "panel", "aria-labelledby": "panel-title" });
const wideScreen = matchMedia("(min-width: 64rem)");
const rowOfHost = new Map(report.rows.map((row) => [hostOf(row), row]));
let panelShows = null;
let focusBefore = null;

const openPhone = (host) => setState({ phone: host });
// Back leaves the panel, however many phones were looked at in it.
const stepTo = (host) => setState({ phone: host }, false);
const closePhone = () => setState({ phone: null });

/* Only an address that a browser opens as a web page; anything else in the data is no link. */
function webInterface(url) {
  if (typeof url !== "string" || !/^https?:\/\/[^\s]+$/i.test(url)) return [];
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer", class: "button" };
  return [element("a", attributes, "Web interface", element("span", { class: "unseen" }, " (opens in a new tab)"))];
}

/* A button that copies what `get` returns; its words then say so. `what`: that, in words. */
function copyButton(words, what, get) {
  const button = element("button", { type: "button", class: "button" }, ...words);
  button.addEventListener("click", async () => {
    if (await copyText(get(), what)) button.textContent = "Copied";
  });
  return button;
}

/* Previous and next through the rows as filtered and sorted, and the place among them. */
function neighbors(host) {
  const rows = matching();
  const at = rows.findIndex((row) => hostOf(row) === host);
  const place = at < 0 ? "not among the phones shown" : `${formatted(at + 1)} of ${formatted(rows.length)}`;
  const [previous, next] = at < 0 ? [null, rows[0]] : [rows[at - 1], rows[at + 1]];
  return { place, previous: previous && hostOf(previous), next: next && hostOf(next) };
}

function stepButton(words, sign, host, keys) {
  const attributes = { type: "button", class: "button step", "data-step": words, disabled: !host, title: keys };
  const shown = element("span", { "aria-hidden": "true" }, sign);
  const made = element("button", attributes, shown, element("span", { class: "unseen" }, `${words} phone`));
  made.addEventListener("click", () => stepTo(host));
  return made;
}

/* The head stays in sight while the rest scrolls. */
function panelHead(host) {
  const { place, previous, next } = neighbors(host);
  const close = element("button", { type: "button", class: "button close" }, "Close");
  close.addEventListener("click", closePhone);
  const steps = element(
    "div",
    { class: "steps" },
    stepButton("Previous", "\u2191", previous, "K or Alt+Up"),
    stepButton("Next", "\u2193", next, "J or Alt+Down"),
    element("span", { class: "muted place" }, place),
    close,
  );
  const title = element("h2", { id: "panel-title", tabindex: "-1" }, element("bdi", {}, host || "(no name)"));
  return element("div", { class: "head" }, steps, title);
}

/* What the phone is, in one line, and what can be done with it. */
function panelTop(host, row) {
  const { address, mac, model, firmware } = row.cells;
  const names = [model, firmware && `firmware ${firmware}`].filter(Boolean);
  const known = [...names.map((words) => element("bdi", {}, words)), standing(row)].filter(Boolean);
  const copies = [
    ["Copy host", host],
    ["Copy address", address],
    ["Copy MAC", mac],
  ];
  const copied = copies.filter(([, value]) => value);
  const summary = known.flatMap((each, index) => (index ? [" \u00b7 ", each] : [each]));
  return [
    element("p", { class: "muted summary" }, ...summary),
    element(
      "div",
      { class: "actions" },
      ...webInterface(row.detail.url),
      ...copied.map(([words, value]) => copyButton([words], text(value), () => text(value))),
      copyButton(["Copy for a ticket"], "the phone as text", () => phoneText(row)),
    ),
  ];
}

/* A phone that the report does not have: what the history still knows of it. */
function absentParts(host) {
  const words = "This phone is not in the report. It may have another name, or it is no longer in the inventory.";
  return [element("p", { class: "absent" }, words), ...(eventsOf(host).length ? [historyOf(host)] : [])];
}

/* A sheet leaves the page usable; the whole screen does not. */
function showPanel() {
  if (panel.open) panel.close();
  // First, since a browser scrolls to what it shows.
  document.documentElement.classList.toggle("beside", wideScreen.matches);
  if (wideScreen.matches) panel.show();
  else panel.showModal();
}

function hidePanel() {
  if (!panel.open) return;
  const had = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.close();
  document.documentElement.classList.remove("beside");
  panel.replaceChildren();
  panelShows = null;
  if (had) (focusBefore?.isConnected ? focusBefore : table).focus();
}

/* Shows the phone of the state; called whenever the state has changed. */
function drawPanel() {
  const host = state.phone;
  if (host === null || host === undefined || host === "") return hidePanel();
  const anew = host !== panelShows;
  const held = panel.contains(document.activeElement) && document.activeElement.dataset.step;
  if (panelShows === null) focusBefore = document.activeElement;
  const row = rowOfHost.get(host);
  if (anew) {
    const parts = row ? [...panelTop(host, row), ...phoneParts(row)] : absentParts(host);
    panel.replaceChildren(panelHead(host), ...parts);
    panelShows = host;
  } else {
    panel.querySelector(".head").replaceWith(panelHead(host));
  }
  if (!panel.open) showPanel();
  if (anew || held) {
    const again = held && panel.querySelector(`[data-step="${held}"]:enabled`);
    (again || panel.querySelector("h2")).focus({ preventScroll: true });
  }
  if (anew) panel.scrollTop = 0;
}

/* J and K work while the panel has the focus; with Alt, the arrow keys do so everywhere. Escape closes the panel. */
function panelKey(event) {
  if (!panel.open || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  const inside = panel.contains(event.target);
  if (event.key === "Escape" && !event.altKey && (inside || !event.target.closest("input, select, details[open]"))) {
    event.preventDefault();
    closePhone();
    return;
  }
  const steps = event.altKey ? { ArrowDown: "next", ArrowUp: "previous" } : inside ? { j: "next", k: "previous" } : {};
  const step = Object.hasOwn(steps, event.key) && steps[event.key];
  if (!step || event.target.closest("select")) return;
  event.preventDefault();
  const host = neighbors(state.phone)[step];
  if (host) stepTo(host);
}

document.body.append(panel);
document.addEventListener("keydown", panelKey);
// The browser's own ways to close a dialog, as the Back gesture of a phone.
panel.addEventListener("cancel", (event) => {
  event.preventDefault();
  closePhone();
});
wideScreen.addEventListener("change", () => {
  if (panel.open) showPanel();
});
onState(drawPanel);
