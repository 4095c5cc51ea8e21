// The map itself. Streamlit asks for it again whenever the data or the theme
// changes; the state of a map lives in `maps`, by the element it is in.

const maps = new WeakMap();
const TINY = 13; // an area smaller than this on screen gets a round marker
const KEYS_HELP =
  "Arrow keys move to the neighbouring area, Home and End to the first and last by rank, " +
  "Page Up and Page Down one rank up or down, Enter chooses, plus and minus zoom, " +
  "zero shows the whole map, Escape closes the card. The table with this map holds the same figures.";

function drawWardMap({ parentElement, data, setStateValue }) {
  let map = maps.get(parentElement);
  if (!map) {
    parentElement.adoptedStyleSheets = [styles];
    maps.set(parentElement, (map = new WardMap(parentElement)));
  }
  map.update(data, setStateValue);
  return () => {
    map.remove();
    maps.delete(parentElement);
  };
}

class WardMap extends PlacedMap {
  constructor(parent) {
    super();
    this.sequence = 0; // counts choices made here; see update()
    this.selected = null;
    this.hovered = this.cursor = this.pinned = this.lit = -1;
    this.echo = -1; // pointed at on another map, see link.js
    this.build(parent);
    listen(this);
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.frame);
    this.beforePrint = () => this.print(true);
    this.afterPrint = () => this.print(false);
    // A card that is in the way can be closed wherever the focus is.
    this.escape = (event) => event.key === "Escape" && this.hovered >= 0 && this.closeCard();
    document.addEventListener("keydown", this.escape);
    window.addEventListener("beforeprint", this.beforePrint);
    window.addEventListener("afterprint", this.afterPrint);
  }

  build(parent) {
    this.root = html("section", "ward-map", parent);
    this.frame = html("div", "frame", this.root);
    this.stage = html("div", "stage", this.frame);
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-roledescription", "map");
    this.svg = svg("svg", { "aria-hidden": "true", focusable: "false" }, this.stage);
    this.defs = svg("defs", {}, this.svg);
    addPatterns(this.defs, "");
    addPatterns(this.defs, "-still");
    this.world = svg("g", { class: "world" }, this.svg);
    const line = (name) => svg("path", { class: name }, this.world);
    this.rest = line("rest");
    this.outlines = [line("outline-halo"), line("outline")];
    this.marks = {};
    for (const name of ["hover-halo", "hover", "focus-halo", "focus", "focus-core", "chosen-halo", "chosen"]) {
      this.marks[name] = svg("path", { class: `mark ${name}`, "fill-rule": "evenodd" }, this.world);
      this.marks[`${name}-dot`] = svg("circle", { class: `mark ${name}`, r: 9 }, this.svg);
    }
    this.card = html("div", "card", this.frame);
    this.card.setAttribute("aria-hidden", "true"); // spoken through the live region
    this.buildZoom();
    this.message = html("div", "message", this.frame);
    this.message.setAttribute("role", "alert");
    this.legend = html("div", "legend", this.root);
    this.caption = html("p", "caption", this.root);
    this.description = html("p", "unseen", this.root);
    this.description.id = "description";
    this.stage.setAttribute("aria-describedby", "description");
    this.live = html("div", "unseen", this.root);
    this.live.setAttribute("aria-live", "polite");
  }

  buildZoom() {
    this.buttons = html("div", "zoom", this.frame);
    this.buttons.setAttribute("role", "group");
    this.buttons.setAttribute("aria-label", "Zoom");
    const button = (sign, label, action) => {
      const element = html("button", "", this.buttons, sign);
      element.type = "button";
      element.title = label;
      element.setAttribute("aria-label", label);
      element.addEventListener("click", action);
    };
    button("+", "Zoom in", () => this.zoomBy(1.6));
    button("\u2212", "Zoom out", () => this.zoomBy(1 / 1.6));
    button("\u2922", "Show the whole map", () => this.reset());
  }

  // ---- data ---------------------------------------------------------------

  update(data, setStateValue) {
    this.send = setStateValue;
    this.setTheme();
    link(this, data.linked);
    // Python answers with the number of the last choice it has seen. An answer to
    // an older choice is late: taking it would make the ring jump back.
    if (data.sequence >= this.sequence) {
      this.sequence = data.sequence;
      this.wanted = data.selected;
    }
    this.frame.style.setProperty("--height", `${data.height}px`);
    this.address = data.geometry;
    this.packed = data.view;
    if (this.geometry && this.geometryAddress === data.geometry) this.show(this.geometry);
    else this.load();
  }

  load() {
    const address = this.address;
    this.root.dataset.state = "loading";
    loadGeometry(address).then(
      (geometry) => address === this.address && this.show(geometry, address),
      (error) => address === this.address && this.fail(error),
    );
  }

  show(geometry, address = this.geometryAddress) {
    if (geometry.size !== this.packed.size || geometry.check !== this.packed.check) {
      return this.fail(new Error("boundaries and figures are of different releases"));
    }
    if (this.viewOf !== this.packed) this.view = new View((this.viewOf = this.packed));
    if (geometry !== this.geometry) this.adopt(geometry, address);
    this.root.dataset.state = "ready";
    this.message.replaceChildren();
    this.ranks = null;
    const moved = this.selected !== this.wanted;
    this.selected = this.wanted;
    buildLegend(this);
    this.setWords();
    this.painter.draw(this.view, this.lit);
    this.mark();
    this.fillCard();
    const chosen = this.geometry.index.get(this.selected);
    if (moved && chosen >= 0 && this.place) this.reveal(chosen);
    if (this.painter instanceof SvgPainter) this.painted();
  }

  adopt(geometry, address) {
    this.geometry = geometry;
    this.geometryAddress = address;
    this.painter?.remove();
    this.hovered = this.cursor = this.echo = -1;
    const Painter = geometry.size > CANVAS_ABOVE ? CanvasPainter : SvgPainter;
    this.painter = new Painter(this, geometry);
    this.rest.setAttribute("d", geometry.rest || "");
    const drawnHere = this.painter instanceof SvgPainter ? geometry.outlines.join("") : "";
    for (const outline of this.outlines) outline.setAttribute("d", drawnHere);
    this.place = null;
    this.resize();
  }

  // For tests and measurements: how often the figures have been drawn.
  painted() {
    this.root.dataset.painted = +(this.root.dataset.painted || 0) + 1;
  }

  fail(error) {
    this.root.dataset.state = "error";
    this.message.replaceChildren();
    html("strong", "", this.message, "The map could not be drawn.");
    const why = `Its boundaries did not arrive (${error.message}). `;
    const next = "The figures are not affected: the table with this map holds them all.";
    html("p", "", this.message, why + next);
    const again = html("button", "", this.message, "Try again");
    again.type = "button";
    again.addEventListener("click", () => this.load());
  }

  setWords() {
    const { view } = this;
    const name = `${view.title || view.indicator}. Map of ${view.size} ${view.areas}`;
    this.stage.setAttribute("aria-label", name);
    this.description.textContent = `${view.description} ${KEYS_HELP}`.trim();
    this.caption.textContent = [view.native, view.source].filter(Boolean).join(" · ");
  }

  setTheme() {
    const style = getComputedStyle(this.root);
    const page = luminance(style.getPropertyValue("--st-background-color"));
    this.root.dataset.theme = page < 0.4 ? "dark" : "light";
  }

  // ---- pointing and choosing ----------------------------------------------

  pointAt(i, at = null) {
    this.pointer = at;
    if (i >= 0) this.cursor = -1;
    const changed = i !== this.hovered;
    this.hovered = i;
    this.stage.classList.toggle("over", i >= 0);
    if (changed) {
      this.mark();
      pointOnOthers(this, i);
    }
    this.fillCard(changed);
  }

  moveCursor(i, quiet = false) {
    this.keyboard = true;
    this.hovered = -1;
    this.cursor = i;
    this.reveal(i);
    this.mark();
    pointOnOthers(this, i);
    this.fillCard();
    if (!quiet) this.live.textContent = this.view.spoken(i, this.geometry);
  }

  dropCursor() {
    if (this.cursor < 0) return;
    this.cursor = -1;
    this.mark();
    pointOnOthers(this, -1);
    this.fillCard();
  }

  closeCard() {
    this.hovered = -1;
    this.cardClosed = this.cursor;
    this.mark();
    pointOnOthers(this, this.cursor);
    this.fillCard();
  }

  choose(i) {
    const code = this.geometry.codes[i];
    this.selected = this.wanted = code;
    this.sequence += 1;
    this.mark();
    chooseOnOthers(this, code);
    this.live.textContent = `${this.geometry.names[i]} chosen`;
    this.send("selected", { code, sequence: this.sequence });
  }

  startOfWalk() {
    const chosen = this.geometry.index.get(this.selected);
    return chosen ?? this.rankOrder()[0];
  }

  // Areas by rank; those without a rank come last, in the order of their codes.
  rankOrder() {
    if (!this.ranks) {
      const place = (i) => this.view.rank[i] || Infinity;
      this.ranks = [...this.geometry.codes.keys()];
      this.ranks.sort((a, b) => (place(a) === place(b) ? a - b : place(a) - place(b)));
    }
    return this.ranks;
  }

  light(place) {
    if (place === this.lit) return;
    this.lit = place;
    this.painter.draw(this.view, place);
  }

  // ---- what lies on top -----------------------------------------------------

  mark() {
    if (!this.geometry || !this.place) return;
    const chosen = this.geometry.index.get(this.selected) ?? -1;
    this.root.dataset.selected = chosen >= 0 ? this.selected : "";
    this.markOne(["chosen-halo", "chosen"], chosen);
    this.markOne(["hover-halo", "hover"], this.hovered >= 0 ? this.hovered : this.echo);
    this.markOne(["focus-halo", "focus", "focus-core"], this.keyboard ? this.cursor : -1);
  }

  markOne(names, i) {
    const [left, top, right, bottom] = i >= 0 ? this.geometry.box(i) : [0, 0, 0, 0];
    const tiny = i >= 0 && Math.max(right - left, bottom - top) * this.place.k < TINY;
    const [x, y] = i >= 0 ? this.onScreen(i) : [0, 0];
    for (const name of names) {
      const mark = this.marks[name];
      if (mark.areaIndex !== i || mark.of !== this.geometry) {
        mark.setAttribute("d", i >= 0 ? this.geometry.paths[i] : "");
        [mark.areaIndex, mark.of] = [i, this.geometry];
      }
      const dot = this.marks[`${name}-dot`];
      dot.classList.toggle("shown", tiny);
      if (tiny) dot.setAttribute("transform", `translate(${x} ${y})`);
    }
  }

  print(begins) {
    if (!this.geometry || begins === !!this.printing) return;
    this.printing = begins;
    if (begins) {
      // A zoom still under way would move the map on the paper; it ends where it was going.
      cancelAnimationFrame(this.gliding);
      this.kept = this.goal || this.place;
      this.goal = null;
    }
    this.root.classList.toggle("on-paper", begins);
    this.pointAt(-1);
    this.setPlace(begins ? this.fit : this.kept);
    if (this.painter.fill) this.painter.fill(); // paper does not wait for a frame
  }

  remove() {
    link(this, false);
    this.watcher.disconnect();
    document.removeEventListener("keydown", this.escape);
    window.removeEventListener("beforeprint", this.beforePrint);
    window.removeEventListener("afterprint", this.afterPrint);
    cancelAnimationFrame(this.gliding);
    this.painter?.remove();
    this.root.remove();
  }
}
