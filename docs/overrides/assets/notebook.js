// The notebook: all of the reader's own notes, those of each document in the order of its passages, with what became of their
// words; exported, imported, deleted. Nothing leaves the browser but the files that the reader saves.
import { button, capital, element, link, textOf } from "./quoting.js";
import { root } from "./notes-key.js";
import { NotKept, documentsKept, isOurs, merge, named, newId, read, removeAll, stateOf, unreadable, worst } from "./notes-kept.js";
import { STATES, board, fault, placeOf, tell, whenOf } from "./notes-shown.js";

const place = document.querySelector("[data-notebook]");
const AT_ONCE = 6; // files asked for at the same time
const PATIENCE = 8000; // ms
const baseOf = (name) => new URL(`documents/${name}/`, root).href;

// --- what the edition says of a document now ----------------------------------------------------------------------------------

const asked = new Map();
const ask = async (name) => {
  const answer = await fetch(`${baseOf(name)}cite/forms.json`, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 404) return { data: null };
  if (!answer.ok) throw new Error(String(answer.status));
  const data = await answer.json();
  const digests = new Map(data.passages.map((one) => [one.id, one.digest]));
  const spots = read(name).notes.flatMap((note) => note.spots);
  if (!spots.some((spot) => digests.has(spot.passage) && digests.get(spot.passage) !== spot.digest)) return { data };
  const page = await fetch(baseOf(name), { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) }); // the words as they stand now
  const there = new DOMParser().parseFromString(await page.text(), "text/html");
  return { data, texts: new Map([...there.querySelectorAll(".passage > .text[id]")].map((box) => [box.id, textOf(box)])) };
};
const learn = async () => {
  const waiting = documentsKept().filter((name) => !asked.has(name));
  const next = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) asked.set(name, await ask(name).catch(() => ({})));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};
const statesOf = (note) => {
  const { data, texts } = asked.get(note.document) ?? {};
  return note.spots.map((spot) => stateOf(spot, data, (id) => texts?.get(id)));
};

// --- the list -----------------------------------------------------------------------------------------------------------------

const list = element("div", "own-list");
const tools = element("div", "own-tools");
const said = element("div", "own-said");
const notes = board(() => draw());

const titleOf = (name, many) => asked.get(name)?.data?.title ?? many[0]?.spots[0].title ?? name;
const rank = (name, passage) => {
  const index = asked.get(name)?.data?.passages.findIndex((one) => one.id === passage) ?? -1;
  return index < 0 ? 1e6 + (Number(passage.match(/\d+/)?.[0]) || 0) : index; // what is gone comes last
};
const byDocument = () => {
  const found = new Map();
  for (const group of notes.groups()) found.set(group.split(" ")[0], []);
  for (const name of documentsKept()) {
    const many = read(name).notes;
    if (many.length) found.set(name, many);
  }
  const date = (name) => asked.get(name)?.data?.date || "9999";
  return [...found].sort(([one], [other]) => (date(one) < date(other) ? -1 : date(one) > date(other) ? 1 : one < other ? -1 : 1));
};

const context = (note) => {
  const { document: name, spots } = note;
  const base = baseOf(name);
  const states = statesOf(note);
  const { state } = worst(states);
  const cite = () => {
    const made = link("Cite this passage", `${base}cite/#${spots[0].passage}`);
    made.setAttribute("aria-label", `Cite this passage, ${named(spots[0].label)}`); // the words that are seen come first
    return made;
  };
  return {
    data: asked.get(name)?.data,
    base,
    states,
    quotes: true,
    head: () => [element("h3", "", link(capital(placeOf(note)), `${base}#${spots[0].passage}`), " ", element("span", "own-how", STATES[state]))],
    foot: () => [...(state === "gone" ? [] : [cite()]), element("span", "own-when", `Written ${whenOf(note)}`)],
  };
};

const draw = () => {
  const documents = byDocument();
  const count = documents.reduce((sum, [, many]) => sum + many.length, 0);
  const lost = unreadable();
  list.replaceChildren(...documents.map(([name, many]) => {
    const groups = new Map();
    for (const group of notes.groups()) if (group.split(" ")[0] === name) groups.set(group, []);
    for (const note of many) {
      const group = `${name} ${note.spots[0].passage}`;
      groups.set(group, [...(groups.get(group) ?? []), note]);
    }
    const sorted = [...groups].sort(([one], [other]) => rank(name, one.split(" ")[1]) - rank(name, other.split(" ")[1]));
    const made = element("section", "", element("h2", "", link(titleOf(name, many), baseOf(name))));
    for (const [group, some] of sorted) made.append(...notes.pieces(group, some, context));
    return made;
  }));
  if (lost.length) {
    const words = lost.length === 1 ? "One thing that this browser keeps here cannot be read as a note. It was left as it is. " : `${lost.length} things that this browser keeps here cannot be read as notes. They were left as they are. `;
    list.prepend(element("p", "own-fault", words, button("Save as a file", () => save("not-read.txt", "text/plain", lost.join("\n\n")))));
  }
  if (!count) list.append(element("p", "own-empty", "No notes are kept in this browser. To write one, open a document and choose “note” beside a passage, or select some words and choose “Note”."));
  tools.replaceChildren(...toolsFor(count, lost.length));
};

// --- files ----------------------------------------------------------------------------------------------------------------------

const save = (name, type, text) => {
  const file = element("a");
  file.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  file.download = `notes-${new Date().toISOString().slice(0, 10)}${name.startsWith(".") ? "" : "-"}${name}`;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 1000);
};
const all = () => byDocument().flatMap(([name, many]) =>
  many.toSorted((one, other) => rank(name, one.spots[0].passage) - rank(name, other.spots[0].passage)));

