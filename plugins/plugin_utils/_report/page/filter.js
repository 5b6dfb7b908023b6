/* Copyright (c) 2026 the polycom.vvx contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: site:berlin state:unregistered fw:<5.9.3 label~recep -is:known "line 2". */

const QUOTES = '"\u201c\u201d\u201e';
const WORD = new RegExp(`[^\\s${QUOTES}:~]+(?=[:~])`, "uy");
const NEEDS_QUOTES = new RegExp(`^$|^[<>=]|[\\s,\\\\*${QUOTES}]`, "u");
const PLAIN_NAME = new RegExp(`^(?!-)[^\\s:~,\\\\*${QUOTES}]+$`, "u");

/* A quoted text that begins at a place of the query. A star stands for anything unless a backslash is before it. */
function readQuoted(query, start) {
  const parts = [""];
  let at = start + 1;
  for (; at < query.length && !QUOTES.includes(query[at]); at += 1) {
    if (query[at] === "*") parts.push("");
    else {
      if (query[at] === "\\" && `\\*${QUOTES}`.includes(query[at + 1] || " ")) at += 1;
      parts[parts.length - 1] += query[at];
    }
  }
  return { parts, end: Math.min(at + 1, query.length), closed: at < query.length, quoted: true };
}

/* A text without quotes, up to a space or one of the characters that end it. */
function readPlain(query, start, ends) {
  let end = start;
  while (end < query.length && !/\s/u.test(query[end]) && !ends.includes(query[end])) end += 1;
  return { parts: query.slice(start, end).split("*"), end, closed: true, quoted: false };
}

const readText = (query, at, ends) =>
  at < query.length && QUOTES.includes(query[at]) ? readQuoted(query, at) : readPlain(query, at, ends);

/* A term: where it stands, what it asks of which field (null: anywhere), and what is wrong with it. */
function readTerm(query, start) {
  const negated = query[start] === "-" && /^\S/u.test(query.slice(start + 1));
  let at = negated ? start + 1 : start;
  const made = { start, negated, field: null, op: "~", items: [], error: null };
  let name = null;
  if (QUOTES.includes(query[at])) {
    const quoted = readQuoted(query, at);
    if (quoted.closed && ":~".includes(query[quoted.end] || " ")) [name, at] = [quoted.parts.join("*"), quoted.end];
  } else {
    WORD.lastIndex = at;
    const found = WORD.exec(query)?.[0];
    // The colons of a MAC, an IPv6 address, a time and a URL follow no field.
    const isText = (token) => /^\d|^[\da-f]*:[\da-f:]*:[\da-f:]*$|^\w+:\/\//iu.test(token);
    if (found && (fieldNamed(found) || !isText(readPlain(query, at, "").parts.join("*")))) {
      [name, at] = [found, at + found.length];
    }
  }
  if (name === null) return readItem(query, made, at, "");
  made.field = fieldNamed(name);
  made.op = query[at];
  do {
    readItem(query, made, at + 1, ",");
    at = made.end;
  } while (query[at] === ",");
  made.items = made.items.filter((item, index) => item.text || item.quoted || (index === 0 && made.items.length === 1));
  if (!made.field) made.error = unknownField(name, query.slice(start, made.end));
  else made.error ||= made.items.map((item) => itemError(made.field, made.op, item)).find(Boolean) || null;
  return made;
}

/* Adds the next text of a term to its items. */
function readItem(query, made, start, ends) {
  const sign = made.op === ":" ? /^(?:[<>]=?|=)/u.exec(query.slice(start, start + 2))?.[0] || "" : "";
  const read = readText(query, start + sign.length, ends);
  const text = read.parts.join("*");
  made.items.push({ text, parts: read.parts, quoted: read.quoted, sign: sign.replace(/^=$/u, ""), start });
  made.end = read.end;
  made.closed = read.closed;
  if (!read.closed) made.error = "A quotation mark is missing at the end.";
  return made;
}

function readTerms(query) {
  const terms = [];
  for (let at = 0; ; ) {
    while (at < query.length && /\s/u.test(query[at])) at += 1;
    if (at >= query.length) return terms;
    const made = readTerm(query, at);
    at = made.end;
    made.source = query.slice(made.start, made.end) + (made.closed ? "" : '"');
    terms.push(made);
  }
}

