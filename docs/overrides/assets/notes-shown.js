// The reader's own notes as they are shown, written, changed, deleted and taken back, on a document's page and in the notebook.
// Loaded only where there are notes, or when one is begun. All words are put in as text.
import { button, capital, element, link } from "./quoting.js";
import { root } from "./notes-key.js";
import { NotKept, keep, named, remove, reworded, since, worst } from "./notes-kept.js";

export const NOTEBOOK = new URL("notebook/", root).href;
const LABEL = "Your note, kept in this browser only";

const status = element("p", "hidden");
status.setAttribute("role", "status");
document.body.append(status);
export const tell = (words) => {
  status.textContent = words;
};
export const fault = (...content) => {
  const box = element("p", "own-fault", ...content);
  box.setAttribute("role", "alert");
  return box;
};

const dayOf = (time) => {
  const day = new Date(time);
  return Number.isNaN(day.getTime()) ? "" : day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
};
export const whenOf = (note) => {
  const [made, changed] = [dayOf(note.created), dayOf(note.modified)];
  return changed && changed !== made ? `${made || "undated"}, changed ${changed}` : made || "undated";
};
export const placeOf = ({ spots }) =>
  spots.length > 1 ? `${named(spots[0].label)} to ${named(spots.at(-1).label)}` : named(spots[0].label);

const quoted = (note) => {
  const box = element("blockquote", "", ...note.spots.map((spot) => element("p", "", spot.exact)));
  box.dir = "auto";
  return box;
};

// what is said of the words now: lines of text and links; `base` leads to the document's page, `fragment` within it
const linesOf = (note, { data, states, base }) => {
  const lines = [];
  note.spots.forEach((spot, index) => {
    const { state, times, document: noDocument } = states[index];
    const place = named(spot.label);
    const here = `${base}#${spot.passage}`;
    const mark = `${encodeURIComponent(spot.edition)}-${spot.digest.slice(0, 8)}`;
    if (state === "unknown") lines.push([`Whether ${place} has changed could not be found out just now; this was written on edition ${spot.edition || "unknown"}.`]);
    if (state === "gone") {
      const told = noDocument ? [] : since(data, spot);
      lines.push([noDocument ? "This edition has no such document. " : `${capital(place)} is no longer in this edition. `, link("What stands at its address", here), "."]);
      if (!told.length && !noDocument) lines.push(["The ledger of this edition knows of no passage that stood there."]);
      for (const one of told) lines.push(tellingOf(one, base));
    }
    if (state === "changed") {
      const begin = `${capital(place)} has changed since you wrote this (edition ${spot.edition || "unknown"}).`;
      const history = [" See ", link(place, here), " and ", link("its history", `${base || "./"}?v=${mark}#${spot.passage}`), "."];
      if (times === 1) lines.push([`${begin} The words that you noted still stand in it.`, ...history]);
      else if (times) lines.push([`${begin} The words that you noted stand in it ${times} times, so nothing is said of which you meant.`, ...history]);
      else lines.push([`${begin} These words no longer stand here as you noted them.`, ...history]);
      const told = since(data, spot);
      if (!told.length) lines.push(["The ledger knows of no change that answers to it."]);
      for (const one of told) lines.push(tellingOf(one, base));
    }
  });
  return lines;
};
const tellingOf = ({ words, now }, base) => {
  const line = [words];
  now.forEach((one, index) => line.push(index ? ", " : " In its place stands ", link(one.words, base && !/^https?:/.test(one.href) ? new URL(one.href, base).href : one.href)));
  return now.length ? [...line, "."] : line;
};

export const STATES = { same: "unchanged", unknown: "not compared", changed: "changed", gone: "gone" };

