// The arrow keys lead to the day before and the day after, where a page has such links.
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!way || event.target.closest("input, textarea, select, [contenteditable], [tabindex]")) return;
  document.querySelector(`.steps a[rel="${way}"]`)?.click();
});
