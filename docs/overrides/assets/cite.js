// Citing what is selected, or a passage: a dialogue with the quotation, its permalink and every form, made of
// cite/forms.json beside the page. It warns of quotations that mislead. An address that carries an edition and a digest
// (`?v=1-9a67dcb3#p7`) is compared with the page. All words are put in as text. Without scripts, `cite/` has the same.
const main = document.querySelector("main.document");
const NO_TEXT = ".hidden, .ref, .also, .page-break, .grade, .gap"; // stands in a passage without being of it
const LONGEST = 1600; // characters of a quotation that are shown; all are copied
const PART = 60; // characters at either end of a long text fragment
const WORD = /[\p{L}\p{N}\p{M}_]/u;

const element = (name, css, ...content) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  made.append(...content);
  return made;
};
const button = (words, does, css = "") => {
  const made = element("button", css, words);
  made.type = "button";
  made.addEventListener("click", does);
  return made;
};
const link = (words, href) => {
  const made = element("a", "", words);
  if (/^(https?:|\.{0,2}\/|#|[a-z0-9-]+\/)/i.test(href)) made.href = href;
  return made;
};

// asked of the site each time: one that a browser kept may be of an edition before this page
let asked;
const load = () =>
  (asked ??= fetch("cite/forms.json", { cache: "no-cache" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  })).catch((fault) => {
    asked = undefined; // the next attempt asks anew
    throw fault;
  });

// --- the words of a passage: its text nodes without the apparatus, so that offsets are those of the reading text ---------

const boxes = [...(main?.querySelectorAll(".passage > .text[id]") ?? [])];

const nodesOf = (box) => {
  const found = [];
  const walker = document.createTreeWalker(box.querySelector(":scope > p"), NodeFilter.SHOW_ALL, (node) =>
    node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.matches?.(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};
const textOf = (box) => nodesOf(box).map((node) => node.data).join("");

// a selection's part of a passage: whole words, without blanks at its ends; nothing if there are none
const partOf = (box, range) => {
  let at = 0;
  let start = -1;
  let end = -1;
  for (const node of nodesOf(box)) {
    if (range.intersectsNode(node)) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (to > from) {
        if (start < 0) start = at + from;
        end = at + to;
      }
    }
    at += node.length;
  }
  return start < 0 ? undefined : whole(box.id, textOf(box), start, end);
};
const whole = (id, text, start, end) => {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start >= end) return undefined;
  while (start > 0 && WORD.test(text[start]) && WORD.test(text[start - 1])) start -= 1;
  while (end < text.length && WORD.test(text[end - 1]) && WORD.test(text[end])) end += 1;
  return { id, start, end, text };
};
const allOf = (box) => whole(box.id, textOf(box), 0, textOf(box).length);
const partsOf = (range) => boxes.filter((box) => range.intersectsNode(box)).map((box) => partOf(box, range)).filter(Boolean);
const rangeOf = ({ id, start, end }) => {
  const range = document.createRange();
  let at = 0;
  for (const node of nodesOf(document.getElementById(id))) {
    if (start >= at && start < at + node.length) range.setStart(node, start - at);
    if (end > at && end <= at + node.length) {
      range.setEnd(node, end - at);
      break;
    }
    at += node.length;
  }
  return range;
};
const wordsOf = (part) => part.text.slice(part.start, part.end);

// --- addresses ---------------------------------------------------------------------------------------------------------------

const versionOf = (data, ids) => {
  const digests = new Map(data.passages.map((one) => [one.id, one.digest]));
  const mark = ids.reduce((sum, id) => (sum ^ parseInt(digests.get(id)?.slice(0, 8), 16)) >>> 0, 0);
  const last = ids.length > 1 ? `-${ids.at(-1)}` : "";
  return `${encodeURIComponent(data.edition)}-${mark.toString(16).padStart(8, "0")}${last}`;
};

// a browser looks for the words as they are shown, so with the numbers of notes: each end is taken where none stands between
const fragmentOf = (parts) => {
  const pieces = parts.flatMap((part) => {
    const found = [];
    let at = 0;
    let last;
    for (const node of nodesOf(document.getElementById(part.id))) {
      const words = node.data.slice(Math.max(0, part.start - at), Math.max(0, part.end - at));
      at += node.length;
      if (!words) continue;
      if (last && !interrupted(last, node)) found[found.length - 1] += words;
      else found.push(words);
      last = node;
    }
    return found;
  }).filter((piece) => WORD.test(piece));
  if (!pieces.length) return "";
  const first = pieces[0].trim();
  const end = pieces.at(-1).trim();
  if (pieces.length === 1 && first.length <= 2 * PART) return `:~:text=${coded(first)}`;
  return `:~:text=${coded(cut(first, 1))},${coded(cut(end, -1))}`;
};
const interrupted = (before, after) => {
  const between = document.createRange();
  between.setStartAfter(before);
  between.setEndBefore(after);
  return between.toString() !== "";
};
const cut = (text, side) => {
  if (text.length <= PART) return text;
  const part = side > 0 ? text.slice(0, PART) : text.slice(-PART);
  return side > 0 ? part.replace(/\s+\S*$/, "") : part.replace(/^\S*\s+/, "");
};
const coded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");

// --- forms: the signs of forms.json replaced, as its module says ----------------------------------------------------------------

const isNumber = (label) => /^[0-9]+[a-z]?$/.test(label);
const placeOf = (labels, one, many) =>
  labels.length === 2 && labels.every(isNumber)
    ? `${many} ${labels.join("–")}`
    : labels.map((label) => (isNumber(label) ? `${one} ${label}` : label)).join("–");
const filled = (text, data, cited, one = "para.", many = "paras.") =>
  text
    .replaceAll(data.where, () => placeOf(cited.labels, one, many))
    .replaceAll(data.fragment, () => cited.parts[0].id)
    .replaceAll(data.version, () => cited.version);

const cite = (data, parts) => {
  const names = new Map(data.passages.map((one) => [one.id, one.label]));
  const labels = [...new Set([parts[0], parts.at(-1)].map((part) => names.get(part.id)))];
  const version = versionOf(data, parts.map((part) => part.id));
  const address = `${data.address}?v=${version}#${parts[0].id}`;
  return { parts, labels, version, address: address + fragmentOf(parts), words: parts.map(wordsOf).join("\n\n") };
};

// --- what a quotation must not be cut from -----------------------------------------------------------------------------------------

const meets = (part, start, end) => start >= 0 && part.start < end && part.end > start;
const sentence = (text, start, end) => {
  const found = [...text.matchAll(/([.?!]["'”’)]*)\s+(?=["'“‘(]*\p{Lu})/gu)];
  const begins = found.map((one) => one.index + one[0].length).filter((one) => one <= start);
  const ends = found.map((one) => one.index + one[1].length).filter((one) => one >= end);
  return [begins.at(-1) ?? 0, ends[0] ?? text.length];
};

// each warning: its line, and from where to where the fuller quotation goes (`[id, start, end]` of what it must hold)
const warningsOf = (data, parts) => {
  const told = new Map();
  const held = (id, start, end) => parts.some((part) => part.id === id && part.start <= start && part.end >= end);
  const tell = (key, line, needs) => told.has(key) ? told.get(key).needs.push(...needs) : told.set(key, { line, needs });
  for (const part of parts) {
    const provisos = (data.provisos[part.id] ?? []).filter((one) => meets(part, one.start, one.end));
    for (const one of provisos) {
      if (one.kind === "terms") {
        const lost = one.terms.filter((term) => !(term.passage && held(term.passage, ...term.span)));
        if (!lost.length || told.has(`terms ${one.subject}`)) continue;
        const places = [...new Map(lost.map((term) => [term.place, term])).values()];
        const line = ["Cut from its terms: ", link(one.subject, one.href), " is qualified by “", short(lost[0].words), "” ("];
        places.forEach((term, index) => line.push(index ? (index === places.length - 1 ? " and " : ", ") : "", link(term.place, term.href)));
        const needs = lost.filter((term) => term.passage && term.span[0] >= 0).map((term) => [term.passage, ...term.span]);
        tell(`terms ${one.subject}`, [...line, ")."], needs);
      } else {
        const [from, to] = sentence(part.text, Math.min(one.start, one.source[0] < 0 ? one.start : one.source[0]), Math.max(one.end, one.source[1]));
        const full = held(part.id, from, to);
        if (one.kind === "put in")
          tell(`in ${one.words}`, ["Not the source’s words: the editors mark “", short(one.words), "” as put into the quotation from ", link(one.subject, one.href), "."], full ? [] : [[part.id, from, to]]);
        else {
          const inserted = provisos.some((put) => put.kind === "put in" && put.start <= Math.max(part.start, one.start) && put.end >= Math.min(part.end, one.end));
          const named = one.source[0] < 0 ? full : held(part.id, ...one.source);
          if (!inserted && !named)
            tell(`of ${one.subject}`, ["Cut from its attribution: these are words of ", link(one.subject, one.href), ", quoted here."], [[part.id, from, to]]);
        }
      }
    }
  }
  const edited = parts.flatMap(editedIn);
  if (edited.length) tell("edited", [`The editors’ reading, not the paper’s: ${edited.slice(0, 3).join("; ")}${edited.length > 3 ? "; and more" : ""}.`], []);
  return [...told.values()];
};
// what stands in a part by the editors' hand, and what the page says of it
const EDITED = ".ed.supplied, .ed.corr, .ed.unclear, .ed.gap";
const editedIn = (part) => {
  const range = rangeOf(part);
  const all = [...document.getElementById(part.id).querySelectorAll(EDITED)].filter((one) => range.intersectsNode(one));
  return all.map((one) => {
    const copy = one.cloneNode(true);
    for (const other of copy.querySelectorAll(".hidden, .ref")) other.remove();
    return `“${short(copy.textContent)}” (${one.title})`;
  });
};
const short = (words) => (words.length <= 90 ? words : `${cut(words, 1)} …`);

// from the first to the last of what is selected and what is needed, in whole passages between
const extended = (parts, needs) => {
  const order = new Map(boxes.map((box, index) => [box.id, index]));
  const ends = [...parts.map((part) => [part.id, part.start, part.end]), ...needs].map(([id, from, to]) => [order.get(id), from, to]);
  const first = ends.reduce((one, other) => (other[0] < one[0] || (other[0] === one[0] && other[1] < one[1]) ? other : one));
  const last = ends.reduce((one, other) => (other[0] > one[0] || (other[0] === one[0] && other[2] > one[2]) ? other : one));
  return boxes.slice(first[0], last[0] + 1).map((box, index, all) => {
    const text = textOf(box);
    return whole(box.id, text, index ? 0 : first[1], index === all.length - 1 ? last[2] : text.length);
  }).filter(Boolean);
};

// --- the clipboard --------------------------------------------------------------------------------------------------------------------

// `whole` has all of the words where only the beginning of them is shown
const copied = async (shown, plain, status, whole = shown) => {
  const rich = element("div", "", ...whole.cloneNode(true).childNodes);
  try {
    if (navigator.clipboard?.write && globalThis.ClipboardItem) {
      const blob = (type, text) => new Blob([text], { type });
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": blob("text/plain", plain),
        "text/html": blob("text/html", new XMLSerializer().serializeToString(rich)),
      })]);
    } else await navigator.clipboard.writeText(plain);
    status.textContent = "Copied.";
  } catch {
    if (whole !== shown) shown.replaceChildren(...whole.childNodes);
    getSelection().selectAllChildren(shown);
    status.textContent = "The browser does not let the page copy. The words are selected: press Ctrl C, or ⌘ C.";
  }
};

// --- the dialogue -----------------------------------------------------------------------------------------------------------------------

let dialogue;
const named = (labels) =>
  labels.every(isNumber) ? (labels.length > 1 ? `passages ${labels.join("–")}` : `passage ${labels[0]}`)
    : labels.map((label) => (isNumber(label) ? `passage ${label}` : `the ${label}`)).join(" to ");

const quoted = (cited, most) => {
  const box = element("blockquote");
  box.lang = document.getElementById(cited.parts[0].id).closest("[lang]").lang;
  box.dir = "auto";
  box.tabIndex = 0; // a long one scrolls
  let room = most;
  for (const part of cited.parts) {
    const words = wordsOf(part);
    if (room <= 0) break;
    box.append(element("p", "", words.length > room ? `${words.slice(0, room).replace(/\s+\S*$/, "")} …` : words));
    room -= words.length;
  }
  return box;
};

const copyable = (label, shown, plain, status, whole) => {
  const made = button("Copy", () => copied(shown, plain, status, whole), "copy");
  made.setAttribute("aria-label", `Copy: ${label}`);
  return made;
};

const show = (data, parts) => {
  const cited = cite(data, parts);
  const status = element("p", "said");
  status.setAttribute("role", "status");
  const title = element("h2", "", `Cite ${named(cited.labels)}`);
  title.id = "cite-title";
  const close = button("Close", () => dialogue.close(), "close");
  const draft = main.querySelector(".title .draft")?.textContent;
  const quotation = quoted(cited, LONGEST);
  const length = cited.words.length;
  const content = [element("div", "head", title, close)];
  if (draft) content.push(element("p", "draft", draft));
  content.push(element("div", "row", quotation, copyable("the quotation", quotation, cited.words, status, length > LONGEST ? quoted(cited, Infinity) : quotation)));
  if (length > LONGEST) content.push(element("p", "note", `The beginning of ${length.toLocaleString("en-GB")} characters; the button copies all of them.`));
  const warnings = warningsOf(data, parts);
  if (warnings.length) {
    const list = element("ul", "provisos");
    list.setAttribute("aria-label", "Before you quote");
    for (const { line, needs } of warnings) {
      const item = element("li", "", ...line);
      if (needs.length) item.append(" ", button("Quote more fully", () => show(data, extended(parts, needs)), "fuller"));
      list.append(item);
    }
    content.push(list);
  }
  const address = element("span", "address", cited.address);
  content.push(
    element("div", "row", element("p", "", `Edition ${data.edition}, ${named(cited.labels)}. Permalink: `, address), copyable("the permalink", address, cited.address, status)),
  );
  const list = element("dl", "forms");
  for (const form of data.forms) {
    const value = element("dd");
    for (const [text, italic] of form.runs) {
      const words = filled(text, data, cited, form.one, form.many);
      value.append(italic ? element("i", "", words) : words);
    }
    const label = `${form.style}, ${form.what}`;
    list.append(element("div", "", element("dt", "", `${form.style} `, element("span", "", form.what), copyable(label, value, value.textContent, status)), value));
  }
  content.push(list);
  const files = element("p", "files", "For reference managers:");
  for (const [ending, name] of [["bib", "BibTeX"], ["ris", "RIS"], ["json", "CSL-JSON"]]) {
    const file = element("a", "", name);
    if (parts.length === 1) file.href = `cite/${parts[0].id}.${ending}`;
    else file.href = `data:text/plain;charset=utf-8,${encodeURIComponent(filled(data.files[ending], data, cited))}`;
    file.download = `${location.pathname.split("/").at(-2)}-${parts[0].id}.${ending}`;
    files.append(" ", file);
  }
  files.append(" ", link("All passages on one sheet", `cite/#${parts[0].id}`));
  content.push(files, status);
  dialogue ??= made();
  dialogue.replaceChildren(...content);
  if (!dialogue.open) dialogue.showModal();
  dialogue.scrollTop = 0;
  close.focus();
};

const made = () => {
  const box = element("dialog", "cite-dialogue");
  box.setAttribute("aria-labelledby", "cite-title");
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest('a[href^="#"]')) box.close();
  });
  document.body.append(box);
  return box;
};

