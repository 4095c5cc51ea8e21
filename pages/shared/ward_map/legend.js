// The legend: swatch, sign, label and number of areas; each entry lights its areas.

function buildLegend(map) {
  const { view, legend } = map;
  const { indicator, period, benchmark, benchmark_text, scale } = view;
  const words = [indicator, view.unit, period, benchmark, benchmark_text, scale];
  const content = JSON.stringify([view.legend, ...words]);
  if (content === map.legendContent) return; // it may hold the keyboard focus
  map.legendContent = content;
  map.lit = map.pinned = -1;
  const unit = view.unit && !view.indicator.includes(view.unit) ? ` (${view.unit})` : "";
  const heading = `${view.indicator}${unit}${view.period ? `, ${view.period}` : ""}`;
  legend.replaceChildren();
  const title = html("p", "legend-title", legend, heading);
  const list = html("ul", "", legend);
  list.setAttribute("aria-label", `Legend: ${heading}`);
  view.legend.forEach((entry, place) => list.append(legendEntry(map, entry, place)));
  if (!view.benchmark || view.scale === "clusters") return;
  const compared = view.scale === "sequential" ? "" : "Compared with ";
  const figure = view.benchmark_text ? ` ${view.benchmark_text}` : "";
  html("span", "benchmark", title, `${compared}${view.benchmark}${figure}`);
}

function legendEntry(map, [key, label, count, sign], place) {
  const item = html("li", "");
  const button = html("button", "entry", item);
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.title = "Show these areas only";
  const swatch = svg("svg", { class: "swatch", width: 22, height: 16, "aria-hidden": "true" }, button);
  svg("rect", { x: 0.5, y: 0.5, width: 21, height: 15, rx: 1.5, class: `area k-${key}` }, swatch);
  html("span", "label", button, sign ? `${sign} ${label}` : label);
  html("span", "count", button, group(count));
  html("span", "unseen", button, ` ${areaWord(map.view, count)}`);
  const light = (on) => map.light(on ? place : map.pinned);
  for (const name of ["mouseenter", "focus"]) button.addEventListener(name, () => light(true));
  for (const name of ["mouseleave", "blur"]) button.addEventListener(name, () => light(false));
  button.addEventListener("click", () => {
    map.pinned = map.pinned === place ? -1 : place;
    for (const [i, other] of map.legend.querySelectorAll("button").entries()) {
      other.setAttribute("aria-pressed", String(i === map.pinned));
    }
    light(true);
  });
  return item;
}
