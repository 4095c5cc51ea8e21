// Where the map lies in its frame: on screen = map units * k + (x, y).

const MARGIN = 10; // pixels of air around the whole map

class PlacedMap {
  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height || this.printing) return;
    const old = { fit: this.fit, place: this.place, width: this.width, height: this.height };
    [this.width, this.height] = [width, height];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (!this.geometry) return;
    this.fit = this.wholeMap();
    if (!old.place || old.place.k <= old.fit.k * 1.001) return this.setPlace(this.fit);
    // Keep the same point in the middle at the same zoom.
    const k = (old.place.k / old.fit.k) * this.fit.k;
    const x = width / 2 - ((old.width / 2 - old.place.x) / old.place.k) * k;
    const y = height / 2 - ((old.height / 2 - old.place.y) / old.place.k) * k;
    this.setPlace({ k, x, y });
  }

  wholeMap() {
    const { width, height } = this.geometry;
    const k = Math.min((this.width - 2 * MARGIN) / width, (this.height - 2 * MARGIN) / height);
    const { left, top } = this.geometry;
    const middle = (whole, size, start) => (whole - size * k) / 2 - start * k;
    return { k, x: middle(this.width, width, left), y: middle(this.height, height, top) };
  }

  // Lines thin out where many areas share a small frame, or they would cover it.
  lineWidth(areas, most) {
    const across = Math.sqrt((this.geometry.width * this.geometry.height) / Math.max(areas, 1));
    return Math.min(most, (across * this.place.k) / 40);
  }

  zoomed() {
    return this.place.k > this.fit.k * 1.001;
  }

  clampScale(k) {
    const most = Math.min(120, Math.max(12, 2 * Math.sqrt(this.geometry.size)));
    return Math.min(Math.max(k, this.fit.k), this.fit.k * most);
  }

  setPlace(place) {
    const k = this.clampScale(place.k);
    // The middle of the frame always stays over the map.
    const hold = (at, size, start, whole, fitted) => {
      if (k <= this.fit.k * 1.001) return fitted;
      const edge = Math.max(whole / 2 - size * k, at + start * k);
      return Math.min(whole / 2, edge) - start * k;
    };
    const { left, top, width, height } = this.geometry;
    const x = hold(place.x, width, left, this.width, this.fit.x);
    const y = hold(place.y, height, top, this.height, this.fit.y);
    this.place = { k, x, y };
    this.world.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    for (const pattern of this.defs.querySelectorAll(".moving")) {
      pattern.setAttribute("patternTransform", `scale(${1 / k}) rotate(${pattern.dataset.turn})`);
    }
    this.stage.style.touchAction = this.zoomed() ? "none" : "pan-y";
    this.root.dataset.zoom = (k / this.fit.k).toFixed(2);
    this.painter.move();
    this.mark();
    if (this.cursor >= 0) this.fillCard();
  }

  zoomBy(factor, at = null) {
    const middle = [this.width / 2, this.height / 2];
    const [px, py] = at || (this.keyboard && this.cursor >= 0 ? this.onScreen(this.cursor) : middle);
    const from = this.goal || this.place;
    const k = this.clampScale(from.k * factor);
    const grow = k / from.k;
    this.glide({ k, x: px - (px - from.x) * grow, y: py - (py - from.y) * grow });
  }

  reset() {
    this.glide(this.fit);
  }

  // Moves in 180 ms, or at once for people who asked for less motion.
  glide(goal) {
    cancelAnimationFrame(this.gliding);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.setPlace(goal);
    const from = this.place;
    const began = performance.now();
    this.goal = goal;
    const step = (now) => {
      const t = Math.min(1, Math.max(0, (now - began) / 180));
      const ease = 1 - (1 - t) ** 3;
      const between = (name) => from[name] + (goal[name] - from[name]) * ease;
      this.setPlace({ k: between("k"), x: between("x"), y: between("y") });
      if (t < 1) this.gliding = requestAnimationFrame(step);
      else this.goal = null;
    };
    this.gliding = requestAnimationFrame(step);
  }

  // Brings an area into the frame when it lies outside.
  reveal(i) {
    const [x, y] = this.onScreen(i);
    const away = 30;
    const dx = Math.max(away - x, 0) + Math.min(this.width - away - x, 0);
    const dy = Math.max(away - y, 0) + Math.min(this.height - away - y, 0);
    if (dx || dy) this.setPlace({ ...this.place, x: this.place.x + dx, y: this.place.y + dy });
  }

  onScreen(i) {
    const [x, y] = this.geometry.centre(i);
    return [x * this.place.k + this.place.x, y * this.place.k + this.place.y];
  }

  point(event) {
    const box = this.stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
}