const open = async (parts, fallback) => {
  try {
    show(await load(), parts);
  } catch {
    location.assign(fallback); // the sheet has the same without a script
  }
};

// --- what offers it ----------------------------------------------------------------------------------------------------------------------

let offered; // the parts of a selection
let offer;
const withdraw = () => {
  offer?.remove();
  offered = undefined;
  document.dispatchEvent(new CustomEvent("withdrawn"));
};
const consider = () => {
  const selection = getSelection();
  if (dialogue?.open || offer?.contains(document.activeElement)) return;
  const parts = selection.rangeCount && !selection.isCollapsed ? partsOf(selection.getRangeAt(0)) : [];
  if (!parts.length) return withdraw();
  offered = parts;
  offer ??= selectionButton();
  const box = document.getElementById(parts.at(-1).id);
  const rects = rangeOf(parts.at(-1)).getClientRects();
  const last = rects[rects.length - 1];
  if (!last) return withdraw();
  const frame = box.getBoundingClientRect();
  box.append(offer);
  offer.style.left = `${Math.max(0, Math.min(last.right - frame.left, frame.width - offer.offsetWidth))}px`;
  offer.style.top = `${last.bottom - frame.top + 4}px`;
  offer.dispatchEvent(new CustomEvent("offered", { bubbles: true, detail: parts })); // notes.js puts its own beside it
};
const selectionButton = () => {
  const box = button("Cite", () => offered && open(offered, `cite/#${offered[0].id}`), "cite-selection");
  box.setAttribute("aria-label", "Cite the words selected");
  box.setAttribute("aria-keyshortcuts", "Alt+C");
  box.title = "Alt C";
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  return box;
};

