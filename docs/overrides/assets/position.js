// The address follows the passage in view, once the reader has scrolled, so that a copied address or a reload comes back to
// it. It replaces the entry of the history and never adds one; nothing on the page is moved.
const PAUSE = 200; // ms; browsers refuse more than some 100 changes of the address in 30 s
const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const parts = [...document.querySelectorAll(".part")];
const map = document.querySelector(".map .stops");
const places = new Map([...(map?.querySelectorAll("li a") ?? [])].map((link) => [link.hash, link]));
const order = [...document.querySelectorAll(".passage > .text[id]")];
let armed = false; // a gesture of the reader, and no jump since
let timer = 0;
let current;

// the last of a list that begins above the line; to ask where a passage is would lay out its part, so parts are asked first
const lastAbove = (list, line) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].getBoundingClientRect().top > line) high = middle;
    else low = middle + 1;
  }
  return low - 1;
};

const passagesIn = (part) => [...part.querySelectorAll(".passage > .text[id]")];

const inView = () => {
  const line = document.querySelector("header.site").getBoundingClientRect().bottom + innerHeight / 5;
  let part = lastAbove(parts, line);
  if (part < 0) return undefined;
  const passages = passagesIn(parts[part]);
  const found = passages[lastAbove(passages, line)];
  while (!found && part > 0) {
    part -= 1;
    const before = passagesIn(parts[part]).at(-1);
    if (before) return before;
  }
  return found;
};

// on the map of a long document passages share a line, which leads to the first of them
const placeOf = (passage) => {
  for (let at = order.indexOf(passage); at >= 0; at -= 1) {
    const place = places.get(`#${order[at].id}`);
    if (place) return place;
  }
  return undefined;
};

let shown;
const show = (passage) => {
  if (passage === current) return false;
  current = passage;
  const place = placeOf(passage);
  if (place === shown) return true;
  const top = place && map.scrollHeight > map.clientHeight ? place.offsetTop - map.clientHeight / 2 : undefined;
  shown?.removeAttribute("aria-current");
  shown = place;
  place?.setAttribute("aria-current", "location");
  if (top !== undefined) map.scrollTop = top;
  return true;
};

const follow = () => {
  timer = 0;
  if (!show(inView()) || !armed) return;
  history.replaceState(history.state, "", location.pathname + (current ? `#${current.id}` : ""));
};

const arm = () => (armed = true);
for (const gesture of ["wheel", "touchmove", "pointerdown"]) addEventListener(gesture, arm, { passive: true });
addEventListener("keydown", (event) => SCROLLING.has(event.key) && arm());
addEventListener("hashchange", () => (armed = false));
// to listen to every step of a scroll costs a long document a frame each; the end of one is enough where it is told
const step = "onscrollend" in window ? "scrollend" : "scroll";
addEventListener(step, () => (timer ||= setTimeout(follow, PAUSE)), { passive: true });
requestAnimationFrame(() => setTimeout(() => show(inView()))); // when the page has been laid out anyway
