/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The data, and how a value looks, sorts and is found. */
"use strict";

const report = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const formatted = (number) => number.toLocaleString("en-US");
const phones = (number) => `${formatted(number)} ${number === 1 ? "phone" : "phones"}`;

/* A cell as people read it, by its column's kind; shown() in values.py does the same. */
function text(value, kind) {
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

/* Without case, accents and invisible characters, so that a search finds whatever looks like what was typed. */
function fold(value) {
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