// The notes on a page with what is being done to them: what is being written and what was deleted stays while all else is
// drawn anew. `redraw` draws the page; groups are the places where notes stand, `<document> <passage>`.
export const board = (redraw) => {
  const forms = new Map();
  const lines = new Map(); // what was deleted, and can be taken back
  const groupOf = (note) => `${note.document} ${note.spots[0].passage}`;
  const find = (id) => document.querySelector(`.own-note[data-note="${CSS.escape(id)}"]`);
  const drawn = () => {
    const active = document.activeElement;
    redraw();
    if (active !== document.activeElement && active.isConnected) active.focus({ preventScroll: true });
  };

  const form = ({ heading, words, quote, save, leave }) => {
    const made = element("form", "own-form");
    const area = element("textarea");
    const label = element("label", "", heading);
    area.id = `own-${forms.size}-${Math.random().toString(36).slice(2)}`;
    label.htmlFor = area.id;
    area.value = words;
    area.rows = 4;
    area.setAttribute("aria-describedby", `${area.id}-what`);
    const what = element("p", "own-what", "Kept in this browser only; nothing is sent.");
    what.id = `${area.id}-what`;
    const submit = element("button", "", "Save");
    submit.title = "Ctrl Enter";
    const row = element("p", "own-do", submit, button("Cancel", leave));
    made.append(label, ...(quote ? [quote] : []), area, what, row);
    const go = () => {
      made.querySelector(".own-fault")?.remove();
      if (!area.value.trim()) {
        row.before(fault("There are no words to keep yet."));
        return area.focus();
      }
      try {
        save(area.value.trim());
      } catch (problem) {
        if (!(problem instanceof NotKept)) throw problem;
        row.before(fault(problem.message));
        area.focus();
      }
    };
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        go();
      }
      if (event.key === "Escape" && area.value === words) leave(); // not with words in it
    });
    made.isChanged = () => area.value !== words;
    made.start = () => area.focus();
    return made;
  };

  addEventListener("beforeunload", (event) => {
    if ([...forms.values()].some(({ made }) => made.isChanged())) event.preventDefault();
  });

  const edit = (note) => {
    const leave = () => {
      forms.delete(note.id);
      drawn();
      find(note.id)?.querySelector("button")?.focus();
    };
    const made = form({
      heading: `Your note on ${placeOf(note)}`,
      words: note.text,
      quote: note.spots.every((spot) => spot.isWhole) ? undefined : quoted(note),
      leave,
      save: (words) => {
        const both = keep(reworded(note.annotation, words), note.annotation);
        if (both) lines.set(`both ${note.id}`, { line: fault("This note was changed in another window meanwhile. Both versions are kept."), group: groupOf(note) });
        else tell("Note saved.");
        leave();
      },
    });
    forms.set(note.id, { made, group: groupOf(note) });
    drawn();
    made.start();
  };

  const take = (note) => {
    try {
      remove(note);
    } catch (problem) {
      if (!(problem instanceof NotKept)) throw problem;
      find(note.id)?.append(fault(problem.message));
      return;
    }
    const line = element("p", "own-deleted", "Note deleted. ");
    line.append(button("Undo", () => {
      try {
        keep(note.annotation);
      } catch (problem) {
        if (!(problem instanceof NotKept)) throw problem;
        line.append(fault(problem.message));
        return;
      }
      lines.delete(note.id);
      drawn();
      tell("The note is back.");
      find(note.id)?.focus();
    }));
    lines.set(note.id, { line, group: groupOf(note) });
    drawn();
    tell("Note deleted.");
    line.querySelector("button").focus();
  };

  const made = new Map(); // what is shown of a note is made anew only if it has become another
  const article = (note, context) => {
    const sign = JSON.stringify([note.annotation, context.states, context.data?.edition]);
    if (made.get(note.id)?.sign !== sign) made.set(note.id, { sign, shown: fresh(note, context) });
    return made.get(note.id).shown;
  };
  const fresh = (note, context) => {
    const { state } = worst(context.states);
    const box = element("article", `own-note ${state}`);
    box.dataset.note = note.id;
    box.tabIndex = -1;
    box.setAttribute("aria-label", `Your note on ${placeOf(note)}`);
    box.append(...context.head(note));
    if (context.quotes || state !== "same" || !note.spots.every((spot) => spot.isWhole)) box.append(quoted(note));
    const words = element("p", "own-words", note.text);
    words.dir = "auto";
    box.append(words);
    for (const line of linesOf(note, context)) box.append(element("p", "own-state", ...line));
    const own = (verb, does) => {
      const one = button(verb, does);
      one.setAttribute("aria-label", `${verb} your note on ${placeOf(note)}`);
      return one;
    };
    box.append(element("p", "own-do", own("Edit", () => edit(note)), own("Delete", () => take(note)), ...context.foot(note)));
    return box;
  };

  return {
    redraw: drawn,
    groups: () => [...forms.values(), ...lines.values()].map((one) => one.group),
    // everything of a place: its notes, those being changed or begun, and a line for each that was deleted
    pieces: (group, notes, context) => [
      ...notes.map((note) => forms.get(note.id)?.made ?? article(note, context(note))),
      ...[...forms].filter(([id, one]) => one.group === group && !notes.some((note) => note.id === id)).map(([, one]) => one.made),
      ...[...lines.values()].filter((one) => one.group === group).map((one) => one.line),
    ],
    // a new note; `made` gives its annotation when it is saved
    begin: (group, { heading, quote, made, opener }) => {
      const id = `new ${group}`;
      if (forms.has(id)) return forms.get(id).made.start();
      const leave = () => {
        forms.delete(id);
        drawn();
      };
      const one = form({
        heading,
        words: "",
        quote,
        leave: () => {
          leave();
          opener?.focus();
        },
        save: (words) => {
          const annotation = made(words);
          keep(annotation);
          leave();
          tell("Note saved.");
          find(annotation.id)?.focus();
        },
      });
      forms.set(id, { made: one, group });
      drawn();
      one.start();
    },
  };
};

export const labelOf = (more) => element("p", "own-label", LABEL + more);
