// Private notes on passages: a control beside each passage and beside a selection. Whatever else they need is loaded when the
// document has notes, or when one is begun; for a document without notes one look into the store is all that is done.
import { allOf, boxes } from "./cite.js";
import { keyOf } from "./notes-key.js";

const name = location.pathname.match(/\/documents\/([^/]+)\/(?:index\.html)?$/)?.[1];
const page = () => import("./notes-page.js").then((module) => module.notesOf(name));
const begin = (parts, opener) => page().then((notes) => notes.begin(parts, opener));

const made = (css, label) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = css;
  button.textContent = "note";
  button.setAttribute("aria-label", label);
  return button;
};

const isKept = () => {
  try {
    return localStorage.getItem(keyOf(name)) !== null;
  } catch {
    return false; // said when a note is begun
  }
};

if (name && boxes.length) {
  // a long document's controls are made as its parts come near: all at once would be felt
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      for (const cite of target.querySelectorAll(".cite-this"))
        cite.after(made("note-this", cite.getAttribute("aria-label").replace(/^Cite/, "Note on")));
    }
  }, { rootMargin: "300%" });
  for (const part of document.querySelectorAll(".passages > .part")) near.observe(part);
  document.querySelector("main").addEventListener("click", (event) => {
    const opener = event.target.closest(".note-this");
    const part = opener && allOf(opener.parentElement);
    if (part) begin([part], opener);
  });

  let offer;
  let offered;
  const take = () => {
    if (!offered) return;
    const parts = offered;
    offered = undefined; // at once, so that no other click takes these words again
    offer.remove();
    getSelection().removeAllRanges();
    begin(parts);
  };
  document.addEventListener("offered", ({ target, detail }) => {
    offered = detail;
    if (!offer) {
      offer = made("note-selection", "Note on the words selected");
      offer.textContent = "Note";
      offer.title = "Alt N";
      offer.setAttribute("aria-keyshortcuts", "Alt+N");
      offer.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
      offer.addEventListener("click", take);
    }
    target.after(offer);
    const left = Math.max(0, Math.min(target.offsetLeft, target.parentElement.clientWidth - target.offsetWidth - offer.offsetWidth - 4));
    target.style.left = `${left}px`;
    offer.style.left = `${left + target.offsetWidth + 4}px`;
    offer.style.top = target.style.top;
  });
  document.addEventListener("withdrawn", () => {
    offered = undefined;
    offer?.remove();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyN" || !offered) return;
    event.preventDefault();
    take();
  });
  addEventListener("storage", (event) => {
    if (event.key === null || event.key === keyOf(name)) page().then((notes) => notes.redraw());
  });
  if (isKept()) page();
}
