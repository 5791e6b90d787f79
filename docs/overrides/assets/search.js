// Search: turns the link in the header into a dialogue, and runs the form of the search page.
//
// Pagefind's index and program are loaded when somebody begins to type, not before. Everything a result shows is put into
// the page as text, never as HTML. Where the index cannot be loaded, the lists of the archive are offered instead.

const root = new URL("..", import.meta.url);
const SHOWN = 12;
const PLACES = 3;

let engine;

function load() {
  engine ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 26 });
    return pagefind;
  });
  return engine;
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Pagefind's excerpts are text with <mark> around the words found and entities for &, < and >.
function excerpt(html) {
  const plain = (text) =>
    text.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (_, name) =>
      ({ lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" })[name]);
  const line = element("p", { className: "excerpt" });
  html.split(/<mark>|<\/mark>/).forEach((piece, index) => {
    line.append(index % 2 ? element("mark", { textContent: plain(piece) }) : plain(piece));
  });
  return line;
}

function address(rawUrl, hash = "") {
  return new URL(rawUrl.replace(/^\//, "") + hash, root).href;
}

function place(found, part) {
  const link = element("a", { href: address(found.raw_url, part.url.slice(part.url.indexOf("#"))) });
  link.append(element("span", { className: "where", textContent: part.title }), excerpt(part.excerpt));
  return element("li", {}, link);
}

// How many different words of the question an excerpt shows: the passage that has them all comes first.
function wordsFound(part) {
  return new Set(part.excerpt.toLowerCase().match(/<mark>.*?<\/mark>/g)).size;
}

// The dates of a page in the words that it has for them, with their doubt; of many the first and how many more.
function dated(dates = "") {
  const [first, ...more] = dates.split("; ");
  return more.length ? `${first}, and ${more.length} more ${more.length === 1 ? "date" : "dates"}` : first;
}

function result(found) {
  const item = element("li", { className: "result" });
  item.append(
    element("p", { className: "result-kind", textContent: [found.meta.kind, dated(found.meta.date)].filter(Boolean).join(" · ") }),
    element("h3", {}, element("a", { href: address(found.raw_url), textContent: found.meta.title })),
  );
  const parts = found.sub_results
    .filter((part) => part.url.includes("#") && part.excerpt.includes("<mark>"))
    .sort((one, other) => wordsFound(other) - wordsFound(one)) // stable: else in the order of the page
    .slice(0, PLACES);
  if (parts.length) item.append(element("ul", { className: "hit-places" }, ...parts.map((part) => place(found, part))));
  else item.append(excerpt(found.excerpt));
  return item;
}

function lists() {
  const links = [
    ["documents/", "documents"], ["commitments/", "commitments"], ["messages/", "messages"], ["chronology/", "days"],
    ["people/", "people"], ["organisations/", "organisations"], ["places/", "places"], ["weapons/", "weapons"],
    ["terms/", "terms"],
  ].map(([path, label]) => element("li", {}, element("a", { href: new URL(path, root).href, textContent: label })));
  return element("ul", { className: "search-lists" }, ...links);
}

async function show(query, status, list) {
  const asked = query.trim();
  list.dataset.asked = asked;
  if (!asked) {
    status.textContent = "";
    list.replaceChildren();
    return;
  }
  try {
    const pagefind = await load();
    const found = await pagefind.search(asked);
    const shown = await Promise.all(found.results.slice(0, SHOWN).map((one) => one.data()));
    if (list.dataset.asked !== asked) return; // somebody has typed on
    list.replaceChildren(...shown.map(result));
    const total = found.results.length;
    status.textContent = total === 0
      ? `Nothing has all of the words “${asked}”. Try fewer words, or another form of them; or look into the lists:`
      : `${total} ${total === 1 ? "page" : "pages"}${total > SHOWN ? `, the best ${SHOWN} shown` : ""}`;
    if (total === 0) list.replaceChildren(element("li", {}, lists()));
  } catch {
    engine = undefined; // so that the next attempt loads it anew
    status.textContent = "The search index could not be loaded. Everything is also in the lists:";
    list.replaceChildren(element("li", {}, lists()));
  }
}

function connect(input, status, list) {
  let waiting;
  input.addEventListener("focus", () => load().catch(() => (engine = undefined)), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(input.value, status, list), 120);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(input.value, status, list);
  });
}

function dialogue() {
  const input = element("input", { type: "search", id: "find-words", autocomplete: "off", spellcheck: false });
  const status = element("p", { className: "search-status" });
  status.setAttribute("role", "status");
  const list = element("ol", { className: "results" });
  const close = element("button", { type: "button", className: "close", textContent: "Close" });
  const form = element("form", {}, element("label", { htmlFor: "find-words", textContent: "Search the archive" }), input, close);
  form.setAttribute("role", "search");
  const made = element("dialog", { className: "search-dialogue" }, form, status, list);
  made.setAttribute("aria-label", "Search");
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close();
    if (event.target.closest("a")) made.close();
  });
  connect(input, status, list);
  document.body.append(made);
  return made;
}

const form = document.querySelector("form.search-page");
if (form) {
  form.hidden = false;
  const input = form.querySelector("input");
  connect(input, document.querySelector("#search-status"), document.querySelector("#search-results"));
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) input.form.requestSubmit();
}

let opened;
function open() {
  if (form) {
    form.querySelector("input").focus();
    return;
  }
  opened ??= dialogue();
  if (!opened.open) opened.showModal();
  opened.querySelector("input").select();
}

for (const link of document.querySelectorAll("a.find")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open();
  });
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});
