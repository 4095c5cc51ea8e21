// A map to draw one area on: click or tap corners, drag them, undo, finish. The page owns
// what is drawn; it gets the corners in the units of the boundary file.

const SVG = "http://www.w3.org/2000/svg";
const MOST = 100;
const NEAR = 14; // pixels: a click this near to the first corner closes the line
const SETTLED = 500; // milliseconds after the last key
const MOVED = 5; // pixels: more is a drag, not a click

export default function ({ parentElement, data, setTriggerValue }) {
  const board = (parentElement.board ??= new Board(parentElement));
  board.send = (ring) => setTriggerValue("drawn", { ring });
  board.show(data);
}

function make(kind, properties = {}, ...children) {
  const element = Object.assign(document.createElement(kind), properties);
  element.append(...children);
  return element;
}

function draw(kind, attributes = {}) {
  const element = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// The middle of each group (a ward, or a district), those with most areas first.
function findPlaces(geometry) {
  const sums = geometry.groups.map((text) => ({ text, x: 0, y: 0, count: 0 }));
  geometry.group_of.forEach((group, place) => {
    sums[group].x += geometry.centres[2 * place];
    sums[group].y += geometry.centres[2 * place + 1];
    sums[group].count += 1;
  });
  const middles = sums.map((s) => ({ ...s, x: s.x / s.count, y: s.y / s.count }));
  return middles.sort((one, other) => other.count - one.count);
}

function meet(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

class Board {
  constructor(parent) {
    this.ring = [];
    this.drawing = false;
    this.svg = draw("svg", { role: "group", preserveAspectRatio: "xMidYMid meet" });
    this.areas = draw("g", { class: "areas" });
    this.lines = draw("g", { class: "lines" });
    this.line = draw("path", { class: "line" });
    this.corners = draw("g", { class: "corners" });
    this.names = draw("g", { class: "names", "aria-hidden": true });
    this.svg.append(this.areas, this.names, this.lines, this.line, this.corners);
    this.said = make("p", { className: "said" });
    this.said.setAttribute("role", "status");
    this.makeButtons();
    this.frame = make("div", { className: "frame" }, this.svg, this.zooms);
    this.box = make("div", { className: "draw-area" }, this.buttons, this.said, this.frame);
    parent.append(this.box);
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.frame);
  }

  makeButtons() {
    const button = (text, act, label = "") => {
      const made = make("button", { type: "button", textContent: text, onclick: act });
      if (label) made.setAttribute("aria-label", label);
      return made;
    };
    this.start = button("Draw an area", () => this.begin());
    this.undo = button("Undo last corner", () => this.removeCorner(this.ring.length - 1));
    this.done = button("Finish", () => this.finish());
    this.buttons = make("div", { className: "buttons" }, this.start, this.undo, this.done);
    this.zooms = make(
      "div",
      { className: "zooms" },
      button("+", () => this.zoom(1.6), "Zoom in"),
      button("−", () => this.zoom(1 / 1.6), "Zoom out"),
      button("⤢", () => this.fit(), "Show the whole map"),
    );
  }

  listen() {
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    this.svg.addEventListener("pointerup", (event) => this.release(event));
    this.svg.addEventListener("pointercancel", () => (this.held = null));
    this.corners.addEventListener("keydown", (event) => this.key(event));
  }

  show(data) {
    const text = JSON.stringify(data);
    if (text === this.shown) return;
    this.shown = text;
    for (const [name, value] of Object.entries(data.colours)) {
      this.box.style.setProperty(name, value);
    }
    this.frame.style.height = `min(${data.height}px, 70vh)`;
    this.svg.setAttribute("aria-label", data.label);
    this.allowed = data.allowed;
    this.counted = new Set(data.counted);
    this.outer = data.lines;
    this.about = data.about;
    if (!this.drawing) this.ring = data.ring.map((corner) => [...corner]);
    this.load(data.geometry);
  }

  async load(url) {
    if (url !== this.url) {
      this.url = url;
      this.drawing = false;
      // A file that is missing, cut short or no answer at all: each is no map.
      const read = (answer) => (answer.ok ? answer.json() : null);
      const geometry = await fetch(url).then(read).catch(() => null);
      if (url !== this.url) return;
      if (!geometry) return this.say("The map cannot be loaded. Pick from the list instead.");
      this.take(geometry);
      if (!this.near()) this.fit();
    }
    this.mark();
    this.paint();
  }

  take(geometry) {
    this.size = [geometry.width, geometry.height];
    const shapes = geometry.paths.map((path, place) => {
      const shape = draw("path", { d: path });
      const title = draw("title");
      title.textContent = `${geometry.names[place]}, ${geometry.groups[geometry.group_of[place]]}`;
      shape.append(title);
      shape.code = geometry.codes[place];
      return shape;
    });
    const outlines = draw("path", { class: "outlines", d: geometry.outlines.join("") });
    this.areas.replaceChildren(...shapes, outlines);
    this.places = findPlaces(geometry);
  }

  // Names of wards where there is room for them; more as the map is zoomed.
  name() {
    const unit = this.unit();
    const taken = [];
    const labels = [];
    for (const { text, x, y } of this.places ?? []) {
      const [width, height] = [(text.length * 6 + 8) * unit, 16 * unit];
      const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
      if (taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      const label = draw("text", { x, y, "font-size": 12 * unit, "stroke-width": 3 * unit });
      label.textContent = text;
      labels.push(label);
    }
    this.names.replaceChildren(...labels);
  }

  mark() {
    for (const shape of this.areas.children) {
      shape.classList.toggle("counted", this.counted.has(shape.code));
    }
    this.lines.replaceChildren(...this.outer.map((d) => draw("path", { d, class: "line" })));
  }

  // ---- The view -------------------------------------------------------------

  // A line that is there already is shown large, with what lies around it.
  near() {
    const corners = this.ring.length > 2 ? this.ring : this.about;
    if (corners.length < 2) return false;
    const [xs, ys] = [0, 1].map((side) => corners.map((corner) => corner[side]));
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
    const air = Math.max(width, height, this.size[0] / 40);
    this.view = [left - air / 2, top - air / 2, width + air, height + air];
    return true;
  }

  fit() {
    const air = 0.02 * Math.max(...this.size);
    this.view = [-air, -air, this.size[0] + 2 * air, this.size[1] + 2 * air];
    this.paint();
  }

  zoom(factor) {
    const [left, top, width, height] = this.view;
    const size = [width / factor, height / factor];
    if (size[0] > 3 * this.size[0] || size[0] < this.size[0] / 60) return;
    this.view = [left + (width - size[0]) / 2, top + (height - size[1]) / 2, ...size];
    this.paint();
  }

  // Units of the map for one pixel of the screen.
  unit() {
    const matrix = this.svg.getScreenCTM();
    return matrix ? 1 / matrix.a : 1;
  }

  place(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(this.svg.getScreenCTM().inverse());
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  }

  // ---- Drawing --------------------------------------------------------------

  begin() {
    this.drawing = true;
    this.ring = [];
    this.paint();
  }

  addCorner(corner) {
    if (this.ring.length >= MOST) return this.say(`${MOST} corners are the most. Press Finish.`);
    this.ring.push(corner);
    this.paint();
  }

  removeCorner(place) {
    this.ring.splice(place, 1);
    this.changed();
  }

  // While drawing nothing is sent; later every change is.
  changed() {
    if (this.ring.length < 3) this.drawing = true;
    this.paint();
    if (!this.drawing) this.send(this.ring);
  }

  finish() {
    if (this.ring.length < 3) return;
    this.drawing = false;
    this.changed();
  }

  press(event) {
    if (event.button > 0) return;
    const corner = event.target.closest?.(".corner");
    const at = corner ? Number(corner.dataset.place) : -1;
    this.held = { at, from: [event.clientX, event.clientY], view: [...this.view], far: false };
    this.svg.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.held) return;
    const [dx, dy] = [event.clientX - this.held.from[0], event.clientY - this.held.from[1]];
    if (!this.held.far && Math.hypot(dx, dy) < MOVED) return;
    this.held.far = true;
    if (this.held.at >= 0) this.ring[this.held.at] = this.place(event);
    else if (this.drawing || event.pointerType === "mouse") {
      const unit = this.unit();
      this.view[0] = this.held.view[0] - dx * unit;
      this.view[1] = this.held.view[1] - dy * unit;
    }
    this.paint();
  }

  release(event) {
    const held = this.held;
    this.held = null;
    if (!held) return;
    if (held.far) return held.at >= 0 ? this.changed() : undefined;
    if (!this.drawing) return;
    if (held.at === 0 || this.closes(event)) this.finish();
    else if (held.at < 0) this.addCorner(this.place(event));
  }

  closes(event) {
    if (this.ring.length < 3) return false;
    const [x, y] = this.place(event);
    const [x0, y0] = this.ring[0];
    return Math.hypot(x - x0, y - y0) < NEAR * this.unit();
  }

  // Corners can be moved and taken away with the keyboard.
  key(event) {
    const place = Number(event.target.dataset.place);
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!step && event.key !== "Delete") return;
    event.preventDefault();
    if (!step) return this.removeCorner(place);
    const by = 8 * this.unit();
    this.ring[place] = this.ring[place].map((n, i) => Math.round(10 * (n + by * step[i])) / 10);
    this.paint();
    this.corners.children[place]?.focus();
    // Keys come fast: the page is asked once, after the last of them.
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.changed(), SETTLED);
  }

  // ---- Painting -------------------------------------------------------------

  paint() {
    if (!this.view) return;
    this.svg.setAttribute("viewBox", this.view.map((n) => n.toFixed(1)).join(" "));
    const text = this.ring.map((corner) => corner.join(" ")).join("L");
    this.line.setAttribute("d", text ? `M${text}${this.drawing ? "" : "z"}` : "");
    const radius = 7 * this.unit();
    const dots = this.ring.map((corner, place) => this.dot(corner, place, radius));
    const root = this.svg.getRootNode();
    const focused = root.activeElement?.dataset?.place;
    this.corners.replaceChildren(...dots);
    if (focused !== undefined) this.corners.children[focused]?.focus();
    this.box.classList.toggle("drawing", this.drawing);
    this.buttons.hidden = !this.allowed;
    this.start.textContent = this.ring.length || this.drawing ? "Draw again" : "Draw an area";
    this.undo.disabled = !this.drawing || !this.ring.length;
    this.done.disabled = !this.drawing || this.ring.length < 3;
    this.name();
    this.tell();
    this.box.dataset.painted = this.areas.children.length;
  }

  dot([x, y], place, r) {
    const first = place === 0 && this.drawing ? " first" : "";
    const dot = draw("circle", { cx: x, cy: y, r, class: `corner${first}`, tabindex: 0 });
    dot.setAttribute("role", "button");
    dot.setAttribute("aria-label", `Corner ${place + 1}: arrow keys move it, Delete removes it`);
    dot.dataset.place = place;
    return dot;
  }

  tell() {
    if (!this.allowed) return this.say("");
    const count = this.ring.length;
    const corners = `${count} ${count === 1 ? "corner" : "corners"}`;
    if (!this.drawing) {
      return this.say(count ? `Your line has ${corners}. Drag one to move it.` : "");
    }
    const next = count < 3 ? "Three are the fewest." : "Press Finish, or the first corner again.";
    this.say(`Click or tap around your area; drag to move the map. ${corners} so far. ${next}`);
  }

  say(text) {
    if (this.said.textContent !== text) this.said.textContent = text;
  }
}
