// Small helpers of the deck.

function make(tag, className, parent, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent?.append(element);
  return element;
}

function makeButton(parent, text, label, act) {
  const button = make("button", "", parent, text);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.addEventListener("click", act);
  return button;
}

// One slide; texts are set as text, the figure comes from the server as safe HTML.
function makeSlide(parent, slide, number, of, level = "h1") {
  const article = make("article", "slide", parent);
  article.setAttribute("aria-roledescription", "slide");
  article.setAttribute("aria-label", `${number} of ${of}`);
  const face = make("div", "face", article);
  make(level, "title", face, slide.title);
  if (slide.subtitle) make("p", "subtitle", face, slide.subtitle);
  const body = make("div", "body", face);
  body.innerHTML = slide.body;
  const drawing = body.querySelector(".drawing");
  if (drawing) {
    // Wider than a phone: with the focus on it, arrow keys move the drawing, not the slides.
    const reach = () => (drawing.tabIndex = isWide(drawing) ? 0 : -1);
    new ResizeObserver(reach).observe(drawing);
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", "Drawing");
    make("p", "description", face, slide.description);
  }
  if (slide.annotation) make("p", "annotation", face, slide.annotation);
  if (slide.sources) make("p", "sources", face, slide.sources);
  return article;
}

function isWide(element) {
  return element.scrollWidth > element.clientWidth + 1;
}

// What a key of a keyboard or a clicker asks for; "" for all others.
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", Escape: "leave", b: "blank", ".": "blank", f: "full", n: "notes",
};

function readKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return "";
  const target = event.composedPath()[0];
  const presses = event.key === " " || event.key === "Enter";
  if (presses && target.closest?.("button, a")) return "";
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (sideways && target.matches?.(".drawing") && isWide(target)) return "";
  if (event.key === " " && event.shiftKey) return "previous";
  return KEYS[event.key] ?? KEYS[event.key.toLowerCase()] ?? "";
}

// Where a step leads, from 0 to the last slide.
function step(asked, index, count) {
  const to = { next: index + 1, previous: index - 1, first: 0, last: count - 1 }[asked];
  return to === undefined ? index : Math.min(Math.max(to, 0), count - 1);
}

function printTime(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
