// A line over time. What is pointed at, by mouse, finger or arrow keys, is told in a card.

const SVG = "http://www.w3.org/2000/svg";

export default function ({ parentElement, data }) {
  const chart = (parentElement.trend ??= new Trend(parentElement));
  chart.show(data);
}

class Trend {
  constructor(parent) {
    this.root = element("div", "trend", parent);
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-roledescription", "chart");
    this.picture = element("div", "picture", this.root);
    this.card = element("div", "card", this.root);
    this.card.setAttribute("aria-hidden", "true"); // spoken through the live region
    this.live = element("p", "unseen", this.root);
    this.live.setAttribute("aria-live", "polite");
    this.root.addEventListener("pointermove", (event) => this.point(this.nearest(event)));
    this.root.addEventListener("pointerdown", (event) => this.point(this.nearest(event)));
    this.root.addEventListener("pointerleave", () => this.point(-1));
    this.root.addEventListener("blur", () => this.point(-1));
    this.root.addEventListener("keydown", (event) => this.walk(event));
  }

  show(data) {
    const [width, height] = data.size;
    this.points = data.points;
    this.width = width;
    this.root.setAttribute("aria-label", `${data.alt} Arrow keys tell each period.`);
    if (this.drawn === data.svg) return;
    this.drawn = data.svg;
    this.picture.innerHTML =
      `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${data.svg}<g class="pointed"></g></svg>`;
    this.point(-1);
  }

  nearest(event) {
    const box = this.picture.firstElementChild.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const away = this.points.x.map((at) => Math.abs(at - x));
    return away.indexOf(Math.min(...away));
  }

  walk(event) {
    const last = this.points.x.length - 1;
    const at = this.at < 0 ? last + 1 : this.at;
    const to = { ArrowLeft: at - 1, ArrowRight: this.at + 1, Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.point(event.key === "Escape" ? -1 : Math.max(0, Math.min(last, to)));
    this.live.textContent = this.at < 0 ? "" : this.card.innerText.replaceAll("\n", ", ");
  }

  point(n) {
    if (n === this.at) return;
    this.at = n;
    const { labels, x, lines, top, bottom } = this.points;
    const mark = this.picture.querySelector(".pointed");
    mark.replaceChildren();
    this.card.hidden = n < 0;
    if (n < 0) return;
    shape(mark, "line", { x1: x[n], x2: x[n], y1: top, y2: bottom });
    this.card.replaceChildren();
    element("strong", "", this.card, labels[n]);
    for (const { name, colour, printed, y } of lines) {
      if (y[n] !== null) shape(mark, "circle", { cx: x[n], cy: y[n], r: 4.5, fill: colour });
      element("div", "", this.card, `${name}: ${printed[n]}`);
    }
    // The card stands on the side with more room, and never on what is pointed at.
    const share = (100 * x[n]) / this.width;
    const left = share < 50;
    this.card.style.left = left ? `calc(${share}% + 10px)` : "";
    this.card.style.right = left ? "" : `calc(${100 - share}% + 10px)`;
  }
}

function element(name, className, parent, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  parent.append(made);
  return made;
}

function shape(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
}
