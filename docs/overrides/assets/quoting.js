// What citing (`cite.js`) and checking (`verify.js`) share: parts of passages, what a quotation must not be cut from, and what
// became of words that an older edition had. A part is `{id, start, end, text}`: a stretch of the words of one passage. `data` is
// a document's cite/forms.json; `data.base`, where it is set, is the address that its links are relative to.
export const PART = 60; // characters at either end of a long text fragment
export const WORD = /[\p{L}\p{N}\p{M}_]/u;

export const element = (name, css, ...content) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  made.append(...content);
  return made;
};
export const button = (words, does, css = "") => {
  const made = element("button", css, words);
  made.type = "button";
  made.addEventListener("click", does);
  return made;
};
export const link = (words, href, base) => {
  const made = element("a", "", words);
  if (/^(https?:|\.{0,2}\/|#|[a-z0-9-]+\/)/i.test(href)) made.href = base ? new URL(href, base) : href;
  return made;
};

// --- the words of a passage on its page: text nodes without the apparatus, so that offsets are those of the reading text --------------

const NO_TEXT = ".hidden, .ref, .also, .page-break, .grade, .gap"; // stands in a passage without being of it
export const nodesOf = (box) => {
  const found = [];
  const walker = box.ownerDocument.createTreeWalker(box.querySelector(":scope > p"), NodeFilter.SHOW_ALL, (node) =>
    node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.matches?.(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};
export const textOf = (box) => nodesOf(box).map((node) => node.data).join("");

// a part on a page that shows it
export const rangeOf = ({ id, start, end }, page = document) => {
  const range = page.createRange();
  let at = 0;
  for (const node of nodesOf(page.getElementById(id))) {
    if (start >= at && start < at + node.length) range.setStart(node, start - at);
    if (end > at && end <= at + node.length) {
      range.setEnd(node, end - at);
      break;
    }
    at += node.length;
  }
  return range;
};

// --- parts --------------------------------------------------------------------------------------------------------------------------

// a stretch in whole words, without blanks at its ends; nothing if there are none
export const whole = (id, text, start, end) => {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start >= end) return undefined;
  while (start > 0 && WORD.test(text[start]) && WORD.test(text[start - 1])) start -= 1;
  while (end < text.length && WORD.test(text[end - 1]) && WORD.test(text[end])) end += 1;
  return { id, start, end, text };
};
export const wordsOf = (part) => part.text.slice(part.start, part.end);
export const cut = (text, side) => {
  if (text.length <= PART) return text;
  const part = side > 0 ? text.slice(0, PART) : text.slice(-PART);
  return side > 0 ? part.replace(/\s+\S*$/, "") : part.replace(/^\S*\s+/, "");
};
export const short = (words) => (words.length <= 90 ? words : `${cut(words, 1)} …`);

export const isNumber = (label) => /^[0-9]+[a-z]?$/.test(label);
export const named = (labels) =>
  labels.every(isNumber) ? (labels.length > 1 ? `passages ${labels.join("–")}` : `passage ${labels[0]}`)
    : labels.map((label) => (isNumber(label) ? `passage ${label}` : `the ${label}`)).join(" to ");

// --- what a quotation must not be cut from -----------------------------------------------------------------------------------------

const meets = (part, start, end) => start >= 0 && part.start < end && part.end > start;
const sentence = (text, start, end) => {
  const found = [...text.matchAll(/([.?!]["'”’)]*)\s+(?=["'“‘(]*\p{Lu})/gu)];
  const begins = found.map((one) => one.index + one[0].length).filter((one) => one <= start);
  const ends = found.map((one) => one.index + one[1].length).filter((one) => one >= end);
  return [begins.at(-1) ?? 0, ends[0] ?? text.length];
};

// what stands in a part by the editors' hand, and what the page of the document says of it
const EDITED = ".ed.supplied, .ed.corr, .ed.unclear, .ed.gap";
const editedIn = (part, page) => {
  const all = [...(page.getElementById(part.id)?.querySelectorAll(EDITED) ?? [])];
  const range = all.length && rangeOf(part, page);
  return all.filter((one) => range.intersectsNode(one)).map((one) => {
    const copy = one.cloneNode(true);
    for (const other of copy.querySelectorAll(".hidden, .ref")) other.remove();
    return `“${short(copy.textContent)}” (${one.title})`;
  });
};

// each warning: its line, and from where to where the fuller quotation goes (`[id, start, end]` of what it must hold); `page` is
// the document's, if it is known
export const warningsOf = (data, parts, page) => {
  const told = new Map();
  const to = (words, href) => link(words, href, data.base);
  const held = (id, start, end) => parts.some((part) => part.id === id && part.start <= start && part.end >= end);
  const tell = (key, line, needs) => told.has(key) ? told.get(key).needs.push(...needs) : told.set(key, { line, needs });
  for (const part of parts) {
    const provisos = (data.provisos[part.id] ?? []).filter((one) => meets(part, one.start, one.end));
    for (const one of provisos) {
      if (one.kind === "terms") {
        const lost = one.terms.filter((term) => !(term.passage && held(term.passage, ...term.span)));
        if (!lost.length || told.has(`terms ${one.subject}`)) continue;
        const places = [...new Map(lost.map((term) => [term.place, term])).values()];
        const line = ["Cut from its terms: ", to(one.subject, one.href), " is qualified by “", short(lost[0].words), "” ("];
        places.forEach((term, index) => line.push(index ? (index === places.length - 1 ? " and " : ", ") : "", to(term.place, term.href)));
        const needs = lost.filter((term) => term.passage && term.span[0] >= 0).map((term) => [term.passage, ...term.span]);
        tell(`terms ${one.subject}`, [...line, ")."], needs);
      } else {
        const [from, until] = sentence(part.text, Math.min(one.start, one.source[0] < 0 ? one.start : one.source[0]), Math.max(one.end, one.source[1]));
        const full = held(part.id, from, until);
        if (one.kind === "put in")
          tell(`in ${one.words}`, ["Not the source’s words: the editors mark “", short(one.words), "” as put into the quotation from ", to(one.subject, one.href), "."], full ? [] : [[part.id, from, until]]);
        else {
          const inserted = provisos.some((put) => put.kind === "put in" && put.start <= Math.max(part.start, one.start) && put.end >= Math.min(part.end, one.end));
          const namedHere = one.source[0] < 0 ? full : held(part.id, ...one.source);
          if (!inserted && !namedHere)
            tell(`of ${one.subject}`, ["Cut from its attribution: these are words of ", to(one.subject, one.href), ", quoted here."], [[part.id, from, until]]);
        }
      }
    }
  }
  const edited = page ? parts.flatMap((part) => editedIn(part, page)) : [];
  if (edited.length) tell("edited", [`The editors’ reading, not the paper’s: ${edited.slice(0, 3).join("; ")}${edited.length > 3 ? "; and more" : ""}.`], []);
  return [...told.values()];
};

// from the first to the last of what is selected and what is needed, in whole passages between; `passages` are all, in order
export const extended = (passages, parts, needs) => {
  const order = new Map(passages.map((one, index) => [one.id, index]));
  const ends = [...parts.map((part) => [part.id, part.start, part.end]), ...needs].map(([id, from, to]) => [order.get(id), from, to]);
  const first = ends.reduce((one, other) => (other[0] < one[0] || (other[0] === one[0] && other[1] < one[1]) ? other : one));
  const last = ends.reduce((one, other) => (other[0] > one[0] || (other[0] === one[0] && other[2] > one[2]) ? other : one));
  return passages.slice(first[0], last[0] + 1).map(({ id, text }, index, all) =>
    whole(id, text, index ? 0 : first[1], index === all.length - 1 ? last[2] : text.length)).filter(Boolean);
};

// --- has it changed? ---------------------------------------------------------------------------------------------------------------

export const FATES = { revised: "was revised", redirected: "was replaced", split: "was divided", merged: "was joined with another", withdrawn: "was withdrawn" };

export const versionOf = (data, ids) => {
  const digests = new Map(data.passages.map((one) => [one.id, one.digest]));
  const mark = ids.reduce((sum, id) => (sum ^ parseInt(digests.get(id)?.slice(0, 8), 16)) >>> 0, 0);
  const last = ids.length > 1 ? `-${ids.at(-1)}` : "";
  return `${encodeURIComponent(data.edition)}-${mark.toString(16).padStart(8, "0")}${last}`;
};

// what the query of a permalink says: `{edition, digest, last}`; nothing if it says nothing
export const readVersion = (query) => {
  const found = new URLSearchParams(query).get("v")?.match(/^(.{1,40})-([0-9a-f]{8})(?:-([a-z0-9]+))?$/);
  return found && { edition: found[1], digest: found[2], last: found[3] };
};

// the passages that an address names, whether the first of them is here, whether their words are those that were cited, and what
// the ledger says has happened since: `events` of `{id, entry}`; `cited` has the entry of what was cited of each passage, if known
export const becameOf = (data, id, version) => {
  const all = data.passages.map((one) => one.id);
  const from = all.indexOf(id);
  const to = version?.last ? all.indexOf(version.last) : from;
  const ids = from >= 0 && to >= from ? all.slice(from, to + 1) : [];
  const same = !version || (ids.length > 0 && versionOf(data, ids).split("-").includes(version.digest));
  const events = [];
  const cited = new Map();
  for (const one of ids.length ? ids : [id]) {
    const past = data.past[one] ?? [];
    const index = past.findIndex((entry) => entry.digest.startsWith(version?.digest ?? " "));
    const then = past[index] ?? past.findLast((entry) => entry.edition === version?.edition);
    if (then) cited.set(one, then);
    for (const entry of past.slice(index + 1))
      if (entry.fate !== "current" && !(index < 0 && entry.edition === version?.edition && ids.length)) events.push({ id: one, entry });
  }
  return { ids, known: from >= 0, same, events, cited };
};
export const labelOf = (data, id) => named([data.passages.find((one) => one.id === id)?.label ?? id.replace(/^p(?=\d)/, "")]);
export const capital = (words) => words.replace(/^./u, (sign) => sign.toUpperCase());
export const eventLine = (data, { id, entry }) => {
  const line = [`${capital(labelOf(data, id))} ${FATES[entry.fate] ?? entry.fate} in edition ${entry.edition}: ${entry.reason.replace(/\.?$/, ".")}`];
  entry.now.forEach((now, place) => line.push(place ? ", " : " In its place stands ", link(now.words, now.href, data.base)));
  return entry.now.length ? [...line, "."] : line;
};

// of these ids that whose number is nearest to one that is not there
export const nearestId = (ids, id) => {
  const number = (text) => Number(text.match(/\d+/)?.[0] ?? NaN);
  const wanted = number(id);
  if (Number.isNaN(wanted)) return ids[0];
  const distance = (one) => Math.abs((number(one) || 0) - wanted);
  return ids.reduce((one, other) => (distance(other) < distance(one) ? other : one));
};
