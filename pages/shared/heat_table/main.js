// The table itself. Streamlit asks for it again whenever the data or the theme changes.

const tables = new WeakMap();
const HELP =
  "Arrow keys move between cells, Home and End to the ends of a row, with Control to the " +
  "first and last row, Page Up and Page Down by ten rows. Enter on a cell shows its details " +
  "below; Enter on a heading sorts by it. Escape closes the card.";

export default function ({ parentElement, data, setStateValue }) {
  let heat = tables.get(parentElement);
  if (!heat) tables.set(parentElement, (heat = new HeatTable(parentElement)));
  heat.update(data, setStateValue);
  return () => {
    heat.root.remove();
    tables.delete(parentElement);
  };
}

class HeatTable {
  constructor(parent) {
    this.row = 1;
    this.column = 1;
    this.sequence = 0;
    this.root = make("section", "heat", parent);
    this.help = make("p", "unseen", this.root, HELP);
    this.help.id = "help";
    this.legend = make("ul", "legend", this.root);
    this.legend.setAttribute("aria-label", "What the colours mean, and number of cells");
    this.scroll = make("div", "scroll", this.root);
    this.table = make("table", "", this.scroll);
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-describedby", "help");
    this.card = make("div", "card", this.root);
    this.card.id = "card";
    this.card.setAttribute("role", "tooltip");
    this.live = make("div", "unseen", this.root);
    this.live.setAttribute("aria-live", "polite");
    listen(this);
  }

  update(data, setStateValue) {
    this.send = setStateValue;
    this.setTheme();
    const content = JSON.stringify(data);
    if (content === this.content) return;
    this.content = content;
    this.show(data);
  }

  show(data) {
    const focused = !!this.table.getRootNode().activeElement?.closest?.("table");
    const [code, id] = this.whereabouts();
    const kept = [this.scroll.scrollLeft, this.scroll.scrollTop];
    this.data = data;
    this.columns = data.columns.map((c) => unpackColumn(c, data.looks, data.codes.length));
    this.table.replaceChildren();
    this.table.setAttribute("aria-label", data.label);
    this.table.setAttribute("aria-colcount", this.columns.length + 1);
    const head = buildHead(this.table, data, this.columns);
    const body = make("tbody", "", this.table);
    this.grid = [head, ...data.codes.map((_, row) => buildRow(body, data, this.columns, row))];
    this.table.setAttribute("aria-rowcount", this.table.rows.length);
    this.index();
    buildLegend(this.legend, data.legend);
    [this.scroll.scrollLeft, this.scroll.scrollTop] = kept;
    this.restore(code, id, focused);
    this.root.dataset.painted = +(this.root.dataset.painted || 0) + 1;
  }

  index() {
    this.places = new Map();
    this.grid.forEach((line, row) => line.forEach((cell, c) => this.places.set(cell, [row, c])));
  }

  // The ward and column the cursor is on, which a new order moves to another place.
  whereabouts() {
    if (!this.data) return [null, null];
    const code = this.row > 0 ? this.data.codes[this.row - 1] : "";
    return [code, this.column > 0 ? this.columns[this.column - 1]?.id : "ward"];
  }

  restore(code, id, focused) {
    const row = code === null ? 1 : code ? this.data.codes.indexOf(code) + 1 : 0;
    const column = id === "ward" ? 0 : this.columns.findIndex((c) => c.id === id) + 1;
    this.moveTo(code && !row ? 1 : row, id === null ? 1 : column, focused);
  }

  find(target) {
    return this.places.get(target.closest("td[role], tbody th, button.sort"));
  }

  moveTo(row, column, focus = true) {
    this.grid[this.row]?.[this.column]?.setAttribute("tabindex", "-1");
    this.row = Math.min(Math.max(row, 0), this.grid.length - 1);
    this.column = Math.min(Math.max(column, 0), this.grid[0].length - 1);
    const cell = this.grid[this.row][this.column];
    cell.tabIndex = 0;
    if (!focus) return;
    cell.focus({ preventScroll: true });
    this.reveal(cell);
    if (this.row > 0) this.showCard(this.row, this.column);
  }

  // Brings a cell out from under the fixed heading and the fixed first column.
  reveal(cell) {
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    const head = this.table.tHead.getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    if (this.row > 0 && box.top < head.bottom) this.scroll.scrollTop -= head.bottom - box.top;
    const side = this.grid[0][0].closest("th").getBoundingClientRect();
    if (this.column > 0 && box.left < side.right) this.scroll.scrollLeft -= side.right - box.left;
  }

  act() {
    const { row, column } = this;
    const id = column > 0 ? this.columns[column - 1].id : "ward";
    this.sequence += 1;
    const number = Date.now() + this.sequence;
    if (row === 0) {
      this.live.textContent = `Sorting by ${this.grid[0][column].title}`;
      return this.send("sort", { column: id, sequence: number });
    }
    const code = this.data.codes[row - 1];
    const known = column > 0 && this.columns[column - 1].choose;
    this.live.textContent = `${this.data.names[row - 1]} chosen`;
    this.send("chosen", { code, column: known ? id : "", sequence: number });
  }

  showCard(row, column) {
    this.hideCard();
    if (row < 1 || column < 1) return;
    const cell = this.grid[row][column];
    writeCard(this.card, this, row - 1, column - 1);
    this.card.classList.add("shown");
    placeCard(this.card, this.root, cell);
    cell.setAttribute("aria-describedby", "card");
    this.described = cell;
  }

  hideCard() {
    this.card.classList.remove("shown");
    this.described?.removeAttribute("aria-describedby");
    this.described = null;
  }

  setTheme() {
    const page = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillStyle = page || "#ffffff";
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16));
    this.root.dataset.theme = red + green + blue < 384 ? "dark" : "light";
  }
}
