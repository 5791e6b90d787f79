// What must be known before the first paint, so that nothing flashes or shifts: light or dark, and which marks are hidden. One
// file, since the page waits for it. The marks are those of a document; its page says so on the element that loads this.
(() => {
  const root = document.documentElement;
  const ofDocument = "marks" in document.currentScript.dataset;
  // by itself, for the end of a long page has enough to do
  const later = (setUp) => addEventListener("DOMContentLoaded", () => setTimeout(setUp));

  // light, dark, or as the system says: remembered if the reader chose
  const colours = () => {
    const stored = () => {
      try {
        return localStorage.getItem("colours") ?? "auto";
      } catch {
        return "auto"; // a browser that keeps nothing still shows the page
      }
    };
    const apply = (choice) => {
      if (choice === "auto") delete root.dataset.colours;
      else root.dataset.colours = choice;
    };
    apply(stored());
    const setUp = () => {
      const field = document.querySelector(".colours");
      if (!field) return;
      field.hidden = false;
      for (const input of field.querySelectorAll("input")) {
        input.checked = input.value === stored();
        input.addEventListener("change", () => {
          apply(input.value);
          try {
            localStorage.setItem("colours", input.value);
          } catch { /* the choice holds for this page */ }
        });
      }
    };
    later(setUp);
  };

  // which kinds of marks the text shows: chosen by checkboxes, remembered
  const marks = () => {
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
      target?.closest(".note > [hidden]")?.removeAttribute("hidden");
      return target;
    };
    // a note of a long document is no <details>: its title is a link to its words, which leads there and back here
    const foldOf = (event) => event.target.closest?.("a.fold");
    const tell = (fold) => fold.setAttribute("aria-expanded", !document.getElementById(fold.hash.slice(1)).hidden);
    addEventListener("focusin", (event) => foldOf(event) && tell(foldOf(event)));
    addEventListener("click", (event) => {
      const fold = foldOf(event);
      if (!fold || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const words = document.getElementById(fold.hash.slice(1));
      words.hidden = words.hidden ? false : "until-found";
      tell(fold);
    });
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
    later(setUp);
  };

  colours();
  if (ofDocument) marks();
})();
