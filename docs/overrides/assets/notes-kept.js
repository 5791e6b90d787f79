// The reader's own notes: how they are kept in this browser, and whether what they were written on still stands.
// A note is a Web Annotation (W3C); those of a document are one list under one key, which names the archive by its path, so that
// two archives of one host do not mix. What stands there and is no note of ours is never written over. No page is touched here.
import { KEPT, keyOf, root } from "./notes-key.js";
import { FATES, capital } from "./quoting.js";

const ASIDE = `notes-unreadable ${root.pathname} `;
const PLACE = /(?:^|\/)documents\/([a-z0-9]+(?:-[a-z0-9]+)*)\/$/;
const AROUND = 32; // characters before and after the words, as a TextQuoteSelector has them

export const folded = (text) => text.replace(/\s+/g, " ").trim();
export const isOurs = (key) => key === null || key.startsWith(KEPT) || key.startsWith(ASIDE);

// What a script may say of a browser that does not keep what it is given.
export class NotKept extends Error {}

const store = () => {
  try {
    const found = globalThis.localStorage;
    if (found) return found;
  } catch { /* told below */ }
  throw new NotKept("This browser is set to keep nothing for this site, so no note can be kept here.");
};
const put = (key, text) => {
  try {
    if (text === null) store().removeItem(key);
    else store().setItem(key, text);
  } catch (fault) {
    if (fault instanceof NotKept) throw fault;
    throw new NotKept("Not saved: this browser has no more room for this site. Your words still stand here; export or delete some notes, then save again.");
  }
};
const keys = (beginning) => {
  const kept = store();
  return Array.from({ length: kept.length }, (_, index) => kept.key(index)).filter((key) => key?.startsWith(beginning)).sort();
};

// --- what a note is -----------------------------------------------------------------------------------------------------------

const isText = (value) => typeof value === "string";
const timeOf = (value) => (isText(value) && !Number.isNaN(Date.parse(value)) ? value : "");
const spotOf = (target) => {
  const { source, selector, digest, edition, label, title } = target ?? {};
  const document = isText(source) ? source.match(PLACE)?.[1] : undefined;
  const quote = [selector?.refinedBy].flat().find((one) => one?.type === "TextQuoteSelector");
  if (!document || selector.type !== "FragmentSelector" || !/^[a-z]+[0-9]*[a-z]?$/.test(selector.value)) return undefined;
  if (!isText(quote?.exact)) return undefined;
  const text = (value) => (isText(value) ? value : "");
  return {
    document,
    passage: selector.value,
    exact: quote.exact,
    prefix: text(quote.prefix),
    suffix: text(quote.suffix),
    isWhole: !quote.prefix && !quote.suffix,
    digest: /^[0-9a-f]{16}$/.test(digest) ? digest : "",
    edition: text(edition),
    label: text(label) || selector.value.replace(/^p(?=\d)/, ""),
    title: text(title) || document,
  };
};

// An annotation as the pages show it, `undefined` if it is none that can be shown.
export const noteOf = (annotation) => {
  const body = annotation?.body;
  if (annotation?.type !== "Annotation" || !isText(annotation.id) || body?.type !== "TextualBody" || !isText(body.value)) return undefined;
  const spots = [annotation.target].flat().map(spotOf);
  if (!spots.length || !spots.every((one) => one && one.document === spots[0].document)) return undefined;
  return { id: annotation.id, text: body.value, created: timeOf(annotation.created), modified: timeOf(annotation.modified), document: spots[0].document, spots, annotation };
};

export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // `randomUUID` is missing where a site has no TLS
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
};

// A new annotation on parts of passages (`{ id, start, end, text }`); `data` is the document's forms.json.
export const annotationOf = (data, parts, words) => {
  const known = new Map(data.passages.map((one) => [one.id, one]));
  const now = new Date().toISOString();
  return {
    id: newId(),
    type: "Annotation",
    motivation: "commenting",
    created: now,
    modified: now,
    body: { type: "TextualBody", value: words, format: "text/plain", purpose: "commenting" },
    target: parts.map(({ id, start, end, text }) => ({
      type: "SpecificResource",
      source: data.address,
      selector: {
        type: "FragmentSelector",
        value: id,
        refinedBy: {
          type: "TextQuoteSelector",
          exact: text.slice(start, end),
          prefix: text.slice(Math.max(0, start - AROUND), start),
          suffix: text.slice(end, end + AROUND),
        },
      },
      label: known.get(id).label,
      title: data.title,
      edition: data.edition,
      digest: known.get(id).digest,
    })),
  };
};

// The same note with other words.
export const reworded = (annotation, words) => ({ ...annotation, modified: new Date().toISOString(), body: { ...annotation.body, value: words } });

// --- reading and writing --------------------------------------------------------------------------------------------------------

// All that is kept for a document: the list as it stands, the notes in it, and the text if that is no list.
export const read = (document) => {
  const text = store().getItem(keyOf(document));
  if (text === null) return { list: [], notes: [], unreadable: 0 };
  try {
    const list = JSON.parse(text);
    if (!Array.isArray(list)) throw new TypeError("not a list");
    const notes = list.map(noteOf).filter((note) => note?.document === document);
    return { list, notes, unreadable: list.length - notes.length };
  } catch {
    return { list: [], notes: [], unreadable: 1, text };
  }
};

