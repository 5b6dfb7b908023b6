/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* States as people see them: a symbol and a word in the color of a severity. */

const severities = new Map(report.causes.map(({ cause, severity, title }) => [cause, { severity, title }]));
severities.set("ok", { severity: "good", title: "OK" });

/* A cause or "ok": <span class="mark critical"><svg/>Not registered</span>. */
function stateMark(name) {
  const { severity, title } = severities.get(name) || { severity: "warning", title: text(name) };
  return mark(severity, name, title);
}
