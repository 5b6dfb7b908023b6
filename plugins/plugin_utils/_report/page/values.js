/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The data, and how a value looks, sorts and is found. */
"use strict";

const report = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const formatted = (number) => number.toLocaleString("en-US");
const phones = (number) => `${formatted(number)} ${number === 1 ? "phone" : "phones"}`;

/* A cell as people read it, by its column's kind; shown() in values.py does the same, but for times. */
function text(value, kind) {
  if (kind === "time" && typeof value === "string") return ago(value);
  if (value === null || value === undefined) return "";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.map((part) => text(part)).join(kind === "pair" ? "/" : " | ");
  return kind === "duration" && typeof value === "number" ? duration(value) : String(value);
}

/* Seconds in the two largest units; duration() in values.py does the same. */
function duration(seconds) {
  const rest = Math.trunc(seconds);
  if (rest < 60) return `${rest} s`;
  const [days, hours, minutes] = [Math.floor(rest / 86400), Math.floor(rest / 3600) % 24, Math.floor(rest / 60) % 60];
  if (days) return `${days} d ${hours} h`;
  return hours ? `${hours} h ${minutes} min` : `${minutes} min`;
}

const plural = (number, unit) => `${formatted(number)} ${unit}${number === 1 ? "" : "s"}`;
const TIME_UNITS = [[365 * 86400, "year"], [30 * 86400, "month"], [86400, "day"], [3600, "hour"], [60, "minute"]];

/* Seconds in words, rounded down to one unit: "12 days". Each lasts until two of the next are full. */
function inWords(seconds) {
  const enough = ([each, name]) => seconds >= each * (name === "minute" ? 1 : 2);
  const [size, unit] = TIME_UNITS.find(enough) || [1, "second"];
  return plural(Math.floor(Math.max(seconds, 0) / size), unit);
}

/* A time by the browser's clock: "3 days ago", "in 2 hours", "just now". Other texts stay as they are. */
function ago(iso) {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return iso;
  const seconds = (Date.now() - moment) / 1000;
  if (Math.abs(seconds) < 60) return "just now";
  return seconds > 0 ? `${inWords(seconds)} ago` : `in ${inWords(-seconds)}`;
}

/* The day of a time where the reader is: "Nov 24", with its year unless that is this year. */
function dayOf(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const year = moment.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return moment.toLocaleDateString("en-US", { month: "short", day: "numeric", year });
}

/* A time in full, where the reader is and in UTC: "Nov 24, 2026, 09:00 (2026-11-24 08:00 UTC)". */
function absolute(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const utc = `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (moment.getTimezoneOffset() === 0) return utc;
  const date = moment.toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" });
  return `${date}, ${moment.toTimeString().slice(0, 5)} (${utc})`;
}

/* A time in words, in full as its title. Other texts stay as they are. */
function timeElement(iso, words = ago(iso)) {
  if (Number.isNaN(Date.parse(iso))) return element("span", {}, text(iso));
  return element("time", { datetime: iso, title: absolute(iso) }, words);
}

/* Without case, accents and invisible characters, so that a search finds whatever looks like what was typed. */
function fold(value) {
  if (/^[\n\x20-\x7e]*$/.test(value)) return value.toLowerCase(); // most texts, and much faster
  return value.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase();
}

const padded = (digits) => digits.replace(/^0+(?=\d)/, "").padStart(20, "0");
const isMac = /^([0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/;
const isIPv6 = /^[0-9a-f:]+$/;

/* An IPv6 address with all its groups and digits, which compares part by part. */
function expandedIPv6(address) {
  const [head, tail] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const missing = tail ? Math.max(8 - head.length - tail.length, 0) : 0;
  return [...head, ...Array(missing).fill("0"), ...(tail || [])].map((group) => group.padStart(4, "0")).join(":");
}

/* The sort key: a number, a text with its numbers padded to one length (5.9 before 5.10), or null. */
function sortKey(value) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  if (Array.isArray(value)) {
    return `${padded(String(value.length))} ${value.map((part) => sortKey(text(part))).join("\n")}`;
  }
  const folded = fold(value);
  if (isMac.test(folded)) return folded.replace(/[:-]/g, "");
  if (folded.split(":").length > 2 && isIPv6.test(folded)) return expandedIPv6(folded);
  return folded.replace(/\d+/g, padded);
}

/* Numbers come before texts; empty values come last in both directions. */
function compareKeys(one, other, descending) {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  const before = typeof one === typeof other ? one < other : typeof one === "number";
  return before === descending ? 1 : -1;
}

/* How many of a phone's lines are registered: all, some, none or unknown. The cell is a pair or null. */
function registration(row) {
  if (!row.cells.registered) return "unknown";
  const [registered, lines] = row.cells.registered;
  if (registered === 0) return "none";
  return registered === lines ? "all" : "some";
}

/* An element with attributes and children. Texts become text nodes, never HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/* A drawing's element; drawings are made of it, since a string can't become one here. */
function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(document.querySelector("svg").namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* One of the page's symbols: of a cause, "ok", or "other". */
function icon(name) {
  const known = byId(`icon-${name}`) ? name : "other";
  const use = svg("use", { href: `#icon-${known}` });
  return svg("svg", { class: "icon", "aria-hidden": "true", focusable: "false" }, use);
}

/* Words in the color of a severity, with a symbol. */
const mark = (severity, symbol, words) => element("span", { class: `mark ${severity}` }, icon(symbol), words);

/* A text that can be opened if it is longer than a limit. */
function longText(value, limit = 60) {
  const characters = [...value];
  if (characters.length <= limit) return element("bdi", {}, value);
  const start = element("bdi", {}, `${characters.slice(0, limit).join("")}\u2026`);
  return element("details", { class: "long" }, element("summary", {}, start), element("bdi", {}, value));
}
