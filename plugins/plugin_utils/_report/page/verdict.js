/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words, and links to views, in what the page says without a script. */

/* "Thu 08:00" within a week, else "Nov 26". */
function dayAndTime(iso) {
  const moment = new Date(iso);
  if (!(Date.now() - moment < 6 * 86400e3)) return dayOf(iso);
  return `${moment.toLocaleDateString("en-US", { weekday: "short" })} ${moment.toTimeString().slice(0, 5)}`;
}

const FORMS = { day: dayAndTime, ago };

/* By the browser's clock: "for 3 days" instead of "since" a time, "2 hours ago" instead of the time. Paper keeps it. */
function sayTimes() {
  for (const time of document.querySelectorAll("time[data-as]")) {
    const place = time.closest("[data-since]") || time;
    const words = place === time ? [] : [`${place.dataset.since} `];
    const said = place === time ? FORMS[time.dataset.as] : (iso) => inWords((Date.now() - Date.parse(iso)) / 1000);
    const paper = element("span", { class: "paper" }, ...(place === time ? [time.cloneNode(true)] : place.childNodes));
    const screen = element("span", { class: "screen" }, ...words, timeElement(time.dateTime, said(time.dateTime)));
    if (place === time) time.replaceWith(screen, paper);
    else place.replaceChildren(screen, paper);
  }
}
