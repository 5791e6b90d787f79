// The reader's own notes on the page of a document, each below the passage on which it was written, never on another.
// Loaded by notes.js. What the passages were is told by their digests in cite/forms.json.
import { boxes, load } from "./cite.js";
import { element, link, rangeOf, textOf, wordsOf } from "./quoting.js";
import { NotKept, annotationOf, named, read, stateOf } from "./notes-kept.js";
import { NOTEBOOK, board, fault, labelOf, placeOf, tell, whenOf } from "./notes-shown.js";

const passages = document.querySelector(".passages");
const byId = new Map(boxes.map((box) => [box.id, box]));
const text = (id) => (byId.has(id) ? textOf(byId.get(id)) : undefined);

let opened;
export const notesOf = (name) => (opened ??= open(name));

const open = async (name) => {
  let data = await load().catch(() => undefined);
  const sections = new Map();
  const top = element("div", "own-notes");
  const notes = board(() => draw());

  const section = (passage) => {
    if (!sections.has(passage)) {
      const made = element("section", "own-notes");
      sections.set(passage, made);
      const box = byId.get(passage);
      made.setAttribute("aria-label", box ? `Your notes on ${named(labelAt(passage))}` : "Your notes on what is gone");
      if (box) box.closest(".passage").append(made);
      else passages.append(made);
    }
    return sections.get(passage);
  };
  const labelAt = (passage) => data?.passages.find((one) => one.id === passage)?.label ?? passage.replace(/^p(?=\d)/, "");
  const context = (note) => ({
    data,
    base: "",
    states: note.spots.map((spot) => stateOf(spot, data, text)),
    head: () => [labelOf(byId.has(note.spots[0].passage) ? "" : `, on ${placeOf(note)}, which is gone`)],
    foot: () => [link("All your notes", NOTEBOOK), element("span", "own-when", `Written ${whenOf(note)}`)],
  });

  const draw = () => {
    let kept = { notes: [], unreadable: 0 };
    top.remove();
    try {
      kept = read(name);
    } catch (problem) {
      if (!(problem instanceof NotKept)) throw problem;
    }
    if (kept.unreadable) {
      top.replaceChildren(fault("Something that this browser keeps for this document cannot be read as a note. It is left as it is: ", link("Your notes", NOTEBOOK), " hands it out."));
      passages.prepend(top);
    }
    const groups = new Map(notes.groups().map((group) => [group, []]));
    for (const note of kept.notes) {
      const group = `${name} ${note.spots[0].passage}`;
      groups.set(group, [...(groups.get(group) ?? []), note]);
    }
    for (const [group, many] of groups) section(group.split(" ")[1]).replaceChildren(...notes.pieces(group, many, context));
    for (const [passage, made] of sections) {
      if (groups.has(`${name} ${passage}`)) continue;
      made.remove();
      sections.delete(passage);
    }
    mark(kept.notes);
  };

  // the words themselves, where they stand as they were noted; without this the quotation in the note tells as much
  const mark = (many) => {
    if (!globalThis.Highlight) return;
    const ranges = many.flatMap((note) => note.spots).flatMap((spot) => {
      const { state, times } = stateOf(spot, data, text);
      const words = text(spot.passage);
      if (spot.isWhole || words === undefined || !(state === "same" || times === 1)) return [];
      const around = words.indexOf(spot.prefix + spot.exact + spot.suffix);
      const start = around < 0 ? words.indexOf(spot.exact) : around + spot.prefix.length;
      return start < 0 ? [] : [rangeOf({ id: spot.passage, start, end: start + spot.exact.length })];
    });
    CSS.highlights.set("own-note", new Highlight(...ranges));
  };

  draw();
  return {
    redraw: notes.redraw,
    begin: async (parts, opener) => {
      const passage = parts[0].id;
      const group = `${name} ${passage}`;
      try {
        read(name); // a browser that keeps nothing says so before anything is written
        data ??= await load();
      } catch (problem) {
        const words = problem instanceof NotKept ? problem.message : "The digests of this document could not be loaded, so no note can be begun now. Try again when the site can be reached.";
        section(passage).querySelector(":scope > .own-fault")?.remove();
        section(passage).append(fault(words));
        return;
      }
      const isWhole = parts.length === 1 && parts[0].start === 0 && parts[0].end === parts[0].text.length;
      const quote = isWhole ? undefined : element("blockquote", "", ...parts.map((part) => element("p", "", wordsOf(part))));
      const place = placeOf({ spots: parts.map((part) => ({ label: labelAt(part.id) })) });
      notes.begin(group, { heading: `Your note on ${isWhole ? "" : "these words of "}${place}`, quote, opener: opener ?? byId.get(passage).querySelector(".note-this"), made: (words) => annotationOf(data, parts, words) });
      tell("");
    },
  };
};