// --- has it changed? -----------------------------------------------------------------------------------------------------------------------

const FATES = { revised: "was revised", redirected: "was replaced", split: "was divided", merged: "was joined with another", withdrawn: "was withdrawn" };

// the text that an address asks a browser to find; browsers hide it, but some tell it here
const textAsked = () => {
  const asked = performance.getEntriesByType("navigation")[0]?.name.match(/:~:text=([^&]*)/)?.[1];
  try {
    return asked?.split(",").filter((one) => !/^-|-$/.test(one)).map(decodeURIComponent) ?? [];
  } catch {
    return [];
  }
};
const folded = (text) => text.replace(/\s+/g, " ").toLowerCase();

// the passage of the number nearest to one that is not there
const nearest = (id) => {
  const number = (text) => Number(text.match(/\d+/)?.[0] ?? NaN);
  const wanted = number(id);
  if (Number.isNaN(wanted)) return boxes[0];
  return boxes.reduce((one, other) => {
    const distance = (box) => Math.abs((number(box.id) || 0) - wanted);
    return distance(other) < distance(one) ? other : one;
  });
};

const said = (lines, near) => {
  main.querySelector(".cited-before")?.remove();
  const box = element("div", "cited-before", ...lines.map((line) => element("p", "", ...line)));
  box.setAttribute("role", "status");
  box.append(button("Dismiss", () => box.remove(), "close"));
  (near?.closest(".passage") ?? main.querySelector(".passages").firstElementChild).before(box);
  box.scrollIntoView(); // above what the address leads to
};

