// Boundaries: fetched once per address, kept for every map on the page. An address that ends
// in "#code,code" is those areas of the file alone, with the others around them.

const KEPT_GEOMETRIES = 6; // England is about 2 MB of text, so old ones are let go
const geometries = new Map();

function loadGeometry(url) {
  let wanted = geometries.get(url);
  if (wanted) geometries.delete(url); // set again below: the map's order is its age
  else {
    const [file, part] = url.split("#");
    wanted = part ? loadGeometry(file).then((whole) => whole.part(part.split(","))) : fetch(url)
      .then((answer) => {
        if (!answer.ok) throw new Error(`answer ${answer.status}`);
        return answer.json();
      })
      .then((raw) => new Geometry(raw));
    // A failure must not be remembered, or "Try again" could never succeed.
    wanted.catch(() => geometries.delete(url));
  }
  geometries.set(url, wanted);
  while (geometries.size > KEPT_GEOMETRIES) geometries.delete(geometries.keys().next().value);
  return wanted;
}

class Geometry {
  constructor(raw) {
    Object.assign(this, raw);
    this.size = raw.codes.length;
    this.check = adler32(raw.codes.join(","));
    this.index = new Map(raw.codes.map((code, i) => [code, i]));
    this.outlines = raw.outlines || [];
    this.shapes = [];
    this.left = raw.left || 0;
    this.top = raw.top || 0;
  }

  // Some areas alone, the others as one quiet shape around them, and a little air.
  part(codes) {
    const kept = codes.map((code) => this.index.get(code)).filter((i) => i !== undefined);
    const inside = new Set(kept);
    const side = (n, choose) => choose(...kept.map((i) => this.box(i)[n]));
    const [left, top] = [side(0, Math.min), side(1, Math.min)];
    const [width, height] = [side(2, Math.max) - left, side(3, Math.max) - top];
    const air = 0.08 * Math.max(width, height);
    return new Geometry({
      codes: kept.map((i) => this.codes[i]),
      names: kept.map((i) => this.names[i]),
      paths: kept.map((i) => this.paths[i]),
      centres: kept.flatMap((i) => this.centre(i)),
      outlines: this.outlines,
      rest: this.paths.filter((_, i) => !inside.has(i)).join(""),
      left: left - air,
      top: top - air,
      width: width + 2 * air,
      height: height + 2 * air,
    });
  }

  // District names are shown only where there is more than one to tell apart.
  group(i) {
    return this.groups && this.groups.length > 1 ? this.groups[this.group_of[i]] : "";
  }

  centre(i) {
    return [this.centres[2 * i], this.centres[2 * i + 1]];
  }

  box(i) {
    if (!this.boxes) this.boxes = this.paths.map(pathBox);
    return this.boxes[i];
  }

  shape(i) {
    return (this.shapes[i] ??= new Path2D(this.paths[i]));
  }

  // The area under a point, for the canvas, which has no elements to ask.
  areaAt(x, y) {
    Geometry.pen ??= document.createElement("canvas").getContext("2d");
    for (let i = 0; i < this.size; i++) {
      const [left, top, right, bottom] = this.box(i);
      if (x < left || x > right || y < top || y > bottom) continue;
      if (Geometry.pen.isPointInPath(this.shape(i), x, y, "evenodd")) return i;
    }
    return -1;
  }

  // The next area in a direction: near, and not far off the line of sight.
  neighbour(from, dx, dy) {
    const [x0, y0] = this.centre(from);
    let best = from;
    let least = Infinity;
    for (let i = 0; i < this.size; i++) {
      const x = this.centres[2 * i] - x0;
      const y = this.centres[2 * i + 1] - y0;
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along <= 0 || aside > 2 * along) continue;
      const cost = along + 2 * aside;
      if (cost < least) [best, least] = [i, cost];
    }
    return best;
  }
}

// The same checksum as the server's, to refuse boundaries of another release.
function adler32(text) {
  let a = 1;
  let b = 0;
  for (let i = 0; i < text.length; i++) {
    a = (a + text.charCodeAt(i)) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

// The box of a path, from its text: asking the browser would force a layout.
function pathBox(text) {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [, letter, rest] of text.matchAll(/([MmLlHhVvZz])([^MmLlHhVvZz]*)/g)) {
    if (letter === "z" || letter === "Z") {
      [x, y] = [startX, startY];
      continue;
    }
    const numbers = rest.match(/-?\d+(?:\.\d+)?/g) || [];
    const relative = letter > "Z";
    const kind = letter.toLowerCase();
    for (let n = 0; n < numbers.length; n += kind === "h" || kind === "v" ? 1 : 2) {
      const a = +numbers[n];
      const b = +numbers[n + 1];
      if (kind === "h") x = relative ? x + a : a;
      else if (kind === "v") y = relative ? y + a : a;
      else [x, y] = relative ? [x + a, y + b] : [a, b];
      if (kind === "m" && n === 0) [startX, startY] = [x, y];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return [left, top, right, bottom];
}
