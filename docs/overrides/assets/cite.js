// Citing what is selected, or a passage: a dialogue with the quotation, its permalink and every form, made of
// cite/forms.json beside the page. It warns of quotations that mislead. An address that carries an edition and a digest
// (`?v=1-9a67dcb3#p7`) is compared with the page. All words are put in as text. Without scripts, `cite/` has the same.
import {
  PART, WORD, becameOf, button, cut, element, eventLine, extended, isNumber, labelOf, link, named, nearestId, nodesOf, rangeOf,
  readVersion, short, textOf, versionOf, warningsOf, whole, wordsOf,
} from "./quoting.js";

const main = document.querySelector("main.document");
const LONGEST = 1600; // characters of a quotation that are shown; all are copied

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

// --- what is selected ---------------------------------------------------------------------------------------------------------

const boxes = [...(main?.querySelectorAll(".passage > .text[id]") ?? [])];

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
const allOf = (box) => whole(box.id, textOf(box), 0, textOf(box).length);
const allPassages = () => boxes.map((box) => ({ id: box.id, text: textOf(box) }));
const partsOf = (range) => boxes.filter((box) => range.intersectsNode(box)).map((box) => partOf(box, range)).filter(Boolean);
// --- addresses ---------------------------------------------------------------------------------------------------------------

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
const coded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");

// --- forms: the signs of forms.json replaced, as its module says ----------------------------------------------------------------

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
  const warnings = warningsOf(data, parts, document);
  if (warnings.length) {
    const list = element("ul", "provisos");
    list.setAttribute("aria-label", "Before you quote");
    for (const { line, needs } of warnings) {
      const item = element("li", "", ...line);
      if (needs.length) item.append(" ", button("Quote more fully", () => show(data, extended(allPassages(), parts, needs)), "fuller"));
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
  files.append(" ", link("All passages on one sheet", `cite/#${parts[0].id}`), " ", link("Check a quotation", "../../verify/"));
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

const said = (lines, near) => {
  main.querySelector(".cited-before")?.remove();
  const box = element("div", "cited-before", ...lines.map((line) => element("p", "", ...line)));
  box.setAttribute("role", "status");
  box.append(button("Dismiss", () => box.remove(), "close"));
  (near?.closest(".passage") ?? main.querySelector(".passages").firstElementChild).before(box);
  box.scrollIntoView(); // above what the address leads to
};

// what was cited, and what changed since, word by word; the build has compared them
const marked = (difference) =>
  difference.map(([step, words]) => {
    if (step === "same") return `${words} `;
    const made = element(step === "new" ? "ins" : "del", "", words);
    made.append(element("span", "hidden", step === "new" ? " [now]" : " [then]"));
    return element("span", "", made, " ");
  });

const versions = (id) => link("all its versions", `versions/#${id}`);

const check = async (isFirst) => {
  const id = decodeURIComponent(location.hash.slice(1));
  const version = readVersion(location.search);
  const unknown = /^(p\d+[a-z]?|head)$/.test(id) && !document.getElementById(id);
  const sought = isFirst ? textAsked() : [];
  const shownText = sought.length ? folded(main.querySelector(".passages").textContent) : "";
  const lost = sought.filter((words) => !shownText.includes(folded(words)));
  if (!version && !unknown && !lost.length) return;
  const data = await load();
  const { known, same, events, cited } = becameOf(data, id, version);
  if (known && same && !lost.length) return;
  const { edition, digest, last } = version ?? {};
  const what = id ? labelOf(data, id) + (last ? ` to ${labelOf(data, last)}` : "") : "this document";
  const lines = [[`You come from a citation of ${what}${edition ? `, edition ${edition}` : ""}${digest ? ` (digest ${digest})` : ""}.`]];
  lines.push(...events.map((one) => eventLine(data, one)));
  for (const one of new Set(events.map((event) => event.id))) {
    const then = cited.get(one);
    if (then?.difference) lines.push([`What changed in ${labelOf(data, one)}: `, ...marked(then.difference), "(", versions(one), ")"]);
    else if (then?.words) lines.push([`What stood in ${labelOf(data, one)}: “${then.words}” (`, versions(one), ")"]);
    else lines.push([`Of what stood in ${labelOf(data, one)} only the digest is kept (`, versions(one), ")."]);
  }
  const near = document.getElementById(known || !id ? id : nearestId(boxes.map((box) => box.id), id));
  if (!known && id) {
    if (!events.length) lines.push(["There is no such passage here, and the ledger of this edition knows of none."]);
    lines.push(["The nearest passage is ", link(labelOf(data, near.id), `#${near.id}`), "."]);
  } else if (!same) {
    if (!events.length) lines.push(["The words that stand here now are not those. The ledger knows of no change that answers to it, so the address may have been miscopied."]);
    if (events.length || edition !== data.edition)
      lines.push([`What stands now is below, in edition ${data.edition}. The earlier words can still be cited as those of edition ${edition}.`]);
  }
  if (lost.length) lines.push([`The words “${short(lost[0])}” do not stand on this page${known ? `; the address leads to ${labelOf(data, id)}` : ""}.`]);
  said(lines, document.getElementById(id)?.closest(".text") ?? near);
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

export { allOf, boxes, load };
