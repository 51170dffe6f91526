"use strict";
const data = JSON.parse(document.getElementById("data").textContent);

// Tables: a click on a title sorts, a second one turns the order; an input above a table filters its rows.
for (const table of document.querySelectorAll("main table:not(.kwic)")) {
  const body = table.tBodies[0], rows = [...body.rows];
  table.querySelectorAll("th button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.parentElement;
      const number = head.classList.contains("n");
      const falls = head.ariaSort ? head.ariaSort === "ascending" : number;
      table.querySelectorAll("th").forEach((other) => { other.ariaSort = null; });
      head.ariaSort = falls ? "descending" : "ascending";
      const value = (row) => {
        const cell = row.cells[column];
        return number ? parseFloat(cell.dataset.value ?? cell.textContent.replaceAll(",", "")) : cell.textContent;
      };
      const compare = (a, b) => number
        ? (Number.isNaN(value(a)) - Number.isNaN(value(b))) || (falls ? value(b) - value(a) : value(a) - value(b))
        : (falls ? -1 : 1) * value(a).localeCompare(value(b));
      body.append(...rows.sort(compare));
    });
  });
  if (rows.length < 12) continue;
  const filter = document.createElement("input");
  filter.type = "search";
  filter.placeholder = "filter";
  filter.ariaLabel = "filter the rows";
  filter.addEventListener("input", () => {
    const wanted = folded(filter.value).text;
    for (const row of rows) row.hidden = !folded(row.textContent).text.includes(wanted);
  });
  table.closest(".scrolled").before(filter);
}

// A bar of the timeline opens the sentences behind it.
addEventListener("hashchange", opened);
function opened() {
  const target = location.hash.startsWith("#period-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.open = true;
}
opened();

// Folding, as wic grep does it: characters by a table, optional marks dropped; `places` lead back to the text.
function folded(text) {
  const fold = data.fold ?? { map: {}, drop: "", spellings: [] };
  let result = "";
  const places = [];
  let place = 0;
  for (const character of text) {
    if (character !== "\u200b" && !(fold.drop.includes(character) && result)) {
      const meant = fold.map[character] ?? character.toLowerCase();
      result += meant;
      for (let unit = 0; unit < meant.length; unit++) places.push(place);
    }
    place += character.length;
  }
  places.push(place);
  for (const [written, meant] of fold.spellings) result = result.replaceAll(written, meant);
  return { text: result, places };
}

// The concordance.
const box = document.getElementById("query");
if (box) {
  const MOST = 200, WIDE = 60;
  const lines = data.documents.flatMap(([source, lang, texts]) => texts.map((text) => ({ source, lang, text, key: folded(text) })));
  const result = document.getElementById("hits"), told = document.getElementById("told");
  const cell = (name, text, lang) => {
    const made = document.createElement("td"), inner = document.createElement("bdi");
    made.className = name;
    inner.lang = lang;
    inner.textContent = text;
    made.append(inner);
    return made;
  };
  const search = () => {
    result.replaceChildren();
    const query = folded(box.value.trim()).text;
    if (!query) { told.textContent = ""; return; }
    let count = 0;
    for (const { source, lang, text, key } of lines) {
      for (let at = key.text.indexOf(query); at >= 0; at = key.text.indexOf(query, at + query.length)) {
        if (++count > MOST) continue;
        const start = key.places[at], end = key.places[at + query.length];
        const row = result.insertRow();
        row.dir = lang === "ar" ? "rtl" : "ltr";
        row.title = source;
        row.append(
          cell("before", [...text.slice(0, start)].slice(-WIDE).join(""), lang),
          cell("match", text.slice(start, end), lang),
          cell("after", [...text.slice(end)].slice(0, WIDE).join(""), lang),
        );
      }
    }
    told.textContent = `${count} found` + (count > MOST ? `, the first ${MOST} shown` : "");
  };
  box.addEventListener("input", search);
  search();
}
