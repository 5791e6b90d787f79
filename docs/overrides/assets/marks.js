// Which kinds of marks the text shows: chosen by checkboxes, remembered, applied before the first paint so nothing shifts.
(() => {
  const root = document.documentElement;
  const KEY = "marks-hidden";
  const stored = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((kind) => /^[a-z]+$/.test(kind)) : [];
    } catch {
      return []; // a browser that keeps nothing, or kept something else, shows all marks
    }
  };
  let hidden = stored();
  // who follows a link to a note, or back to its words, is shown notes
  const apply = () => {
    const asked = /^#[nr]-/.test(location.hash);
    root.dataset.hide = hidden.filter((kind) => kind !== "notes" || !asked).join(" ");
  };
  root.dataset.scripts = "";
  apply();
  // a note may be closed as well, and not every browser opens what an address leads into
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const note = target?.closest("details.note");
    if (note) note.open = true;
    return target;
  };
  addEventListener("hashchange", () => {
    apply();
    const target = reveal();
    if (hidden.includes("notes")) target?.scrollIntoView();
  });
  const setUp = () => {
    reveal();
    const inputs = [...document.querySelectorAll(".marks input")];
    for (const input of inputs) {
      input.checked = !hidden.includes(input.value);
      input.addEventListener("change", () => {
        hidden = inputs.filter((one) => !one.checked).map((one) => one.value);
        apply();
        try {
          localStorage.setItem(KEY, JSON.stringify(hidden));
        } catch { /* the choice holds for this page */ }
      });
    }
  };
  addEventListener("DOMContentLoaded", () => setTimeout(setUp)); // by itself: the end of a long page has enough to do
})();
