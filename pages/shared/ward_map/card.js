// The hover card, the patterns and two small helpers. Text from data is only ever
// set as text, never as markup.

WardMap.prototype.fillCard = function (changed = true) {
  const byKey = this.cursor >= 0 && this.keyboard;
  const i = byKey ? this.cursor : this.hovered;
  const closed = byKey && this.cardClosed === i;
  if (!byKey || !closed) this.cardClosed = -1;
  const shown = i >= 0 && !closed && !!this.view;
  this.card.classList.toggle("shown", shown);
  if (!shown) return;
  if (changed) writeCard(this.card, this.view, this.geometry, i);
  const beside = byKey || !this.pointer;
  const [x, y] = beside ? this.onScreen(i) : this.pointer;
  // From the keyboard the card stands beside the whole area, not over half of it.
  const [from, , to] = beside ? this.geometry.box(i) : [];
  const [west, east] = beside ? [from, to].map((at) => at * this.place.k + this.place.x) : [x, x];
  const { offsetWidth: width, offsetHeight: height } = this.card;
  const within = (at, size, whole) => Math.min(Math.max(at, 4), Math.max(4, whole - size - 4));
  // To the right of the pointer, else to the left; never outside the frame. On a
  // narrow screen at the far edge instead, so as not to hide the area it is about.
  const narrow = this.width < 2 * width;
  const side = east + 16 + width <= this.width - 4 ? east + 16 : west - 16 - width;
  const left = within(narrow ? x - width / 2 : side, width, this.width);
  const away = y > this.height / 2 ? 4 : this.height - height - 4;
  const top = narrow ? away : within(y - height / 2, height, this.height);
  this.card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
};

function writeCard(card, view, geometry, i) {
  card.replaceChildren();
  html("strong", "name", card, geometry.names[i]);
  const district = geometry.group(i);
  if (district) html("span", "district", card, district);
  const figure = html("p", "figure", card);
  const value = view.valueText(i);
  if (value) {
    html("b", "", figure, value);
    if (view.unitWords()) html("span", "unit", figure, ` ${view.unitWords()}`);
  } else html("b", "none", figure, "No figure");
  const [sign, compared] = view.comparison(i);
  const flag = view.flagWords(i);
  if (flag) html("p", "flag", card, capital(flag));
  if (view.interval(i)) html("p", "soft", card, view.interval(i));
  if (view.patternWords(i)) html("p", "", card, view.patternWords(i).join(" "));
  if (view.rankWords(i)) html("p", "", card, view.rankWords(i));
  if (compared) html("p", "", card, `${sign} ${compared}`);
  if (view.fitWords(i)) html("p", "soft", card, capital(view.fitWords(i)));
}

// The tiles of analysis/palette.py; "moving" ones keep their size on screen when zooming.
function addPatterns(defs, ending) {
  for (const [key, { size, turn, marks }] of Object.entries(PATTERNS)) {
    const kind = `p-${key}${ending ? "" : " moving"}`;
    const tile = { width: size, height: size, patternUnits: "userSpaceOnUse", class: kind };
    const pattern = svg("pattern", { id: `p-${key}${ending}`, ...tile }, defs);
    pattern.dataset.turn = turn;
    pattern.setAttribute("patternTransform", `rotate(${turn})`);
    svg("rect", { width: size, height: size, class: "paper" }, pattern);
    for (const [x, y, ...rest] of marks) {
      const [width, height] = rest;
      if (rest.length === 1) svg("circle", { cx: x, cy: y, r: width, class: "ink" }, pattern);
      else svg("rect", { x, y, width, height, class: "ink" }, pattern);
    }
  }
}

function areaWord(view, count) {
  return count === 1 ? view.areas.replace(/s$/, "") : view.areas;
}

// Relative luminance of a CSS colour, to tell a dark page from a light one.
function luminance(colour) {
  const pen = (luminance.pen ??= document.createElement("canvas").getContext("2d"));
  pen.fillStyle = "#ffffff";
  pen.fillStyle = colour.trim() || "#ffffff";
  const parts = pen.fillStyle.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16))
    : pen.fillStyle.match(/[\d.]+/g).map(Number);
  const [r, g, b] = parts.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
