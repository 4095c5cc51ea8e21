// Saves a chart of the page as a picture: its SVG layers, with title and source around them.

const NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const SCALE = 2; // of the PNG

export default function ({ parentElement, data }) {
  if (!parentElement.querySelector(".buttons")) build(parentElement);
  parentElement.picture = data;
}

function build(parent) {
  const box = document.createElement("div");
  box.className = "buttons";
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  for (const kind of ["SVG", "PNG"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${kind} picture`;
    button.addEventListener("click", () =>
      save(parent.picture, kind.toLowerCase()).then(
        () => (said.textContent = `${kind} picture saved.`),
        (error) => (said.textContent = `The picture could not be made: ${error.message}`),
      ),
    );
    box.append(button);
  }
  parent.append(box, said);
}

async function save(picture, kind) {
  const chart = document.querySelector(`.st-key-${CSS.escape(picture.chart)} .js-plotly-plot`);
  if (!chart) throw new Error("the chart is not on the page yet; wait a moment and try again.");
  const drawing = compose(chart, picture);
  // A picture drawn from a file sees none of the page's fonts; other letters would not fit.
  if (kind === "png") drawing.prepend(await findFonts(drawing.getAttribute("font-family")));
  const text = new XMLSerializer().serializeToString(drawing);
  const file = new Blob([text], { type: "image/svg+xml" });
  download(kind === "svg" ? file : await rasterise(file, drawing), `${picture.name}.${kind}`);
}

// Plotly stacks several SVGs; one around them all, on the colour of the page, holds their sum.
function compose(chart, picture) {
  const { width, height } = chart.getBoundingClientRect();
  const page = getComputedStyle(document.querySelector(".stApp"));
  const whole = element("svg", { xmlns: NAMESPACE, "font-family": page.fontFamily });
  const wide = width + 2 * MARGIN;
  whole.append(element("rect", { width: "100%", height: "100%", fill: page.backgroundColor }));
  let top = MARGIN;
  const write = (text, size, weight) => {
    for (const line of wrap(text, (wide - 2 * MARGIN) / (size * 0.52))) {
      top += size;
      const words = element("text", { x: MARGIN, y: top, fill: page.color, "font-size": size });
      words.setAttribute("font-weight", weight);
      words.textContent = line;
      whole.append(words);
      top += size * 0.3;
    }
  };
  if (picture.title) write(picture.title, 20, 600);
  top += 8;
  for (const layer of chart.querySelectorAll("svg.main-svg")) {
    const copy = layer.cloneNode(true);
    copy.setAttribute("x", MARGIN);
    copy.setAttribute("y", top);
    copy.removeAttribute("style");
    // Where the letters of the page are missing, wider ones may reach beyond the chart.
    copy.setAttribute("overflow", "visible");
    for (const part of copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer")) part.remove();
    whole.append(copy);
  }
  top += height + 8;
  for (const line of picture.caption) write(line, 13, 400);
  const tall = top + MARGIN;
  for (const [name, value] of Object.entries({ width: wide, height: tall })) {
    whole.setAttribute(name, Math.ceil(value));
  }
  whole.setAttribute("viewBox", `0 0 ${Math.ceil(wide)} ${Math.ceil(tall)}`);
  return whole;
}

// The page's own letters as a style sheet that carries them; empty where there are none.
async function findFonts(families) {
  const style = element("style", {});
  const first = families.split(",")[0].replace(/["']/g, "").trim();
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].map((rule) => [rule, sheet.href ?? document.baseURI]);
    } catch {
      return []; // a sheet of an extension, which may not be read
    }
  });
  for (const [rule, base] of rules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const said = (name) => rule.style.getPropertyValue(name).replace(/["']/g, "").trim();
    const address = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"));
    if (said("font-family") !== first || said("font-style") === "italic" || !address) continue;
    const answer = await fetch(new URL(address[1], base));
    if (!answer.ok) continue;
    const letters = await readAsAddress(await answer.blob());
    const weight = said("font-weight") || "400";
    style.textContent += `@font-face{font-family:"${first}";font-weight:${weight};src:url(${letters})}`;
  }
  return style;
}

function readAsAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new Error("the letters cannot be read."));
    reader.readAsDataURL(blob);
  });
}

function element(name, attributes) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length + 1 > most) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  }
  return lines;
}

function rasterise(file, drawing) {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = SCALE * drawing.getAttribute("width");
      canvas.height = SCALE * drawing.getAttribute("height");
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("it is too large."))));
    };
    image.onerror = () => reject(new Error("the browser cannot draw it."));
    image.src = address;
  });
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
