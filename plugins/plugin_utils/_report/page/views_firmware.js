/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the firmware: versions of each model against the target; and lines by registrar. */

/* How a version stands to its target: the words, a severity, and the symbol that says the same. */
const STANDINGS = {
  behind: ["behind target", "warning", "behind"],
  target: ["at target", "good", "ok"],
  ahead: ["ahead of target", "notice", "ahead"],
  untargeted: ["no target", "neutral", "gone"],
  unknown: ["version not known", "neutral", "gone"],
};

function standingOf({ firmware, target, behind }) {
  if (!firmware) return "unknown";
  if (!target) return "untargeted";
  if (behind === true) return "behind";
  if (firmware === target) return "target";
  return compareKeys(sortKey(firmware), sortKey(target), false) < 0 ? "behind" : "ahead";
}

/* Models with their versions; the model with the most phones behind comes first. */
function firmwaresOf(rows) {
  const models = new Map();
  for (const { cells } of rows) {
    const model = text(cells.model);
    if (!models.has(model)) models.set(model, { model, phones: 0, behind: 0, targets: new Set(), versions: new Map() });
    const entry = models.get(model);
    const stands = standingOf(cells);
    entry.phones += 1;
    if (stands === "behind") entry.behind += 1;
    if (cells.target) entry.targets.add(cells.target);
    const version = text(cells.firmware);
    counted(entry.versions, JSON.stringify([stands, version]), { stands, version });
  }
  const places = Object.keys(STANDINGS);
  for (const entry of models.values()) {
    const place = ({ stands }) => places.indexOf(stands);
    const order = (one, other) => place(one) - place(other) || other.phones - one.phones;
    entry.ordered = [...entry.versions.values()].sort(order);
  }
  return [...models.values()].sort((one, other) => other.behind - one.behind || other.phones - one.phones);
}

function versionItem(model, { stands, version, phones: number }) {
  const [words, severity, symbol] = STANDINGS[stands];
  const query = `${term("model", model)} ${term("firmware", version)}`;
  const shown = element("bdi", { class: "version" }, version || "(none)");
  const count = countButton(number, query, `phones with ${version}, ${words}`);
  return element("li", {}, shown, count, mark(severity, symbol, words));
}

function modelCells({ model, phones: number, targets, ordered }) {
  const parts = Object.keys(STANDINGS).map((stands) => {
    const these = ordered.filter((version) => version.stands === stands);
    return [STANDINGS[stands][1], these.reduce((sum, version) => sum + version.phones, 0)];
  });
  const versions = element("ul", { class: "versions" }, ...ordered.map((version) => versionItem(model, version)));
  return [
    element("bdi", {}, model || "(none)"),
    countButton(number, term("model", model), `phones of ${model || "no known model"}`),
    element("bdi", {}, [...targets].sort().join(", ") || "(none)"),
    [shareBar(parts, number), versions],
  ];
}

/* Lines by the server that they register at: how many are registered, are not, or could not be asked. */
function registrarsOf(rows) {
  const servers = new Map();
  for (const { detail } of rows) {
    const seen = new Set();
    for (const { server, registered } of detail.lines) {
      const name = text(server);
      if (!servers.has(name)) servers.set(name, { server: name, phones: 0, lines: 0, yes: 0, no: 0 });
      const entry = servers.get(name);
      entry.lines += 1;
      if (registered === true) entry.yes += 1;
      if (registered === false) entry.no += 1;
      if (!seen.has(name)) entry.phones += 1;
      seen.add(name);
    }
  }
  return [...servers.values()].sort((one, other) => other.no - one.no || other.lines - one.lines);
}

function registrarCells({ server, phones: number, lines, yes, no }) {
  const name = server || "(none)";
  const unknown = lines - yes - no;
  const failing = no ? mark("critical", "unregistered", `${formatted(no)} not registered`) : "";
  const unasked = unknown ? element("span", { class: "muted" }, `${formatted(unknown)} not known`) : "";
  return [
    element("bdi", {}, name),
    countButton(number, term("server", server), `phones with lines at ${name}`),
    [
      element("span", {}, `${formatted(yes)} of ${plural(lines, "line")} registered `),
      failing,
      " ",
      unasked,
      shareBar([["critical", no], ["good", yes]], lines),
    ],
  ];
}

views.firmware = {
  title: "Firmware and lines",
  draw(container, rows) {
    const models = [
      { title: "Model", class: "value" },
      { title: "Phones", class: "number" },
      { title: "Target" },
      { title: "Versions", class: "wide" },
    ];
    const servers = [
      { title: "Registrar", class: "value" },
      { title: "Phones", class: "number" },
      { title: "Lines", class: "wide" },
    ];
    const lines = registrarsOf(rows).map(registrarCells);
    fillView(
      container,
      element("div", { class: "view-head" }, viewNote(rows, "")),
      element("h2", {}, "Firmware by model"),
      ...viewTable("Firmware by model", models, firmwaresOf(rows).map(modelCells)),
      element("h2", {}, "Lines by registrar"),
      ...(lines.length ? viewTable("Lines by registrar", servers, lines) : [element("p", {}, "No lines are known.")]),
    );
  },
};
