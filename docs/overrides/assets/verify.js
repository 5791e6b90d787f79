// The page on which a citation, a link or a quotation is checked. What is pasted stays in the browser: documents that come into
// question are found with the search index, their words (cite/words.json) are fetched and compared here by the published rule.
// All words are put in as text. An address with `#q=` is checked at once; what stands behind `#` reaches no server.
import { LEAST_LETTERS, LEAST_WORDS, MOST_WORDS, Searched, fold, isEnough, judge, wholeWordsAt } from "./matching.js";
import { becameOf, capital, element, eventLine, extended, labelOf, link, named, nearestId, readVersion, short, warningsOf, wordsOf } from "./quoting.js";

const root = new URL("..", import.meta.url);
const form = document.querySelector("form.verify");
const pasted = document.getElementById("pasted");
const chosen = document.getElementById("verify-document");
const result = document.getElementById("verify-result");
const status = document.getElementById("verify-status");

const LONGEST = 20_000; // characters that are looked at
const LONGEST_ADDRESS = 4000; // of what is pasted, kept in the address of the page
const MOST_QUOTED = 20; // quotations and links checked at once
const MOST_LOOKED_UP = 12; // words looked up in the index, and documents compared
const MOST_OPENED = 48; // pages of the index opened to find these documents
const MOST_PLACES = 5;
const SHOWN = 500; // characters of a quotation that are shown
const ALIKE = 0.8; // a line beside a link that is so like a passage was meant as a quotation

const LINK = /(?:https?:\/\/|www\.)[^\s<>"“”«»]+|(?<![\w./-])(?:[a-z0-9.-]+\.[a-z]{2,}\/)?documents\/[a-z0-9-]+\/?[^\s<>"“”«»]*/gi;
const MARKED = /“([^“”]+)”|(?<![\p{L}\p{N}_])"(?!\s)([^"]+)(?<!\s)"(?![\p{L}\p{N}_])|«\s*([^«»]+?)\s*»/gu;
const SINGLE = /(?<![\p{L}\p{N}_])[‘']((?:[^‘’']|[’'](?=\p{L}))+)[’'](?![\p{L}\p{N}_])/gu;
const GAPS = /\[[^\]]*\]|…|\.(?: ?\.){2,3}/;

// --- what is fetched ------------------------------------------------------------------------------------------------------------------