const change = (document, made) => {
  const { list, text } = read(document); // as it is now: another window may have written meanwhile
  if (text !== undefined) put(`${ASIDE}${document} ${newId()}`, text);
  const after = made(list);
  put(keyOf(document), after.length ? JSON.stringify(after) : null);
};

// The annotation is kept; one with its id is replaced if it is still the `before` that was changed, else both are kept.
export const keep = (annotation, before) => {
  const { document } = noteOf(annotation);
  let both = false;
  change(document, (list) => {
    const index = list.findIndex((one) => one?.id === annotation.id);
    if (index < 0) return [...list, annotation];
    if (before && JSON.stringify(list[index]) === JSON.stringify(before)) return list.with(index, annotation);
    both = true;
    return [...list, { ...annotation, id: newId() }];
  });
  return both;
};

export const remove = ({ id, document }) => change(document, (list) => list.filter((one) => one?.id !== id));

export const documentsKept = () => keys(KEPT).map((key) => key.slice(KEPT.length));

// What was found under our keys and is no note: texts, to be handed back to the reader as they are.
export const unreadable = () => [
  ...keys(ASIDE).map((key) => store().getItem(key)),
  ...documentsKept().flatMap((document) => {
    const { list, text } = read(document);
    return text === undefined ? list.filter((one) => noteOf(one)?.document !== document).map((one) => JSON.stringify(one)) : [text];
  }),
];

// Everything is deleted; what is given back takes that back.
export const removeAll = () => {
  const before = [...keys(KEPT), ...keys(ASIDE)].map((key) => [key, store().getItem(key)]);
  for (const [key] of before) put(key, null);
  return () => {
    for (const [key, text] of before) if (store().getItem(key) === null) put(key, text);
  };
};

// Annotations of a file join those that are kept; none is replaced. All of them are kept, or none.
export const merge = (annotations) => {
  const counts = { added: 0, here: 0, beside: 0, left: 0 };
  const arrived = new Map();
  for (const annotation of annotations) {
    const note = noteOf(annotation);
    if (!note) counts.left += 1;
    else arrived.set(note.document, [...(arrived.get(note.document) ?? []), note]);
  }
  const sign = (note) => JSON.stringify([note.text, note.created, note.spots.map((spot) => [spot.passage, spot.exact, spot.digest])]);
  const before = new Map([...arrived.keys()].map((document) => [keyOf(document), store().getItem(keyOf(document))]));
  try {
    for (const [document, notes] of arrived) {
      const { notes: old } = read(document);
      const signs = new Set(old.map(sign));
      const ids = new Set(old.map((one) => one.id));
      const fresh = [];
      for (const note of notes) {
        if (signs.has(sign(note))) {
          counts.here += 1;
          continue;
        }
        const other = ids.has(note.id);
        counts[other ? "beside" : "added"] += 1;
        fresh.push(other ? { ...note.annotation, id: newId() } : note.annotation);
        signs.add(sign(note));
        ids.add(note.id);
      }
      if (fresh.length) change(document, (list) => [...list, ...fresh]);
    }
  } catch (fault) {
    for (const [key, text] of before) put(key, text);
    throw fault;
  }
  return counts;
};

// --- does it still stand? ------------------------------------------------------------------------------------------------------

export const named = (label) => (/^[0-9]+[a-z]?$/.test(label) ? `passage ${label}` : `the ${label}`);

// What the ledger says of a passage since a digest: lines with the links to what stands in its place.
export const since = (data, spot) => {
  const past = data.past[spot.passage] ?? [];
  const index = past.findIndex((entry) => entry.digest === spot.digest);
  return past.slice(index + 1).filter((entry) => entry.fate !== "current").map((entry) => ({
    words: `${capital(named(spot.label))} ${FATES[entry.fate] ?? entry.fate} in edition ${entry.edition}: ${entry.reason.replace(/\.?$/, ".")}`,
    now: entry.now,
  }));
};

// How it stands with the words: `data` is forms.json, `null` if there is none any more, `undefined` if it could not be had;
// `text` gives the words of a passage as they are now, `undefined` where nobody looked: a digest is believed unless the words
// are seen to be others.
export const stateOf = (spot, data, text) => {
  if (data === undefined) return { state: "unknown" };
  const now = data?.passages.find((one) => one.id === spot.passage);
  if (!now) return { state: "gone", document: !data };
  const words = text(spot.passage);
  const times = words === undefined || !spot.exact.trim() ? 0 : folded(words).split(folded(spot.exact)).length - 1;
  if (now.digest === spot.digest && (words === undefined || times)) return { state: "same" };
  return words === undefined ? { state: "unknown" } : { state: "changed", times };
};
const WORST = ["same", "unknown", "changed", "gone"];
export const worst = (states) => states.reduce((one, other) => (WORST.indexOf(other.state) > WORST.indexOf(one.state) ? other : one));