/* What a filter asks: `passes(row)`, the `terms`, and in words what is wrong with it (`errors`). */
function parseFilter(query) {
  const terms = readTerms(query);
  const tests = terms.filter((made) => !made.error).map(termTest);
  return {
    terms,
    errors: [...new Set(terms.map((made) => made.error).filter(Boolean))],
    passes: (row) => tests.every((test) => test(row)),
  };
}

function termTest({ field, negated, op, items }) {
  const tests = items.map((item) => (field ? fieldTest(field, op, item) : wordTest(item)));
  return (row) => tests.some((test) => test(row)) !== negated;
}

/* A test of a row: whether one of the field's values is as the item says. */
function fieldTest(field, op, item) {
  if (op === ":" && !item.sign) {
    const some = (row) => (field.some ? field.some(row) : field.values(row).some((value) => text(value) !== ""));
    if (item.text === "" && item.quoted) return (row) => !some(row);
    if (item.text === "*" && item.parts.length === 2) return some;
  }
  const test = valueTest(field, op, item);
  const known = new Map();
  return (row) => field.values(row).some((value) => {
    if (typeof value !== "string") return test(value);
    if (!known.has(value)) known.set(value, test(value));
    return known.get(value);
  });
}

function valueTest(field, op, item) {
  const folded = field.words ? named : foldMac;
  if (op === "~") {
    const contained = pattern(item, fold, false);
    return (value) => contained.test(fold(plain(value, field.kind)));
  }
  if (item.sign) return comparison(field, item);
  if (item.parts.length > 1) {
    const whole = pattern(item, folded, true);
    return (value) => whole.test(folded(plain(value, field.kind)));
  }
  const wanted = folded(item.text);
  const number = wanted === "" ? NaN : Number(wanted);
  const bool = { yes: true, true: true, no: false, false: false }[wanted];
  return (value) => {
    if (typeof value === "boolean") return value === bool;
    if (typeof value === "number" && (value === number || Boolean(value) === bool)) return true;
    if (field.kind === "time") return item.text.length > 3 && plain(value).startsWith(item.text.toUpperCase());
    return folded(plain(value, field.kind)) === wanted;
  };
}

const escaped = (part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/* The parts between the stars, as a regular expression. */
function pattern(item, folded, whole) {
  const source = item.parts.map((part) => escaped(folded(part))).join("[^\\n]*");
  return new RegExp(whole ? `^${source}$` : source, "u");
}

const SPAN = /^(\d+(?:\.\d+)?)(min|[smhdw])$/;
const MOMENT = /^\d{4}(-\d\d(-\d\d(t\d\d(:\d\d(:\d\d)?)?z?)?)?)?$/;
const UNITS = { s: 1, m: 60, min: 60, h: 3600, d: 86400, w: 604800 };
const asDate = /^\d{4}-\d\d-\d\d/;

/* Seconds of a text such as 7d, or NaN. */
function span(wanted) {
  const found = SPAN.exec(fold(wanted));
  return found ? Number(found[1]) * UNITS[found[2]] : NaN;
}

const signs = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};
const orderOf = (one, other) => (one === other ? 0 : compareKeys(one, other, false));

/* A span compares with how far a time is from now; a date with as much of a time as it says. */
function comparison({ kind }, { text: wanted, sign }) {
  const passes = signs[sign];
  const seconds = span(wanted);
  const key = sortKey(wanted);
  const number = kind === "duration" && !Number.isNaN(seconds) ? seconds : Number(wanted);
  const moment = wanted.toUpperCase();
  return (value) => {
    if (typeof value === "string" && asDate.test(value) && !Number.isNaN(seconds)) {
      return passes(orderOf(Math.abs(Date.now() - Date.parse(value)) / 1000, seconds));
    }
    if (kind === "time") return passes(orderOf(plain(value).slice(0, moment.length), moment));
    if (Array.isArray(value)) return passes(orderOf(value[0], number));
    if (typeof value === "number" && !Number.isNaN(number)) return passes(orderOf(value, number));
    // The field of the drift has names of parameters, too, which are no numbers.
    if (kind === "number") return false;
    const own = sortKey(value);
    return own !== null && passes(orderOf(own, key));
  };
}

