// Two ways to fill the areas. Both offer draw(), move() and remove(); everything
// on top of them (hover, chosen area, focus) is SVG and drawn elsewhere.

const SVG = "http://www.w3.org/2000/svg";
const CANVAS_ABOVE = 600; // areas; measured: 1,000 repaint in 1.6 of the floor on canvas, in 2.6 as SVG

function svg(name, attributes = {}, parent = null) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (parent) parent.append(element);
  return element;
}

function html(name, className, parent, text = "") {
  const element = document.createElement(name);
  element.className = className;
  if (text) element.textContent = text;
  if (parent) parent.append(element);
  return element;
}

class SvgPainter {
  constructor(map, geometry) {
    this.map = map;
    this.paths = geometry.paths.map((d, i) => {
      const path = svg("path", { d, "fill-rule": "evenodd", "data-code": geometry.codes[i] });
      path.areaIndex = i;
      return path;
    });
    this.group = svg("g", { class: "areas" });
    this.group.append(...this.paths);
    map.rest.after(this.group);
  }

  draw(view, lit) {
    this.paths.forEach((path, i) => {
      const place = view.class[i];
      const look = `area k-${view.keys[place]}${lit >= 0 && lit !== place ? " dim" : ""}`;
      if (path.look !== look) path.setAttribute("class", (path.look = look));
    });
  }

  move() {}

  areaAt(event) {
    // composedPath, since the shadow tree hides the true target from outside.
    return event.composedPath()[0].areaIndex ?? -1;
  }

  remove() {
    this.group.remove();
  }
}

class CanvasPainter {
  constructor(map, geometry) {
    this.map = map;
    this.geometry = geometry;
    this.canvas = html("canvas", "canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    map.stage.prepend(this.canvas);
    this.pen = this.canvas.getContext("2d");
  }

  // Areas of one class become one shape, so that a repaint is a handful of fills.
  draw(view, lit) {
    this.lit = lit;
    if (this.view !== view) {
      this.view = view;
      this.merged = view.keys.map(() => new Path2D());
      this.merged.forEach((shape, place) => {
        for (let i = 0; i < this.geometry.size; i++) {
          if (view.class[i] === place) shape.addPath(this.geometry.shape(i));
        }
      });
    }
    this.move();
  }

  // Several moves in one frame are one drawing.
  move() {
    if (this.waiting || !this.view) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.fill();
    });
  }

  fill() {
    const { pen, canvas, map } = this;
    if (!map.place) return; // in a tab not yet opened
    const sharp = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(map.width * sharp), Math.round(map.height * sharp)];
    if (canvas.width !== across || canvas.height !== down) {
      [canvas.width, canvas.height] = [across, down];
    }
    const style = getComputedStyle(map.root);
    const colour = (name) => style.getPropertyValue(`--map-${name}`).trim();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, across, down);
    const { k, x, y } = map.place;
    pen.setTransform(k * sharp, 0, 0, k * sharp, x * sharp, y * sharp);
    pen.lineJoin = "round";
    pen.lineWidth = map.lineWidth(this.geometry.size, 0.6) / k;
    this.merged.forEach((shape, place) => {
      const key = this.view.keys[place];
      pen.globalAlpha = this.lit >= 0 && this.lit !== place ? 0.14 : 1;
      if (key !== "not_estimated") {
        pen.fillStyle = PATTERNS[key] ? this.pattern(PATTERNS[key], colour, k) : colour(key);
        pen.fill(shape, "evenodd");
      }
      pen.strokeStyle = colour(`line-${key}`);
      pen.stroke(shape);
    });
    pen.globalAlpha = 1;
    this.outline ??= new Path2D(this.geometry.outlines.join(""));
    const width = map.lineWidth(this.geometry.outlines.length, 1.2);
    for (const [name, size] of [["halo", 2.4 * width], ["outline", width]]) {
      if (name === "halo" && width < 1) continue;
      pen.globalAlpha = width < 1 ? 0.65 : 1;
      pen.strokeStyle = colour(name);
      pen.lineWidth = size / k;
      pen.stroke(this.outline);
    }
    map.painted();
  }

  // The same tiles as the SVG patterns, at a fixed size on screen.
  pattern({ size, turn, paper, ink, marks }, colour, k) {
    const tile = document.createElement("canvas");
    const sharp = 4; // dots per pixel of the tile
    tile.width = tile.height = size * sharp;
    const pen = tile.getContext("2d");
    pen.scale(sharp, sharp);
    pen.fillStyle = colour(paper);
    pen.fillRect(0, 0, size, size);
    pen.fillStyle = colour(ink);
    for (const [x, y, ...rest] of marks) {
      if (rest.length === 2) pen.fillRect(x, y, ...rest);
      else {
        pen.beginPath();
        pen.arc(x, y, rest[0], 0, 7);
        pen.fill();
      }
    }
    const pattern = this.pen.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / (sharp * k)).rotate(turn));
    return pattern;
  }

  areaAt(event) {
    const { k, x, y } = this.map.place;
    const [px, py] = this.map.point(event);
    return this.geometry.areaAt((px - x) / k, (py - y) / k);
  }

  remove() {
    cancelAnimationFrame(this.waiting);
    this.canvas.remove();
  }
}
