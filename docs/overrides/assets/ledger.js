// Narrowing and ordering the ledger on the page itself; what was chosen stands in the address, so that it can be passed on.
// Without this the lists by party, kind and state do the same, one choice at a time.
const place = document.querySelector("[data-narrow]");
const rows = [...document.querySelectorAll("table.ledger tbody tr")];
const tables = [...document.querySelectorAll("table.ledger tbody")];
const written = new Map(tables.map((body) => [body, [...body.rows]]));
const split = (text) => text.split("|").filter(Boolean);
const CHOICES = { by: "By", toward: "Toward", state: "State" };
const ORDERS = { "": "as edited", name: "by name", state: "by state", since: "by day of the state" };
const KEYS = {
  name: (row) => row.querySelector("th a").textContent,
  state: (row) => row.dataset.state,
  since: (row) => row.dataset.since,
};

const chooser = (name, label, options) => {
  const made = document.createElement("label");
  const select = document.createElement("select");
  select.name = name;
  for (const [value, words] of options) select.add(new Option(words, value));
  made.append(`${label} `, select);
  return made;
};

if (place && rows.length > 1) {
  const form = document.createElement("form");
  form.className = "narrow-down";
  for (const [name, label] of Object.entries(CHOICES)) {
    const values = [...new Set(rows.flatMap((row) => split(row.dataset[name])))].sort();
    form.append(chooser(name, label, [["", "any"], ...values.map((value) => [value, value])]));
  }
  form.append(chooser("order", "Order", Object.entries(ORDERS)));
  const said = document.createElement("output");
  form.append(said);
  place.append(form);

  const apply = () => {
    const chosen = new FormData(form);
    const wanted = Object.keys(CHOICES).filter((name) => chosen.get(name));
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((name) => split(row.dataset[name]).includes(chosen.get(name)));
      shown += !row.hidden;
    }
    const key = KEYS[chosen.get("order")];
    for (const [body, lines] of written) {
      body.append(...(key ? lines.toSorted((a, b) => key(a).localeCompare(key(b), "en")) : lines));
      const section = body.closest("section");
      if (section) section.hidden = lines.every((row) => row.hidden);
    }
    said.textContent = wanted.length ? `${shown} of ${rows.length}` : "";
    return new URLSearchParams([...chosen].filter(([, value]) => value));
  };
  const read = () => {
    const address = new URLSearchParams(location.search);
    for (const select of form.elements) {
      if (select.name) select.value = [...select.options].some((one) => one.value === address.get(select.name)) ? address.get(select.name) : "";
    }
    apply();
  };
  form.addEventListener("change", () => {
    const address = apply().toString();
    history.replaceState(null, "", (address ? `?${address}` : location.pathname) + location.hash);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  read();
}