/* What is wrong with a value, or null. */
function itemError(field, op, item) {
  const isEmpty = item.text === "";
  const asksForEmpty = item.quoted && op === ":" && !item.sign;
  if (isEmpty && !asksForEmpty) return `Write a value after ${field.name}${op}${item.sign}`;
  const isWord = field.words && op === ":" && item.parts.length === 1 && !isEmpty;
  if (isWord && !field.words.some((word) => named(word) === named(item.text))) {
    return `${field.name} is one of ${field.words.join(", ")}.`;
  }
  if (!item.sign) return null;
  const seconds = span(item.text);
  if (field.kind === "time" && Number.isNaN(seconds) && !MOMENT.test(fold(item.text))) {
    return `${field.name} is a time: 2026-11-01, or 7d for seven days.`;
  }
  const isNumber = !Number.isNaN(Number(item.text)) || (field.kind === "duration" && !Number.isNaN(seconds));
  if (["number", "pair", "duration"].includes(field.kind) && !isNumber) return `${item.text} is not a number.`;
  return field.kind === "boolean" || field.words ? `${field.name} can't be compared by ${item.sign}` : null;
}

function unknownField(name, source) {
  const names = fieldNames().map(fieldToken).join(", ");
  return `There is no field ${name}. The fields are ${names}. To find ${source} as text, put it in quotes.`;
}

const quoted = (value) => `"${value.replace(/["\\*\u201c-\u201e]/g, "\\$&")}"`;
const fieldToken = (name) => (PLAIN_NAME.test(name) ? name : quoted(name));
const valueToken = (value) => (NEEDS_QUOTES.test(value) ? quoted(value) : value);

/* The term for a value of a field, with quotes where needed: site:berlin. An empty value finds empty cells. */
function term(field, value) {
  return `${fieldToken(field)}:${valueToken(text(value, fieldNamed(field)?.kind === "pair" ? "pair" : ""))}`;
}

function itemToken({ text: value, parts, sign }) {
  if (parts.length === 1) return sign + valueToken(value);
  if (!NEEDS_QUOTES.test(`x${parts.join("")}`)) return sign + value;
  return `${sign}"${parts.map((part) => quoted(part).slice(1, -1)).join("*")}"`;
}
const itemKey = (item) => JSON.stringify([item.sign, item.parts.map(fold)]);
const kindOf = (made) => JSON.stringify([made.field?.name ?? null, made.op, made.negated]);
const canGrow = (made) => made.field && made.op === ":" && !made.error && made.items.every((item) => !item.sign);
const holdsAll = (made, items) => items.every((item) => made.items.some((other) => itemKey(other) === itemKey(item)));
const growsWith = (made, one) => canGrow(made) && canGrow(one) && kindOf(made) === kindOf(one);
const isSame = (one, other) =>
  kindOf(one) === kindOf(other) && one.items.length === other.items.length && holdsAll(one, other.items);

function withItems(made, items) {
  const source = `${made.negated ? "-" : ""}${fieldToken(made.field.name)}:${items.map(itemToken).join(",")}`;
  return items.length ? [{ ...made, items, source }] : [];
}

/* Whether a query asks for a term: alone or as one of several values. Several terms must all be there as they are. */
function hasTerm(query, wanted) {
  const terms = readTerms(query);
  const asked = readTerms(wanted);
  if (asked.length !== 1) return asked.length > 0 && asked.every((one) => terms.some((made) => isSame(made, one)));
  return terms.some((made) => isSame(made, asked[0]) || (growsWith(made, asked[0]) && holdsAll(made, asked[0].items)));
}

/* The query with a term, or without it if it has it. A second value of a field is added to the first one (comma);
 * several terms at once replace what the query says of their fields. */
function toggleTerm(query, wanted) {
  const asked = readTerms(wanted);
  const [one] = asked;
  let terms = readTerms(query);
  const had = hasTerm(query, wanted);
  const isMeant = (made, other) => (had ? isSame(made, other) : kindOf(made) === kindOf(other));
  if (asked.length > 1) {
    terms = terms.filter((made) => !asked.some((other) => isMeant(made, other)));
    if (!had) terms.push(...asked);
  } else if (had) {
    const rest = (made) => made.items.filter((item) => !one.items.some((other) => itemKey(other) === itemKey(item)));
    terms = terms
      .filter((made) => !isSame(made, one))
      .flatMap((made) => (growsWith(made, one) ? withItems(made, rest(made)) : [made]));
  } else if (one) {
    const place = terms.findIndex((made) => growsWith(made, one));
    if (place < 0) terms.push(one);
    else {
      const added = one.items.filter((item) => !holdsAll(terms[place], [item]));
      terms.splice(place, 1, ...withItems(terms[place], [...terms[place].items, ...added]));
    }
  }
  return terms.map((made) => made.source).join(" ");
}