const kept = new Map();
const fetched = (path, read) => {
  if (!kept.has(path)) {
    const asked = fetch(new URL(path, root)).then((answer) => {
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(String(answer.status));
      return read(answer);
    });
    kept.set(path, asked);
    asked.catch(() => kept.delete(path)); // the next attempt asks anew
  }
  return kept.get(path);
};
const pageOf = (path) => fetched(path, async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html"));
const formsOf = (id) => fetched(`documents/${id}/cite/forms.json`, async (answer) => ({ ...(await answer.json()), base: new URL(`documents/${id}/`, root) }));
const heldOf = (id) => fetched(`documents/${id}/cite/words.json`, async (answer) => {
  const words = await answer.json();
  return { id, ...words, name: words.titles[1] || words.titles[0], searched: new Searched(words.passages) };
});

let engine;
const index = () => {
  engine ??= import(new URL("pagefind/pagefind.js", root));
  engine.catch(() => (engine = undefined));
  return engine;
};

// the documents that share most with the words, by the index: those with a piece of them as it stands, then by their rare words
const candidates = async (words) => {
  const pagefind = await index();
  const plain = fold(words).text.toLowerCase();
  const tokens = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const rare = [...new Set(tokens(plain))].sort((one, other) => other.length - one.length).slice(0, MOST_LOOKED_UP);
  const pieces = plain.split(GAPS).map(tokens).filter((piece) => piece.length > 1).slice(0, 3);
  const votes = new Map();
  const vote = async (query, weight) => {
    const { results } = await pagefind.search(query);
    for (const one of results) {
      const known = votes.get(one.id) ?? { one, sum: 0 };
      known.sum += weight(results.length);
      votes.set(one.id, known);
    }
  };
  for (const piece of pieces) await vote(`"${piece.slice(0, MOST_LOOKED_UP).join(" ")}"`, () => MOST_LOOKED_UP);
  for (const word of rare) await vote(word, (many) => 1 / Math.log2(1 + many));
  const best = [...votes.values()].sort((one, other) => other.sum - one.sum).slice(0, MOST_OPENED);
  const ids = [];
  for (let at = 0; at < best.length && ids.length < MOST_LOOKED_UP; at += MOST_LOOKED_UP) {
    const opened = await Promise.all(best.slice(at, at + MOST_LOOKED_UP).map(({ one }) => one.data()));
    ids.push(...opened.map((one) => one.raw_url.match(/^\/?documents\/([a-z0-9-]+)\/$/)?.[1]).filter(Boolean));
  }
  return ids.slice(0, MOST_LOOKED_UP);
};

// --- reading what was pasted ------------------------------------------------------------------------------------------------------------

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

// `{raw, host}` of another site, `{raw, path}` of a page here that is no document, or a document and what the link says of it
const readLink = (found) => {
  const raw = found.replace(/[.,;:!?)\]}>’']+$/, "");
  const home = new URL(form.dataset.home);
  let url;
  try {
    if (/^documents\//i.test(raw)) url = new URL(raw, root);
    else url = new URL(/^https?:/i.test(raw) ? raw : `${home.protocol}//${raw}`);
  } catch {
    return { raw, host: raw };
  }
  const base = [root, home].find((one) => one.host === url.host && url.pathname.startsWith(one.pathname));
  if (!base) return { raw, host: url.host };
  const path = url.pathname.slice(base.pathname.length);
  const id = path.match(/^documents\/([a-z0-9-]+)(?:\/|$)/i)?.[1];
  if (!id) return { raw, path };
  const [fragment, directive = ""] = url.hash.slice(1).split(":~:");
  const words = directive.match(/(?:^|&)text=([^&]*)/)?.[1].split(",").filter((one) => !/^-|-$/.test(one)).map(decoded) ?? [];
  const version = readVersion(url.search);
  return { raw, id: id.toLowerCase(), passage: decoded(fragment), version, strange: !version && url.searchParams.has("v"), words };
};

const quotedIn = (text) => {
  const double = [...text.matchAll(MARKED)].map((one) => one[1] ?? one[2] ?? one[3]);
  return double.length ? double : [...text.matchAll(SINGLE)].map((one) => one[1]);
};

// --- a quotation ----------------------------------------------------------------------------------------------------------------------------

const bare = (text) => fold(text).text.toLowerCase().replace(/^[\s.,;]+|[\s.,;]+$/g, "");
const isVerified = (found) => found?.verdict.startsWith("verified");

const inDocuments = async (words, ids) => {
  const held = (await Promise.all(ids.map(heldOf))).filter(Boolean);
  return held.map((one) => ({ held: one, title: one.titles.some((title) => bare(title) === bare(words)), ...judge(words, one.searched) }));
};
const best = (found) => {
  const order = (one) => (one.place >= 0 ? one.likeness ?? 0 : -1);
  return found.filter((one) => one.place >= 0).reduce((one, other) => (one && order(one) >= order(other) ? one : other), undefined);
};

// `{words, answers, differs, missing, first, unread}`: where the words stand, or what is most like them; `first` are documents named
const checkWords = async (words, first = []) => {
  if (!isEnough(words)) return { words, short: true };
  const found = await inDocuments(words, first);
  let unread = false;
  if (!found.some(isVerified) && !found.some((one) => one.title)) {
    try {
      const more = (await candidates(words)).filter((id) => !first.includes(id));
      found.push(...(await inDocuments(words, more)));
    } catch {
      unread = true;
    }
  }
  const missing = found.find((one) => one.missing)?.missing;
  return { words, answers: found.filter(isVerified), title: found.find((one) => one.title)?.held, differs: best(found), missing, first, unread, compared: found.length };
};

const hidden = (text) => element("span", "hidden", text);
const compared = (steps, added, dropped) => {
  const line = element("p", "compared");
  line.dir = "auto";
  for (const [kind, words] of steps) {
    if (kind === "added") line.append(element("ins", "", words, hidden(` [${added}]`)), " ");
    else if (kind === "dropped") line.append(element("del", "", words, hidden(` [${dropped}]`)), " ");
    else line.append(`${words} `);
  }
  return line;
};
const legend = (added, dropped) => element("p", "note", element("ins", "", "Underlined"), `: ${added}. `, element("del", "", "Struck through"), `: ${dropped}.`);
const quotation = (words, language) => {
  const box = element("blockquote", "", element("p", "", words.length > SHOWN ? `${words.slice(0, SHOWN).replace(/\s+\S*$/, "")} …` : words));
  box.dir = "auto";
  if (language) box.lang = language;
  return box;
};

const pathOf = (id, passage = "") => new URL(`documents/${id}/${passage && `#${passage}`}`, root).href;
const labelIn = (held, ids) => {
  const labels = [...new Set([ids[0], ids.at(-1)])].map((id) => held.passages.find((one) => one.id === id)?.label ?? id);
  return named(labels);
};
const placeLink = (held, ids) => link(`${held.name}, ${labelIn(held, ids)}`, pathOf(held.id, ids[0]));
const citeLink = (held, id) => link("Cite this passage", new URL(`documents/${held.id}/cite/#${id}`, root).href);
const listed = (items) => items.flatMap((one, place) => (place ? [place === items.length - 1 ? " and " : ", ", one] : [one]));

// other passages of the document in which the same words stand
const otherPlaces = (held, [from, to]) => {
  const { searched } = held;
  const sought = searched.text.slice(from, to);
  const places = [];
  for (let at = wholeWordsAt(searched.text, sought, to); at >= 0 && places.length < MOST_PLACES; at = wholeWordsAt(searched.text, sought, at + 1))
    places.push(searched.passages[searched.passageAt(at)].id);
  return [...new Set(places)];
};

const cautions = async (held, parts) => {
  const [data, page] = await Promise.all([formsOf(held.id), pageOf(`documents/${held.id}/`)]);
  const warnings = data ? warningsOf(data, parts, page) : [];
  if (!warnings.length) return [];
  const list = element("ul", "provisos");
  list.setAttribute("aria-label", "Before you quote");
  for (const { line, needs } of warnings) {
    const item = element("li", "", ...line);
    if (needs.length) {
      const fuller = extended(held.passages, parts, needs);
      const words = element("blockquote", "", ...fuller.map((part) => element("p", "", wordsOf(part))));
      words.lang = held.language;
      words.dir = "auto";
      item.append(element("details", "", element("summary", "", `Quote more fully: ${labelIn(held, fuller.map((part) => part.id))}`), words));
    }
    list.append(item);
  }
  return [list];
};

// a card: `{verdict, box}`
const card = (verdict, title, css, ...content) => {
  const box = element("article", `answer ${css}`, element("h3", "", element("b", "", verdict), title.length ? ": " : "", ...title), ...content);
  return { verdict, box };
};

const verifiedCard = async (checked, cited) => {
  const { words, answers, first } = checked;
  const [{ held, spans, omissions, verdict }] = answers;
  const parts = spans.flatMap((span) => held.searched.partsOf(span));
  const ids = parts.map((part) => part.id);
  const content = [quotation(words, held.language)];
  for (const left of omissions) content.push(element("p", "", "Left out: ", element("del", "", short(left), hidden(" [only in the document]"))));
  const named = cited.get(held.id);
  if (named && !ids.every((id) => named.includes(id)))
    content.push(element("p", "", element("b", "", "Not where the link leads. "), `It leads to ${labelIn(held, named)}; the words stand in ${labelIn(held, ids)}.`));
  if (first.length && !first.includes(held.id)) content.push(element("p", "", element("b", "", "Not in the document that was named: "), "the words stand in another."));
  const others = spans.length === 1 ? otherPlaces(held, spans[0]) : [];
  const also = [...others.filter((id) => !ids.includes(id)).map((id) => placeLink(held, [id])), ...answers.slice(1, 1 + MOST_PLACES).map((one) => placeLink(one.held, [one.held.passages[one.place].id]))];
  if (also.length) content.push(element("p", "", "The same words also stand in ", ...listed(also), "."));
  content.push(...(await cautions(held, parts)), element("p", "go", citeLink(held, ids[0])));
  return card(capital(verdict), [placeLink(held, ids)], "is-verified", ...content);
};

const notHere = () => {
  const count = Number(form.dataset.documents);
  return element("p", "", `Nothing much like it stands in the ${count === 1 ? "document" : `${count} documents`} held here. That says nothing of other documents: `, link("what is held", new URL("documents/", root).href), ".");
};

const quotationCard = async (checked, cited) => {
  const { words, answers = [], title, differs, missing, unread } = checked;
  if (checked.short) return card("Too short to be checked", [], "is-unclear", quotation(words), element("p", "", `A quotation must have at least ${LEAST_WORDS} words and ${LEAST_LETTERS} letters; fewer stand nearly everywhere.`));
  if (answers.length) return verifiedCard(checked, cited);
  if (title) return card("A title", [link(title.name, pathOf(title.id))], "is-unclear", quotation(words), element("p", "", "These are not words of the document but what it is called."));
  const failed = unread ? [element("p", "", "The search index could not be loaded, so not all documents were looked at. Choose the document above, or paste a link to it.")] : [];
  if (differs) {
    const { held, steps, place } = differs;
    const id = held.passages[place].id;
    const lines = [compared(steps, "only in yours", "only in the document"), legend("only in yours", "only in the document")];
    if (wordCount(words) > MOST_WORDS) lines.push(element("p", "note", `Of a long quotation the first ${MOST_WORDS} words are compared.`));
    return card("Differs", ["from ", placeLink(held, [id])], "is-different", ...lines, ...failed, element("p", "go", citeLink(held, id)));
  }
  if (missing) return card("Cannot be checked", [], "is-unclear", quotation(words), element("p", "", `${capital(missing)}.`), ...failed);
  if (unread) return card("Cannot be checked", [], "is-unclear", quotation(words), ...failed);
  return card("Not here", [], "is-absent", quotation(words), notHere());
};

// --- a link ---------------------------------------------------------------------------------------------------------------------------------

const likeIt = async (id) => {
  const ids = (await candidates(id.replaceAll("-", " ")).catch(() => [])).slice(0, 3);
  const held = (await Promise.all(ids.map(heldOf))).filter(Boolean);
  return held.length ? [element("p", "", "Nearest to it: ", ...listed(held.map((one) => link(one.name, pathOf(one.id)))), ".")] : [];
};
const shownLink = (asked) => element("p", "address", asked.raw.length > SHOWN ? `${asked.raw.slice(0, SHOWN)}…` : asked.raw);

const absentDocument = async (asked) => {
  const page = await pageOf(`documents/${asked.id}/`);
  const told = [...(page?.querySelectorAll("main > p:not([class])") ?? [])].map((one) => one.textContent.trim()).find((words) => / in edition /.test(words));
  if (page) return card(/ withdrawn /.test(told) ? "Withdrawn" : "Moved", [link("what became of this document", pathOf(asked.id))], "is-different", shownLink(asked), ...(told ? [element("p", "", told)] : []));
  return card("Not here", [], "is-absent", shownLink(asked), element("p", "", `There is no document “${short(asked.id)}” in this archive, and there never was one in an edition that was published.`), ...(await likeIt(asked.id)));
};

const older = (data, events, cited) => {
  const lines = [];
  for (const id of new Set(events.map((one) => one.id))) {
    const then = cited.get(id);
    const label = capital(labelOf(data, id));
    if (then?.difference?.length) {
      const steps = then.difference.map(([kind, words]) => [{ new: "added", gone: "dropped" }[kind] ?? "kept", words]);
      lines.push(element("p", "", `${label}, from edition ${then.edition} to what stands now:`), compared(steps, "new", "gone"), legend("new", "gone"));
    } else if (then?.words) lines.push(element("p", "", `${label} in edition ${then.edition}:`), quotation(then.words));
    else lines.push(element("p", "", `${label}: only the digest of the older words is kept, so that what changed cannot be shown word by word.`));
  }
  return lines;
};

const marked = (asked, held) => {
  if (!held || !asked.words.length) return [];
  const lost = asked.words.filter((words) => !isVerified(judge(words, held.searched)));
  const told = asked.words.map((words) => `“${short(words)}”`).join(" … ");
  return [element("p", "", lost.length ? element("b", "", "The words that the link marks do not stand there: ") : "The words that the link marks stand there: ", told, ".")];
};

const passageCard = (asked, data, held, became) => {
  const { ids, known, same, events, cited } = became;
  const { edition, digest, last } = asked.version ?? {};
  const place = [placeLink(held, ids.length ? ids : [asked.passage])];
  const what = asked.version ? [element("p", "", `Cited: edition ${edition}, digest ${digest}. Now: edition ${data.edition}.`)] : [];
  const content = [shownLink(asked), ...what, ...marked(asked, held)];
  const changes = events.map((one) => element("p", "", ...eventLine(data, one)));
  const foot = element("p", "go", citeLink(held, asked.passage));
  if (!known) {
    const near = nearestId(held.passages.map((one) => one.id), asked.passage);
    const nearest = element("p", "", "The nearest passage is ", placeLink(held, [near]), ".");
    const fate = events.at(-1)?.entry.fate;
    const isPassage = /^(p\d+[a-z]?|head)$/.test(asked.passage);
    const title = [isPassage || fate ? `${labelOf(data, asked.passage)} of ` : `“${short(asked.passage)}” in `, link(held.name, pathOf(held.id))];
    if (!fate)
      return card("Not here", title, "is-absent", ...content, element("p", "", "The document has no such passage, and the ledger of this edition knows of none."), ...(isPassage ? [nearest] : []));
    return card(fate === "withdrawn" ? "Withdrawn" : "Moved", title, "is-different", ...content, ...changes, ...older(data, events, cited), nearest);
  }
  if (!asked.version) {
    const why = asked.strange ? "What the link says of its edition cannot be read" : "The link names no edition";
    const known = changes.length ? "The ledger knows of these changes:" : "The ledger knows of no change to it since it was published.";
    return card("Here", place, "is-unclear", ...content, element("p", "", `${why}, so that it cannot be said whether these are the words that were cited. ${known}`), ...changes, foot);
  }
  if (same) return card("Unchanged", place, "is-verified", ...content, element("p", "", "The words are those that were cited, to the letter."), foot);
  if (last && !ids.length)
    return card("Not here", [`${labelOf(data, last)} of `, link(held.name, pathOf(held.id))], "is-absent", ...content, element("p", "", "The link cites several passages, the last of which is not here or stands before the first."), ...changes, foot);
  if (!events.length)
    return card("Other words", place, "is-different", ...content, element("p", "", "The words that stand here now are not those of the digest. The ledger knows of no change that answers to it, so the address may have been miscopied."), foot);
  return card("Changed", place, "is-different", ...content, ...changes, ...older(data, events, cited), element("p", "", `The earlier words may still be cited as those of edition ${edition}.`), foot);
};

const linkCard = async (asked, cited) => {
  if (asked.host !== undefined) {
    return card("Another site", [], "is-unclear", shownLink(asked), element("p", "", `Addresses of this archive begin with ${form.dataset.home}. Of others nothing can be said here.`));
  }
  if (!asked.id) {
    const page = await pageOf(asked.path);
    const title = page?.querySelector("h1")?.textContent.trim() ?? "";
    if (!page) return card("Not here", [], "is-absent", shownLink(asked), element("p", "", "There is no such page in this archive."));
    return card("Here", [link(title || asked.path, new URL(asked.path, root).href)], "is-unclear", shownLink(asked), element("p", "", "The page is here. It is no document, so there are no cited words to compare."));
  }
  const [data, held] = await Promise.all([formsOf(asked.id), heldOf(asked.id)]);
  if (!data || !held) return absentDocument(asked);
  const became = becameOf(data, asked.passage, asked.version);
  if (became.ids.length) cited.set(asked.id, [...(cited.get(asked.id) ?? []), ...became.ids]);
  if (!asked.passage)
    return card("Here", [link(held.name, pathOf(held.id))], "is-unclear", shownLink(asked), ...marked(asked, held), element("p", "", "The document is here. The link names no passage, so there are no cited words to compare."));
  if (became.known || became.events.length || /^(p\d+[a-z]?|head)$/.test(asked.passage)) return passageCard(asked, data, held, became);
  const isThere = (await pageOf(`documents/${asked.id}/`))?.getElementById(asked.passage);
  if (isThere) return card("Here", [link(`a note or another part of ${held.name}`, pathOf(held.id, asked.passage))], "is-unclear", shownLink(asked), element("p", "", "The part is here. It is no passage of the document, so there are no cited words to compare."));
  return passageCard(asked, data, held, became);
};

// --- all that was pasted --------------------------------------------------------------------------------------------------------------------

const wordCount = (text) => text.split(/\s+/).filter(Boolean).length;

// the quotations among what is pasted, with their answers
const quotationsOf = async (rest, documents) => {
  const marks = quotedIn(rest).slice(0, MOST_QUOTED);
  if (documents.length && !chosen?.value) {
    const titles = new Set((await Promise.all(documents.map(heldOf))).filter(Boolean).flatMap((one) => one.titles.map(bare)));
    const quoted = marks.filter((words) => !titles.has(bare(words)));
    if (quoted.length) return Promise.all(quoted.map((words) => checkWords(words, documents)));
    const lines = rest.split(/\n+/).map((one) => one.trim()).filter((one) => isEnough(one) && !titles.has(bare(one)));
    const tried = await Promise.all(lines.map(async (words) => ({ words, found: await inDocuments(words, documents) })));
    const meant = tried.filter(({ found }) => found.some((one) => isVerified(one) || one.likeness >= ALIKE));
    return Promise.all(meant.slice(0, MOST_QUOTED).map(({ words }) => checkWords(words, documents)));
  }
  if (marks.length === 1 && wordCount(marks[0]) === wordCount(rest)) return [await checkWords(marks[0], documents)];
  const everything = await checkWords(rest, documents);
  const within = marks.reduce((sum, words) => sum + wordCount(words), 0);
  if (!marks.length || everything.answers?.length || (everything.differs && within * 2 < wordCount(rest))) return [everything];
  return Promise.all(marks.map((words) => checkWords(words, documents)));
};

const nothing = (line) => {
  status.textContent = "";
  show("Nothing to check", [element("p", "", line)]);
};
const show = (title, content) => {
  const heading = element("h2", "", title);
  heading.tabIndex = -1;
  result.replaceChildren(heading, ...content);
  heading.focus();
};

let runs = 0;
const check = async () => {
  const run = (runs += 1);
  const text = pasted.value.slice(0, LONGEST);
  if (!/[\p{L}\p{N}]/u.test(text)) return nothing("Paste a link to this archive, a footnote with such a link, or the words of a quotation.");
  status.textContent = "Checking …";
  const links = [...new Set([...text.matchAll(LINK)].map((one) => one[0]))].slice(0, MOST_QUOTED).map(readLink);
  const rest = text.replace(LINK, " ").trim();
  const cards = [];
  try {
    const cited = new Map();
    for (const asked of links) cards.push(await linkCard(asked, cited));
    const ids = chosen?.value ? [chosen.value] : [...new Set(links.map((one) => one.id).filter(Boolean))];
    const known = (await Promise.all(ids.map(heldOf))).filter(Boolean).map((one) => one.id);
    const quotations = links.length && !quotedIn(rest).length && !known.length ? [] : await quotationsOf(rest, known);
    for (const one of quotations) if (!links.length || quotations.length > 1 || !one.short) cards.push(await quotationCard(one, cited));
  } catch {
    if (run === runs) nothing("What the check needs could not be loaded. Try again when you are connected; what you pasted is still there.");
    return;
  }
  if (run !== runs) return; // somebody has asked anew
  status.textContent = "";
  const cut = pasted.value.length > LONGEST ? [element("p", "note", `Only the first ${LONGEST.toLocaleString("en-GB")} characters were looked at.`)] : [];
  const tally = new Map();
  for (const { verdict } of cards) tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  const told = [...tally].map(([verdict, many]) => (cards.length > 1 ? `${many}\u00a0× ${verdict.toLowerCase()}` : verdict.toLowerCase()));
  if (!cards.length) return nothing("There are no words in it that could be compared.");
  const title = `Checked: ${told.join(", ")}`;
  show(title, [...cut, ...cards.map((one) => one.box)]);
};

// what is checked stands behind `#`, so that it can be linked to
const keep = () => {
  const asked = new URLSearchParams({ q: pasted.value });
  if (chosen?.value) asked.set("in", chosen.value);
  const isShort = pasted.value.trim() && pasted.value.length <= LONGEST_ADDRESS;
  history.replaceState(history.state, "", location.pathname + location.search + (isShort ? `#${asked.toString().replaceAll("+", "%20")}` : ""));
};
const fromAddress = () => {
  const asked = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  if (!asked.has("q")) return;
  pasted.value = asked.get("q");
  if (chosen) chosen.value = [...chosen.options].some((one) => one.value === asked.get("in")) ? asked.get("in") : "";
  check();
};

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
  check();
});
pasted.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
addEventListener("hashchange", fromAddress);
fromAddress();
