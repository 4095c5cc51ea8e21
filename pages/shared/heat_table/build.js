// From the packed table to rows and cells. Text from data is only ever set as text.

function make(name, className, parent, text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  if (parent) parent.append(element);
  return element;
}

// Columns arrive as strings cut at tabs, or with one character per row.
function unpackColumn(packed, looks, size) {
  const split = (text) => (text ? text.split("\t") : []);
  const texts = size === 1 ? [packed.texts] : split(packed.texts);
  return {
    ...packed,
    texts,
    look: (row) => looks[packed.looks.charCodeAt(row) - 97],
    sign: (row) => (packed.signs[row] || "").trim(),
    word: (row) => packed.words[packed.word[row]] || "",
    ranges: split(packed.ranges),
  };
}

// What a screen reader says in a cell, after the headings of row and column.
function spokenCell(column, row) {
  const figure = column.texts[row];
  if (!figure) return ["no figure", column.word(row)].filter(Boolean).join(", ");
  return [`${figure} ${column.unit}`.trim(), column.word(row)].filter(Boolean).join(", ");
}

function buildHead(table, data, columns) {
  const head = make("thead", "", table);
  if (columns.some((column) => column.group)) buildGroups(head, columns);
  const line = make("tr", "headings", head);
  line.setAttribute("role", "row");
  const all = [{ id: "ward", name: "Ward", unit: "", foot: "", about: "Ward" }, ...columns];
  return all.map((column) => {
    const cell = make("th", column.id === "ward" ? "corner" : "", line);
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    const [by, direction] = data.sort;
    cell.setAttribute("aria-sort", by === column.id ? direction : "none");
    const button = make("button", "sort", cell);
    button.type = "button";
    button.tabIndex = -1;
    button.title = column.about;
    make("span", "name", button, column.name);
    if (column.unit) make("span", "unit", button, column.unit);
    if (column.foot) make("span", "foot", button, column.foot);
    const arrow = { ascending: "↑", descending: "↓" }[by === column.id ? direction : ""] || "↕";
    make("span", "arrow", button, arrow).setAttribute("aria-hidden", "true");
    button.dataset.column = column.id;
    return button;
  });
}

// Themes above the columns: one heading for each run of columns of the same theme.
function buildGroups(head, columns) {
  const line = make("tr", "groups", head);
  line.setAttribute("role", "row");
  make("td", "corner", line);
  for (let from = 0; from < columns.length; ) {
    let to = from;
    while (to < columns.length && columns[to].group === columns[from].group) to += 1;
    const named = !!columns[from].group;
    const cell = make(named ? "th" : "td", "", line, columns[from].group);
    cell.colSpan = to - from;
    if (named) {
      cell.scope = "colgroup";
      cell.setAttribute("role", "columnheader");
    }
    from = to;
  }
}

function buildRow(body, data, columns, row) {
  const line = make("tr", "", body);
  line.setAttribute("role", "row");
  const [code, chosen] = data.selected;
  const here = data.codes[row] === code;
  const name = make("th", here ? "ward here" : "ward", line);
  name.scope = "row";
  name.setAttribute("role", "rowheader");
  name.tabIndex = -1;
  make("span", "name", name, data.names[row]);
  if (data.subnames.length) make("span", "unit", name, data.subnames[row]);
  const cells = columns.map((column) => {
    const selected = here && column.id === chosen;
    const cell = make("td", `k-${column.look(row)}${selected ? " chosen" : ""}`, line);
    cell.setAttribute("role", "gridcell");
    cell.tabIndex = -1;
    cell.setAttribute("aria-label", spokenCell(column, row));
    if (column.choose) cell.setAttribute("aria-selected", String(selected));
    const sign = column.sign(row);
    if (sign) make("span", "sign", cell, sign);
    make("span", "", cell, column.texts[row] || "–");
    return cell;
  });
  return [name, ...cells];
}

function buildLegend(legend, entries) {
  legend.replaceChildren();
  for (const [key, sign, label, count] of entries) {
    const item = make("li", "", legend);
    make("span", `swatch k-${key}`, item, sign.slice(0, 1)).setAttribute("aria-hidden", "true");
    make("span", "", item, `${sign} ${label}`.trim());
    make("span", "count", item, groupDigits(count));
    make("span", "unseen", item, " cells");
  }
}

function ordinal(number) {
  const tail = number % 100;
  const ending = tail > 10 && tail < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] || "th";
  return groupDigits(number) + ending;
}

function groupDigits(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