const check = async (isFirst) => {
  const id = decodeURIComponent(location.hash.slice(1));
  const version = new URLSearchParams(location.search).get("v")?.match(/^(.{1,40})-([0-9a-f]{8})(?:-([a-z0-9]+))?$/);
  const unknown = /^(p\d+[a-z]?|head)$/.test(id) && !document.getElementById(id);
  const sought = isFirst ? textAsked() : [];
  const shownText = sought.length ? folded(main.querySelector(".passages").textContent) : "";
  const lost = sought.filter((words) => !shownText.includes(folded(words)));
  if (!version && !unknown && !lost.length) return;
  const data = await load();
  const known = new Set(data.passages.map((one) => one.id));
  const [, edition, digest, last] = version ?? [];
  const all = data.passages.map((one) => one.id);
  const from = all.indexOf(id);
  const to = last ? all.indexOf(last) : from;
  const ids = from >= 0 && to >= from ? all.slice(from, to + 1) : [];
  const same = !version || (ids.length && versionOf(data, ids).split("-").find((one) => one === digest) !== undefined);
  if (known.has(id) && same && !lost.length) return;
  const label = (one) => named([data.passages.find((each) => each.id === one)?.label ?? one.replace(/^p(?=\d)/, "")]);
  const lines = [];
  const what = id ? label(id) + (last ? ` to ${label(last)}` : "") : "this document";
  lines.push([`You come from a citation of ${what}${edition ? `, edition ${edition}` : ""}${digest ? ` (digest ${digest})` : ""}.`]);
  let told = false;
  for (const one of ids.length ? ids : [id]) {
    const past = data.past[one] ?? [];
    const index = past.findIndex((entry) => entry.digest.startsWith(digest ?? " "));
    const since = past.slice(index + 1).filter((entry) => entry.fate !== "current" && !(index < 0 && entry.edition === edition && ids.length));
    for (const entry of since) {
      told = true;
      const line = [`${label(one).replace(/^./, (sign) => sign.toUpperCase())} ${FATES[entry.fate] ?? entry.fate} in edition ${entry.edition}: ${entry.reason.replace(/\.?$/, ".")}`];
      entry.now.forEach((now, place) => line.push(place ? ", " : " In its place stands ", link(now.words, now.href)));
      lines.push(entry.now.length ? [...line, "."] : line);
    }
  }
  if (!known.has(id) && id) {
    const near = nearest(id);
    if (!told) lines.push(["There is no such passage here, and the ledger of this edition knows of none."]);
    if (near) lines.push(["The nearest passage is ", link(label(near.id), `#${near.id}`), "."]);
  } else if (!same) {
    if (!told) lines.push(["The words that stand here now are not those. The ledger knows of no change that answers to it, so the address may have been miscopied."]);
    if (told || edition !== data.edition)
      lines.push([`What stands now is below, in edition ${data.edition}. The earlier words may still be cited as those of edition ${edition}; this page keeps only their digest.`]);
  }
  if (lost.length) lines.push([`The words “${short(lost[0])}” do not stand on this page${known.has(id) ? `; the address leads to ${label(id)}` : ""}.`]);
  said(lines, document.getElementById(id)?.closest(".text") ?? (id ? nearest(id) : undefined));
};

if (main && boxes.length) {
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(consider, 150);
  });
  main.addEventListener("click", (event) => {
    const asked = event.target.closest(".cite-this");
    if (!asked || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const part = allOf(asked.parentElement);
    if (part) open([part], asked.href);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyC") return;
    clearTimeout(waiting);
    consider();
    if (!offered) return;
    event.preventDefault();
    open(offered, `cite/#${offered[0].id}`);
  });
  // who goes on within the page is no longer at what was cited
  addEventListener("hashchange", () => {
    if (location.search) history.replaceState(history.state, "", location.pathname + location.hash);
    check(false).catch(() => {});
  });
  check(true).catch(() => {}); // a page without its file is read as it is
}

export { allOf, boxes, button, element, link, load, rangeOf, textOf, wordsOf };
