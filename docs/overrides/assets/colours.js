// Light, dark, or as the system says: applied before the first paint, remembered if the reader chose.
(() => {
  const root = document.documentElement;
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
  addEventListener("DOMContentLoaded", () => setTimeout(setUp)); // by itself: the end of a long page has enough to do
})();
