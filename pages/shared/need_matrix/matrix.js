// Draws wards by action areas as a real table: choose a ward by its name, an action area by its
// heading, or both by a cell.

export default function ({ parentElement, data, setTriggerValue }) {
  const text = JSON.stringify(data);
  parentElement.choose = (ward, area) => setTriggerValue("chosen", { ward, area });
  if (parentElement.drawn === text) return;
  parentElement.drawn = text;
  let box = parentElement.querySelector(".matrix");
  if (!box) {
    box = element("div", { className: "matrix", tabIndex: 0 });
    box.setAttribute("role", "region");
    box.addEventListener("click", (event) => follow(event, parentElement.choose));
    parentElement.append(box);
  }
  const focused = box.getRootNode().activeElement?.dataset ?? {};
  box.setAttribute("aria-label", data.caption);
  for (const [name, value] of Object.entries(data.colours)) box.style.setProperty(name, value);
  // A short table stands on the page whole; a long one scrolls in its own box.
  box.classList.toggle("long", data.rows.length > 40);
  box.replaceChildren(draw(data));
  if (data.ward !== parentElement.shown) reveal(box, data.ward);
  parentElement.shown = data.ward;
  const { ward, area } = focused;
  const key = ward ? `button[data-ward="${ward}"]` : area ? `button[data-area="${area}"]` : "";
  if (key) box.querySelector(key)?.focus({ preventScroll: true });
}

// Scrolls the box, never the page, to the chosen ward.
function reveal(box, ward) {
  const row = box.querySelector("tr.chosen");
  if (!ward || !row) return;
  const head = box.querySelector("thead").offsetHeight;
  const above = row.offsetTop - head < box.scrollTop;
  const below = row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight;
  if (above || below) box.scrollTop = row.offsetTop - head - box.clientHeight / 3;
}

function follow(event, choose) {
  const chosen = event.target.closest("[data-ward], [data-area]");
  if (chosen) choose(chosen.dataset.ward ?? "", chosen.dataset.area ?? "");
}

function draw(data) {
  const table = element("table");
  table.append(element("caption", { textContent: data.caption }));
  const head = table.createTHead().insertRow();
  head.append(heading("Ward", "col"), heading("People", "col", "people"));
  for (const area of data.areas) {
    const cell = heading("", "col", area.id === data.area ? "chosen" : "");
    cell.append(button(area.heading, { area: area.id }, area.id === data.area));
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of data.rows) body.append(drawRow(row, data));
  return table;
}

function drawRow(row, data) {
  const line = element("tr", { className: row.code === data.ward ? "chosen" : "" });
  const name = heading("", "row");
  name.append(button(row.name, { ward: row.code }, row.code === data.ward));
  line.append(name, element("td", { className: "people", textContent: row.people }));
  row.cells.forEach(([score, sign, rank, step, note], place) => {
    const cell = element("td", { className: `step-${step}` });
    cell.dataset.ward = row.code;
    cell.dataset.area = data.areas[place].id;
    if (step) {
      cell.append(element("strong", { textContent: score }), ` ${sign} `);
      cell.append(element("span", { textContent: rank }));
    }
    if (note) cell.append(element("small", { textContent: note }));
    line.append(cell);
  });
  return line;
}

function heading(words, scope, className = "") {
  return element("th", { textContent: words, scope, className });
}

function button(words, values, pressed) {
  const made = element("button", { type: "button", textContent: words });
  Object.assign(made.dataset, values);
  made.setAttribute("aria-pressed", String(pressed));
  return made;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