const asJson = () => {
  const items = all().map((note) => note.annotation);
  const context = ["http://www.w3.org/ns/anno.jsonld", {
    archive: `${place.dataset.base}data/#`,
    digest: "archive:digest",
    edition: "https://schema.org/version",
    title: "http://purl.org/dc/terms/title",
  }];
  const whole = { id: newId(), type: "AnnotationCollection", label: `Notes on ${place.dataset.title}`, total: items.length };
  return `${JSON.stringify({ "@context": context, id: newId(), type: "AnnotationPage", partOf: whole, startIndex: 0, items }, null, 1)}\n`;
};

const plain = (words) => words.replace(/[\\`*_<>[\]]/g, "\\$&");
const lines = (words, before) => words.split("\n").map((line) => `${before}${line}`.trimEnd()).join("\n");
const asMarkdown = () => {
  const parts = [`# Notes on ${plain(place.dataset.title)}`];
  let last;
  for (const note of all()) {
    const { document: name, spots } = note;
    const [spot] = spots;
    const address = `${place.dataset.base}documents/${name}/`;
    if (name !== last) parts.push(`## ${plain(titleOf(name, [note]))}`, `<${address}>`);
    last = name;
    const { state } = worst(statesOf(note));
    parts.push(
      `### ${capital(placeOf(note))}`,
      spots.map((one) => lines(plain(one.exact), "> ")).join("\n>\n"),
      note.text.replaceAll("<", "\\<"),
      `Written ${whenOf(note)}, on edition ${plain(spot.edition)}. The passage: ${STATES[state]}. Permalink: <${address}?v=${encodeURIComponent(spot.edition)}-${spot.digest.slice(0, 8)}#${spot.passage}>. To cite it: <${address}cite/#${spot.passage}>.`,
    );
  }
  return `${parts.join("\n\n")}\n`;
};

const EXPECTED = "Expected is a file that “Save as Web Annotations” made on this page: JSON, an AnnotationPage with a list of items. Nothing was changed.";
const bring = async (file) => {
  let content;
  try {
    content = JSON.parse(await file.text());
  } catch {
    return say(fault(`${file.name} is not JSON. ${EXPECTED}`));
  }
  const items = Array.isArray(content) ? content : content?.items ?? content?.first?.items ?? (content?.type === "Annotation" ? [content] : undefined);
  if (!Array.isArray(items)) return say(fault(`${file.name} holds no list of notes. ${EXPECTED}`));
  try {
    const { added, here, beside, left } = merge(items);
    if (!added && !here && !beside) return say(fault(`Nothing in ${file.name} is a note on a passage. ${EXPECTED}`));
    const told = [`${added} added`, `${here} here already`];
    if (beside) told.push(`${beside} different from the one kept here, and put beside it`);
    if (left) told.push(`${left} in the file not readable as a note on a passage, and left out`);
    asked.clear();
    await learn();
    notes.redraw();
    say(element("p", "", `From ${file.name}: ${told.join("; ")}.`));
  } catch (problem) {
    if (!(problem instanceof NotKept)) throw problem;
    say(fault(`${problem.message} Nothing of ${file.name} was taken in.`));
  }
};
const say = (content) => {
  said.replaceChildren(content);
  if (!content.matches("[role]")) tell(content.firstChild.textContent);
};

// --- what can be done with all of them ---------------------------------------------------------------------------------------------

const input = element("input");
input.type = "file";
input.accept = ".json,.jsonld,application/json,application/ld+json";
input.addEventListener("change", async () => {
  if (input.files[0]) await bring(input.files[0]);
  input.value = "";
});

const askWhether = (count) => {
  const box = element("dialog", "own-dialogue");
  const question = element("p", "", `Delete ${count === 1 ? "the note" : `all ${count} notes`} kept in this browser?`);
  question.id = "own-question";
  box.setAttribute("aria-labelledby", question.id);
  const stay = button(count === 1 ? "Keep it" : "Keep them", () => box.close());
  const go = button("Delete", () => {
    box.close();
    const back = removeAll();
    notes.redraw();
    const line = element("p", "", "All notes deleted. ");
    const undo = button("Undo", async () => {
      back();
      await learn();
      notes.redraw();
      say(element("p", "", "The notes are back."));
      tools.querySelector("button")?.focus();
    });
    line.append(undo);
    say(line);
    undo.focus();
  });
  box.append(question, element("p", "own-do", stay, go));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  stay.focus();
};

const toolsFor = (count, lost) => {
  const bringing = element("label", "", "Bring in notes from a file ", input);
  if (!count) return [bringing, ...(lost ? [button("Delete all", () => askWhether(lost))] : [])];
  return [
    element("p", "own-count", `${count} ${count === 1 ? "note" : "notes"}`),
    button("Save as Web Annotations", () => save(".json", "application/ld+json", asJson())),
    button("Save as Markdown", () => save(".md", "text/markdown", asMarkdown())),
    bringing,
    button("Delete all", () => askWhether(count)),
  ];
};

const begin = async () => {
  try {
    place.replaceChildren(tools, said, list);
    list.replaceChildren(element("p", "remark", "Comparing the notes with the passages …"));
    await learn();
    draw();
  } catch (problem) {
    if (!(problem instanceof NotKept)) throw problem;
    place.replaceChildren(fault(problem.message));
  }
};
addEventListener("storage", async (event) => {
  if (!isOurs(event.key)) return;
  await learn();
  notes.redraw();
});
begin();
