// What a name, date, message or commitment is, shown on hover and focus (WCAG 1.4.13): Escape dismisses it, the pointer may
// go onto it, and it stays until pointer and focus have left. The words come from previews.json beside the page, which is
// made from the records, and are put in as text.
const main = document.querySelector("main.document");
const LINKS = ".passages a[href]:not(.no, .also), .limited a[href]";
const WAIT = 180;
const LINGER = 260;
const FAR = 8; // px between words and preview

// a place of its own, without size, so that what comes and goes does not lay out a long document anew
const layer = document.createElement("div");
layer.className = "previews";

let records;
let box;
let trigger;
let opening = 0;
let closing = 0;
let pointer = "";

const load = () =>
  (records ??= fetch("previews.json")
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({})));

// what the browser would say by itself, the preview says better
const silence = (element) => {
  for (let one = element.closest("[title]"); one && main.contains(one); one = one.parentElement.closest("[title]"))
    if (one.matches("span[data-commitment]")) one.removeAttribute("title");
};

// "people/name/" of any address on the site: what the file has its entries under
const keyOf = (link) => (link.origin === location.origin ? link.pathname.match(/[^/]+\/[^/]+\/$/)?.[0] : undefined);

// the innermost first: where marks overlap, each is told
const keysAt = (element) => {
  const link = element.closest(LINKS);
  const keys = link && link.pathname !== location.pathname ? [keyOf(link)] : [];
  for (let span = element.closest("span[data-commitment]"); span; span = span.parentElement?.closest("span[data-commitment]"))
    keys.push(`commitments/${span.dataset.commitment}/`);
  return [...new Set(keys.filter(Boolean))];
};

// whether the words only limit the commitment that they are marked with
const isLimited = (from, key) => {
  const spans = [];
  for (let span = from.closest("span[data-commitment]"); span; span = span.parentElement?.closest("span[data-commitment]"))
    if (key === `commitments/${span.dataset.commitment}/`) spans.push(span);
  return spans.length > 0 && spans.every((span) => span.classList.contains("qualifies"));
};

const element = (name, css, text) => {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
};

const entry = (key, record, limits) => {
  const made = element("div", record.css ? `entry k ${record.css}` : "entry");
  made.append(element("p", "kind", limits ? `${record.kind}, limited by these words` : record.kind));
  const title = element("p", "name-of");
  const link = element("a", "", record.name);
  link.href = new URL(`../../${key}`, location.href.replace(/[?#].*/, ""));
  title.append(link);
  made.append(title);
  if (record.summary) made.append(element("p", "", record.summary));
  if (record.facts) {
    const list = element("dl");
    for (const [term, value] of record.facts) list.append(element("dt", "", term), element("dd", "", value));
    made.append(list);
  }
  return made;
};

const light = (keys, on) => {
  for (const key of keys)
    if (key.startsWith("commitments/"))
      for (const span of main.querySelectorAll(`span[data-commitment="${key.split("/")[1]}"]`)) span.classList.toggle("lit", on);
};

const place = (x) => {
  const rects = [...trigger.getClientRects()];
  const rect = rects.find((one) => x >= one.left && x <= one.right) ?? rects[0];
  if (!rect) return;
  const { offsetWidth: width, offsetHeight: height } = box;
  const room = document.documentElement.clientWidth;
  const below = rect.bottom + FAR + height <= innerHeight || rect.top - FAR - height < 0;
  box.style.left = `${Math.max(FAR, Math.min((x ?? rect.left) - 24, room - width - FAR)) + scrollX}px`;
  box.style.top = `${(below ? rect.bottom + FAR : rect.top - FAR - height) + scrollY}px`;
};

const close = () => {
  clearTimeout(opening);
  clearTimeout(closing);
  if (!box) return;
  light(box.keys, false);
  trigger.removeAttribute("aria-describedby");
  box.remove();
  box = trigger = undefined;
};

const open = async (from, x) => {
  const keys = keysAt(from);
  if (!keys.length) return;
  const wanted = (opening = setTimeout(() => {}, 0)); // any later wish replaces this one
  const found = await load();
  const known = keys.filter((key) => Object.hasOwn(found, key));
  if (wanted !== opening || !known.length) return;
  const asked = from.closest(LINKS) ?? from.closest("span[data-commitment]");
  if (box && asked === trigger && known.join() === box.keys.join()) return clearTimeout(closing);
  close();
  silence(from);
  trigger = asked;
  box = element("div", "preview");
  box.id = "preview";
  box.keys = known;
  box.append(...known.map((key) => entry(key, found[key], isLimited(from, key))));
  layer.append(box);
  trigger.setAttribute("aria-describedby", "preview");
  light(known, true);
  place(x);
};

const later = () => {
  clearTimeout(opening);
  opening = 0;
  clearTimeout(closing);
  closing = setTimeout(() => {
    if (!trigger?.matches(":focus-visible")) close();
  }, LINGER);
};

if (main) {
  main.append(layer);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (box?.contains(event.target)) return clearTimeout(closing);
    if (pointer === `${event.clientX},${event.clientY}`) return; // the page moved under it
    if (!main.contains(event.target) || !keysAt(event.target).length) return;
    clearTimeout(opening);
    clearTimeout(closing);
    opening = setTimeout(() => open(event.target, event.clientX), WAIT);
  });
  document.addEventListener("pointermove", (event) => (pointer = `${event.clientX},${event.clientY}`), { passive: true });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && (box?.contains(event.target) || keysAt(event.target).length)) later();
  });
  main.addEventListener("focusin", (event) => {
    if (event.target.matches(":focus-visible")) open(event.target);
  });
  main.addEventListener("focusout", () => later());
  main.addEventListener("click", (event) => {
    // a finger has no hover: to tap the words of a commitment that are no link says what they are
    if (event.pointerType === "touch" && !event.target.closest("a")) open(event.target, event.clientX);
  });
  document.addEventListener("pointerdown", (event) => {
    if (box && !box.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}
